import type { CompanyDemandForm, DocumentReceipt, WrittenNotice } from './document-state';
import type { ComplaintHandOver } from './hand-over';
import type { ComplaintSplit, JoinedInto } from './linking';
import type { ComplaintPassing } from './passing-on';
import type { ReportRecipient } from './policy';
import type { ComplaintReply } from './reply-state';
import type { ReturnVisitAttempt } from './return-visit-attempts';
import type { RaisedSeverity, ReportableFact, Severity } from './severity';
import type { ComplaintUrging } from './urging';

/** 一类 the company's own service, 二类 the developer, 三类 the outside environment (CMP-01). */
export const causeClasses = ['CLASS_1', 'CLASS_2', 'CLASS_3'] as const;
export type CauseClass = (typeof causeClasses)[number];

export const complaintStatuses = [
  'RECEIVED',
  'ACKNOWLEDGED',
  'IN_HANDLING',
  'RESOLVED',
  'CLOSED',
  'REOPENED',
  'JOINED',
] as const;
export type ComplaintStatus = (typeof complaintStatuses)[number];

/** How a complaint comes in: the channels of reception and three more. */
export const complaintChannels = [
  'PHONE',
  'VISIT',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'LETTER_BOX',
  'PATROL',
  'QUALITY_CENTRE',
  'DEVELOPER_CUSTOMER_RELATIONS',
  'RETURN_VISIT',
] as const;
export type ComplaintChannel = (typeof complaintChannels)[number];

/** How a customer is told or visited. */
export const tellingChannels = [
  'PHONE',
  'IN_PERSON',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'SMS',
  'NOTICE',
] as const;
export type TellingChannel = (typeof tellingChannels)[number];

/** What is timed from a start to a due time. */
export const complaintClockKinds = [
  'RESPONSE',
  'CALLBACK',
  'REPLY',
  'MEASURES',
  'DEMAND_FORM',
  'COMPANY_MEASURES',
  'COMPANY_RESULT',
  'SPECIAL_REPORT',
  'RETURN_VISIT',
] as const;
export type ComplaintClockKind = (typeof complaintClockKinds)[number];

/** Who waits for a duty, or has to do it. */
export const clockParties = [
  'CUSTOMER',
  'HANDLER',
  'CUSTOMER_SERVICE',
  'DEPARTMENT_HEAD',
  'CUSTOMER_RELATIONS',
  'PROJECT_MANAGER',
  'DIVISION_LEADER',
  'GENERAL_MANAGER',
  'QUALITY_CENTRE',
] as const;
export type ClockParty = (typeof clockParties)[number];

/** A time during which a duty did not run, because the customer was waited for. */
export interface ClockPause {
  readonly pausedAt: Date;
  readonly by: string;
  readonly reason: string;
  /** Null while it lasts. */
  readonly resumedAt: Date | null;
}

/** One timed duty. Nothing in it is taken back: `warnedAt` and the last three instants are set once at most. */
export interface ComplaintClock {
  /** 1, 2, 3 … within the case, in the order in which the duties arose. */
  readonly sequence: number;
  readonly kind: ComplaintClockKind;
  /** The severity whose reaching asked for a demand form; null for the other kinds. */
  readonly forSeverity: RaisedSeverity | null;
  readonly startedAt: Date;
  /** While the duty is paused, what it was; it is put off by the pause when it goes on. */
  readonly dueAt: Date;
  /** Where a person set the date (CMP-10): that date; null where the rule gives it. */
  readonly setDueAt: Date | null;
  /** When a warning is given; null for none. */
  readonly warnAt: Date | null;
  readonly warnedAt: Date | null;
  /** Who has to act. */
  readonly waitingFor: ClockParty;
  readonly pauses: readonly ClockPause[];
  /** What is left of the duty's own time while it is paused; else null. */
  readonly leftMillis: number | null;
  /** The policy and the calendar that the due time was computed with; 0: the built-in ones. */
  readonly policyVersion: number;
  readonly calendarVersion: number;
  /** When the duty was done, in time or late. */
  readonly metAt: Date | null;
  /** `dueAt`, once that has passed with the duty undone. */
  readonly missedAt: Date | null;
  /** When the duty fell away before it was done. */
  readonly lapsedAt: Date | null;
  /** When it came from a case that ended in this one; null for a duty of its own. What was missed before was missed there. */
  readonly carriedAt: Date | null;
}

/** CMP-06: the customer was told that somebody will call. */
export interface CallbackPromise {
  readonly at: Date;
  readonly by: string;
  /** Who was promised the call; null for all of the case, or for one who is not known. */
  readonly customerId: string | null;
  /** What the call is to be about. */
  readonly note: string | null;
}

export interface ComplaintMember {
  readonly customerId: string;
  readonly joinedAt: Date;
  /** The contact through which the customer joined; null when there was none. */
  readonly interactionId: string | null;
}

/** What the complaint is about. Neither unit nor building: the project as a whole. */
export interface ComplaintSubject {
  /** A code of the project's topic list. */
  readonly topic: string;
  readonly unitId: string | null;
  readonly buildingId: string | null;
}

