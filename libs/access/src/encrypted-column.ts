import type { ValueTransformer } from 'typeorm';
import type { Cipher } from './cipher';

let configured: Cipher | undefined;

/** Sets the cipher of this process; called once, before the first query. */
export function configureCipher(cipher: Cipher): void {
  configured = cipher;
}

/** @throws Error if no cipher was configured */
export function configuredCipher(): Cipher {
  if (!configured) throw new Error('no cipher configured: call configureCipher before the first query');
  return configured;
}

/** A transformer that tells for which place the values of its column are encrypted. */
export interface EncryptedColumn extends ValueTransformer {
  readonly encryptedFor: string;
}

/** @returns for which place a column's values are encrypted; null where they are not */
export function encryptionOf(transformer: unknown): string | null {
  return (transformer as Partial<EncryptedColumn> | undefined)?.encryptedFor ?? null;
}

/**
 * Transformer of a text column that is encrypted at rest: text in the entity, ciphertext in the database.
 * Entities are declared when their file is loaded, long before there is a configuration: the cipher is asked
 * for at each value.
 * @param place table and column, such as `customer_phone.number`; a value moved elsewhere cannot be read
 */
export function encryptedColumn(place: string, cipher: () => Cipher = configuredCipher): EncryptedColumn {
  return {
    encryptedFor: place,
    to: (value: unknown) => convert(value, (text) => cipher().encrypt(text, place)),
    from: (value: unknown) => convert(value, (text) => cipher().decrypt(text, place)),
  };
}

function convert(value: unknown, convertText: (text: string) => string): string | null | undefined {
  if (value === null || value === undefined) return value;
  if (typeof value !== 'string') throw new TypeError(`only text can be encrypted, not a ${typeof value}`);
  return convertText(value);
}
