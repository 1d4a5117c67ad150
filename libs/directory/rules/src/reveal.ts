import { accept, refuse } from '@anju/kernel';
import type { Decision, Refusal } from '@anju/kernel';
import { checkFields, fieldsNotValid, invalid, oneOf, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { refusedIfMerged } from './customer';
import type { CustomerAlreadyMerged, CustomerState } from './customer';
import type { DirectoryPolicy } from './policy';
import { checkNote } from './text';

export const revealPurposes = [
  'CALL_CUSTOMER',
  'VERIFY_IDENTITY',
  'EMERGENCY',
  'CONTRACT_AND_FILING',
  'MORTGAGE',
  'TITLE_AND_TAX',
  'HANDOVER_OF_HOME',
  'FEE_COLLECTION',
  'CORRECT_RECORD',
  'CUSTOMER_ASKED',
  'LEGAL_DUTY',
] as const;

/** What somebody needs a number for (DIR-05). */
export type RevealPurpose = (typeof revealPurposes)[number];

export const revealableFields = ['PHONES', 'IDENTITY_DOCUMENTS', 'HOUSEHOLD_PHONES'] as const;
export type RevealableField = (typeof revealableFields)[number];

/** One unmasking, as the log keeps it (DIR-05): who, whose, what, why, when. Never changed. */
export interface RevealState {
  readonly id: string;
  readonly organisationId: string;
  readonly status: 'LOGGED';
  readonly revealedBy: string;
  readonly customerId: string;
  readonly fields: readonly RevealableField[];
  readonly purpose: RevealPurpose;
  readonly note: string;
  readonly at: Date;
}

export type PersonalDataRevealed = {
  readonly type: 'PersonalDataRevealed';
  readonly projectId: null;
  readonly revealId: string;
  readonly customerId: string;
  readonly revealedBy: string;
  readonly fields: readonly RevealableField[];
  readonly purpose: RevealPurpose;
  readonly at: Date;
};

export type NothingToReveal = Refusal<
  'NOTHING_TO_REVEAL',
  { readonly customerId: string; readonly fields: readonly RevealableField[] }
>;

function has(customer: CustomerState, field: RevealableField): boolean {
  switch (field) {
    case 'PHONES':
      return customer.phones.length > 0;
    case 'IDENTITY_DOCUMENTS':
      return customer.identityDocuments.length > 0;
    case 'HOUSEHOLD_PHONES':
      return customer.household.some(({ phone }) => phone !== null);
  }
}

function checkRevealable(inputs: readonly string[]): Checked<readonly RevealableField[]> {
  const asked = revealableFields.filter((field) => inputs.includes(field));
  const unknown = inputs.some((input) => !asked.some((field) => field === input));
  if (unknown) return invalid('UNKNOWN_VALUE', revealableFields.join(' | '));
  return asked.length > 0 ? valid(asked) : invalid('REQUIRED', revealableFields.join(' | '));
}

/**
 * DIR-05: numbers are shown only for a stated purpose with a note, and what is shown is logged. Whether the
 * reader holds the right at all is decided before.
 * @param command.revealId id of the log entry
 * @param command.revealedBy who looks
 */
export function revealPersonalData(
  customer: CustomerState,
  command: {
    readonly revealId: string;
    readonly revealedBy: string;
    readonly fields: readonly string[];
    readonly purpose: string;
    readonly note: string;
  },
  at: Date,
  policy: DirectoryPolicy,
): Decision<RevealState, PersonalDataRevealed, FieldsNotValid | CustomerAlreadyMerged | NothingToReveal> {
  const merged = refusedIfMerged(customer);
  if (merged) return merged;
  const checked = checkFields({
    fields: checkRevealable(command.fields),
    purpose: oneOf(revealPurposes, command.purpose),
    note: checkNote(command.note, policy),
  });
  if (!checked.ok) return fieldsNotValid(checked.problems);
  const { note, purpose } = checked.value;
  const fields = checked.value.fields.filter((field) => has(customer, field));
  const customerId = customer.id;
  if (fields.length === 0) return refuse('NOTHING_TO_REVEAL', { customerId, fields: checked.value.fields });
  const { revealId, revealedBy } = command;
  const { organisationId } = customer;
  return accept(
    { id: revealId, organisationId, status: 'LOGGED', revealedBy, customerId, fields, purpose, note, at },
    { type: 'PersonalDataRevealed', projectId: null, revealId, customerId, revealedBy, fields, purpose, at },
  );
}