/** What a customer said in a contact that belongs to the case. */
export interface ContactWords {
  readonly interactionId: string;
  readonly words: string;
  readonly knownAt: Date;
}

export interface KnownFact {
  readonly fact: ReportableFact;
  readonly knownAt: Date;
  readonly by: string;
  readonly note: string | null;
}

export interface SeverityRaise {
  readonly to: RaisedSeverity;
  readonly reason: string;
  readonly at: Date;
  readonly by: string;
}

/** CMP-04: the customer was thanked and told that an answer will come. */
export interface Acknowledgement {
  readonly at: Date;
  readonly by: string;
  readonly channel: TellingChannel;
}

/** CMP-05: the handling response. */
export interface ComplaintResponse {
  readonly at: Date;
  readonly by: string;
  readonly channel: TellingChannel;
  readonly text: string;
}

export interface ComplaintProgress {
  readonly at: Date;
  readonly by: string;
  readonly text: string;
  /** The channel by which the customer was told; null when this was not told. */
  readonly toldBy: TellingChannel | null;
}

/** 客户诉求处理表, as it was sent. */
export interface FiledDemandForm {
  readonly sequence: number;
  /** 1 for the form as it was first filed; a further version for each correction. */
  readonly version: number;
  readonly filedAt: Date;
  readonly by: string;
  /** The case's severity when the form went out. */
  readonly severity: RaisedSeverity;
  readonly demand: string;
  readonly measures: string;
  readonly sentTo: readonly ReportRecipient[];
  /** What a further version changed; null in the first. */
  readonly revisedBecause: string | null;
}

/** The six parts of a special report (CMP-11), all required. */
export const specialReportParts = [
  'content',
  'cause',
  'process',
  'result',
  'lessons',
  'correctiveActions',
] as const;
export type SpecialReportPart = (typeof specialReportParts)[number];

export interface SpecialReport extends Readonly<Record<SpecialReportPart, string>> {
  readonly sequence: number;
  /** 1 for the report as it was first submitted; a further version for each correction. */
  readonly version: number;
  readonly submittedAt: Date;
  readonly by: string;
  readonly sentTo: readonly ReportRecipient[];
  /** What a further version changed; null in the first. */
  readonly revisedBecause: string | null;
}

export interface Resolution {
  readonly at: Date;
  readonly by: string;
  readonly result: string;
}

export interface Closing {
  readonly at: Date;
  readonly by: string;
}

export interface ReturnVisit {
  readonly at: Date;
  readonly by: string;
  /** The customer visited; null when the case has no known customer. */
  readonly customerId: string | null;
  readonly channel: TellingChannel;
  /** 1 (worst) to 5. */
  readonly satisfaction: number;
  readonly remarks: string | null;
  readonly newDemand: NewDemand | null;
}

/** A demand that arose at a return visit; it becomes a case of its own. */
export interface NewDemand {
  /** The id that the linked case is to get. */
  readonly complaintId: string;
  readonly causeClass: CauseClass;
  readonly topic: string;
  readonly content: string;
}

export interface Reopening {
  readonly at: Date;
  readonly by: string;
  readonly cause: ReopeningCause;
  readonly reason: string | null;
  /** How the customer complained again; null where nobody said, and at a return visit. */
  readonly channel: ComplaintChannel | null;
}
export type ReopeningCause = 'DISSATISFIED_AT_RETURN_VISIT' | 'COMPLAINED_AGAIN';

export interface CauseClassChange {
  readonly from: CauseClass;
  readonly to: CauseClass;
  readonly reason: string;
  readonly at: Date;
  readonly by: string;
}

/**
 * What another case is to this one: `LED_TO`, it came from a return visit of this one, and `CAME_FROM` the other way
 * round; `RELATED`; `JOINED_INTO`, this one ended in it, and `TOOK_IN`; `SPLIT_INTO`, members of this one are there
 * now, and `SPLIT_FROM`.
 */
export const linkedCaseRelations = [
  'LED_TO',
  'CAME_FROM',
  'RELATED',
  'JOINED_INTO',
  'TOOK_IN',
  'SPLIT_INTO',
  'SPLIT_FROM',
] as const;
export type LinkedCaseRelation = (typeof linkedCaseRelations)[number];

export interface LinkedCase {
  readonly complaintId: string;
  readonly relation: LinkedCaseRelation;
}

/** A file of the case. Its content is kept elsewhere, under the same id. */
export interface ComplaintAttachment {
  readonly id: string;
  readonly name: string;
  /** By what is in it, such as `image/jpeg`. */
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly addedAt: Date;
  readonly by: string;
  readonly note: string | null;
  /** Once it was taken off: it cannot be read any more. */
  readonly removal: AttachmentRemoval | null;
}

