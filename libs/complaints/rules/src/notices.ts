import { accept, isBlank, refuse } from '@anju/kernel';
import type { ComplaintState } from './complaint';
import {
  noticeKinds,
  noticeRules,
  type DocumentRecipient,
  type NoticeKind,
  type NoticeWay,
  type WrittenNotice,
} from './document-state';
import { factOf } from './facts';
import type { ComplaintPolicy } from './policy';
import { notAdmitted, type ComplaintDecision } from './transitions';

export interface IssueComplaintNotice {
  readonly by: string;
  readonly kind: NoticeKind;
  readonly to: DocumentRecipient;
  /** The department outside, in words. */
  readonly department: string | null;
  readonly way: NoticeWay;
  readonly text: string;
}

/** Notifies in writing whom the cause class concerns: the developer, or the departments concerned (CMP-09). */
export function issueComplaintNotice(
  state: ComplaintState,
  command: IssueComplaintNotice,
  at: Date,
): ComplaintDecision<
  | 'COMPLAINT_TEXT_MISSING'
  | 'COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS'
  | 'COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT'
  | 'COMPLAINT_NOTICE_DEPARTMENT_MISSING'
> {
  const refusal = notAdmitted(state, 'issueComplaintNotice', command.by);
  if (refusal) return refusal;
  const { by, kind, to, way, text } = command;
  const { causeClass } = state;
  const rule = noticeRules[kind];
  if (rule.causeClass !== causeClass) {
    const kinds = noticeKinds.filter((one) => noticeRules[one].causeClass === causeClass);
    return refuse('COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS', { noticeKind: kind, causeClass, kinds });
  }
  if (!rule.to.includes(to)) {
    return refuse('COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT', {
      noticeKind: kind,
      addressee: to,
      meant: rule.to,
    });
  }
  if (to === 'OUTSIDE_DEPARTMENT' && isBlank(command.department)) {
    return refuse('COMPLAINT_NOTICE_DEPARTMENT_MISSING', {});
  }
  if (isBlank(text)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'issueComplaintNotice' });
  const department = to === 'OUTSIDE_DEPARTMENT' ? command.department : null;
  const sequence = state.notices.length + 1;
  const notice: WrittenNotice = { sequence, kind, to, department, way, text, sentAt: at, by };
  return accept(
    { ...state, notices: [...state.notices, notice] },
    factOf('ComplaintNoticeIssued', state, at, { by, sequence, kind, to, way }),
  );
}

export interface NameComplaintCoordinator {
  readonly by: string;
  readonly coordinatorId: string;
}

/** Names the one who coordinates a case of class 3 with those outside (CMP-09). */
export function nameComplaintCoordinator(
  state: ComplaintState,
  command: NameComplaintCoordinator,
  at: Date,
): ComplaintDecision<'COMPLAINT_COORDINATOR_NOT_NEEDED' | 'COMPLAINT_COORDINATOR_UNCHANGED'> {
  const refusal = notAdmitted(state, 'nameComplaintCoordinator', command.by);
  if (refusal) return refusal;
  const { by, coordinatorId } = command;
  const { causeClass } = state;
  if (causeClass !== 'CLASS_3') return refuse('COMPLAINT_COORDINATOR_NOT_NEEDED', { causeClass });
  if (state.namedStaffIds.includes(coordinatorId)) {
    return refuse('NAMED_EMPLOYEE_CANNOT_HANDLE', { staffId: coordinatorId });
  }
  if (coordinatorId === state.coordinatorId) {
    return refuse('COMPLAINT_COORDINATOR_UNCHANGED', { coordinatorId });
  }
  return accept(
    { ...state, coordinatorId },
    factOf('ComplaintCoordinatorNamed', state, at, {
      by,
      coordinatorId,
      previousCoordinatorId: state.coordinatorId,
    }),
  );
}

/** What a cause class asks for beside the clocks (CMP-09). */
export const classDutyKinds = [
  'NOTICE_TO_DEVELOPER',
  'COORDINATOR_NAMED',
  'IMPACT_REPORT_SENT',
  'PROGRESS_TOLD',
] as const;
export type ClassDutyKind = (typeof classDutyKinds)[number];

export interface ClassDuty {
  readonly duty: ClassDutyKind;
  /** To whom, for a report; else null. */
  readonly recipient: DocumentRecipient | null;
  readonly isDone: boolean;
}

/**
 * What the case's cause class asks for, done or not (CMP-09). Class 1 asks for nothing more than a handler and the
 * return visit, which every case has. Reading: the impact of a class 3 case is its severity, and the policy says
 * to whom each severity is reported.
 */
export function classDuties(state: ComplaintState, policy: ComplaintPolicy): readonly ClassDuty[] {
  const { causeClass, notices, progress } = state;
  switch (causeClass) {
    case 'CLASS_1':
      return [];
    case 'CLASS_2': {
      const isDone = notices.some(({ kind }) => noticeRules[kind].causeClass === 'CLASS_2');
      return [{ duty: 'NOTICE_TO_DEVELOPER', recipient: 'DEVELOPER_CUSTOMER_RELATIONS', isDone }];
    }
    case 'CLASS_3': {
      const isTold = progress.some(({ toldBy }) => toldBy !== null);
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
