import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import type { Collector, MonthPart, PaymentMethod, ReceiptState, ReceiptStatus } from '@anju/reception-rules';
import { AggregateEntity, DecimalScalar, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { CollectorEnum, PaymentMethodEnum, ReceiptStatusEnum } from './desk-enums';
import { CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';

@ObjectType({ simpleResolvers: true, description: "What a payment gives to one month's fee." })
export class ReceiptMonth implements MonthPart {
  @Field(() => String, { description: '`YYYY-MM`' })
  month: string;

  @Field(() => DecimalScalar)
  amount: string;
}

/** 收据 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A numbered receipt for a fee (收据, REC-35). Never changed, only taken back.',
})
@Entity('receipt')
export class Receipt extends AggregateEntity implements ReceiptState {
  @Column('uuid')
  projectId: string;

  @Field(() => ReceiptStatusEnum)
  @Column('text')
  status: ReceiptStatus;

  @Field(() => String, { description: 'Such as `JX-R-20260302-001`.' })
  @Column('text')
  number: string;

  @Column('uuid')
  unitId: string;

  @Column('uuid')
  payerId: string;

  @Column('uuid')
  forCustomerId: string;

  @Field(() => DecimalScalar, { description: 'CNY.' })
  @Column('numeric', { precision: 14, scale: 2 })
  amount: string;

  @Field(() => [ReceiptMonth], { description: 'The months that it went to, oldest first.' })
  @JsonColumn()
  covers: readonly MonthPart[];

  @Field(() => DecimalScalar, { description: 'What no month is owed for yet.' })
  @Column('numeric', { precision: 14, scale: 2 })
  prepaid: string;

  @Field(() => PaymentMethodEnum)
  @Column('text')
  method: PaymentMethod;

  @Field(() => CollectorEnum)
  @Column('text')
  collectedBy: Collector;

  @Column('uuid')
  takenBy: string;

  @Column('uuid', { nullable: true })
  shiftId: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  issuedAt: Date;

  @Field(() => Boolean, { description: 'The desk gives a receipt only; the invoice follows to the home.' })
  @Column('boolean')
  invoiceToFollow: boolean;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  invoiceDeliveredAt: Date | null;

  @Column('uuid', { nullable: true })
  invoiceDeliveredBy: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  cancelledAt: Date | null;

  @Column('uuid', { nullable: true })
  cancelledBy: string | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  cancelReason: string | null;

  @Column('uuid', { nullable: true })
  cancelShiftId: string | null;

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true })
  get unit(): Stub {
    return stub(this.unitId);
  }

  @Field(() => CustomerStub, { nullable: true })
  get payer(): Stub {
    return stub(this.payerId);
  }

  @Field(() => CustomerStub, { nullable: true, description: "Whose fees were paid; often the payer's own." })
  get forCustomer(): Stub {
    return stub(this.forCustomerId);
  }

  @Field(() => StaffStub, { nullable: true, name: 'takenBy', simple: false })
  get taker(): Stub {
    return stub(this.takenBy);
  }

  @Field(() => StaffStub, { name: 'invoiceDeliveredBy', simple: false, nullable: true })
  get invoiceDeliverer(): Stub | null {
    return stubOrNull(this.invoiceDeliveredBy);
  }

  @Field(() => StaffStub, { name: 'cancelledBy', simple: false, nullable: true })
  get canceller(): Stub | null {
    return stubOrNull(this.cancelledBy);
  }
}
