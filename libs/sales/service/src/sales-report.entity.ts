import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import {
  correctedMonth,
  salesReportTotals,
  type SalesReportCorrection,
  type SalesReportLine,
  type SalesReportPayment,
  type SalesReportState,
  type SalesReportTotals,
} from '@anju/sales-rules';
import { AggregateEntity, DateScalar, DecimalScalar, staffStub, stub, type Stub } from '@anju/subgraph';
import { SalesReportStatusEnum } from './contract-enums';
import { SalePaymentKindEnum } from './graph-enums';
import { ProjectStub, StaffStub } from './stubs';

@ObjectType('SalesReportLine', {
  simpleResolvers: true,
  description: 'A contract of the month, as the ledger had it. Money in CNY.',
})
export class SalesReportLinePart implements SalesReportLine {
  @Field(() => ID, { description: 'The contract.' })
  contractId: string;

  @Field(() => String, { description: 'Its number in the ledger.' })
  number: string;

  unitId: string;

  consultantId: string;

  @Field(() => DateScalar, { description: 'The day of its online signing.' })
  signedOn: string;

  @Field(() => DecimalScalar, { description: 'Square metres, pre-sale.' })
  area: string;

  @Field(() => DecimalScalar, { description: 'By the price list.' })
  listTotal: string;

  @Field(() => DecimalScalar, { description: 'All its discounts.' })
  discountTotal: string;

  @Field(() => DecimalScalar, { description: 'What is to be paid.' })
  total: string;

  @Field(() => DecimalScalar, { description: 'The loan of it; `0.00` without one.' })
  loan: string;
}

@ObjectType('SalesReportPayment', {
  simpleResolvers: true,
  description: 'A payment of the month on the price of a home, whenever its contract was signed.',
})
export class SalesReportPaymentPart implements SalesReportPayment {
  @Field(() => ID, { description: 'Of the payment.' })
  paymentId: string;

  @Field(() => ID, { description: 'The sale.' })
  saleId: string;

  @Field(() => ID, { nullable: true, description: 'The contract.' })
  contractId: string | null;

  @Field(() => SalePaymentKindEnum, { description: 'Where the money comes from.' })
  kind: SalesReportPayment['kind'];

  @Field(() => DateScalar, { description: 'The day on which it was entered.' })
  paidOn: string;

  @Field(() => DecimalScalar, { description: 'CNY.' })
  amount: string;
}

@ObjectType('SalesReportTotals', {
  simpleResolvers: true,
  description: 'What the month came to. Money in CNY.',
})
export class SalesReportTotalsPart implements SalesReportTotals {
  @Field(() => Int, { description: 'Contracts signed.' })
  contracts: number;

  @Field(() => DecimalScalar, { description: 'Square metres, pre-sale.' })
  area: string;

  @Field(() => DecimalScalar, { description: 'By the price list.' })
  listTotal: string;

  @Field(() => DecimalScalar, { description: 'All discounts.' })
  discountTotal: string;

  @Field(() => DecimalScalar, { description: 'What is to be paid.' })
  total: string;

  @Field(() => DecimalScalar, { description: 'Loans of it.' })
  loan: string;

  @Field(() => DecimalScalar, {
    description: 'Payments of the month, whatever month their contracts are of.',
  })
  received: string;
}

@ObjectType('SalesReportCorrection', {
  simpleResolvers: true,
  description: 'A line or a payment that is otherwise than the report said (SAL-50).',
})
export class SalesReportCorrectionPart implements SalesReportCorrection {
  @Field(() => Int, { description: 'Counted within the report.' })
  sequence: number;

  @Field(() => SalesReportLinePart, {
    nullable: true,
    description: 'As it was told; null where it came to it.',
  })
  before: SalesReportLine | null;

  @Field(() => SalesReportLinePart, { nullable: true, description: 'As it is; null where it fell away.' })
  after: SalesReportLine | null;

  @Field(() => SalesReportPaymentPart, { nullable: true, description: 'A payment as it was told.' })
  paymentBefore: SalesReportPayment | null;

  @Field(() => SalesReportPaymentPart, { nullable: true, description: 'A payment as it is.' })
  paymentAfter: SalesReportPayment | null;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => String, { description: 'A staff id.' })
  by: string;

  @Field(() => Date, { description: 'When.' })
  correctedAt: Date;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A month as the ledgers of contracts and payments have it at this moment.',
})
export class SalesLedgerMonth {
  @Field(() => SalesReportTotalsPart, { description: 'What it comes to.' })
  totals: SalesReportTotals;

  @Field(() => [SalesReportLinePart], { description: 'The contracts signed, by their number.' })
  lines: readonly SalesReportLine[];

  @Field(() => [SalesReportPaymentPart], { description: 'The payments, the earliest first.' })
  payments: readonly SalesReportPayment[];
}

/** 销售月报 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'The monthly sales report (销售月报) of a project to finance, frozen when it is sent (SAL-50).',
})
@Entity('sales_report')
export class SalesReport extends AggregateEntity implements SalesReportState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Field(() => SalesReportStatusEnum, { description: 'Whether it was sent.' })
  @Column('text')
  status: SalesReportState['status'];

  @Field(() => String, { description: '`YYYY-MM`' })
  @Column('text')
  month: string;

  @Field(() => Date, { description: 'The first instant after the month.' })
  @Column('timestamptz')
  endsAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was there to be sent; null while the month goes on.',
  })
  @Column('timestamptz', { nullable: true })
  openedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when it has to be sent; null while the month goes on.',
  })
  @Column('timestamptz', { nullable: true })
  dueAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'That due time, where it was missed.' })
  @Column('timestamptz', { nullable: true })
  missedAt: Date | null;

  @Field(() => [SalesReportLinePart], { description: 'As it was sent; empty before.' })
  @JsonColumn()
  lines: SalesReportState['lines'];

  @Field(() => [SalesReportPaymentPart], { description: 'As they were sent; empty before.' })
  @JsonColumn()
  payments: SalesReportState['payments'];

  @Field(() => Date, { nullable: true, description: 'When it was sent to finance.' })
  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('text', { nullable: true })
  sentBy: string | null;

  @Field(() => [SalesReportCorrectionPart], { description: 'What turned out otherwise since.' })
  @JsonColumn()
  corrections: SalesReportState['corrections'];

  @Field(() => SalesReportTotalsPart, { description: 'As it was sent; nothing before.' })
  get totals(): SalesReportTotals {
    return salesReportTotals(this);
  }

  @Field(() => SalesReportTotalsPart, { description: 'With every correction.' })
  get correctedTotals(): SalesReportTotals {
    return salesReportTotals(correctedMonth(this));
  }

  @Field(() => StaffStub, { name: 'sentBy', simple: false, nullable: true, description: 'Who sent it.' })
  get sender(): Stub | null {
    return this.sentBy === null ? null : staffStub(this.sentBy);
  }

  @Field(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  get project(): Stub {
    return stub(this.projectId);
  }
}
