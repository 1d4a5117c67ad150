import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, type AggregateDefinition } from '@anju/commands';
import type {
  CommunicationsEnvironment,
  TemplateFact,
  TemplateFieldKind,
  TemplateState,
  TemplateVersion,
} from '@anju/communications-rules';
import { communicationsEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { AggregateEntity } from '@anju/subgraph';
import { communicationsEnvironment } from './environment';
import {
  MessageChannelEnum,
  MessagePurposeEnum,
  TemplateFieldKindEnum,
  TemplateStatusEnum,
} from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'A wording of a template; never changed.' })
export class MessageTemplateVersion implements TemplateVersion {
  @Field(() => Int, { description: '1, 2, 3 …' })
  version: number;

  @Field(() => String, { nullable: true, description: 'Of e-mails.' })
  subject: string | null;

  @Field(() => String, { description: 'With `{field}` where a value comes.' })
  text: string;

  @Field(() => String, { description: 'Id of the employee who wrote it.' })
  addedBy: string;

  @Field(() => Date, { description: 'When messages began to be made from it.' })
  addedAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A field that a template asks for.' })
export class MessageTemplateField {
  @Field(() => String, { description: 'As it stands in braces.' })
  name: string;

  @Field(() => TemplateFieldKindEnum, { description: 'Who fills it, and how often.' })
  kind: TemplateFieldKind;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'What messages are made from (COM-05).' })
@Entity('message_template')
export class MessageTemplate extends AggregateEntity implements TemplateState {
  @Column('uuid')
  projectId: string;

  @Field(() => TemplateStatusEnum, { description: 'Whether messages are still made from it.' })
  @Column('text')
  status: TemplateState['status'];

  @Field(() => String, { description: 'What it is called in lists.' })
  @Column('text')
  name: string;

  @Field(() => MessageChannelEnum, { description: 'What its messages are sent by.' })
  @Column('text')
  channel: TemplateState['channel'];

  @Field(() => MessagePurposeEnum, { description: 'What its messages are for.' })
  @Column('text')
  purpose: TemplateState['purpose'];

  @Field(() => [MessageTemplateVersion], { description: 'The earliest first; the last is in use.' })
  @JsonColumn()
  versions: TemplateState['versions'];
}

export type TemplateAggregate = AggregateDefinition<
  TemplateState,
  TemplateFact,
  CommunicationsEnvironment,
  MessageTemplate
>;

const templateEvents = eventsOfFacts<TemplateFact>()({
  TemplateVersionAdded: communicationsEvents.templateVersionAdded,
  TemplateRetired: communicationsEvents.templateRetired,
});

export function templateAggregate(references: References): TemplateAggregate {
  return {
    type: 'MessageTemplate',
    context: 'communications',
    entity: MessageTemplate,
    environment: communicationsEnvironment(references),
    events: templateEvents,
  };
}
