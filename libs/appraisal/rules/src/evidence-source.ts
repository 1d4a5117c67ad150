import type { AppraisalItem } from './dimensions';
import type { AppraisalPolicy } from './policy';

/**
 * What other services tell of an employee (APR-10). That an outside firm came late is told of the owner of the
 * contact: it is his to see to, and not his fault.
 */
export const evidenceKinds = [
  'CLOCK_MISSED',
  'APPOINTMENT_BREACHED',
  'PARTNER_LATE',
  'NAMED_IN_CLASS_1_COMPLAINT',
  'RETURN_VISIT_SCORE',
  'PRAISE',
  'LEAD_UNDER_FOLLOWED',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export const evidenceDirections = ['DEDUCTION', 'ADDITION'] as const;
export type EvidenceDirection = (typeof evidenceDirections)[number];

/** Points to take from an item, or to add to the total for a commended act. */
export type Suggestion =
  | { readonly direction: 'DEDUCTION'; readonly item: AppraisalItem; readonly points: string }
  | { readonly direction: 'ADDITION'; readonly points: string };

/** Where evidence comes from: ids and codes, so that the records behind it can be looked up. */
export interface EvidenceSource {
  readonly kind: EvidenceKind;
  /** The event that told of it. */
  readonly eventId: string;
  /** Such as `complaints`. */
  readonly context: string;
  /** The complaint, work order, contact or lead. */
  readonly subjectId: string;
  /** What exactly, such as the clock that was missed; null where the kind says it all. */
  readonly code: string | null;
  /** 1 to 5, of a return visit; else null. */
  readonly satisfaction: number | null;
  readonly occurredAt: Date;
}

/** What the policy suggests for it; null where it is only to be known, as a middling return visit (APR-10). */
export function suggestionFor(
  source: Pick<EvidenceSource, 'kind' | 'satisfaction'>,
  policy: AppraisalPolicy,
): Suggestion | null {
  if (source.kind !== 'RETURN_VISIT_SCORE') return policy.suggestions[source.kind];
  const { dissatisfiedUpTo, delightedFrom, dissatisfied, delighted } = policy.returnVisitSuggestion;
  if (source.satisfaction === null) return null;
  if (source.satisfaction <= dissatisfiedUpTo) return dissatisfied;
  return source.satisfaction >= delightedFrom ? delighted : null;
}
