import {
  isCommandRefusal,
  requireIn,
  type Actor,
  type AggregateDefinition,
  type CommandRunner,
  type Reaction,
} from '@anju/commands';
import { salesEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import {
  beginSalesReport,
  correctSalesReport,
  monthBefore,
  monthOf,
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

const write = 'sales.report.write';

export type SalesReportAggregate = AggregateDefinition<
  SalesReportState,
  SalesReportFact,
  SalesSurroundings,
  SalesReport
>;

export function salesReportAggregate(references: References): SalesReportAggregate {
  const aggregate: SalesReportAggregate = {
    type: 'SalesReport',
    context: 'sales',
    entity: SalesReport,
    environment: salesSurroundings(references),
    events: eventsOfFacts<SalesReportFact>()({
      SalesReportBegun: null,
      SalesReportOpened: salesEvents.salesReportOpened,
      SalesReportSent: salesEvents.salesReportSent,
      SalesReportCorrected: salesEvents.salesReportCorrected,
      SalesReportOverdue: salesEvents.salesReportOverdue,
    }),
    deadlines: salesReportDeadlines,
    onDeadline: onSalesReportDeadline,
    react: async (fact, { projectId }, reaction) => {
      if (fact.type === 'SalesReportOpened')
        await beginReportOfMonth(aggregate, references, projectId, reaction);
    },
  };
  return aggregate;
}

/**
 * Begins the report of the month that goes on, where the project has none: with its first sale, and with the end of
 * each month since (SAL-50).
 */
export async function beginReportOfMonth(
  reports: SalesReportAggregate,
  references: References,
  projectId: string,
  { tx, commands, actor, at }: Reaction,
): Promise<void> {
  const { timeZone } = await references.project(projectId, tx);
  const month = monthOf(at, timeZone);
  const exists = (): Promise<boolean> => tx.getRepository(SalesReport).existsBy({ projectId, month });
  if (await exists()) return;
  await lockFor(tx, 'sales reports of project', projectId);
  if (await exists()) return;
  const begun = await commands.create(reports, {
    ...{ tx, at, projectId, actor: { id: actor.id } },
    ...{ command: 'beginSalesReport', permission: write },
    decide: (id, now, surroundings) => beginSalesReport({ id, projectId }, now, surroundings),
  });
  if (isCommandRefusal(begun)) throw new Error(`the report of ${month} was not begun: ${begun.code}`);
}

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
