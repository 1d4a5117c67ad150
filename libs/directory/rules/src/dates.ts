import { isLocalDate } from '@anju/kernel';
import type { LocalDate } from '@anju/kernel';
import { invalid, valid } from './checked';
import type { Checked } from './checked';
import type { DirectoryPolicy } from './policy';

/** A date inside the policy's range. */
export function checkDate(input: string, policy: DirectoryPolicy): Checked<LocalDate> {
  return checkDateBetween(input, policy.earliestDate, policy.latestDate);
}

/** A date from `earliest` to `latest`, both included. */
export function checkDateBetween(input: string, earliest: LocalDate, latest: LocalDate): Checked<LocalDate> {
  const date = input.trim();
  if (!isLocalDate(date)) return invalid('FORMAT', 'YYYY-MM-DD');
  if (date < earliest || date > latest) return invalid('OUT_OF_RANGE', `${earliest}…${latest}`);
  return valid(date);
}

/** Days from the first to the last, both included; `to` null is open-ended. */
export type Period = { readonly from: LocalDate; readonly to: LocalDate | null };

/** A period whose last day is not before its first. */
export function checkPeriod(
  input: { readonly from: string; readonly to?: string | null },
  policy: DirectoryPolicy,
): Checked<Period> {
  const from = checkDate(input.from, policy);
  if (!from.ok)
    return { ok: false, problems: from.problems.map((problem) => ({ ...problem, field: 'from' })) };
  if (input.to === null || input.to === undefined || input.to.trim() === '') {
    return valid({ from: from.value, to: null });
  }
  const to = checkDateBetween(input.to, from.value, policy.latestDate);
  if (!to.ok) return { ok: false, problems: to.problems.map((problem) => ({ ...problem, field: 'to' })) };
  return valid({ from: from.value, to: to.value });
}

/** Whether the day lies in the period. */
export function covers(period: Period, date: LocalDate): boolean {
  return period.from <= date && (period.to === null || date <= period.to);
}
