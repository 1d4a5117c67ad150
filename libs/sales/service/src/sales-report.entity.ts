import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import {
  correctedLines,
  salesReportTotals,
  type SalesReportCorrection,
  type SalesReportLine,
  type SalesReportState,
  type SalesReportTotals,
} from '@anju/sales-rules';
import { AggregateEntity, DateScalar, DecimalScalar } from '@anju/subgraph';
import { SalesReportStatusEnum } from './contract-enums';
import { ProjectStub, stub, type Stub } from './stubs';

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
}

@ObjectType('SalesReportCorrection', {
  simpleResolvers: true,
  description: 'A line that is otherwise than the report said (SAL-50).',
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

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => String, { description: 'A staff id.' })
  by: string;

  @Field(() => Date, { description: 'When.' })
  correctedAt: Date;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A month as the contract ledger has it at this moment.',
})
export class SalesLedgerMonth {
  @Field(() => SalesReportTotalsPart, { description: 'What it comes to.' })
  totals: SalesReportTotals;

  @Field(() => [SalesReportLinePart], { description: 'The contracts, by their number.' })
  lines: readonly SalesReportLine[];
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

  @Field(() => Date, { description: 'When it was begun.' })
  @Column('timestamptz')
  openedAt: Date;

  @Field(() => Date, { description: 'Until when it has to be sent.' })
  @Column('timestamptz')
  dueAt: Date;

  @Field(() => Date, { nullable: true, description: 'That due time, where it was missed.' })
  @Column('timestamptz', { nullable: true })
  missedAt: Date | null;

  @Field(() => [SalesReportLinePart], { description: 'As it was sent; empty before.' })
  @JsonColumn()
  lines: SalesReportState['lines'];

  @Field(() => Date, { nullable: true, description: 'When it was sent to finance.' })
  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Who sent it.' })
  @Column('text', { nullable: true })
  sentBy: string | null;

  @Field(() => [SalesReportCorrectionPart], { description: 'What turned out otherwise since.' })
  @JsonColumn()
  corrections: SalesReportState['corrections'];

  @Field(() => SalesReportTotalsPart, { description: 'As it was sent; nothing before.' })
  get totals(): SalesReportTotals {
    return salesReportTotals(this.lines);
  }

  @Field(() => SalesReportTotalsPart, { description: 'With every correction.' })
  get correctedTotals(): SalesReportTotals {
    return salesReportTotals(correctedLines(this));
  }

  @Field(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  get project(): Stub {
    return stub(this.projectId);
  }
}
