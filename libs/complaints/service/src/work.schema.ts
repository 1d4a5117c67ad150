import { admission, resultOf } from './complaint.schema';

const onReply = [
  ...admission,
  'COMPLAINT_REPLY_NOT_FOUND',
  'COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS',
] as const;
const verdict = [
  ...onReply,
  'COMPLAINT_REPLY_TEXT_CHANGED',
  'COMPLAINT_REPLY_AWAITS_ANOTHER',
  'COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON',
] as const;
const onHandOver = [...admission, 'COMPLAINT_HAND_OVER_NOT_OPEN', 'COMPLAINT_HAND_OVER_OF_ANOTHER'] as const;

export const DraftComplaintReplyResult = resultOf(
  'DraftComplaintReplyResult',
  ...admission,
  'COMPLAINT_TEXT_MISSING',
);
export const ReviseComplaintReplyResult = resultOf(
  'ReviseComplaintReplyResult',
  ...onReply,
  'COMPLAINT_TEXT_MISSING',
  'COMPLAINT_REPLY_TEXT_UNCHANGED',
);
export const SubmitComplaintReplyResult = resultOf('SubmitComplaintReplyResult', ...onReply);
export const ApproveComplaintReplyResult = resultOf('ApproveComplaintReplyResult', ...verdict);
export const SendBackComplaintReplyResult = resultOf(
  'SendBackComplaintReplyResult',
  ...verdict,
  'COMPLAINT_REASON_MISSING',
);
export const SendComplaintReplyResult = resultOf(
  'SendComplaintReplyResult',
  ...onReply,
  'COMPLAINT_REPLY_CHANNEL_PUBLIC',
);
export const WithdrawComplaintReplyResult = resultOf(
  'WithdrawComplaintReplyResult',
  ...onReply,
  'COMPLAINT_REASON_MISSING',
);
export const IssueComplaintNoticeResult = resultOf(
  'IssueComplaintNoticeResult',
  ...admission,
  'COMPLAINT_TEXT_MISSING',
  'COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS',
  'COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT',
  'COMPLAINT_NOTICE_DEPARTMENT_MISSING',
);
export const NameComplaintCoordinatorResult = resultOf(
  'NameComplaintCoordinatorResult',
  ...admission,
  'COMPLAINT_COORDINATOR_NOT_NEEDED',
  'COMPLAINT_COORDINATOR_UNCHANGED',
);
export const IssueCompanyDemandFormResult = resultOf(
  'IssueCompanyDemandFormResult',
  ...admission,
  'COMPLAINT_TEXT_MISSING',
  'COMPANY_DEMAND_FORM_STILL_OPEN',
  'COMPANY_DEMAND_FORM_DATE_PAST',
);
export const ReportCompanyMeasuresResult = resultOf(
  'ReportCompanyMeasuresResult',
  ...admission,
  'COMPLAINT_TEXT_MISSING',
  'COMPANY_DEMAND_FORM_NOT_OPEN',
  'COMPANY_MEASURES_ALREADY_REPORTED',
);
export const ReportCompanyResultResult = resultOf(
  'ReportCompanyResultResult',
  ...admission,
  'COMPLAINT_TEXT_MISSING',
  'COMPANY_DEMAND_FORM_NOT_OPEN',
  'COMPANY_MEASURES_NOT_REPORTED',
);
export const ReviseDemandFormResult = resultOf(
  'ReviseDemandFormResult',
  ...admission,
  'DEMAND_FORM_NOT_FILED',
  'DEMAND_FORM_INCOMPLETE',
  'COMPLAINT_REASON_MISSING',
);
export const ReviseSpecialReportResult = resultOf(
  'ReviseSpecialReportResult',
  ...admission,
  'SPECIAL_REPORT_NOT_SUBMITTED',
  'SPECIAL_REPORT_INCOMPLETE',
  'COMPLAINT_REASON_MISSING',
);
export const ConfirmDocumentReceiptResult = resultOf(
  'ConfirmDocumentReceiptResult',
  ...admission,
  'COMPLAINT_DOCUMENT_NOT_FOUND',
  'COMPLAINT_DOCUMENT_NOT_SENT_TO',
  'COMPLAINT_DOCUMENT_ALREADY_RECEIVED',
  'COMPLAINT_DOCUMENT_OF_ANOTHER',
  'COMPLAINT_DOCUMENT_SIGNATURE_MISSING',
);
export const HandOverComplaintResult = resultOf(
  'HandOverComplaintResult',
  ...admission,
  'COMPLAINT_REASON_MISSING',
  'COMPLAINT_HANDLER_MISSING',
  'COMPLAINT_ALREADY_ASSIGNED',
  'COMPLAINT_HAND_OVER_OPEN',
);
export const AcceptComplaintHandOverResult = resultOf('AcceptComplaintHandOverResult', ...onHandOver);
export const RefuseComplaintHandOverResult = resultOf(
  'RefuseComplaintHandOverResult',
  ...onHandOver,
  'COMPLAINT_REASON_MISSING',
);
export const PassOnComplaintResult = resultOf(
  'PassOnComplaintResult',
  ...admission,
  'COMPLAINT_PASSING_INCOMPLETE',
  'COMPLAINT_PASSING_NOT_THEN',
  'COMPLAINT_PASSED_ON_ALREADY',
);
export const RecordComplaintUrgingResult = resultOf(
  'RecordComplaintUrgingResult',
  ...admission,
  'URGING_CUSTOMER_NOT_IN_CASE',
);
export const RecordReturnVisitAttemptResult = resultOf(
  'RecordReturnVisitAttemptResult',
  ...admission,
  'VISITED_CUSTOMER_NOT_IN_CASE',
  'COMPLAINT_TEXT_MISSING',
);
export const LinkComplaintResult = resultOf(
  'LinkComplaintResult',
  ...admission,
  'COMPLAINT_IS_ITSELF',
  'COMPLAINT_ALREADY_LINKED',
);
export const JoinComplaintIntoResult = resultOf(
  'JoinComplaintIntoResult',
  ...admission,
  'COMPLAINT_IS_ITSELF',
  'COMPLAINT_REASON_MISSING',
  'COMPLAINT_TO_JOIN_NOT_OPEN',
  'COMPANY_DEMAND_FORM_STILL_OPEN',
);
export const SplitComplaintResult = resultOf(
  'SplitComplaintResult',
  ...admission,
  'COMPLAINT_REASON_MISSING',
  'COMPLAINT_DETAILS_MISSING',
  'SPLIT_CUSTOMERS_NOT_IN_CASE',
  'SPLIT_LEAVES_NOBODY',
);
