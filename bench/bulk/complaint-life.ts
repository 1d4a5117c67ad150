import {
  approveComplaintReply,
  classDuties,
  draftComplaintReply,
  issueComplaintNotice,
  nameComplaintCoordinator,
  recordComplaintProgress,
  respondToComplaint,
  sendComplaintReply,
  submitComplaintReply,
  type ComplaintEnvironment,
  type ComplaintFact,
  type ComplaintState,
  type DocumentRecipient,
} from '@anju/complaints-rules';
import type { Life } from './life';

export type ComplaintLife = Life<ComplaintState, ComplaintFact, ComplaintEnvironment>;

/** Who has to do with a case. */
export interface ComplaintCrew {
  readonly by: string;
  /** Approves what `by` writes. */
  readonly approver: string;
}

/** Answers a case as it asks for it: at once, or by a reply that is approved before it goes out. */
export function answerComplaint(
  life: ComplaintLife,
  { by, approver }: ComplaintCrew,
  text: string,
  at: Date,
): void {
  const { environment } = life;
  if (!life.state.answersNeedApproval) {
    life.then(at, (state, now) =>
      respondToComplaint(state, { by, channel: 'PHONE', text }, now, environment),
    );
    return;
  }
  const written = { audience: 'CUSTOMER', generalManagerAsked: false, statesMeasures: true } as const;
  const verdict = { sequence: 1, revision: 1, as: ['DEPARTMENT_HEAD'], askGeneralManager: false } as const;
  life
    .then(at, (state, now) => draftComplaintReply(state, { by, ...written, text }, now))
    .then(at, (state, now) => submitComplaintReply(state, { by, sequence: 1 }, now, environment))
    .then(at, (state, now) => approveComplaintReply(state, { by: approver, ...verdict }, now))
    .then(at, (state, now) =>
      sendComplaintReply(state, { by: approver, sequence: 1, channel: 'WEB' }, now, environment),
    );
}

/** Does what its cause class asks for, as far as it is not done. */
export function doClassDuties(
  life: ComplaintLife,
  { by, approver }: ComplaintCrew,
  text: string,
  at: Date,
): void {
  const { environment } = life;
  const notify = (kind: 'FACILITIES_REPORT' | 'IMPACT_REPORT', to: DocumentRecipient): void => {
    const notice = { by, kind, to, department: null, way: 'EMAIL', text } as const;
    life.then(at, (state, now) => issueComplaintNotice(state, notice, now));
  };
  for (const { duty, recipient, isDone } of classDuties(life.state, environment.policy)) {
    if (isDone) continue;
    if (duty === 'NOTICE_TO_DEVELOPER') notify('FACILITIES_REPORT', 'DEVELOPER_CUSTOMER_RELATIONS');
    if (duty === 'IMPACT_REPORT_SENT') notify('IMPACT_REPORT', recipient!);
    if (duty === 'COORDINATOR_NAMED') {
      life.then(at, (state, now) => nameComplaintCoordinator(state, { by, coordinatorId: approver }, now));
    }
    if (duty === 'PROGRESS_TOLD') {
      life.then(at, (state, now) =>
        recordComplaintProgress(state, { by, text, toldBy: 'PHONE' }, now, environment),
      );
    }
  }
}
