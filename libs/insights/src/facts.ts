import type { EntityManager } from 'typeorm';

type Values = Readonly<Record<string, unknown>>;

export const factTables = [
  'fact_interaction',
  'fact_silence',
  'fact_work_order',
  'fact_follow_up',
  'fact_rectification',
  'fact_receipt',
  'fact_release_slip',
  'fact_release_refusal',
  'fact_shift',
  'fact_complaint',
  'fact_complaint_clock',
  'fact_return_visit',
  'fact_return_visit_release',
  'fact_lead',
  'fact_lead_follow_up',
  'fact_lead_follow_up_miss',
  'fact_sale',
  'fact_sale_payment',
  'fact_contract',
  'fact_mortgage',
  'fact_mortgage_step',
  'fact_mortgage_standstill',
  'fact_sales_report',
  'fact_scheme',
  'fact_appraisal',
  'fact_evidence',
  'fact_customer_word',
  'fact_message',
  'fact_message_copy',
  'fact_visit',
] as const;

export type FactTable = (typeof factTables)[number];

/** Writes a row, or the given columns of the row that is there. Column names come from the callers' code only. */
export async function put(tx: EntityManager, table: FactTable, key: Values, values: Values): Promise<void> {
  const columns = [...Object.keys(key), ...Object.keys(values)];
  const updates = Object.keys(values).map((column) => `${column} = excluded.${column}`);
  await tx.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
     on conflict (${Object.keys(key).join(', ')}) do update set ${updates.join(', ')}`,
    [...Object.values(key), ...Object.values(values)],
  );
}

/** Changes columns of a row that an earlier event of the same aggregate has made. */
export async function set(
  tx: EntityManager,
  table: FactTable,
  id: string,
  assignments: string,
  ...values: unknown[]
): Promise<void> {
  await tx.query(`update ${table} set ${assignments} where id = $1`, [id, ...values]);
}
