import { refusalCodes, type RefusalOf } from '@anju/kernel';
import type {
  CauseClass,
  ComplaintClockKind,
  ComplaintStatus,
  SpecialReportPart,
  TellingChannel,
} from './complaint';
import type { ComplaintDocumentKind, DocumentRecipient, NoticeKind } from './document-state';
import type { ClassDuty } from './class-duties';
import type { PassingDetail } from './passing-on';
import type { ReplyApprover, ReplyAudience, ReplyStatus } from './reply-state';
import type { ReportableFact, Severity } from './severity';

/** Why a complaint command is not carried out: each code with what its message needs. */
export type ComplaintRefusals = {
  COMPLAINT_NOT_IN_REQUIRED_STATUS: {
    readonly command: string;
    readonly status: ComplaintStatus;
    readonly allowedIn: readonly ComplaintStatus[];
  };
  /** CMP-15, for the person acting as well as for the handler proposed. */
  NAMED_EMPLOYEE_CANNOT_HANDLE: { readonly staffId: string };
  COMPLAINT_RECEIVED_IN_FUTURE: { readonly receivedAt: Date; readonly now: Date };
  COMPLAINT_DETAILS_MISSING: { readonly missing: readonly ('content' | 'topic' | 'reason')[] };
  THANKS_NOT_GIVEN: Record<never, never>;
  COMPLAINT_HANDLER_MISSING: { readonly responsibleDepartment: string | null };
  COMPLAINT_DEPARTMENT_MISSING: Record<never, never>;
  COMPLAINT_ALREADY_ASSIGNED: { readonly responsibleDepartment: string; readonly handlerId: string };
  COMPLAINT_TEXT_MISSING: { readonly command: string };
  COMPLAINT_REASON_MISSING: { readonly command: string };
  COMPLAINT_FACTS_ALREADY_KNOWN: { readonly knownFacts: readonly ReportableFact[] };
  COMPLAINT_STAFF_ALREADY_NAMED: { readonly staffIds: readonly string[] };
  SEVERITY_NOT_HIGHER: { readonly severity: Severity; readonly asked: Severity };
  CAUSE_CLASS_UNCHANGED: { readonly causeClass: CauseClass };
  /** Not there any more, for another project, of somebody else, or attached already. */
  COMPLAINT_UPLOADS_NOT_USABLE: { readonly fileIds: readonly string[] };
  COMPLAINT_ATTACHMENTS_TOO_MANY: {
    readonly attached: number;
    readonly added: number;
    readonly most: number;
  };
  COMPLAINT_ATTACHMENTS_TOO_LARGE: { readonly megabytes: number; readonly mostMegabytes: number };
  COMPLAINT_ATTACHMENT_NOT_THERE: { readonly attachmentId: string };
  DEMAND_FORM_NOT_REQUIRED: { readonly severity: Severity };
  DEMAND_FORM_INCOMPLETE: { readonly missing: readonly ('demand' | 'measures' | 'reason')[] };
  COMPLAINT_RESULT_MISSING: Record<never, never>;
  SATISFACTION_OUT_OF_RANGE: { readonly given: number; readonly lowest: number; readonly highest: number };
  /** `customerId` is null when nobody was named although the case has known customers. */
  VISITED_CUSTOMER_NOT_IN_CASE: { readonly customerId: string | null };
  NEW_DEMAND_INCOMPLETE: { readonly missing: readonly ('content' | 'topic')[] };
  SPECIAL_REPORT_NOT_REQUIRED: { readonly severity: Severity };
  SPECIAL_REPORT_ALREADY_SUBMITTED: { readonly submittedAt: Date };
  SPECIAL_REPORT_INCOMPLETE: { readonly missing: readonly (SpecialReportPart | 'reason')[] };
  COMPLAINT_CLOSING_INCOMPLETE: {
    readonly missing: readonly { readonly clock: ComplaintClockKind; readonly dueAt: Date }[];
    /** What the cause class asks for and is not done (CMP-09). */
    readonly missingByClass: readonly ClassDuty[];
  };
  /** The policy lets these run while the customer is waited for; `pausable` are those that it does not. */
  COMPLAINT_CLOCK_NOT_PAUSABLE: {
    readonly kinds: readonly ComplaintClockKind[];
    readonly pausable: readonly ComplaintClockKind[];
  };
  NO_COMPLAINT_CLOCK_RUNNING: { readonly kinds: readonly ComplaintClockKind[] };
  /** Those asked for; none when all were meant. */
  NO_COMPLAINT_CLOCK_PAUSED: { readonly kinds: readonly ComplaintClockKind[] };
  CALLBACK_CUSTOMER_NOT_IN_CASE: { readonly customerId: string };
  CALLBACK_ALREADY_PROMISED: { readonly dueAt: Date };
} & ReplyRefusals &
  DocumentRefusals &
  HandOverAndLinkRefusals;

