import { Field, Int, ObjectType } from 'type-graphql';
import type { ComplaintReply, ReplyRevision, ReplySending, ReplyStep } from '@anju/complaints-rules';
import { ReplyApproverEnum, ReplyAudienceEnum, ReplyStatusEnum, ReplyVerdictEnum } from './work-enums';

/* The replies of a case, as the graph shows them: the rules' own values, kept as JSON with the case. */

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
