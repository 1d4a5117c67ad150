import { accept, isBlank, refuse } from '@anju/kernel';
import { unapprovedAnswer } from './approved-answers';
import { keepCallback } from './callbacks';
import { meetClocks, outstandingClocks } from './clocks';
import { customersOf, type CauseClass, type ComplaintState, type TellingChannel } from './complaint';
import { factOf } from './facts';
import { withdrawHandOver } from './hand-over';
import type { ComplaintEnvironment } from './policy';
import { measuresReported } from './reply-duties';
import { notAdmitted, statusAfter, type ComplaintDecision } from './transitions';

export interface AcknowledgeComplaint {
  readonly by: string;
  readonly channel: TellingChannel;
  /** That the customer was thanked for the opinion and told that an answer will come soon. */
  readonly thanksGiven: boolean;
}

/** Records that the customer was thanked and that the complaint is acknowledged (CMP-04). */
export function acknowledgeComplaint(
  state: ComplaintState,
  command: AcknowledgeComplaint,
  at: Date,
): ComplaintDecision<'THANKS_NOT_GIVEN'> {
  const refusal = notAdmitted(state, 'acknowledgeComplaint', command.by);
  if (refusal) return refusal;
  if (!command.thanksGiven) return refuse('THANKS_NOT_GIVEN', {});
  const { by, channel } = command;
  return accept(
    {
      ...state,
      status: statusAfter(state, 'acknowledgeComplaint'),
      acknowledgement: { at, by, channel },
    },
    factOf('ComplaintAcknowledged', state, at, { by, channel, customerIds: customersOf(state) }),
  );
}

export interface AssignComplaint {
  readonly by: string;
  /** A department's code. */
  readonly responsibleDepartment: string;
  readonly handlerId: string;
}

/** Sets the responsible department and the one named handler, or changes them (CMP-04, 15). */
export function assignComplaint(
  state: ComplaintState,
  command: AssignComplaint,
  at: Date,
): ComplaintDecision<
  'COMPLAINT_DEPARTMENT_MISSING' | 'COMPLAINT_HANDLER_MISSING' | 'COMPLAINT_ALREADY_ASSIGNED'
> {
  const refusal = notAdmitted(state, 'assignComplaint', command.by);
  if (refusal) return refusal;
  const { by, responsibleDepartment, handlerId } = command;
  if (isBlank(responsibleDepartment)) return refuse('COMPLAINT_DEPARTMENT_MISSING', {});
  if (isBlank(handlerId)) return refuse('COMPLAINT_HANDLER_MISSING', { responsibleDepartment });
  if (state.namedStaffIds.includes(handlerId)) {
    return refuse('NAMED_EMPLOYEE_CANNOT_HANDLE', { staffId: handlerId });
  }
  if (responsibleDepartment === state.responsibleDepartment && handlerId === state.handlerId) {
    return refuse('COMPLAINT_ALREADY_ASSIGNED', { responsibleDepartment, handlerId });
  }
  return accept(
    { ...withdrawHandOver(state, by, at), responsibleDepartment, handlerId },
    factOf('ComplaintAssigned', state, at, {
      by,
      responsibleDepartment,
      handlerId,
      previousDepartment: state.responsibleDepartment,
      previousHandlerId: state.handlerId,
    }),
  );
}

export interface RespondToComplaint {
  readonly by: string;
  readonly channel: TellingChannel;
  /** What the customer was told will be done. */
  readonly text: string;
}

/**
 * Records a handling response to the customer (CMP-05), which says what is being done (CMP-07); with the first
 * one, and the first after a reopening, handling begins. Later ones may follow. Not for what has to be approved before
 * it goes out: that is `draftComplaintReply` (CMP-08).
 */
export function respondToComplaint(
  state: ComplaintState,
  command: RespondToComplaint,
  at: Date,
  { policy }: ComplaintEnvironment,
): ComplaintDecision<
  'COMPLAINT_ANSWER_NOT_APPROVED' | 'COMPLAINT_TEXT_MISSING' | 'COMPLAINT_HANDLER_MISSING'
> {
  const refusal =
    notAdmitted(state, 'respondToComplaint', command.by) ??
    unapprovedAnswer(state, 'respondToComplaint', command.channel, policy);
  if (refusal) return refusal;
  if (isBlank(command.text)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'respondToComplaint' });
  if (state.handlerId === null) {
    return refuse('COMPLAINT_HANDLER_MISSING', { responsibleDepartment: state.responsibleDepartment });
  }
  const { by, channel, text } = command;
  const responded = {
    ...state,
    status: statusAfter(state, 'respondToComplaint'),
    responses: [...state.responses, { at, by, channel, text }],
  };
  const fact = factOf('ComplaintResponded', state, at, {
    by,
    channel,
    interactionIds: state.interactionIds,
    customerIds: customersOf(state),
  });
  const met = measuresReported(meetClocks({ state: responded, facts: [fact] }, 'RESPONSE', at), at);
  const done = keepCallback(met, channel, at);
  return accept(done.state, ...done.facts);
}

