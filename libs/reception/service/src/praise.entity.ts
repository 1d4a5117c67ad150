import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { PraiseState } from '@anju/reception-rules';
import { AggregateEntity, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { CustomerStub, StaffStub } from './stubs';

/** 客户表扬 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'What a customer said to an employee’s praise (客户表扬, APR-10).',
})
@Entity('praise')
export class Praise extends AggregateEntity implements PraiseState {
  @Column('uuid')
  projectId: string;

  @Column('text')
  status: PraiseState['status'];

  @Column('uuid')
  interactionId: string;

  @Column('uuid')
  staffId: string;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => String, { description: 'In the customer’s words.' })
  @Column('text')
  text: string;

  @Column('uuid')
  recordedBy: string;

  @Field(() => Date, { description: 'When it was recorded.' })
  @Column('timestamptz')
  recordedAt: Date;

  @Field(() => StaffStub, { nullable: true, description: 'Who is praised.' })
  get staff(): Stub {
    return stub(this.staffId);
  }

  @Field(() => CustomerStub, { nullable: true, description: 'Who praised; null where it is not known.' })
  get customer(): Stub | null {
    return stubOrNull(this.customerId);
  }

  @Field(() => StaffStub, {
    nullable: true,
    name: 'recordedBy',
    simple: false,
    description: 'Who recorded it.',
  })
  get recorder(): Stub {
    return stub(this.recordedBy);
  }
}
