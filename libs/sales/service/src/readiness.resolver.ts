import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { localDate, type Clock } from '@anju/kernel';
import { missingReadiness, type ReadinessItem } from '@anju/sales-rules';
import {
  HistoryEntry,
  Requires,
  actorOf,
  inOrderOf,
  loadHistory,
  staffStub,
  type CommandAnswer,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { ReadinessItemEnum } from './graph-enums';
import { Readiness, ReadyItemPart } from './readiness.entity';
import * as Schema from './readiness.schema';
import type { ReadinessService } from './readiness.service';
import type { SalesReads } from './sales-reads';
import { StaffStub } from './stubs';

const read = 'sales.readiness.read';
const write = 'sales.readiness.write';

@Resolver(() => Readiness)
export class ReadinessResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly reads: SalesReads,
    private readonly service: ReadinessService,
  ) {}

  @Requires(read)
  @Query(() => Readiness, { nullable: true, description: 'Null where there is none that you may see.' })
  readiness(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Readiness | null> {
    return this.reads.one('Readiness', id, context);
  }

  @Requires(write)
  @Mutation(() => Schema.OpenReadinessResult, {
    description: 'Begins the readiness list of a project; each has one (SAL-10).',
  })
  openReadiness(
    @Arg('input', () => Schema.OpenReadinessInput) input: Schema.OpenReadinessInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OpenReadinessResult>> {
    return this.service.open(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.RecordReadinessItemResult, {
    description: 'Records something that signing needs, with number and date (SAL-10).',
  })
  recordReadinessItem(
    @Arg('input', () => Schema.RecordReadinessItemInput) input: Schema.RecordReadinessItemInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RecordReadinessItemResult>> {
    return this.service.recordItem(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.WithdrawReadinessItemResult, {
    description: 'Takes an item back, with the reason; signing stops (SAL-10).',
  })
  withdrawReadinessItem(
    @Arg('input', () => Schema.WithdrawReadinessItemInput) input: Schema.WithdrawReadinessItemInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.WithdrawReadinessItemResult>> {
    return this.service.withdrawItem(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => [ReadinessItemEnum], {
    nullable: true,
    description: 'What is not on record, or has expired today: until it is there, nobody signs.',
  })
  async missing(@Root() list: Readiness, @Ctx() context: RequestContext): Promise<readonly ReadinessItem[]> {
    const timeZone = await context.loaders.load('readiness:time zone', list.projectId, (ids) =>
      this.timeZonesOf(ids),
    );
    return missingReadiness(list, localDate(this.clock.now(), timeZone));
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() list: Readiness, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Readiness', list.id);
  }

  /** Of a project that has a list, the directory has told. */
  private async timeZonesOf(projectIds: readonly string[]): Promise<string[]> {
    const rows: { id: string; timeZone: string }[] = await this.dataSource.query(
      `select id, data->>'timeZone' as "timeZone" from known_reference where kind = 'project' and id = any($1)`,
      [projectIds],
    );
    return inOrderOf(projectIds, rows, (row) => row.id).map((row) => row!.timeZone);
  }
}

@Resolver(() => ReadyItemPart)
export class ReadyItemResolver {
  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The employee who recorded it.' })
  recordedBy(@Root() item: ReadyItemPart): Stub | null {
    return staffStub(item.by);
  }
}
