import { accept, BusinessCalendar, refuse, weekdayOf } from '@anju/kernel';
import type { Decision, LocalDate, OpeningHours, ProjectCalendarDefinitions, Refusal } from '@anju/kernel';
import { checkFields, fieldsNotValid, invalid, optional, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { checkDate } from './dates';
import type { DirectoryPolicy } from './policy';
import { employedOn } from './staff';
import type { StaffState } from './staff';
import { follow } from './transitions';
import type { OutOfOrder, Transitions } from './transitions';

export const dutyStatuses = ['PLANNED', 'WITHDRAWN'] as const;
export type DutyStatus = (typeof dutyStatuses)[number];

export const dutyKinds = ['WEEKEND', 'HOLIDAY'] as const;

/** A Saturday or Sunday, or any other day that the office is closed. */
export type DutyKind = (typeof dutyKinds)[number];

/** One person's duty on one day without office hours (DIR-03, S4 4.1.2.5). */
export interface DutyState {
  readonly id: string;
  readonly projectId: string;
  readonly status: DutyStatus;
  readonly staffId: string;
  readonly date: LocalDate;
  readonly kind: DutyKind;
  /** Wall clock of the project. */
  readonly hours: OpeningHours;
}

export type DutyFact = {
  readonly type: 'DutyPlanned' | 'DutyWithdrawn';
  readonly projectId: string;
  readonly dutyId: string;
  readonly staffId: string;
  readonly date: LocalDate;
  readonly kind: DutyKind;
  readonly hours: { readonly from: string; readonly to: string };
};

export const dutyTransitions = {
  withdrawDuty: { from: ['PLANNED'], to: 'WITHDRAWN' },
} as const satisfies Transitions<DutyStatus>;

export type DutyStatusOutOfOrder = OutOfOrder<'DUTY_STATUS_OUT_OF_ORDER'>;
export type OfficeOpenThatDay = Refusal<'OFFICE_OPEN_THAT_DAY', { readonly date: string }>;
export type StaffNotEmployedThatDay = Refusal<
  'STAFF_NOT_EMPLOYED_THAT_DAY',
  { readonly staffId: string; readonly date: string }
>;
export type StaffNotOfProject = Refusal<
  'STAFF_NOT_OF_PROJECT',
  { readonly staffId: string; readonly projectId: string }
>;
export type DutyOverlaps = Refusal<'DUTY_OVERLAPS', { readonly dutyId: string; readonly date: string }>;

function fact(type: DutyFact['type'], state: DutyState): DutyFact {
  const { id, projectId, staffId, date, kind, hours } = state;
  return { type, projectId, dutyId: id, staffId, date, kind, hours: { from: hours.from, to: hours.to } };
}

function checkHours(input: OpeningHours): Checked<OpeningHours> {
  const from = input.from.trim();
  const to = input.to.trim();
  const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
  // Both are HH:mm, so that they compare as text.
  const right = time.test(from) && (time.test(to) || to === '24:00') && from < to;
  return right ? valid({ from, to }) : invalid('FORMAT', 'HH:mm < HH:mm ≤ 24:00');
}

/**
 * DIR-03: a duty on a weekend or holiday. Without hours of its own it has those of the service desk that day.
 * @param planned the duties of the same employee that are on record
 * @param command.dutyId the new duty's id
 */
export function planDuty(
  project: { readonly id: string; readonly calendars: ProjectCalendarDefinitions },
  staff: StaffState,
  planned: readonly DutyState[],
  command: { readonly dutyId: string; readonly date: string; readonly hours?: OpeningHours | null },
  policy: DirectoryPolicy,
): Decision<
  DutyState,
  DutyFact,
  FieldsNotValid | OfficeOpenThatDay | StaffNotEmployedThatDay | StaffNotOfProject | DutyOverlaps
> {
  const fields = checkFields({
    date: checkDate(command.date, policy),
    hours: optional(command.hours, checkHours),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { date } = fields.value;
  const office = BusinessCalendar.of(project.calendars.office);
  if (office.hoursOn(date) !== null) return refuse('OFFICE_OPEN_THAT_DAY', { date });
  const hours = fields.value.hours ?? BusinessCalendar.of(project.calendars.serviceDesk).hoursOn(date);
  if (hours === null)
    return fieldsNotValid([{ field: 'hours', reason: 'REQUIRED', expected: 'HH:mm…HH:mm' }]);
  const staffId = staff.id;
  if (!staff.projectIds.includes(project.id)) {
    return refuse('STAFF_NOT_OF_PROJECT', { staffId, projectId: project.id });
  }
  if (!employedOn(staff, date)) return refuse('STAFF_NOT_EMPLOYED_THAT_DAY', { staffId, date });
  const other = planned.find(
    (duty) =>
      duty.status === 'PLANNED' &&
      duty.staffId === staffId &&
      duty.date === date &&
      duty.hours.from < hours.to &&
      hours.from < duty.hours.to,
  );
  if (other) return refuse('DUTY_OVERLAPS', { dutyId: other.id, date });
  const state: DutyState = {
    id: command.dutyId,
    projectId: project.id,
    status: 'PLANNED',
    staffId,
    date,
    kind: weekdayOf(date) >= 6 ? 'WEEKEND' : 'HOLIDAY',
    hours,
  };
  return accept(state, fact('DutyPlanned', state));
}

/** The duty is somebody else's, or nobody's; it stays on record. */
export function withdrawDuty(state: DutyState): Decision<DutyState, DutyFact, DutyStatusOutOfOrder> {
  const step = follow(dutyTransitions, 'withdrawDuty', state.status, 'DUTY_STATUS_OUT_OF_ORDER');
  if (!step.allowed) return step.refused;
  const next: DutyState = { ...state, status: step.to };
  return accept(next, fact('DutyWithdrawn', next));
}
