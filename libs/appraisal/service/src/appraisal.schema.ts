import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import type { AppraisalItem, AppraisalKind, AppraisalStatus } from '@anju/appraisal-rules';
import { ChangeInput, CommandInput, DateScalar, DecimalScalar, connectionType } from '@anju/subgraph';
import { Appraisal } from './appraisal.entity';
import { resultsOf } from './appraisal.refusals';
import { AppraisalItemEnum, AppraisalKindEnum, AppraisalStatusEnum } from './graph-enums';

const reasonLength = { maxLength: 2_000 };

@InputType()
export abstract class AppraisalCommandInput extends ChangeInput {
  @Field(() => ID, { description: 'The record sheet.' })
  id: string;
}

@InputType()
abstract class ReasonedInput extends AppraisalCommandInput {
  @Extensions(reasonLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'A check or an appraisal of an employee, with full points (APR-03, 04).' })
export class OpenAppraisalInput extends CommandInput {
  @Field(() => ID, { description: 'Who is appraised; nobody opens his own (APR-11).' })
  staffId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The project that he is appraised in; none for an employee of the whole organisation.',
  })
  projectId?: string | null;

  @Field(() => AppraisalKindEnum, { description: '周检, 月检, 抽检, 月考核 or 年终考核.' })
  kind: AppraisalKind;

  @Field(() => DateScalar, {
    description: 'The checked day of a spot check, any day of a week, a month or a year.',
  })
  day: string;
}

@InputType({ description: 'Points off an item, never below zero (APR-03).' })
export class DeductPointsInput extends ReasonedInput {
  @Field(() => AppraisalItemEnum, { description: 'From which item.' })
  item: AppraisalItem;

  @Field(() => DecimalScalar, { description: 'Above 0, with at most two decimals.' })
  points: string;
}

@InputType({ description: 'Takes a deduction back before the result is announced.' })
export class WithdrawDeductionInput extends ReasonedInput {
  @Field(() => Int, { description: 'Which, within the sheet.' })
  sequence: number;
}

@InputType({ description: 'Points for a commended act (APR-05).' })
export class CommendActInput extends ReasonedInput {
  @Field(() => DecimalScalar, { description: '1 to 10, with at most two decimals.' })
  points: string;
}

@InputType({ description: 'Takes a commendation back before the result is announced.' })
export class WithdrawCommendationInput extends ReasonedInput {
  @Field(() => Int, { description: 'Which, within the sheet.' })
  sequence: number;
}

@InputType({ description: 'Tells the employee his result (APR-11).' })
export class AnnounceAppraisalInput extends AppraisalCommandInput {}

@InputType({ description: 'The employee agrees with his result (APR-11).' })
export class AcknowledgeAppraisalInput extends AppraisalCommandInput {}

@InputType({ description: 'The employee appeals against his result (APR-11).' })
export class AppealAppraisalInput extends ReasonedInput {}

@InputType({ description: 'What an appeal leaves of a deduction.' })
export class DeductionReductionInput {
  @Field(() => Int, { description: 'Which deduction, within the sheet.' })
  sequence: number;

  @Field(() => DecimalScalar, { description: 'Points that are left of it; 0 lifts it.' })
  to: string;
}

@InputType({ description: 'Grants an appeal by reducing deductions, or dismisses it (APR-11).' })
export class DecideAppealInput extends ReasonedInput {
  @Field(() => [DeductionReductionInput], { description: 'None dismisses the appeal.' })
  reductions: DeductionReductionInput[];
}

@InputType({ description: 'Gives up a sheet that was opened by mistake.' })
export class CancelAppraisalInput extends ReasonedInput {}

@InputType({ description: 'Which sheets to list; each entry that is given narrows the list.' })
export class AppraisalFilter {
  @Field(() => ID, { nullable: true, description: 'Whose.' })
  staffId?: string | null;

  @Field(() => ID, { nullable: true, description: 'In which project.' })
  projectId?: string | null;

  @Field(() => [AppraisalKindEnum], { nullable: true, description: 'Of these kinds.' })
  kind?: AppraisalKind[] | null;

  @Field(() => [AppraisalStatusEnum], { nullable: true, description: 'In these statuses.' })
  status?: AppraisalStatus[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Whose period ends on this day or later.' })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Whose period begins on this day or earlier.' })
  to?: string | null;

  @Field(() => Int, { nullable: true, description: 'Which count in the year.' })
  year?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: announced, and neither acknowledged nor appealed against.',
  })
  unanswered?: boolean | null;
}

export const AppraisalConnection = connectionType(Appraisal, 'Appraisal');

const resultOf = resultsOf(Appraisal, 'Appraisal');
const scoring = ['APPRAISAL_NOT_IN_REQUIRED_STATUS', 'APPRAISES_HIMSELF'] as const;
const answering = ['NOT_THE_APPRAISED', 'ANSWER_TOO_LATE', 'APPRAISAL_NOT_IN_REQUIRED_STATUS'] as const;

export const OpenAppraisalResult = resultOf(
  'OpenAppraisalResult',
  'APPRAISES_HIMSELF',
  'APPRAISAL_DATE_NOT_VALID',
  'PERIOD_NOT_BEGUN',
  'PERIOD_OUTSIDE_EMPLOYMENT',
  'PERIOD_ALREADY_APPRAISED',
  'NO_SCHEME_IN_FORCE',
);
export const DeductPointsResult = resultOf(
  'DeductPointsResult',
  ...scoring,
  'APPRAISAL_TEXT_MISSING',
  'POINTS_NOT_VALID',
  'DEDUCTION_NOT_POSITIVE',
  'DEDUCTION_EXCEEDS_ITEM',
);
export const WithdrawDeductionResult = resultOf(
  'WithdrawDeductionResult',
  ...scoring,
  'APPRAISAL_TEXT_MISSING',
  'DEDUCTION_UNKNOWN',
);
export const CommendActResult = resultOf(
  'CommendActResult',
  ...scoring,
  'APPRAISAL_TEXT_MISSING',
  'POINTS_NOT_VALID',
  'COMMENDATION_NOT_FOR_CHECK',
  'COMMENDATION_OUT_OF_RANGE',
);
export const WithdrawCommendationResult = resultOf(
  'WithdrawCommendationResult',
  ...scoring,
  'APPRAISAL_TEXT_MISSING',
  'COMMENDATION_UNKNOWN',
);
export const AnnounceAppraisalResult = resultOf('AnnounceAppraisalResult', ...scoring);
export const AcknowledgeAppraisalResult = resultOf('AcknowledgeAppraisalResult', ...answering);
export const AppealAppraisalResult = resultOf(
  'AppealAppraisalResult',
  ...answering,
  'APPRAISAL_TEXT_MISSING',
);
export const DecideAppealResult = resultOf(
  'DecideAppealResult',
  ...scoring,
  'APPEAL_DECIDED_BY_SCORER',
  'APPRAISAL_TEXT_MISSING',
  'POINTS_NOT_VALID',
  'DEDUCTION_UNKNOWN',
  'REDUCTION_NOT_LESS',
);
export const CancelAppraisalResult = resultOf(
  'CancelAppraisalResult',
  ...scoring,
  'APPRAISAL_TEXT_MISSING',
  'APPRAISAL_KEEPS_EVIDENCE',
);
