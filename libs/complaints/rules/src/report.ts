import { addLocalDays, daysBetween, type LocalDate } from '@anju/kernel';

/** Days of the calendar, both included. */
export interface ReportPeriod {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * How long a case has been open at the end of a period, from its receipt. Reading: the rulebook names no ages, so these
 * are the report's own and no policy's: projects with other policies stand in the same rows, and a period beside the
 * one before it.
 */
export const complaintAges = ['UP_TO_2_DAYS', 'UP_TO_A_WEEK', 'UP_TO_A_MONTH', 'OVER_A_MONTH'] as const;
export type ComplaintAge = (typeof complaintAges)[number];

const monthOf = (date: LocalDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

function firstOfMonth(month: number): LocalDate {
  const [year, number] = [Math.floor(month / 12), (month % 12) + 1];
  return `${String(year).padStart(4, '0')}-${String(number).padStart(2, '0')}-01`;
}

/**
 * What a period is compared with (CMP-16): whole months with as many months before them, any other period with as
 * many days before it.
 * @throws RangeError when an end is no date, or the period ends before it begins
 */
export function previousPeriod({ from, to }: ReportPeriod): ReportPeriod {
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw new RangeError(`a period from ${from} to ${to}`);
  const next = addLocalDays(to, 1);
  const previousTo = addLocalDays(from, -1);
  const isWholeMonths = from.endsWith('-01') && next.endsWith('-01');
  if (!isWholeMonths) return { from: addLocalDays(from, -days), to: previousTo };
  const months = monthOf(next) - monthOf(from);
  return { from: firstOfMonth(monthOf(from) - months), to: previousTo };
}

/** So many of so many. */
export interface ReportShare {
  readonly part: number;
  readonly whole: number;
  /** With two decimals, rounded half up, such as `66.67`; null where there was nothing to divide by. */
  readonly percent: string | null;
}

export function shareOf(part: number, whole: number): ReportShare {
  return {
    part,
    whole,
    percent: whole === 0 ? null : (Math.round((part * 10_000) / whole) / 100).toFixed(2),
  };
}
