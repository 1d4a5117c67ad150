import type {
  CauseClass,
  ClockParty,
  ComplaintChannel,
  ComplaintClockKind,
  ComplaintState,
  ReopeningCause,
  TellingChannel,
} from './complaint';
import type { AgeingKind, ReportRecipient } from './policy';
import type { RaisedSeverity, ReportableFact, Severity, SeverityReason } from './severity';
import type { ComplaintWorkFact } from './work-facts';

/** Carried by every fact. No fact holds free text: facts become events, and events hold ids, codes and times. */
interface Happened {
  readonly complaintId: string;
  readonly projectId: string;
  readonly at: Date;
}

export interface Done extends Happened {
  readonly by: string;
}

export interface ComplaintReceived extends Done {
  readonly type: 'ComplaintReceived';
  readonly number: string;
  readonly causeClass: CauseClass;
  readonly severity: Severity;
  readonly severityReasons: readonly SeverityReason[];
  readonly facts: readonly ReportableFact[];
  readonly topic: string;
  readonly unitId: string | null;
  readonly buildingId: string | null;
  readonly channel: ComplaintChannel;
  readonly receivedAt: Date;
  readonly customerIds: readonly string[];
  readonly groupSize: number;
  readonly interactionIds: readonly string[];
  readonly responsibleDepartment: string | null;
  readonly handlerId: string | null;
  readonly namedStaffIds: readonly string[];
  readonly cameFromComplaintId: string | null;
  readonly responseDueAt: Date;
  readonly demandFormDueAt: Date | null;
  readonly answersNeedApproval: boolean;
  readonly becomesHotAt: Date;
  readonly becomesMajorAt: Date;
}

export interface ComplaintAcknowledged extends Done {
  readonly type: 'ComplaintAcknowledged';
  readonly channel: TellingChannel;
  /** Members of the case at that time. */
  readonly customerIds: readonly string[];
}

export interface ComplaintAssigned extends Done {
  readonly type: 'ComplaintAssigned';
  readonly responsibleDepartment: string | null;
  readonly handlerId: string | null;
  readonly previousDepartment: string | null;
  readonly previousHandlerId: string | null;
}

export interface ComplaintResponded extends Done {
  readonly type: 'ComplaintResponded';
  readonly channel: TellingChannel;
  readonly interactionIds: readonly string[];
  readonly customerIds: readonly string[];
}

export interface ComplaintProgressRecorded extends Done {
  readonly type: 'ComplaintProgressRecorded';
  readonly toldBy: TellingChannel | null;
  readonly interactionIds: readonly string[];
  readonly customerIds: readonly string[];
}

export interface ComplaintFactsAdded extends Done {
  readonly type: 'ComplaintFactsAdded';
  readonly facts: readonly ReportableFact[];
}

/** What a customer said in a contact came to the case; the words themselves are in the state alone. */
export interface ComplaintWordsAdded extends Done {
  readonly type: 'ComplaintWordsAdded';
  readonly interactionId: string;
}

export interface ComplaintStaffNamed extends Done {
  readonly type: 'ComplaintStaffNamed';
  readonly staffIds: readonly string[];
}

export interface ComplaintSeverityChanged extends Happened {
  readonly type: 'ComplaintSeverityChanged';
  readonly from: Severity;
  readonly to: Severity;
  readonly reasons: readonly SeverityReason[];
  /** Due time of the demand form that this rise asks for, or that is owed still for that severity; null when it fell. */
  readonly demandFormDueAt: Date | null;
  /** Due time of the special report when the case was resolved already; else null. */
  readonly specialReportDueAt: Date | null;
}

export interface ComplaintCauseClassChanged extends Done {
  readonly type: 'ComplaintCauseClassChanged';
  readonly from: CauseClass;
  readonly to: CauseClass;
}

export interface ComplaintCustomerJoined extends Done {
  readonly type: 'ComplaintCustomerJoined';
  readonly customerId: string;
  readonly interactionId: string | null;
  readonly groupSize: number;
}

export interface ComplaintCustomerReplaced extends Happened {
  readonly type: 'ComplaintCustomerReplaced';
  readonly customerId: string;
  readonly intoCustomerId: string;
  readonly groupSize: number;
}

export interface ComplaintAttachmentAdded extends Done {
  readonly type: 'ComplaintAttachmentAdded';
  readonly attachmentId: string;
  readonly contentType: string;
  readonly size: number;
}

export interface ComplaintAttachmentRemoved extends Done {
  readonly type: 'ComplaintAttachmentRemoved';
  readonly attachmentId: string;
  readonly contentType: string;
  readonly size: number;
}

export interface DemandFormFiled extends Done {
  readonly type: 'DemandFormFiled';
  readonly severity: RaisedSeverity;
  readonly sentTo: readonly ReportRecipient[];
}

