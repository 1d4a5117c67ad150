import {
  calendarProblems,
  InvalidCalendar,
  minutesOf,
  type CalendarDefinition,
  type OpeningHours,
  type ProjectCalendarDefinitions,
} from './calendar-definition';
import { statutoryDay } from './holidays';
import { dateOfEpochDay, weekdayOf, weekdayOfEpochDay, type LocalDate, type Weekday } from './local-date';
import { millisOf, TimeZone } from './time-zone';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Forty years of working days. More is a mistake in a policy, and would keep the process busy for seconds. */
const MOST_WORKING_HOURS = 100_000;

/** A century: working time is measured day by day, and nothing recorded is further apart. */
const LONGEST_SPAN = 36_525 * DAY;

const DAYS_KEPT = 8_192;
const CALENDARS_KEPT = 512;

/** One open day: `[opensAt, closesAt)` in epoch milliseconds. */
interface OpenDay {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** The calendars of a project, ready to compute with (CAL-01). */
export interface ProjectCalendars {
  readonly serviceDesk: BusinessCalendar;
  readonly office: BusinessCalendar;
}

/**
 * Working time: on which days and between which hours a clock runs (CAL-01…03). Immutable and pure; what a day
 * is worth is worked out once and kept.
 *
 * A day's hours come from its exception, else from the statutory holidays, else from the week. A make-up
 * working day has the calendar's standard hours, also where that weekday has shorter ones, because it stands
 * for a full day taken off elsewhere.
 */
export class BusinessCalendar {
  private static readonly kept = new Map<string, BusinessCalendar>();

  /** The definition that it was made from. */
  readonly definition: CalendarDefinition;
  readonly timeZone: string;
  /**
   * The hours that most weekdays have; of equally frequent ones the longest, then the earliest in the week.
   * CAL-02 counts working days in their length: where days differ, "one working day" stays one fixed amount
   * of working time, and a short Saturday counts as the part of a day that it is.
   */
  readonly standardHours: OpeningHours;
  /** The length of `standardHours`, in hours. */
  readonly standardDayHours: number;

  private readonly zone: TimeZone;
  private readonly days = new Map<number, OpenDay | null>();

  /** @throws InvalidCalendar when `calendarProblems` finds any */
  constructor(definition: CalendarDefinition) {
    const problems = calendarProblems(definition);
    if (problems.length > 0) throw new InvalidCalendar(problems);
    this.definition = structuredClone(definition);
    this.timeZone = definition.timeZone;
    this.zone = TimeZone.named(definition.timeZone);
    this.standardHours = standardHoursOf(this.definition);
    this.standardDayHours = lengthOf(this.standardHours) / 60;
  }

  /**
   * The calendar of a definition, the same object for equal definitions while it is in use, so that its days
   * are not worked out again for every command.
   * @throws InvalidCalendar when `calendarProblems` finds any
   */
  static of(definition: CalendarDefinition): BusinessCalendar {
    const key = JSON.stringify(definition);
    const calendar = BusinessCalendar.kept.get(key) ?? new BusinessCalendar(definition);
    BusinessCalendar.kept.delete(key);
    BusinessCalendar.kept.set(key, calendar);
    const [leastRecent] = BusinessCalendar.kept.keys();
    if (BusinessCalendar.kept.size > CALENDARS_KEPT && leastRecent !== undefined) {
      BusinessCalendar.kept.delete(leastRecent);
    }
    return calendar;
  }

  /**
   * When `days` working days are over (CAL-02): so many times `standardDayHours` of working time. What ends
   * exactly at closing is due at that closing, not at the next opening. No days at all are due at once.
   * @param days at least 0; a part of a day counts as that part
   * @throws RangeError for an invalid instant or number
   */
  addWorkingDays(at: Date, days: number): Date {
    return this.addWorkingHours(at, days * this.standardDayHours);
  }

  /**
   * When `hours` of working time are over (CAL-03), on the same terms as `addWorkingDays`.
   * @param hours at least 0, at most 100,000
   * @throws RangeError for an invalid instant or number
   */
  addWorkingHours(at: Date, hours: number): Date {
    if (!(hours >= 0 && hours <= MOST_WORKING_HOURS)) {
      throw new RangeError(`working time must be 0 to ${MOST_WORKING_HOURS} hours, not ${hours}`);
    }
    const from = millisOf(at);
    let left = Math.round(hours * HOUR);
    if (left === 0) return new Date(from);
    for (let epochDay = this.epochDayAt(from); ; epochDay++) {
      const day = this.openDay(epochDay);
      if (day === null || day.closesAt <= from) continue;
      const start = Math.max(from, day.opensAt);
      if (left <= day.closesAt - start) return new Date(start + left);
      left -= day.closesAt - start;
    }
  }

