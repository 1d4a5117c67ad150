import { TimeZone, millisOf } from './time-zone';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function addMillis(at: Date, millis: number): Date {
  const result = new Date(millisOf(at) + Math.round(millis));
  millisOf(result);
  return result;
}

/** `minutes` of elapsed time later. @throws RangeError for an invalid instant or number */
export function addMinutes(at: Date, minutes: number): Date {
  return addMillis(at, minutes * MINUTE);
}

/** `hours` of elapsed time later (CAL-04). @throws RangeError for an invalid instant or number */
export function addHours(at: Date, hours: number): Date {
  return addMillis(at, hours * HOUR);
}

/** `days` of 24 elapsed hours later (CAL-04). @throws RangeError for an invalid instant or number */
export function addDays(at: Date, days: number): Date {
  return addMillis(at, days * DAY);
}

/** `weeks` of 7 × 24 elapsed hours later (CAL-04). @throws RangeError for an invalid instant or number */
export function addWeeks(at: Date, weeks: number): Date {
  return addMillis(at, weeks * 7 * DAY);
}

/**
 * The same day and time of day `months` calendar months later, or the month's last day when it has no such
 * day (CAL-04). From 31 January, two months at once reach 31 March, but one month twice only 28 March: count
 * from the first instant.
 * @param months whole number; negative goes back
 * @param timeZone IANA name of the zone whose calendar counts
 * @throws RangeError for an invalid instant, a number that is not whole, or an unknown zone
 */
export function addCalendarMonth(at: Date, months: number, timeZone: string): Date {
  if (!Number.isInteger(months)) throw new RangeError(`not a whole number of months: ${months}`);
  const zone = TimeZone.named(timeZone);
  const local = new Date(zone.localMillis(millisOf(at)));
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + months);
  const following = new Date(local);
  following.setUTCMonth(following.getUTCMonth() + 1, 0);
  local.setUTCDate(Math.min(day, following.getUTCDate()));
  const result = new Date(zone.instantOf(millisOf(local)));
  millisOf(result);
  return result;
}
