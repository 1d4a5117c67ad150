import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type {
  AppraisalYearState,
  MissingPeriod,
  YearCorrection,
  YearPartResult,
} from '@anju/appraisal-rules';
import { JsonColumn } from '@anju/commands';
import { AggregateEntity, DateScalar, DecimalScalar } from '@anju/subgraph';
import { AppraisalKindEnum, AppraisalYearStatusEnum, MissingReasonEnum, YearPartEnum } from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'A sheet within the mean of its part.' })
export class CountedSheet {
  @Field(() => ID, { description: 'The sheet.' })
  appraisalId: string;

  @Field(() => DecimalScalar, { description: 'Its total.' })
  total: string;

  @Field(() => DecimalScalar, { description: 'What it counts in the mean.' })
  weight: string;
}

@ObjectType('AppraisalYearPart', {
  simpleResolvers: true,
  description:
    'A part of the total. Its numbers are rounded to be shown; the total is not made of them (APR-04).',
})
export class YearPartEntry implements YearPartResult {
  @Field(() => YearPartEnum, { description: 'Which.' })
  part: YearPartResult['part'];

  @Field(() => DecimalScalar, { description: 'Per cent.' })
  share: string;

  @Field(() => DecimalScalar, { description: 'Weighted mean of its sheets.' })
  mean: string;

  @Field(() => DecimalScalar, { description: 'What it brings to the total.' })
  contribution: string;

  @Field(() => [CountedSheet], { description: 'The sheets that it is made of.' })
  counted: YearPartResult['counted'];
}

@ObjectType('MissingPeriod', {
  simpleResolvers: true,
  description: 'A period without a score, left out of its mean (APR-04).',
})
export class MissingPeriodEntry implements MissingPeriod {
  @Field(() => AppraisalKindEnum, { description: 'Of which kind.' })
  kind: MissingPeriod['kind'];

  @Field(() => DateScalar, { description: 'First day.' })
  from: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  to: string;

  @Field(() => MissingReasonEnum, { description: 'Why.' })
  reason: MissingPeriod['reason'];
}

@ObjectType('AppraisalYearCorrection', {
  simpleResolvers: true,
  description: 'The total was worked out again.',
})
export class YearCorrectionPart implements YearCorrection {
  @Field(() => String, { description: 'Why.' })
  reason: string;

  by: string;

  @Field(() => Date, { description: 'When.' })
  correctedAt: Date;

  @Field(() => DecimalScalar, { description: 'The total before.' })
  totalBefore: string;
}

/** 年度考核 */
@Directive('@key(fields: "id")')
@ObjectType('AppraisalYear', {
  simpleResolvers: true,
  description: 'The year’s total of an employee (年度考核, APR-04, 05).',
})
@Entity('appraisal_year')
export class AppraisalYear extends AggregateEntity implements AppraisalYearState {
  @Column('uuid', { nullable: true })
  projectId: string | null;

  @Field(() => AppraisalYearStatusEnum, { description: 'Whether it is as it was first worked out.' })
  @Column('text')
  status: AppraisalYearState['status'];

  @Column('uuid')
  staffId: string;

  @Field(() => Int, { description: 'The year.' })
  @Column('int')
  year: number;

  @Column('uuid')
  schemeId: string;

  @Field(() => Int, { description: 'The version that was in force when the year began (APR-02).' })
  @Column('int')
  schemeVersion: number;

  @JsonColumn()
  result: AppraisalYearState['result'];

  @Field(() => DecimalScalar, { description: 'Rounded half-up to two decimals, once, at the end (APR-04).' })
  @Column('numeric', { precision: 10, scale: 2 })
  total: string;

  @Field(() => Boolean, { description: '优秀员工: a total over 100 (APR-05).' })
  @Column('boolean')
  excellent: boolean;

  @JsonColumn()
  leaves: AppraisalYearState['leaves'];

  @Column('text')
  closedBy: string;

  @Field(() => Date, { description: 'When it was first worked out.' })
  @Column('timestamptz')
  closedAt: Date;

  @Field(() => [YearCorrectionPart], { description: 'The earliest first.' })
  @JsonColumn()
  corrections: AppraisalYearState['corrections'];
}

/** Columns that lists and filters ask by, from the state. */
export function yearQueryColumns({ result }: AppraisalYearState): Pick<AppraisalYear, 'total' | 'excellent'> {
  return { total: result.total, excellent: result.excellent };
}
