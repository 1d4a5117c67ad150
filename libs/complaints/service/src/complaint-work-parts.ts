import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  ClassDuty,
  CompanyDemandForm,
  CompanyReport,
  ComplaintDocument,
  ComplaintHandOver,
  ComplaintPassing,
  ComplaintReply,
  ComplaintSplit,
  ComplaintUrging,
  DocumentReceipt,
  HandlerProposal,
  JoinedInto,
  ReplyRevision,
  ReplySending,
  ReplyStep,
  ReturnVisitAttempt,
  WrittenNotice,
} from '@anju/complaints-rules';
import { ComplaintMemberPart } from './complaint-parts';
import { CauseClassEnum, ComplaintChannelEnum, TellingChannelEnum } from './graph-enums';
import {
  ClassDutyKindEnum,
  ComplaintDocumentKindEnum,
  DocumentRecipientEnum,
  HandOverOutcomeEnum,
  NoticeKindEnum,
  NoticeWayEnum,
  ProposalReasonEnum,
  ReplyApproverEnum,
  ReplyAudienceEnum,
  ReplyStatusEnum,
  ReplyVerdictEnum,
  ReturnVisitReleaseEnum,
  VisitObstacleEnum,
} from './work-enums';

/* What belongs to the work on a case, as the graph shows it: the rules' own values, kept as JSON with the case. */

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType('ComplaintReplyRevision', { simpleResolvers: true, description: 'One wording of a reply.' })
export class ReplyRevisionPart implements ReplyRevision {
  @Field(() => Int, { description: '1 for the first wording.' })
  revision: number;

  @Field(() => String, { description: 'What the customer is to read.' })
  text: string;

  @Field(() => Date, { description: 'When it was written.' })
  at: Date;

  @Field(() => String, actor)
  by: string;
}

@ObjectType('ComplaintReplyStep', {
  simpleResolvers: true,
  description: 'One approver asked about one wording; the time that he took is his alone (CMP-08).',
})
export class ReplyStepPart implements ReplyStep {
  @Field(() => ReplyApproverEnum, { description: 'Who is asked.' })
  approver: ReplyStep['approver'];

  @Field(() => Int, { description: 'About which wording.' })
  revision: number;

  @Field(() => Date, { description: 'Since when it is his to decide.' })
  askedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When he decided.' })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Who decided, by staff id.' })
  by: string | null;

  @Field(() => ReplyVerdictEnum, { nullable: true, description: 'What he said.' })
  verdict: ReplyStep['verdict'];

  @Field(() => String, { nullable: true, description: 'Why he sent it back.' })
  reason: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When another wording, or giving the reply up, made this step count for nothing.',
  })
  voidedAt: Date | null;
}

@ObjectType('ComplaintReplySending', { simpleResolvers: true, description: 'The reply went out.' })
export class ReplySendingPart implements ReplySending {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;
}

@ObjectType('ComplaintReply', {
  simpleResolvers: true,
  description: 'A reply to the customers that has to be approved before it goes out (回复, CMP-08).',
})
export class ComplaintReplyPart implements ComplaintReply {
  @Field(() => Int, { description: '1 for the first reply of the case.' })
  sequence: number;

  @Field(() => ReplyAudienceEnum, { description: 'Whom it speaks to; its ladder follows from that.' })
  audience: ComplaintReply['audience'];

  @Field(() => ReplyStatusEnum, { description: 'How far it has come.' })
  status: ComplaintReply['status'];

  @Field(() => Boolean, { description: 'Whether the general manager is asked last.' })
  generalManagerAsked: boolean;

  @Field(() => Boolean, { description: 'Whether it says what is being done (CMP-07).' })
  statesMeasures: boolean;

  @Field(() => [ReplyRevisionPart], { description: 'Every wording; the last one holds.' })
  revisions: ComplaintReply['revisions'];

  @Field(() => [ReplyApproverEnum], {
    description: 'Whom the wording has to pass, in this order; empty until it is submitted.',
  })
  ladder: ComplaintReply['ladder'];

  @Field(() => [ReplyStepPart], { description: 'Everybody who was asked, also about earlier wordings.' })
  steps: ComplaintReply['steps'];

  @Field(() => ReplySendingPart, { nullable: true, description: 'When it went out.' })
  sent: ReplySending | null;

  @Field(() => String, { nullable: true, description: 'Why it was given up.' })
  withdrawnBecause: string | null;
}

