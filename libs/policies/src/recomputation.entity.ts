import { Field, ID, Int, ObjectType, type ClassType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { graphEnum } from '@anju/subgraph';
import type { RecomputationCause } from './recomputation';

export const RecomputationCauseEnum = graphEnum('RecomputationCause', 'Why what is open is computed anew.', [
  'POLICY',
  'CALENDAR',
] satisfies readonly RecomputationCause[]);

/** How far it has come, in the projects that the reader may see. */
export interface RecomputationProgress {
  readonly projects: number;
  readonly projectsDone: number;
  readonly lookedAt: number;
  readonly changed: number;
  readonly failed: number;
  /** Null while it goes on. */
  readonly finishedAt: Date | null;
}

/** One time that what is open was computed anew. */
export interface RecomputationEntity {
  readonly id: string;
  readonly cause: RecomputationCause;
  readonly projectId: string | null;
  readonly causeVersion: number;
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

export interface RecomputationTypes {
  readonly entity: ClassType<RecomputationEntity>;
  readonly progress: ClassType<RecomputationProgress>;
}

/** The row and the graph types of a context's recomputations. @param name such as `Complaint` */
export function recomputationTypes(name: string): RecomputationTypes {
  @ObjectType(`${name}RecomputationProgress`, {
    simpleResolvers: true,
    description: 'How far it has come, in the projects that you may see.',
  })
  class Progress implements RecomputationProgress {
    @Field(() => Int, { description: 'Projects that it concerns.' })
    projects: number;

    @Field(() => Int, { description: 'Projects in which nothing is left to do.' })
    projectsDone: number;

    @Field(() => Int, { description: 'What was open and has been looked at.' })
    lookedAt: number;

    @Field(() => Int, { description: 'Of these, what has changed.' })
    changed: number;

    @Field(() => Int, { description: 'Of these, what could not be computed and stayed as it was.' })
    failed: number;

    @Field(() => Date, { nullable: true, description: 'Null while it goes on.' })
    finishedAt: Date | null;
  }

  @ObjectType(`${name}Recomputation`, {
    simpleResolvers: true,
    description: 'What is open is computed anew in the background, because a policy or a calendar changed.',
  })
  @Entity('recomputation')
  class Recomputation implements RecomputationEntity {
    @Field(() => ID, { description: 'Opaque; never changes.' })
    @PrimaryColumn('uuid')
    id: string;

    @Field(() => RecomputationCauseEnum, { description: 'Why.' })
    @Column('text')
    cause: RecomputationCause;

    @Field(() => ID, { nullable: true, description: 'The project; null: all of them.' })
    @Column('uuid', { nullable: true })
    projectId: string | null;

    @Field(() => Int, { description: 'Number of the policy’s version, or the version of the calendars.' })
    @Column('int')
    causeVersion: number;

    @Field(() => String, { description: 'Who brought it about: a staff id, or `system:` and what acted.' })
    @Column('text')
    requestedBy: string;

    @Field(() => Date, { description: 'When.' })
    @Column('timestamptz')
    requestedAt: Date;
  }
  return { entity: Recomputation, progress: Progress };
}
