import fc from 'fast-check';
import { addLocalDays, daysBetween } from '@anju/kernel';
import { rule } from '@anju/testing';
import { previousPeriod, shareOf } from './report';

describe('the regular report', () => {
  rule.each([
    { from: '2026-03-01', to: '2026-03-31', before: { from: '2026-02-01', to: '2026-02-28' } },
    { from: '2026-01-01', to: '2026-03-31', before: { from: '2025-10-01', to: '2025-12-31' } },
    { from: '2026-01-01', to: '2026-12-31', before: { from: '2025-01-01', to: '2025-12-31' } },
    { from: '2024-02-01', to: '2024-02-29', before: { from: '2024-01-01', to: '2024-01-31' } },
    { from: '2026-03-02', to: '2026-03-08', before: { from: '2026-02-23', to: '2026-03-01' } },
    { from: '2026-03-01', to: '2026-03-30', before: { from: '2026-01-30', to: '2026-02-28' } },
    { from: '2026-03-05', to: '2026-03-05', before: { from: '2026-03-04', to: '2026-03-04' } },
  ])('CMP-16', '$from to $to is compared with $before.from to $before.to', ({ from, to, before }) => {
    expect(previousPeriod({ from, to })).toEqual(before);
  });

  rule('CMP-16', 'the period before ends where the period begins, and is about as long', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addLocalDays('2000-01-01', days));
    fc.assert(
      fc.property(day, fc.nat(366), (from, length) => {
        const to = addLocalDays(from, length);
        const previous = previousPeriod({ from, to });
        expect(addLocalDays(previous.to, 1)).toBe(from);
        const longer = daysBetween(previous.from, previous.to) - length;
        expect(Math.abs(longer)).toBeLessThanOrEqual(from.endsWith('-01') ? 3 : 0);
      }),
    );
  });

  it('has no period that ends before it begins', () => {
    expect(() => previousPeriod({ from: '2026-03-02', to: '2026-03-01' })).toThrow(RangeError);
  });

  rule('CMP-16', 'a share has two decimals, rounded half up, and is none of nothing', () => {
    expect([shareOf(1, 3), shareOf(2, 3), shareOf(1, 800), shareOf(3, 3), shareOf(0, 0)]).toEqual([
      { part: 1, whole: 3, percent: '33.33' },
      { part: 2, whole: 3, percent: '66.67' },
      { part: 1, whole: 800, percent: '0.13' },
      { part: 3, whole: 3, percent: '100.00' },
      { part: 0, whole: 0, percent: null },
    ]);
  });
});
