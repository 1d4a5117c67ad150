import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, type AggregateDefinition, type Reaction } from '@anju/commands';
import {
  deliveryDeadlines,
  onDeliveryDeadline,
  type CommunicationsEnvironment,
  type DeliveryAttempt,
  type DeliveryFact,
  type DeliveryState,
} from '@anju/communications-rules';
import { communicationsEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { AggregateEntity } from '@anju/subgraph';
import { communicationsEnvironment } from './environment';
import {
  AttemptOutcomeEnum,
  DeliveryStatusEnum,
  MessageChannelEnum,
  MessagePurposeEnum,
  SkipReasonEnum,
} from './graph-enums';
import type { Register } from './register';

@ObjectType({ simpleResolvers: true, description: "One try to send a recipient's copy." })
export class DeliveryAttemptPart implements DeliveryAttempt {
  @Field(() => Int, { description: '1, 2, 3 …' })
  attempt: number;

  @Field(() => Date, { description: 'When it was due.' })
  startedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the carrier was asked.' })
  handedOverAt: Date | null;

  @Field(() => AttemptOutcomeEnum, { nullable: true, description: 'Null while it is running.' })
  outcome: DeliveryAttempt['outcome'];

  @Field(() => String, { nullable: true, description: 'What the carrier gave as code, if anything.' })
  code: string | null;

  @Field(() => Date, { nullable: true, description: 'When the outcome was known.' })
  endedAt: Date | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "A recipient's copy of a message (COM-05)." })
@Entity('delivery')
export class Delivery extends AggregateEntity implements DeliveryState {
  @Column('uuid')
  projectId: string;

  @Field(() => DeliveryStatusEnum, { description: 'What has become of it.' })
  @Column('text')
  status: DeliveryState['status'];

  @Column('uuid')
  messageId: string;

  @Column('uuid')
  customerId: string;

  @Field(() => MessageChannelEnum, { description: 'What it is sent by.' })
  @Column('text')
  channel: DeliveryState['channel'];

  @Field(() => MessagePurposeEnum, { description: 'What it is for.' })
  @Column('text')
  purpose: DeliveryState['purpose'];

  @Field(() => [DeliveryAttemptPart], { description: 'The earliest first.' })
  @JsonColumn()
  attempts: DeliveryState['attempts'];

  @Field(() => Date, { nullable: true, description: 'When it is tried next.' })
  @Column('timestamptz', { nullable: true })
  nextAttemptAt: Date | null;

  @Column('timestamptz', { nullable: true })
  timeoutAt: Date | null;

  @Field(() => SkipReasonEnum, { nullable: true, description: 'Why nothing was sent, where nothing was.' })
  @Column('text', { nullable: true })
  skipReason: DeliveryState['skipReason'];

  @Field(() => Date, { nullable: true, description: 'When it got its last outcome.' })
  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  /** An attempt is running that no sender has taken up. */
  @Column('boolean')
  toBeSent: boolean;
}

export type DeliveryAggregate = AggregateDefinition<
  DeliveryState,
  DeliveryFact,
  CommunicationsEnvironment,
  Delivery
>;

const deliveryEvents = eventsOfFacts<DeliveryFact>()({
  // What is tried and when is between this service and the carriers.
  DeliveryPlanned: null,
  DeliveryAttemptStarted: null,
  DeliveryHandedOver: null,
  DeliveryPostponed: null,
  MessageDelivered: communicationsEvents.messageDelivered,
  DeliveryFailed: communicationsEvents.deliveryFailed,
  DeliverySkipped: communicationsEvents.deliverySkipped,
});

/** @param wake tells those who send that there is something to do */
export function deliveryAggregate(
  references: References,
  register: Register,
  wake: () => void,
): DeliveryAggregate {
  return {
    type: 'Delivery',
    context: 'communications',
    entity: Delivery,
    environment: communicationsEnvironment(references),
    events: deliveryEvents,
    deadlines: deliveryDeadlines,
    onDeadline: onDeliveryDeadline,
    queryColumns: ({ status, attempts }) => ({
      toBeSent: status === 'ATTEMPTING' && attempts.at(-1)!.handedOverAt === null,
    }),
    react: async (fact, state, reaction) => {
      if (fact.type === 'MessageDelivered') await enter(register, state, reaction);
      wake();
    },
  };
}

/** A copy that was taken is a word of the company to the customer, of whoever let it go out. */
async function enter(register: Register, delivery: DeliveryState, { tx, at }: Reaction): Promise<void> {
  const { id, messageId, projectId, customerId, channel } = delivery;
  const [message]: { by: string }[] = await tx.query(
    `select approvals->-1->>'by' as by from message where id = $1`,
    [messageId],
  );
  const about = { kind: 'MESSAGE', subject: 'MESSAGE', subjectId: messageId } as const;
  const word = { source: id, projectId, customerIds: [customerId], channel, saidAt: at };
  await register.enter({ ...word, ...about, by: message!.by }, tx);
}
