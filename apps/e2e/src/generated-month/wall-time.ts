import type { Random } from '../chaos/random';

/**
 * Times as the clocks of Shanghai show them, `YYYY-MM-DD HH:mm`; the zone has no change of clocks, so that a
 * difference of two is the time elapsed. In minutes they are counted from 1970-01-01 00:00 of that wall.
 */
export type WallTime = string;

/** @throws RangeError when it is no such time */
export function minutesOf(time: WallTime): number {
  const millis = Date.parse(`${time.replace(' ', 'T')}:00Z`);
  if (Number.isNaN(millis)) throw new RangeError(`not a time YYYY-MM-DD HH:mm: ${time}`);
  return millis / 60_000;
}

export function wallTime(minutes: number): WallTime {
  return new Date(minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

export const hour = 60;
export const day = 24 * hour;

/** The day's midnight, in minutes. */
export function midnightOf(minutes: number): number {
  return Math.floor(minutes / day) * day;
}

/** Saturday or Sunday. */
export function isWeekend(minutes: number): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(minutes / day) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/**
 * Where one working day ends that begins at a time of desk hours: the same time of the next weekday; at the
 * end of that when it began at the weekend. Right for months without statutory holidays.
 */
export function oneWorkingDayAfter(minutes: number): number {
  let next = midnightOf(minutes) + day;
  while (isWeekend(next)) next += day;
  return isWeekend(minutes) ? next + 18 * hour : next + (minutes - midnightOf(minutes));
}

/** Where four hours of the desk end, every day 09:00 to 18:00, that begin while it is open. */
export function fourDeskHoursAfter(minutes: number): number {
  const end = minutes + 4 * hour;
  const closing = midnightOf(minutes) + 18 * hour;
  return end <= closing ? end : closing + 15 * hour + (end - closing);
}

/** First and last minute of a month, the second not in it. @param month `YYYY-MM` */
export function monthBounds(month: string): { readonly from: number; readonly to: number } {
  const from = minutesOf(`${month}-01 00:00`);
  const next = wallTime(from + 31 * day).slice(0, 7);
  return { from, to: minutesOf(`${next}-01 00:00`) };
}

/** Times are drawn in steps of so many minutes: what happens at the same moment can be played side by side. */
const slot = 30;

/** A drawn stretch of minutes from `slot` up to, and including, `longest`. @param longest a multiple of it */
export function stretch(longest: number, random: Random): number {
  return slot * (1 + random.below(longest / slot));
}

/** Some time from 09:30 to 16:00, so many days after another. */
export function deskTime(minutes: number, days: number, random: Random): number {
  return midnightOf(minutes) + days * day + 9 * hour + stretch(7 * hour, random);
}
