const POINTS = /^(-?)(\d{1,6})(?:\.(\d{1,2}))?$/;

/** An exact fraction of two whole numbers; `below` is above 0. */
export interface Fraction {
  readonly above: bigint;
  readonly below: bigint;
}

/** Whether the text is a number of points: at most six digits, and two after the point. */
export function isPoints(text: string): boolean {
  return POINTS.test(text);
}

/**
 * Points, weights and shares in whole hundredths, so that no sum of them is ever inexact.
 * @param text such as `7.5`
 * @throws RangeError when `isPoints` says no
 */
export function hundredths(text: string): bigint {
  const match = POINTS.exec(text);
  if (!match) throw new RangeError(`not a number of points with at most two decimals: ${text.slice(0, 40)}`);
  const [, sign, whole = '', fraction = ''] = match;
  const size = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -size : size;
}

/** Hundredths as points, always with two decimals: `95.40`. */
export function pointsOf(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const digits = size.toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The sum of points; nothing is `0.00`. @throws RangeError as `hundredths` */
export function sumOfPoints(all: readonly string[]): string {
  return pointsOf(all.reduce((sum, points) => sum + hundredths(points), 0n));
}

/** Below 0 when `a` is less, above 0 when it is more. @throws RangeError as `hundredths` */
export function comparePoints(a: string, b: string): number {
  const difference = hundredths(a) - hundredths(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * The weighted mean of points, in hundredths and exact; null of nothing.
 * @throws RangeError as `hundredths`, or when the weights make no sum above 0
 */
export function weightedMean(
  entries: readonly { readonly points: string; readonly weight: string }[],
): Fraction | null {
  if (entries.length === 0) return null;
  const below = entries.reduce((sum, { weight }) => sum + hundredths(weight), 0n);
  if (below <= 0n) throw new RangeError('the weights of a mean make no sum above 0');
  const above = entries.reduce(
    (sum, { points, weight }) => sum + hundredths(points) * hundredths(weight),
    0n,
  );
  return { above, below };
}

/** So many per cent of it, exact. @throws RangeError as `hundredths` */
export function percentOf({ above, below }: Fraction, percent: string): Fraction {
  return { above: above * hundredths(percent), below: below * 10_000n };
}

/** The exact sum. */
export function sumOfFractions(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce(
    (sum, { above, below }) => ({ above: sum.above * below + above * sum.below, below: sum.below * below }),
    { above: 0n, below: 1n },
  );
}

/** A fraction of hundredths, at least 0, as points with two decimals, rounded half-up: 0.005 becomes 0.01. */
export function roundedHalfUp({ above, below }: Fraction): string {
  return pointsOf((2n * above + below) / (2n * below));
}
