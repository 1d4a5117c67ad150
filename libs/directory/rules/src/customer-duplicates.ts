import type { CustomerState } from './customer';
import { sameDocument } from './identity-document';
import { nameKey } from './text';

export const duplicateReasons = ['SAME_IDENTITY_DOCUMENT', 'SAME_NAME_AND_PHONE'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

export type ProbableDuplicate = {
  readonly customerId: string;
  readonly reasons: readonly DuplicateReason[];
};

type Comparable = Pick<
  CustomerState,
  'id' | 'organisationId' | 'status' | 'name' | 'otherNames' | 'phones' | 'identityDocuments'
>;

/** The keys of every name that the customer goes, or went, by. */
export function nameKeys(customer: Pick<CustomerState, 'name' | 'otherNames'>): readonly string[] {
  return [...new Set([customer.name, ...customer.otherNames].map(nameKey))];
}

/**
 * Why two records are probably one customer; empty when they are not (DIR-06). Reading: former names count as
 * names; an extension does not make another phone.
 */
export function reasonsToThinkSame(a: Comparable, b: Comparable): readonly DuplicateReason[] {
  if (a.id === b.id || a.organisationId !== b.organisationId) return [];
  if (a.status === 'MERGED' || b.status === 'MERGED') return [];
  const reasons: DuplicateReason[] = [];
  if (a.identityDocuments.some((one) => b.identityDocuments.some((other) => sameDocument(one, other)))) {
    reasons.push('SAME_IDENTITY_DOCUMENT');
  }
  const names = new Set(nameKeys(a));
  const phones = new Set(a.phones.map(({ number }) => number));
  if (nameKeys(b).some((key) => names.has(key)) && b.phones.some(({ number }) => phones.has(number))) {
    reasons.push('SAME_NAME_AND_PHONE');
  }
  return reasons;
}

/** The records that are probably the same customer and have not been said to be somebody else. */
export function duplicatesToOffer(
  customer: Comparable,
  others: readonly Comparable[],
  notDuplicateOf: readonly string[],
): readonly ProbableDuplicate[] {
  return others
    .map((other) => ({ customerId: other.id, reasons: reasonsToThinkSame(customer, other) }))
    .filter(({ customerId, reasons }) => reasons.length > 0 && !notDuplicateOf.includes(customerId));
}
