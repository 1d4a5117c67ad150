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
