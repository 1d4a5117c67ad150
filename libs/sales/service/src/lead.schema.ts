import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type {
  LeadClosingReason,
  LeadFollowUpMethod,
  LeadFollowUpOutcome,
  LeadKind,
  LeadSource,
  LeadStatus,
} from '@anju/sales-rules';
import { ChangeInput, CommandInput, DecimalScalar, FilterConditions, connectionType } from '@anju/subgraph';
import {
  LeadClosingReasonEnum,
  LeadFollowUpMethodEnum,
  LeadFollowUpOutcomeEnum,
  LeadKindEnum,
  LeadSourceEnum,
  LeadStatusEnum,
} from './graph-enums';
import { Lead } from './lead.entity';
import { salesResult } from './sales.refusals';

export const LeadConnection = connectionType(Lead, 'Lead');

@InputType({ description: 'What a prospect looks for; what is left out is no wish (SAL-01).' })
export class LeadNeedInput {
  @Field(() => Int, { nullable: true, description: 'Bedrooms.' })
  bedrooms?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres.' })
  smallestArea?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Square metres.' })
  largestArea?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'The most that the home may cost, in CNY.' })
  budget?: string | null;
}

@InputType({ description: 'Somebody called (来电) or visited (来访) and may buy (SAL-01).' })
export class RecordLeadInput extends CommandInput {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => LeadKindEnum, { description: 'A call or a visit.' })
  kind: LeadKind;

  @Field(() => ID, { nullable: true, description: 'Who; needed of a visitor.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The contact at the desk that it came from.' })
  interactionId?: string | null;

  @Field(() => Date, { nullable: true, description: 'When the prospect called or came; now unless told.' })
  receivedAt?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The consultant whose prospect it is; whoever enters it unless told.',
  })
  consultantId?: string | null;

  @Field(() => LeadSourceEnum, { description: 'Where the prospect has heard of the project.' })
  source: LeadSource;

  @Field(() => LeadNeedInput, { description: 'What the prospect looks for.' })
  need: LeadNeedInput;

  @Field(() => Boolean, { description: 'Whether the prospect agrees to be contacted.' })
  contactConsent: boolean;
}

@InputType()
export abstract class LeadCommandInput extends ChangeInput {
  @Field(() => ID, { description: 'The prospect.' })
  leadId: string;
}

@InputType({ description: 'A follow-up with its method and result (SAL-01).' })
export class FollowUpLeadInput extends LeadCommandInput {
  @Field(() => LeadFollowUpMethodEnum, { description: 'How.' })
  method: LeadFollowUpMethod;

  @Field(() => LeadFollowUpOutcomeEnum, { description: 'What it came to.' })
  outcome: LeadFollowUpOutcome;

  @Field(() => String, { description: 'What was said.' })
  result: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When to contact again, if that was agreed; by the policy while some are owed unless told.',
  })
  nextAt?: Date | null;
}

@InputType({ description: 'Homes are proposed to the prospect (SAL-02).' })
export class ProposeUnitsInput extends LeadCommandInput {
  @Field(() => [ID], { description: 'The homes, best first; see `Lead.suitableUnits`.' })
  unitIds: string[];
}

@InputType({ description: 'A caller has come.' })
export class RecordLeadVisitInput extends LeadCommandInput {
  @Field(() => ID, { description: 'Who; a visitor is registered as a customer.' })
  customerId: string;
}

@InputType({ description: 'The prospect looks for something else.' })
export class ChangeLeadNeedInput extends LeadCommandInput {
  @Field(() => LeadNeedInput, { description: 'All of what the prospect looks for now.' })
  need: LeadNeedInput;
}

@InputType({ description: 'The prospect agrees to be contacted, or does not any more.' })
export class ChangeLeadConsentInput extends LeadCommandInput {
  @Field(() => Boolean, { description: 'Whether the prospect agrees.' })
  contactConsent: boolean;
}

@InputType({ description: 'Another consultant takes the prospect.' })
export class AssignLeadInput extends LeadCommandInput {
  @Field(() => ID, { description: 'The consultant (置业顾问).' })
  consultantId: string;
}

