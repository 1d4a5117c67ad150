import { Extensions, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type {
  CauseClass,
  ComplaintFact,
  FaultDuty,
  InteractionChannel,
  InteractionClass,
  InteractionStatus,
  Matter,
  TellingChannel,
  TellingKind,
} from '@anju/reception-rules';
import { commandResult, connectionType, ChangeInput, CommandInput, FilterConditions } from '@anju/subgraph';
import {
  CauseClassEnum,
  FaultDutyEnum,
  InteractionChannelEnum,
  InteractionClassEnum,
  InteractionStatusEnum,
  MatterEnum,
  ReportableFactEnum,
  TellingChannelEnum,
  TellingKindEnum,
} from './graph-enums';
import { Interaction } from './interaction.entity';
import { refusing, type ReceptionGraphRefusal } from './reception.refusals';

export const InteractionConnection = connectionType(Interaction, 'Interaction');

@InputType({ description: 'What the class is proposed from (REC-02). The warranty comes from the unit.' })
export class InteractionFactsInput {
  @Field(() => MatterEnum)
  matter: Matter;

  @Field(() => Boolean, { defaultValue: false, description: 'The customer says clearly that he complains.' })
  wantsToComplain: boolean;

  @Field(() => FaultDutyEnum, {
    nullable: true,
    description: 'Whose duty the cause is; left out while nobody knows.',
  })
  faultDuty?: FaultDuty | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Broadband, water heater, intercom: equipment of an outside firm.',
  })
  partnersEquipment: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Others have to take part.' })
  needsOthers: boolean;

  @Field(() => Int, { nullable: true, description: 'How many days it is likely to take.' })
  expectedDays?: number | null;
}

@InputType({ description: 'A contact on first receipt (REC-01).' })
export class RecordInteractionInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => InteractionChannelEnum)
  channel: InteractionChannel;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Those who came or called together with the customer.' })
  accompanyingCustomerIds?: string[] | null;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { nullable: true, description: 'Where the directory does not know who it was.' })
  callerName?: string | null;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { nullable: true, description: 'How to call back.' })
  callbackContact?: string | null;

  @Field(() => ID, { nullable: true })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For what is not about one home, such as a lift.' })
  buildingId?: string | null;

  @Extensions({ maxLength: 10_000 })
  @Field(() => String)
  content: string;

  @Extensions({ maxLength: 40 })
  @Field(() => String, { nullable: true, description: 'A code in capitals such as `LIFT`.' })
  topic?: string | null;

  @Field(() => Date, { nullable: true, description: 'When it came in, where that is not now.' })
  receivedAt?: Date | null;

  @Field(() => InteractionFactsInput)
  facts: InteractionFactsInput;
}

@InputType({ description: 'A contact, and the guards of a command on it.' })
export abstract class InteractionChangeInput extends ChangeInput {
  @Field(() => ID)
  interactionId: string;
}

@InputType({ description: 'What the desk hears of a complaint (REC-17).' })
export class ComplaintIntakeInput {
  @Field(() => CauseClassEnum)
  causeClass: CauseClass;

  @Field(() => [ReportableFactEnum], { nullable: true })
  facts?: ComplaintFact[] | null;

  @Field(() => [ID], { nullable: true, description: 'Employees whom the complaint names.' })
  namedStaffIds?: string[] | null;
}

@InputType({ description: 'The first decision on the class (REC-02).' })
export class ConfirmInteractionClassInput extends InteractionChangeInput {
  @Field(() => InteractionClassEnum, { nullable: true, description: 'The proposed class unless told.' })
  class?: InteractionClass | null;

  @Extensions({ maxLength: 40 })
  @Field(() => String, {
    nullable: true,
    description: 'Where the contact has none yet; a complaint needs one.',
  })
  topic?: string | null;

  @Field(() => ComplaintIntakeInput, { nullable: true, description: 'Needed for a complaint.' })
  complaint?: ComplaintIntakeInput | null;
}

@InputType({ description: 'Another class, with its reason (REC-02).' })
export class ReclassifyInteractionInput extends InteractionChangeInput {
  @Field(() => InteractionClassEnum)
  class: InteractionClass;

  @Extensions({ maxLength: 40 })
  @Field(() => String, {
    nullable: true,
    description: 'Where the contact has none yet; a complaint needs one.',
  })
  topic?: string | null;

  @Field(() => ComplaintIntakeInput, { nullable: true, description: 'Needed for a complaint.' })
  complaint?: ComplaintIntakeInput | null;

  @Field(() => String)
  reason: string;
}

@InputType({
  description: 'The contact is offered to a colleague; it stays with its owner until he accepts (REC-03).',
})
export class OfferInteractionHandoverInput extends InteractionChangeInput {
  @Field(() => ID)
  toStaffId: string;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class AcceptInteractionHandoverInput extends InteractionChangeInput {}

@InputType()
export class DeclineInteractionHandoverInput extends InteractionChangeInput {
  @Field(() => String)
  reason: string;
}

@InputType({ description: 'What the customer was told, and how (REC-04, REC-05).' })
export class TellCustomerInput extends InteractionChangeInput {
  @Field(() => TellingKindEnum)
  kind: TellingKind;

  @Field(() => TellingChannelEnum)
  channel: TellingChannel;

