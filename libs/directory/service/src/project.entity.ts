import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, type AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, ProjectFact, ProjectState } from '@anju/directory-rules';
import { AggregateEntity } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'A project (楼盘/小区) with its two calendars (DIR-01, CAL-01).',
})
@Entity('project')
export class Project extends AggregateEntity implements ProjectState {
  @Field(() => ID, { description: 'The organisation that it belongs to.' })
  @Column('uuid')
  organisationId: string;

  @Column('text')
  status: ProjectState['status'];

  @Field(() => String, {
    description:
      'Unique within the organisation; the head of numbers such as JX-20260302-001. Never changed.',
  })
  @Column('text')
  code: string;

  @Field(() => String, { description: 'Name (项目名称).' })
  @Column('text')
  name: string;

  @Field(() => String, { description: 'IANA name.' })
  @Column('text')
  timeZone: string;

  @JsonColumn()
  calendars: ProjectState['calendars'];

  @Field(() => Int, {
    description: 'Counts the changes of its calendars; due times keep the one that they were computed with.',
  })
  @Column('int')
  calendarVersion: number;

  /** A project is its own project, where rights are checked and events are addressed. */
  get projectId(): string {
    return this.id;
  }
}

export const projectAggregate: AggregateDefinition<ProjectState, ProjectFact, DirectoryPolicy, Project> = {
  type: 'Project',
  context: 'directory',
  entity: Project,
  projectIds: (project) => [project.id],
  environment: directoryPolicy,
  events: eventsOf,
};
