import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type {
  CauseClass,
  ComplaintChannel,
  ComplaintDocumentKind,
  DocumentRecipient,
  NoticeKind,
  NoticeWay,
  ReplyAudience,
  TellingChannel,
  VisitObstacle,
} from '@anju/complaints-rules';
import {
  ComplaintCommandInput,
  SubmitSpecialReportInput,
  codeLength,
  reportLength,
  textLength,
} from './complaint.inputs';
import { CauseClassEnum, ComplaintChannelEnum, TellingChannelEnum } from './graph-enums';
import {
  ComplaintDocumentKindEnum,
  DocumentRecipientEnum,
  NoticeKindEnum,
  NoticeWayEnum,
  ReplyAudienceEnum,
  VisitObstacleEnum,
} from './work-enums';

@InputType({ description: 'A reply that has to be approved before it goes out (CMP-08).' })
export class DraftComplaintReplyInput extends ComplaintCommandInput {
  @Field(() => ReplyAudienceEnum, { description: 'Whom it speaks to; its ladder follows from that.' })
  audience: ReplyAudience;

  @Field(() => Boolean, { nullable: true, description: 'True: the general manager is asked last, too.' })
  generalManagerAsked?: boolean | null;

  @Field(() => Boolean, {
    description: 'True: it says what is being done; sent, it is the measures of CMP-07, too.',
  })
  statesMeasures: boolean;

  @Extensions(reportLength)
  @Field(() => String, { description: 'What the customer is to read.' })
  text: string;
}

@InputType()
export abstract class ComplaintReplyInput extends ComplaintCommandInput {
  @Field(() => Int, { description: 'Which reply of the case.' })
  sequence: number;
}

@InputType({ description: 'Another wording of a reply; what was approved before counts for nothing.' })
export class ReviseComplaintReplyInput extends ComplaintReplyInput {
  @Extensions(reportLength)
  @Field(() => String, { description: 'The whole new wording.' })
  text: string;
}

@InputType({ description: 'A reply for the first of its approvers.' })
export class SubmitComplaintReplyInput extends ComplaintReplyInput {}

@InputType({ description: 'An approval of exactly one wording (CMP-08).' })
export class ApproveComplaintReplyInput extends ComplaintReplyInput {
  @Field(() => Int, { description: 'The wording that was read.' })
  revision: number;

  @Field(() => Boolean, { nullable: true, description: 'True: the general manager is asked last, too.' })
  askGeneralManager?: boolean | null;
}

@InputType({ description: 'A wording that is not approved, with the reason.' })
export class SendBackComplaintReplyInput extends ComplaintReplyInput {
  @Field(() => Int, { description: 'The wording that was read.' })
  revision: number;

  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'An approved reply that goes out.' })
export class SendComplaintReplyInput extends ComplaintReplyInput {
  @Field(() => TellingChannelEnum, { description: 'How it goes out.' })
  channel: TellingChannel;
}

@InputType({ description: 'A reply that is given up.' })
export class WithdrawComplaintReplyInput extends ComplaintReplyInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'A written notice (书面通知, CMP-09).' })
export class IssueComplaintNoticeInput extends ComplaintCommandInput {
  @Field(() => NoticeKindEnum, { description: 'What it is; the cause class asks for it.' })
  kind: NoticeKind;

  @Field(() => DocumentRecipientEnum, { description: 'To whom.' })
  to: DocumentRecipient;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'The department outside, in words.' })
  department?: string | null;

  @Field(() => NoticeWayEnum, { description: 'How it is sent.' })
  way: NoticeWay;

  @Extensions(reportLength)
  @Field(() => String, { description: 'What it says.' })
  text: string;
}

@InputType({ description: 'Who coordinates a case of class 3 (CMP-09).' })
export class NameComplaintCoordinatorInput extends ComplaintCommandInput {
  @Field(() => ID, { description: 'The employee.' })
  coordinatorId: string;
}

@InputType({ description: 'The demand form of the company ((公司)客户诉求处理表, CMP-10).' })
export class IssueCompanyDemandFormInput extends ComplaintCommandInput {
  @Extensions(reportLength)
  @Field(() => String, { description: 'What is demanded.' })
  demand: string;

  @Field(() => Date, { description: 'By when the case is to be finished and its result reported.' })
  finishAt: Date;
}

@InputType({ description: 'The measures that the service centre reports (CMP-10).' })
export class ReportCompanyMeasuresInput extends ComplaintCommandInput {
  @Extensions(reportLength)
  @Field(() => String, { description: 'What is done, and by when.' })
  text: string;
}

