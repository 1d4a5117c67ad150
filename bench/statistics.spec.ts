import fc from 'fast-check';
import { latencies, percentile, repeated, shown, spread } from './statistics';

const values = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 200 });

describe('a percentile', () => {
  it('is a measured value, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.99, 0.991, 1].map((share) => percentile(hundred, share))).toEqual([
      1, 50, 99, 100, 100,
    ]);
    expect(percentile([7], 0.5)).toBe(7);
  });

  it('is not exceeded by its share of the values, and by a smaller one it would be', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const found = percentile(all, share);
        const shareOf = (some: readonly number[]): number => some.length / all.length;
        expect(all).toContain(found);
        expect(shareOf(all.filter((one) => one <= found))).toBeGreaterThanOrEqual(share - 1e-9);
        expect(shareOf(all.filter((one) => one < found))).toBeLessThan(share);
      }),
    );
  });

  it('does not exist of nothing', () => {
    expect(() => percentile([], 0.5)).toThrow('no percentile of nothing');
  });
});

describe('a spread', () => {
  it('has the value in the middle, or what lies between the two', () => {
    expect(spread([9, 1, 5])).toEqual({ min: 1, median: 5, max: 9, count: 3 });
    expect(spread([9, 1, 5, 6])).toEqual({ min: 1, median: 5.5, max: 9, count: 4 });
    expect(() => spread([])).toThrow('nothing has no median');
  });

  it('does not depend on the order', () => {
    fc.assert(fc.property(values, (all) => expect(spread([...all].reverse())).toEqual(spread(all))));
  });

  it('is shown with its noise and how often it was measured', () => {
    expect(shown(spread([2.2, 2.31, 2.644]), 2, 's')).toBe('2.31 s (2.20–2.64, n=3)');
    expect(shown(spread([22, 22]), 0, '')).toBe('22 (22–22, n=2)');
  });
});

it('latencies are shown by their middle, their slow end and their worst', () => {
  expect(latencies([3, 1, 2])).toBe('p50 2.0 ms, p99 3.0 ms, max 3.0 ms, n=3');
});

describe('a measurement that is repeated', () => {
  it('is made so many times, one after the other', async () => {
    expect(await repeated(3, 60, async (index) => index)).toEqual([0, 1, 2]);
  });

  it('is made twice even if there is no time for it', async () => {
    expect(await repeated(9, 0, async (index) => index)).toEqual([0, 1]);
  });
});
