import { DecryptionError, type Cipher } from './cipher';

/** Its own place: what was sealed for a column cannot be read as words on the way, nor the other way round. */
const place = 'interaction.words';

/** What a customer said, for events: nobody reads it without the data keys (DIR-05). */
export function sealWords(cipher: Cipher, words: string): string {
  return cipher.encrypt(words, place);
}

/** @returns null for what cannot be read any more, because its key was destroyed */
export function openWords(cipher: Cipher, sealed: string): string | null {
  try {
    return cipher.decrypt(sealed, place);
  } catch (error) {
    if (error instanceof DecryptionError) return null;
    throw error;
  }
}
