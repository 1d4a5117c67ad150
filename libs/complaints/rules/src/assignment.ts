import type { CauseClass, ComplaintSubject } from './complaint';
import type { ComplaintPolicy } from './policy';

/** An employee who may handle complaints of the project. */
export interface HandlerCandidate {
  readonly staffId: string;
  readonly departmentCode: string;
  readonly position: string;
  /** Cases that he handles and that are neither resolved nor over. */
  readonly openCases: number;
}

/** Why a candidate stands where he stands. */
export const proposalReasons = ['DEPARTMENT_OF_TOPIC', 'DEPARTMENT_OF_CAUSE_CLASS', 'LEAST_LOAD'] as const;
export type ProposalReason = (typeof proposalReasons)[number];

export interface HandlerProposal extends HandlerCandidate {
  readonly reasons: readonly ProposalReason[];
}

/** The departments that the policy has for a complaint: that of its topic first, then that of its class. */
export function departmentsFor(
  { causeClass, subject }: { readonly causeClass: CauseClass; readonly subject: ComplaintSubject },
  policy: ComplaintPolicy,
): { readonly ofTopic: string | null; readonly ofCauseClass: string } {
  return {
    ofTopic: policy.departmentsOfTopics.find(({ topic }) => topic === subject.topic)?.department ?? null,
    ofCauseClass: policy.departmentOfCauseClass[causeClass],
  };
}

/**
 * Candidates in the order in which they are proposed (CMP-04): the topic's department, then the cause class's, then
 * others; within each, who has the fewest open cases; no more than the policy says. Nobody whom the complaint names
 * (CMP-15), and not the one who has the case already.
 */
export function proposeHandlers(
  complaint: {
    readonly causeClass: CauseClass;
    readonly subject: ComplaintSubject;
    readonly namedStaffIds: readonly string[];
    readonly handlerId: string | null;
  },
  candidates: readonly HandlerCandidate[],
  policy: ComplaintPolicy,
): readonly HandlerProposal[] {
  const { ofTopic, ofCauseClass } = departmentsFor(complaint, policy);
  const open = candidates.filter(
    ({ staffId }) => !complaint.namedStaffIds.includes(staffId) && staffId !== complaint.handlerId,
  );
  const rank = ({ departmentCode }: HandlerCandidate): number => {
    if (departmentCode === ofTopic) return 0;
    return departmentCode === ofCauseClass ? 1 : 2;
  };
  const least = (rankOf: number): number =>
    Math.min(...open.filter((one) => rank(one) === rankOf).map((one) => one.openCases));
  return [...open]
    .sort((a, b) => rank(a) - rank(b) || a.openCases - b.openCases || (a.staffId < b.staffId ? -1 : 1))
    .slice(0, policy.handlersProposed)
    .map((candidate) => {
      const reasons: ProposalReason[] = [];
      if (candidate.departmentCode === ofTopic) reasons.push('DEPARTMENT_OF_TOPIC');
      if (candidate.departmentCode === ofCauseClass) reasons.push('DEPARTMENT_OF_CAUSE_CLASS');
      if (candidate.openCases === least(rank(candidate))) reasons.push('LEAST_LOAD');
      return { ...candidate, reasons };
    });
}
