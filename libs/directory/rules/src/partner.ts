import { accept, addHours, refuse } from '@anju/kernel';
import type { Decision, Refusal } from '@anju/kernel';
import { checkEach, checkFields, fieldsNotValid, invalid, oneOf, optional, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { checkPartnerPhone } from './phone';
import type { Phone } from './phone';
import type { DirectoryPolicy } from './policy';
import { checkNote, checkOrganisationName } from './text';
import { follow } from './transitions';
import type { OutOfOrder, Transitions } from './transitions';

export const partnerKinds = [
  'TELEPHONE',
  'BROADBAND',
  'WATER_HEATER',
  'VIDEO_INTERCOM',
  'SECURITY_DOOR',
  'CLEANING',
  'GREENING',
  'PEST_CONTROL',
  'CONSTRUCTION_FIRM',
  'DEVELOPER_PROJECT_DEPARTMENT',
  'BANK',
  'PROVIDENT_FUND_CENTRE',
  'HOUSING_BUREAU',
  'TAX_OFFICE',
  'AGENCY',
] as const;

export type PartnerKind = (typeof partnerKinds)[number];

export const partnerStatuses = ['ACTIVE', 'ENDED'] as const;
export type PartnerStatus = (typeof partnerStatuses)[number];

/** Whom to call at a partner: a person, an office (维修2组), or a hotline without a name. */
export type PartnerContact = {
  readonly id: string;
  readonly name: string | null;
  readonly phone: Phone;
  /** What the contact is for. */
  readonly duty: string | null;
};

/** 外联单位 (DIR-04). */
export interface PartnerState {
  readonly id: string;
  readonly organisationId: string;
  readonly status: PartnerStatus;
  readonly kind: PartnerKind;
  readonly name: string;
  readonly contacts: readonly PartnerContact[];
  /** Service promise: hours from the call to the arrival, in halves; null without a promise. */
  readonly arrivalHours: number | null;
  /** Projects served. */
  readonly projectIds: readonly string[];
}

/** What other contexts need of a partner. */
export type PartnerSnapshot = {
  readonly projectId: null;
  readonly partnerId: string;
  readonly organisationId: string;
  readonly kind: PartnerKind;
  readonly arrivalHours: number | null;
  readonly projectIds: readonly string[];
  readonly active: boolean;
};

export type PartnerFact = { readonly type: 'PartnerRegistered' | 'PartnerChanged' } & PartnerSnapshot;

export const partnerTransitions = {
  renamePartner: { from: ['ACTIVE'], to: 'ACTIVE' },
  changeServicePromise: { from: ['ACTIVE'], to: 'ACTIVE' },
  assignPartnerProjects: { from: ['ACTIVE'], to: 'ACTIVE' },
  addPartnerContact: { from: ['ACTIVE'], to: 'ACTIVE' },
  removePartnerContact: { from: ['ACTIVE'], to: 'ACTIVE' },
  endPartnership: { from: ['ACTIVE'], to: 'ENDED' },
  resumePartnership: { from: ['ENDED'], to: 'ACTIVE' },
} as const satisfies Transitions<PartnerStatus>;

export type PartnerStatusOutOfOrder = OutOfOrder<'PARTNER_STATUS_OUT_OF_ORDER'>;
export type PartnerContactNotFound = Refusal<'PARTNER_CONTACT_NOT_FOUND', { readonly contactId: string }>;

type PartnerDecision<R extends Refusal = never> = Decision<
  PartnerState,
  PartnerFact,
  PartnerStatusOutOfOrder | R
>;

export function partnerSnapshot(state: PartnerState): PartnerSnapshot {
  const { id, organisationId, kind, arrivalHours, projectIds, status } = state;
  const active = status === 'ACTIVE';
  return { projectId: null, partnerId: id, organisationId, kind, arrivalHours, projectIds, active };
}

function changed(state: PartnerState, change: Partial<PartnerState>): PartnerDecision {
  const next = { ...state, ...change };
  return accept(next, { type: 'PartnerChanged', ...partnerSnapshot(next) });
}

function step(state: PartnerState, command: keyof typeof partnerTransitions) {
  return follow(partnerTransitions, command, state.status, 'PARTNER_STATUS_OUT_OF_ORDER');
}

function checkArrivalHours(hours: number, policy: DirectoryPolicy): Checked<number> {
  const inHalves = Number.isInteger(hours * 2);
  return inHalves && hours > 0 && hours <= policy.maxArrivalHours
    ? valid(hours)
    : invalid('OUT_OF_RANGE', `0.5, 1, 1.5 … ${policy.maxArrivalHours}`);
}

export type PartnerContactInput = {
  readonly contactId: string;
  readonly name?: string | null;
  readonly phone: string;
  readonly duty?: string | null;
};

function checkContact(input: PartnerContactInput, policy: DirectoryPolicy): Checked<PartnerContact> {
  return checkFields({
    id: valid(input.contactId),
    name: optional(input.name, (name) => checkOrganisationName(name, policy)),
    phone: checkPartnerPhone(input.phone),
    duty: optional(input.duty, (duty) => checkNote(duty, policy)),
  });
}

/** DIR-04. @param command.partnerId the new partner's id */
export function registerPartner(
  command: {
    readonly partnerId: string;
    readonly organisationId: string;
    readonly kind: string;
    readonly name: string;
    readonly contacts?: readonly PartnerContactInput[];
    readonly arrivalHours?: number | null;
    readonly projectIds: readonly string[];
  },
  policy: DirectoryPolicy,
): Decision<PartnerState, PartnerFact, FieldsNotValid> {
  const fields = checkFields({
    kind: oneOf(partnerKinds, command.kind),
    name: checkOrganisationName(command.name, policy),
    contacts: checkEach(command.contacts ?? [], policy.maxContacts, (contact) =>
      checkContact(contact, policy),
    ),
    arrivalHours: optional(command.arrivalHours, (hours) => checkArrivalHours(hours, policy)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const state: PartnerState = {
    id: command.partnerId,
    organisationId: command.organisationId,
    status: 'ACTIVE',
    projectIds: [...new Set(command.projectIds)],
    ...fields.value,
  };
  return accept(state, { type: 'PartnerRegistered', ...partnerSnapshot(state) });
}

export function renamePartner(
  state: PartnerState,
  command: { readonly name: string },
  policy: DirectoryPolicy,
): PartnerDecision<FieldsNotValid> {
  const allowed = step(state, 'renamePartner');
  if (!allowed.allowed) return allowed.refused;
  const fields = checkFields({ name: checkOrganisationName(command.name, policy) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  return fields.value.name === state.name ? accept(state) : changed(state, fields.value);
}

/** The promise for calls from now on; times that were promised stay. @param command.arrivalHours null is none */
export function changeServicePromise(
  state: PartnerState,
  command: { readonly arrivalHours: number | null },
  policy: DirectoryPolicy,
): PartnerDecision<FieldsNotValid> {
  const allowed = step(state, 'changeServicePromise');
  if (!allowed.allowed) return allowed.refused;
  const fields = checkFields({
    arrivalHours: optional(command.arrivalHours, (hours) => checkArrivalHours(hours, policy)),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  return fields.value.arrivalHours === state.arrivalHours ? accept(state) : changed(state, fields.value);
}

/** The projects that the partner serves from now on, all of them. */
export function assignPartnerProjects(
  state: PartnerState,
  command: { readonly projectIds: readonly string[] },
): PartnerDecision {
  const allowed = step(state, 'assignPartnerProjects');
  if (!allowed.allowed) return allowed.refused;
  const projectIds = [...new Set(command.projectIds)];
  const same =
    projectIds.length === state.projectIds.length && projectIds.every((id) => state.projectIds.includes(id));
  return same ? accept(state) : changed(state, { projectIds });
}

export function addPartnerContact(
  state: PartnerState,
  command: PartnerContactInput,
  policy: DirectoryPolicy,
): PartnerDecision<FieldsNotValid> {
  const allowed = step(state, 'addPartnerContact');
  if (!allowed.allowed) return allowed.refused;
  const contact = checkContact(command, policy);
  if (!contact.ok) return fieldsNotValid(contact.problems);
  if (state.contacts.length >= policy.maxContacts) {
    return fieldsNotValid([{ field: 'contacts', reason: 'TOO_MANY', expected: `0…${policy.maxContacts}` }]);
  }
  return changed(state, { contacts: [...state.contacts, contact.value] });
}

export function removePartnerContact(
  state: PartnerState,
  command: { readonly contactId: string },
): PartnerDecision<PartnerContactNotFound> {
  const allowed = step(state, 'removePartnerContact');
  if (!allowed.allowed) return allowed.refused;
  const contacts = state.contacts.filter(({ id }) => id !== command.contactId);
  if (contacts.length === state.contacts.length) {
    return refuse('PARTNER_CONTACT_NOT_FOUND', { contactId: command.contactId });
  }
  return changed(state, { contacts });
}

/** No new items go to the partner; those that it has are finished. */
export function endPartnership(state: PartnerState): PartnerDecision {
  const allowed = step(state, 'endPartnership');
  return allowed.allowed ? changed(state, { status: allowed.to }) : allowed.refused;
}

export function resumePartnership(state: PartnerState): PartnerDecision {
  const allowed = step(state, 'resumePartnership');
  return allowed.allowed ? changed(state, { status: allowed.to }) : allowed.refused;
}

/**
 * When the partner promises to be there if it is called at `at` (DIR-04). Reading: elapsed hours, day and night
 * (CAL-04), because a partner keeps its own hours. Null without a promise.
 */
export function promisedArrivalAt(partner: Pick<PartnerState, 'arrivalHours'>, at: Date): Date | null {
  return partner.arrivalHours === null ? null : addHours(at, partner.arrivalHours);
}
