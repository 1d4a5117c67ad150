import { z } from 'zod';
import { DecryptionError, type Cipher } from './cipher';

/** What a service needs that writes to a customer. */
export interface CustomerContact {
  readonly name: string;
  /** E.164; null for one who has none. */
  readonly mobile: string | null;
}

const schema = z.object({ name: z.string(), mobile: z.string().nullable() });

/** Its own place: what was sealed for a column cannot be read as a contact, nor the other way round. */
export const contactPlace = 'customer.contact';

/** For events: nobody reads it without the data keys, which brokers and their backups do not have. */
export function sealContact(cipher: Cipher, { name, mobile }: CustomerContact): string {
  return cipher.encrypt(JSON.stringify({ name, mobile }), contactPlace);
}

/** @returns null for what cannot be read any more, because its key was destroyed */
export function openContact(cipher: Cipher, sealed: string): CustomerContact | null {
  try {
    return schema.parse(JSON.parse(cipher.decrypt(sealed, contactPlace)));
  } catch (error) {
    if (error instanceof DecryptionError) return null;
    throw error;
  }
}
