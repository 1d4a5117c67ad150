import type { ComplaintState } from './complaint';
import { noticeRules, type DocumentRecipient } from './document-state';
import type { ComplaintPolicy } from './policy';

/** What a cause class asks for beside the clocks (CMP-09). */
export const classDutyKinds = [
  'NOTICE_TO_DEVELOPER',
  'COORDINATOR_NAMED',
  'IMPACT_REPORT_SENT',
  'PROGRESS_TOLD',
] as const;
export type ClassDutyKind = (typeof classDutyKinds)[number];

export type ClassDuty = {
  readonly duty: ClassDutyKind;
  /** To whom, for a report; else null. */
  readonly recipient: DocumentRecipient | null;
  readonly isDone: boolean;
};

/**
 * What the case's cause class asks for, done or not (CMP-09); all of it before the case is closed. Class 1 asks for
 * nothing more than a handler and the return visit, which every case has. Readings: the impact of a class 3 case
 * is its severity, and the policy says to whom each severity is reported; progress is what the customer is told after
 * the first response, as a step of the handling, or as a further response or reply.
 */
export function classDuties(state: ComplaintState, policy: ComplaintPolicy): readonly ClassDuty[] {
  const { causeClass, notices, progress, responses } = state;
  switch (causeClass) {
    case 'CLASS_1':
      return [];
    case 'CLASS_2': {
      const isDone = notices.some(({ kind }) => noticeRules[kind].causeClass === 'CLASS_2');
      return [{ duty: 'NOTICE_TO_DEVELOPER', recipient: 'DEVELOPER_CUSTOMER_RELATIONS', isDone }];
    }
    case 'CLASS_3': {
      const isTold = responses.length > 1 || progress.some(({ toldBy }) => toldBy !== null);
      const reports = policy.impactReportsTo[state.severity].map((recipient): ClassDuty => {
        const isDone = notices.some(({ kind, to }) => kind === 'IMPACT_REPORT' && to === recipient);
        return { duty: 'IMPACT_REPORT_SENT', recipient, isDone };
      });
      return [
        { duty: 'COORDINATOR_NAMED', recipient: null, isDone: state.coordinatorId !== null },
        ...reports,
        { duty: 'PROGRESS_TOLD', recipient: null, isDone: isTold },
      ];
    }
  }
}
