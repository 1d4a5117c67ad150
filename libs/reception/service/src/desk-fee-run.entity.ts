import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import { AggregateEntity, DecimalScalar, stub, type Stub } from '@anju/subgraph';
import { CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';

/** One unit's fee in a run. `amount` in CNY as `Money` writes it. */
export interface RunFee {
  readonly unitId: string;
  readonly liableCustomerId: string;
  readonly amount: string;
}

/** Fees that were charged together. It never changes. */
export interface FeeRunState {
  readonly id: string;
  readonly projectId: string;
  readonly status: 'CHARGED';
  /** `YYYY-MM` */
  readonly month: string;
  readonly dueAt: Date;
  readonly charged: readonly RunFee[];
  /** What was left alone, because the month had been charged before: as it was charged then. */
  readonly alreadyCharged: readonly RunFee[];
  readonly chargedAt: Date;
  readonly chargedBy: string;
}

@ObjectType('RunFee', { simpleResolvers: true, description: "One unit's fee in a run." })
export class RunFeeEntry implements RunFee {
  unitId: string;
  liableCustomerId: string;

  @Field(() => DecimalScalar, { description: 'CNY.' })
  amount: string;

  @Field(() => UnitStub, { nullable: true })
  get unit(): Stub {
    return stub(this.unitId);
  }

  @Field(() => CustomerStub, { nullable: true })
  get liableCustomer(): Stub {
    return stub(this.liableCustomerId);
  }
}

function entries(fees: readonly RunFee[]): readonly RunFeeEntry[] {
  return fees.map((fee) => Object.assign(new RunFeeEntry(), fee));
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'Management fees of a month that were charged together.' })
@Entity('fee_run')
export class ManagementFeeRun extends AggregateEntity implements FeeRunState {
  @Column('uuid')
  projectId: string;

  @Column('text')
  status: 'CHARGED';

  @Field(() => String, { description: '`YYYY-MM`' })
  @Column('text')
  month: string;

  @Field(() => Date)
  @Column('timestamptz')
  dueAt: Date;

  @JsonColumn()
  charged: readonly RunFee[];

  @JsonColumn()
  alreadyCharged: readonly RunFee[];

  @Field(() => Date)
  @Column('timestamptz')
  chargedAt: Date;

  @Column('uuid')
  chargedBy: string;

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => StaffStub, { nullable: true, name: 'chargedBy', simple: false })
  get charger(): Stub {
    return stub(this.chargedBy);
  }

  @Field(() => [RunFeeEntry], { name: 'charged', simple: false })
  get chargedFees(): readonly RunFeeEntry[] {
    return entries(this.charged);
  }

  @Field(() => [RunFeeEntry], {
    name: 'alreadyCharged',
    simple: false,
    description: 'Units whose month had been charged before, as it was then; nothing was charged again.',
  })
  get feesBefore(): readonly RunFeeEntry[] {
    return entries(this.alreadyCharged);
  }
}
