import { addDays } from '@anju/kernel';
import { complaintStatuses, isUnresolved, type ComplaintState, type ComplaintStatus } from './complaint';
import type { ComplaintSubject } from './complaint';
import type { ComplaintPolicy } from './policy';

/** What an open case must be like to be offered for joining; as data, so that a query can ask for it. */
export interface SimilarCaseCriteria {
  readonly projectId: string;
  readonly statuses: readonly ComplaintStatus[];
  readonly topic: string;
  /** Same unit or same building, whichever is known; when neither is, cases of the project as a whole. */
  readonly unitId: string | null;
  readonly buildingId: string | null;
  /** The earliest receipt, included. */
  readonly receivedFrom: Date;
}

/**
 * The criteria for offering cases to a complaint that comes in at `at` (CMP-14): same project, unresolved,
 * same topic, same building or unit, received within the policy's days. A resolved case can still be joined
 * but is not offered: nobody works on it any more.
 */
export function similarCaseCriteria(
  complaint: { readonly projectId: string; readonly subject: ComplaintSubject },
  at: Date,
  policy: ComplaintPolicy,
): SimilarCaseCriteria {
  return {
    projectId: complaint.projectId,
    statuses: complaintStatuses.filter(isUnresolved),
    topic: complaint.subject.topic,
    unitId: complaint.subject.unitId,
    buildingId: complaint.subject.buildingId,
    receivedFrom: addDays(at, -policy.similarWithinDays),
  };
}

/** Whether a case is one to offer for joining. */
export function isSimilarOpenCase(
  candidate: Pick<ComplaintState, 'projectId' | 'status' | 'subject' | 'receivedAt'>,
  criteria: SimilarCaseCriteria,
): boolean {
  const { subject } = candidate;
  const isProjectWide = criteria.unitId === null && criteria.buildingId === null;
  const isSamePlace = isProjectWide
    ? subject.unitId === null && subject.buildingId === null
    : (criteria.unitId !== null && subject.unitId === criteria.unitId) ||
      (criteria.buildingId !== null && subject.buildingId === criteria.buildingId);
  return (
    candidate.projectId === criteria.projectId &&
    criteria.statuses.includes(candidate.status) &&
    subject.topic === criteria.topic &&
    isSamePlace &&
    candidate.receivedAt >= criteria.receivedFrom
  );
}
