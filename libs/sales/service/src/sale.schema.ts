import { Extensions, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { SalePaymentKind, SaleStatus } from '@anju/sales-rules';
import { ChangeInput, CommandInput, DecimalScalar, FilterConditions, connectionType } from '@anju/subgraph';
import { SalePaymentKindEnum, SaleStatusEnum } from './graph-enums';
import { Sale } from './sale.entity';
import { salesResult } from './sales.refusals';

export const SaleConnection = connectionType(Sale, 'Sale');

@ObjectType({ simpleResolvers: true, description: 'How many sales a project has in each status.' })
export class SaleCounts {
  @Field(() => Int, { description: 'The unit is asked for.' })
  unitRequested: number;

  @Field(() => Int, { description: 'Subscribed (已认购).' })
  unitHeld: number;

  @Field(() => Int, { description: 'The contract is signed, the unit not yet contracted.' })
  contractRequested: number;

  @Field(() => Int, { description: 'Contracted, and not paid in full.' })
  contracted: number;

  @Field(() => Int, { description: 'Paid in full, and not handed over.' })
  paid: number;

  @Field(() => Int, { description: 'The handover is asked for.' })
  handoverRequested: number;

  @Field(() => Int, { description: 'Handed over.' })
  handedOver: number;

  @Field(() => Int, { description: 'The unit is being given back.' })
  releasing: number;

  @Field(() => Int, { description: 'Given up.' })
  withdrawn: number;

  @Field(() => Int, { description: 'The unit was somebody else’s.' })
  unitRefused: number;

  @Field(() => Int, { description: 'Of all these, somebody has to see to so many.' })
  needAttention: number;
}

@InputType({ description: 'Customers subscribe a unit (认购, SAL-03).' })
export class SubscribeUnitInput extends CommandInput {
  @Field(() => ID, { description: 'The project that the unit belongs to.' })
  projectId: string;

  @Field(() => ID, { description: 'The home.' })
  unitId: string;

  @Field(() => [ID], { description: 'Who subscribes.' })
  customerIds: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The consultant whose sale it is; that of the prospect unless told, else whoever enters it.',
  })
  consultantId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The prospect whose sale it is.' })
  leadId?: string | null;
}

@InputType()
export abstract class SaleCommandInput extends ChangeInput {
  @Field(() => ID, { description: 'The sale.' })
  saleId: string;
}

@InputType({ description: 'The subscription is given up before a contract is signed.' })
export class WithdrawSaleInput extends SaleCommandInput {
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'The directory is asked once more for a step that it refused.' })
export class RetryUnitStepInput extends SaleCommandInput {}

@InputType({ description: 'A payment on the price; more than is owed is not taken.' })
export class RecordSalePaymentInput extends SaleCommandInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Of the payment, where it has an id already, so that it is not entered twice.',
  })
  paymentId?: string | null;

  @Field(() => SalePaymentKindEnum, { description: 'Where the money comes from.' })
  kind: SalePaymentKind;

  @Field(() => DecimalScalar, { description: 'CNY.' })
  amount: string;
}

@InputType({ description: 'A home that is paid is handed over.' })
export class HandOverUnitInput extends SaleCommandInput {}

@InputType({ description: 'Which sales; all that is given has to hold.' })
export class SaleFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => [SaleStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: SaleStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this home.' })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'With this customer among those who subscribe.' })
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
    description: 'True: only what waits for the directory; false: only what does not.',
  })
  pending?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what somebody has to see to; false: only the rest.',
  })
  needsAttention?: boolean | null;

  @Field(() => Date, { nullable: true, description: 'Opened at this instant or later.' })
  openedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Opened before this instant.' })
  openedTo?: Date | null;
}

/** @param readerId whose are `mine` */
export function saleConditions(filter: SaleFilter | null | undefined, readerId: string): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.customerId, (id) => `t.customer_ids @> array[${id}]::uuid[]`)
    .where(filter?.consultantId, (id) => `t.consultant_id = ${id}`)
    .where(filter?.mine ? readerId : null, (id) => `t.consultant_id = ${id}`)
    .where(filter?.number, (number) => `t.number = ${number}`)
    .where(filter?.pending, (pending) => `t.is_pending = ${pending}`)
    .where(filter?.needsAttention, (needed) => `t.needs_attention = ${needed}`)
    .where(filter?.openedFrom, (at) => `t.opened_at >= ${at}`)
    .where(filter?.openedTo, (at) => `t.opened_at < ${at}`);
}

const status = 'SALE_NOT_IN_REQUIRED_STATUS';

export const SubscribeUnitResult = salesResult(
  'SubscribeUnit',
  Sale,
  'UNIT_OF_ANOTHER_PROJECT',
  'UNIT_ALREADY_SOLD',
  'SALE_CUSTOMER_MISSING',
  'LEAD_NOT_IN_REQUIRED_STATUS',
);
export const WithdrawSaleResult = salesResult('WithdrawSale', Sale, status, 'SALES_TEXT_MISSING');
export const RetryUnitStepResult = salesResult('RetryUnitStep', Sale, status, 'UNIT_STEP_NOT_REFUSED');
export const RecordSalePaymentResult = salesResult(
  'RecordSalePayment',
  Sale,
  status,
  'SALE_PAYMENT_NOT_POSITIVE',
  'SALE_PAYMENT_ALREADY_ENTERED',
  'SALE_PAYMENT_TOO_HIGH',
);
export const HandOverUnitResult = salesResult('HandOverUnit', Sale, status);