  @Field(() => String)
  text: string;
}

@InputType()
export class CloseInteractionInput extends InteractionChangeInput {}

@InputType({ description: 'Nothing is shown without a purpose, which stays in the history (DIR-05).' })
export class RevealCallbackContactInput {
  @Field(() => ID)
  interactionId: string;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { description: 'What for, in your own words.' })
  purpose: string;
}

@ObjectType({ simpleResolvers: true, description: 'How to call back, in clear (DIR-05).' })
export class RevealedCallbackContact {
  @Field(() => String, { nullable: true, description: 'Null where nothing was recorded.' })
  callbackContact: string | null;

  @Field(() => Interaction, { description: 'Its history has who looked, when, and what for.' })
  interaction: Interaction;
}

@InputType({ description: 'All conditions together.' })
export class InteractionFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => [InteractionStatusEnum], { nullable: true })
  status?: InteractionStatus[] | null;

  @Field(() => [InteractionClassEnum], {
    nullable: true,
    description: 'The confirmed class, or the proposed one before.',
  })
  class?: InteractionClass[] | null;

  @Field(() => [InteractionChannelEnum], { nullable: true })
  channel?: InteractionChannel[] | null;

  @Field(() => ID, { nullable: true, description: 'Called, or came along.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true })
  unitId?: string | null;

  @Field(() => ID, { nullable: true })
  buildingId?: string | null;

  @Field(() => ID, { nullable: true })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Offered to this colleague, who has not answered yet.' })
  offeredToId?: string | null;

  @Extensions({ maxLength: 40 })
  @Field(() => String, { nullable: true })
  number?: string | null;

  @Extensions({ maxLength: 40 })
  @Field(() => String, { nullable: true })
  topic?: string | null;

  @Field(() => Date, { nullable: true })
  receivedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  receivedBefore?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the customer has been left without a word for too long (REC-05).',
  })
  uninformed?: boolean | null;
}

/** What the filter asks of rows `t` of the table of contacts. */
export function interactionConditions(filter: InteractionFilter | null | undefined): FilterConditions {
  const { status, channel, customerId, receivedFrom, receivedBefore } = filter ?? {};
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.class, (classes) => `coalesce(t.confirmed_class, t.proposed_class) = any(${classes})`)
    .where(channel, (channels) => `t.channel = any(${channels})`)
    .where(customerId, (id) => `t.customer_ids @> array[${id}]::uuid[]`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.buildingId, (id) => `t.building_id = ${id}`)
    .where(filter?.ownerId, (id) => `t.owner_id = ${id}`)
    .where(filter?.offeredToId, (id) => `t.handover_offer->>'toId' = ${id}`)
    .where(filter?.number, (number) => `t.number = ${number}`)
    .where(filter?.topic, (topic) => `t.topic = ${topic}`)
    .where(receivedFrom, (at) => `t.received_at >= ${at}`)
    .where(receivedBefore, (at) => `t.received_at < ${at}`)
    .either(filter?.uninformed, 't.uninformed_at is not null', 't.uninformed_at is null');
}

const result = <const Codes extends ReceptionGraphRefusal>(command: string, ...codes: readonly Codes[]) =>
  commandResult<Interaction, Codes>(
    `${command}Result`,
    Interaction,
    'Interaction',
    refusing<Codes>(...codes),
  );

export const RecordInteractionResult = result(
  'RecordInteraction',
  'INTERACTION_DETAILS_MISSING',
  'INTERACTION_RECEIVED_IN_FUTURE',
);
export const ConfirmInteractionClassResult = result(
  'ConfirmInteractionClass',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'INTERACTION_CLASS_ALREADY_CONFIRMED',
  'COMPLAINT_INTAKE_MISSING',
);
export const ReclassifyInteractionResult = result(
  'ReclassifyInteraction',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'INTERACTION_CLASS_NOT_CONFIRMED',
  'INTERACTION_CLASS_UNCHANGED',
  'RECEPTION_TEXT_MISSING',
  'COMPLAINT_INTAKE_MISSING',
);
export const OfferInteractionHandoverResult = result(
  'OfferInteractionHandover',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'NOT_THE_OWNER',
  'HANDOVER_TO_THE_OWNER',
);
export const AcceptInteractionHandoverResult = result(
  'AcceptInteractionHandover',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'NO_HANDOVER_OFFERED',
  'HANDOVER_OFFERED_TO_ANOTHER',
);
export const DeclineInteractionHandoverResult = result(
  'DeclineInteractionHandover',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'NO_HANDOVER_OFFERED',
  'HANDOVER_OFFERED_TO_ANOTHER',
  'RECEPTION_TEXT_MISSING',
);
export const TellCustomerResult = result(
  'TellCustomer',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
  'TELLING_NOT_APPROVED',
);
export const CloseInteractionResult = result(
  'CloseInteraction',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'NOT_THE_OWNER',
  'INTERACTION_CLOSING_INCOMPLETE',
);
export const RevealCallbackContactResult = commandResult<RevealedCallbackContact, 'RECEPTION_TEXT_MISSING'>(
  'RevealCallbackContactResult',
  RevealedCallbackContact,
  'RevealedCallbackContact',
  refusing('RECEPTION_TEXT_MISSING'),
);
