import { accept, localDate, refuse } from '@anju/kernel';
import type { Decision, LocalDate, Refusal, Refused } from '@anju/kernel';
import { checkFields, fieldsNotValid, invalid, oneOf, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { checkDate, checkDateBetween, covers } from './dates';
import type { Period } from './dates';
import type { DirectoryPolicy } from './policy';
import { checkCode, checkPersonName } from './text';
import { follow } from './transitions';
import type { OutOfOrder, Transitions } from './transitions';

export const staffLevels = ['OPERATIONAL', 'MANAGEMENT'] as const;

/** 操作层, 管理层. */
export type StaffLevel = (typeof staffLevels)[number];

export const staffStatuses = ['EMPLOYED', 'LEFT'] as const;
export type StaffStatus = (typeof staffStatuses)[number];

/** An employee (DIR-03). */
export interface StaffState {
  readonly id: string;
  readonly organisationId: string;
  readonly status: StaffStatus;
  readonly name: string;
  readonly departmentCode: string;
  /** A code such as `FRONT_DESK_AGENT`. */
  readonly position: string;
  readonly level: StaffLevel;
  readonly supervisorId: string | null;
  /** Projects served; none for the whole organisation. */
  readonly projectIds: readonly string[];
  /** All that were ever served, also now: where somebody was at work, the records go on naming him. */
  readonly servedProjectIds: readonly string[];
  /** Whether he ever served the whole organisation. */
  readonly servedOrganisation: boolean;
  /** One period for each employment, the latest last; first and last day belong to it. */
  readonly employments: readonly Period[];
}

/** What other contexts need of an employee. */
export type StaffSnapshot = {
  readonly projectId: null;
  readonly staffId: string;
  readonly organisationId: string;
  readonly departmentCode: string;
  readonly position: string;
  readonly supervisorId: string | null;
  readonly level: StaffLevel;
  readonly projectIds: readonly string[];
  readonly employed: boolean;
  readonly employments: readonly Period[];
};

export type StaffFact = { readonly type: 'StaffRegistered' | 'StaffChanged' } & StaffSnapshot;

export const staffTransitions = {
  renameStaff: { from: ['EMPLOYED'], to: 'EMPLOYED' },
  moveStaff: { from: ['EMPLOYED'], to: 'EMPLOYED' },
  assignSupervisor: { from: ['EMPLOYED'], to: 'EMPLOYED' },
  assignProjects: { from: ['EMPLOYED'], to: 'EMPLOYED' },
  endEmployment: { from: ['EMPLOYED'], to: 'LEFT' },
  reemployStaff: { from: ['LEFT'], to: 'EMPLOYED' },
} as const satisfies Transitions<StaffStatus>;

export type StaffStatusOutOfOrder = OutOfOrder<'STAFF_STATUS_OUT_OF_ORDER'>;

/** `chain` leads from the supervisor up to the employee himself. */
export type SupervisorCycle = Refusal<
  'SUPERVISOR_CYCLE',
  { readonly staffId: string; readonly chain: readonly string[] }
>;

export type SupervisorNotEmployed = Refusal<'SUPERVISOR_NOT_EMPLOYED', { readonly supervisorId: string }>;

type StaffDecision<R extends Refusal> = Decision<StaffState, StaffFact, R>;

export function staffSnapshot(state: StaffState): StaffSnapshot {
  const { id, organisationId, departmentCode, position, supervisorId, level, projectIds } = state;
  const { status, employments } = state;
  return {
    ...{
      projectId: null,
      staffId: id,
      organisationId,
      departmentCode,
      position,
      supervisorId,
      level,
      projectIds,
    },
    employed: status === 'EMPLOYED',
    employments,
  };
}

function changed(state: StaffState, change: Partial<StaffState>): StaffDecision<never> {
  const next = { ...state, ...change };
  return accept(next, { type: 'StaffChanged', ...staffSnapshot(next) });
}

function step(state: StaffState, command: keyof typeof staffTransitions) {
  return follow(staffTransitions, command, state.status, 'STAFF_STATUS_OUT_OF_ORDER');
}

function checkDepartment(code: string, policy: DirectoryPolicy): Checked<string> {
  return oneOf(policy.departmentCodes, code);
}

/** What is remembered when somebody serves these projects from now on, whatever he served before. */
function serving(
  projectIds: readonly string[],
  before: Pick<StaffState, 'servedProjectIds' | 'servedOrganisation'>,
): Pick<StaffState, 'projectIds' | 'servedProjectIds' | 'servedOrganisation'> {
  return {
    projectIds,
    servedProjectIds: [...new Set([...before.servedProjectIds, ...projectIds])],
    servedOrganisation: before.servedOrganisation || projectIds.length === 0,
  };
}

function checkProjectIds(projectIds: readonly string[]): Checked<readonly string[]> {
  return valid([...new Set(projectIds)]);
}

/** Whoever leads to whom by the supervisors now; null at the top. */
export type SupervisorOf = (staffId: string) => string | null;

/**
 * The way up from a supervisor, if it ends at the employee. Bounded by the number of people on it, also when
 * the given lines are in a circle already.
 */
function chainBackTo(
  staffId: string,
  supervisorId: string,
  supervisorOf: SupervisorOf,
): readonly string[] | null {
  const chain: string[] = [];
  for (let current: string | null = supervisorId; current !== null; current = supervisorOf(current)) {
    if (chain.includes(current)) return null;
    chain.push(current);
    if (current === staffId) return chain;
  }
  return null;
}

function refusedSupervisor(
  staffId: string,
  supervisor: StaffState,
  supervisorOf: SupervisorOf,
): Refused<SupervisorCycle | SupervisorNotEmployed> | null {
  const chain = chainBackTo(staffId, supervisor.id, supervisorOf);
  if (chain) return refuse('SUPERVISOR_CYCLE', { staffId, chain });
  if (supervisor.status === 'EMPLOYED') return null;
  return refuse('SUPERVISOR_NOT_EMPLOYED', { supervisorId: supervisor.id });
}

/** DIR-03. @param command.staffId the new record's id */
export function registerStaff(
  command: {
    readonly staffId: string;
    readonly organisationId: string;
    readonly name: string;
    readonly departmentCode: string;
    readonly position: string;
    readonly level: string;
    readonly projectIds: readonly string[];
    readonly employedFrom: string;
  },
  supervisor: StaffState | null,
  policy: DirectoryPolicy,
): StaffDecision<FieldsNotValid | SupervisorCycle | SupervisorNotEmployed> {
  const fields = checkFields({
    name: checkPersonName(command.name, policy),
    departmentCode: checkDepartment(command.departmentCode, policy),
    position: checkCode(command.position),
    level: oneOf(staffLevels, command.level),
    projectIds: checkProjectIds(command.projectIds),
    employedFrom: checkDate(command.employedFrom, policy),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const refused = supervisor && refusedSupervisor(command.staffId, supervisor, () => null);
  if (refused) return refused;
  const { employedFrom, ...rest } = fields.value;
  const state: StaffState = {
    id: command.staffId,
    organisationId: command.organisationId,
    status: 'EMPLOYED',
    supervisorId: supervisor?.id ?? null,
    employments: [{ from: employedFrom, to: null }],
    ...rest,
    ...serving(rest.projectIds, { servedProjectIds: [], servedOrganisation: false }),
  };
  return accept(state, { type: 'StaffRegistered', ...staffSnapshot(state) });
}

export function renameStaff(
  state: StaffState,
  command: { readonly name: string },
  policy: DirectoryPolicy,
): StaffDecision<FieldsNotValid | StaffStatusOutOfOrder> {
  const allowed = step(state, 'renameStaff');
  if (!allowed.allowed) return allowed.refused;
  const fields = checkFields({ name: checkPersonName(command.name, policy) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  return fields.value.name === state.name ? accept(state) : changed(state, fields.value);
}

/** Another department, position or level; what is not given stays. */
export function moveStaff(
  state: StaffState,
  command: { readonly departmentCode?: string; readonly position?: string; readonly level?: string },
  policy: DirectoryPolicy,
): StaffDecision<FieldsNotValid | StaffStatusOutOfOrder> {
  const allowed = step(state, 'moveStaff');
  if (!allowed.allowed) return allowed.refused;
  const fields = checkFields({
    departmentCode: checkDepartment(command.departmentCode ?? state.departmentCode, policy),
    position: checkCode(command.position ?? state.position),
    level: oneOf(staffLevels, command.level ?? state.level),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { departmentCode, position, level } = fields.value;
  const same =
    departmentCode === state.departmentCode && position === state.position && level === state.level;
  return same ? accept(state) : changed(state, fields.value);
}

/**
 * Whom the employee reports to; nobody at the top. The lines must stay free of circles, so they are to be
 * locked between asking and saving.
 */
export function assignSupervisor(
  state: StaffState,
  supervisor: StaffState | null,
  supervisorOf: SupervisorOf,
): StaffDecision<StaffStatusOutOfOrder | SupervisorCycle | SupervisorNotEmployed> {
  const allowed = step(state, 'assignSupervisor');
  if (!allowed.allowed) return allowed.refused;
  const refused = supervisor && refusedSupervisor(state.id, supervisor, supervisorOf);
  if (refused) return refused;
  const supervisorId = supervisor?.id ?? null;
  return supervisorId === state.supervisorId ? accept(state) : changed(state, { supervisorId });
}

/** The projects that the employee serves from now on, all of them. */
export function assignProjects(
  state: StaffState,
  command: { readonly projectIds: readonly string[] },
): StaffDecision<StaffStatusOutOfOrder> {
  const allowed = step(state, 'assignProjects');
  if (!allowed.allowed) return allowed.refused;
  const projectIds = [...new Set(command.projectIds)];
  const same =
    projectIds.length === state.projectIds.length && projectIds.every((id) => state.projectIds.includes(id));
  return same ? accept(state) : changed(state, serving(projectIds, state));
}

/** Reading: leaving is recorded on the last day or after it, so that the record never says what is not yet so. */
export function endEmployment(
  state: StaffState,
  command: { readonly lastDay: string },
  at: Date,
  policy: DirectoryPolicy,
): StaffDecision<FieldsNotValid | StaffStatusOutOfOrder> {
  const allowed = step(state, 'endEmployment');
  if (!allowed.allowed) return allowed.refused;
  const earlier = state.employments.slice(0, -1);
  const current = state.employments.at(-1)!;
  const today = localDate(at, policy.timeZone);
  const fields = checkFields({ lastDay: checkDateBetween(command.lastDay, current.from, today) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const employments = [...earlier, { ...current, to: fields.value.lastDay }];
  return changed(state, { status: allowed.to, employments });
}

/** Somebody who left is employed again; the time in between stays on record. */
export function reemployStaff(
  state: StaffState,
  command: { readonly employedFrom: string },
  policy: DirectoryPolicy,
): StaffDecision<FieldsNotValid | StaffStatusOutOfOrder> {
  const allowed = step(state, 'reemployStaff');
  if (!allowed.allowed) return allowed.refused;
  const left = state.employments.at(-1)?.to ?? policy.earliestDate;
  const fields = checkFields({ employedFrom: checkEmployedAgain(command.employedFrom, left, policy) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const employments = [...state.employments, { from: fields.value.employedFrom, to: null }];
  return changed(state, { status: allowed.to, employments });
}

function checkEmployedAgain(input: string, left: LocalDate, policy: DirectoryPolicy): Checked<LocalDate> {
  const date = checkDate(input, policy);
  return date.ok && date.value <= left ? invalid('OUT_OF_RANGE', `> ${left}`) : date;
}

/** Whether somebody was, is or will be employed on a day, by what is on record. */
export function employedOn(state: Pick<StaffState, 'employments'>, date: LocalDate): boolean {
  return state.employments.some((employment) => covers(employment, date));
}
