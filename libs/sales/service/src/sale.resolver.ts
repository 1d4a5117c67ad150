import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  principalOf,
  staffStub,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { Lead } from './lead.entity';
import { Sale, SalePaymentPart } from './sale.entity';
import * as Schema from './sale.schema';
import type { SaleService } from './sale.service';
import type { SalesReads } from './sales-reads';
import { StaffStub } from './stubs';

const read = 'sales.sale.read';
const subscribe = 'sales.sale.subscribe';

@Resolver(() => Sale)
export class SaleResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: SalesReads,
    private readonly service: SaleService,
  ) {}

  @Requires(read)
  @Query(() => Sale, { nullable: true, description: 'Null where there is none that you may see.' })
  sale(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Sale | null> {
    return this.reads.one('Sale', id, context);
  }

  @Requires(read)
  @Query(() => Schema.SaleConnection, { description: 'Sales of units, those opened last first.' })
  sales(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.SaleFilter, { nullable: true }) filter: Schema.SaleFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Sale>> {
    const conditions = Schema.saleConditions(filter, principalOf(context).staffId);
    return this.reads.list('Sale', conditions, page, context);
  }

  @Requires(subscribe)
  @Mutation(() => Schema.SubscribeUnitResult, {
    description:
      'Subscribes a unit (认购): it is asked for, and held once the directory says so. One unit is sold once (SAL-03).',
  })
  subscribeUnit(
    @Arg('input', () => Schema.SubscribeUnitInput) input: Schema.SubscribeUnitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SubscribeUnitResult>> {
    return this.service.subscribe(input, actorOf(context));
  }

  @Requires(subscribe)
  @Mutation(() => Schema.WithdrawSaleResult, {
    description: 'Gives a subscription up; the unit goes back for sale, and a draft contract falls (SAL-03).',
  })
  withdrawSale(
    @Arg('input', () => Schema.WithdrawSaleInput) input: Schema.WithdrawSaleInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.WithdrawSaleResult>> {
    return this.service.withdraw(input, actorOf(context));
  }

  @Requires(subscribe)
  @Mutation(() => Schema.RetryUnitStepResult, {
    description: 'Asks the directory once more for a step that it refused (SAL-03).',
  })
  retryUnitStep(
    @Arg('input', () => Schema.RetryUnitStepInput) input: Schema.RetryUnitStepInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RetryUnitStepResult>> {
    return this.service.retryStep(input, actorOf(context));
  }

  @Requires('sales.sale.recordPayment')
  @Mutation(() => Schema.RecordSalePaymentResult, {
    description: 'Enters a payment on the price; with the last fen the sale is paid (SAL-03).',
  })
  recordSalePayment(
    @Arg('input', () => Schema.RecordSalePaymentInput) input: Schema.RecordSalePaymentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordSalePaymentResult>> {
    return this.service.recordPayment(input, actorOf(context));
  }

  @Requires('sales.sale.handOver')
  @Mutation(() => Schema.HandOverUnitResult, {
    description: 'Hands a paid home over; done with the answer of the directory (SAL-03).',
  })
  handOverUnit(
    @Arg('input', () => Schema.HandOverUnitInput) input: Schema.HandOverUnitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.HandOverUnitResult>> {
    return this.service.handOver(input, actorOf(context));
  }

  @Requires('sales.lead.read')
  @FieldResolver(() => Lead, { nullable: true, description: 'The prospect whose sale it is.' })
  async lead(@Root() { leadId }: Sale, @Ctx() context: RequestContext): Promise<Lead | null> {
    return leadId === null ? null : this.reads.one('Lead', leadId, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() sale: Sale, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Sale', sale.id);
  }
}

@Resolver(() => SalePaymentPart)
export class SalePaymentResolver {
  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The employee who entered it.' })
  recordedBy(@Root() payment: SalePaymentPart): Stub | null {
    return staffStub(payment.by);
  }
}
