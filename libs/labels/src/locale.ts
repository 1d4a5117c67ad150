/** What people read: Chinese first, English second. */
export const locales = ['zh-CN', 'en'] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = 'zh-CN';

const MAX_HEADER_LENGTH = 1_000;

function localeOf(range: string): Locale | undefined {
  const language = range.toLowerCase().split('-')[0];
  if (language === '*') return defaultLocale;
  return locales.find((locale) => locale.split('-')[0] === language);
}

/**
 * The language that the reader likes best of those that we have.
 * @param acceptLanguage value of the `Accept-Language` header (RFC 9110); `zh-TW`, `zh` and `*` give zh-CN
 * @returns `defaultLocale` where the header says nothing that we can use
 */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  if (!acceptLanguage || acceptLanguage.length > MAX_HEADER_LENGTH) return defaultLocale;
  let best: { readonly locale: Locale; readonly weight: number } | undefined;
  for (const part of acceptLanguage.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const locale = localeOf(range);
    const quality = parameters.find((parameter) => /^q=/i.test(parameter));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    if (!locale || !(weight > 0 && weight <= 1)) continue;
    if (!best || weight > best.weight) best = { locale, weight };
  }
  return best?.locale ?? defaultLocale;
}
