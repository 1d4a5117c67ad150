import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import type { FeeAccountState, FeeCharge, FeeCredit, FeePayment } from '@anju/reception-rules';
import { AggregateEntity, stub, type Stub } from '@anju/subgraph';
import { FeeChargeEntry, FeeCreditEntry, FeePaymentEntry } from './fee-account.parts';
import { ProjectStub, UnitStub } from './stubs';

/** What is owed and paid for a unit's management fee. */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "What is owed and paid for a unit's management fee (REC-35).",
})
@Entity('fee_account')
export class FeeAccount extends AggregateEntity implements FeeAccountState {
  @Column('uuid')
  projectId: string;

  @Column('text')
  status: 'OPEN';

  @Column('uuid')
  unitId: string;

  @JsonColumn()
  charges: readonly FeeCharge[];

  @JsonColumn()
  credits: readonly FeeCredit[];

  @JsonColumn()
  payments: readonly FeePayment[];

  /** Whoever is liable for a month, paid, or was paid for; for lists and merges. */
  @Column('uuid', { array: true })
  customerIds: string[];

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true })
  get unit(): Stub {
    return stub(this.unitId);
  }

  @Field(() => [FeeChargeEntry], {
    name: 'charges',
    simple: false,
    description: 'By month, the first first.',
  })
  get chargeEntries(): readonly FeeChargeEntry[] {
    return this.charges.map((charge) => Object.assign(new FeeChargeEntry(), charge));
  }

  @Field(() => [FeeCreditEntry], { name: 'credits', simple: false, description: 'What is paid ahead.' })
  get creditEntries(): readonly FeeCreditEntry[] {
    return this.credits.map((credit) => Object.assign(new FeeCreditEntry(), credit));
  }

  @Field(() => [FeePaymentEntry], { name: 'payments', simple: false, description: 'Oldest first.' })
  get paymentEntries(): readonly FeePaymentEntry[] {
    return this.payments.map((payment) => Object.assign(new FeePaymentEntry(), payment));
  }
}
