import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { EvidenceDecision, EvidenceState, Suggestion } from '@anju/appraisal-rules';
import { JsonColumn } from '@anju/commands';
import { AggregateEntity, DecimalScalar } from '@anju/subgraph';
import {
  AppraisalItemEnum,
  EvidenceDirectionEnum,
  EvidenceKindEnum,
  EvidenceStatusEnum,
} from './graph-enums';

@ObjectType('EvidenceScore', {
  simpleResolvers: true,
  description: 'Points to take from an item, or to add.',
})
export class ScorePart {
  @Field(() => EvidenceDirectionEnum, { description: 'Taken or added.' })
  direction: Suggestion['direction'];

  @Field(() => AppraisalItemEnum, { nullable: true, description: 'From which item; null where added.' })
  item?: Extract<Suggestion, { direction: 'DEDUCTION' }>['item'];

  @Field(() => DecimalScalar, { description: 'Points.' })
  points: string;
}

@ObjectType('EvidenceView', { simpleResolvers: true, description: 'How the employee sees it (APR-10).' })
export class ViewPart {
  @Field(() => String, { description: 'In his words.' })
  text: string;

  @Field(() => Date, { description: 'When he said so.' })
  statedAt: Date;
}

@ObjectType('EvidenceDecision', {
  simpleResolvers: true,
  description: 'What a reviewer made of it (APR-10).',
})
export class EvidenceDecisionPart implements EvidenceDecision {
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  decidedAt: Date;

  @Field(() => ScorePart, { nullable: true, description: 'Null when it is to have no effect.' })
  scored: EvidenceDecision['scored'];
}

/** 考核依据 */
@Directive('@key(fields: "id")')
@ObjectType('Evidence', {
  simpleResolvers: true,
  description: 'What another service told of an employee, on its way to his appraisal (考核依据, APR-10).',
})
@Entity('evidence')
export class Evidence extends AggregateEntity implements EvidenceState {
  @Column('uuid', { nullable: true })
  projectId: string | null;

  @Field(() => EvidenceStatusEnum, { description: 'Whether a reviewer has decided on it.' })
  @Column('text')
  status: EvidenceState['status'];

  @Column('uuid')
  staffId: string;

  @Field(() => EvidenceKindEnum, { description: 'What happened.' })
  @Column('text')
  kind: EvidenceState['kind'];

  /** Of the event that told of it. */
  @Column('uuid')
  eventId: string;

  @Field(() => String, { description: 'Where it comes from, such as `complaints`.' })
  @Column('text')
  context: string;

  @Field(() => ID, { description: 'The complaint, work order, contact or lead.' })
  @Column('uuid')
  subjectId: string;

  // A refusal has a `code` too, and both are asked for in one answer.
  @Field(() => String, {
    name: 'detail',
    simple: false,
    nullable: true,
    description: 'What exactly, by a code such as that of the clock that was missed.',
  })
  @Column('text', { nullable: true })
  code: string | null;

  @Field(() => Int, { nullable: true, description: '1 to 5, of a return visit.' })
  @Column('int', { nullable: true })
  satisfaction: number | null;

  @Field(() => Date, { description: 'When it happened.' })
  @Column('timestamptz')
  occurredAt: Date;

  @Field(() => ScorePart, {
    nullable: true,
    description: 'By the policy when it arrived; null where it is only to be known. It scores nothing.',
  })
  @JsonColumn({ nullable: true })
  suggestion: EvidenceState['suggestion'];

  @Field(() => Date, { description: 'When it came here.' })
  @Column('timestamptz')
  arrivedAt: Date;

  @Field(() => [ViewPart], { description: 'What the employee says of it, oldest first.' })
  @JsonColumn()
  views: EvidenceState['views'];

  @Field(() => EvidenceDecisionPart, { nullable: true, description: 'Set when a reviewer has decided.' })
  @JsonColumn({ nullable: true })
  decision: EvidenceState['decision'];

  @Field(() => Date, {
    nullable: true,
    description: 'When its source turned out to be wrong before anybody had decided.',
  })
  @Column('timestamptz', { nullable: true })
  withdrawnAt: Date | null;

  @Column('uuid', { nullable: true })
  appraisalId: string | null;
}

/** Columns that loaders ask by, from the state. */
export function evidenceQueryColumns({ decision }: EvidenceState): Pick<Evidence, 'appraisalId'> {
  return { appraisalId: decision?.scored?.appraisalId ?? null };
}
