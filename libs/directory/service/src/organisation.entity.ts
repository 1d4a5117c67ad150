import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, OrganisationFact, OrganisationState } from '@anju/directory-rules';
import { AggregateEntity } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A property company or developer (公司) that projects belong to (DIR-01).',
})
@Entity('organisation')
export class Organisation extends AggregateEntity implements OrganisationState {
  @Column('text')
  status: OrganisationState['status'];

  @Field(() => String, { description: 'Unique; 2 to 8 capital letters and digits.' })
  @Column('text')
  code: string;

  @Field(() => String, { description: 'Name (公司名称).' })
  @Column('text')
  name: string;
}

export const organisationAggregate: AggregateDefinition<
  OrganisationState,
  OrganisationFact,
  DirectoryPolicy,
  Organisation
> = {
  type: 'Organisation',
  context: 'directory',
  entity: Organisation,
  environment: directoryPolicy,
  events: eventsOf,
};
