import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, type AggregateDefinition } from '@anju/commands';
import {
  messageDeadlines,
  onMessageDeadline,
  type CommunicationsEnvironment,
  type MessageFact,
  type MessageState,
} from '@anju/communications-rules';
import { communicationsEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { AggregateEntity } from '@anju/subgraph';
import { communicationsEnvironment } from './environment';
import { MessageChannelEnum, MessagePurposeEnum, MessageStatusEnum } from './graph-enums';
import {
  MessageApprovalPart,
  MessageCancellationPart,
  MessageCounts,
  MessageRejectionPart,
} from './message.parts';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A message to many customers (COM-05).' })
@Entity('message')
export class Message extends AggregateEntity implements MessageState {
  @Column('uuid')
  projectId: string;

  @Field(() => MessageStatusEnum, { description: 'How far it has come.' })
  @Column('text')
  status: MessageState['status'];

  @Field(() => MessageChannelEnum, { description: 'What it is sent by.' })
  @Column('text')
  channel: MessageState['channel'];

  @Field(() => MessagePurposeEnum, { description: 'What it is for.' })
  @Column('text')
  purpose: MessageState['purpose'];

  @Column('uuid')
  templateId: string;

  @Field(() => Int, { description: 'Of the template, whose words it has.' })
  @Column('int')
  templateVersion: number;

  @Field(() => String, { nullable: true, description: 'Of an e-mail, with `{field}` where a value comes.' })
  @Column('text', { nullable: true })
  subject: string | null;

  @Field(() => String, { description: 'Its words, with `{field}` where a value comes.' })
  @Column('text')
  text: string;

  @JsonColumn()
  values: MessageState['values'];

  @JsonColumn({ nullable: true })
  audience: MessageState['audience'];

  @Field(() => Int, {
    description: 'One more with every change of text or audience; approved is one of them.',
  })
  @Column('int')
  revision: number;

  @Field(() => Date, { nullable: true, description: 'Not before then; null for as soon as it is approved.' })
  @Column('timestamptz', { nullable: true })
  notBeforeAt: Date | null;

  @Column('text', { array: true })
  authorIds: MessageState['authorIds'];

  @Field(() => Date, { description: 'When it was begun.' })
  @Column('timestamptz')
  draftedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When approval was asked for, while it is.' })
  @Column('timestamptz', { nullable: true })
  submittedAt: Date | null;

  @Field(() => [MessageRejectionPart], { description: 'Each time that it was sent back.' })
  @JsonColumn()
  rejections: MessageState['rejections'];

  @Field(() => [MessageApprovalPart], { description: 'Each approval; at most the last one holds.' })
  @JsonColumn()
  approvals: MessageState['approvals'];

  @Field(() => Date, {
    nullable: true,
    description: 'When sending begins, outside quiet hours; null unless it is approved.',
  })
  @Column('timestamptz', { nullable: true })
  sendAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When sending began.' })
  @Column('timestamptz', { nullable: true })
  sendingSinceAt: Date | null;

  @Field(() => MessageCounts, { nullable: true, description: 'Once every recipient has an outcome.' })
  @JsonColumn({ nullable: true })
  counts: MessageState['counts'];

  @Field(() => Date, { nullable: true, description: 'When the last recipient had his outcome.' })
  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  @Field(() => MessageCancellationPart, { nullable: true, description: 'Where it was given up.' })
  @JsonColumn({ nullable: true })
  cancellation: MessageState['cancellation'];
}

export type MessageAggregate = AggregateDefinition<
  MessageState,
  MessageFact,
  CommunicationsEnvironment,
  Message
>;

const messageEvents = eventsOfFacts<MessageFact>()({
  MessageDrafted: communicationsEvents.messageDrafted,
  MessageEdited: communicationsEvents.messageEdited,
  MessageAudienceSet: communicationsEvents.messageAudienceSet,
  MessageSubmitted: communicationsEvents.messageSubmitted,
  MessageApproved: communicationsEvents.messageApproved,
  MessageApprovalVoided: communicationsEvents.messageApprovalVoided,
  MessageRejected: communicationsEvents.messageRejected,
  MessagePostponed: communicationsEvents.messagePostponed,
  MessageSendingStarted: communicationsEvents.messageSendingStarted,
  MessageSent: communicationsEvents.messageSent,
  MessageCancelled: communicationsEvents.messageCancelled,
});

/** @param wake tells those who send that there is something */
export function messageAggregate(references: References, wake: () => void): MessageAggregate {
  return {
    type: 'Message',
    context: 'communications',
    entity: Message,
    environment: communicationsEnvironment(references),
    events: messageEvents,
    deadlines: messageDeadlines,
    onDeadline: onMessageDeadline,
    react: (fact) => {
      if (fact.type === 'MessageSendingStarted') wake();
      return Promise.resolve();
    },
  };
}
