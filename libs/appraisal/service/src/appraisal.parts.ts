import { Field, Int, ObjectType } from 'type-graphql';
import type {
  AppealDecision,
  AppraisalState,
  Commendation,
  Deduction,
  Withdrawal,
} from '@anju/appraisal-rules';
import { DecimalScalar } from '@anju/subgraph';
import { AppealOutcomeEnum, AppraisalItemEnum } from './graph-enums';
import { ItemMaximum } from './scheme.parts';

/* The parts of a record sheet as the graph shows them: the rules' own values, kept as JSON with the sheet. */

@ObjectType({ simpleResolvers: true, description: 'An item of a record sheet.' })
export class SheetItem extends ItemMaximum {
  @Field(() => DecimalScalar, { description: 'Points that are left of it.' })
  left: string;
}

@ObjectType('ScoreWithdrawal', {
  simpleResolvers: true,
  description: 'Taken back before the result was announced; it stays on record.',
})
export class WithdrawalPart implements Withdrawal {
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  withdrawnAt: Date;
}

@ObjectType('Deduction', { simpleResolvers: true, description: 'Points taken off an item (扣分, APR-03).' })
export class DeductionPart implements Deduction {
  @Field(() => Int, { description: 'Within the sheet.' })
  sequence: number;

  @Field(() => AppraisalItemEnum, { description: 'The item.' })
  item: Deduction['item'];

  @Field(() => DecimalScalar, { description: 'As they were taken; see `taken` for what counts now.' })
  points: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  evidenceId: string | null;

  by: string;

  @Field(() => Date, { description: 'When.' })
  givenAt: Date;

  @Field(() => WithdrawalPart, { nullable: true, description: 'Set when it was taken back.' })
  withdrawal: Deduction['withdrawal'];

  @Field(() => DecimalScalar, { nullable: true, description: 'What an appeal left of it (APR-11).' })
  reducedTo: string | null;
}

@ObjectType('Commendation', {
  simpleResolvers: true,
  description: 'Points for a commended act (嘉奖, APR-05).',
})
export class CommendationPart implements Commendation {
  @Field(() => Int, { description: 'Within the sheet.' })
  sequence: number;

  @Field(() => DecimalScalar, { description: 'Added to the total.' })
  points: string;

  @Field(() => String, { description: 'For what.' })
  reason: string;

  evidenceId: string | null;

  by: string;

  @Field(() => Date, { description: 'When.' })
  givenAt: Date;

  @Field(() => WithdrawalPart, { nullable: true, description: 'Set when it was taken back.' })
  withdrawal: Commendation['withdrawal'];
}

@ObjectType('Appeal', { simpleResolvers: true, description: 'The employee’s appeal (申诉, APR-11).' })
export class AppealPart implements NonNullable<AppraisalState['appeal']> {
  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  appealedAt: Date;
}

@ObjectType('AppealDecision', {
  simpleResolvers: true,
  description: 'What the quality centre decided (APR-11).',
})
export class AppealDecisionPart implements AppealDecision {
  @Field(() => AppealOutcomeEnum, { description: 'What came of it.' })
  outcome: AppealDecision['outcome'];

  @Field(() => String, { description: 'Why.' })
  reason: string;

  by: string;

  @Field(() => Date, { description: 'When.' })
  decidedAt: Date;

  @Field(() => DecimalScalar, { description: 'The total before the decision.' })
  totalBefore: string;
}

@ObjectType('AppraisalCancellation', {
  simpleResolvers: true,
  description: 'The sheet was opened by mistake.',
})
export class CancellationPart implements NonNullable<AppraisalState['cancellation']> {
  by: string;

  @Field(() => String, { description: 'Why.' })
  reason: string;

  @Field(() => Date, { description: 'When.' })
  cancelledAt: Date;
}
