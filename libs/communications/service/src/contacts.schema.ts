import { Extensions, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { MessageChannel, MessagePurpose } from '@anju/communications-rules';
import { CommandInput, commandResult } from '@anju/subgraph';
import { refusing } from './communications.refusals';
import { AddressBook, CustomerConsent } from './customer-consent.entity';
import { MessageChannelEnum, MessagePurposeEnum } from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'An address for messages, masked (DIR-05).' })
export class MaskedMessageAddress {
  @Field(() => MessageChannelEnum, { description: 'Of which channel.' })
  channel: MessageChannel;

  @Field(() => String, { description: 'Such as `138****8000` or `w****@example.cn`.' })
  masked: string;
}

@ObjectType({ simpleResolvers: true, description: 'Messages of a purpose by a channel.' })
export class ConsentedMessages {
  @Field(() => MessageChannelEnum, { description: 'The channel.' })
  channel: MessageChannel;

  @Field(() => MessagePurposeEnum, { description: 'The purpose.' })
  purpose: MessagePurpose;
}

@InputType({ description: 'A customer, in a project in which the command may be given.' })
export abstract class CustomerContactInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => ID)
  customerId: string;

  @Field(() => MessageChannelEnum, { description: 'By what he is, or is not, to get it.' })
  channel: MessageChannel;
}

@InputType()
export class RecordConsentInput extends CustomerContactInput {
  @Field(() => MessagePurposeEnum, { description: 'For what.' })
  purpose: MessagePurpose;

  @Field(() => Boolean, { description: 'True: he agrees; false: he objects.' })
  granted: boolean;
}

@InputType()
export class RecordMessageAddressInput extends CustomerContactInput {
  @Extensions({ maxLength: 320 })
  @Field(() => String, { nullable: true, description: 'Left out: he has none any more.' })
  address?: string | null;

  @Extensions({ maxLength: 200 })
  @Field(() => String, {
    nullable: true,
    description: 'How he is spoken to, such as 王女士; as it is unless told. `{customerName}` of templates.',
  })
  addressee?: string | null;
}

export const RecordConsentResult = commandResult(
  'RecordConsentResult',
  CustomerConsent,
  'CustomerConsent',
  refusing('CONSENT_UNCHANGED'),
);

export const RecordMessageAddressResult = commandResult(
  'RecordMessageAddressResult',
  AddressBook,
  'AddressBook',
  refusing('MESSAGE_ADDRESS_NOT_VALID', 'MESSAGE_VALUE_TOO_LONG'),
);
