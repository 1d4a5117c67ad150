import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import {
  claimsUnit,
  outstandingOf,
  type PendingUnitStep,
  type SalePayment,
  type SaleState,
} from '@anju/sales-rules';
import { AggregateEntity, DecimalScalar, staffStub, stub, type Stub } from '@anju/subgraph';
import { SalePaymentKindEnum, SaleStatusEnum, SaleUnitStepEnum, UnitStatusEnum } from './graph-enums';
import { CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';

@ObjectType('PendingUnitStep', {
  simpleResolvers: true,
  description: 'What a sale has asked the directory to do with its unit, and has no good answer to.',
})
export class PendingUnitStepPart implements PendingUnitStep {
  @Field(() => Int, { description: 'Within the sale, from 1.' })
  sequence: number;

  @Field(() => SaleUnitStepEnum, { description: 'What was asked for.' })
  step: PendingUnitStep['step'];

  @Field(() => Date, { description: 'When.' })
  requestedAt: Date;

  @Field(() => Date, { description: 'Until when an answer is expected.' })
  answerDueAt: Date;

  @Field(() => Date, { nullable: true, description: 'The due time, once it has passed without an answer.' })
  answerMissedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was refused; it can be asked for again.' })
  refusedAt: Date | null;
}

@ObjectType('SalePayment', { simpleResolvers: true, description: 'A payment on the price of a home.' })
export class SalePaymentPart implements SalePayment {
  @Field(() => ID, { description: 'Of the payment.' })
  paymentId: string;

  @Field(() => SalePaymentKindEnum, { description: 'Where the money comes from.' })
  kind: SalePayment['kind'];

  @Field(() => DecimalScalar, { description: 'CNY.' })
  amount: string;

  @Field(() => Date, { description: 'When it was entered.' })
  paidAt: Date;

  @Field(() => String, { description: 'A staff id, or `system:` and what acted.' })
  by: string;
}

/** 认购到交房 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'The sale of one unit, from the subscription (认购) to the handover (SAL-03).',
})
@Entity('sale')
export class Sale extends AggregateEntity implements SaleState {
  @Column('uuid')
  projectId: string;

  @Field(() => String, {
    description: 'Project code, S, date and the day’s sequence, such as `JX-S20260302-001`.',
  })
  @Column('text')
  number: string;

  @Field(() => SaleStatusEnum, { description: 'How far it has come.' })
  @Column('text')
  status: SaleState['status'];

  @Column('uuid')
  unitId: string;

  @Column('uuid', { array: true })
  customerIds: readonly string[];

  @Column('uuid')
  consultantId: string;

  @Column('uuid', { nullable: true })
  leadId: string | null;

  @Field(() => Date, { description: 'When the unit was asked for.' })
  @Column('timestamptz')
  openedAt: Date;

  @Column('text')
  openedBy: string;

  @Field(() => PendingUnitStepPart, {
    nullable: true,
    description: 'What it waits for; null when it waits for nothing.',
  })
  @JsonColumn({ nullable: true })
  pending: SaleState['pending'];

  @Column('int')
  steps: number;

  @Field(() => UnitStatusEnum, {
    nullable: true,
    description: 'The status of the unit that stood in the way of the subscription.',
  })
  @Column('text', { nullable: true })
  refusedBecause: SaleState['refusedBecause'];

  @Field(() => Date, { nullable: true, description: 'Since when the subscription is in force.' })
  @Column('timestamptz', { nullable: true })
  heldAt: Date | null;

  @Column('uuid', { nullable: true })
  contractId: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'CNY; null before the contract is signed.' })
  @Column('numeric', { precision: 14, scale: 2, nullable: true })
  price: string | null;

  @Field(() => Date, { nullable: true, description: 'When the contract was signed.' })
  @Column('timestamptz', { nullable: true })
  contractSignedAt: Date | null;

  @Field(() => [SalePaymentPart], { description: 'Payments on the price, the oldest first.' })
  @JsonColumn()
  payments: SaleState['payments'];

  @Field(() => Date, { nullable: true, description: 'When the price was paid in full.' })
  @Column('timestamptz', { nullable: true })
  paidAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the home was handed over.' })
  @Column('timestamptz', { nullable: true })
  handedOverAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why the subscription was given up.' })
  @Column('text', { nullable: true })
  withdrawReason: string | null;

  @Field(() => Date, { nullable: true, description: 'When the unit was back after that.' })
  @Column('timestamptz', { nullable: true })
  withdrawnAt: Date | null;

  @Field(() => Boolean, {
    description: 'Whether it asks for its unit or has it; at most one sale of a unit does.',
  })
  @Column('boolean')
  claimsUnit: boolean;

  @Column('boolean')
  isPending: boolean;

  @Field(() => Boolean, {
    description: 'Whether somebody has to see to it: the directory is overdue with an answer, or refused.',
  })
  @Column('boolean')
  needsAttention: boolean;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'CNY still to be paid; null before the contract is signed.',
  })
  get outstanding(): string | null {
    return outstandingOf(this)?.toString() ?? null;
  }

  @Field(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true, description: 'The home.' })
  get unit(): Stub {
    return stub(this.unitId);
  }

  @Field(() => [CustomerStub], { nullable: 'itemsAndList', description: 'Who subscribes.' })
  get customers(): readonly Stub[] {
    return this.customerIds.map(stub);
  }

  @Field(() => StaffStub, { nullable: true, description: 'The consultant (置业顾问) whose sale it is.' })
  get consultant(): Stub {
    return stub(this.consultantId);
  }

  @Field(() => StaffStub, { name: 'openedBy', simple: false, nullable: true, description: 'Who entered it.' })
  get opener(): Stub | null {
    return staffStub(this.openedBy);
  }
}

/** Columns that lists, and the rule of one sale for a unit, ask by. */
export function saleQueryColumns(
  state: SaleState,
): Pick<Sale, 'claimsUnit' | 'isPending' | 'needsAttention'> {
  const { status, pending } = state;
  return {
    claimsUnit: claimsUnit(status),
    isPending: pending !== null,
    needsAttention: Boolean(pending?.answerMissedAt ?? pending?.refusedAt),
  };
}
