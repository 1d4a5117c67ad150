import { requireIn, type Actor, type AggregateDefinition, type CommandRunner } from '@anju/commands';
import { salesEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import {
  correctSalesReport,
  monthBefore,
  onSalesReportDeadline,
  openSalesReport,
  salesReportDeadlines,
  sendSalesReport,
  type SalesReportFact,
  type SalesReportState,
} from '@anju/sales-rules';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { salesSurroundings, type SalesSurroundings } from './environment';
import { lockFor } from './locks';
import { ledgerOf } from './sales-ledger';
import { SalesReport } from './sales-report.entity';
import type * as Inputs from './sales-report.schema';

export type SalesReportAggregate = AggregateDefinition<
  SalesReportState,
  SalesReportFact,
  SalesSurroundings,
  SalesReport
>;

export function salesReportAggregate(references: References): SalesReportAggregate {
  return {
    type: 'SalesReport',
    context: 'sales',
    entity: SalesReport,
    environment: salesSurroundings(references),
    events: eventsOfFacts<SalesReportFact>()({
      SalesReportOpened: salesEvents.salesReportOpened,
      SalesReportSent: salesEvents.salesReportSent,
      SalesReportCorrected: salesEvents.salesReportCorrected,
      SalesReportOverdue: salesEvents.salesReportOverdue,
    }),
    deadlines: salesReportDeadlines,
    onDeadline: onSalesReportDeadline,
  };
}

const write = 'sales.report.write';

/** The monthly sales report to finance (SAL-50). */
export class SalesReportService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly aggregate: SalesReportAggregate,
  ) {}

  open(input: Inputs.OpenSalesReportInput, actor: Actor) {
    const { projectId } = input;
    requireIn(actor, write, projectId);
    return this.commands.create(this.aggregate, {
      ...commandRequest(actor, 'openSalesReport', write, input),
      projectId,
      check: () => this.references.check([{ kind: 'project', id: projectId, field: 'input.projectId' }]),
      prepare: async (tx, at, { timeZone }) => {
        const month = input.month ?? monthBefore(at, timeZone);
        await lockFor(tx, 'sales reports of project', projectId);
        const existing = await tx.getRepository(SalesReport).findOneBy({ projectId, month });
        return { month, existingId: existing?.id ?? null };
      },
      decide: (id, at, surroundings, { month, existingId }) =>
        openSalesReport({ id, projectId, month }, existingId, at, surroundings),
    });
  }

  send(input: Inputs.SendSalesReportInput, actor: Actor) {
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'sendSalesReport', write, input.salesReportId, input),
      prepare: async (tx, { projectId, month }, _at, { timeZone }) =>
        (await ledgerOf(tx, [{ projectId, month, timeZone }]))[0]!,
      decide: (report, at, _surroundings, month) => sendSalesReport(report, { ...month, by: actor.id }, at),
    });
  }

  correct(input: Inputs.CorrectSalesReportInput, actor: Actor) {
    const { reason } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'correctSalesReport', write, input.salesReportId, input),
      reason,
      prepare: async (tx, { projectId, month }, _at, { timeZone }) =>
        (await ledgerOf(tx, [{ projectId, month, timeZone }]))[0]!,
      decide: (report, at, _surroundings, month) =>
        correctSalesReport(report, { ...month, reason, by: actor.id }, at),
    });
  }
}
