import { refusalCodes, type RefusalOf } from '@anju/kernel';
import type { CauseClass, ComplaintClockKind, ComplaintStatus, SpecialReportPart } from './complaint';
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
  COMPLAINT_DETAILS_MISSING: { readonly missing: readonly ('content' | 'topic')[] };
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
  DEMAND_FORM_INCOMPLETE: { readonly missing: readonly ('demand' | 'measures')[] };
  COMPLAINT_RESULT_MISSING: Record<never, never>;
  SATISFACTION_OUT_OF_RANGE: { readonly given: number; readonly lowest: number; readonly highest: number };
  /** `customerId` is null when nobody was named although the case has known customers. */
  VISITED_CUSTOMER_NOT_IN_CASE: { readonly customerId: string | null };
  NEW_DEMAND_INCOMPLETE: { readonly missing: readonly ('content' | 'topic')[] };
  SPECIAL_REPORT_NOT_REQUIRED: { readonly severity: Severity };
  SPECIAL_REPORT_ALREADY_SUBMITTED: { readonly submittedAt: Date };
  SPECIAL_REPORT_INCOMPLETE: { readonly missing: readonly SpecialReportPart[] };
  COMPLAINT_CLOSING_INCOMPLETE: {
    readonly missing: readonly { readonly clock: ComplaintClockKind; readonly dueAt: Date }[];
  };
  /** The policy lets these run while the customer is waited for; `pausable` are those that it does not. */
  COMPLAINT_CLOCK_NOT_PAUSABLE: {
    readonly clocks: readonly ComplaintClockKind[];
    readonly pausable: readonly ComplaintClockKind[];
  };
  NO_COMPLAINT_CLOCK_RUNNING: { readonly clocks: readonly ComplaintClockKind[] };
  /** Those asked for; none when all were meant. */
  NO_COMPLAINT_CLOCK_PAUSED: { readonly clocks: readonly ComplaintClockKind[] };
  CALLBACK_CUSTOMER_NOT_IN_CASE: { readonly customerId: string };
  CALLBACK_ALREADY_PROMISED: { readonly dueAt: Date };
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
});
