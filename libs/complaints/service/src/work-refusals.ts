import { ID, Int } from 'type-graphql';
import { refusalTypes } from '@anju/subgraph';
import { CauseClassEnum, ComplaintStatusEnum, TellingChannelEnum } from './graph-enums';
import {
  ApprovalObstacleEnum,
  ComplaintDocumentKindEnum,
  DocumentRecipientEnum,
  NoticeKindEnum,
  PassingDetailEnum,
  ReplyApproverEnum,
  ReplyAudienceEnum,
  ReplyStatusEnum,
} from './work-enums';

/** Refusals of the work on a case: replies, documents, hand overs, links. */
export const workRefusals = refusalTypes({
  COMPLAINT_ANSWER_NOT_APPROVED: {
    command: String,
    instead: String,
    audience: ReplyAudienceEnum,
    approvers: [ReplyApproverEnum],
  },
  COMPLAINT_REPLY_CHANNEL_PUBLIC: {
    publicChannel: { type: TellingChannelEnum, nullable: true },
    approvedFor: ReplyAudienceEnum,
  },
  COMPLAINT_PASSING_INCOMPLETE: { missing: [PassingDetailEnum] },
  COMPLAINT_PASSING_NOT_THEN: { passedOnAt: Date, earliest: Date, latest: Date },
  COMPLAINT_PASSED_ON_ALREADY: { reference: String, passedOnAt: Date },
  COMPLAINT_REPLY_NOT_FOUND: { sequence: Int },
  COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS: {
    command: String,
    replyStatus: ReplyStatusEnum,
    allowedFrom: [ReplyStatusEnum],
  },
  COMPLAINT_REPLY_TEXT_UNCHANGED: { sequence: Int },
  COMPLAINT_REPLY_TEXT_CHANGED: { read: Int, current: Int },
  COMPLAINT_REPLY_AWAITS_ANOTHER: { awaits: ReplyApproverEnum },
  COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON: { staffId: ID, because: ApprovalObstacleEnum },
  COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS: {
    noticeKind: NoticeKindEnum,
    causeClass: CauseClassEnum,
    kinds: [NoticeKindEnum],
  },
  COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT: {
    noticeKind: NoticeKindEnum,
    addressee: DocumentRecipientEnum,
    meant: [DocumentRecipientEnum],
  },
  COMPLAINT_NOTICE_DEPARTMENT_MISSING: {},
  COMPLAINT_COORDINATOR_NOT_NEEDED: { causeClass: CauseClassEnum },
  COMPLAINT_COORDINATOR_UNCHANGED: { coordinatorId: ID },
  COMPANY_DEMAND_FORM_STILL_OPEN: { issuedAt: Date },
  COMPANY_DEMAND_FORM_DATE_PAST: { finishAt: Date, now: Date },
  COMPANY_DEMAND_FORM_NOT_OPEN: { command: String },
  COMPANY_MEASURES_ALREADY_REPORTED: { reportedAt: Date },
  COMPANY_MEASURES_NOT_REPORTED: {},
  DEMAND_FORM_NOT_FILED: {},
  SPECIAL_REPORT_NOT_SUBMITTED: {},
  COMPLAINT_DOCUMENT_NOT_FOUND: { document: ComplaintDocumentKindEnum, sequence: Int },
  COMPLAINT_DOCUMENT_NOT_SENT_TO: {
    recipient: DocumentRecipientEnum,
    documentSentTo: [DocumentRecipientEnum],
  },
  COMPLAINT_DOCUMENT_ALREADY_RECEIVED: { receivedAt: Date },
  COMPLAINT_DOCUMENT_OF_ANOTHER: { recipient: DocumentRecipientEnum },
  COMPLAINT_DOCUMENT_SIGNATURE_MISSING: {},
  COMPLAINT_HAND_OVER_OPEN: { offeredToId: ID },
  COMPLAINT_HAND_OVER_NOT_OPEN: { command: String },
  COMPLAINT_HAND_OVER_OF_ANOTHER: { offeredToId: ID },
  URGING_CUSTOMER_NOT_IN_CASE: { customerId: { type: ID, nullable: true } },
  COMPLAINT_IS_ITSELF: { command: String },
  COMPLAINT_ALREADY_LINKED: { linkedComplaintId: ID },
  COMPLAINT_TO_JOIN_NOT_OPEN: { otherStatus: ComplaintStatusEnum },
  SPLIT_CUSTOMERS_NOT_IN_CASE: { customerIds: [ID] },
  SPLIT_LEAVES_NOBODY: {},
});
