import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Requires, actorOf, type CommandAnswer, type RequestContext } from '@anju/subgraph';
import {
  AcknowledgeAppraisalInput,
  AcknowledgeAppraisalResult,
  AnnounceAppraisalInput,
  AnnounceAppraisalResult,
  AppealAppraisalInput,
  AppealAppraisalResult,
  CancelAppraisalInput,
  CancelAppraisalResult,
  CommendActInput,
  CommendActResult,
  DecideAppealInput,
  DecideAppealResult,
  DeductPointsInput,
  DeductPointsResult,
  OpenAppraisalInput,
  OpenAppraisalResult,
  WithdrawCommendationInput,
  WithdrawCommendationResult,
  WithdrawDeductionInput,
  WithdrawDeductionResult,
} from './appraisal.schema';
import type { AppraisalService } from './appraisal.service';

/** The commands on checks and appraisals. */
@Resolver()
export class AppraisalCommandsResolver {
  constructor(private readonly service: AppraisalService) {}

  @Requires('appraisal.sheet.score')
  @Mutation(() => OpenAppraisalResult, {
    description: 'Begins a check or an appraisal, with full points (APR-03, 04).',
  })
  openAppraisal(
    @Arg('input', () => OpenAppraisalInput) input: OpenAppraisalInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof OpenAppraisalResult>> {
    return this.service.open(input, actorOf(context));
  }

  @Requires('appraisal.sheet.score')
  @Mutation(() => DeductPointsResult, { description: 'Takes points off an item, never below zero (APR-03).' })
  deductPoints(
    @Arg('input', () => DeductPointsInput) input: DeductPointsInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof DeductPointsResult>> {
    return this.service.deduct(input, actorOf(context));
  }

  @Requires('appraisal.sheet.score')
  @Mutation(() => WithdrawDeductionResult, {
    description: 'Takes a deduction back before the result is announced.',
  })
  withdrawDeduction(
    @Arg('input', () => WithdrawDeductionInput) input: WithdrawDeductionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof WithdrawDeductionResult>> {
    return this.service.withdrawDeduction(input, actorOf(context));
  }

  @Requires('appraisal.sheet.score')
  @Mutation(() => CommendActResult, {
    description: 'Adds 1 to 10 points for a commended act (嘉奖, APR-05).',
  })
  commendAct(
    @Arg('input', () => CommendActInput) input: CommendActInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof CommendActResult>> {
    return this.service.commend(input, actorOf(context));
  }

  @Requires('appraisal.sheet.score')
  @Mutation(() => WithdrawCommendationResult, {
    description: 'Takes a commendation back before the result is announced.',
  })
  withdrawCommendation(
    @Arg('input', () => WithdrawCommendationInput) input: WithdrawCommendationInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof WithdrawCommendationResult>> {
    return this.service.withdrawCommendation(input, actorOf(context));
  }

  @Requires('appraisal.sheet.score')
  @Mutation(() => AnnounceAppraisalResult, {
    description: 'Tells the employee his result; he has 5 working days to answer (APR-11).',
  })
  announceAppraisal(
    @Arg('input', () => AnnounceAppraisalInput) input: AnnounceAppraisalInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AnnounceAppraisalResult>> {
    return this.service.announce(input, actorOf(context));
  }

  @Requires('appraisal.sheet.score')
  @Mutation(() => CancelAppraisalResult, { description: 'Gives up a sheet that was opened by mistake.' })
  cancelAppraisal(
    @Arg('input', () => CancelAppraisalInput) input: CancelAppraisalInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof CancelAppraisalResult>> {
    return this.service.cancel(input, actorOf(context));
  }

  @Requires('appraisal.own.answer')
  @Mutation(() => AcknowledgeAppraisalResult, {
    description: 'The employee agrees with his result (APR-11).',
  })
  acknowledgeAppraisal(
    @Arg('input', () => AcknowledgeAppraisalInput) input: AcknowledgeAppraisalInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AcknowledgeAppraisalResult>> {
    return this.service.acknowledge(input, actorOf(context));
  }

  @Requires('appraisal.own.answer')
  @Mutation(() => AppealAppraisalResult, { description: 'The employee appeals against his result (APR-11).' })
  appealAppraisal(
    @Arg('input', () => AppealAppraisalInput) input: AppealAppraisalInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AppealAppraisalResult>> {
    return this.service.appeal(input, actorOf(context));
  }

  @Requires('appraisal.appeal.decide')
  @Mutation(() => DecideAppealResult, {
    description: 'The quality centre grants or dismisses an appeal (APR-11).',
  })
  decideAppeal(
    @Arg('input', () => DecideAppealInput) input: DecideAppealInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof DecideAppealResult>> {
    return this.service.decideAppeal(input, actorOf(context));
  }
}
