import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import { Interaction } from './interaction.entity';
import type { ReceptionLoads } from './reception-loads';
import { Rectification } from './rectification.entity';
import * as Schema from './rectification.schema';
import type { RectificationService } from './rectification.service';

@Resolver(() => Rectification)
export class RectificationResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: ReceptionLoads,
    private readonly service: RectificationService,
  ) {}

  @Requires('reception.rectification.read')
  @Query(() => Rectification, { nullable: true, description: 'Null where there is none that you may see.' })
  rectification(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Rectification | null> {
    return this.loads.one('Rectification', id, context);
  }

  @Requires('reception.rectification.read')
  @Query(() => Schema.RectificationConnection, {
    description: 'Liaison forms (工作联系单), the latest first.',
  })
  rectifications(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.RectificationFilter, { nullable: true })
    filter: Schema.RectificationFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Rectification>> {
    return this.loads.list('Rectification', Schema.rectificationConditions(filter), page, context);
  }

  @Requires('reception.rectification.request')
  @Mutation(() => Schema.RequestRectificationResult, {
    description: 'Makes out the liaison form for a warranty repair; nothing is signed yet (REC-13).',
  })
  requestRectification(
    @Arg('input', () => Schema.RequestRectificationInput) input: Schema.RequestRectificationInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RequestRectificationResult>> {
    return this.service.request(input, actorOf(context));
  }

  @Requires('reception.rectification.read')
  @Mutation(() => Schema.VerifyRectificationResult, {
    description: 'The management-office director verifies and signs (REC-13).',
  })
  verifyRectification(
    @Arg('input', () => Schema.VerifyRectificationInput) input: Schema.VerifyRectificationInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.VerifyRectificationResult>> {
    return this.service.sign('VERIFY', 'verifyRectification', input, actorOf(context));
  }

  @Requires('reception.rectification.read')
  @Mutation(() => Schema.SignForRectificationResult, {
    description: "The developer's project department signs for the verified form (REC-13).",
  })
  signForRectification(
    @Arg('input', () => Schema.SignForRectificationInput) input: Schema.SignForRectificationInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SignForRectificationResult>> {
    return this.service.sign('SIGN_FOR', 'signForRectification', input, actorOf(context));
  }

  @Requires('reception.rectification.read')
  @Mutation(() => Schema.ConfirmRectificationCompletionResult, {
    description: "The developer's project department confirms the repair (REC-13).",
  })
  confirmRectificationCompletion(
    @Arg('input', () => Schema.ConfirmRectificationCompletionInput)
    input: Schema.ConfirmRectificationCompletionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ConfirmRectificationCompletionResult>> {
    return this.service.sign('COMPLETE', 'confirmRectificationCompletion', input, actorOf(context));
  }

  @Requires('reception.rectification.request')
  @Mutation(() => Schema.WithdrawRectificationResult, {
    description: 'Gives the form up, with the reason, before the developer has signed for it.',
  })
  withdrawRectification(
    @Arg('input', () => Schema.WithdrawRectificationInput) input: Schema.WithdrawRectificationInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.WithdrawRectificationResult>> {
    return this.service.withdraw(input, actorOf(context));
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => Interaction, { nullable: true, description: 'The contact that led to it.' })
  interaction(@Root() form: Rectification, @Ctx() context: RequestContext): Promise<Interaction | null> {
    return this.loads.one('Interaction', form.interactionId, context);
  }

  @Requires('reception.rectification.read')
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() form: Rectification, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Rectification', form.id);
  }
}
