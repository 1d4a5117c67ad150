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
import type { Drawer } from '@anju/reception-rules';
import type { DeskLoads } from './desk-loads';
import { Interaction } from './interaction.entity';
import type { Receipt } from './receipt.entity';
import { ReceiptConnection, ReceiptFilter, receiptConditions } from './receipt.schema';
import type { ReceptionLoads } from './reception-loads';
import { Shift } from './shift.entity';
import { ShiftDrawer, ShiftOpenMatter } from './shift.parts';
import * as Schema from './shift.schema';
import { expectedDrawers, type ShiftService } from './shift.service';

const read = 'reception.shift.read';
const handle = 'reception.shift.handle';

@Resolver(() => Shift)
export class ShiftResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: DeskLoads,
    private readonly service: ShiftService,
  ) {}

  @Requires(read)
  @Query(() => Shift, { nullable: true, description: 'Null where there is none that you may see.' })
  shift(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Shift | null> {
    return this.loads.one('Shift', id, context);
  }

  @Requires(read)
  @Query(() => Schema.ShiftConnection, {
    description: 'Shifts at the desk (交接记录), the one opened last first.',
  })
  shifts(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.ShiftFilter, { nullable: true })
    filter: Schema.ShiftFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Shift>> {
    return this.loads.list('Shift', Schema.shiftConditions(filter), page, context);
  }

  @Requires(handle)
  @Mutation(() => Schema.OpenShiftResult, {
    description: 'Opens a shift; over one that is not accepted only with a reason (REC-23).',
  })
  openShift(
    @Arg('input', () => Schema.OpenShiftInput) input: Schema.OpenShiftInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OpenShiftResult>> {
    return this.service.open(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.CountShiftResult, {
    description: 'Counts the drawer against the system (REC-23); the last count is handed over.',
  })
  countShift(
    @Arg('input', () => Schema.CountShiftInput) input: Schema.CountShiftInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CountShiftResult>> {
    return this.service.count(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.HandOverShiftResult, {
    description: 'Hands the shift over with its count, special notes and open matters (REC-23).',
  })
  handOverShift(
    @Arg('input', () => Schema.HandOverShiftInput) input: Schema.HandOverShiftInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.HandOverShiftResult>> {
    return this.service.handOver(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.AcceptShiftHandoverResult, {
    description: 'The next shift accepts what was handed over; nobody accepts his own (REC-23).',
  })
  acceptShiftHandover(
    @Arg('input', () => Schema.AcceptShiftHandoverInput) input: Schema.AcceptShiftHandoverInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.AcceptShiftHandoverResult>> {
    return this.service.acceptHandover(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.DisputeShiftHandoverResult, {
    description: 'The next shift disputes it, with a reason; it is counted and handed over again (REC-23).',
  })
  disputeShiftHandover(
    @Arg('input', () => Schema.DisputeShiftHandoverInput) input: Schema.DisputeShiftHandoverInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.DisputeShiftHandoverResult>> {
    return this.service.disputeHandover(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => ShiftDrawer, { description: 'What the system says is in the drawer now.' })
  expected(@Root() shift: Shift, @Ctx() context: RequestContext): Promise<Drawer> {
    return context.loaders.load('expected drawers', shift.id, async (ids) => {
      const drawers = await expectedDrawers(this.dataSource.manager, ids);
      return ids.map((id) => drawers.get(id)!);
    });
  }

  @Requires('reception.payment.read')
  @FieldResolver(() => ReceiptConnection, {
    description: 'Given out in the shift, or given back out of its drawer.',
  })
  receipts(
    @Root() { id }: Shift,
    @Args() page: PageArgs,
    @Arg('filter', () => ReceiptFilter, { nullable: true }) filter: ReceiptFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Receipt>> {
    const belongs = '(t.shift_id = p.id or t.cancel_shift_id = p.id)';
    const parent = { field: 'Shift.receipts', id, belongs };
    return this.loads.listOf('Receipt', parent, receiptConditions(filter), page, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { description: 'Every accepted command, oldest first.' })
  history(@Root() shift: Shift, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Shift', shift.id);
  }
}

@Resolver(() => ShiftOpenMatter)
export class ShiftOpenMatterResolver {
  constructor(private readonly loads: ReceptionLoads) {}

  @Requires('reception.interaction.read')
  @FieldResolver(() => Interaction, { nullable: true })
  async interaction(
    @Root() { interactionId }: ShiftOpenMatter,
    @Ctx() context: RequestContext,
  ): Promise<Interaction | null> {
    return interactionId === null ? null : this.loads.one('Interaction', interactionId, context);
  }
}
