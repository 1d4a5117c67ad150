import { accept, refuse } from '@anju/kernel';
import type { Decision, LocalDate, Refusal } from '@anju/kernel';
import { customerChanged, refusedIfMerged } from './customer';
import type { CustomerAlreadyMerged, CustomerFact, CustomerState } from './customer';
import { checkFields, fieldsNotValid, invalid, oneOf, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { checkDateBetween, checkPeriod, covers } from './dates';
import type { Period } from './dates';
import type { DirectoryPolicy } from './policy';

export const customerRoleKinds = ['PROSPECT', 'BUYER', 'OWNER', 'TENANT', 'FAMILY', 'OCCUPANT'] as const;

/** 意向客户, 买受人, 业主, 租户, 家属, 住户. */
export type CustomerRoleKind = (typeof customerRoleKinds)[number];

export const feePayers = ['OWNER', 'TENANT'] as const;

/** Who pays the management fee by the lease's clause (DIR-02). */
export type FeePayer = (typeof feePayers)[number];

/** What a customer is, or was, to a unit. The first and the last day belong to it. */
export type CustomerRole = Period & {
  readonly id: string;
  readonly unitId: string;
  readonly projectId: string;
  readonly role: CustomerRoleKind;
  /** Of a tenancy only. */
  readonly feePayer: FeePayer | null;
};

type RoleSnapshot = {
  readonly projectId: string;
  readonly roleId: string;
  readonly customerId: string;
  readonly unitId: string;
  readonly role: CustomerRoleKind;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly feePayer: FeePayer | null;
};

export type CustomerRoleStarted = { readonly type: 'CustomerRoleStarted' } & RoleSnapshot;
export type CustomerRoleEnded = { readonly type: 'CustomerRoleEnded' } & RoleSnapshot;

export type RoleAlreadyHeld = Refusal<
  'CUSTOMER_ROLE_ALREADY_HELD',
  { readonly roleId: string; readonly from: string; readonly to: string | null }
>;

export type RoleNotFound = Refusal<'CUSTOMER_ROLE_NOT_FOUND', { readonly roleId: string }>;

export type RoleAlreadyEnded = Refusal<
  'CUSTOMER_ROLE_ALREADY_ENDED',
  { readonly roleId: string; readonly to: string }
>;

function snapshot(customer: CustomerState, { id, ...role }: CustomerRole): RoleSnapshot {
  const { projectId, unitId, from, to, feePayer } = role;
  return { projectId, roleId: id, customerId: customer.id, unitId, role: role.role, from, to, feePayer };
}

/** A tenancy says who pays the management fee, other roles do not. */
export function checkFeePayer(role: string, input: string | null | undefined): Checked<FeePayer | null> {
  if (role === 'TENANT') {
    return input ? oneOf(feePayers, input) : invalid('REQUIRED', feePayers.join(' | '));
  }
  return input ? invalid('NOT_APPLICABLE', 'TENANT') : valid(null);
}

function overlap(a: Period, b: Period): boolean {
  return (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
}

/**
 * DIR-02: the customer becomes something to the unit. The unit's project sees the customer from then on.
 * @param command.roleId the new role's id
 * @param command.to last day, where it is known, such as a lease's
 */
export function startRole(
  state: CustomerState,
  unit: { readonly id: string; readonly projectId: string },
  command: {
    readonly roleId: string;
    readonly role: string;
    readonly from: string;
    readonly to?: string | null;
    readonly feePayer?: string | null;
  },
  policy: DirectoryPolicy,
): Decision<CustomerState, CustomerFact, FieldsNotValid | CustomerAlreadyMerged | RoleAlreadyHeld> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const period = checkPeriod(command, policy);
  const fields = checkFields({
    role: oneOf(customerRoleKinds, command.role),
    feePayer: checkFeePayer(command.role, command.feePayer),
  });
  if (!fields.ok || !period.ok) {
    return fieldsNotValid([fields, period].flatMap((checked) => (checked.ok ? [] : checked.problems)));
  }
  const role: CustomerRole = {
    id: command.roleId,
    unitId: unit.id,
    projectId: unit.projectId,
    ...fields.value,
    ...period.value,
  };
  const held = state.roles.find(
    (other) => other.unitId === role.unitId && other.role === role.role && overlap(other, role),
  );
  if (held) return refuse('CUSTOMER_ROLE_ALREADY_HELD', { roleId: held.id, from: held.from, to: held.to });
  const known = state.projectIds.includes(unit.projectId);
  const next: CustomerState = {
    ...state,
    roles: [...state.roles, role],
    projectIds: known ? state.projectIds : [...state.projectIds, unit.projectId],
  };
  const started: CustomerFact = { type: 'CustomerRoleStarted', ...snapshot(next, role) };
  const facts: CustomerFact[] = known ? [started] : [started, customerChanged(next, 'PROJECTS')];
  return accept(next, ...facts);
}

/**
 * The role's last day, or an earlier last day than was known. The role stays on record.
 * @param command.to the last day that the role is held
 */
export function endRole(
  state: CustomerState,
  command: { readonly roleId: string; readonly to: string },
  policy: DirectoryPolicy,
): Decision<
  CustomerState,
  CustomerFact,
  FieldsNotValid | CustomerAlreadyMerged | RoleNotFound | RoleAlreadyEnded
> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const { roleId } = command;
  const role = state.roles.find(({ id }) => id === roleId);
  if (!role) return refuse('CUSTOMER_ROLE_NOT_FOUND', { roleId });
  const fields = checkFields({ to: checkDateBetween(command.to, role.from, policy.latestDate) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { to } = fields.value;
  if (role.to !== null && role.to <= to) {
    return refuse('CUSTOMER_ROLE_ALREADY_ENDED', { roleId, to: role.to });
  }
  const ended = { ...role, to };
  const next = { ...state, roles: state.roles.map((other) => (other.id === roleId ? ended : other)) };
  return accept(next, { type: 'CustomerRoleEnded', ...snapshot(next, ended) });
}

/** The roles that are held on a day. */
export function rolesOn(state: Pick<CustomerState, 'roles'>, date: LocalDate): readonly CustomerRole[] {
  return state.roles.filter((role) => covers(role, date));
}
