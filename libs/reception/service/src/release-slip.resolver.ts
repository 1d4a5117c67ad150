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
import type { DeskLoads } from './desk-loads';
import { Interaction } from './interaction.entity';
import type { ReceptionLoads } from './reception-loads';
import { ReleaseSlip } from './release-slip.entity';
import * as Schema from './release-slip.schema';
import type { ReleaseSlipService } from './release-slip.service';

const read = 'reception.releaseSlip.read';
const issue = 'reception.releaseSlip.issue';

@Resolver(() => ReleaseSlip)
export class ReleaseSlipResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: DeskLoads,
    private readonly receptionLoads: ReceptionLoads,
    private readonly service: ReleaseSlipService,
  ) {}

  @Requires(read)
  @Query(() => ReleaseSlip, { nullable: true, description: 'Null where there is none that you may see.' })
  releaseSlip(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<ReleaseSlip | null> {
    return this.loads.one('ReleaseSlip', id, context);
  }

  @Requires(read)
  @Query(() => Schema.ReleaseSlipConnection, {
    description: 'Release slips (放行条), the one applied for last first.',
  })
  releaseSlips(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.ReleaseSlipFilter, { nullable: true })
    filter: Schema.ReleaseSlipFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ReleaseSlip>> {
    return this.loads.list('ReleaseSlip', Schema.releaseSlipConditions(filter), page, context);
  }

  @Requires(issue)
  @Mutation(() => Schema.ApplyForReleaseResult, {
    description: 'An owner or a tenant of the unit applies; nobody else gets a slip (REC-36, REC-37).',
  })
  applyForRelease(
    @Arg('input', () => Schema.ApplyForReleaseInput) input: Schema.ApplyForReleaseInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ApplyForReleaseResult>> {
    return this.service.apply(input, actorOf(context));
  }

  @Requires(issue)
  @Mutation(() => Schema.ListReleaseGoodsResult, {
    description:
      'Another goods list; what was signed and what the owner was told of the one before falls away.',
  })
  listReleaseGoods(
    @Arg('input', () => Schema.ListReleaseGoodsInput) input: Schema.ListReleaseGoodsInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ListReleaseGoodsResult>> {
    return this.service.listGoods(input, actorOf(context));
  }

  @Requires(issue)
  @Mutation(() => Schema.RecordIdentityCopyResult, {
    description: "The applicant's identity document was seen and copied (REC-36).",
  })
  recordIdentityCopy(
    @Arg('input', () => Schema.RecordIdentityCopyInput) input: Schema.RecordIdentityCopyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordIdentityCopyResult>> {
    return this.service.recordIdentityCopy(input, actorOf(context));
  }

  @Requires(issue)
  @Mutation(() => Schema.SignReleaseSlipResult, { description: 'The goods list was signed (REC-36).' })
  signReleaseSlip(
    @Arg('input', () => Schema.SignReleaseSlipInput) input: Schema.SignReleaseSlipInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SignReleaseSlipResult>> {
    return this.service.sign(input, actorOf(context));
  }

  @Requires(issue)
  @Mutation(() => Schema.RecordOwnerCallResult, {
    description: "Records the call to the owner about his tenant's move, with all four answers (REC-37).",
  })
  recordOwnerCall(
    @Arg('input', () => Schema.RecordOwnerCallInput) input: Schema.RecordOwnerCallInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordOwnerCallResult>> {
    return this.service.recordOwnerCall(input, actorOf(context));
  }

  @Requires(issue)
  @Mutation(() => Schema.InformDirectorResult, {
    description: "The management-office director was informed of the owner's arrears (REC-36).",
  })
  informDirector(
    @Arg('input', () => Schema.InformDirectorInput) input: Schema.InformDirectorInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.InformDirectorResult>> {
    return this.service.informDirector(input, actorOf(context));
  }

  @Requires(issue)
  @Mutation(() => Schema.IssueReleaseSlipResult, {
    description:
      'Issues the slip, or names everything that stands against it; the refusal is kept with the slip, which ' +
      'can still be issued once the reasons are out of the way (REC-36, REC-37).',
  })
  issueReleaseSlip(
    @Arg('input', () => Schema.IssueReleaseSlipInput) input: Schema.IssueReleaseSlipInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.IssueReleaseSlipResult>> {
    return this.service.issue(input, actorOf(context));
  }

  @Requires('reception.releaseSlip.redeem')
  @Mutation(() => Schema.RedeemReleaseSlipResult, {
    description: 'The lobby guard lets the goods pass, once, against the list (REC-38).',
  })
  redeemReleaseSlip(
    @Arg('input', () => Schema.RedeemReleaseSlipInput) input: Schema.RedeemReleaseSlipInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RedeemReleaseSlipResult>> {
    return this.service.redeem(input, actorOf(context));
  }

  @Requires(issue)
  @Mutation(() => Schema.CancelReleaseSlipResult, {
    description: 'Gives the slip or the application up; nothing leaves on it any more.',
  })
  cancelReleaseSlip(
    @Arg('input', () => Schema.CancelReleaseSlipInput) input: Schema.CancelReleaseSlipInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CancelReleaseSlipResult>> {
    return this.service.cancel(input, actorOf(context));
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => Interaction, { nullable: true, description: 'The contact in which he applied.' })
  async interaction(
    @Root() { interactionId }: ReleaseSlip,
    @Ctx() context: RequestContext,
  ): Promise<Interaction | null> {
    return interactionId === null ? null : this.receptionLoads.one('Interaction', interactionId, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() slip: ReleaseSlip, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'ReleaseSlip', slip.id);
  }
}
