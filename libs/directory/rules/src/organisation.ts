import { accept } from '@anju/kernel';
import type { Decision } from '@anju/kernel';
import { checkFields, fieldsNotValid, invalid, valid } from './checked';
import type { Checked, FieldsNotValid } from './checked';
import { checkOrganisationName } from './text';
import type { DirectoryPolicy } from './policy';

/** The property company or developer that projects belong to (DIR-01). */
export interface OrganisationState {
  readonly id: string;
  readonly status: 'ACTIVE';
  /** Unique among organisations. */
  readonly code: string;
  readonly name: string;
}

export type OrganisationFact = {
  readonly type: 'OrganisationRegistered' | 'OrganisationChanged';
  readonly projectId: null;
  readonly organisationId: string;
  readonly code: string;
};

/** 2 to 8 capital letters and digits, a letter first: it is the head of numbers such as JX-20260302-001. */
export function checkPlaceCode(input: string): Checked<string> {
  const code = input.trim().toUpperCase();
  return /^[A-Z][A-Z0-9]{1,7}$/.test(code) ? valid(code) : invalid('FORMAT', '[A-Z][A-Z0-9]{1,7}');
}

function fact(type: OrganisationFact['type'], { id, code }: OrganisationState): OrganisationFact {
  return { type, projectId: null, organisationId: id, code };
}

/** DIR-01. @param command.organisationId the new organisation's id */
export function registerOrganisation(
  command: { readonly organisationId: string; readonly code: string; readonly name: string },
  policy: DirectoryPolicy,
): Decision<OrganisationState, OrganisationFact, FieldsNotValid> {
  const fields = checkFields({
    code: checkPlaceCode(command.code),
    name: checkOrganisationName(command.name, policy),
  });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  const state: OrganisationState = { id: command.organisationId, status: 'ACTIVE', ...fields.value };
  return accept(state, fact('OrganisationRegistered', state));
}

/** A name that is the same already leaves everything as it is. */
export function renameOrganisation(
  state: OrganisationState,
  command: { readonly name: string },
  policy: DirectoryPolicy,
): Decision<OrganisationState, OrganisationFact, FieldsNotValid> {
  const fields = checkFields({ name: checkOrganisationName(command.name, policy) });
  if (!fields.ok) return fieldsNotValid(fields.problems);
  if (fields.value.name === state.name) return accept(state);
  const next = { ...state, ...fields.value };
  return accept(next, fact('OrganisationChanged', next));
}
