import fc from 'fast-check';
import { rule } from '@anju/testing';
import {
  comparePoints,
  hundredths,
  isPoints,
  percentOf,
  pointsOf,
  roundedHalfUp,
  sumOfFractions,
  sumOfPoints,
  weightedMean,
} from './points';

const somePoints = fc.integer({ min: 0, max: 20_000 }).map((amount) => pointsOf(BigInt(amount)));
const someWeight = fc.integer({ min: 1, max: 1_000 }).map((amount) => pointsOf(BigInt(amount)));

describe('points', () => {
  it.each(['0', '7.5', '100.00', '-1', '999999.99'])('%s is a number of points', (text) => {
    expect(isPoints(text)).toBe(true);
  });

  it.each(['', '1.005', '.5', '5.', '1e2', '１', '1000000', ' 1', '+1'])('"%s" is none', (text) => {
    expect(isPoints(text)).toBe(false);
    expect(() => hundredths(text)).toThrow(RangeError);
  });

  it('are written with two decimals, whatever way they were given', () => {
    expect(['7.5', '0', '-0.5', '100'].map((text) => pointsOf(hundredths(text)))).toEqual([
      '7.50',
      '0.00',
      '-0.50',
      '100.00',
    ]);
  });

  it('are compared as numbers', () => {
    expect([comparePoints('9', '10'), comparePoints('7.5', '7.50'), comparePoints('1', '-1')]).toEqual([
      -1, 0, 1,
    ]);
  });

  it('add up exactly, in any order', () => {
    expect(sumOfPoints(['0.1', '0.2'])).toBe('0.30');
    fc.assert(
      fc.property(fc.array(somePoints), (all) => {
        expect(sumOfPoints([...all].reverse())).toBe(sumOfPoints(all));
      }),
    );
  });

  it('have no mean of nothing, nor one by weights of nothing', () => {
    expect(weightedMean([])).toBeNull();
    expect(() => weightedMean([{ points: '1', weight: '0' }])).toThrow(RangeError);
  });

  rule('APR-04', 'a mean lies between the least and the most of what it is the mean of', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ points: somePoints, weight: someWeight }), { minLength: 1 }),
        (entries) => {
          const mean = roundedHalfUp(weightedMean(entries)!);
          const sorted = entries.map(({ points }) => points).sort(comparePoints);
          expect(comparePoints(mean, sorted[0]!)).toBeGreaterThanOrEqual(0);
          expect(comparePoints(mean, sorted.at(-1)!)).toBeLessThanOrEqual(0);
        },
      ),
    );
  });

  rule('APR-04', 'weights that are all the same, whatever they are, make the plain mean', () => {
    fc.assert(
      fc.property(fc.array(somePoints, { minLength: 1 }), someWeight, (all, weight) => {
        const weighted = weightedMean(all.map((points) => ({ points, weight })))!;
        const plain = weightedMean(all.map((points) => ({ points, weight: '1' })))!;
        expect(weighted.above * plain.below).toBe(plain.above * weighted.below);
      }),
    );
  });

  rule.each([
    { above: 1n, below: 2n, rounded: '0.01' },
    { above: 49n, below: 100n, rounded: '0.00' },
    { above: 19_999n, below: 2n, rounded: '100.00' },
    { above: 2n, below: 3n, rounded: '0.01' },
    { above: 0n, below: 7n, rounded: '0.00' },
  ])('APR-04', 'a half hundredth is rounded up, less is not: $rounded', ({ above, below, rounded }) => {
    expect(roundedHalfUp({ above, below })).toBe(rounded);
  });

  rule('APR-04', 'thirds lose nothing before the end', () => {
    const third = percentOf(
      weightedMean(['100', '0', '0'].map((points) => ({ points, weight: '1' })))!,
      '100',
    );
    expect(roundedHalfUp(sumOfFractions([third, third, third]))).toBe('100.00');
  });
});
