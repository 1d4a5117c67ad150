import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type {
  CommunicationsRefusalCode,
  DeliveryStatus,
  MessageChannel,
  MessagePurpose,
  MessageStatus,
  TemplateStatus,
} from '@anju/communications-rules';
import { ChangeInput, CommandInput, FilterConditions, commandResult, connectionType } from '@anju/subgraph';
import { refusing } from './communications.refusals';
import { Delivery } from './delivery.entity';
import {
  DeliveryStatusEnum,
  MessageChannelEnum,
  MessagePurposeEnum,
  MessageStatusEnum,
  TemplateStatusEnum,
} from './graph-enums';
import { MessageTemplate } from './message-template.entity';
import { Message } from './message.entity';

export const MessageTemplateConnection = connectionType(MessageTemplate, 'MessageTemplate');
export const MessageConnection = connectionType(Message, 'Message');
export const DeliveryConnection = connectionType(Delivery, 'Delivery');

/** As long as the longest text of any channel, and a little, so that the rule can say how long it is. */
const textLength = { maxLength: 25_000 };

@InputType({ description: 'A template of a project (COM-05).' })
export class CreateTemplateInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Extensions({ maxLength: 100 })
  @Field(() => String, { description: 'What it is called in lists.' })
  name: string;

  @Field(() => MessageChannelEnum)
  channel: MessageChannel;

  @Field(() => MessagePurposeEnum)
  purpose: MessagePurpose;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { nullable: true, description: 'Of e-mails; they need one.' })
  subject?: string | null;

  @Extensions(textLength)
  @Field(() => String, { description: 'With `{field}` where a value comes.' })
  text: string;
}

@InputType({ description: 'The wording for messages to come.' })
export class ReviseTemplateInput extends ChangeInput {
  @Field(() => ID)
  templateId: string;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { nullable: true, description: 'Of e-mails; they need one.' })
  subject?: string | null;

  @Extensions(textLength)
  @Field(() => String, { description: 'With `{field}` where a value comes.' })
  text: string;
}

@InputType()
export class RetireTemplateInput extends ChangeInput {
  @Field(() => ID)
  templateId: string;
}

@InputType({ description: 'A value for a field of the template.' })
export class MessageValueInput {
  @Extensions({ maxLength: 100 })
  @Field(() => String)
  field: string;

  @Field(() => String)
  value: string;
}

@InputType({ description: 'A message, drafted from the last version of a template.' })
export class DraftMessageInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => ID)
  templateId: string;

  @Field(() => [MessageValueInput], { description: 'For every field that is filled once for the message.' })
  values: MessageValueInput[];

  @Field(() => Date, { nullable: true, description: 'Not before then; left out: once it is approved.' })
  notBeforeAt?: Date | null;
}

@InputType()
export abstract class MessageChangeInput extends ChangeInput {
  @Field(() => ID)
  messageId: string;
}

@InputType({ description: 'Other values, and the last words of its template; an approval is void then.' })
export class EditMessageInput extends MessageChangeInput {
  @Field(() => [MessageValueInput], { description: 'For every field that is filled once for the message.' })
  values: MessageValueInput[];

  @Field(() => Date, { nullable: true, description: 'Not before then; left out: once it is approved.' })
  notBeforeAt?: Date | null;
}

@InputType({ description: 'Customers of the project who meet every list that is not empty.' })
export class SetMessageAudienceInput extends MessageChangeInput {
  @Field(() => [ID], { nullable: true, description: 'With a role in a home of one of these buildings.' })
  buildingIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'With a role in one of these homes.' })
  unitIds?: string[] | null;

  @Extensions({ maxLength: 40 })
  @Field(() => [String], { nullable: true, description: 'With one of these roles, such as `OWNER`.' })
  roles?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Among these.' })
  customerIds?: string[] | null;
}

@InputType()
export class SubmitMessageInput extends MessageChangeInput {}

@InputType()
export class ApproveMessageInput extends MessageChangeInput {
  @Field(() => Int, { description: 'The `revision` that was looked at.' })
  revision: number;
}

@InputType()
export class RejectMessageInput extends MessageChangeInput {
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType()
export class CancelMessageInput extends MessageChangeInput {
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'All conditions together.' })
export class MessageTemplateFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => [TemplateStatusEnum], { nullable: true })
  status?: TemplateStatus[] | null;

  @Field(() => [MessageChannelEnum], { nullable: true })
  channel?: MessageChannel[] | null;

  @Field(() => [MessagePurposeEnum], { nullable: true })
  purpose?: MessagePurpose[] | null;
}

