import type { HolidayCountry } from './holidays';
import { isLocalDate, type LocalDate, type Weekday } from './local-date';
import { TimeZone } from './time-zone';

/** When a day opens and closes: `HH:mm` on the wall clock; `to` may be `24:00`. Closed at `to` itself. */
export type OpeningHours = { readonly from: string; readonly to: string };

/** A business calendar as plain data: it is stored, sent in events and edited per project (CAL-01). */
export interface CalendarDefinition {
  /** IANA name. */
  readonly timeZone: string;
  /** Hours by ISO weekday, 1 is Monday; a weekday that is absent or null is closed. */
  readonly weekly: { readonly [weekday in Weekday]?: OpeningHours | null };
  /** Single days that differ, whatever the week and the holidays say; null is closed. */
  readonly exceptions?: { readonly [date: LocalDate]: OpeningHours | null };
  /** Whose statutory holidays and make-up working days count; `NONE` when absent. */
  readonly holidays?: HolidayCountry;
}

/** The two calendars of a project (CAL-01), as plain data. */
export interface ProjectCalendarDefinitions {
  readonly serviceDesk: CalendarDefinition;
  readonly office: CalendarDefinition;
}

export type CalendarProblemCode =
  | 'NOT_A_CALENDAR'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_TIME_ZONE'
  | 'NOT_A_WEEKDAY'
  | 'NOT_A_DATE'
  | 'NOT_OPENING_HOURS'
  | 'NOT_A_TIME'
  | 'CLOSES_BEFORE_IT_OPENS'
  | 'UNKNOWN_HOLIDAYS'
  | 'NEVER_OPEN';

/** What is wrong with a definition, and where: `weekly.6.to`, `exceptions.2026-02-30`. */
export type CalendarProblem = {
  readonly path: string;
  readonly code: CalendarProblemCode;
  readonly message: string;
};

const FIELDS: readonly string[] = ['timeZone', 'weekly', 'exceptions', 'holidays'];
const LONGEST_PATH = 60;
const HOURS_FIELDS: readonly string[] = ['from', 'to'];
const HOLIDAYS: readonly unknown[] = ['CN', 'NONE', undefined];
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes from midnight of `HH:mm`, up to `24:00`; null when it is not a time of day. */
export function minutesOf(time: unknown): number | null {
  if (time === '24:00') return 1_440;
  const match = typeof time === 'string' ? TIME.exec(time) : null;
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Everything that is wrong with a calendar's definition; empty when it is a `CalendarDefinition`. At least one
 * weekday must open: with exceptions alone there would be a last day after which nothing ever falls due.
 * @param value anything, such as parsed JSON
 */
export function calendarProblems(value: unknown): readonly CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const report = (path: string, code: CalendarProblemCode, message: string): void => {
    problems.push({ path: path.slice(0, LONGEST_PATH), code, message });
  };
  if (!isRecord(value)) {
    report('', 'NOT_A_CALENDAR', 'a calendar is an object with timeZone and weekly');
    return problems;
  }

  const checkHours = (path: string, hours: unknown): void => {
    if (!isRecord(hours) || Object.keys(hours).some((key) => !HOURS_FIELDS.includes(key))) {
      report(path, 'NOT_OPENING_HOURS', 'hours are { from, to }, or null for closed');
      return;
    }
    const from = minutesOf(hours['from']);
    const to = minutesOf(hours['to']);
    if (from === null || from === 1_440) report(`${path}.from`, 'NOT_A_TIME', 'a time HH:mm, 00:00 to 23:59');
    if (to === null) report(`${path}.to`, 'NOT_A_TIME', 'a time HH:mm, 00:01 to 24:00');
    if (from !== null && to !== null && from !== 1_440 && to <= from) {
      report(`${path}.to`, 'CLOSES_BEFORE_IT_OPENS', 'closing must come after opening, on the same day');
    }
  };

  for (const key of Object.keys(value)) {
    if (!FIELDS.includes(key)) report(key, 'UNKNOWN_FIELD', `a calendar has ${FIELDS.join(', ')} only`);
  }
  if (!isTimeZone(value['timeZone'])) {
    report('timeZone', 'UNKNOWN_TIME_ZONE', 'an IANA time zone such as Asia/Shanghai');
  }
  if (!HOLIDAYS.includes(value['holidays'])) {
    report('holidays', 'UNKNOWN_HOLIDAYS', 'CN or NONE');
  }

  const weekly = value['weekly'];
  if (!isRecord(weekly)) {
    report('weekly', 'NOT_A_CALENDAR', 'hours by ISO weekday, 1 (Monday) to 7 (Sunday)');
  } else {
    for (const [weekday, hours] of Object.entries(weekly)) {
      if (!/^[1-7]$/.test(weekday)) {
        report(`weekly.${weekday}`, 'NOT_A_WEEKDAY', 'an ISO weekday, 1 (Monday) to 7 (Sunday)');
      } else if (hours !== null && hours !== undefined) {
        checkHours(`weekly.${weekday}`, hours);
      }
    }
    if (Object.values(weekly).every((hours) => hours === null || hours === undefined)) {
      report('weekly', 'NEVER_OPEN', 'at least one weekday must have opening hours');
    }
  }

  const exceptions = value['exceptions'];
  if (exceptions !== undefined && !isRecord(exceptions)) {
    report('exceptions', 'NOT_A_CALENDAR', 'hours or null by date YYYY-MM-DD');
  } else {
    for (const [date, hours] of Object.entries(exceptions ?? {})) {
      if (!isLocalDate(date)) report(`exceptions.${date}`, 'NOT_A_DATE', 'an existing day YYYY-MM-DD');
      if (hours !== null) checkHours(`exceptions.${date}`, hours);
    }
  }
  return problems;
}

