import { types } from 'node:util';
import { maskIdentityNumber, maskPhone } from './mask';

const D = '[\\d\\uFF10-\\uFF19]';
const alone = (pattern: string) => new RegExp(`(?<!${D})${pattern}(?!${D})`, 'gu');

/** Signed tokens, whole or cut off. */
const token = /\beyJ[\w-]{5,}(\.[\w-]*)*/g;
const email = /[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}/g;
/** Identity numbers, 18 characters (the last a digit or X) and the older 15; bank cards fall under the same. */
const identityNumber = alone(`(${D}{17}[\\dXx\\uFF10-\\uFF19\\uFF38\\uFF58]|${D}{15,19})`);
/** Mainland mobile numbers, also with +86 and with spaces or dashes between the groups. */
const mobile = alone(`(?:(?:\\+|00)?86[ -]?)?[1\\uFF11][3-9\\uFF13-\\uFF19]${D}[ -]?${D}{4}[ -]?${D}{4}`);
/** Area code and number; not the digits inside an id. */
const landline = new RegExp(`(?<![\\w-])0\\d{2,3}[ -]?\\d{7,8}(?![\\w-])`, 'g');

/** Fields of which not even a masked form belongs in a log, whatever they hold. Compared without case. */
const secretKeys = new Set(
  [
    'authorization',
    'cookie',
    'password',
    'secret',
    'token',
    'name',
    'names',
    'fullName',
    'customerName',
    'phone',
    'phones',
    'mobile',
    'contact',
    'callbackContact',
    'identityNumber',
    'identityDocument',
    'address',
    'addresses',
    'email',
    'content',
    'text',
    'remarks',
    'variables',
  ].map((key) => key.toLowerCase()),
);

const MAX_DEPTH = 8;

/** Free text for a log: phones, identity numbers, mail addresses and tokens in it are made unrecognisable. */
export function redactText(text: string): string {
  return text
    .replace(token, '[token]')
    .replace(email, '[e-mail]')
    .replace(identityNumber, maskIdentityNumber)
    .replace(mobile, maskPhone)
    .replace(landline, maskPhone);
}

function redactError(error: Error, seen: ReadonlySet<object>): Record<string, unknown> {
  const { name, message, stack, cause, ...rest } = error;
  return {
    ...(redactObject(rest, seen) as Record<string, unknown>),
    type: name,
    message: redactText(message),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...(cause === undefined ? {} : { cause: redactAny(cause, seen) }),
  };
}

function redactObject(value: object, seen: ReadonlySet<object>): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretKeys.has(key.toLowerCase()) && item !== null && item !== undefined
        ? '[redacted]'
        : redactAny(item, seen),
    ]),
  );
}

function redactAny(value: unknown, ancestors: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (ancestors.has(value)) return '[circular]';
  if (ancestors.size >= MAX_DEPTH) return '[deep]';
  const seen = new Set(ancestors).add(value);
  if (types.isNativeError(value)) return redactError(value, seen);
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redactAny(item, seen));
  if (value instanceof Map) return redactObject(Object.fromEntries(value as Map<PropertyKey, unknown>), seen);
  if (value instanceof Set) return [...value].map((item) => redactAny(item, seen));
  return redactObject(value, seen);
}

/**
 * A copy of anything, fit for a log: personal fields are left out by their key, and every text in it, error
 * messages included, goes through `redactText`. A second line of defence: nobody should log these at all.
 */
export function redact(value: unknown): unknown {
  return redactAny(value, new Set());
}