@InputType({ description: 'The result that the service centre reports (CMP-10).' })
export class ReportCompanyResultInput extends ComplaintCommandInput {
  @Extensions(reportLength)
  @Field(() => String, { description: 'What came of it.' })
  text: string;
}

@InputType({ description: 'A further version of the demand form that was sent last (CMP-11).' })
export class ReviseDemandFormInput extends ComplaintCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What the customers ask for (客户诉求).' })
  demand: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'What is being done, and by when (处理措施).' })
  measures: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'What changed since.' })
  reason: string;
}

@InputType({ description: 'A further version of the special report, all six parts again (CMP-11).' })
export class ReviseSpecialReportInput extends SubmitSpecialReportInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What changed since.' })
  reason: string;
}

@InputType({ description: 'A document that arrived.' })
export class ConfirmDocumentReceiptInput extends ComplaintCommandInput {
  @Field(() => ComplaintDocumentKindEnum, { description: 'What it is.' })
  document: ComplaintDocumentKind;

  @Field(() => Int, { description: 'Which of its kind in the case.' })
  sequence: number;

  @Field(() => DocumentRecipientEnum, { description: 'At whom.' })
  recipient: DocumentRecipient;

  @Extensions(codeLength)
  @Field(() => String, { nullable: true, description: 'Who signed for it outside.' })
  signedBy?: string | null;
}

@InputType({ description: 'An offer of the case to another handler (移交).' })
export class HandOverComplaintInput extends ComplaintCommandInput {
  @Extensions(codeLength)
  @Field(() => String, { description: 'Code of the department that is to have it.' })
  toDepartment: string;

  @Field(() => ID, { description: 'Who is to have it.' })
  toHandlerId: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'The offered case is taken.' })
export class AcceptComplaintHandOverInput extends ComplaintCommandInput {}

@InputType({ description: 'The offered case is not taken.' })
export class RefuseComplaintHandOverInput extends ComplaintCommandInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({
  description: 'A complaint that the developer’s customer-relations centre passes on (转发, CMP-07).',
})
export class PassOnComplaintInput extends ComplaintCommandInput {
  @Field(() => Date, { nullable: true, description: 'When it passed it on; now unless told.' })
  passedOnAt?: Date | null;

  @Extensions(codeLength)
  @Field(() => String, { description: 'Who passes it on there.' })
  passedOnBy: string;

  @Extensions(codeLength)
  @Field(() => String, { description: 'The centre’s own number of it.' })
  reference: string;
}

@InputType({ description: 'A customer asks again where the complaint stands (催办).' })
export class RecordComplaintUrgingInput extends ComplaintCommandInput {
  @Field(() => ID, { nullable: true, description: 'Who urges; none when it is not known.' })
  customerId?: string | null;

  @Field(() => ComplaintChannelEnum, { description: 'How.' })
  channel: ComplaintChannel;

  @Field(() => ID, { nullable: true, description: 'The contact in which he urged.' })
  interactionId?: string | null;

  @Extensions(textLength)
  @Field(() => String, { nullable: true, description: 'What he said.' })
  note?: string | null;
}

@InputType({ description: 'A return visit that did not come about (CMP-12).' })
export class RecordReturnVisitAttemptInput extends ComplaintCommandInput {
  @Field(() => ID, { nullable: true, description: 'Who was to be visited; none only in an anonymous case.' })
  customerId?: string | null;

  @Field(() => TellingChannelEnum, { description: 'How.' })
  channel: TellingChannel;

  @Field(() => VisitObstacleEnum, { description: 'Why it did not come about.' })
  obstacle: VisitObstacle;

  @Extensions(textLength)
  @Field(() => String, { nullable: true, description: 'In words; needed where the customer declined.' })
  remarks?: string | null;
}

@InputType({ description: 'Two cases that have to do with each other.' })
export class LinkComplaintInput extends ComplaintCommandInput {
  @Field(() => ID, { description: 'The other case, of the same project.' })
  otherComplaintId: string;
}

@InputType({ description: 'A case that turned out to be the same as another (并案).' })
export class JoinComplaintIntoInput extends ComplaintCommandInput {
  @Field(() => ID, { description: 'The case that goes on, of the same project.' })
  intoComplaintId: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Members who get a case of their own.' })
export class SplitComplaintInput extends ComplaintCommandInput {
  @Field(() => [ID], { description: 'Who they are; at least one stays.' })
  customerIds: string[];

  @Field(() => CauseClassEnum, { description: 'The class of theirs.' })
  causeClass: CauseClass;

  @Extensions(codeLength)
  @Field(() => String, { description: 'What theirs is about: a code such as `LIFT`.' })
  topic: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'Theirs in words.' })
  content: string;

  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}
