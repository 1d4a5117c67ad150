import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { AggregateDefinition } from '@anju/commands';
import type { CommunicationsEnvironment, WordFact, WordState } from '@anju/communications-rules';
import { communicationsEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { AggregateEntity } from '@anju/subgraph';
import { communicationsEnvironment } from './environment';
import { TellingChannelEnum, WordKindEnum, WordSubjectEnum } from './graph-enums';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A word to customers: an entry of the communication record (《客户沟通记录表》, COM-02).',
})
@Entity('customer_word')
export class CustomerWord extends AggregateEntity implements WordState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Column('text')
  status: WordState['status'];

  @Column('uuid', { array: true })
  customerIds: WordState['customerIds'];

  @Field(() => WordKindEnum, { description: 'What kind of word it was.' })
  @Column('text')
  kind: WordState['kind'];

  @Field(() => TellingChannelEnum, { description: 'How it was said.' })
  @Column('text')
  channel: WordState['channel'];

  @Field(() => Date, { description: 'When it was said.' })
  @Column('timestamptz')
  saidAt: Date;

  @Column('text')
  by: string;

  @Field(() => WordSubjectEnum, { description: 'What it was about.' })
  @Column('text')
  subject: WordState['subject'];

  @Field(() => ID, { nullable: true, description: 'The id of what it was about.' })
  @Column('uuid', { nullable: true })
  subjectId: string | null;

  @Column('uuid', { nullable: true })
  eventId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'In words, when it was entered by hand; else what it was about holds them.',
  })
  @Column('text', { nullable: true })
  content: string | null;

  @Field(() => Date, { description: 'When it came into the register.' })
  @Column('timestamptz')
  recordedAt: Date;
}

export type WordAggregate = AggregateDefinition<WordState, WordFact, CommunicationsEnvironment, CustomerWord>;

const wordEvents = eventsOfFacts<WordFact>()({
  CustomerWordRecorded: communicationsEvents.customerWordRecorded,
  CustomerWordReassigned: communicationsEvents.customerWordReassigned,
});

export function wordAggregate(references: References): WordAggregate {
  return {
    type: 'CustomerWord',
    context: 'communications',
    entity: CustomerWord,
    environment: communicationsEnvironment(references),
    events: wordEvents,
  };
}
