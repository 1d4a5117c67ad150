import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type { AppraisalYearStatus } from '@anju/appraisal-rules';
import { ChangeInput, CommandInput, DateScalar, connectionType } from '@anju/subgraph';
import { AppraisalYear } from './appraisal-year.entity';
import { resultsOf } from './appraisal.refusals';
import { AppraisalYearStatusEnum } from './graph-enums';

@InputType({ description: 'Days on leave, both included.' })
export class LeaveInput {
  @Field(() => DateScalar, { description: 'First day.' })
  from: string;

  @Field(() => DateScalar, { description: 'Last day.' })
  to: string;
}

@InputType({ description: 'Works the year’s total of an employee out (APR-04).' })
export class CloseAppraisalYearInput extends CommandInput {
  @Field(() => ID, { description: 'Whose; nobody closes his own.' })
  staffId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The project that he is appraised in; none for an employee of the whole organisation.',
  })
  projectId?: string | null;

  @Field(() => Int, { description: 'The year.' })
  year: number;

  @Field(() => [LeaveInput], {
    nullable: true,
    description: 'A period that lies in a leave as a whole is shown as such.',
  })
  leaves?: LeaveInput[] | null;
}

@InputType({ description: 'Works a year’s total out again, after a sheet of the year was added.' })
export class CorrectAppraisalYearInput extends ChangeInput {
  @Field(() => ID, { description: 'The total of the year.' })
  id: string;

  @Extensions({ maxLength: 2_000 })
  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => [LeaveInput], { nullable: true, description: 'As they were told before, unless told anew.' })
  leaves?: LeaveInput[] | null;
}

@InputType({ description: 'Which totals to list; each entry that is given narrows the list.' })
export class AppraisalYearFilter {
  @Field(() => ID, { nullable: true, description: 'Whose.' })
  staffId?: string | null;

  @Field(() => ID, { nullable: true, description: 'In which project.' })
  projectId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of which year.' })
  year?: number | null;

  @Field(() => [AppraisalYearStatusEnum], { nullable: true, description: 'In these statuses.' })
  status?: AppraisalYearStatus[] | null;

  @Field(() => Boolean, { nullable: true, description: '优秀员工 only, or all others.' })
  excellent?: boolean | null;
}

export const AppraisalYearConnection = connectionType(AppraisalYear, 'AppraisalYear');

const resultOf = resultsOf(AppraisalYear, 'AppraisalYear');
const totalling = [
  'APPRAISES_HIMSELF',
  'PERIOD_OUTSIDE_EMPLOYMENT',
  'NO_SCHEME_IN_FORCE',
  'YEAR_SHEETS_NOT_FINAL',
  'YEAR_PARTS_WITHOUT_SCORE',
] as const;

export const CloseAppraisalYearResult = resultOf(
  'CloseAppraisalYearResult',
  ...totalling,
  'YEAR_ALREADY_CLOSED',
);
export const CorrectAppraisalYearResult = resultOf(
  'CorrectAppraisalYearResult',
  ...totalling,
  'APPRAISAL_TEXT_MISSING',
  'YEAR_TOTAL_UNCHANGED',
);
