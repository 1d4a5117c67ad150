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

/** The working time of one project. */
export class NaiveCalendar {
  private readonly variant: (typeof variants)[number];

  constructor(project: number) {
    this.variant = variants[project % variants.length]!;
  }

  /** What the directory tells of it. */
  get definitions(): ProjectCalendarDefinitions {
    const { office, desk } = this.variant;
    return { serviceDesk: definitionOf(desk), office: definitionOf(office) };
  }

  /** One working day later (CAL-02). */
  workingDayAfter(at: number): number {
    const { office } = this.variant;
    return this.walk(office, at, (office.to - office.from) * hour);
  }

  /** So many desk hours later (CAL-03). */
  deskHoursAfter(at: number, hours: number): number {
    return this.walk(this.variant.desk, at, hours * hour);
  }

  /** The desk's closing on the same day while it is open, else on the first day that it opens after (CMP-07). */
  deskClosingAfter(at: number): number {
    for (let midnight = midnightOf(at); ; midnight += day) {
      const open = openOn(this.variant.desk, midnight);
      if (!open || open.closes <= at) continue;
      return open.closes;
    }
  }

  isOfficeTime(at: number): boolean {
    const open = openOn(this.variant.office, midnightOf(at));
    return open !== null && at >= open.opens && at <= open.closes;
  }

  isDeskTime(at: number): boolean {
    const open = openOn(this.variant.desk, midnightOf(at));
    return open !== null && at >= open.opens && at <= open.closes;
  }

  private walk(week: Week, at: number, millis: number): number {
    let left = millis;
    for (let midnight = midnightOf(at); ; midnight += day) {
      const open = openOn(week, midnight);
      if (!open || open.closes <= at) continue;
      const from = Math.max(at, open.opens);
      if (left <= open.closes - from) return from + left;
      left -= open.closes - from;
    }
  }
}

function midnightOf(at: number): number {
  return Math.floor((at + shanghai) / day) * day - shanghai;
}

function openOn(week: Week, midnight: number): { readonly opens: number; readonly closes: number } | null {
  const date = new Date(midnight + shanghai);
  const monthDay = date.toISOString().slice(5, 10);
  const isKnown = week.holidays && date.getUTCFullYear() === 2026;
  const isOff = isKnown && daysOff.some(([from, to]) => monthDay >= from && monthDay <= to);
  const isMakeUp = isKnown && makeUpDays.includes(monthDay);
  const weekday = ((date.getUTCDay() + 6) % 7) + 1;
  if (isOff || (!isMakeUp && weekday > week.lastDay)) return null;
  return { opens: midnight + week.from * hour, closes: midnight + week.to * hour };
}

/** The same time of the next month's day of the same number, or of its last day (CAL-04). */
export function monthAfter(at: number): number {
  const local = new Date(at + shanghai);
  const next = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1);
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 2, 0)).getUTCDate();
  const timeOfDay = (at + shanghai) % day;
  return next + (Math.min(local.getUTCDate(), lastDay) - 1) * day + timeOfDay - shanghai;
}