/** A duty arose; of a case entered late, `at` is when that was. */
export interface ComplaintClockStarted extends Happened, ClockTimes {
  readonly type: 'ComplaintClockStarted';
  readonly warnAt: Date | null;
  readonly waitingFor: ClockParty;
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

/** A duty is undone still, and soon due. */
export interface ComplaintClockWarned extends Happened, ClockTimes {
  readonly type: 'ComplaintClockWarned';
  readonly waitingFor: ClockParty;
}

/** A duty stands still because the customer is waited for; `dueAt` is what it was till now. */
export interface ComplaintClockPaused extends Done, ClockTimes {
  readonly type: 'ComplaintClockPaused';
  /** Whole minutes of the duty's own time that are left. */
  readonly leftMinutes: number;
}

/** A duty goes on; `dueAt` is put off by the pause. */
export interface ComplaintClockResumed extends Done, ClockTimes {
  readonly type: 'ComplaintClockResumed';
  readonly pausedAt: Date;
}

/** What is still to fall due was computed anew, by another policy or calendar; only what moved is told. */
export interface ComplaintClocksRecomputed extends Happened {
  readonly type: 'ComplaintClocksRecomputed';
  readonly policyVersion: number;
  readonly calendarVersion: number;
  readonly changes: readonly ClockChange[];
}

export interface ClockChange {
  readonly clock: ComplaintClockKind | AgeingKind;
  /** Null for an age. */
  readonly sequence: number | null;
  readonly fromDueAt: Date;
  readonly toDueAt: Date;
  readonly fromPolicyVersion: number;
  readonly fromCalendarVersion: number;
}

/** An unresolved case is soon hot, or major, by its age alone (CMP-03). */
export interface ComplaintAgeingWarned extends Happened {
  readonly type: 'ComplaintAgeingWarned';
  readonly becomes: RaisedSeverity;
  readonly dueAt: Date;
  readonly severity: Severity;
  readonly responsibleDepartment: string | null;
  readonly handlerId: string | null;
}

/** CMP-06: a call was promised. */
export interface ComplaintCallbackPromised extends Done {
  readonly type: 'ComplaintCallbackPromised';
  readonly customerId: string | null;
  readonly interactionIds: readonly string[];
  readonly dueAt: Date;
}

/** A duty done before its due time. What is done late has no such fact: it was missed. */
export interface ComplaintClockMet extends Happened, ClockTimes {
  readonly type: 'ComplaintClockMet';
}

/** A due time that passed with the duty undone; `at` is the due time. */
export interface ComplaintClockMissed extends Happened, ClockTimes {
  readonly type: 'ComplaintClockMissed';
}

interface ClockTimes {
  readonly clock: ComplaintClockKind;
  readonly sequence: number;
  readonly forSeverity: RaisedSeverity | null;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly causeClass: CauseClass;
  readonly severity: Severity;
  readonly responsibleDepartment: string | null;
  readonly handlerId: string | null;
}

export interface ComplaintResolved extends Done {
  readonly type: 'ComplaintResolved';
  readonly receivedAt: Date;
  readonly causeClass: CauseClass;
  readonly severity: Severity;
  readonly handlerId: string | null;
  readonly interactionIds: readonly string[];
  readonly returnVisitDueAt: Date;
  readonly specialReportDueAt: Date | null;
}

export interface ReturnVisitRecorded extends Done {
  readonly type: 'ReturnVisitRecorded';
  readonly customerId: string | null;
  readonly channel: TellingChannel;
  readonly satisfaction: number;
  readonly dissatisfied: boolean;
  readonly ledToComplaintId: string | null;
  readonly resolvedAt: Date;
  readonly causeClass: CauseClass;
  readonly severity: Severity;
  readonly handlerId: string | null;
}

/** Asks for the case of a new demand to be opened; its words are in the return visit of this case. */
export interface LinkedCaseRequested extends Done {
  readonly type: 'LinkedCaseRequested';
  readonly linkedComplaintId: string;
  readonly causeClass: CauseClass;
  readonly topic: string;
  readonly unitId: string | null;
  readonly buildingId: string | null;
  readonly customerId: string | null;
}

export interface SpecialReportSubmitted extends Done {
  readonly type: 'SpecialReportSubmitted';
  readonly severity: Severity;
  readonly sentTo: readonly ReportRecipient[];
}

export interface ComplaintReopened extends Done {
  readonly type: 'ComplaintReopened';
  readonly cause: ReopeningCause;
  readonly channel: ComplaintChannel | null;
  readonly secondComplaintCount: number;
  readonly responseDueAt: Date;
  readonly answersNeedApproval: boolean;
}

export interface ComplaintClosed extends Done {
  readonly type: 'ComplaintClosed';
  readonly receivedAt: Date;
  readonly causeClass: CauseClass;
  readonly severity: Severity;
  readonly interactionIds: readonly string[];
}

/** What can happen to a complaint. Each type that others need is published as an event of the same name. */
export type ComplaintFact =
  | ComplaintReceived
  | ComplaintAcknowledged
  | ComplaintAssigned
  | ComplaintResponded
  | ComplaintProgressRecorded
  | ComplaintFactsAdded
  | ComplaintWordsAdded
  | ComplaintStaffNamed
  | ComplaintSeverityChanged
  | ComplaintCauseClassChanged
  | ComplaintCustomerJoined
  | ComplaintCustomerReplaced
  | ComplaintAttachmentAdded
  | ComplaintAttachmentRemoved
  | DemandFormFiled
  | ComplaintClockStarted
  | ComplaintClockWarned
  | ComplaintClockPaused
  | ComplaintClockResumed
  | ComplaintClocksRecomputed
  | ComplaintAgeingWarned
  | ComplaintCallbackPromised
  | ComplaintClockMet
  | ComplaintClockMissed
  | ComplaintResolved
  | ReturnVisitRecorded
  | LinkedCaseRequested
  | SpecialReportSubmitted
  | ComplaintReopened
  | ComplaintClosed
  | ComplaintWorkFact;

type FactOf<Type extends ComplaintFact['type']> = Extract<ComplaintFact, { readonly type: Type }>;

/** A fact of this case at this moment. */
export function factOf<Type extends ComplaintFact['type']>(
  type: Type,
  state: Pick<ComplaintState, 'id' | 'projectId'>,
  at: Date,
  body: Omit<FactOf<Type>, 'type' | 'complaintId' | 'projectId' | 'at'>,
): FactOf<Type> {
  // The compiler cannot put a union's member together from its parts.
  return { type, ...body, complaintId: state.id, projectId: state.projectId, at } as unknown as FactOf<Type>;
}
