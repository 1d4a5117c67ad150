import { invalid, valid } from './checked';
import type { Checked } from './checked';

function hundredths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
}

/**
 * An area in square metres: more than 0, at most two decimals, given back with exactly two ("89.3" → "89.30").
 * Exact: never a binary fraction.
 */
export function checkArea(input: string, max: string): Checked<string> {
  const text = input.normalize('NFKC').trim();
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(text)) return invalid('FORMAT', '0.00');
  const value = hundredths(text);
  if (value === 0n || value > hundredths(max)) return invalid('OUT_OF_RANGE', `0.01…${max}`);
  return valid(`${value / 100n}.${String(value % 100n).padStart(2, '0')}`);
}
