import { invalid, valid } from './checked';
import type { Checked } from './checked';

export const phoneKinds = ['MOBILE', 'LANDLINE', 'INTERNATIONAL', 'SERVICE'] as const;

/** `SERVICE`: a short number or a 400/800 line, which only firms and authorities have. */
export type PhoneKind = (typeof phoneKinds)[number];

/**
 * Personal data: never readable in an event, a log or a refusal. `number` is E.164 (`+8613812345678`); short numbers
 * such as `10000` have no E.164 form and stay as dialled.
 */
export type Phone = {
  readonly kind: PhoneKind;
  readonly number: string;
  readonly extension: string | null;
};

const expected = '13812345678 | 0755-82345678[-801] | +85291234567';
const mobile = /^1[3-9]\d{9}$/;
// 010 and 02x have three digits and eight after them; the other area codes have four, and seven or eight.
const landline = /^0?((?:10|2\d)[2-8]\d{7}|[3-9]\d{2}[2-8]\d{6,7})$/;
const national = /^0(?:(?:10|2\d)[2-8]\d{7}|[3-9]\d{2}[2-8]\d{6,7})$/;
const serviceLine = /^[48]00\d{7}$/;
const shortNumber = /^(?:1[0-2]\d{1,3}|9\d{4,5})$/;

function chinese(digits: string, hasCountryCode: boolean): Omit<Phone, 'extension'> | null {
  if (mobile.test(digits)) return { kind: 'MOBILE', number: `+86${digits}` };
  // Without a country code the leading 0 tells an area code from a local number.
  if (hasCountryCode ? landline.test(digits) : national.test(digits)) {
    return { kind: 'LANDLINE', number: `+86${digits.replace(/^0/, '')}` };
  }
  if (serviceLine.test(digits)) return { kind: 'SERVICE', number: `+86${digits}` };
  if (!hasCountryCode && shortNumber.test(digits)) return { kind: 'SERVICE', number: digits };
  return null;
}

function parse(input: string): Phone | null {
  const text = input
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[\s()·.]/gu, '');
  const match = /^(\+|00)?([\d-]*\d)(?:(?:转|分机|ext|x|#|,)(\d{1,6}))?$/iu.exec(text);
  if (!match) return null;
  const [, prefix, body = ''] = match;
  let extension = match[3] ?? null;
  let digits = body.replaceAll('-', '');
  // 0755-82345678-801: a third group behind a landline is its extension.
  const groups = /^(0\d{2,3}-?\d{7,8})-(\d{1,6})$/.exec(body);
  if (!prefix && extension === null && groups) {
    digits = (groups[1] ?? '').replaceAll('-', '');
    extension = groups[2] ?? null;
  }
  if (prefix && !digits.startsWith('86')) {
    return /^[1-9]\d{6,14}$/.test(digits) ? { kind: 'INTERNATIONAL', number: `+${digits}`, extension } : null;
  }
  // 8613812345678 without a plus is how spreadsheets leave it.
  const bare = !prefix && /^86(1[3-9]\d{9})$/.test(digits);
  const phone = chinese(prefix || bare ? digits.slice(2) : digits, Boolean(prefix));
  if (!phone || (phone.kind === 'MOBILE' && extension !== null)) return null;
  return { ...phone, extension };
}

/** A phone number of a person or firm: Chinese mobile or landline with area code, or international. */
export function checkPhone(input: string): Checked<Phone> {
  if (input.trim() === '') return invalid('REQUIRED', expected);
  const phone = parse(input);
  if (!phone || phone.kind === 'SERVICE') return invalid('FORMAT', expected);
  return valid(phone);
}

/** As `checkPhone`, and also 400/800 lines and short numbers such as 10000. */
export function checkPartnerPhone(input: string): Checked<Phone> {
  if (input.trim() === '') return invalid('REQUIRED', `${expected} | 400-123-4567 | 10000`);
  const phone = parse(input);
  return phone ? valid(phone) : invalid('FORMAT', `${expected} | 400-123-4567 | 10000`);
}

export function samePhone(a: Phone, b: Phone): boolean {
  return a.number === b.number && a.extension === b.extension;
}

/** How the number is dialled inside China: without +86, landlines with their 0. */
export function dialledInChina(phone: Phone): string {
  if (!phone.number.startsWith('+86')) return phone.number;
  const digits = phone.number.slice(3);
  return phone.kind === 'LANDLINE' ? `0${digits}` : digits;
}

/** The whole number in one text, which `checkPhone` reads back. */
export function phoneText({ number, extension }: Phone): string {
  return extension === null ? number : `${number}x${extension}`;
}