export interface RecordComplaintProgress {
  readonly by: string;
  readonly text: string;
  /** The channel by which the customer was told of it; null when not told. */
  readonly toldBy: TellingChannel | null;
}

/** Records a step of the handling, and whether the customer was told (CMP-04, 13). */
export function recordComplaintProgress(
  state: ComplaintState,
  command: RecordComplaintProgress,
  at: Date,
  { policy }: ComplaintEnvironment,
): ComplaintDecision<'COMPLAINT_ANSWER_NOT_APPROVED' | 'COMPLAINT_TEXT_MISSING'> {
  const { by, text, toldBy } = command;
  const refusal =
    notAdmitted(state, 'recordComplaintProgress', by) ??
    (toldBy && unapprovedAnswer(state, 'recordComplaintProgress', toldBy, policy));
  if (refusal) return refusal;
  if (isBlank(text)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'recordComplaintProgress' });
  const fact = factOf('ComplaintProgressRecorded', state, at, {
    by,
    toldBy,
    interactionIds: state.interactionIds,
    customerIds: customersOf(state),
  });
  const noted: ComplaintState = { ...state, progress: [...state.progress, { at, by, text, toldBy }] };
  const done = keepCallback({ state: noted, facts: [fact] }, toldBy, at);
  return accept(done.state, ...done.facts);
}

export interface ChangeComplaintCauseClass {
  readonly by: string;
  readonly to: CauseClass;
  readonly reason: string;
}

/** Corrects the cause class, with the reason (CMP-01). */
export function changeComplaintCauseClass(
  state: ComplaintState,
  command: ChangeComplaintCauseClass,
  at: Date,
): ComplaintDecision<'COMPLAINT_REASON_MISSING' | 'CAUSE_CLASS_UNCHANGED'> {
  const refusal = notAdmitted(state, 'changeComplaintCauseClass', command.by);
  if (refusal) return refusal;
  if (isBlank(command.reason)) {
    return refuse('COMPLAINT_REASON_MISSING', { command: 'changeComplaintCauseClass' });
  }
  const { by, to, reason } = command;
  const from = state.causeClass;
  if (to === from) return refuse('CAUSE_CLASS_UNCHANGED', { causeClass: from });
  return accept(
    {
      ...state,
      causeClass: to,
      causeClassChanges: [...state.causeClassChanges, { from, to, reason, at, by }],
    },
    factOf('ComplaintCauseClassChanged', state, at, { by, from, to }),
  );
}

export interface FileDemandForm {
  readonly by: string;
  /** What the customers ask for. */
  readonly demand: string;
  /** What is being done, and by when. */
  readonly measures: string;
}

/**
 * Sends the demand form (《客户诉求处理表》) of a hot or major case to the quality centre and the division
 * leader (CMP-11). One form meets every form outstanding: it shows the case as it stands.
 */
export function fileDemandForm(
  state: ComplaintState,
  command: FileDemandForm,
  at: Date,
  { policy }: ComplaintEnvironment,
): ComplaintDecision<'DEMAND_FORM_NOT_REQUIRED' | 'DEMAND_FORM_INCOMPLETE'> {
  const refusal = notAdmitted(state, 'fileDemandForm', command.by);
  if (refusal) return refusal;
  const { by, demand, measures } = command;
  const { severity } = state;
  const isOwed = outstandingClocks(state, 'DEMAND_FORM').length > 0;
  if (severity === 'GENERAL' || !isOwed) return refuse('DEMAND_FORM_NOT_REQUIRED', { severity });
  const missing = (['demand', 'measures'] as const).filter((part) => isBlank(command[part]));
  if (missing.length > 0) return refuse('DEMAND_FORM_INCOMPLETE', { missing });
  const sentTo = policy.reportRecipients;
  const form = {
    sequence: state.demandForms.length + 1,
    version: 1,
    filedAt: at,
    by,
    severity,
    demand,
    measures,
    sentTo,
    revisedBecause: null,
  };
  const fact = factOf('DemandFormFiled', state, at, { by, severity, sentTo });
  const met = meetClocks(
    { state: { ...state, demandForms: [...state.demandForms, form] }, facts: [fact] },
    'DEMAND_FORM',
    at,
  );
  return accept(met.state, ...met.facts);
}
