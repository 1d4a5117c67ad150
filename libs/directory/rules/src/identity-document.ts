import { checkDateBetween } from './dates';
import { invalid, oneOf, valid } from './checked';
import type { Checked } from './checked';
import type { CustomerKind } from './customer';

export const identityDocumentKinds = [
  'RESIDENT_ID',
  'PASSPORT',
  'HONG_KONG_MACAO_PERMIT',
  'TAIWAN_PERMIT',
  'UNIFIED_SOCIAL_CREDIT_CODE',
  'OTHER',
] as const;

/**
 * `RESIDENT_ID`: 居民身份证, and the 18-digit residence permits of the same standard. `OTHER`: documents without
 * a public check, such as 军官证 or a foreign firm's registration.
 */
export type IdentityDocumentKind = (typeof identityDocumentKinds)[number];

/** Personal data: never in an event, a log or a refusal. `number` is canonical (upper case, no spaces). */
export type IdentityDocument = { readonly kind: IdentityDocumentKind; readonly number: string };

const earliestBirth = '1850-01-01';

const residentIdRegions = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 ' +
    '71 81 82 83 91'
  ).split(' '),
);

/**
 * The eighteenth character of a resident identity number (GB 11643-1999, ISO 7064 MOD 11-2).
 * @param body the first 17 digits
 */
export function residentIdCheckCharacter(body: string): string {
  // The weight of a digit is 2^(its distance from the check character) mod 11: Horner's scheme gives the sum.
  let sum = 0;
  for (const digit of body) sum = ((sum + Number(digit)) * 2) % 11;
  return '10X98765432'.charAt(sum);
}

const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * The eighteenth character of a unified social credit code (GB 32100-2015, weights 3^i mod 31).
 * @param body the first 17 characters, all of the code's own alphabet (no I, O, S, V, Z)
 */
export function creditCodeCheckCharacter(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum = (sum + creditCodeAlphabet.indexOf(character) * weight) % 31;
    weight = (weight * 3) % 31;
  }
  return creditCodeAlphabet.charAt((31 - sum) % 31);
}

function checkResidentId(number: string, today: string): Checked<string> {
  if (!/^\d{17}[\dX]$/.test(number)) return invalid('FORMAT', '\\d{17}[0-9X]');
  if (!residentIdRegions.has(number.slice(0, 2))) return invalid('OUT_OF_RANGE', 'GB/T 2260: 11…91');
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!checkDateBetween(birth, earliestBirth, today).ok) {
    return invalid('OUT_OF_RANGE', `YYYYMMDD ${earliestBirth}…${today}`);
  }
  if (residentIdCheckCharacter(number.slice(0, 17)) !== number.charAt(17)) {
    return invalid('CHECK_CHARACTER', 'GB 11643-1999');
  }
  return valid(number);
}

function checkCreditCode(number: string): Checked<string> {
  if (!/^[1-9ANY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(number)) {
    return invalid('FORMAT', '[1-9ANY][0-9A-Z]\\d{6}[0-9A-Z]{10}');
  }
  if (creditCodeCheckCharacter(number.slice(0, 17)) !== number.charAt(17)) {
    return invalid('CHECK_CHARACTER', 'GB 32100-2015');
  }
  return valid(number);
}

function checkShape(number: string, shape: RegExp): Checked<string> {
  return shape.test(number) ? valid(number) : invalid('FORMAT', shape.source.replace(/^\^|\$$/g, ''));
}

function checkNumber(kind: IdentityDocumentKind, number: string, today: string): Checked<string> {
  switch (kind) {
    case 'RESIDENT_ID':
      return checkResidentId(number, today);
    case 'UNIFIED_SOCIAL_CREDIT_CODE':
      return checkCreditCode(number);
    case 'PASSPORT':
      // ICAO 9303: at most nine characters; every country's numbers have digits.
      return checkShape(number, /^(?=.*\d)[A-Z0-9]{5,9}$/);
    case 'HONG_KONG_MACAO_PERMIT':
      return checkShape(number, /^[HM]\d{8}(\d{2})?$/);
    case 'TAIWAN_PERMIT':
      return checkShape(number, /^\d{8}$/);
    case 'OTHER':
      return checkShape(number, /^(?=.*[0-9])[A-Z0-9\p{Script=Han}-]{4,30}$/u);
  }
}

/** The kinds of document that identify a customer of this kind. */
export function documentKindsOf(kind: CustomerKind): readonly IdentityDocumentKind[] {
  return kind === 'PERSON'
    ? identityDocumentKinds.filter((documentKind) => documentKind !== 'UNIFIED_SOCIAL_CREDIT_CODE')
    : ['UNIFIED_SOCIAL_CREDIT_CODE', 'OTHER'];
}

/**
 * An identity document whose number has the shape, birth date and check character of its kind.
 * @param today no birth date lies after it, `YYYY-MM-DD`
 */
export function checkIdentityDocument(
  input: { readonly kind: string; readonly number: string },
  customerKind: CustomerKind,
  today: string,
): Checked<IdentityDocument> {
  const kind = oneOf(identityDocumentKinds, input.kind);
  const allowed = documentKindsOf(customerKind);
  if (!kind.ok) return invalid('UNKNOWN_VALUE', allowed.join(' | '), 'kind');
  if (!allowed.includes(kind.value)) return invalid('NOT_APPLICABLE', allowed.join(' | '), 'kind');
  const canonical = input.number.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
  if (canonical === '') return invalid('REQUIRED', kind.value, 'number');
  const number = checkNumber(kind.value, canonical, today);
  if (!number.ok) {
    return { ok: false, problems: number.problems.map((problem) => ({ ...problem, field: 'number' })) };
  }
  return valid({ kind: kind.value, number: number.value });
}

export function sameDocument(a: IdentityDocument, b: IdentityDocument): boolean {
  return a.kind === b.kind && a.number === b.number;
}