type ReplyRefusals = {
  /** The customer would be answered with what nobody has approved; `instead` begins the way that leads there. */
  COMPLAINT_ANSWER_NOT_APPROVED: {
    readonly command: string;
    readonly instead: 'draftComplaintReply';
    readonly audience: ReplyAudience;
    readonly approvers: readonly ReplyApprover[];
  };
  /** What speaks to the customer alone would be read by everybody. */
  COMPLAINT_REPLY_CHANNEL_PUBLIC: {
    readonly publicChannel: TellingChannel;
    readonly approvedFor: ReplyAudience;
  };
  COMPLAINT_PASSING_INCOMPLETE: { readonly missing: readonly PassingDetail[] };
  COMPLAINT_PASSING_NOT_THEN: {
    readonly passedOnAt: Date;
    readonly earliest: Date;
    readonly latest: Date;
  };
  COMPLAINT_PASSED_ON_ALREADY: { readonly reference: string; readonly passedOnAt: Date };
  COMPLAINT_REPLY_NOT_FOUND: { readonly sequence: number };
  COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS: {
    readonly command: string;
    readonly replyStatus: ReplyStatus;
    readonly allowedFrom: readonly ReplyStatus[];
  };
  COMPLAINT_REPLY_TEXT_UNCHANGED: { readonly sequence: number };
  /** The wording that he read is not the one that stands. */
  COMPLAINT_REPLY_TEXT_CHANGED: { readonly read: number; readonly current: number };
  COMPLAINT_REPLY_AWAITS_ANOTHER: { readonly awaits: ReplyApprover };
  COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON: { readonly staffId: string; readonly because: ApprovalObstacle };
};

/** Why somebody cannot approve a reply although it is his step. */
export type ApprovalObstacle = 'WROTE_IT' | 'APPROVED_BEFORE';

type DocumentRefusals = {
  COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS: {
    readonly noticeKind: NoticeKind;
    readonly causeClass: CauseClass;
    readonly kinds: readonly NoticeKind[];
  };
  COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT: {
    readonly noticeKind: NoticeKind;
    readonly addressee: DocumentRecipient;
    readonly meant: readonly DocumentRecipient[];
  };
  COMPLAINT_NOTICE_DEPARTMENT_MISSING: Record<never, never>;
  COMPLAINT_COORDINATOR_NOT_NEEDED: { readonly causeClass: CauseClass };
  COMPLAINT_COORDINATOR_UNCHANGED: { readonly coordinatorId: string };
  COMPANY_DEMAND_FORM_STILL_OPEN: { readonly issuedAt: Date };
  COMPANY_DEMAND_FORM_DATE_PAST: { readonly finishAt: Date; readonly now: Date };
  COMPANY_DEMAND_FORM_NOT_OPEN: { readonly command: string };
  COMPANY_MEASURES_ALREADY_REPORTED: { readonly reportedAt: Date };
  COMPANY_MEASURES_NOT_REPORTED: Record<never, never>;
  DEMAND_FORM_NOT_FILED: Record<never, never>;
  SPECIAL_REPORT_NOT_SUBMITTED: Record<never, never>;
  COMPLAINT_DOCUMENT_NOT_FOUND: { readonly document: ComplaintDocumentKind; readonly sequence: number };
  COMPLAINT_DOCUMENT_NOT_SENT_TO: {
    readonly recipient: DocumentRecipient;
    readonly documentSentTo: readonly DocumentRecipient[];
  };
  COMPLAINT_DOCUMENT_ALREADY_RECEIVED: { readonly receivedAt: Date };
  COMPLAINT_DOCUMENT_OF_ANOTHER: { readonly recipient: DocumentRecipient };
  COMPLAINT_DOCUMENT_SIGNATURE_MISSING: Record<never, never>;
};

type HandOverAndLinkRefusals = {
  COMPLAINT_HAND_OVER_OPEN: { readonly offeredToId: string };
  COMPLAINT_HAND_OVER_NOT_OPEN: { readonly command: string };
  COMPLAINT_HAND_OVER_OF_ANOTHER: { readonly offeredToId: string };
  URGING_CUSTOMER_NOT_IN_CASE: { readonly customerId: string | null };
  COMPLAINT_IS_ITSELF: { readonly command: string };
  COMPLAINT_ALREADY_LINKED: { readonly linkedComplaintId: string };
  COMPLAINT_TO_JOIN_NOT_OPEN: { readonly otherStatus: ComplaintStatus };
  SPLIT_CUSTOMERS_NOT_IN_CASE: { readonly customerIds: readonly string[] };
  SPLIT_LEAVES_NOBODY: Record<never, never>;
};

export type ComplaintRefusalCode = keyof ComplaintRefusals;