/** A calendar was made from a definition that is none. */
export class InvalidCalendar extends Error {
  override readonly name = 'InvalidCalendar';

  constructor(readonly problems: readonly CalendarProblem[]) {
    super(
      `not a calendar: ${problems.map(({ path, message }) => `${path || 'definition'}: ${message}`).join('; ')}`,
    );
  }
}

/** Whether there is an IANA time zone of that name. */
export function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string') return false;
  try {
    TimeZone.named(name);
    return true;
  } catch {
    return false;
  }
}

const SHANGHAI = 'Asia/Shanghai';
const NINE_TO_SIX: OpeningHours = { from: '09:00', to: '18:00' };
const ROUND_THE_CLOCK: OpeningHours = { from: '00:00', to: '24:00' };

function everyDay(hours: OpeningHours): CalendarDefinition['weekly'] {
  return { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: hours, 7: hours };
}

/** The service desk's hours where a project has none of its own: every day 09:00–18:00 (CAL-01, S4 4.1.2.5). */
export function defaultServiceDeskCalendar(
  timeZone: string = SHANGHAI,
  exceptions: CalendarDefinition['exceptions'] = {},
): CalendarDefinition {
  return { timeZone, weekly: everyDay(NINE_TO_SIX), exceptions, holidays: 'NONE' };
}

/**
 * The office's hours where a project has none of its own: Monday to Friday 09:00–18:00, less China's statutory
 * holidays, plus its make-up working days (CAL-01).
 */
export function defaultOfficeCalendar(
  timeZone: string = SHANGHAI,
  exceptions: CalendarDefinition['exceptions'] = {},
): CalendarDefinition {
  const weekly = { 1: NINE_TO_SIX, 2: NINE_TO_SIX, 3: NINE_TO_SIX, 4: NINE_TO_SIX, 5: NINE_TO_SIX };
  return { timeZone, weekly, exceptions, holidays: 'CN' };
}

/** The hotline's hours: always (CAL-05, S4 4.1.2.6). Who answers is `hotlineAnsweredBy`. */
export function hotlineCalendar(timeZone: string = SHANGHAI): CalendarDefinition {
  return { timeZone, weekly: everyDay(ROUND_THE_CLOCK), exceptions: {}, holidays: 'NONE' };
}

/** Both default calendars of a project in that zone (CAL-01). */
export function defaultProjectCalendars(timeZone: string = SHANGHAI): ProjectCalendarDefinitions {
  return { serviceDesk: defaultServiceDeskCalendar(timeZone), office: defaultOfficeCalendar(timeZone) };
}
