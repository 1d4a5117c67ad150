import {
  accept,
  calendarProblems,
  defaultProjectCalendars,
  isRefused,
  isTimeZone,
  refuse,
} from '@anju/kernel';
import type {
  CalendarDefinition,
  CalendarProblemCode,
  Decision,
  LocalDate,
  OpeningHours,
  ProjectCalendarDefinitions,
  Refusal,
} from '@anju/kernel';
import { checkFields, fieldsNotValid, invalid, valid } from './checked';
import type { Checked, FieldProblem, FieldsNotValid, ProblemReason } from './checked';
import { checkDate } from './dates';
import { checkPlaceCode } from './organisation';
import type { DirectoryPolicy } from './policy';
import { checkOrganisationName } from './text';

/** 楼盘/小区 (DIR-01). Both calendars are in the project's own time zone (CAL-01). */
export interface ProjectState {
  readonly id: string;
  readonly organisationId: string;
  readonly status: 'ACTIVE';
  /** Unique within the organisation; the head of the numbers of its records. Never changed. */
  readonly code: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly calendars: ProjectCalendarDefinitions;
  /** Counts the changes of the calendars; 0: the built-in ones. */
  readonly calendarVersion: number;
}

/** What other contexts need of a project. */
export type ProjectSnapshot = {
  readonly projectId: string;
  readonly code: string;
  readonly organisationId: string;
  readonly timeZone: string;
  readonly calendars: ProjectCalendarDefinitions;
  readonly calendarVersion: number;
};

export type ProjectFact = { readonly type: 'ProjectRegistered' | 'ProjectChanged' } & ProjectSnapshot;

export type CalendarExceptionNotFound = Refusal<
  'CALENDAR_EXCEPTION_NOT_FOUND',
  { readonly calendar: ProjectCalendarName; readonly date: string }
>;

type ProjectDecision = Decision<ProjectState, ProjectFact, FieldsNotValid>;

export const projectCalendarNames = ['SERVICE_DESK', 'OFFICE'] as const;

export type ProjectCalendarName = (typeof projectCalendarNames)[number];

const keyOf = { SERVICE_DESK: 'serviceDesk', OFFICE: 'office' } as const satisfies Record<
  ProjectCalendarName,
  keyof ProjectCalendarDefinitions
>;

const calendarReasons: Record<CalendarProblemCode, { reason: ProblemReason; expected: string }> = {
  NOT_A_CALENDAR: { reason: 'FORMAT', expected: '{ timeZone, weekly, exceptions, holidays }' },
  UNKNOWN_FIELD: { reason: 'NOT_APPLICABLE', expected: 'timeZone | weekly | exceptions | holidays' },
  UNKNOWN_TIME_ZONE: { reason: 'UNKNOWN_VALUE', expected: 'Area/City (IANA), e.g. Asia/Shanghai' },
  NOT_A_WEEKDAY: { reason: 'OUT_OF_RANGE', expected: '1…7' },
  NOT_A_DATE: { reason: 'FORMAT', expected: 'YYYY-MM-DD' },
  NOT_OPENING_HOURS: { reason: 'FORMAT', expected: '{ from: HH:mm, to: HH:mm } | null' },
  NOT_A_TIME: { reason: 'FORMAT', expected: 'HH:mm' },
  CLOSES_BEFORE_IT_OPENS: { reason: 'OUT_OF_RANGE', expected: 'from < to ≤ 24:00' },
  UNKNOWN_HOLIDAYS: { reason: 'UNKNOWN_VALUE', expected: 'CN | NONE' },
  NEVER_OPEN: { reason: 'REQUIRED', expected: '1…7' },
};

/**
 * A calendar that can be computed with: at least one weekday open, its exceptions few enough and in the
 * policy's range of dates, and in the project's time zone.
 */
export function checkCalendar(
  definition: CalendarDefinition,
  timeZone: string,
  policy: DirectoryPolicy,
): Checked<CalendarDefinition> {
  const problems: FieldProblem[] = calendarProblems(definition).map(({ path, code }) => ({
    field: path,
    ...calendarReasons[code],
  }));
  if (problems.length > 0) return { ok: false, problems };
  if (definition.timeZone !== timeZone)
    problems.push({ field: 'timeZone', reason: 'CONTRADICTS', expected: timeZone });
  const dates = Object.keys(definition.exceptions ?? {});
  if (dates.length > policy.maxCalendarExceptions) {
    problems.push({ field: 'exceptions', reason: 'TOO_MANY', expected: `0…${policy.maxCalendarExceptions}` });
  }
  for (const date of dates) {
    const checked = checkDate(date, policy);
    if (!checked.ok)
      problems.push(...checked.problems.map((problem) => ({ ...problem, field: `exceptions.${date}` })));
  }
  return problems.length > 0 ? { ok: false, problems } : valid(definition);
}

function checkTimeZone(input: string): Checked<string> {
  return isTimeZone(input) ? valid(input) : invalid('UNKNOWN_VALUE', 'Asia/Shanghai');
}

export function projectSnapshot(state: ProjectState): ProjectSnapshot {
  const { id, code, organisationId, timeZone, calendars, calendarVersion } = state;
  return { projectId: id, code, organisationId, timeZone, calendars, calendarVersion };
}

