import { addDays } from '@anju/kernel';
import { complaintStatuses, isUnresolved, type ComplaintState, type ComplaintStatus } from './complaint';
import type { ComplaintSubject } from './complaint';
import type { ComplaintPolicy } from './policy';

/** What two complaints can have in common. */
export const similarities = ['UNIT', 'BUILDING', 'TOPIC'] as const;
export type Similarity = (typeof similarities)[number];

/** What an open case must be like to be offered for joining; as data, so that a query can ask for it. */
export interface SimilarCaseCriteria {
  readonly projectId: string;
  readonly statuses: readonly ComplaintStatus[];
  readonly subject: ComplaintSubject;
  /** The earliest receipt, included. */
  readonly receivedFrom: Date;
  readonly most: number;
}

/** An open case that may be the same, with what it has in common. */
export interface SimilarCase<Case> {
  readonly complaint: Case;
  readonly inCommon: readonly Similarity[];
}

/**
 * The criteria for offering cases to a complaint that comes in at `at` (CMP-14): of the same project, unresolved,
 * about the same home, the same building or the same topic, received within the policy's days. A resolved case can
 * still be joined but is not offered: nobody works on it any more.
 */
export function similarCaseCriteria(
  { projectId, subject }: { readonly projectId: string; readonly subject: ComplaintSubject },
  at: Date,
  { similarWithinDays, similarCasesOffered }: ComplaintPolicy,
): SimilarCaseCriteria {
  return {
    ...{ projectId, subject, statuses: complaintStatuses.filter(isUnresolved) },
    receivedFrom: addDays(at, -similarWithinDays),
    most: similarCasesOffered,
  };
}

/** What two complaints have in common. That neither is about a building is nothing in common. */
export function inCommon(a: ComplaintSubject, b: ComplaintSubject): readonly Similarity[] {
  const isSame: Readonly<Record<Similarity, boolean>> = {
    UNIT: a.unitId !== null && a.unitId === b.unitId,
    BUILDING: a.buildingId !== null && a.buildingId === b.buildingId,
    TOPIC: a.topic === b.topic,
  };
  return similarities.filter((one) => isSame[one]);
}

type Candidate = Pick<ComplaintState, 'id' | 'projectId' | 'status' | 'subject' | 'receivedAt'>;

/** Whether a case is one to offer for joining. */
export function isSimilarOpenCase(candidate: Candidate, criteria: SimilarCaseCriteria): boolean {
  return (
    candidate.projectId === criteria.projectId &&
    criteria.statuses.includes(candidate.status) &&
    candidate.receivedAt >= criteria.receivedFrom &&
    inCommon(candidate.subject, criteria.subject).length > 0
  );
}

/** In which order cases are offered, by what they have in common at least; of the same rank those received last. */
export const similarityRanks: readonly (readonly Similarity[])[] = [
  ['TOPIC', 'UNIT'],
  ['TOPIC', 'BUILDING'],
  ['UNIT'],
  ['TOPIC'],
  ['BUILDING'],
];

/** The cases to offer, the most similar first; no more than the policy says. */
export function similarCases<Case extends Candidate>(
  candidates: readonly Case[],
  criteria: SimilarCaseCriteria,
): readonly SimilarCase<Case>[] {
  return candidates
    .filter((candidate) => isSimilarOpenCase(candidate, criteria))
    .map((complaint) => ({ complaint, inCommon: inCommon(complaint.subject, criteria.subject) }))
    .sort(
      (a, b) =>
        rankOf(a.inCommon) - rankOf(b.inCommon) ||
        +b.complaint.receivedAt - +a.complaint.receivedAt ||
        (a.complaint.id < b.complaint.id ? -1 : 1),
    )
    .slice(0, criteria.most);
}

function rankOf(found: readonly Similarity[]): number {
  return similarityRanks.findIndex((least) => least.every((one) => found.includes(one)));
}
