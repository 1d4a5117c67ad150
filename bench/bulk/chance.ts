/** Chance that comes out the same for the same seed (mulberry32). */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number of 32 bits. */
  bits(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** From 0 to below 1. */
  share(): number {
    return this.bits() / 2 ** 32;
  }

  /** A whole number from 0 to below the bound. */
  below(bound: number): number {
    return Math.floor(this.share() * bound);
  }

  /** @param all at least one */
  oneOf<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }

  /** A UUID version 7 of an instant. */
  id(at: Date): string {
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
    const millis = hex(at.getTime(), 12);
    const versioned = 0x7000 | (this.bits() & 0x0fff);
    const varied = 0x8000 | (this.bits() & 0x3fff);
    return (
      `${millis.slice(0, 8)}-${millis.slice(8)}-${hex(versioned, 4)}-${hex(varied, 4)}-` +
      `${hex(this.bits() & 0xffff, 4)}${hex(this.bits(), 8)}`
    );
  }
}

/** Chooses again and again, each in proportion to its weight. */
export class Lottery {
  private readonly sums: Float64Array;

  constructor(weights: Float64Array) {
    let sum = 0;
    this.sums = weights.map((weight) => (sum += weight));
  }

  /** An index of the weights. */
  draw(chance: Chance): number {
    const { sums } = this;
    const drawn = chance.share() * sums[sums.length - 1]!;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