/** Keys in one order, so that equal definitions are equal texts. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, inner]) => [key, canonical(inner)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function changed(state: ProjectState, next: ProjectState): ProjectDecision {
  if (isSame(state, next)) return accept(state);
  const calendarVersion = state.calendarVersion + (isSame(state.calendars, next.calendars) ? 0 : 1);
  const counted = { ...next, calendarVersion };
  return accept(counted, { type: 'ProjectChanged', ...projectSnapshot(counted) });
}

/**
 * DIR-01, CAL-01. Without calendars of its own a project has the default ones in its time zone.
 * @param command.projectId the new project's id
 */
export function registerProject(
  command: {
    readonly projectId: string;
    readonly organisationId: string;
    readonly code: string;
    readonly name: string;
    readonly timeZone?: string | null;
    readonly calendars?: ProjectCalendarDefinitions | null;
  },
  policy: DirectoryPolicy,
): ProjectDecision {
  const timeZone = command.timeZone ?? policy.timeZone;
  const zone = checkTimeZone(timeZone);
  const own = command.calendars;
  const fields = checkFields({
    code: checkPlaceCode(command.code),
    name: checkOrganisationName(command.name, policy),
    timeZone: zone,
    calendars:
      own && zone.ok
        ? checkFields({
            serviceDesk: checkCalendar(own.serviceDesk, timeZone, policy),
            office: checkCalendar(own.office, timeZone, policy),
          })
        : valid(defaultProjectCalendars(zone.ok ? timeZone : policy.timeZone)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { projectId, organisationId } = command;
  const calendarVersion = own ? 1 : 0;
  const state: ProjectState = {
    ...{ id: projectId, organisationId, status: 'ACTIVE', calendarVersion },
    ...fields.value,
  };
  return accept(state, { type: 'ProjectRegistered', ...projectSnapshot(state) });
}

export function renameProject(
  state: ProjectState,
  command: { readonly name: string },
  policy: DirectoryPolicy,
): ProjectDecision {
  const fields = checkFields({ name: checkOrganisationName(command.name, policy) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  return changed(state, { ...state, ...fields.value });
}

/** Both calendars go with the project into the other zone; due times that were set before keep their instant. */
export function changeTimeZone(state: ProjectState, command: { readonly timeZone: string }): ProjectDecision {
  const fields = checkFields({ timeZone: checkTimeZone(command.timeZone) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { timeZone } = fields.value;
  const { serviceDesk, office } = state.calendars;
  const calendars = { serviceDesk: { ...serviceDesk, timeZone }, office: { ...office, timeZone } };
  return changed(state, { ...state, timeZone, calendars });
}

function withCalendar(
  state: ProjectState,
  name: ProjectCalendarName,
  change: Partial<CalendarDefinition>,
  policy: DirectoryPolicy,
): ProjectDecision {
  const key = keyOf[name];
  const checked = checkCalendar({ ...state.calendars[key], ...change }, state.timeZone, policy);
  if (!checked.ok) return fieldsNotValid(checked.problems);
  return changed(state, { ...state, calendars: { ...state.calendars, [key]: checked.value } });
}

/** CAL-01: the week's hours, and whose statutory holidays count. Exceptions stay. */
export function changeOpeningHours(
  state: ProjectState,
  command: {
    readonly calendar: ProjectCalendarName;
    readonly weekly: CalendarDefinition['weekly'];
    readonly holidays?: 'CN' | 'NONE' | null;
  },
  policy: DirectoryPolicy,
): ProjectDecision {
  const { calendar, weekly } = command;
  const holidays = command.holidays ?? state.calendars[keyOf[calendar]].holidays ?? 'NONE';
  return withCalendar(state, calendar, { weekly, holidays }, policy);
}

/** CAL-01: one day that differs from the week and the holidays. @param command.hours null is closed */
export function setCalendarException(
  state: ProjectState,
  command: {
    readonly calendar: ProjectCalendarName;
    readonly date: string;
    readonly hours: OpeningHours | null;
  },
  policy: DirectoryPolicy,
): ProjectDecision {
  const fields = checkFields({ date: checkDate(command.date, policy) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { date } = fields.value;
  const { exceptions } = state.calendars[keyOf[command.calendar]];
  const change = { exceptions: { ...exceptions, [date]: command.hours } };
  const decision = withCalendar(state, command.calendar, change, policy);
  if (!isRefused(decision)) return decision;
  const asGiven = (field: string) => field.replace(`exceptions.${date}`, 'hours');
  const { problems } = decision.refusal.data;
  return fieldsNotValid(problems.map((problem) => ({ ...problem, field: asGiven(problem.field) })));
}

/** The day follows the week and the holidays again. */
export function clearCalendarException(
  state: ProjectState,
  command: { readonly calendar: ProjectCalendarName; readonly date: LocalDate },
  policy: DirectoryPolicy,
): Decision<ProjectState, ProjectFact, FieldsNotValid | CalendarExceptionNotFound> {
  const { calendar, date } = command;
  const exceptions = state.calendars[keyOf[calendar]].exceptions ?? {};
  if (!Object.hasOwn(exceptions, date)) return refuse('CALENDAR_EXCEPTION_NOT_FOUND', { calendar, date });
  const rest = Object.fromEntries(Object.entries(exceptions).filter(([day]) => day !== date));
  return withCalendar(state, calendar, { exceptions: rest }, policy);
}
