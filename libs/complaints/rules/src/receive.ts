import { accept, isBlank, refuse, type Decision } from '@anju/kernel';
import { ageingFrom } from './ageing';
import { startClock } from './clocks';
import {
  customersOf,
  groupSize,
  type CauseClass,
  type ComplaintAgeing,
  type ComplaintChannel,
  type ComplaintMember,
} from './complaint';
import type { ComplaintState, ComplaintSubject } from './complaint';
import { factOf, type ComplaintFact } from './facts';
import { unique } from './plain';
import type { ComplaintEnvironment } from './policy';
import type { ComplaintRefusal } from './refusals';
import type { ReportableFact } from './severity';
import { owesReply, startReplyDuties } from './reply-duties';
import { severityOf } from './severity-of-complaint';

/** A complaint as it comes in: from a contact, filed directly by an employee, or from a return visit. */
export interface ReceiveComplaint {
  readonly id: string;
  readonly projectId: string;
  /** See `complaintNumber`. */
  readonly number: string;
  readonly causeClass: CauseClass;
  readonly subject: ComplaintSubject;
  /** Required unless a contact or another case holds the words. */
  readonly content: string | null;
  readonly channel: ComplaintChannel;
  readonly receivedAt: Date;
  readonly receivedBy: string;
  /** Who complains; nobody when it is anonymous. The same customer twice counts once. */
  readonly customerIds: readonly string[];
  readonly interactionId: string | null;
  readonly facts: readonly ReportableFact[];
  readonly namedStaffIds: readonly string[];
  readonly responsibleDepartment: string | null;
  readonly handlerId: string | null;
  /** The case whose return visit brought up this one. */
  readonly cameFromComplaintId: string | null;
  /** What members who were taken out of another case bring along; absent for every other complaint. */
  readonly splitOff?: {
    readonly members: readonly ComplaintMember[];
    /** It is as old as the case that they were in, and answered as that. */
    readonly ageing: ComplaintAgeing;
    readonly answersNeedApproval: boolean;
  };
}

/**
 * Opens a case (CMP-01, 02, 04). Its clocks run from `receivedAt`, also when it is entered later; it is hot
 * or major from then on when the facts say so.
 * @param at when it is entered, not before `receivedAt`
 */
export function receiveComplaint(
  command: ReceiveComplaint,
  at: Date,
  environment: ComplaintEnvironment,
): Decision<
  ComplaintState,
  ComplaintFact,
  ComplaintRefusal<
    'COMPLAINT_RECEIVED_IN_FUTURE' | 'COMPLAINT_DETAILS_MISSING' | 'NAMED_EMPLOYEE_CANNOT_HANDLE'
  >
> {
  const { receivedAt, receivedBy, handlerId, subject } = command;
  if (receivedAt > at) return refuse('COMPLAINT_RECEIVED_IN_FUTURE', { receivedAt, now: at });
  const wordsElsewhere = command.interactionId !== null || command.cameFromComplaintId !== null;
  const missing = [
    ...(isBlank(command.content) && !wordsElsewhere ? (['content'] as const) : []),
    ...(isBlank(subject.topic) ? (['topic'] as const) : []),
  ];
  if (missing.length > 0) return refuse('COMPLAINT_DETAILS_MISSING', { missing });
  if (handlerId !== null && command.namedStaffIds.includes(handlerId)) {
    return refuse('NAMED_EMPLOYEE_CANNOT_HANDLE', { staffId: handlerId });
  }

  const { policy } = environment;
  const { splitOff } = command;
  const received: ComplaintState = {
    id: command.id,
    projectId: command.projectId,
    number: command.number,
    status: 'RECEIVED',
    causeClass: command.causeClass,
    severity: 'GENERAL',
    subject: { topic: subject.topic, unitId: subject.unitId, buildingId: subject.buildingId },
    content: command.content,
    contactWords:
      command.interactionId === null || isBlank(command.content)
        ? []
        : [{ interactionId: command.interactionId, words: command.content!, knownAt: at }],
    channel: command.channel,
    receivedAt,
    receivedBy,
    answersNeedApproval: false,
    passings: [],
    members:
      splitOff?.members ??
      unique(command.customerIds).map((customerId): ComplaintMember => ({
        customerId,
        joinedAt: receivedAt,
        interactionId: command.interactionId,
      })),
    interactionIds: contactsOf(command),
    facts: unique(command.facts).map((fact) => ({ fact, knownAt: receivedAt, by: receivedBy, note: null })),
    raises: [],
    ageing: splitOff?.ageing ?? ageingFrom(receivedAt, environment),
    responsibleDepartment: command.responsibleDepartment,
    handlerId,
    namedStaffIds: unique(command.namedStaffIds),
    acknowledgement: null,
    responses: [],
    progress: [],
    callbackPromises: [],
    demandForms: [],
    resolutions: [],
    resolvedAt: null,
    returnVisits: [],
    specialReports: [],
    closings: [],
    closedAt: null,
    reopenings: [],
    causeClassChanges: [],
    linkedCases:
      command.cameFromComplaintId === null
        ? []
        : [{ complaintId: command.cameFromComplaintId, relation: splitOff ? 'SPLIT_FROM' : 'CAME_FROM' }],
    attachments: [],
    replies: [],
    notices: [],
    coordinatorId: null,
    companyForms: [],
    documentReceipts: [],
    handOvers: [],
    urgings: [],
    returnVisitAttempts: [],
    splits: [],
    joinedInto: null,
    clocks: [],
  };
  const { severity, reasons } = severityOf(received, policy);
  const opened = { state: { ...received, severity }, facts: [] };
  const response = startClock(opened, 'RESPONSE', receivedAt, environment, { at });
  const form =
    severity === 'GENERAL'
      ? { ...response, dueAt: null }
      : startClock(response, 'DEMAND_FORM', receivedAt, environment, { forSeverity: severity, at });
  const owesReplies = splitOff?.answersNeedApproval ?? owesReply(command.channel, policy);
  const replies = owesReplies ? startReplyDuties(form, receivedAt, at, environment) : form;
  const { state } = replies;
  return accept<ComplaintState, ComplaintFact>(
    state,
    factOf('ComplaintReceived', state, at, {
      by: receivedBy,
      number: state.number,
      causeClass: state.causeClass,
      severity,
      severityReasons: reasons,
      facts: state.facts.map((known) => known.fact),
      ...state.subject,
      channel: state.channel,
      receivedAt,
      customerIds: customersOf(state),
      groupSize: groupSize(state),
      interactionIds: state.interactionIds,
      responsibleDepartment: state.responsibleDepartment,
      handlerId,
      namedStaffIds: state.namedStaffIds,
      cameFromComplaintId: command.cameFromComplaintId,
      responseDueAt: response.dueAt,
      demandFormDueAt: form.dueAt,
      answersNeedApproval: state.answersNeedApproval,
      becomesHotAt: state.ageing.becomesHotAt,
      becomesMajorAt: state.ageing.becomesMajorAt,
    }),
    ...replies.facts,
  );
}

/** The contacts that led to the case: its own, or those of the members who came from another. */
function contactsOf({ interactionId, splitOff }: ReceiveComplaint): readonly string[] {
  const contacts = splitOff ? splitOff.members.map((member) => member.interactionId) : [interactionId];
  return unique(contacts.flatMap((contact) => (contact === null ? [] : [contact])));
}
