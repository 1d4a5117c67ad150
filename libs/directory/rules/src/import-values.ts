import type { LocalDate } from '@anju/kernel';
import { invalid, valid } from './checked';
import type { Checked } from './checked';
import type { CustomerKind } from './customer';
import type { CustomerRoleKind, FeePayer } from './customer-roles';
import { checkDate } from './dates';
import type { IdentityDocumentKind } from './identity-document';
import type { DirectoryPolicy } from './policy';
import type { UnitStatus } from './unit';

/** Words that a spreadsheet may have for each value, besides the value itself. The first is for templates. */
export type Words<T extends string> = Readonly<Record<T, readonly [string, ...string[]]>>;

export const unitStatusWords: Words<UnitStatus> = {
  FOR_SALE: ['待售', '可售', '未售', 'for sale'],
  SUBSCRIBED: ['已认购', '认购', 'subscribed'],
  CONTRACTED: ['已签约', '签约', '已售', 'contracted', 'sold'],
  HANDED_OVER: ['已交付', '交付', '已交房', '已入伙', '入伙', 'handed over'],
};

export const customerKindWords: Words<CustomerKind> = {
  PERSON: ['个人', '自然人', 'person', 'individual'],
  ORGANISATION: ['单位', '企业', '公司', '机构', 'organisation', 'organization', 'company'],
};

export const documentKindWords: Words<IdentityDocumentKind> = {
  RESIDENT_ID: ['身份证', '居民身份证', '二代身份证', '居住证', 'id card', 'resident id'],
  PASSPORT: ['护照', 'passport'],
  HONG_KONG_MACAO_PERMIT: ['港澳通行证', '港澳居民来往内地通行证', '回乡证', 'hong kong macao permit'],
  TAIWAN_PERMIT: ['台胞证', '台湾居民来往大陆通行证', 'taiwan permit'],
  UNIFIED_SOCIAL_CREDIT_CODE: ['统一社会信用代码', '营业执照', 'unified social credit code', 'uscc'],
  OTHER: ['其他', '其它', '军官证', 'other'],
};

export const roleWords: Words<CustomerRoleKind> = {
  PROSPECT: ['意向客户', '意向', '潜在客户', 'prospect'],
  BUYER: ['买受人', '购房人', '认购人', '买方', 'buyer'],
  OWNER: ['业主', '产权人', 'owner'],
  TENANT: ['租户', '租客', '承租人', 'tenant'],
  FAMILY: ['家属', '家庭成员', '家人', 'family'],
  OCCUPANT: ['住户', '使用人', '居住人', 'occupant'],
};

export const feePayerWords: Words<FeePayer> = {
  OWNER: ['业主', 'owner'],
  TENANT: ['租户', '租客', '承租人', 'tenant'],
};

function wordKey(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s_-]+/gu, '')
    .toLowerCase();
}

/** A value by any of its words, in Chinese or English. */
export function readWord<T extends string>(words: Words<T>, input: string): Checked<T> {
  const key = wordKey(input);
  const values = Object.keys(words) as T[];
  const found = values.find((value) => [value, ...words[value]].some((word) => wordKey(word) === key));
  return found === undefined
    ? invalid('UNKNOWN_VALUE', values.map((value) => words[value][0]).join(' | '))
    : valid(found);
}

/** `2026-03-02`, `2026/3/2`, `2026.3.2`, `2026年3月2日`, `20260302`; year first, always. */
export function readDate(input: string, policy: DirectoryPolicy): Checked<LocalDate> {
  const text = input.normalize('NFKC').replace(/\s+/gu, '');
  const parts = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/u.exec(text);
  if (!parts) return invalid('FORMAT', 'YYYY-MM-DD');
  const [, year = '', month = parts[4] ?? '', day = parts[5] ?? ''] = parts;
  return checkDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, policy);
}

/** An area with or without its unit: `89.3`, `89.30㎡`, `89.30平方米`. */
export function withoutSquareMetres(input: string): string {
  return input
    .normalize('NFKC')
    .replace(/(?:m2|平方米|平米|平方)$/iu, '')
    .trim();
}
