import { Extensions, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { CommunicationsRefusalCode, CustomerVisitStatus, VisitDuty } from '@anju/communications-rules';
import { ChangeInput, CommandInput, FilterConditions, commandResult, connectionType } from '@anju/subgraph';
import { refusing } from './communications.refusals';
import { CustomerVisit } from './customer-visit.entity';
import { CustomerVisitStatusEnum } from './graph-enums';

export const CustomerVisitConnection = connectionType(CustomerVisit, 'CustomerVisit');

const textLength = { maxLength: 5_000 };

@InputType({ description: 'A visit to a customer, with what he suggested.' })
export class RecordCustomerVisitInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => ID)
  customerId: string;

  @Field(() => ID, { nullable: true, description: 'The home, if it was there.' })
  unitId?: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was; now unless told.' })
  visitedAt?: Date | null;

  @Field(() => Boolean, { description: "深入访谈: counts towards the project manager's visits." })
  inDepth: boolean;

  @Extensions(textLength)
  @Field(() => String, { description: 'What was talked about.' })
  content: string;

  @Extensions(textLength)
  @Field(() => [String], { nullable: true, description: 'Each becomes an action.' })
  suggestions?: string[] | null;
}

@InputType()
export abstract class VisitChangeInput extends ChangeInput {
  @Field(() => ID)
  visitId: string;

  @Field(() => Int, { description: 'Of the suggestion.' })
  sequence: number;
}

@InputType({ description: 'Who does what about a suggestion until when.' })
export class PlanVisitActionInput extends VisitChangeInput {
  @Field(() => ID, { description: 'The employee who does it.' })
  ownerId: string;

  @Extensions({ maxLength: 10 })
  @Field(() => String, { description: 'The last day, `YYYY-MM-DD`.' })
  dueOn: string;
}

@InputType()
export class CompleteVisitActionInput extends VisitChangeInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What came of it.' })
  result: string;
}

@InputType({ description: 'All conditions together.' })
export class CustomerVisitFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The employee who made them.' })
  visitorId?: string | null;

  @Field(() => [CustomerVisitStatusEnum], { nullable: true })
  status?: CustomerVisitStatus[] | null;

  @Field(() => Boolean, { nullable: true })
  inDepth?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'With an action that is overdue and undone.' })
  overdue?: boolean | null;

  @Field(() => Date, { nullable: true })
  visitedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  visitedBefore?: Date | null;
}

export function visitConditions(filter: CustomerVisitFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.customerId, (id) => `t.customer_id = ${id}`)
    .where(filter?.visitorId, (id) => `t.visited_by = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .either(filter?.inDepth, 't.in_depth', 'not t.in_depth')
    .either(filter?.overdue, 't.overdue_since_at is not null', 't.overdue_since_at is null')
    .where(filter?.visitedFrom, (at) => `t.visited_at >= ${at}`)
    .where(filter?.visitedBefore, (at) => `t.visited_at < ${at}`);
}

@ObjectType({ simpleResolvers: true, description: "A project manager's month of in-depth visits (COM-02)." })
export class VisitDutyReport implements VisitDuty {
  @Field(() => Int, { description: 'In-depth visits that he made.' })
  visits: number;

  @Field(() => Int, { description: 'Different customers whom he visited.' })
  customers: number;

  @Field(() => Int, { description: 'How many it has to be.' })
  required: number;

  @Field(() => Boolean, { description: 'Whether it is as many.' })
  met: boolean;
}

const ofVisit = <const Codes extends CommunicationsRefusalCode>(
  command: string,
  ...codes: readonly Codes[]
) => commandResult(`${command}Result`, CustomerVisit, 'CustomerVisit', refusing<Codes>(...codes));

export const RecordCustomerVisitResult = ofVisit(
  'RecordCustomerVisit',
  'COMMUNICATION_IN_FUTURE',
  'COMMUNICATION_TEXT_MISSING',
);
export const PlanVisitActionResult = ofVisit(
  'PlanVisitAction',
  'CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS',
  'VISIT_SUGGESTION_UNKNOWN',
  'VISIT_ACTION_ALREADY_PLANNED',
  'VISIT_ACTION_DATE_NOT_VALID',
  'VISIT_ACTION_DUE_IN_PAST',
);
export const CompleteVisitActionResult = ofVisit(
  'CompleteVisitAction',
  'CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS',
  'COMMUNICATION_TEXT_MISSING',
  'VISIT_ACTION_NOT_OPEN',
);
