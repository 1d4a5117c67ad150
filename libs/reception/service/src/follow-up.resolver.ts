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
import { FollowUp } from './follow-up.entity';
import * as Schema from './follow-up.schema';
import type { FollowUpService } from './follow-up.service';
import { Interaction } from './interaction.entity';
import type { ReceptionLoads } from './reception-loads';
import { WorkOrder } from './work-order.entity';

@Resolver(() => FollowUp)
export class FollowUpResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: ReceptionLoads,
    private readonly service: FollowUpService,
  ) {}

  @Requires('reception.followUp.read')
  @Query(() => FollowUp, { nullable: true, description: 'Null where there is none that you may see.' })
  followUp(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<FollowUp | null> {
    return this.loads.one('FollowUp', id, context);
  }

  @Requires('reception.followUp.read')
  @Query(() => Schema.FollowUpConnection, {
    description: 'The register (分类处理记录), the latest entry first.',
  })
  followUps(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.FollowUpFilter, { nullable: true })
    filter: Schema.FollowUpFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<FollowUp>> {
    return this.loads.list('FollowUp', Schema.followUpConditions(filter), page, context);
  }

  @Requires('reception.followUp.handle')
  @Mutation(() => Schema.OpenVendorFollowUpResult, {
    description: 'Enters what an outside firm has to mend, with the time that it promised (REC-14).',
  })
  openVendorFollowUp(
    @Arg('input', () => Schema.OpenVendorFollowUpInput) input: Schema.OpenVendorFollowUpInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OpenVendorFollowUpResult>> {
    return this.service.openVendor(input, actorOf(context));
  }

  @Requires('reception.followUp.handle')
  @Mutation(() => Schema.OpenCommunicationFollowUpResult, {
    description: 'Enters what needs others and is expected to take more than two days (REC-15).',
  })
  openCommunicationFollowUp(
    @Arg('input', () => Schema.OpenCommunicationFollowUpInput) input: Schema.OpenCommunicationFollowUpInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OpenCommunicationFollowUpResult>> {
    return this.service.openCommunication(input, actorOf(context));
  }

  @Requires('reception.followUp.handle')
  @Mutation(() => Schema.RemindFollowUpResult, {
    description: 'Those who have to act were reminded (REC-14).',
  })
  remindFollowUp(
    @Arg('input', () => Schema.RemindFollowUpInput) input: Schema.RemindFollowUpInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RemindFollowUpResult>> {
    return this.service.remind(input, actorOf(context));
  }

  @Requires('reception.followUp.handle')
  @Mutation(() => Schema.RecordFollowUpArrivalResult, { description: 'The outside firm has come (REC-14).' })
  recordFollowUpArrival(
    @Arg('input', () => Schema.RecordFollowUpArrivalInput) input: Schema.RecordFollowUpArrivalInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordFollowUpArrivalResult>> {
    return this.service.recordArrival(input, actorOf(context));
  }

  @Requires('reception.followUp.handle')
  @Mutation(() => Schema.RecordFollowUpResultResult, { description: 'What has come of it (REC-14, REC-15).' })
  recordFollowUpResult(
    @Arg('input', () => Schema.RecordFollowUpResultInput) input: Schema.RecordFollowUpResultInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordFollowUpResultResult>> {
    return this.service.recordResult(input, actorOf(context));
  }

  @Requires('reception.followUp.handle')
  @Mutation(() => Schema.RecordFollowUpReplyResult, {
    description: 'The customer was told the result; recorded with the contact as well (REC-04, REC-14).',
  })
  recordFollowUpReply(
    @Arg('input', () => Schema.RecordFollowUpReplyInput) input: Schema.RecordFollowUpReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordFollowUpReplyResult>> {
    return this.service.recordReply(input, actorOf(context));
  }

  @Requires('reception.followUp.handle')
  @Mutation(() => Schema.CloseFollowUpResult, {
    description: 'The entry leaves the register, once result and reply are recorded.',
  })
  closeFollowUp(
    @Arg('input', () => Schema.CloseFollowUpInput) input: Schema.CloseFollowUpInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CloseFollowUpResult>> {
    return this.service.close(input, actorOf(context));
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => Interaction, { nullable: true, description: 'The contact that led to it.' })
  interaction(@Root() entry: FollowUp, @Ctx() context: RequestContext): Promise<Interaction | null> {
    return this.loads.one('Interaction', entry.interactionId, context);
  }

  @Requires('reception.workOrder.read')
  @FieldResolver(() => WorkOrder, {
    nullable: true,
    description: 'The overdue order of an engineering entry.',
  })
  async workOrder(@Root() entry: FollowUp, @Ctx() context: RequestContext): Promise<WorkOrder | null> {
    return entry.workOrderId === null ? null : this.loads.one('WorkOrder', entry.workOrderId, context);
  }

  @Requires('reception.followUp.read')
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() entry: FollowUp, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'FollowUp', entry.id);
  }
}
