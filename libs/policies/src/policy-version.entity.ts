import { Field, ID, Int, ObjectType, type ClassType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import { AggregateEntity, graphEnum } from '@anju/subgraph';
import type { PolicyVersionStanding, PolicyVersionState } from './policy-version';

export const PolicyVersionStandingEnum = graphEnum(
  'PolicyVersionStanding',
  'What a version of a policy is beside the one in force.',
  ['DRAFT', 'OUTDATED', 'IN_FORCE', 'REPLACED'] satisfies readonly PolicyVersionStanding[],
  {
    DRAFT: { description: 'Can come in force.' },
    OUTDATED: { description: 'Drafted before another version came in force; cannot any more.' },
    IN_FORCE: { description: 'Holds now.' },
    REPLACED: { description: 'Held before.' },
  },
);

/** A version of the policy of one context. */
export type PolicyVersionEntity = AggregateEntity & PolicyVersionState;

/**
 * The row and the graph type of a context's policy versions.
 * @param name such as `Complaint`
 */
export function policyVersionEntity(name: string): ClassType<PolicyVersionEntity> {
  @ObjectType(`${name}PolicyVersion`, {
    simpleResolvers: true,
    description: 'What the organisation or a project has of its own of this policy: drafted, then in force.',
  })
  @Entity('policy_version')
  class PolicyVersion extends AggregateEntity implements PolicyVersionState {
    @Field(() => ID, { nullable: true, description: 'Null: of the whole organisation.' })
    @Column('uuid', { nullable: true })
    projectId: string | null;

    @Column('text')
    status: PolicyVersionState['status'];

    @Field(() => Int, {
      nullable: true,
      description: 'Counts the versions that came in force here, from 1; null for a draft.',
    })
    @Column('int', { nullable: true })
    number: number | null;

    @Field(() => Int, { description: 'The version that was in force here when it was drafted; 0: none.' })
    @Column('int')
    basedOn: number;

    @JsonColumn()
    values: object;

    @Field(() => String, { description: 'Why.' })
    @Column('text')
    reason: string;

    @Field(() => String, { description: 'Who wrote it: a staff id, or `system:` and what acted.' })
    @Column('text')
    draftedBy: string;

    @Field(() => Date, { description: 'When it was written.' })
    @Column('timestamptz')
    draftedAt: Date;

    @Field(() => String, { nullable: true, description: 'Who put it in force.' })
    @Column('text', { nullable: true })
    putInForceBy: string | null;

    @Field(() => Date, { nullable: true, description: 'From when on it holds, until the next one does.' })
    @Column('timestamptz', { nullable: true })
    inForceSinceAt: Date | null;
  }
  return PolicyVersion;
}
