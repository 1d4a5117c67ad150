import chineseDays from 'chinese-days/dist/chinese-days.json';
import type { LocalDate } from './local-date';

/** Whose statutory holidays a calendar keeps: China's, or none. */
export type HolidayCountry = 'CN' | 'NONE';

/** What the state made of a day: a day off, a weekend day worked in exchange (调休), or nothing special. */
export type StatutoryDay = 'HOLIDAY' | 'MAKE_UP_DAY' | null;

const dayOff: object = chineseDays.holidays;
// The package's `inLieuDays` are days *off* that are made up for elsewhere; these are the days worked for them.
const worked: object = chineseDays.workdays;

/**
 * What a day is in China by the State Council's yearly notice (CAL-01), as `chinese-days` keeps it, from 2004
 * to the last notice that it knows. A year without a notice has no holidays. The package's table is read
 * rather than its functions, which take a date in the time zone of the process.
 */
export function statutoryDay(date: LocalDate): StatutoryDay {
  if (Object.hasOwn(worked, date)) return 'MAKE_UP_DAY';
  if (Object.hasOwn(dayOff, date)) return 'HOLIDAY';
  return null;
}
