import { accept, localDate, refuse } from '@anju/kernel';
import type { Decision, Refusal } from '@anju/kernel';
import {
  checkCustomerAddress,
  checkCustomerPhone,
  customerChanged,
  householdRelations,
  refusedIfMerged,
} from './customer';
import type {
  AddressInput,
  CustomerAddress,
  CustomerAlreadyMerged,
  CustomerAspect,
  CustomerFact,
  CustomerPhone,
  CustomerState,
  HouseholdMember,
  PhoneInput,
} from './customer';
import { checkFields, fieldsNotValid, oneOf, optional, valid } from './checked';
import type { FieldProblem, FieldsNotValid } from './checked';
import { checkIdentityDocument } from './identity-document';
import type { IdentityDocumentKind } from './identity-document';
import { checkPhone, samePhone } from './phone';
import type { DirectoryPolicy } from './policy';
import { checkPersonName } from './text';

export type CustomerDetailNotFound = Refusal<
  'CUSTOMER_DETAIL_NOT_FOUND',
  { readonly aspect: CustomerAspect; readonly id: string }
>;

export type IdentityDocumentDiffers = Refusal<
  'IDENTITY_DOCUMENT_DIFFERS',
  { readonly documentKind: IdentityDocumentKind }
>;

export type OrganisationHasNoHousehold = Refusal<
  'ORGANISATION_HAS_NO_HOUSEHOLD',
  { readonly customerId: string }
>;

type CustomerDecision<R extends Refusal = never> = Decision<
  CustomerState,
  CustomerFact,
  CustomerAlreadyMerged | R
>;

function tooMany(field: string, max: number): FieldProblem[] {
  return [{ field, reason: 'TOO_MANY', expected: `0…${max}` }];
}

function changed(
  state: CustomerState,
  aspect: CustomerAspect,
  change: Partial<CustomerState>,
): CustomerDecision {
  const next = { ...state, ...change };
  return accept(next, customerChanged(next, aspect));
}

function preferred(phones: readonly CustomerPhone[], first: CustomerPhone): readonly CustomerPhone[] {
  return [first, ...phones.filter(({ id }) => id !== first.id)];
}

/** A phone that is on the record already is not added twice; `preferred` puts it first either way. */
export function addPhone(
  state: CustomerState,
  command: PhoneInput & { readonly preferred?: boolean },
  policy: DirectoryPolicy,
): CustomerDecision<FieldsNotValid> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const checked = checkCustomerPhone(command);
  if (!checked.ok) return fieldsNotValid(checked.problems);
  const known = state.phones.find((phone) => samePhone(phone, checked.value));
  const stays = known && (!command.preferred || known === state.phones[0]);
  if (stays) return accept(state);
  if (!known && state.phones.length >= policy.maxContacts) {
    return fieldsNotValid(tooMany('phones', policy.maxContacts));
  }
  const phone = known ?? checked.value;
  const phones = command.preferred ? preferred(state.phones, phone) : [...state.phones, phone];
  return changed(state, 'PHONES', { phones });
}

/** The phone to be called first from now on. */
export function preferPhone(
  state: CustomerState,
  command: { readonly phoneId: string },
): CustomerDecision<CustomerDetailNotFound> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const phone = state.phones.find(({ id }) => id === command.phoneId);
  if (!phone) return refuse('CUSTOMER_DETAIL_NOT_FOUND', { aspect: 'PHONES', id: command.phoneId });
  if (phone === state.phones[0]) return accept(state);
  return changed(state, 'PHONES', { phones: preferred(state.phones, phone) });
}

export function removePhone(
  state: CustomerState,
  command: { readonly phoneId: string },
): CustomerDecision<CustomerDetailNotFound> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const phones = state.phones.filter(({ id }) => id !== command.phoneId);
  if (phones.length === state.phones.length) {
    return refuse('CUSTOMER_DETAIL_NOT_FOUND', { aspect: 'PHONES', id: command.phoneId });
  }
  return changed(state, 'PHONES', { phones });
}