  /** Whether it is open at that instant: from the opening on, no longer at the closing. */
  isOpen(at: Date): boolean {
    return this.closingOf(at) !== null;
  }

  /** The closing of the open day that `at` is inside; null when it is closed then. */
  closingOf(at: Date): Date | null {
    const from = millisOf(at);
    const day = this.currentOrNextDay(from);
    return day.opensAt <= from ? new Date(day.closesAt) : null;
  }

  /** The first opening at `at` or after; during a day that is open, the next day's. */
  nextOpening(at: Date): Date {
    const from = millisOf(at);
    for (let epochDay = this.epochDayAt(from); ; epochDay++) {
      const day = this.openDay(epochDay);
      if (day !== null && day.opensAt >= from) return new Date(day.opensAt);
    }
  }

  /**
   * Working time from `from` until `to`, in milliseconds; negative when `to` comes first.
   * @throws RangeError for an invalid instant, or more than a century between the two
   */
  workingMillisBetween(from: Date, to: Date): number {
    const start = millisOf(from);
    const end = millisOf(to);
    if (end < start) return 0 - this.workingMillisBetween(to, from);
    if (end - start > LONGEST_SPAN) throw new RangeError('working time is measured over at most a century');
    let sum = 0;
    // Where a change of clocks goes back over midnight, the next day's hours can begin on this day.
    const lastDay = this.epochDayAt(end) + 1;
    for (let epochDay = this.epochDayAt(start); epochDay <= lastDay; epochDay++) {
      const day = this.openDay(epochDay);
      if (day !== null) sum += Math.max(0, Math.min(end, day.closesAt) - Math.max(start, day.opensAt));
    }
    return sum;
  }

  /** The hours of a day; null when it is closed. @throws RangeError when it is not a date */
  hoursOn(date: LocalDate): OpeningHours | null {
    return this.hoursOf(date, weekdayOf(date));
  }

  private hoursOf(date: LocalDate, weekday: Weekday): OpeningHours | null {
    const { exceptions, holidays, weekly } = this.definition;
    const exception = exceptions?.[date];
    if (exception !== undefined) return exception;
    if (holidays === 'CN') {
      const statutory = statutoryDay(date);
      if (statutory === 'HOLIDAY') return null;
      if (statutory === 'MAKE_UP_DAY') return this.standardHours;
    }
    return weekly[weekday] ?? null;
  }

  private epochDayAt(millis: number): number {
    return Math.floor(this.zone.localMillis(millis) / DAY);
  }

  /** The first open day that closes after `millis`. */
  private currentOrNextDay(millis: number): OpenDay {
    for (let epochDay = this.epochDayAt(millis); ; epochDay++) {
      const day = this.openDay(epochDay);
      if (day !== null && day.closesAt > millis) return day;
    }
  }

  private openDay(epochDay: number): OpenDay | null {
    const kept = this.days.get(epochDay);
    if (kept !== undefined) return kept;
    const day = this.findOpenDay(epochDay);
    if (this.days.size >= DAYS_KEPT) this.days.clear();
    this.days.set(epochDay, day);
    return day;
  }

  private findOpenDay(epochDay: number): OpenDay | null {
    const hours = this.hoursOf(dateOfEpochDay(epochDay), weekdayOfEpochDay(epochDay));
    if (hours === null) return null;
    const midnight = epochDay * DAY;
    const opensAt = this.zone.instantOf(midnight + minutesOf(hours.from)! * MINUTE);
    const closesAt = this.zone.instantOf(midnight + minutesOf(hours.to)! * MINUTE);
    // A change of clocks can leave the whole of the hours out, or even the whole day.
    return closesAt > opensAt ? { opensAt, closesAt } : null;
  }
}

/** Both calendars of a project, from the plain data that events and tables keep. @throws InvalidCalendar */
export function projectCalendars(definitions: ProjectCalendarDefinitions): ProjectCalendars {
  return {
    serviceDesk: BusinessCalendar.of(definitions.serviceDesk),
    office: BusinessCalendar.of(definitions.office),
  };
}

/** Minutes from opening to closing by the wall clock. */
function lengthOf(hours: OpeningHours): number {
  return minutesOf(hours.to)! - minutesOf(hours.from)!;
}

function standardHoursOf({ weekly }: CalendarDefinition): OpeningHours {
  const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
  const open = weekdays.flatMap((weekday) => weekly[weekday] ?? []);
  const frequency = (hours: OpeningHours): number =>
    open.filter(({ from, to }) => from === hours.from && to === hours.to).length;
  return open.reduce((best, hours) => {
    const difference = frequency(hours) - frequency(best) || lengthOf(hours) - lengthOf(best);
    return difference > 0 ? hours : best;
  });
}
