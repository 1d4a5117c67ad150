import { addLocalDays, weekdayOf, type LocalDate } from '@anju/kernel';

/** 周检, 月检, 抽检; 月考核, 年终考核. */
export const appraisalKinds = ['WEEKLY_CHECK', 'MONTHLY_CHECK', 'SPOT_CHECK', 'MONTHLY', 'YEAR_END'] as const;
export type AppraisalKind = (typeof appraisalKinds)[number];

/** Days from the first to the last, both included; an employment without a last day goes on. */
export type Days = { readonly from: LocalDate; readonly to: LocalDate | null };

/** An appraised period; both days belong to it. */
export type AppraisalPeriod = { readonly from: LocalDate; readonly to: LocalDate };

/**
 * The period of that kind which a day is in: its week from Monday to Sunday, its calendar month, its year, or
 * the day itself for a spot check.
 * @throws RangeError when it is not a date
 */
export function periodOf(kind: AppraisalKind, day: LocalDate): AppraisalPeriod {
  switch (kind) {
    case 'WEEKLY_CHECK': {
      const from = addLocalDays(day, 1 - weekdayOf(day));
      return { from, to: addLocalDays(from, 6) };
    }
    case 'MONTHLY_CHECK':
    case 'MONTHLY': {
      const from = `${day.slice(0, 7)}-01`;
      return { from, to: addLocalDays(`${addLocalDays(from, 31).slice(0, 7)}-01`, -1) };
    }
    case 'YEAR_END':
      return { from: `${day.slice(0, 4)}-01-01`, to: `${day.slice(0, 4)}-12-31` };
    case 'SPOT_CHECK':
      return { from: day, to: addLocalDays(day, 0) };
  }
}

/** The year that a period counts in: the one in which it began. */
export function yearOf(period: Pick<AppraisalPeriod, 'from'>): number {
  return Number(period.from.slice(0, 4));
}

/** Every period of that kind which begins in the year, in order. */
export function periodsOfYear(kind: AppraisalKind, year: number): readonly AppraisalPeriod[] {
  const days = periodOf('YEAR_END', `${String(year).padStart(4, '0')}-01-01`);
  const periods: AppraisalPeriod[] = [];
  for (let period = periodOf(kind, days.from); period.from <= days.to;) {
    if (yearOf(period) === year) periods.push(period);
    period = periodOf(kind, addLocalDays(period.to, 1));
  }
  return periods;
}

/** Whether the two have a day in common. */
export function overlaps(period: AppraisalPeriod, days: Days): boolean {
  return days.from <= period.to && (days.to === null || period.from <= days.to);
}

/** Whether every day of the period is among the days. */
export function isWithin(period: AppraisalPeriod, days: Days): boolean {
  return days.from <= period.from && (days.to === null || period.to <= days.to);
}