/** An address that is on the record already is not added twice. */
export function addAddress(
  state: CustomerState,
  command: AddressInput,
  policy: DirectoryPolicy,
): CustomerDecision<FieldsNotValid> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const checked = checkCustomerAddress(command, policy);
  if (!checked.ok) return fieldsNotValid(checked.problems);
  if (state.addresses.some((address) => sameAddress(address, checked.value))) return accept(state);
  if (state.addresses.length >= policy.maxContacts) {
    return fieldsNotValid(tooMany('addresses', policy.maxContacts));
  }
  return changed(state, 'ADDRESSES', { addresses: [...state.addresses, checked.value] });
}

export function removeAddress(
  state: CustomerState,
  command: { readonly addressId: string },
): CustomerDecision<CustomerDetailNotFound> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const addresses = state.addresses.filter(({ id }) => id !== command.addressId);
  if (addresses.length === state.addresses.length) {
    return refuse('CUSTOMER_DETAIL_NOT_FOUND', { aspect: 'ADDRESSES', id: command.addressId });
  }
  return changed(state, 'ADDRESSES', { addresses });
}

/**
 * One document of each kind. Another number of a kind that is on record is refused, unless the agent says that
 * it takes the other's place (a new passport, a slip of the pen).
 * @param at no birth date lies after it
 */
export function recordIdentityDocument(
  state: CustomerState,
  command: { readonly kind: string; readonly number: string; readonly replaces?: boolean },
  at: Date,
  policy: DirectoryPolicy,
): CustomerDecision<FieldsNotValid | IdentityDocumentDiffers> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const checked = checkIdentityDocument(command, state.kind, localDate(at, policy.timeZone));
  if (!checked.ok) return fieldsNotValid(checked.problems);
  const { kind, number } = checked.value;
  const known = state.identityDocuments.find((document) => document.kind === kind);
  if (known?.number === number) return accept(state);
  if (known && !command.replaces) return refuse('IDENTITY_DOCUMENT_DIFFERS', { documentKind: kind });
  const others = state.identityDocuments.filter((document) => document.kind !== kind);
  return changed(state, 'IDENTITY_DOCUMENTS', { identityDocuments: [...others, checked.value] });
}

/** Somebody of the customer's household. Who has a role of his own on the unit is a customer too. */
export function addHouseholdMember(
  state: CustomerState,
  command: {
    readonly memberId: string;
    readonly name: string;
    readonly relation: string;
    readonly phone?: string | null;
  },
  policy: DirectoryPolicy,
): CustomerDecision<FieldsNotValid | OrganisationHasNoHousehold> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  if (state.kind === 'ORGANISATION') return refuse('ORGANISATION_HAS_NO_HOUSEHOLD', { customerId: state.id });
  const fields = checkFields({
    id: valid(command.memberId),
    name: checkPersonName(command.name, policy),
    relation: oneOf(householdRelations, command.relation),
    phone: optional(command.phone, checkPhone),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  if (state.household.some((member) => sameMember(member, fields.value))) return accept(state);
  if (state.household.length >= policy.maxHouseholdMembers) {
    return fieldsNotValid(tooMany('household', policy.maxHouseholdMembers));
  }
  return changed(state, 'HOUSEHOLD', { household: [...state.household, fields.value] });
}

export function removeHouseholdMember(
  state: CustomerState,
  command: { readonly memberId: string },
): CustomerDecision<CustomerDetailNotFound> {
  const merged = refusedIfMerged(state);
  if (merged) return merged;
  const household = state.household.filter(({ id }) => id !== command.memberId);
  if (household.length === state.household.length) {
    return refuse('CUSTOMER_DETAIL_NOT_FOUND', { aspect: 'HOUSEHOLD', id: command.memberId });
  }
  return changed(state, 'HOUSEHOLD', { household });
}

export function sameAddress(a: CustomerAddress, b: CustomerAddress): boolean {
  return a.kind === b.kind && a.text === b.text && a.postcode === b.postcode;
}

export function sameMember(a: HouseholdMember, b: HouseholdMember): boolean {
  const samePhones = a.phone === null || b.phone === null ? a.phone === b.phone : samePhone(a.phone, b.phone);
  return a.name === b.name && a.relation === b.relation && samePhones;
}
