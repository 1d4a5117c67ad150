import { accept, refuse } from '@anju/kernel';
import type { Decision, Refusal } from '@anju/kernel';
import { customerChanged, refusedIfMerged } from './customer';
import type {
  CustomerAlreadyMerged,
  CustomerAspect,
  CustomerFact,
  CustomerMerged,
  CustomerState,
} from './customer';
import { sameAddress, sameMember } from './customer-contacts';
import { sameDocument } from './identity-document';
import type { IdentityDocumentKind } from './identity-document';
import { samePhone } from './phone';

/** Both records after a merge: one that goes on, one that points to it. */
export interface MergedCustomers {
  readonly survivor: CustomerState;
  readonly merged: CustomerState;
}

export type SameCustomer = Refusal<'SAME_CUSTOMER', { readonly customerId: string }>;

export type CustomersNotAlike = Refusal<
  'CUSTOMERS_NOT_ALIKE',
  { readonly differsIn: 'KIND' | 'ORGANISATION'; readonly customerIds: readonly string[] }
>;

export type IdentityDocumentsDiffer = Refusal<
  'IDENTITY_DOCUMENTS_DIFFER',
  { readonly documentKinds: readonly IdentityDocumentKind[]; readonly customerIds: readonly string[] }
>;

function union<T>(ours: readonly T[], theirs: readonly T[], same: (a: T, b: T) => boolean): readonly T[] {
  return [...ours, ...theirs.filter((item) => !ours.some((other) => same(other, item)))];
}

const equal = (a: string, b: string) => a === b;

/**
 * DIR-06: two records of one customer become one. The survivor's name and order of contacts win; phones,
 * addresses, documents, household and names of both are kept, and every role moves with its own id, also where
 * both held the same one. The record that went keeps what it said, for the history, and points to the survivor.
 * Reading: two different documents of one kind are two people, so one of them has to be put right first.
 */
export function mergeCustomers(
  survivor: CustomerState,
  merged: CustomerState,
): Decision<
  MergedCustomers,
  CustomerFact,
  CustomerAlreadyMerged | SameCustomer | CustomersNotAlike | IdentityDocumentsDiffer
> {
  const customerIds = [survivor.id, merged.id];
  if (survivor.id === merged.id) return refuse('SAME_CUSTOMER', { customerId: survivor.id });
  const gone = refusedIfMerged(survivor) ?? refusedIfMerged(merged);
  if (gone) return gone;
  if (survivor.organisationId !== merged.organisationId) {
    return refuse('CUSTOMERS_NOT_ALIKE', { differsIn: 'ORGANISATION', customerIds });
  }
  if (survivor.kind !== merged.kind) return refuse('CUSTOMERS_NOT_ALIKE', { differsIn: 'KIND', customerIds });
  const documentKinds = survivor.identityDocuments
    .filter((ours) =>
      merged.identityDocuments.some((theirs) => theirs.kind === ours.kind && theirs.number !== ours.number),
    )
    .map(({ kind }) => kind);
  if (documentKinds.length > 0) return refuse('IDENTITY_DOCUMENTS_DIFFER', { documentKinds, customerIds });

  const names = union(survivor.otherNames, [...merged.otherNames, merged.name], equal);
  const next: CustomerState = {
    ...survivor,
    otherNames: [...new Set(names)].filter((name) => name !== survivor.name),
    phones: union(survivor.phones, merged.phones, samePhone),
    addresses: union(survivor.addresses, merged.addresses, sameAddress),
    identityDocuments: union(survivor.identityDocuments, merged.identityDocuments, sameDocument),
    household: union(survivor.household, merged.household, sameMember),
    roles: [...survivor.roles, ...merged.roles],
    projectIds: union(survivor.projectIds, merged.projectIds, equal),
  };
  const grew: readonly (readonly [CustomerAspect, keyof CustomerState & ListOf])[] = [
    ['NAME', 'otherNames'],
    ['PHONES', 'phones'],
    ['ADDRESSES', 'addresses'],
    ['IDENTITY_DOCUMENTS', 'identityDocuments'],
    ['HOUSEHOLD', 'household'],
    ['ROLES', 'roles'],
    ['PROJECTS', 'projectIds'],
  ];
  const aspects = grew
    .filter(([, list]) => next[list].length > survivor[list].length)
    .map(([aspect]) => aspect);
  const { projectIds } = merged;
  const movedRoleIds = merged.roles.map(({ id }) => id);
  const mergedAway: CustomerState = { ...merged, status: 'MERGED', roles: [], mergedIntoId: survivor.id };
  const happened: CustomerMerged = {
    type: 'CustomerMerged',
    projectId: null,
    customerId: merged.id,
    intoCustomerId: survivor.id,
    projectIds,
    movedRoleIds,
  };
  const states: MergedCustomers = { survivor: next, merged: mergedAway };
  const facts: CustomerFact[] =
    aspects.length > 0 ? [happened, customerChanged(next, ...aspects)] : [happened];
  return accept(states, ...facts);
}

type ListOf =
  'otherNames' | 'phones' | 'addresses' | 'identityDocuments' | 'household' | 'roles' | 'projectIds';

/**
 * The record that stands for a customer now, after any number of merges.
 * @param mergedInto the record that each record went into, by id
 * @throws Error when the pointers run in a circle, which merging cannot bring about
 */
export function survivorOf(customerId: string, mergedInto: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  let current = customerId;
  for (let next = mergedInto.get(current); next !== undefined; next = mergedInto.get(current)) {
    if (seen.has(current)) throw new Error(`merged customers in a circle at ${current}`);
    seen.add(current);
    current = next;
  }
  return current;
}
