import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { UnitOfferState } from '@anju/sales-rules';
import { AggregateEntity, DecimalScalar, stub, type Stub } from '@anju/subgraph';
import { UnitOfferStatusEnum } from './graph-enums';
import { ProjectStub, UnitStub } from './stubs';

/** 一房一价 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A line of the price list: a home with its type and its price by area (SAL-02).',
})
@Entity('unit_offer')
export class UnitOffer extends AggregateEntity implements UnitOfferState {
  @Column('uuid')
  projectId: string;

  @Field(() => UnitOfferStatusEnum, { description: 'Whether it is offered.' })
  @Column('text')
  status: UnitOfferState['status'];

  @Column('uuid')
  unitId: string;

  @Field(() => String, { description: 'The unit type (户型) by its code, such as `B2`.' })
  @Column('text')
  unitTypeCode: string;

  @Field(() => Int, { description: 'Bedrooms.' })
  @Column('int')
  bedrooms: number;

  @Field(() => DecimalScalar, { description: 'CNY per square metre, before any discount.' })
  @Column('numeric', { precision: 14, scale: 2 })
  unitPrice: string;

  @Field(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true, description: 'The home.' })
  get unit(): Stub {
    return stub(this.unitId);
  }
}
