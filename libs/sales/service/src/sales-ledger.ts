import type { EntityManager } from 'typeorm';
import { reviveInstants } from '@anju/commands';
import {
  monthBounds,
  salesReportLines,
  salesReportPayments,
  type ContractState,
  type SaleState,
  type SalesMonth,
} from '@anju/sales-rules';

/** A project's month in the project's time zone. */
export interface LedgerMonth {
  readonly projectId: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly timeZone: string;
}

interface Found {
  readonly contracts: readonly Pick<
    ContractState,
    'id' | 'number' | 'unitId' | 'consultantId' | 'area' | 'price' | 'signing' | 'mortgage'
  >[];
  readonly sales: readonly Pick<SaleState, 'id' | 'contractId' | 'payments'>[];
}

/**
 * The months as the ledgers of contracts and payments have them, in their order: one statement, so that all of it
 * was so at one moment (SAL-50). The rules decide what is of a month, and what it comes to.
 */
export async function ledgerOf(tx: EntityManager, months: readonly LedgerMonth[]): Promise<SalesMonth[]> {
  const asked = months.map(({ projectId, month, timeZone }, n) => ({
    ...{ n, project: projectId, ...monthBounds(month, timeZone) },
  }));
  const rows: Found[] = await tx.query(
    `select (
       select coalesce(jsonb_agg(jsonb_build_object(
         'id', c.id, 'number', c.number, 'unitId', c.unit_id, 'consultantId', c.consultant_id, 'area', c.area::text,
         'price', c.price, 'signing', c.signing, 'mortgage', c.mortgage)), '[]')
       from contract c where c.project_id = m.project and c.signed_at >= m."from" and c.signed_at < m."to"
     ) as contracts, (
       select coalesce(jsonb_agg(jsonb_build_object(
         'id', s.id, 'contractId', s.contract_id, 'payments', s.payments)), '[]')
       from sale s where s.project_id = m.project and exists (
         select from jsonb_array_elements(s.payments) p
         where (p->>'paidAt')::timestamptz >= m."from" and (p->>'paidAt')::timestamptz < m."to")
     ) as sales
     from jsonb_to_recordset($1::jsonb) as m(n int, project uuid, "from" timestamptz, "to" timestamptz) order by m.n`,
    [JSON.stringify(asked)],
  );
  return months.map(({ month, timeZone }, n) => {
    const { contracts, sales } = JSON.parse(JSON.stringify(rows[n]), reviveInstants) as Found;
    return {
      lines: salesReportLines(contracts, month, timeZone),
      payments: salesReportPayments(sales, month, timeZone),
    };
  });
}