/** The refusal of one code, or of any of several. */
export type ComplaintRefusal<Code extends ComplaintRefusalCode = ComplaintRefusalCode> = RefusalOf<
  ComplaintRefusals,
  Code
>;

/** Every refusal code of the complaints context, for the error list and the labels. */
export const complaintRefusalCodes = refusalCodes<ComplaintRefusalCode>({
  COMPLAINT_NOT_IN_REQUIRED_STATUS: true,
  NAMED_EMPLOYEE_CANNOT_HANDLE: true,
  COMPLAINT_RECEIVED_IN_FUTURE: true,
  COMPLAINT_DETAILS_MISSING: true,
  THANKS_NOT_GIVEN: true,
  COMPLAINT_HANDLER_MISSING: true,
  COMPLAINT_DEPARTMENT_MISSING: true,
  COMPLAINT_ALREADY_ASSIGNED: true,
  COMPLAINT_TEXT_MISSING: true,
  COMPLAINT_REASON_MISSING: true,
  COMPLAINT_FACTS_ALREADY_KNOWN: true,
  COMPLAINT_STAFF_ALREADY_NAMED: true,
  SEVERITY_NOT_HIGHER: true,
  CAUSE_CLASS_UNCHANGED: true,
  COMPLAINT_UPLOADS_NOT_USABLE: true,
  COMPLAINT_ATTACHMENTS_TOO_MANY: true,
  COMPLAINT_ATTACHMENTS_TOO_LARGE: true,
  COMPLAINT_ATTACHMENT_NOT_THERE: true,
  DEMAND_FORM_NOT_REQUIRED: true,
  DEMAND_FORM_INCOMPLETE: true,
  COMPLAINT_RESULT_MISSING: true,
  SATISFACTION_OUT_OF_RANGE: true,
  VISITED_CUSTOMER_NOT_IN_CASE: true,
  NEW_DEMAND_INCOMPLETE: true,
  SPECIAL_REPORT_NOT_REQUIRED: true,
  SPECIAL_REPORT_ALREADY_SUBMITTED: true,
  SPECIAL_REPORT_INCOMPLETE: true,
  COMPLAINT_CLOSING_INCOMPLETE: true,
  COMPLAINT_CLOCK_NOT_PAUSABLE: true,
  NO_COMPLAINT_CLOCK_RUNNING: true,
  NO_COMPLAINT_CLOCK_PAUSED: true,
  CALLBACK_CUSTOMER_NOT_IN_CASE: true,
  CALLBACK_ALREADY_PROMISED: true,
  COMPLAINT_ANSWER_NOT_APPROVED: true,
  COMPLAINT_REPLY_CHANNEL_PUBLIC: true,
  COMPLAINT_PASSING_INCOMPLETE: true,
  COMPLAINT_PASSING_NOT_THEN: true,
  COMPLAINT_PASSED_ON_ALREADY: true,
  COMPLAINT_REPLY_NOT_FOUND: true,
  COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS: true,
  COMPLAINT_REPLY_TEXT_UNCHANGED: true,
  COMPLAINT_REPLY_TEXT_CHANGED: true,
  COMPLAINT_REPLY_AWAITS_ANOTHER: true,
  COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON: true,
  COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS: true,
  COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT: true,
  COMPLAINT_NOTICE_DEPARTMENT_MISSING: true,
  COMPLAINT_COORDINATOR_NOT_NEEDED: true,
  COMPLAINT_COORDINATOR_UNCHANGED: true,
  COMPANY_DEMAND_FORM_STILL_OPEN: true,
  COMPANY_DEMAND_FORM_DATE_PAST: true,
  COMPANY_DEMAND_FORM_NOT_OPEN: true,
  COMPANY_MEASURES_ALREADY_REPORTED: true,
  COMPANY_MEASURES_NOT_REPORTED: true,
  DEMAND_FORM_NOT_FILED: true,
  SPECIAL_REPORT_NOT_SUBMITTED: true,
  COMPLAINT_DOCUMENT_NOT_FOUND: true,
  COMPLAINT_DOCUMENT_NOT_SENT_TO: true,
  COMPLAINT_DOCUMENT_ALREADY_RECEIVED: true,
  COMPLAINT_DOCUMENT_OF_ANOTHER: true,
  COMPLAINT_DOCUMENT_SIGNATURE_MISSING: true,
  COMPLAINT_HAND_OVER_OPEN: true,
  COMPLAINT_HAND_OVER_NOT_OPEN: true,
  COMPLAINT_HAND_OVER_OF_ANOTHER: true,
  URGING_CUSTOMER_NOT_IN_CASE: true,
  COMPLAINT_IS_ITSELF: true,
  COMPLAINT_ALREADY_LINKED: true,
  COMPLAINT_TO_JOIN_NOT_OPEN: true,
  SPLIT_CUSTOMERS_NOT_IN_CASE: true,
  SPLIT_LEAVES_NOBODY: true,
});
