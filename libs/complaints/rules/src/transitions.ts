import { refuse, type Decision, type Refused } from '@anju/kernel';
import type { ComplaintState, ComplaintStatus } from './complaint';
import type { ComplaintFact } from './facts';
import type { ComplaintRefusal, ComplaintRefusalCode } from './refusals';

interface Transition {
  readonly from: readonly ComplaintStatus[];
  /** Null: the status stays. */
  readonly to: ComplaintStatus | null;
  /** Handling proper: closed to an employee whom the complaint names (CMP-15). */
  readonly handling: boolean;
}

const notClosed = ['RECEIVED', 'ACKNOWLEDGED', 'IN_HANDLING', 'REOPENED', 'RESOLVED'] as const;
const unresolved = ['RECEIVED', 'ACKNOWLEDGED', 'IN_HANDLING', 'REOPENED'] as const;
const notJoined = [...notClosed, 'CLOSED'] as const;
const beingHandled = ['ACKNOWLEDGED', 'IN_HANDLING', 'REOPENED'] as const;

/**
 * What each command needs and where it leads. A return visit leaves the case resolved; when the customer is
 * dissatisfied, the transition of `reopenComplaint` follows in the same decision.
 */
export const complaintTransitions = {
  acknowledgeComplaint: { from: ['RECEIVED'], to: 'ACKNOWLEDGED', handling: false },
  assignComplaint: { from: notClosed, to: null, handling: true },
  respondToComplaint: { from: beingHandled, to: 'IN_HANDLING', handling: true },
  // Also what is still told once the result is there.
  recordComplaintProgress: { from: [...beingHandled, 'RESOLVED'], to: null, handling: true },
  promiseComplaintCallback: { from: unresolved, to: null, handling: false },
  pauseComplaintClocks: { from: notClosed, to: null, handling: true },
  resumeComplaintClocks: { from: notClosed, to: null, handling: true },
  addComplaintFacts: { from: notClosed, to: null, handling: false },
  nameComplaintStaff: { from: notClosed, to: null, handling: false },
  raiseComplaintSeverity: { from: notClosed, to: null, handling: false },
  changeComplaintCauseClass: { from: notClosed, to: null, handling: true },
  joinComplaint: { from: notClosed, to: null, handling: false },
  fileDemandForm: { from: notClosed, to: null, handling: true },
  attachToComplaint: { from: notClosed, to: null, handling: true },
  detachFromComplaint: { from: notClosed, to: null, handling: true },
  resolveComplaint: { from: ['IN_HANDLING'], to: 'RESOLVED', handling: true },
  recordReturnVisit: { from: ['RESOLVED'], to: null, handling: true },
  submitSpecialReport: { from: ['RESOLVED'], to: null, handling: true },
  reopenComplaint: { from: ['RESOLVED', 'CLOSED'], to: 'REOPENED', handling: false },
  closeComplaint: { from: ['RESOLVED'], to: 'CLOSED', handling: true },
  draftComplaintReply: { from: unresolved, to: null, handling: true },
  reviseComplaintReply: { from: unresolved, to: null, handling: true },
  submitComplaintReply: { from: unresolved, to: null, handling: true },
  approveComplaintReply: { from: unresolved, to: null, handling: true },
  sendBackComplaintReply: { from: unresolved, to: null, handling: true },
  sendComplaintReply: { from: beingHandled, to: 'IN_HANDLING', handling: true },
  withdrawComplaintReply: { from: notClosed, to: null, handling: true },
  issueComplaintNotice: { from: notClosed, to: null, handling: true },
  nameComplaintCoordinator: { from: notClosed, to: null, handling: true },
  issueCompanyDemandForm: { from: unresolved, to: null, handling: true },
  reportCompanyMeasures: { from: notClosed, to: null, handling: true },
  reportCompanyResult: { from: notClosed, to: null, handling: true },
  reviseDemandForm: { from: notClosed, to: null, handling: true },
  reviseSpecialReport: { from: ['RESOLVED'], to: null, handling: true },
  confirmDocumentReceipt: { from: notJoined, to: null, handling: false },
  handOverComplaint: { from: notClosed, to: null, handling: true },
  acceptComplaintHandOver: { from: notClosed, to: null, handling: true },
  refuseComplaintHandOver: { from: notClosed, to: null, handling: false },
  passOnComplaint: { from: unresolved, to: null, handling: false },
  recordComplaintUrging: { from: notClosed, to: null, handling: false },
  recordReturnVisitAttempt: { from: ['RESOLVED'], to: null, handling: true },
  linkComplaint: { from: notJoined, to: null, handling: false },
  joinComplaintInto: { from: unresolved, to: 'JOINED', handling: true },
  splitComplaint: { from: unresolved, to: null, handling: true },
} as const satisfies Record<string, Transition>;

export type ComplaintCommandName = keyof typeof complaintTransitions;

/** What every command on an existing case may be refused with. */
export type AdmissionCode = 'COMPLAINT_NOT_IN_REQUIRED_STATUS' | 'NAMED_EMPLOYEE_CANNOT_HANDLE';

/** What a command on an existing case answers. */
export type ComplaintDecision<Code extends ComplaintRefusalCode = never> = Decision<
  ComplaintState,
  ComplaintFact,
  ComplaintRefusal<AdmissionCode | Code>
>;

/** The refusal of a command that the case's status or the person acting does not allow; null when allowed. */
export function notAdmitted(
  state: ComplaintState,
  command: ComplaintCommandName,
  by: string,
): Refused<ComplaintRefusal<AdmissionCode>> | null {
  const { from, handling }: Transition = complaintTransitions[command];
  if (!from.includes(state.status)) {
    return refuse('COMPLAINT_NOT_IN_REQUIRED_STATUS', { command, status: state.status, allowedIn: from });
  }
  if (handling && state.namedStaffIds.includes(by)) {
    return refuse('NAMED_EMPLOYEE_CANNOT_HANDLE', { staffId: by });
  }
  return null;
}

/** The status after a command that was admitted. */
export function statusAfter(state: ComplaintState, command: ComplaintCommandName): ComplaintStatus {
  return complaintTransitions[command].to ?? state.status;
}
