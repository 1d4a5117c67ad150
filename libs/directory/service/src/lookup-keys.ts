import { configuredCipher } from '@anju/access';

/** What a phone is found by without being readable. @param number E.164, or a short number as dialled */
export function phoneIndex(number: string): string {
  return configuredCipher().blindIndex(`phone:${number}`);
}

/** What an identity document is found by without being readable. */
export function documentIndex({ kind, number }: { readonly kind: string; readonly number: string }): string {
  return configuredCipher().blindIndex(`document:${kind}:${number}`);
}
