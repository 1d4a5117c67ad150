import { excerpt } from './excerpt';
import { millisOf, TimeZone } from './time-zone';

const DAY = 86_400_000;

/** A day of the calendar on the wall, `YYYY-MM-DD`, years 0001 to 9999. */
export type LocalDate = string;

/** ISO 8601 weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;

/** Days since 1970-01-01. @throws RangeError when the text is not an existing day `YYYY-MM-DD` */
export function epochDayOf(date: LocalDate): number {
  const millis = DATE.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN;
  // V8 takes 30 February for 2 March.
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== date || date < '0001') {
    throw new RangeError(`not a date YYYY-MM-DD: ${excerpt(date)}`);
  }
  return millis / DAY;
}

/** The day so many days after 1970-01-01. @throws RangeError outside the years 0001 to 9999 */
export function dateOfEpochDay(epochDay: number): LocalDate {
  return new Date(millisOf(new Date(epochDay * DAY))).toISOString().slice(0, 10);
}

/** Whether the text is an existing day, `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
  try {
    epochDayOf(text);
    return true;
  } catch {
    return false;
  }
}

/** The ISO weekday of a day. @throws RangeError when it is not a date */
export function weekdayOf(date: LocalDate): Weekday {
  return weekdayOfEpochDay(epochDayOf(date));
}

/** The ISO weekday of the day so many days after 1970-01-01 (a Thursday). */
export function weekdayOfEpochDay(epochDay: number): Weekday {
  return (((((epochDay + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/**
 * The day that the wall calendar shows at an instant.
 * @param timeZone IANA name
 * @throws RangeError for an invalid instant or an unknown zone
 */
export function localDate(at: Date, timeZone: string): LocalDate {
  return dateOfEpochDay(localEpochDay(at, timeZone));
}

/** `localDate` as days since 1970-01-01. */
export function localEpochDay(at: Date, timeZone: string): number {
  return Math.floor(TimeZone.named(timeZone).localMillis(millisOf(at)) / DAY);
}

/**
 * What the clock on the wall shows at an instant, to the second: `YYYY-MM-DDTHH:mm:ss`.
 * @param timeZone IANA name
 * @throws RangeError for an invalid instant or an unknown zone
 */
export function localDateTime(at: Date, timeZone: string): string {
  const local = new Date(TimeZone.named(timeZone).localMillis(millisOf(at)));
  return new Date(millisOf(local)).toISOString().slice(0, 19);
}

/** The first instant of a local day. @throws RangeError for a wrong date or an unknown zone */
export function startOfLocalDay(date: LocalDate, timeZone: string): Date {
  return new Date(TimeZone.named(timeZone).instantOf(epochDayOf(date) * DAY));
}

/** The first instant after a local day, which is the start of the next one. @throws as `startOfLocalDay` */
export function endOfLocalDay(date: LocalDate, timeZone: string): Date {
  return new Date(TimeZone.named(timeZone).instantOf((epochDayOf(date) + 1) * DAY));
}

/** The day `days` later, or earlier when negative. @throws RangeError when it is not a date */
export function addLocalDays(date: LocalDate, days: number): LocalDate {
  return dateOfEpochDay(epochDayOf(date) + days);
}

/** How many days `to` is after `from`; negative when before. @throws RangeError when one is not a date */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

/**
 * The instant at which the wall clock shows a time. A time that a change of clocks leaves out is the instant
 * of the change; one that comes twice is the first of the two.
 * @param text `YYYY-MM-DDTHH:mm`, with seconds and milliseconds if wanted, `T` or a space between, no offset
 * @param timeZone IANA name
 * @throws RangeError when it is not a date and time, or the zone is unknown
 */
export function parseLocalDateTime(text: string, timeZone: string): Date {
  const match = DATE_TIME.exec(text);
  const [, date = '', hour = '', minute = '', second = '0', fraction = '0'] = match ?? [];
  if (!match || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new RangeError(`not a local date and time YYYY-MM-DDTHH:mm: ${excerpt(text)}`);
  }
  const time = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000;
  const localMillis = epochDayOf(date) * DAY + time + Number(fraction.padEnd(3, '0'));
  return new Date(TimeZone.named(timeZone).instantOf(localMillis));
}
