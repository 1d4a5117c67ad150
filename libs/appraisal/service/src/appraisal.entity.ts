import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { AppraisalState } from '@anju/appraisal-rules';
import { JsonColumn } from '@anju/commands';
import { AggregateEntity, DateScalar, DecimalScalar } from '@anju/subgraph';
import {
  AppealDecisionPart,
  AppealPart,
  CancellationPart,
  CommendationPart,
  DeductionPart,
} from './appraisal.parts';
import { AppraisalKindEnum, AppraisalStatusEnum } from './graph-enums';

/** 考核表 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'One record sheet of one employee: a check or an appraisal (检查, 考核; APR-03, 04).',
})
@Entity('appraisal')
export class Appraisal extends AggregateEntity implements AppraisalState {
  @Column('uuid', { nullable: true })
  projectId: string | null;

  @Field(() => AppraisalStatusEnum, { description: 'How far it has come.' })
  @Column('text')
  status: AppraisalState['status'];

  @Field(() => AppraisalKindEnum, { description: '周检, 月检, 抽检, 月考核 or 年终考核.' })
  @Column('text')
  kind: AppraisalState['kind'];

  @Column('uuid')
  staffId: string;

  @Field(() => DateScalar, { description: 'First day of the period.' })
  @Column('date')
  periodFrom: string;

  @Field(() => DateScalar, { description: 'Last day of the period.' })
  @Column('date')
  periodTo: string;

  @Field(() => Int, { description: 'The year that it counts in: the one in which its period began.' })
  @Column('int')
  year: number;

  @Column('uuid')
  schemeId: string;

  @Field(() => Int, { description: 'The version that was in force when its period began (APR-02).' })
  @Column('int')
  schemeVersion: number;

  @JsonColumn()
  maxima: AppraisalState['maxima'];

  @Field(() => [DeductionPart], { description: 'All, also those taken back.' })
  @JsonColumn()
  deductions: AppraisalState['deductions'];

  @Field(() => [CommendationPart], { description: 'All, also those taken back.' })
  @JsonColumn()
  commendations: AppraisalState['commendations'];

  @Field(() => DecimalScalar, {
    description: 'What is left of all items, and what commended acts add; may exceed 100 (APR-05).',
  })
  @Column('numeric', { precision: 10, scale: 2 })
  total: string;

  @Column('text')
  openedBy: string;

  @Field(() => Date, { description: 'When it was begun.' })
  @Column('timestamptz')
  openedAt: Date;

  @Column('text', { nullable: true })
  announcedBy: string | null;

  @Field(() => Date, { nullable: true, description: 'When the employee was told his result.' })
  @Column('timestamptz', { nullable: true })
  announcedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Before this instant the employee acknowledges or appeals (APR-11).',
  })
  @Column('timestamptz', { nullable: true })
  answerDueAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the employee agreed.' })
  @Column('timestamptz', { nullable: true })
  acknowledgedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the time for an answer passed without one.' })
  @Column('timestamptz', { nullable: true })
  unansweredAt: Date | null;

  @Field(() => AppealPart, { nullable: true, description: 'Set when the employee appealed.' })
  @JsonColumn({ nullable: true })
  appeal: AppraisalState['appeal'];

  @Field(() => AppealDecisionPart, { nullable: true, description: 'Set when the appeal was decided.' })
  @JsonColumn({ nullable: true })
  appealDecision: AppraisalState['appealDecision'];

  @Field(() => CancellationPart, { nullable: true, description: 'Set when it was given up.' })
  @JsonColumn({ nullable: true })
  cancellation: AppraisalState['cancellation'];
}
