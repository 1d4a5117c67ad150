import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { AggregateDefinition } from '@anju/commands';
import type {
  BuildingFact,
  BuildingSectionFact,
  BuildingSectionState,
  BuildingState,
  DirectoryPolicy,
} from '@anju/directory-rules';
import { AggregateEntity, DateScalar } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A building (楼栋) of a project (DIR-01).' })
@Entity('building')
export class Building extends AggregateEntity implements BuildingState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Column('text')
  status: BuildingState['status'];

  @Field(() => String, { description: 'Unique within the project: `3` for 3, 03, 3栋 and 3号楼.' })
  @Column('text')
  number: string;

  @Field(() => String, { nullable: true, description: 'A name besides the number.' })
  @Column('text', { nullable: true })
  name: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      "Last day of the developer's warranty for units registered from now on without a day of their own.",
  })
  @Column('date', { nullable: true })
  warrantyEndsOn: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A building section (单元): one staircase of a building (DIR-01).',
})
@Entity('building_section')
export class BuildingSection extends AggregateEntity implements BuildingSectionState {
  @Column('uuid')
  projectId: string;

  @Column('uuid')
  buildingId: string;

  @Column('text')
  status: BuildingSectionState['status'];

  @Field(() => String, { description: 'Unique within the building: `2` for 2 and 2单元.' })
  @Column('text')
  number: string;
}

export const buildingAggregate: AggregateDefinition<BuildingState, BuildingFact, DirectoryPolicy, Building> =
  {
    type: 'Building',
    context: 'directory',
    entity: Building,
    environment: directoryPolicy,
    events: eventsOf,
  };

export const buildingSectionAggregate: AggregateDefinition<
  BuildingSectionState,
  BuildingSectionFact,
  DirectoryPolicy,
  BuildingSection
> = {
  type: 'BuildingSection',
  context: 'directory',
  entity: BuildingSection,
  environment: directoryPolicy,
  events: eventsOf,
};
