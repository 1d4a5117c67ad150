import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { TellingChannel, WordKind, WordSubject } from '@anju/communications-rules';
import { CommandInput, FilterConditions, commandResult, connectionType } from '@anju/subgraph';
import { refusing } from './communications.refusals';
import { CustomerWord } from './customer-word.entity';
import { TellingChannelEnum, WordKindEnum, WordSubjectEnum } from './graph-enums';

export const CustomerWordConnection = connectionType(CustomerWord, 'CustomerWord');

@InputType({ description: 'All conditions together.' })
export class CustomerWordFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => [WordKindEnum], { nullable: true })
  kind?: WordKind[] | null;

  @Field(() => [TellingChannelEnum], { nullable: true })
  channel?: TellingChannel[] | null;

  @Field(() => WordSubjectEnum, { nullable: true })
  subject?: WordSubject | null;

  @Field(() => ID, { nullable: true, description: 'What it was about, by its id.' })
  subjectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The employee who said it.' })
  staffId?: string | null;

  @Field(() => Date, { nullable: true })
  saidFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  saidBefore?: Date | null;
}

/** What the filter asks of rows `t` of the register. */
export function customerWordConditions(filter: CustomerWordFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.customerId, (id) => `t.customer_ids @> array[${id}]::uuid[]`)
    .where(filter?.kind, (kinds) => `t.kind = any(${kinds})`)
    .where(filter?.channel, (channels) => `t.channel = any(${channels})`)
    .where(filter?.subject, (subject) => `t.subject = ${subject}`)
    .where(filter?.subjectId, (id) => `t.subject_id = ${id}`)
    .where(filter?.staffId, (id) => `t.by = ${id}`)
    .where(filter?.saidFrom, (at) => `t.said_at >= ${at}`)
    .where(filter?.saidBefore, (at) => `t.said_at < ${at}`);
}

@InputType({ description: 'A word to customers that no other record tells of, such as a callback.' })
export class RecordCustomerWordInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => [ID], { description: 'Who was told.' })
  customerIds: string[];

  @Field(() => WordKindEnum, { description: 'What kind of word it was.' })
  kind: WordKind;

  @Field(() => TellingChannelEnum, { description: 'How it was said.' })
  channel: TellingChannel;

  @Field(() => Date, { nullable: true, description: 'When; now unless told.' })
  saidAt?: Date | null;

  @Extensions({ maxLength: 5_000 })
  @Field(() => String, { description: 'What was said.' })
  content: string;
}

export const RecordCustomerWordResult = commandResult(
  'RecordCustomerWordResult',
  CustomerWord,
  'CustomerWord',
  refusing('COMMUNICATION_IN_FUTURE', 'COMMUNICATION_TEXT_MISSING'),
);