@InputType({ description: 'The prospect is given up.' })
export class CloseLeadInput extends LeadCommandInput {
  @Field(() => LeadClosingReasonEnum, { description: 'Why.' })
  reason: LeadClosingReason;
}

@InputType({ description: 'Which prospects; all that is given has to hold.' })
export class LeadFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => [LeadStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: LeadStatus[] | null;

  @Field(() => LeadKindEnum, { nullable: true, description: 'Callers or visitors.' })
  kind?: LeadKind | null;

  @Field(() => [LeadSourceEnum], { nullable: true, description: 'From one of these sources.' })
  source?: LeadSource[] | null;

  @Field(() => ID, { nullable: true, description: 'This customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this consultant.' })
  consultantId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: of the reader.' })
  mine?: boolean | null;

  @Extensions({ maxLength: 100 })
  @Field(() => String, { nullable: true, description: 'With this number.' })
  number?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only with a follow-up past its time (SAL-01); false: only without.',
  })
  overdue?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only with too few follow-ups after the term for them (SAL-01); false: only others.',
  })
  underFollowed?: boolean | null;

  @Field(() => Date, { nullable: true, description: 'Received at this instant or later.' })
  receivedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Received before this instant.' })
  receivedTo?: Date | null;
}

const active = `t.status in ('OPEN', 'SUBSCRIBED')`;
/** What is past its time was noted when the time came. */
const overdue = `(${active} and t.follow_up_missed_at is not null)`;
const underFollowed = `(${active} and t.under_followed_at is not null and t.follow_ups_owed)`;

/** @param readerId whose are `mine` */
export function leadConditions(filter: LeadFilter | null | undefined, readerId: string): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.kind, (kind) => `t.kind = ${kind}`)
    .where(filter?.source, (sources) => `t.source = any(${sources})`)
    .where(filter?.customerId, (id) => `t.customer_id = ${id}`)
    .where(filter?.consultantId, (id) => `t.consultant_id = ${id}`)
    .where(filter?.mine ? readerId : null, (id) => `t.consultant_id = ${id}`)
    .where(filter?.number, (number) => `t.number = ${number}`)
    .either(filter?.overdue, overdue, `not ${overdue}`)
    .either(filter?.underFollowed, underFollowed, `not ${underFollowed}`)
    .where(filter?.receivedFrom, (at) => `t.received_at >= ${at}`)
    .where(filter?.receivedTo, (at) => `t.received_at < ${at}`);
}

const status = 'LEAD_NOT_IN_REQUIRED_STATUS';

export const RecordLeadResult = salesResult(
  'RecordLead',
  Lead,
  'LEAD_RECEIVED_IN_FUTURE',
  'LEAD_VISITOR_UNKNOWN',
  'LEAD_NEED_NOT_VALID',
);
export const FollowUpLeadResult = salesResult(
  'FollowUpLead',
  Lead,
  status,
  'SALES_TEXT_MISSING',
  'LEAD_CONTACT_NOT_CONSENTED',
  'LEAD_NEXT_FOLLOW_UP_IN_PAST',
);
export const ProposeUnitsResult = salesResult(
  'ProposeUnits',
  Lead,
  status,
  'NO_UNIT_PROPOSED',
  'UNITS_NOT_PROPOSABLE',
);
export const RecordLeadVisitResult = salesResult('RecordLeadVisit', Lead, status, 'LEAD_OF_ANOTHER_CUSTOMER');
export const ChangeLeadNeedResult = salesResult('ChangeLeadNeed', Lead, status, 'LEAD_NEED_NOT_VALID');
export const ChangeLeadConsentResult = salesResult('ChangeLeadConsent', Lead, status);
export const AssignLeadResult = salesResult('AssignLead', Lead, status, 'LEAD_ALREADY_ASSIGNED');
export const CloseLeadResult = salesResult('CloseLead', Lead, status, 'LEAD_FOLLOW_UPS_OWED');
