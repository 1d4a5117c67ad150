import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, ParkingSpaceFact, ParkingSpaceState } from '@anju/directory-rules';
import { AggregateEntity } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'A parking space (车位) of a project (DIR-01).' })
@Entity('parking_space')
export class ParkingSpace extends AggregateEntity implements ParkingSpaceState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Column('text')
  status: ParkingSpaceState['status'];

  @Field(() => String, { description: 'Unique within the project: `B1-023`.' })
  @Column('text')
  number: string;
}

export const parkingSpaceAggregate: AggregateDefinition<
  ParkingSpaceState,
  ParkingSpaceFact,
  DirectoryPolicy,
  ParkingSpace
> = {
  type: 'ParkingSpace',
  context: 'directory',
  entity: ParkingSpace,
  environment: directoryPolicy,
  events: eventsOf,
};