@ObjectType('ComplaintDocumentReceipt', { simpleResolvers: true, description: 'A document arrived.' })
export class DocumentReceiptPart implements DocumentReceipt {
  @Field(() => ComplaintDocumentKindEnum, { description: 'What it is.' })
  document: DocumentReceipt['document'];

  @Field(() => Int, { description: 'Which of its kind in the case.' })
  sequence: number;

  @Field(() => DocumentRecipientEnum, { description: 'At whom.' })
  recipient: DocumentReceipt['recipient'];

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { nullable: true, description: 'Who signed for it outside.' })
  signedBy: string | null;
}

@ObjectType('ComplaintDocument', {
  simpleResolvers: true,
  description: 'A written part of the case: when it went out, to whom, and who has it.',
})
export class ComplaintDocumentPart implements ComplaintDocument {
  @Field(() => ComplaintDocumentKindEnum, { description: 'What it is.' })
  document: ComplaintDocument['document'];

  @Field(() => Int, { description: 'Which of its kind in the case.' })
  sequence: number;

  @Field(() => String, { description: 'The case’s number, the kind’s letter and the sequence.' })
  number: string;

  @Field(() => Int, { description: '1, or one more for each correction that was sent again.' })
  version: number;

  @Field(() => Date, { description: 'When it went out.' })
  sentAt: Date;

  @Field(() => [DocumentRecipientEnum], { description: 'To whom.' })
  sentTo: ComplaintDocument['sentTo'];

  @Field(() => [DocumentReceiptPart], { description: 'Who has it.' })
  receipts: ComplaintDocument['receipts'];
}

@ObjectType('ComplaintNotice', {
  simpleResolvers: true,
  description: 'A written notice as it was sent (书面通知, CMP-09).',
})
export class ComplaintNoticePart implements WrittenNotice {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => NoticeKindEnum, { description: 'What it is.' })
  kind: WrittenNotice['kind'];

  @Field(() => DocumentRecipientEnum, { description: 'To whom.' })
  to: WrittenNotice['to'];

  @Field(() => String, { nullable: true, description: 'The department outside, in words.' })
  department: string | null;

  @Field(() => NoticeWayEnum, { description: 'How it was sent.' })
  way: WrittenNotice['way'];

  @Field(() => String, { description: 'What it says.' })
  text: string;

  @Field(() => Date, { description: 'When it was sent.' })
  sentAt: Date;

  @Field(() => String, actor)
  by: string;
}

@ObjectType('CompanyReport', {
  simpleResolvers: true,
  description: 'What the service centre reports to the quality centre (CMP-10).',
})
export class CompanyReportPart implements CompanyReport {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'The measures, or the result.' })
  text: string;
}

@ObjectType('CompanyDemandForm', {
  simpleResolvers: true,
  description: 'A demand form that the quality centre issued ((公司)客户诉求处理表, CMP-10).',
})
export class CompanyDemandFormPart implements CompanyDemandForm {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => Date, { description: 'When it was issued.' })
  issuedAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'What is demanded.' })
  demand: string;

  @Field(() => Date, { description: 'By when the result is asked for.' })
  finishAt: Date;

  @Field(() => CompanyReportPart, { nullable: true, description: 'The measures, once reported.' })
  measures: CompanyReport | null;

  @Field(() => CompanyReportPart, { nullable: true, description: 'The result, once reported.' })
  result: CompanyReport | null;
}

@ObjectType('ComplaintHandOver', {
  simpleResolvers: true,
  description: 'The case was offered to another handler; it changes hands when he accepts (移交).',
})
export class ComplaintHandOverPart implements ComplaintHandOver {
  @Field(() => Int, { description: '1 for the first of the case.' })
  sequence: number;

  @Field(() => Date, { description: 'When it was offered.' })
  offeredAt: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'Code of the department that is to have it.' })
  toDepartment: string;

  @Field(() => ID, { description: 'Who is to have it.' })
  toHandlerId: string;

  @Field(() => String, { nullable: true, description: 'Code of the department that had it.' })
  fromDepartment: string | null;

  @Field(() => ID, { nullable: true, description: 'Who had it.' })
  fromHandlerId: string | null;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => HandOverOutcomeEnum, { description: 'What became of the offer.' })
  outcome: ComplaintHandOver['outcome'];

  @Field(() => Date, { nullable: true, description: 'When it was answered, or fell away.' })
  answeredAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'Who answered it.' })
  answeredBy: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused.' })
  answer: string | null;
}

