import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, SealedColumn, type AggregateDefinition } from '@anju/commands';
import type {
  AddressBookState,
  CommunicationsEnvironment,
  ConsentChange,
  ConsentFact,
  ConsentState,
  MessageAddressRecorded,
} from '@anju/communications-rules';
import { communicationsEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { AggregateEntity } from '@anju/subgraph';
import { communicationsEnvironment } from './environment';
import { MessageChannelEnum, MessagePurposeEnum } from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'That a customer agreed to messages, or objected.' })
export class ConsentChangePart implements ConsentChange {
  @Field(() => MessageChannelEnum, { description: 'By which channel.' })
  channel: ConsentChange['channel'];

  @Field(() => MessagePurposeEnum, { description: 'For what.' })
  purpose: ConsentChange['purpose'];

  @Field(() => Boolean, { description: 'True: he agreed; false: he objected.' })
  granted: boolean;

  @Field(() => String, { description: 'Id of the employee who recorded it.' })
  by: string;

  @Field(() => Date, { description: 'When.' })
  changedAt: Date;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'What a customer agreed to get, by channel and purpose; what he said last counts (COM-05).',
})
@Entity('customer_consent')
export class CustomerConsent extends AggregateEntity implements ConsentState {
  projectId: null;

  @Column('uuid')
  customerId: string;

  @Column('text')
  status: ConsentState['status'];

  @Field(() => [ConsentChangePart], { description: 'All that he said, the earliest first.' })
  @JsonColumn()
  changes: ConsentState['changes'];
}

/** Where a customer wants to get messages; sealed, and in the graph only masked. */
@ObjectType({ simpleResolvers: true, description: 'Where a customer wants to get messages (COM-05).' })
@Entity('address_book')
export class AddressBook extends AggregateEntity implements AddressBookState {
  projectId: null;

  @Column('uuid')
  customerId: string;

  @Column('text')
  status: AddressBookState['status'];

  @Field(() => String, { nullable: true, description: 'How he is spoken to, such as 王女士.' })
  @SealedColumn('address_book.addressee')
  addressee: string | null;

  @SealedColumn('address_book.addresses')
  addresses: AddressBookState['addresses'];
}

export type ConsentAggregate = AggregateDefinition<
  ConsentState,
  ConsentFact,
  CommunicationsEnvironment,
  CustomerConsent
>;

export type AddressBookAggregate = AggregateDefinition<
  AddressBookState,
  MessageAddressRecorded,
  CommunicationsEnvironment,
  AddressBook
>;

const consentEvents = eventsOfFacts<ConsentFact>()({
  ConsentGiven: communicationsEvents.consentGiven,
  ConsentWithdrawn: communicationsEvents.consentWithdrawn,
});

export function consentAggregate(references: References): ConsentAggregate {
  return {
    type: 'CustomerConsent',
    context: 'communications',
    entity: CustomerConsent,
    environment: communicationsEnvironment(references),
    events: consentEvents,
  };
}

export function addressBookAggregate(references: References): AddressBookAggregate {
  return {
    type: 'AddressBook',
    context: 'communications',
    entity: AddressBook,
    environment: communicationsEnvironment(references),
    events: eventsOfFacts<MessageAddressRecorded>()({ MessageAddressRecorded: null }),
  };
}