export interface AttachmentRemoval {
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

/**
 * CMP-03. The due instants follow from the receipt and the policy, and are never put off by waiting for the
 * customer; the others are set when the case was that old unresolved.
 */
export interface ComplaintAgeing {
  /** Its receipt, or that of an older case whose complaint it is, too. */
  readonly countsFromAt: Date;
  readonly becomesHotAt: Date;
  readonly becomesMajorAt: Date;
  /** When a warning of it is given; null for none. */
  readonly hotWarnAt: Date | null;
  readonly majorWarnAt: Date | null;
  readonly warnedOfHotAt: Date | null;
  readonly warnedOfMajorAt: Date | null;
  readonly wasUnresolvedForAWeekAt: Date | null;
  readonly wasUnresolvedForAMonthAt: Date | null;
  /** The policy and the calendar that the instants were computed with; 0: the built-in ones. */
  readonly policyVersion: number;
  readonly calendarVersion: number;
}

/**
 * A complaint case. Lists only grow (CMP-13), except that a merge of two customer records may make two
 * members one, and that a split takes members out. Staff, customers, units and departments are ids and codes of the directory.
 */
export interface ComplaintState {
  readonly id: string;
  readonly projectId: string;
  /** Such as `JX-C20260302-001`. */
  readonly number: string;
  readonly status: ComplaintStatus;
  readonly causeClass: CauseClass;
  readonly severity: Severity;
  readonly subject: ComplaintSubject;
  /** The complaint in words; null when none have come to the case. */
  readonly content: string | null;
  /** What was said in each contact that belongs to the case, as far as it is known here. */
  readonly contactWords: readonly ContactWords[];
  readonly channel: ComplaintChannel;
  readonly receivedAt: Date;
  readonly receivedBy: string;
  /** Whether what the customers are answered goes out as an approved reply alone (CMP-08); never taken back. */
  readonly answersNeedApproval: boolean;
  /** When the developer's customer-relations centre passed it on, if it came in otherwise (CMP-07). */
  readonly passings: readonly ComplaintPassing[];
  readonly members: readonly ComplaintMember[];
  /** Every contact that led to this case. */
  readonly interactionIds: readonly string[];
  readonly facts: readonly KnownFact[];
  readonly raises: readonly SeverityRaise[];
  readonly ageing: ComplaintAgeing;
  readonly responsibleDepartment: string | null;
  readonly handlerId: string | null;
  /** Employees whom the complaint names; none of them handles it (CMP-15). */
  readonly namedStaffIds: readonly string[];
  readonly acknowledgement: Acknowledgement | null;
  readonly responses: readonly ComplaintResponse[];
  readonly progress: readonly ComplaintProgress[];
  readonly callbackPromises: readonly CallbackPromise[];
  readonly demandForms: readonly FiledDemandForm[];
  readonly resolutions: readonly Resolution[];
  /** When it was resolved, while it is resolved or closed. */
  readonly resolvedAt: Date | null;
  readonly returnVisits: readonly ReturnVisit[];
  readonly specialReports: readonly SpecialReport[];
  readonly closings: readonly Closing[];
  /** When it was closed, while it is closed. */
  readonly closedAt: Date | null;
  /** Each is a second complaint. */
  readonly reopenings: readonly Reopening[];
  readonly causeClassChanges: readonly CauseClassChange[];
  readonly linkedCases: readonly LinkedCase[];
  readonly attachments: readonly ComplaintAttachment[];
  /** Replies that have to be approved, sent or not (CMP-08). */
  readonly replies: readonly ComplaintReply[];
  readonly notices: readonly WrittenNotice[];
  /** Who coordinates a case of class 3 with those outside (CMP-09). */
  readonly coordinatorId: string | null;
  readonly companyForms: readonly CompanyDemandForm[];
  readonly documentReceipts: readonly DocumentReceipt[];
  readonly handOvers: readonly ComplaintHandOver[];
  readonly urgings: readonly ComplaintUrging[];
  readonly returnVisitAttempts: readonly ReturnVisitAttempt[];
  readonly splits: readonly ComplaintSplit[];
  /** Set when the case ended in another one. */
  readonly joinedInto: JoinedInto | null;
  readonly clocks: readonly ComplaintClock[];
}

/**
 * The number of a case: project code, C, local date of receipt, daily sequence.
 * @param receivedOn `YYYY-MM-DD` in the project's time zone
 * @param sequence 1 for the day's first; beyond 999 the number grows longer
 * @throws RangeError when the sequence is not a whole number from 1
 */
export function complaintNumber(projectCode: string, receivedOn: string, sequence: number): string {
  if (!Number.isSafeInteger(sequence) || sequence < 1)
    throw new RangeError(`not a daily sequence: ${sequence}`);
  return `${projectCode}-C${receivedOn.replaceAll('-', '')}-${String(sequence).padStart(3, '0')}`;
}

/** The members of the case. */
export function customersOf(state: Pick<ComplaintState, 'members'>): readonly string[] {
  return state.members.map((member) => member.customerId);
}

/** The number of different customers in the case (CMP-14). */
export function groupSize(state: Pick<ComplaintState, 'members'>): number {
  return new Set(state.members.map((member) => member.customerId)).size;
}

/** Unresolved: its age counts, and it is offered for joining. */
export function isUnresolved(status: ComplaintStatus): boolean {
  return status !== 'RESOLVED' && !isOver(status);
}

/** Over: closed, or joined into another case. */
export function isOver(status: ComplaintStatus): boolean {
  return status === 'CLOSED' || status === 'JOINED';
}
