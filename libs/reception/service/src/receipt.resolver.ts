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
  type Stub,
} from '@anju/subgraph';
import type { DeskLoads } from './desk-loads';
import { Receipt } from './receipt.entity';
import * as Schema from './receipt.schema';
import type { ReceiptService } from './receipt.service';
import { Shift } from './shift.entity';
import { CustomerStub } from './stubs';

const read = 'reception.payment.read';

@Resolver(() => Receipt)
export class ReceiptResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: DeskLoads,
    private readonly service: ReceiptService,
  ) {}

  @Requires(read)
  @Query(() => Receipt, { nullable: true, description: 'Null where there is none that you may see.' })
  receipt(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Receipt | null> {
    return this.loads.one('Receipt', id, context);
  }

  @Requires(read)
  @Query(() => Schema.ReceiptConnection, { description: 'Receipts (收据), the latest first.' })
  receipts(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.ReceiptFilter, { nullable: true })
    filter: Schema.ReceiptFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Receipt>> {
    return this.loads.list('Receipt', Schema.receiptConditions(filter), page, context);
  }

  @Requires('reception.payment.take')
  @Mutation(() => Schema.TakePaymentResult, {
    description:
      'Takes a payment against a numbered receipt, matched to the months owed, oldest first (REC-35). Whoever is ' +
      'not finance takes it at the desk, into the drawer of his own open shift.',
  })
  takePayment(
    @Arg('input', () => Schema.TakePaymentInput) input: Schema.TakePaymentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.TakePaymentResult>> {
    return this.service.take(input, actorOf(context));
  }

  @Requires('reception.payment.cancel')
  @Mutation(() => Schema.CancelReceiptResult, {
    description: 'Takes a receipt back as a reversal; its months are owed again (REC-35).',
  })
  cancelReceipt(
    @Arg('input', () => Schema.CancelReceiptInput) input: Schema.CancelReceiptInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CancelReceiptResult>> {
    return this.service.cancel(input, actorOf(context));
  }

  @Requires('reception.payment.take')
  @Mutation(() => Schema.RecordInvoiceDeliveredResult, {
    description: 'The invoice that was to follow has been brought to the home (REC-35).',
  })
  recordInvoiceDelivered(
    @Arg('input', () => Schema.RecordInvoiceDeliveredInput) input: Schema.RecordInvoiceDeliveredInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordInvoiceDeliveredResult>> {
    return this.service.recordInvoiceDelivered(input, actorOf(context));
  }

  @Requires('reception.shift.read')
  @FieldResolver(() => Shift, { nullable: true, description: 'Whose drawer it went into; null at finance.' })
  async shift(@Root() { shiftId }: Receipt, @Ctx() context: RequestContext): Promise<Shift | null> {
    return shiftId === null ? null : this.loads.one('Shift', shiftId, context);
  }

  @Requires('reception.shift.read')
  @FieldResolver(() => Shift, {
    nullable: true,
    description: 'Out of whose drawer the money was given back.',
  })
  async cancelShift(@Root() receipt: Receipt, @Ctx() context: RequestContext): Promise<Shift | null> {
    const { cancelShiftId } = receipt;
    return cancelShiftId === null ? null : this.loads.one('Shift', cancelShiftId, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() receipt: Receipt, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Receipt', receipt.id);
  }
}

@Resolver(() => CustomerStub)
export class CustomerReceiptsResolver {
  constructor(private readonly loads: DeskLoads) {}

  @Requires(read)
  @FieldResolver(() => Schema.ReceiptConnection, {
    nullable: true,
    description: 'Receipts for what the customer paid, or others paid for him; the latest first.',
  })
  receipts(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.ReceiptFilter, { nullable: true })
    filter: Schema.ReceiptFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Receipt>> {
    const belongs = '(t.payer_id = p.id or t.for_customer_id = p.id)';
    const parent = { field: 'Customer.receipts', id, belongs };
    return this.loads.listOf('Receipt', parent, Schema.receiptConditions(filter), page, context);
  }
}
