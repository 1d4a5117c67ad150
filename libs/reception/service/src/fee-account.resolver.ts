import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { mayIn } from '@anju/access';
import { notFound } from '@anju/commands';
import type { Clock } from '@anju/kernel';
import { arrears, type Arrears } from '@anju/reception-rules';
import type { References } from '@anju/references';
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
import { ManagementFeeRun } from './desk-fee-run.entity';
import type { FeeRunService } from './desk-fee-run.service';
import type { DeskLoads } from './desk-loads';
import { FeeAccount } from './fee-account.entity';
import { CustomerArrears, FeeArrears } from './fee-account.parts';
import * as Schema from './fee-account.schema';
import { unopenedAccount } from './fee-account.service';
import { UnitStub } from './stubs';

const read = 'reception.fee.read';

@Resolver(() => FeeAccount)
export class FeeAccountResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly references: References,
    private readonly loads: DeskLoads,
  ) {}

  @Requires(read)
  @Query(() => FeeAccount, { nullable: true, description: 'Null where there is none that you may see.' })
  feeAccount(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<FeeAccount | null> {
    return this.loads.one('FeeAccount', id, context);
  }

  @Requires(read)
  @Query(() => Schema.FeeAccountConnection, { description: 'Accounts of units, the youngest first.' })
  feeAccounts(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.FeeAccountFilter, { nullable: true })
    filter: Schema.FeeAccountFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<FeeAccount>> {
    return this.loads.list('FeeAccount', Schema.feeAccountConditions(filter), page, context);
  }

  @Requires(read)
  @Query(() => FeeArrears, { description: 'What a customer owes for a unit now; 0 months where nothing.' })
  async arrears(
    @Arg('unitId', () => ID) unitId: string,
    @Arg('customerId', () => ID) customerId: string,
    @Ctx() context: RequestContext,
  ): Promise<Arrears> {
    const unit = await this.references.find('unit', unitId);
    const projectId = unit?.projectIds.find((id) => mayIn(principalOf(context), read, id));
    if (!projectId) throw notFound('Unit', unitId);
    const debtorId = await this.survivorOf(customerId, context);
    const at = this.clock.now();
    const account =
      (await this.loads.oneBy('FeeAccount', 'unitId', unitId, context)) ??
      unopenedAccount(projectId, unitId, at);
    return arrears(account, debtorId, at);
  }

  @Requires(read)
  @FieldResolver(() => [CustomerArrears], { name: 'arrears', description: 'Who owes what now.' })
  debtors(@Root() account: FeeAccount): readonly CustomerArrears[] {
    const at = this.clock.now();
    return [...new Set(account.charges.map((charge) => charge.liableCustomerId))]
      .map((customerId) =>
        Object.assign(new CustomerArrears(), { customerId, ...arrears(account, customerId, at) }),
      )
      .filter(({ months }) => months > 0);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() account: FeeAccount, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'FeeAccount', account.id);
  }

  /**
   * The record that stands for a customer now (DIR-06).
   * @throws Fault NOT_FOUND where there is none in the reader's projects
   */
  private async survivorOf(customerId: string, context: RequestContext): Promise<string> {
    const customer = await this.references.find('customer', customerId);
    const isSeen = customer?.projectIds.some((id) => mayIn(principalOf(context), read, id));
    if (!customer || !isSeen) throw notFound('Customer', customerId);
    const { mergedIntoId } = customer.data;
    return mergedIntoId === null ? customer.id : this.survivorOf(mergedIntoId, context);
  }
}

@Resolver(() => ManagementFeeRun)
export class FeeRunResolver {
  constructor(
    private readonly loads: DeskLoads,
    private readonly service: FeeRunService,
  ) {}

  @Requires(read)
  @Query(() => Schema.ManagementFeeRunConnection, { description: 'Fees charged together, the latest first.' })
  managementFeeRuns(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.ManagementFeeRunFilter, { nullable: true })
    filter: Schema.ManagementFeeRunFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<ManagementFeeRun>> {
    return this.loads.list('ManagementFeeRun', Schema.feeRunConditions(filter), page, context);
  }

  @Requires('reception.fee.charge')
  @Mutation(() => Schema.ChargeManagementFeesResult, {
    description: "Charges a month's fees, all or none; a unit's month that is charged already is left alone.",
  })
  chargeManagementFees(
    @Arg('input', () => Schema.ChargeManagementFeesInput) input: Schema.ChargeManagementFeesInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ChargeManagementFeesResult>> {
    return this.service.charge(input, actorOf(context));
  }
}

@Resolver(() => UnitStub)
export class UnitFeeAccountResolver {
  constructor(private readonly loads: DeskLoads) {}

  @Requires(read)
  @FieldResolver(() => FeeAccount, {
    nullable: true,
    description: 'Null where nothing was ever charged or paid.',
  })
  feeAccount(@Root() { id }: Stub, @Ctx() context: RequestContext): Promise<FeeAccount | null> {
    return this.loads.oneBy('FeeAccount', 'unitId', id, context);
  }
}
