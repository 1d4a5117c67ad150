import { addDays, addHours, type BusinessCalendar } from '@anju/kernel';
import type { ClockParty, ComplaintClockKind } from './complaint';
import type { ComplaintEnvironment } from './policy';

const HOUR = 3_600_000;

/** The time in which a duty runs: office hours (CAL-02), the desk's (CAL-03), or every hour (CAL-04). */
type ClockTime = 'OFFICE' | 'SERVICE_DESK' | 'ELAPSED';

interface ClockRule {
  readonly runsIn: ClockTime;
  /** When a duty that arises at `startedAt` is due; null where a person sets the date (CMP-10). */
  readonly dueAt: ((startedAt: Date, environment: ComplaintEnvironment) => Date) | null;
  /** Who waits for the duty to be done. */
  readonly waiting: ClockParty;
  /** Who has to do it, unless it was passed on. */
  readonly waitingFor: ClockParty;
  /** Whether the case stays open until the duty is done; else the duty falls away when the case is closed. */
  readonly holdsClosing: boolean;
}

/** The timed duties of a case. A new one is a row here and the command that starts and meets it. */
export const clockRules: Readonly<Record<ComplaintClockKind, ClockRule>> = {
  RESPONSE: {
    runsIn: 'OFFICE',
    dueAt: (startedAt, { calendars, policy }) =>
      calendars.office.addWorkingDays(startedAt, policy.responseWorkingDays),
    waiting: 'CUSTOMER',
    waitingFor: 'HANDLER',
    holdsClosing: true,
  },
  CALLBACK: {
    runsIn: 'ELAPSED',
    dueAt: (startedAt, { policy }) => addHours(startedAt, policy.callbackHours),
    waiting: 'CUSTOMER',
    waitingFor: 'HANDLER',
    holdsClosing: true,
  },
  REPLY: {
    runsIn: 'SERVICE_DESK',
    dueAt: (startedAt, { calendars, policy }) =>
      calendars.serviceDesk.addWorkingHours(startedAt, policy.replyDeskHours),
    waiting: 'CUSTOMER',
    waitingFor: 'HANDLER',
    // Nobody writes any more what will be done to a customer who was visited and is satisfied; missed stays missed.
    holdsClosing: false,
  },
  MEASURES: {
    runsIn: 'SERVICE_DESK',
    dueAt: (startedAt, { calendars }) => closingOfDay(calendars.serviceDesk, startedAt),
    waiting: 'CUSTOMER',
    waitingFor: 'HANDLER',
    holdsClosing: false,
  },
  DEMAND_FORM: {
    runsIn: 'OFFICE',
    dueAt: (startedAt, { calendars, policy }) =>
      calendars.office.addWorkingDays(startedAt, policy.demandFormWorkingDays),
    waiting: 'QUALITY_CENTRE',
    waitingFor: 'CUSTOMER_SERVICE',
    holdsClosing: true,
  },
  COMPANY_MEASURES: {
    runsIn: 'OFFICE',
    dueAt: (startedAt, { calendars, policy }) =>
      calendars.office.addWorkingDays(startedAt, policy.companyMeasuresWorkingDays),
    waiting: 'QUALITY_CENTRE',
    waitingFor: 'CUSTOMER_SERVICE',
    holdsClosing: true,
  },
  COMPANY_RESULT: {
    runsIn: 'ELAPSED',
    dueAt: null,
    waiting: 'QUALITY_CENTRE',
    waitingFor: 'CUSTOMER_SERVICE',
    holdsClosing: true,
  },
  SPECIAL_REPORT: {
    runsIn: 'ELAPSED',
    dueAt: (startedAt, { policy }) => addDays(startedAt, policy.specialReportDays),
    waiting: 'QUALITY_CENTRE',
    waitingFor: 'CUSTOMER_SERVICE',
    holdsClosing: true,
  },
  RETURN_VISIT: {
    runsIn: 'ELAPSED',
    dueAt: (startedAt, { policy }) => addDays(startedAt, policy.returnVisitDays),
    waiting: 'CUSTOMER',
    waitingFor: 'CUSTOMER_SERVICE',
    holdsClosing: true,
  },
};

/** The closing of the open day that `at` is inside, else of the first open day after (CMP-07). */
function closingOfDay(calendar: BusinessCalendar, at: Date): Date {
  const closing = calendar.closingOf(at) ?? calendar.closingOf(calendar.nextOpening(at));
  if (!closing) throw new Error('a calendar is open at its opening');
  return closing;
}

function calendarOf(time: ClockTime, { calendars }: ComplaintEnvironment): BusinessCalendar | null {
  if (time === 'ELAPSED') return null;
  return time === 'OFFICE' ? calendars.office : calendars.serviceDesk;
}

/** How much of a duty's own time lies between two instants, in milliseconds; 0 when `to` comes first. */
export function millisOfTime(
  time: ClockTime,
  from: Date,
  to: Date,
  environment: ComplaintEnvironment,
): number {
  const calendar = calendarOf(time, environment);
  return Math.max(0, calendar ? calendar.workingMillisBetween(from, to) : +to - +from);
}

/** When so much of a duty's own time is over. @param millis at least 0 */
export function afterMillisOfTime(
  time: ClockTime,
  from: Date,
  millis: number,
  environment: ComplaintEnvironment,
): Date {
  const calendar = calendarOf(time, environment);
  return calendar ? calendar.addWorkingHours(from, millis / HOUR) : new Date(+from + millis);
}

/**
 * When to warn before something is due: so many hours of its own time before. Null when no warning is wanted, or
 * when it would come no later than the duty itself.
 * @param hours the policy's lead, 0 for none
 */
export function warningBefore(
  time: ClockTime,
  { startedAt, dueAt, hours }: { readonly startedAt: Date; readonly dueAt: Date; readonly hours: number },
  environment: ComplaintEnvironment,
): Date | null {
  const whole = millisOfTime(time, startedAt, dueAt, environment);
  const untilWarning = whole - hours * HOUR;
  return hours > 0 && untilWarning > 0 ? afterMillisOfTime(time, startedAt, untilWarning, environment) : null;
}
