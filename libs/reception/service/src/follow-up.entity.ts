import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import type { FollowUpReply, FollowUpResult, FollowUpState, Reminder } from '@anju/reception-rules';
import { AggregateEntity, stub, stubOrNull, type Stub } from '@anju/subgraph';
import {
  EnteredReasonEnum,
  FollowUpCategoryEnum,
  FollowUpStatusEnum,
  LeftReasonEnum,
  TellingChannelEnum,
} from './graph-enums';
import { PartnerStub, ProjectStub } from './stubs';

const actor = { description: 'A staff id.' };

@ObjectType('FollowUpReminder', {
  simpleResolvers: true,
  description: 'Those who have to act were reminded (REC-14).',
})
export class ReminderPart implements Reminder {
  @Field(() => TellingChannelEnum)
  channel: Reminder['channel'];

  @Field(() => String, { nullable: true })
  note: string | null;

  @Field(() => String, actor)
  by: string;

  @Field(() => Date)
  remindedAt: Date;
}

@ObjectType('FollowUpResult', { simpleResolvers: true, description: 'What has come of it.' })
export class FollowUpResultPart implements FollowUpResult {
  @Field(() => String)
  text: string;

  @Field(() => String, actor)
  by: string;

  @Field(() => Date)
  recordedAt: Date;
}

@ObjectType('FollowUpReply', { simpleResolvers: true, description: 'The customer was told the result.' })
export class FollowUpReplyPart implements FollowUpReply {
  @Field(() => TellingChannelEnum)
  channel: FollowUpReply['channel'];

  @Field(() => String)
  text: string;

  @Field(() => String, actor)
  by: string;

  @Field(() => Date)
  toldAt: Date;
}

/** 分类处理记录 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "An entry of the register of what is overdue or in others' hands (分类处理记录).",
})
@Entity('follow_up')
export class FollowUp extends AggregateEntity implements FollowUpState {
  @Column('uuid')
  projectId: string;

  @Field(() => FollowUpStatusEnum)
  @Column('text')
  status: FollowUpState['status'];

  @Field(() => FollowUpCategoryEnum)
  @Column('text')
  category: FollowUpState['category'];

  @Column('uuid')
  interactionId: string;

  @Column('uuid', { nullable: true })
  workOrderId: string | null;

  @Column('uuid', { nullable: true })
  partnerId: string | null;

  @Field(() => Date, { nullable: true, description: 'When the outside firm promised to come.' })
  @Column('timestamptz', { nullable: true })
  promisedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What it is about; null for an overdue work order.' })
  @Column('text', { nullable: true })
  matter: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  enteredAt: Date;

  @Field(() => String, { nullable: true, description: 'A staff id; null for an entry that made itself.' })
  @Column('text', { nullable: true })
  enteredBy: string | null;

  @Field(() => EnteredReasonEnum)
  @Column('text')
  enteredReason: FollowUpState['enteredReason'];

  @Field(() => [ReminderPart], { description: 'Oldest first.' })
  @JsonColumn()
  reminders: readonly Reminder[];

  @Field(() => Date, {
    nullable: true,
    description: 'When the promised time passed with nobody there (REC-14).',
  })
  @Column('timestamptz', { nullable: true })
  flaggedAt: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  arrivedAt: Date | null;

  @Field(() => FollowUpResultPart, { nullable: true })
  @JsonColumn({ nullable: true })
  result: FollowUpResult | null;

  @Field(() => FollowUpReplyPart, { nullable: true })
  @JsonColumn({ nullable: true })
  reply: FollowUpReply | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  leftAt: Date | null;

  @Field(() => LeftReasonEnum, { nullable: true })
  @Column('text', { nullable: true })
  leftReason: FollowUpState['leftReason'];

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => PartnerStub, { nullable: true, description: 'The outside firm of a vendor entry.' })
  get partner(): Stub | null {
    return stubOrNull(this.partnerId);
  }
}