export function templateConditions(filter: MessageTemplateFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.channel, (channels) => `t.channel = any(${channels})`)
    .where(filter?.purpose, (purposes) => `t.purpose = any(${purposes})`);
}

@InputType({ description: 'All conditions together.' })
export class MessageFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => [MessageStatusEnum], { nullable: true })
  status?: MessageStatus[] | null;

  @Field(() => [MessageChannelEnum], { nullable: true })
  channel?: MessageChannel[] | null;

  @Field(() => [MessagePurposeEnum], { nullable: true })
  purpose?: MessagePurpose[] | null;

  @Field(() => ID, { nullable: true })
  templateId?: string | null;

  @Field(() => Date, { nullable: true })
  draftedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  draftedBefore?: Date | null;
}

export function messageConditions(filter: MessageFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.channel, (channels) => `t.channel = any(${channels})`)
    .where(filter?.purpose, (purposes) => `t.purpose = any(${purposes})`)
    .where(filter?.templateId, (id) => `t.template_id = ${id}`)
    .where(filter?.draftedFrom, (at) => `t.drafted_at >= ${at}`)
    .where(filter?.draftedBefore, (at) => `t.drafted_at < ${at}`);
}

@InputType({ description: 'All conditions together.' })
export class DeliveryFilter {
  @Field(() => [DeliveryStatusEnum], { nullable: true })
  status?: DeliveryStatus[] | null;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;
}

export function deliveryConditions(filter: DeliveryFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.customerId, (id) => `t.customer_id = ${id}`);
}

const wording = [
  'COMMUNICATION_TEXT_MISSING',
  'TEMPLATE_NOT_READABLE',
  'TEMPLATE_FIELD_UNKNOWN',
  'TEMPLATE_TOO_LONG',
] as const;

const words = [
  'TEMPLATE_RETIRED',
  'TEMPLATE_OF_ANOTHER_PROJECT',
  'TEMPLATE_NOT_READABLE',
  'MESSAGE_VALUE_MISSING',
  'MESSAGE_VALUE_UNKNOWN',
  'MESSAGE_VALUE_TOO_LONG',
  'MESSAGE_TOO_LONG',
] as const;

const ofTemplate = <const Codes extends CommunicationsRefusalCode>(
  command: string,
  ...codes: readonly Codes[]
) => commandResult(`${command}Result`, MessageTemplate, 'MessageTemplate', refusing<Codes>(...codes));

const ofMessage = <const Codes extends CommunicationsRefusalCode>(
  command: string,
  ...codes: readonly Codes[]
) => commandResult(`${command}Result`, Message, 'Message', refusing<Codes>(...codes));

export const CreateTemplateResult = ofTemplate('CreateTemplate', ...wording);
export const ReviseTemplateResult = ofTemplate(
  'ReviseTemplate',
  'TEMPLATE_NOT_IN_REQUIRED_STATUS',
  'TEMPLATE_UNCHANGED',
  ...wording,
);
export const RetireTemplateResult = ofTemplate('RetireTemplate', 'TEMPLATE_NOT_IN_REQUIRED_STATUS');

export const DraftMessageResult = ofMessage('DraftMessage', ...words);
export const EditMessageResult = ofMessage('EditMessage', 'MESSAGE_NOT_IN_REQUIRED_STATUS', ...words);
export const SetMessageAudienceResult = ofMessage(
  'SetMessageAudience',
  'MESSAGE_NOT_IN_REQUIRED_STATUS',
  'AUDIENCE_EMPTY',
  'AUDIENCE_TOO_LARGE',
);
export const SubmitMessageResult = ofMessage(
  'SubmitMessage',
  'MESSAGE_NOT_IN_REQUIRED_STATUS',
  'AUDIENCE_NOT_SET',
);
export const ApproveMessageResult = ofMessage(
  'ApproveMessage',
  'MESSAGE_NOT_IN_REQUIRED_STATUS',
  'APPROVER_NOT_ENTITLED',
  'APPROVES_OWN_MESSAGE',
  'MESSAGE_CHANGED_SINCE_SEEN',
  'AUDIENCE_EMPTY',
  'AUDIENCE_TOO_LARGE',
);
export const RejectMessageResult = ofMessage(
  'RejectMessage',
  'MESSAGE_NOT_IN_REQUIRED_STATUS',
  'APPROVER_NOT_ENTITLED',
  'APPROVES_OWN_MESSAGE',
  'COMMUNICATION_TEXT_MISSING',
);
export const CancelMessageResult = ofMessage(
  'CancelMessage',
  'MESSAGE_NOT_IN_REQUIRED_STATUS',
  'COMMUNICATION_TEXT_MISSING',
);
