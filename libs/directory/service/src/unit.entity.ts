import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, UnitFact, UnitState } from '@anju/directory-rules';
import { AggregateEntity, DateScalar, DecimalScalar } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';
import { UnitStatusEnum } from './graph-enums';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A unit (房屋) of a building (DIR-01).' })
@Entity('unit')
export class Unit extends AggregateEntity implements UnitState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Column('uuid')
  buildingId: string;

  @Column('uuid', { nullable: true })
  sectionId: string | null;

  @Field(() => UnitStatusEnum, { description: 'How far its sale is (房屋状态).' })
  @Column('text')
  status: UnitState['status'];

  @Field(() => String, { description: 'As on the door (房号): `1201`, `0302`.' })
  @Column('text')
  number: string;

  @Column('text')
  numberKey: string;

  @Field(() => String, { description: 'Building, section and number as everybody writes them: `3-2-1201`.' })
  @Column('text')
  home: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Square metres, as sold before the building stood (预售面积).',
  })
  @Column('numeric', { precision: 10, scale: 2, nullable: true })
  preSaleArea: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Square metres, as the housing bureau registered it (登记面积).',
  })
  @Column('numeric', { precision: 10, scale: 2, nullable: true })
  registeredArea: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day of the developer's warranty (保修期)." })
  @Column('date', { nullable: true })
  warrantyEndsOn: string | null;

  @Column('uuid', { nullable: true })
  heldBySaleId: string | null;

  /** `home` without the leading zeros of the number: one home, however it is written. */
  @Column('text', { select: false })
  homeKey: string;
}

export const unitAggregate: AggregateDefinition<UnitState, UnitFact, DirectoryPolicy, Unit> = {
  type: 'Unit',
  context: 'directory',
  entity: Unit,
  environment: directoryPolicy,
  events: eventsOf,
  queryColumns: ({ home, number, numberKey }) => ({
    homeKey: `${home.slice(0, home.length - number.length)}${numberKey}`,
  }),
};
