import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, type AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, DutyFact, DutyState } from '@anju/directory-rules';
import { AggregateEntity, DateScalar } from '@anju/subgraph';
import { OpeningHours } from './calendar.schema';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';
import { DutyKindEnum, DutyStatusEnum } from './graph-enums';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A line of the duty roster (值班表): one person on one weekend day or holiday (DIR-03).',
})
@Entity('duty')
export class Duty extends AggregateEntity implements DutyState {
  @Field(() => ID, { description: 'Where the duty is.' })
  @Column('uuid')
  projectId: string;

  @Field(() => DutyStatusEnum, { description: 'Whether it is still planned.' })
  @Column('text')
  status: DutyState['status'];

  @Column('uuid')
  staffId: string;

  @Field(() => DateScalar, { description: 'The day.' })
  @Column('date')
  date: string;

  @Field(() => DutyKindEnum, { description: 'A weekend day, or another day that the office is closed.' })
  @Column('text')
  kind: DutyState['kind'];

  @Field(() => OpeningHours, { description: 'Wall clock of the project.' })
  @JsonColumn()
  hours: DutyState['hours'];
}

export const dutyAggregate: AggregateDefinition<DutyState, DutyFact, DirectoryPolicy, Duty> = {
  type: 'Duty',
  context: 'directory',
  entity: Duty,
  environment: directoryPolicy,
  events: eventsOf,
};
