import { accept, localDate, refuse } from '@anju/kernel';
import type { Decision, Refusal, Refused } from '@anju/kernel';
import { checkEach, checkFields, fieldsNotValid, invalid, oneOf, optional, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { duplicatesToOffer } from './customer-duplicates';
import type { ProbableDuplicate } from './customer-duplicates';
import type { CustomerRole, CustomerRoleEnded, CustomerRoleStarted } from './customer-roles';
import { checkIdentityDocument } from './identity-document';
import type { IdentityDocument } from './identity-document';
import { checkPhone, samePhone } from './phone';
import type { Phone } from './phone';
import type { DirectoryPolicy } from './policy';
import { checkAddressText, checkOrganisationName, checkPersonName } from './text';

export const customerStatuses = ['ACTIVE', 'MERGED'] as const;
export type CustomerStatus = (typeof customerStatuses)[number];

export const customerKinds = ['PERSON', 'ORGANISATION'] as const;
export type CustomerKind = (typeof customerKinds)[number];

export const addressKinds = ['HOME', 'WORK', 'POSTAL'] as const;
export type AddressKind = (typeof addressKinds)[number];

export const householdRelations = [
  'SPOUSE',
  'CHILD',
  'PARENT',
  'SIBLING',
  'OTHER_RELATIVE',
  'OTHER',
] as const;
export type HouseholdRelation = (typeof householdRelations)[number];

export type CustomerPhone = Phone & { readonly id: string };

export type CustomerAddress = {
  readonly id: string;
  readonly kind: AddressKind;
  readonly text: string;
  /** Six digits in China. */
  readonly postcode: string | null;
};

export type HouseholdMember = {
  readonly id: string;
  readonly name: string;
  readonly relation: HouseholdRelation;
  readonly phone: Phone | null;
};

/**
 * 客户 (DIR-02); printed, it is the 《业主(住户)资料卡》. Belongs to the organisation and is seen in the projects
 * that it has, or had, to do with.
 */
export interface CustomerState {
  readonly id: string;
  readonly organisationId: string;
  readonly status: CustomerStatus;
  readonly kind: CustomerKind;
  readonly name: string;
  /** Former and other names, the latest last. */
  readonly otherNames: readonly string[];
  /** The first is called first. */
  readonly phones: readonly CustomerPhone[];
  readonly addresses: readonly CustomerAddress[];
  /** At most one of each kind. */
  readonly identityDocuments: readonly IdentityDocument[];
  readonly household: readonly HouseholdMember[];
  readonly roles: readonly CustomerRole[];
  readonly projectIds: readonly string[];
  /** The record that this one went into (DIR-06). */
  readonly mergedIntoId: string | null;
}

export const customerAspects = [
  'NAME',
  'PHONES',
  'ADDRESSES',
  'IDENTITY_DOCUMENTS',
  'HOUSEHOLD',
  'ROLES',
  'PROJECTS',
] as const;

/** What of a customer changed; never what to. */
export type CustomerAspect = (typeof customerAspects)[number];

type CustomerSnapshot = {
  readonly projectId: null;
  readonly customerId: string;
  readonly organisationId: string;
  readonly kind: CustomerKind;
  readonly projectIds: readonly string[];
};

export type CustomerRegistered = { readonly type: 'CustomerRegistered' } & CustomerSnapshot;

export type CustomerChanged = {
  readonly type: 'CustomerChanged';
  readonly changed: readonly CustomerAspect[];
} & CustomerSnapshot;

export type CustomerMerged = {
  readonly type: 'CustomerMerged';
  readonly projectId: null;
  /** The record that went. */
  readonly customerId: string;
  readonly intoCustomerId: string;
  readonly projectIds: readonly string[];
  /** Roles that are the survivor's from now on. */
  readonly movedRoleIds: readonly string[];
};

export type CustomerFact =
  CustomerRegistered | CustomerChanged | CustomerMerged | CustomerRoleStarted | CustomerRoleEnded;

export type CustomerAlreadyMerged = Refusal<
  'CUSTOMER_ALREADY_MERGED',
  { readonly customerId: string; readonly intoCustomerId: string | null }
>;

export type CustomerIsProbableDuplicate = Refusal<
  'PROBABLE_DUPLICATE',
  { readonly candidates: readonly ProbableDuplicate[] }
>;

function snapshot(state: CustomerState): CustomerSnapshot {
  const { id, organisationId, kind, projectIds } = state;
  return { projectId: null, customerId: id, organisationId, kind, projectIds };
}

/** The fact that some aspects of a customer are no longer what they were. */
export function customerChanged(state: CustomerState, ...changed: CustomerAspect[]): CustomerChanged {
  return { type: 'CustomerChanged', ...snapshot(state), changed };
}

/** The refusal of any command on a record that went into another; null while it stands for itself. */
export function refusedIfMerged(state: CustomerState): Refused<CustomerAlreadyMerged> | null {
  if (state.status === 'ACTIVE') return null;
  return refuse('CUSTOMER_ALREADY_MERGED', { customerId: state.id, intoCustomerId: state.mergedIntoId });
}

export function checkCustomerName(
  kind: CustomerKind,
  name: string,
  policy: DirectoryPolicy,
): Checked<string> {
  return kind === 'PERSON' ? checkPersonName(name, policy) : checkOrganisationName(name, policy);
}

export type AddressInput = {
  readonly addressId: string;
  readonly kind: string;
  readonly text: string;
  readonly postcode?: string | null;
};

export function checkCustomerAddress(input: AddressInput, policy: DirectoryPolicy): Checked<CustomerAddress> {
  return checkFields({
    id: valid(input.addressId),
    kind: oneOf(addressKinds, input.kind),
    text: checkAddressText(input.text, policy),
    postcode: optional(input.postcode, (code) =>
      /^\d{6}$/.test(code.trim()) ? valid(code.trim()) : invalid('FORMAT', '\\d{6}'),
    ),
  });
}

export type PhoneInput = { readonly phoneId: string; readonly number: string };

export function checkCustomerPhone(input: PhoneInput): Checked<CustomerPhone> {
  const phone = checkPhone(input.number);
  if (phone.ok) return valid({ id: input.phoneId, ...phone.value });
  return { ok: false, problems: phone.problems.map((problem) => ({ ...problem, field: 'number' })) };
}

function withoutRepeated<T>(items: readonly T[], same: (a: T, b: T) => boolean): readonly T[] {
  return items.filter((item, index) => items.findIndex((earlier) => same(earlier, item)) === index);
}

function checkDocuments(
  inputs: readonly { readonly kind: string; readonly number: string }[],
  customerKind: CustomerKind,
  today: string,
  policy: DirectoryPolicy,
): Checked<readonly IdentityDocument[]> {
  const documents = checkEach(inputs, policy.maxContacts, (input) =>
    checkIdentityDocument(input, customerKind, today),
  );
  if (!documents.ok) return documents;
  const second = documents.value.findIndex(({ kind }, index) =>
    documents.value.slice(0, index).some((earlier) => earlier.kind === kind),
  );
  return second === -1 ? documents : invalid('DUPLICATE', '0…1', `${second}.kind`);
}

export type RegisterCustomer = {
  readonly customerId: string;
  readonly organisationId: string;
  /** Where the customer is entered. */
  readonly projectId: string;
  readonly kind: CustomerKind;
  readonly name: string;
  readonly otherNames?: readonly string[];
  readonly phones?: readonly PhoneInput[];
  readonly addresses?: readonly AddressInput[];
  readonly identityDocuments?: readonly { readonly kind: string; readonly number: string }[];
  /** Offered duplicates of which the agent says that they are somebody else. */
  readonly notDuplicateOf?: readonly string[];
};

/**
 * DIR-02, DIR-06. Refused while a probable duplicate has not been looked at: the agent takes the record that
 * is offered, or says that it is somebody else (`notDuplicateOf`).
 * @param others the organisation's customers that may be the same; a superset does no harm
 */
export function registerCustomer(
  command: RegisterCustomer,
  others: readonly CustomerState[],
  at: Date,
  policy: DirectoryPolicy,
): Decision<CustomerState, CustomerFact, FieldsNotValid | CustomerIsProbableDuplicate> {
  const today = localDate(at, policy.timeZone);
  const { kind } = command;
  const fields = checkFields({
    name: checkCustomerName(kind, command.name, policy),
    otherNames: checkEach(command.otherNames ?? [], policy.maxContacts, (name) =>
      checkCustomerName(kind, name, policy),
    ),
    phones: checkEach(command.phones ?? [], policy.maxContacts, checkCustomerPhone),
    addresses: checkEach(command.addresses ?? [], policy.maxContacts, (address) =>
      checkCustomerAddress(address, policy),
    ),
    identityDocuments: checkDocuments(command.identityDocuments ?? [], kind, today, policy),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const state: CustomerState = {
    id: command.customerId,
    organisationId: command.organisationId,
    status: 'ACTIVE',
    kind,
    ...fields.value,
    phones: withoutRepeated(fields.value.phones, samePhone),
    household: [],
    roles: [],
    projectIds: [command.projectId],
    mergedIntoId: null,
  };
  const candidates = duplicatesToOffer(state, others, command.notDuplicateOf ?? []);
  if (candidates.length > 0) return refuse('PROBABLE_DUPLICATE', { candidates });
  return accept(state, { type: 'CustomerRegistered', ...snapshot(state) });
}

/** The former name is kept among the other names, unless it was a slip of the pen. */
export function renameCustomer(
  state: CustomerState,
  command: { readonly name: string; readonly formerNameWasWrong?: boolean },
  policy: DirectoryPolicy,
): Decision<CustomerState, CustomerFact, FieldsNotValid | CustomerAlreadyMerged> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const fields = checkFields({ name: checkCustomerName(state.kind, command.name, policy) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const { name } = fields.value;
  if (name === state.name) return accept(state);
  const others = state.otherNames.filter((other) => other !== name && other !== state.name);
  const otherNames = command.formerNameWasWrong ? others : [...others, state.name];
  const next = { ...state, name, otherNames };
  return accept(next, customerChanged(next, 'NAME'));
}

/** The customer is to be seen in one more project, such as one where he asks for a home. */
export function showCustomerInProject(
  state: CustomerState,
  command: { readonly projectId: string },
): Decision<CustomerState, CustomerFact, CustomerAlreadyMerged> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  if (state.projectIds.includes(command.projectId)) return accept(state);
  const next = { ...state, projectIds: [...state.projectIds, command.projectId] };
  return accept(next, customerChanged(next, 'PROJECTS'));
}
