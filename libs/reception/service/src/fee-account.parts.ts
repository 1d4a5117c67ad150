import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Money } from '@anju/kernel';
import type { Arrears, FeeCharge, FeeCredit, FeePayment, ReceiptPart } from '@anju/reception-rules';
import { DecimalScalar, stub, type Stub } from '@anju/subgraph';
import { CustomerStub } from './stubs';

/* The parts of a fee account as the graph shows them, made from the rules' own values. */

@ObjectType({
  simpleResolvers: true,
  description: 'What somebody owes: months not paid in full, and the amount missing.',
})
export class FeeArrears implements Arrears {
  @Field(() => Int)
  months: number;

  @Field(() => DecimalScalar, { description: 'CNY.' })
  amount: string;
}

@ObjectType({ simpleResolvers: true, description: 'What one customer owes for a unit.' })
export class CustomerArrears extends FeeArrears {
  customerId: string;

  @Field(() => CustomerStub, { nullable: true })
  get customer(): Stub {
    return stub(this.customerId);
  }
}

@ObjectType('FeeReceiptPart', { simpleResolvers: true, description: 'What a receipt has given.' })
export class FeeReceiptPartEntry implements ReceiptPart {
  @Field(() => ID)
  receiptId: string;

  @Field(() => DecimalScalar)
  amount: string;
}

@ObjectType('FeeCharge', { simpleResolvers: true, description: 'The management fee of one month.' })
export class FeeChargeEntry implements FeeCharge {
  @Field(() => String, { description: '`YYYY-MM`' })
  month: string;

  @Field(() => DecimalScalar, { description: 'CNY.' })
  amount: string;

  liableCustomerId: string;

  @Field(() => Date, { description: 'From then on it counts as owed.' })
  dueAt: Date;

  @Field(() => [FeeReceiptPartEntry])
  paidBy: readonly ReceiptPart[];

  @Field(() => CustomerStub, {
    nullable: true,
    description: 'The tenant where his tenancy says so, else the owner (DIR-02).',
  })
  get liableCustomer(): Stub {
    return stub(this.liableCustomerId);
  }

  @Field(() => DecimalScalar, { description: 'What is not paid yet.' })
  get unpaid(): string {
    const paid = Money.sum(this.paidBy.map(({ amount }) => Money.of(amount)));
    return Money.of(this.amount).minus(paid).toString();
  }
}

@ObjectType('FeeCredit', { simpleResolvers: true, description: 'Paid ahead, and not used by a month yet.' })
export class FeeCreditEntry extends FeeReceiptPartEntry implements FeeCredit {
  customerId: string;

  @Field(() => CustomerStub, { nullable: true })
  get customer(): Stub {
    return stub(this.customerId);
  }
}

@ObjectType('FeePayment', { simpleResolvers: true, description: 'A payment by receipt, or its reversal.' })
export class FeePaymentEntry implements FeePayment {
  @Field(() => ID)
  receiptId: string;

  @Field(() => DecimalScalar)
  amount: string;

  payerId: string;
  forCustomerId: string;

  @Field(() => Date)
  paidAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the receipt was cancelled.' })
  reversedAt: Date | null;

  @Field(() => CustomerStub, { nullable: true })
  get payer(): Stub {
    return stub(this.payerId);
  }

  @Field(() => CustomerStub, { nullable: true })
  get forCustomer(): Stub {
    return stub(this.forCustomerId);
  }
}
