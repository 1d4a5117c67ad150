import { Field, ID, InputType, Int } from 'type-graphql';
import type { FollowUpCategory, FollowUpStatus, TellingChannel } from '@anju/reception-rules';
import { commandResult, connectionType, ChangeInput, CommandInput, FilterConditions } from '@anju/subgraph';
import { FollowUp } from './follow-up.entity';
import { FollowUpCategoryEnum, FollowUpStatusEnum, TellingChannelEnum } from './graph-enums';
import { refusing, type ReceptionGraphRefusal } from './reception.refusals';

export const FollowUpConnection = connectionType(FollowUp, 'FollowUp');

@InputType({ description: "What an outside firm has to mend, into the register's category 其他类 (REC-14)." })
export class OpenVendorFollowUpInput extends CommandInput {
  @Field(() => ID)
  interactionId: string;

  @Field(() => ID)
  partnerId: string;

  @Field(() => String, { description: 'What it is about.' })
  matter: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When the firm promised to come; by its service promise in the directory unless told.',
  })
  promisedAt?: Date | null;
}

@InputType({ description: 'What needs others and more than two days, into the category 沟通类 (REC-15).' })
export class OpenCommunicationFollowUpInput extends CommandInput {
  @Field(() => ID)
  interactionId: string;

  @Field(() => String, { description: 'What it is about.' })
  matter: string;

  @Field(() => Boolean, { nullable: true, description: 'As recorded with the contact unless told.' })
  needsOthers?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'As recorded with the contact unless told.' })
  expectedDays?: number | null;
}

@InputType({ description: 'An entry of the register, and the guards of a command on it.' })
export abstract class FollowUpChangeInput extends ChangeInput {
  @Field(() => ID)
  followUpId: string;
}

@InputType()
export class RemindFollowUpInput extends FollowUpChangeInput {
  @Field(() => TellingChannelEnum, { description: 'How those who have to act were reminded.' })
  channel: TellingChannel;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class RecordFollowUpArrivalInput extends FollowUpChangeInput {}

@InputType()
export class RecordFollowUpResultInput extends FollowUpChangeInput {
  @Field(() => String)
  text: string;
}

@InputType({ description: 'What the customer was told of the result; it counts for the contact, too.' })
export class RecordFollowUpReplyInput extends FollowUpChangeInput {
  @Field(() => TellingChannelEnum)
  channel: TellingChannel;

  @Field(() => String)
  text: string;
}

@InputType()
export class CloseFollowUpInput extends FollowUpChangeInput {}

@InputType({ description: 'All conditions together.' })
export class FollowUpFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => [FollowUpCategoryEnum], { nullable: true })
  category?: FollowUpCategory[] | null;

  @Field(() => [FollowUpStatusEnum], { nullable: true })
  status?: FollowUpStatus[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the promised time passed with nobody there (REC-14).',
  })
  flagged?: boolean | null;

  @Field(() => ID, { nullable: true })
  partnerId?: string | null;

  @Field(() => ID, { nullable: true })
  interactionId?: string | null;

  @Field(() => Date, { nullable: true })
  enteredFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including: those that are older.' })
  enteredBefore?: Date | null;

  @Field(() => Date, { nullable: true, description: 'In the register at this instant.' })
  inRegisterAt?: Date | null;
}

/** What the filter asks of rows `t` of the register's table. */
export function followUpConditions(filter: FollowUpFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.category, (categories) => `t.category = any(${categories})`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .either(filter?.flagged, 't.flagged_at is not null', 't.flagged_at is null')
    .where(filter?.partnerId, (id) => `t.partner_id = ${id}`)
    .where(filter?.interactionId, (id) => `t.interaction_id = ${id}`)
    .where(filter?.enteredFrom, (at) => `t.entered_at >= ${at}`)
    .where(filter?.enteredBefore, (at) => `t.entered_at < ${at}`)
    .where(
      filter?.inRegisterAt,
      (at) => `t.entered_at <= ${at} and (t.left_at is null or t.left_at > ${at})`,
    );
}

const result = <const Codes extends ReceptionGraphRefusal>(command: string, ...codes: readonly Codes[]) =>
  commandResult<FollowUp, Codes>(`${command}Result`, FollowUp, 'FollowUp', refusing<Codes>(...codes));

export const OpenVendorFollowUpResult = result(
  'OpenVendorFollowUp',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
  'PROMISED_TIME_PASSED',
);
export const OpenCommunicationFollowUpResult = result(
  'OpenCommunicationFollowUp',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
  'COMMUNICATION_NOT_NEEDED',
);
export const RemindFollowUpResult = result(
  'RemindFollowUp',
  'FOLLOW_UP_NOT_IN_REQUIRED_STATUS',
  'FOLLOW_UP_NOT_FOR_CATEGORY',
);
export const RecordFollowUpArrivalResult = result(
  'RecordFollowUpArrival',
  'FOLLOW_UP_NOT_IN_REQUIRED_STATUS',
  'FOLLOW_UP_NOT_FOR_CATEGORY',
  'FOLLOW_UP_ALREADY_ARRIVED',
);
export const RecordFollowUpResultResult = result(
  'RecordFollowUpResult',
  'FOLLOW_UP_NOT_IN_REQUIRED_STATUS',
  'FOLLOW_UP_NOT_FOR_CATEGORY',
  'RECEPTION_TEXT_MISSING',
);
export const RecordFollowUpReplyResult = result(
  'RecordFollowUpReply',
  'FOLLOW_UP_NOT_IN_REQUIRED_STATUS',
  'FOLLOW_UP_NOT_FOR_CATEGORY',
  'RECEPTION_TEXT_MISSING',
  'FOLLOW_UP_RESULT_NOT_RECORDED',
);
export const CloseFollowUpResult = result(
  'CloseFollowUp',
  'FOLLOW_UP_NOT_IN_REQUIRED_STATUS',
  'FOLLOW_UP_NOT_FOR_CATEGORY',
  'FOLLOW_UP_CLOSING_INCOMPLETE',
);
