import type { EntityManager } from 'typeorm';

/** One accepted command: rows are written in the command's transaction and never changed. */
export interface HistoryRow {
  readonly aggregateType: string;
  readonly aggregateId: string;
  /** The aggregate's version after the command. */
  readonly version: number;
  readonly command: string;
  readonly actor: string;
  readonly at: Date;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string | null;
  readonly facts: readonly { readonly type: string }[];
}

export async function appendToHistory(tx: EntityManager, rows: readonly HistoryRow[]): Promise<void> {
  await tx.query(
    `insert into history (aggregate_type, aggregate_id, version, command, actor, at, from_status, to_status, reason, facts)
     select r->>'aggregateType', (r->>'aggregateId')::uuid, (r->>'version')::int, r->>'command', r->>'actor',
            (r->>'at')::timestamptz, r->>'from', r->>'to', r->>'reason', r->'facts'
     from jsonb_array_elements($1::jsonb) with ordinality as t(r, n) order by n`,
    [JSON.stringify(rows)],
  );
}

/** The history of several aggregates at once, oldest first; for a batched graph field. */
export async function historyOf(
  manager: EntityManager,
  aggregateType: string,
  aggregateIds: readonly string[],
): Promise<Map<string, HistoryRow[]>> {
  const rows: HistoryRow[] = await manager.query(
    `select aggregate_type as "aggregateType", aggregate_id as "aggregateId", version, command, actor, at,
            from_status as "from", to_status as "to", reason, facts
     from history where aggregate_type = $1 and aggregate_id = any($2) order by aggregate_id, version`,
    [aggregateType, aggregateIds],
  );
  const byId = new Map<string, HistoryRow[]>(aggregateIds.map((id) => [id, []]));
  for (const row of rows) byId.get(row.aggregateId)?.push(row);
  return byId;
}