@ObjectType('ComplaintPassing', {
  simpleResolvers: true,
  description: 'The developer’s customer-relations centre passed the complaint on (转发, CMP-07).',
})
export class ComplaintPassingPart implements ComplaintPassing {
  @Field(() => Date, { description: 'When it was recorded.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => Date, { description: 'When the centre passed it on; the reply is timed from here.' })
  passedOnAt: Date;

  @Field(() => String, { description: 'Who passed it on there.' })
  passedOnBy: string;

  @Field(() => String, { description: 'The centre’s own number of it.' })
  reference: string;
}

@ObjectType('ComplaintUrging', { simpleResolvers: true, description: 'A customer asked again (催办).' })
export class ComplaintUrgingPart implements ComplaintUrging {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => ID, { nullable: true, description: 'Who urged.' })
  customerId: string | null;

  @Field(() => ComplaintChannelEnum, { description: 'How.' })
  channel: ComplaintUrging['channel'];

  @Field(() => ID, { nullable: true, description: 'The contact in which he urged.' })
  interactionId: string | null;

  @Field(() => String, { nullable: true, description: 'What he said.' })
  note: string | null;
}

@ObjectType('ReturnVisitAttempt', {
  simpleResolvers: true,
  description: 'A return visit that was tried and did not come about (CMP-12).',
})
export class ReturnVisitAttemptPart implements ReturnVisitAttempt {
  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => ID, { nullable: true, description: 'Who was to be visited.' })
  customerId: string | null;

  @Field(() => TellingChannelEnum, { description: 'How.' })
  channel: ReturnVisitAttempt['channel'];

  @Field(() => VisitObstacleEnum, { description: 'Why it did not come about.' })
  obstacle: ReturnVisitAttempt['obstacle'];

  @Field(() => String, { nullable: true, description: 'In words.' })
  remarks: string | null;

  @Field(() => ReturnVisitReleaseEnum, {
    nullable: true,
    description:
      'What it showed, with those before it, so that no visit is owed any more; null while one is.',
  })
  release: ReturnVisitAttempt['release'];
}

@ObjectType('ComplaintSplit', {
  simpleResolvers: true,
  description: 'Members got a case of their own, as theirs is another complaint.',
})
export class ComplaintSplitPart implements ComplaintSplit {
  @Field(() => ID, { description: 'Their case.' })
  complaintId: string;

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => CauseClassEnum, { description: 'The class of theirs.' })
  causeClass: ComplaintSplit['causeClass'];

  @Field(() => String, { description: 'The topic of theirs, as a code.' })
  topic: string;

  @Field(() => String, { nullable: true, description: 'Theirs in words.' })
  content: string | null;

  @Field(() => [ComplaintMemberPart], { description: 'Who they are.' })
  members: ComplaintSplit['members'];
}

@ObjectType('ComplaintJoinedInto', {
  simpleResolvers: true,
  description: 'The case ended in another one, which has its members, contacts and facts (并案).',
})
export class JoinedIntoPart implements JoinedInto {
  @Field(() => ID, { description: 'The case that goes on.' })
  complaintId: string;

  @Field(() => Date, { description: 'When.' })
  at: Date;

  @Field(() => String, actor)
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@ObjectType('ComplaintClassDuty', {
  simpleResolvers: true,
  description: 'What the cause class asks for beside what every case has, done or not (CMP-09).',
})
export class ClassDutyPart implements ClassDuty {
  @Field(() => ClassDutyKindEnum, { description: 'What.' })
  duty: ClassDuty['duty'];

  @Field(() => DocumentRecipientEnum, { nullable: true, description: 'To whom, for a report.' })
  recipient: ClassDuty['recipient'];

  @Field(() => Boolean, { description: 'Whether it is done.' })
  isDone: boolean;
}

@ObjectType('HandlerProposal', {
  simpleResolvers: true,
  description: 'Somebody who may handle a case, by rule and load; a person decides (CMP-04).',
})
export class HandlerProposalPart implements HandlerProposal {
  @Field(() => ID, { description: 'The employee.' })
  staffId: string;

  @Field(() => String, { description: 'His department.' })
  departmentCode: string;

  @Field(() => String, { description: 'His position.' })
  position: string;

  @Field(() => Int, { description: 'Cases of the project that he handles and that are unresolved.' })
  openCases: number;

  @Field(() => [ProposalReasonEnum], { description: 'Why he stands where he stands.' })
  reasons: HandlerProposal['reasons'];
}
