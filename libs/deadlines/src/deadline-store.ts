import type { DataSource, EntityManager } from 'typeorm';
import { askOften, sendLater } from '@anju/database';
import { newId } from '@anju/kernel';

/** A moment at which something becomes due for an aggregate, as its rules derive it from its state. */
export interface DueTime {
  readonly kind: string;
  readonly dueAt: Date;
}

/** A due time as it is stored. */
export interface StoredDeadline extends DueTime {
  readonly fired: boolean;
}

/** Of one aggregate, the same for the same kind and instant. */
export function deadlineKey({ kind, dueAt }: DueTime): string {
  return `${+dueAt} ${kind}`;
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
  if (aggregates.length === 0) return;
  const wanted = JSON.stringify(
    aggregates.flatMap(({ aggregateId, due }) =>
      due.map(({ kind, dueAt }) => ({
        ...{ id: newId(), aggregate_id: aggregateId, kind, due_at: dueAt.toISOString() },
      })),
    ),
  );
  await sendLater(
    tx,
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

/**
 * Of those aggregates that have something due at `at`, all due times until then, also those that have fired: by
 * aggregate. Of the others nothing.
 */
export async function dueDeadlines(
  tx: EntityManager,
  aggregateType: string,
  aggregateIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, readonly StoredDeadline[]>> {
  const rows: { id: string; kinds: string[]; due: Date[]; fired: boolean[] }[] = await tx.query(
    `select aggregate_id as id, array_agg(kind) as kinds, array_agg(due_at) as due,
            array_agg(fired_at is not null) as fired
     from deadline where aggregate_type = $1 and aggregate_id = any($2::uuid[]) and due_at <= $3
     group by 1 having bool_or(fired_at is null)`,
    [aggregateType, aggregateIds, at],
  );
  return new Map(
    rows.map(({ id, kinds, due, fired }) => [
      id,
      kinds.map((kind, n) => ({ kind, dueAt: due[n]!, fired: fired[n]! })),
    ]),
  );
}

/**
 * Records that due times of aggregates fired; also of those that arose and fired at once, and were never stored.
 * @param at when they were carried out, which may be later than they were due
 */
export async function markFired(
  tx: EntityManager,
  aggregateType: string,
  fired: readonly (DueTime & { readonly aggregateId: string })[],
  at: Date,
): Promise<void> {
  await sendLater(
    tx,
    `insert into deadline (id, aggregate_type, aggregate_id, kind, due_at, fired_at)
     select f.id, $1, f.aggregate_id, f.kind, f.due_at, $3
     from jsonb_to_recordset($2::jsonb) as f(id uuid, aggregate_id uuid, kind text, due_at timestamptz)
     on conflict (aggregate_type, aggregate_id, kind, due_at) do update
       set fired_at = excluded.fired_at, last_error = null where deadline.fired_at is null`,
    [
      aggregateType,
      JSON.stringify(
        fired.map(({ aggregateId, kind, dueAt }) => ({
          ...{ id: newId(), aggregate_id: aggregateId, kind, due_at: dueAt.toISOString() },
        })),
      ),
      at,
    ],
  );
}

/**
 * The earliest pending due time of a service, or null. Those waiting for a retry count from their retry. Asked after
 * every commit: each half is the first entry of an index, however many due times there are.
 */
export async function nextDueAt(dataSource: DataSource): Promise<Date | null> {
  const [row]: [{ next: Date | null }] = await dataSource.query(
    `select least(
       (select due_at from deadline where fired_at is null and retry_at is null order by due_at limit 1),
       (select retry_at from deadline where fired_at is null and retry_at is not null order by retry_at limit 1)
     ) as next`,
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

/** What is due first. */
export interface NextDue {
  /** Earliest first; of an aggregate one for each moment at which something is due. */
  readonly due: readonly DueAggregate[];
  /** Whether that is everything. */
  readonly isAll: boolean;
}

/** What is due at `at` and not waiting for a retry. @param limit so many due times at most */
export async function nextDue(dataSource: DataSource, at: Date, limit: number): Promise<NextDue> {
  const rows: { aggregate_type: string; aggregate_id: string; due_at: Date; found: number }[] =
    await askOften(
      dataSource.manager,
      `select aggregate_type, aggregate_id, due_at, (sum(count(*)) over ())::int as found from (
         select aggregate_type, aggregate_id, due_at from deadline
         where fired_at is null and due_at <= $1 and (retry_at is null or retry_at <= $1)
         order by due_at, aggregate_type, aggregate_id limit $2
       ) earliest group by 1, 2, 3 order by due_at, aggregate_type, aggregate_id`,
      [at, limit],
    );
  return {
    due: rows.map((row) => ({
      ...{ aggregateType: row.aggregate_type, aggregateId: row.aggregate_id, dueAt: row.due_at },
    })),
    isAll: (rows[0]?.found ?? 0) < limit,
  };
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
