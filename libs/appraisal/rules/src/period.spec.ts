import fc from 'fast-check';
import { addLocalDays, weekdayOf } from '@anju/kernel';
import { rule } from '@anju/testing';
import { appraisalKinds, isWithin, overlaps, periodOf, periodsOfYear, yearOf } from './period';

describe('periods', () => {
  rule.each([
    { kind: 'WEEKLY_CHECK', day: '2026-03-01', from: '2026-02-23', to: '2026-03-01' },
    { kind: 'WEEKLY_CHECK', day: '2026-03-02', from: '2026-03-02', to: '2026-03-08' },
    { kind: 'MONTHLY_CHECK', day: '2026-02-10', from: '2026-02-01', to: '2026-02-28' },
    { kind: 'MONTHLY', day: '2028-02-29', from: '2028-02-01', to: '2028-02-29' },
    { kind: 'MONTHLY', day: '2026-12-31', from: '2026-12-01', to: '2026-12-31' },
    { kind: 'YEAR_END', day: '2026-07-01', from: '2026-01-01', to: '2026-12-31' },
    { kind: 'SPOT_CHECK', day: '2026-03-05', from: '2026-03-05', to: '2026-03-05' },
  ] as const)('APR-03', '$kind of $day is from $from to $to', ({ kind, day, from, to }) => {
    expect(periodOf(kind, day)).toEqual({ from, to });
  });

  rule('APR-04', 'a week that goes over New Year counts in the year in which it began', () => {
    const week = periodOf('WEEKLY_CHECK', '2027-01-01');
    expect(week).toEqual({ from: '2026-12-28', to: '2027-01-03' });
    expect(yearOf(week)).toBe(2026);
    expect(periodsOfYear('WEEKLY_CHECK', 2026).at(-1)).toEqual(week);
    expect(periodsOfYear('WEEKLY_CHECK', 2027)[0]?.from).toBe('2027-01-04');
  });

  it('a year has twelve months, 52 or 53 weeks, and one end', () => {
    expect(periodsOfYear('MONTHLY', 2026)).toHaveLength(12);
    expect(periodsOfYear('YEAR_END', 2026)).toEqual([{ from: '2026-01-01', to: '2026-12-31' }]);
    expect(periodsOfYear('WEEKLY_CHECK', 2026)).toHaveLength(52);
    expect(periodsOfYear('WEEKLY_CHECK', 2024)).toHaveLength(53);
  });

  it('every day is in exactly one period of each kind', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(...appraisalKinds), (days, kind) => {
        const day = addLocalDays('2000-01-01', days);
        const period = periodOf(kind, day);
        expect(period.from <= day && day <= period.to).toBe(true);
        expect(periodOf(kind, period.from)).toEqual(period);
        expect(periodOf(kind, period.to)).toEqual(period);
        expect(periodOf(kind, addLocalDays(period.to, 1)).from).toBe(addLocalDays(period.to, 1));
        if (kind === 'WEEKLY_CHECK') expect(weekdayOf(period.from)).toBe(1);
      }),
    );
  });

  it('overlaps and lies within by days, the last day included', () => {
    const march = periodOf('MONTHLY', '2026-03-01');
    expect(overlaps(march, { from: '2026-03-31', to: null })).toBe(true);
    expect(overlaps(march, { from: '2026-04-01', to: null })).toBe(false);
    expect(overlaps(march, { from: '2025-01-01', to: '2026-03-01' })).toBe(true);
    expect(overlaps(march, { from: '2025-01-01', to: '2026-02-28' })).toBe(false);
    expect(isWithin(march, { from: '2026-03-01', to: '2026-03-31' })).toBe(true);
    expect(isWithin(march, { from: '2026-03-02', to: null })).toBe(false);
    expect(isWithin(march, { from: '2026-01-01', to: '2026-03-30' })).toBe(false);
  });
});
