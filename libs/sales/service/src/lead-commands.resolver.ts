import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Requires, actorOf, type CommandAnswer, type RequestContext } from '@anju/subgraph';
import * as Schema from './lead.schema';
import type { LeadService } from './lead.service';

const handle = 'sales.lead.handle';

/** The commands on prospects. */
@Resolver()
export class LeadCommandsResolver {
  constructor(private readonly service: LeadService) {}

  @Requires(handle)
  @Mutation(() => Schema.RecordLeadResult, {
    description: 'Enters a call (来电) or a visit (来访) with what the prospect looks for (SAL-01).',
  })
  recordLead(
    @Arg('input', () => Schema.RecordLeadInput) input: Schema.RecordLeadInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordLeadResult>> {
    return this.service.record(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.FollowUpLeadResult, {
    description: 'Records a follow-up with its method and result (SAL-01).',
  })
  followUpLead(
    @Arg('input', () => Schema.FollowUpLeadInput) input: Schema.FollowUpLeadInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.FollowUpLeadResult>> {
    return this.service.followUp(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.ProposeUnitsResult, {
    description: 'Keeps which homes were proposed; only what is for sale can be (SAL-02).',
  })
  proposeUnits(
    @Arg('input', () => Schema.ProposeUnitsInput) input: Schema.ProposeUnitsInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ProposeUnitsResult>> {
    return this.service.propose(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.RecordLeadVisitResult, {
    description: 'A caller has come, and is owed what a visitor is from now on (SAL-01).',
  })
  recordLeadVisit(
    @Arg('input', () => Schema.RecordLeadVisitInput) input: Schema.RecordLeadVisitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordLeadVisitResult>> {
    return this.service.recordVisit(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.ChangeLeadNeedResult, { description: 'Changes what the prospect looks for.' })
  changeLeadNeed(
    @Arg('input', () => Schema.ChangeLeadNeedInput) input: Schema.ChangeLeadNeedInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ChangeLeadNeedResult>> {
    return this.service.changeNeed(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.ChangeLeadConsentResult, {
    description: 'The prospect agrees to be contacted, or does not any more: then nobody follows up.',
  })
  changeLeadConsent(
    @Arg('input', () => Schema.ChangeLeadConsentInput) input: Schema.ChangeLeadConsentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ChangeLeadConsentResult>> {
    return this.service.changeConsent(input, actorOf(context));
  }

  @Requires('sales.lead.assign')
  @Mutation(() => Schema.AssignLeadResult, { description: 'Gives a prospect to another consultant.' })
  assignLead(
    @Arg('input', () => Schema.AssignLeadInput) input: Schema.AssignLeadInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.AssignLeadResult>> {
    return this.service.assign(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.CloseLeadResult, {
    description: 'Gives a prospect up; not while follow-ups are owed that could still be made (SAL-01).',
  })
  closeLead(
    @Arg('input', () => Schema.CloseLeadInput) input: Schema.CloseLeadInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CloseLeadResult>> {
    return this.service.close(input, actorOf(context));
  }
}
