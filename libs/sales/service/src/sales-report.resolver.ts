import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import type { References } from '@anju/references';
import { salesReportTotals } from '@anju/sales-rules';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  stub,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import type { ContractReads } from './contract-reads';
import { Contract } from './contract.entity';
import { ledgerOf } from './sales-ledger';
import { SalesLedgerMonth, SalesReport, SalesReportLinePart } from './sales-report.entity';
import * as Schema from './sales-report.schema';
import type { SalesReportService } from './sales-report.service';
import { StaffStub, UnitStub } from './stubs';

const read = 'sales.report.read';
const write = 'sales.report.write';

/** The monthly sales reports. */
@Resolver(() => SalesReport)
export class SalesReportResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: ContractReads,
    private readonly references: References,
    private readonly service: SalesReportService,
  ) {}

  @Requires(read)
  @Query(() => SalesReport, { nullable: true, description: 'Null where there is none that you may see.' })
  salesReport(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<SalesReport | null> {
    return this.reads.one('SalesReport', id, context);
  }

  @Requires(read)
  @Query(() => Schema.SalesReportConnection, {
    description: 'Monthly sales reports (销售月报), the latest month first (SAL-50).',
  })
  salesReports(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.SalesReportFilter, { nullable: true })
    filter: Schema.SalesReportFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<SalesReport>> {
    return this.reads.list('SalesReport', Schema.salesReportConditions(filter), page, context);
  }

  @Requires(write)
  @Mutation(() => Schema.OpenSalesReportResult, {
    description: 'Begins the report of a month that is over; there is one of each month (SAL-50).',
  })
  openSalesReport(
    @Arg('input', () => Schema.OpenSalesReportInput) input: Schema.OpenSalesReportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OpenSalesReportResult>> {
    return this.service.open(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.SendSalesReportResult, {
    description: 'Sends a report to finance as the ledger has the month now; it is frozen then (SAL-50).',
  })
  sendSalesReport(
    @Arg('input', () => Schema.SendSalesReportInput) input: Schema.SendSalesReportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SendSalesReportResult>> {
    return this.service.send(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => Schema.CorrectSalesReportResult, {
    description: 'Adds to a report that was sent what the ledger has otherwise now (SAL-50).',
  })
  correctSalesReport(
    @Arg('input', () => Schema.CorrectSalesReportInput) input: Schema.CorrectSalesReportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.CorrectSalesReportResult>> {
    return this.service.correct(input, actorOf(context));
  }

  @Requires(read)
  @FieldResolver(() => SalesLedgerMonth, {
    nullable: true,
    description: 'The month as the ledgers have it now: what would be sent, or what a correction would say.',
  })
  ledger(@Root() report: SalesReport, @Ctx() context: RequestContext): Promise<SalesLedgerMonth> {
    const { projectId, month } = report;
    return context.loaders.load('SalesReport.ledger', `${projectId} ${month}`, async (keys) => {
      const asked = keys.map((key) => key.split(' ') as [string, string]);
      const zones = new Map<string, string>();
      for (const id of new Set(asked.map(([one]) => one))) {
        zones.set(id, (await this.references.project(id)).timeZone);
      }
      const months = asked.map(([id, one]) => ({ projectId: id, month: one, timeZone: zones.get(id)! }));
      const ledgers = await ledgerOf(this.dataSource.manager, months);
      return ledgers.map((ledger) => ({ ...ledger, totals: salesReportTotals(ledger) }));
    });
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() { id }: SalesReport, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'SalesReport', id);
  }
}

@Resolver(() => SalesReportLinePart)
export class SalesReportLineResolver {
  constructor(private readonly reads: ContractReads) {}

  @Requires('sales.contract.read')
  @FieldResolver(() => Contract, { nullable: true, description: 'The contract as it is now.' })
  contract(@Root() line: SalesReportLinePart, @Ctx() context: RequestContext): Promise<Contract | null> {
    return this.reads.one('Contract', line.contractId, context);
  }

  @Requires(read)
  @FieldResolver(() => UnitStub, { nullable: true, description: 'The home.' })
  unit(@Root() { unitId }: SalesReportLinePart): Stub {
    return stub(unitId);
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The consultant whose sale it was.' })
  consultant(@Root() { consultantId }: SalesReportLinePart): Stub {
    return stub(consultantId);
  }
}
