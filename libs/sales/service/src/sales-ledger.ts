import type { EntityManager } from 'typeorm';
import { monthBounds, salesReportLines, type SalesReportLine } from '@anju/sales-rules';
import { Contract } from './contract.entity';

/** A project's month in the project's time zone. */
export interface LedgerMonth {
  readonly projectId: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly timeZone: string;
}

/**
 * The months as the contract ledger has them, in their order: one statement, so that all of it was so at one
 * moment (SAL-50). The rules decide which contracts are of a month.
 */
export async function ledgerOf(
  tx: EntityManager,
  months: readonly LedgerMonth[],
): Promise<(readonly SalesReportLine[])[]> {
  const asked = months.map((one) => ({ ...one, ...monthBounds(one.month, one.timeZone) }));
  const contracts = await tx
    .createQueryBuilder(Contract, 'c')
    .where(
      `exists (select from jsonb_to_recordset(:asked::jsonb)
                 as m("projectId" uuid, "from" timestamptz, "to" timestamptz)
               where m."projectId" = c.project_id and c.signed_at >= m."from" and c.signed_at < m."to")`,
      { asked: JSON.stringify(asked) },
    )
    .getMany();
  return asked.map(({ projectId, month, timeZone }) =>
    salesReportLines(
      contracts.filter((contract) => contract.projectId === projectId),
      month,
      timeZone,
    ),
  );
}
