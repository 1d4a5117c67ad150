import { excerpt } from './excerpt';

const AMOUNT = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/;

function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** An exact amount in CNY, kept in whole fen. Immutable; written as `123.45`. */
export class Money {
  /** 0.00 */
  static readonly zero = new Money(0n);

  private constructor(private readonly fen: bigint) {}

  /**
   * An amount as written: digits, and up to two after the point.
   * @param text such as `123.45`, `0.5`, `-20`; at most 15 digits before the point, no sign but minus
   * @throws RangeError when it is anything else
   */
  static of(text: string): Money {
    const match = typeof text === 'string' ? AMOUNT.exec(text) : null;
    if (!match) throw new RangeError(`not an amount of money with at most two decimals: ${excerpt(text)}`);
    const [, sign, yuan = '', fraction = ''] = match;
    const fen = BigInt(yuan) * 100n + BigInt(fraction.padEnd(2, '0'));
    return Money.ofFen(sign === '-' ? -fen : fen);
  }

  /** An amount in fen, the hundredth part of a yuan. */
  static ofFen(fen: bigint): Money {
    return new Money(fen);
  }

  /** Whether `Money.of` would take the text. */
  static isAmount(text: string): boolean {
    return AMOUNT.test(text);
  }

  /** All of them together; nothing is 0.00. */
  static sum(amounts: Iterable<Money>): Money {
    let fen = 0n;
    for (const amount of amounts) fen += amount.fen;
    return Money.ofFen(fen);
  }

  /** This amount and the other together. */
  plus(other: Money): Money {
    return Money.ofFen(this.fen + other.fen);
  }

  /** This amount less the other; may be negative. */
  minus(other: Money): Money {
    return Money.ofFen(this.fen - other.fen);
  }

  /** What was owed as what is due back. */
  negated(): Money {
    return Money.ofFen(-this.fen);
  }

  /**
   * Times a decimal number, rounded half-up to the fen; a negative result is rounded like its opposite, so
   * that what is charged and what is given back agree.
   * @param factor such as `2.18`, `-0.05`, `3`; at most 15 digits on each side of the point
   * @throws RangeError when it is not a decimal number
   */
  times(factor: string): Money {
    const match = typeof factor === 'string' ? DECIMAL.exec(factor) : null;
    if (!match) throw new RangeError(`not a decimal number: ${excerpt(factor)}`);
    const [, sign, whole = '', fraction = ''] = match;
    const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
    return Money.ofFen(roundHalfUp(this.fen * digits, 10n ** BigInt(fraction.length)));
  }

  /**
   * Shared out by weight so that the parts add up to the whole: each part rounded down, and the fen that are
   * left one by one to those that lost most, the earlier first.
   * @param weights whole numbers of at least 0, not all 0
   * @throws RangeError for other weights
   */
  allocate(weights: readonly number[]): Money[] {
    if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
      throw new RangeError('weights are whole numbers of at least 0');
    }
    const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
    if (total === 0n) throw new RangeError('at least one weight is above 0');
    const size = this.fen < 0n ? -this.fen : this.fen;
    const parts = weights.map((weight) => {
      const exact = size * BigInt(weight);
      return { fen: exact / total, lost: exact % total };
    });
    let left = parts.reduce((rest, part) => rest - part.fen, size);
    const mostLostFirst = [...parts].sort((a, b) => (a.lost === b.lost ? 0 : a.lost > b.lost ? -1 : 1));
    for (const part of mostLostFirst) {
      if (left === 0n) break;
      part.fen += 1n;
      left -= 1n;
    }
    return parts.map((part) => Money.ofFen(this.fen < 0n ? -part.fen : part.fen));
  }

  /** -1 when less than `other`, 0 when equal, 1 when more. */
  compare(other: Money): -1 | 0 | 1 {
    if (this.fen === other.fen) return 0;
    return this.fen < other.fen ? -1 : 1;
  }

  /** Whether both are the same amount. */
  equals(other: Money): boolean {
    return this.fen === other.fen;
  }

  /** Below 0.00. */
  isNegative(): boolean {
    return this.fen < 0n;
  }

  /** Exactly 0.00. */
  isZero(): boolean {
    return this.fen === 0n;
  }

  /** The whole amount in fen. */
  toFen(): bigint {
    return this.fen;
  }

  /** Always with two decimals: `123.45`, `-0.05`, `0.00`. */
  toString(): string {
    const size = this.fen < 0n ? -this.fen : this.fen;
    const digits = size.toString().padStart(3, '0');
    return `${this.fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  }

  /** Money goes into JSON as the text that `Money.of` takes. */
  toJSON(): string {
    return this.toString();
  }

  /** Two amounts put into `<` or `+` would be compared or joined as texts; that is a mistake worth a fault. */
  [Symbol.toPrimitive](hint: 'string' | 'number' | 'default'): string {
    if (hint === 'string') return this.toString();
    throw new TypeError('money is no number: use compare, plus, minus, times');
  }
}
