import type { DataSource, EntityManager } from 'typeorm';
import { newId } from '@anju/kernel';

/** A moment at which something becomes due for an aggregate, as its rules derive it from its state. */
export interface DueTime {
  readonly kind: string;
  readonly dueAt: Date;
}

export interface PendingDeadline extends DueTime {
  readonly id: string;
}

/** An aggregate with something due. */
export interface DueAggregate {
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly dueAt: Date;
}

/** What an aggregate's state has to fall due. */
export interface DueOfAggregate {
  readonly aggregateId: string;
  readonly due: readonly DueTime[];
}

/**
 * Makes the stored pending deadlines of aggregates those that their states have now, by one statement.
 * What has fired stays fired: the same kind at the same instant is never stored again.
 */
export async function reconcileDeadlinesOfMany(
  tx: EntityManager,
  aggregateType: string,
  aggregates: readonly DueOfAggregate[],
): Promise<void> {
  const wanted = JSON.stringify(
    aggregates.flatMap(({ aggregateId, due }) =>
      due.map(({ kind, dueAt }) => ({
        ...{ id: newId(), aggregate_id: aggregateId, kind, due_at: dueAt.toISOString() },
      })),
    ),
  );
  await tx.query(
    `with wanted as (
       select * from jsonb_to_recordset($3::jsonb) as w(id uuid, aggregate_id uuid, kind text, due_at timestamptz)
     ), gone as (
       delete from deadline d
       where d.aggregate_type = $1 and d.aggregate_id = any($2::uuid[]) and d.fired_at is null
         and not exists (
           select from wanted w where w.aggregate_id = d.aggregate_id and w.kind = d.kind and w.due_at = d.due_at)
     )
     insert into deadline (id, aggregate_type, aggregate_id, kind, due_at)
     select id, $1, aggregate_id, kind, due_at from wanted
     on conflict (aggregate_type, aggregate_id, kind, due_at) do nothing`,
    [aggregateType, aggregates.map(({ aggregateId }) => aggregateId), wanted],
  );
}

/** The same for one aggregate. */
export function reconcileDeadlines(
  tx: EntityManager,
  aggregateType: string,
  aggregateId: string,
  due: readonly DueTime[],
): Promise<void> {
  return reconcileDeadlinesOfMany(tx, aggregateType, [{ aggregateId, due }]);
}

/** Of these aggregates, those that have something due at `at` that has not fired. */
export async function haveSomethingDue(
  tx: EntityManager,
  aggregateType: string,
  aggregateIds: readonly string[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const rows: { id: string }[] = await tx.query(
    `select distinct aggregate_id as id from deadline
     where aggregate_type = $1 and aggregate_id = any($2::uuid[]) and fired_at is null and due_at <= $3`,
    [aggregateType, aggregateIds, at],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The aggregate's own deadlines that are due at `at` and have not fired, earliest first. */
export async function dueDeadlines(
  tx: EntityManager,
  aggregateType: string,
  aggregateId: string,
  at: Date,
): Promise<PendingDeadline[]> {
  const rows: { id: string; kind: string; due_at: Date }[] = await tx.query(
    `select id, kind, due_at from deadline
     where aggregate_type = $1 and aggregate_id = $2 and fired_at is null and due_at <= $3
     order by due_at, kind`,
    [aggregateType, aggregateId, at],
  );
  return rows.map((row) => ({ id: row.id, kind: row.kind, dueAt: row.due_at }));
}

/** Records that a deadline fired; `at` is when it was carried out, which may be later than it was due. */
export async function markFired(tx: EntityManager, id: string, at: Date): Promise<void> {
  await tx.query(`update deadline set fired_at = $2, last_error = null where id = $1 and fired_at is null`, [
    id,
    at,
  ]);
}

/** The earliest pending due time of a service, or null. Those waiting for a retry count from their retry. */
export async function nextDueAt(dataSource: DataSource): Promise<Date | null> {
  const [row]: [{ next: Date | null }] = await dataSource.query(
    `select min(greatest(due_at, coalesce(retry_at, due_at))) as next from deadline where fired_at is null`,
  );
  return row.next;
}

/** How many due times have not fired, how many of them are past at `at`, and since when the earliest is. */
export async function countDeadlines(
  dataSource: DataSource,
  at: Date,
): Promise<{ readonly pending: number; readonly late: number; readonly earliestLateAt: Date | null }> {
  const [row]: [{ pending: string; late: string; earliest: Date | null }] = await dataSource.query(
    `select count(*) as pending, count(*) filter (where due_at <= $1) as late,
            min(due_at) filter (where due_at <= $1) as earliest
     from deadline where fired_at is null`,
    [at],
  );
  return { pending: Number(row.pending), late: Number(row.late), earliestLateAt: row.earliest };
}

/** Aggregates with something due at `at`, earliest first, at most `limit`. */
export async function dueAggregates(
  dataSource: DataSource,
  at: Date,
  limit: number,
): Promise<DueAggregate[]> {
  const rows: { aggregate_type: string; aggregate_id: string; due_at: Date }[] = await dataSource.query(
    `select aggregate_type, aggregate_id, min(due_at) as due_at from (
       select aggregate_type, aggregate_id, due_at from deadline
       where fired_at is null and due_at <= $1 and (retry_at is null or retry_at <= $1)
       order by due_at limit $2
     ) earliest group by 1, 2 order by 3`,
    [at, limit],
  );
  return rows.map((row) => ({
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    dueAt: row.due_at,
  }));
}

/** Puts off an aggregate's due deadlines after a failure, so that others are not held up by it. */
export async function postpone(
  dataSource: DataSource,
  due: DueAggregate,
  retryAt: Date,
  error: string,
): Promise<void> {
  await dataSource.query(
    `update deadline set attempts = attempts + 1, retry_at = $4, last_error = $5
     where aggregate_type = $1 and aggregate_id = $2 and fired_at is null and due_at <= $3`,
    [due.aggregateType, due.aggregateId, due.dueAt, retryAt, error.slice(0, 2_000)],
  );
}
