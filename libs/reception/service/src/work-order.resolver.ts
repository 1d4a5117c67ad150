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
import { Interaction } from './interaction.entity';
import type { ReceptionLoads } from './reception-loads';
import { WorkOrder } from './work-order.entity';
import * as Schema from './work-order.schema';
import type { WorkOrderService } from './work-order.service';

@Resolver(() => WorkOrder)
export class WorkOrderResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: ReceptionLoads,
    private readonly service: WorkOrderService,
  ) {}

  @Requires('reception.workOrder.read')
  @Query(() => WorkOrder, { nullable: true, description: 'Null where there is none that you may see.' })
  workOrder(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<WorkOrder | null> {
    return this.loads.one('WorkOrder', id, context);
  }

  @Requires('reception.workOrder.read')
  @Query(() => Schema.WorkOrderConnection, { description: 'Work orders (服务工作单), the latest first.' })
  workOrders(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.WorkOrderFilter, { nullable: true })
    filter: Schema.WorkOrderFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WorkOrder>> {
    return this.loads.list('WorkOrder', Schema.workOrderConditions(filter), page, context);
  }

  @Requires('reception.workOrder.issue')
  @Mutation(() => Schema.IssueWorkOrderResult, {
    description:
      'Gives an own repair to the equipment department, for the time agreed with the customer (REC-10).',
  })
  issueWorkOrder(
    @Arg('input', () => Schema.IssueWorkOrderInput) input: Schema.IssueWorkOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.IssueWorkOrderResult>> {
    return this.service.issue(input, actorOf(context));
  }

  @Requires('reception.workOrder.perform')
  @Mutation(() => Schema.AcceptWorkOrderResult, {
    description: 'The department takes the order on and names the technician.',
  })
  acceptWorkOrder(
    @Arg('input', () => Schema.AcceptWorkOrderInput) input: Schema.AcceptWorkOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.AcceptWorkOrderResult>> {
    return this.service.accept(input, actorOf(context));
  }

  @Requires('reception.workOrder.perform')
  @Mutation(() => Schema.ArriveOnSiteResult, { description: 'The technician is at the place.' })
  arriveOnSite(
    @Arg('input', () => Schema.ArriveOnSiteInput) input: Schema.ArriveOnSiteInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ArriveOnSiteResult>> {
    return this.service.arrive(input, actorOf(context));
  }

  @Requires('reception.workOrder.perform')
  @Mutation(() => Schema.FinishWorkOrderResult, {
    description: 'The repair is done; the order leaves the follow-up register (REC-11).',
  })
  finishWorkOrder(
    @Arg('input', () => Schema.FinishWorkOrderInput) input: Schema.FinishWorkOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.FinishWorkOrderResult>> {
    return this.service.finish(input, actorOf(context));
  }

  @Requires('reception.workOrder.issue')
  @Mutation(() => Schema.ConfirmWorkOrderResult, { description: 'The customer confirms that it is done.' })
  confirmWorkOrder(
    @Arg('input', () => Schema.ConfirmWorkOrderInput) input: Schema.ConfirmWorkOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ConfirmWorkOrderResult>> {
    return this.service.confirm(input, actorOf(context));
  }

  @Requires('reception.workOrder.issue')
  @Mutation(() => Schema.RescheduleWorkOrderResult, {
    description:
      "Moves the appointment: once for the company's sake, told before; else by the customer's wish (REC-12).",
  })
  rescheduleWorkOrder(
    @Arg('input', () => Schema.RescheduleWorkOrderInput) input: Schema.RescheduleWorkOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RescheduleWorkOrderResult>> {
    return this.service.reschedule(input, actorOf(context));
  }

  @Requires('reception.workOrder.issue')
  @Mutation(() => Schema.CancelWorkOrderResult, { description: 'Gives the order up, with the reason.' })
  cancelWorkOrder(
    @Arg('input', () => Schema.CancelWorkOrderInput) input: Schema.CancelWorkOrderInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CancelWorkOrderResult>> {
    return this.service.cancel(input, actorOf(context));
  }

  @Requires('reception.interaction.read')
  @FieldResolver(() => Interaction, { nullable: true, description: 'The contact that led to it.' })
  interaction(@Root() order: WorkOrder, @Ctx() context: RequestContext): Promise<Interaction | null> {
    return this.loads.one('Interaction', order.interactionId, context);
  }

  @Requires('reception.followUp.read')
  @FieldResolver(() => FollowUp, {
    nullable: true,
    description: 'Its entry in the register, once overdue (REC-11).',
  })
  async followUp(@Root() order: WorkOrder, @Ctx() context: RequestContext): Promise<FollowUp | null> {
    return (await this.loads.all('FollowUp', 'workOrderId', order.id, context))[0] ?? null;
  }

  @Requires('reception.workOrder.read')
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() order: WorkOrder, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'WorkOrder', order.id);
  }
}
