import type { PolicyName } from '@anju/complaints-rules';
import { localDateTime } from '@anju/kernel';
import { label, type Locale } from '@anju/labels';
import type { PrintedDocument, PrintedSection } from '@anju/printing';

/** An instant as paper shows it, to the minute: `2026-04-01 09:30`. @param timeZone IANA name */
export function printedTime(at: Date, timeZone: string): string {
  return localDateTime(at, timeZone).replace('T', ' ').slice(0, 16);
}

/** A label with `%1`, `%2` … filled in. */
export function filledLabel(kind: string, key: string, locale: Locale, ...values: readonly string[]): string {
  return label(kind, key, locale).replace(/%(\d)/g, (_, place: string) => values[Number(place) - 1] ?? '');
}

/** What is printed at the foot of each page: whose it is, and which page of how many. */
export function pageFoot(whose: string, locale: Locale): PrintedDocument['footer'] {
  return (page, pages) => {
    const numbered = filledLabel('PrintedText', 'PAGE', locale, String(page), String(pages));
    return `${whose} · ${numbered}`;
  };
}

/** What a policy calls something, in the reader's language. */
export function policyName({ zh, en }: PolicyName, locale: Locale): string {
  return locale === 'zh-CN' ? zh : en;
}

/** The sections with `1. `, `2. ` … before their headings. */
export function numbered(sections: readonly PrintedSection[]): PrintedSection[] {
  return sections.map((section, index) => ({ ...section, heading: `${index + 1}. ${section.heading}` }));
}
