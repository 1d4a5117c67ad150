import type { ProjectCalendarDefinitions } from '@anju/kernel';

/**
 * Working time once more, and simply: a table of the days of one year and a walk from day to day. It knows nothing
 * of the calendars of the platform, which are held against it. Instants are epoch milliseconds.
 */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Shanghai has had no change of clocks since 1991. */
const shanghai = 8 * hour;

/** Days off and make-up days of 2026, as the State Council's notice has them (first day, last day). */
const daysOff: readonly (readonly [string, string])[] = [
  ['01-01', '01-03'],
  ['02-15', '02-23'],
  ['04-04', '04-06'],
  ['05-01', '05-05'],
  ['06-19', '06-21'],
  ['09-25', '09-27'],
  ['10-01', '10-07'],
];
const makeUpDays = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'];

interface Week {
  readonly from: number;
  readonly to: number;
  /** 1 Monday … 7 Sunday. */
  readonly lastDay: number;
  readonly holidays: boolean;
}

/** How the projects of the year work: by the rulebook, half an hour earlier, and a shop's hours. */
const variants: readonly { readonly office: Week; readonly desk: Week }[] = [
  {
    office: { from: 9, to: 18, lastDay: 5, holidays: true },
    desk: { from: 9, to: 18, lastDay: 7, holidays: false },
  },
  {
    office: { from: 8.5, to: 17.5, lastDay: 5, holidays: true },
    desk: { from: 8.5, to: 17.5, lastDay: 7, holidays: false },
  },
  {
    office: { from: 9, to: 17, lastDay: 6, holidays: false },
    desk: { from: 10, to: 20, lastDay: 7, holidays: false },
  },
];

function hoursText(hours: number): string {
  return `${String(Math.floor(hours)).padStart(2, '0')}:${hours % 1 === 0 ? '00' : '30'}`;
}

function definitionOf({ from, to, lastDay, holidays }: Week): ProjectCalendarDefinitions['office'] {
  const hours = { from: hoursText(from), to: hoursText(to) };
  const weekly = Object.fromEntries(Array.from({ length: lastDay }, (_, index) => [index + 1, hours]));
  return { timeZone: 'Asia/Shanghai', weekly, exceptions: {}, holidays: holidays ? 'CN' : 'NONE' };
}

/** How many ways of working there are. */
export const waysOfWorking = variants.length;

/** In which time a duty runs: the office's, the desk's, or every hour of the day. */
export type RunningTime = 'OFFICE' | 'DESK' | 'ALWAYS';

/** The working time of a project that works in one of these ways. */
export class NaiveCalendar {
  private readonly variant: (typeof variants)[number];
  private readonly known = { OFFICE: new Map<number, Opening>(), DESK: new Map<number, Opening>() };

  constructor(way: number) {
    this.variant = variants[way % variants.length]!;
  }

  /** What the directory tells of it. */
  get definitions(): ProjectCalendarDefinitions {
    const { office, desk } = this.variant;
    return { serviceDesk: definitionOf(desk), office: definitionOf(office) };
  }

  /** How long a working day is (CAL-02). */
  get workingDay(): number {
    const { office } = this.variant;
    return (office.to - office.from) * hour;
  }

  /** The desk's closing on the same day while it is open, else on the first day that it opens after (CMP-07). */
  deskClosingAfter(at: number): number {
    for (let midnight = midnightOf(at); ; midnight += day) {
      const open = this.openOn('DESK', midnight);
      if (!open || open.closes <= at) continue;
      return open.closes;
    }
  }

  /** Whether the instant lies in that time, its end included. */
  isIn(time: RunningTime, at: number): boolean {
    if (time === 'ALWAYS') return true;
    const open = this.openOn(time, midnightOf(at));
    return open !== null && at >= open.opens && at <= open.closes;
  }

  /** When so much of that time is over (CAL-02…04). */
  after(time: RunningTime, at: number, millis: number): number {
    if (time === 'ALWAYS' || millis === 0) return at + millis;
    let left = millis;
    for (let midnight = midnightOf(at); ; midnight += day) {
      const open = this.openOn(time, midnight);
      if (!open || open.closes <= at) continue;
      const from = Math.max(at, open.opens);
      if (left <= open.closes - from) return from + left;
      left -= open.closes - from;
    }
  }

  /** How much of that time lies between two instants; nothing where the second comes first. */
  between(time: RunningTime, from: number, to: number): number {
    if (time === 'ALWAYS') return Math.max(0, to - from);
    let sum = 0;
    for (let midnight = midnightOf(from); midnight < to; midnight += day) {
      const open = this.openOn(time, midnight);
      if (open) sum += Math.max(0, Math.min(to, open.closes) - Math.max(from, open.opens));
    }
    return sum;
  }

  private openOn(time: 'OFFICE' | 'DESK', midnight: number): Opening {
    const known = this.known[time];
    let open = known.get(midnight);
    if (open === undefined) {
      open = openOn(time === 'OFFICE' ? this.variant.office : this.variant.desk, midnight);
      known.set(midnight, open);
    }
    return open;
  }
}

type Opening = { readonly opens: number; readonly closes: number } | null;

function midnightOf(at: number): number {
  return Math.floor((at + shanghai) / day) * day - shanghai;
}

function openOn(week: Week, midnight: number): Opening {
  const date = new Date(midnight + shanghai);
  const monthDay = date.toISOString().slice(5, 10);
  const isKnown = week.holidays && date.getUTCFullYear() === 2026;
  const isOff = isKnown && daysOff.some(([from, to]) => monthDay >= from && monthDay <= to);
  const isMakeUp = isKnown && makeUpDays.includes(monthDay);
  const weekday = ((date.getUTCDay() + 6) % 7) + 1;
  if (isOff || (!isMakeUp && weekday > week.lastDay)) return null;
  return { opens: midnight + week.from * hour, closes: midnight + week.to * hour };
}

/** The same time of a later month's day of the same number, or of its last day (CAL-04). */
export function monthsAfter(at: number, months: number): number {
  const local = new Date(at + shanghai);
  const next = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1);
  const lastDay = new Date(
    Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months + 1, 0),
  ).getUTCDate();
  const timeOfDay = (at + shanghai) % day;
  return next + (Math.min(local.getUTCDate(), lastDay) - 1) * day + timeOfDay - shanghai;
}

/** The date on the wall in Shanghai, `2026-03-02`. */
export function dateOf(at: number): string {
  return new Date(at + shanghai).toISOString().slice(0, 10);
}

/** The first moment of a date in Shanghai. */
export function midnightBefore(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) - shanghai;
}
