import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { mayIn } from '@anju/access';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  principalOf,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import type { CommunicationsLoads } from './communications-loads';
import { CustomerVisit } from './customer-visit.entity';
import * as Schema from './customer-visit.schema';
import type { CustomerVisitService } from './customer-visit.service';
import { CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';

const read = 'communications.visit.read';
const record = 'communications.visit.record';

@Resolver(() => CustomerVisit)
export class CustomerVisitResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: CommunicationsLoads,
    private readonly service: CustomerVisitService,
  ) {}

  @Requires(read)
  @Query(() => CustomerVisit, { nullable: true, description: 'Null where there is none that you may see.' })
  customerVisit(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CustomerVisit | null> {
    return this.loads.one('CustomerVisit', id, context);
  }

  @Requires(read)
  @Query(() => Schema.CustomerVisitConnection, { description: 'Visits to customers, the latest first.' })
  customerVisits(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.CustomerVisitFilter, { nullable: true })
    filter: Schema.CustomerVisitFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<CustomerVisit>> {
    return this.loads.list('CustomerVisit', Schema.visitConditions(filter), page, context);
  }

  @Requires(read)
  @Query(() => Schema.VisitDutyReport, {
    nullable: true,
    description: 'Whether a project manager made his in-depth visits of a month (COM-02).',
  })
  async visitDuty(
    @Arg('projectId', () => ID) projectId: string,
    @Arg('managerId', () => ID) managerId: string,
    @Arg('month', () => String, { description: '`YYYY-MM`' }) month: string,
    @Ctx() context: RequestContext,
  ): Promise<Schema.VisitDutyReport | null> {
    if (!mayIn(principalOf(context), read, projectId)) return null;
    return this.service.dutyOf(projectId, managerId, month);
  }

  @Requires(record)
  @Mutation(() => Schema.RecordCustomerVisitResult, {
    description: 'Records a visit with what the customer suggested (COM-02).',
  })
  recordCustomerVisit(
    @Arg('input', () => Schema.RecordCustomerVisitInput) input: Schema.RecordCustomerVisitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordCustomerVisitResult>> {
    return this.service.record(input, actorOf(context));
  }

  @Requires(record)
  @Mutation(() => Schema.PlanVisitActionResult, {
    description: 'Says who does what about a suggestion until when (COM-02).',
  })
  planVisitAction(
    @Arg('input', () => Schema.PlanVisitActionInput) input: Schema.PlanVisitActionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.PlanVisitActionResult>> {
    return this.service.plan(input, actorOf(context));
  }

  @Requires(record)
  @Mutation(() => Schema.CompleteVisitActionResult, {
    description: 'Records what came of an action, in time or late (COM-02).',
  })
  completeVisitAction(
    @Arg('input', () => Schema.CompleteVisitActionInput) input: Schema.CompleteVisitActionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CompleteVisitActionResult>> {
    return this.service.complete(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'Where it was.' })
  project(@Root() visit: CustomerVisit): Stub {
    return { id: visit.projectId };
  }

  @Requires(read)
  @FieldResolver(() => CustomerStub, { nullable: true, description: 'Who was visited.' })
  customer(@Root() visit: CustomerVisit): Stub {
    return { id: visit.customerId };
  }

  @Requires(read)
  @FieldResolver(() => UnitStub, { nullable: true, description: 'The home, if it was there.' })
  unit(@Root() { unitId }: CustomerVisit): Stub | null {
    return unitId === null ? null : { id: unitId };
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who made it.' })
  visitor(@Root() visit: CustomerVisit): Stub {
    return { id: visit.visitedBy };
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() visit: CustomerVisit, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'CustomerVisit', visit.id);
  }
}

/** Visits to the customer; null for a reader without the right, who still sees the customer. */
@Resolver(() => CustomerStub)
export class CustomerVisitsOfCustomerResolver {
  constructor(private readonly loads: CommunicationsLoads) {}

  @Requires(read)
  @FieldResolver(() => Schema.CustomerVisitConnection, {
    nullable: true,
    description: 'Visits to the customer, the latest first.',
  })
  visits(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<CustomerVisit>> {
    const parent = { field: 'Customer.visits', id, belongs: 't.customer_id = p.id' };
    return this.loads.listOf('CustomerVisit', parent, Schema.visitConditions(null), page, context);
  }
}
