/**
 * A decimal number with at most two decimals as a whole number of hundredths; null where it is none. Exact.
 * @param text such as `33.33`, `100`, `0.5`; no sign
 */
export function hundredthsOf(text: string): bigint | null {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
}

/** Hundredths as a decimal text with exactly two decimals. */
export function textOfHundredths(hundredths: bigint): string {
  const digits = hundredths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The hundredths of a number that policy or the directory vouches for. @throws RangeError where it is none */
export function knownHundredths(text: string): bigint {
  const hundredths = hundredthsOf(text);
  if (hundredths === null) throw new RangeError(`not a number with at most two decimals: ${text}`);
  return hundredths;
}
