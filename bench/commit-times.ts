import { Client } from 'pg';
import type { Platform } from './platform';

/** The one that turns events into facts; the metrics are views of these. */
export const factsConsumer = 'insights.facts';

/** An event by id, and when its transaction was committed by PostgreSQL's clock, in milliseconds. */
export interface Committed {
  readonly id: string;
  readonly at: number;
}

export interface WrittenEvent extends Committed {
  readonly type: string;
  readonly subject: string;
}

const committedAt = (transaction: string): string =>
  `(extract(epoch from pg_xact_commit_timestamp(${transaction})) * 1000)::float8`;

/** Asks a service's database, as the service itself would. */
export async function ask<Row>(
  platform: Pick<Platform, 'databaseUrl'>,
  service: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: platform.databaseUrl(service) });
  await client.connect();
  try {
    const { rows } = await client.query(sql, [...values]);
    return rows as Row[];
  } finally {
    await client.end();
  }
}

/** The place of the last event of a service so far. */
export async function lastEvent(platform: Platform, service: string): Promise<string> {
  const [row] = await ask<{ seq: string }>(
    platform,
    service,
    'select coalesce(max(seq), 0)::text as seq from outbox',
  );
  return row!.seq;
}

export function eventsSince(platform: Platform, service: string, seq: string): Promise<WrittenEvent[]> {
  return ask(
    platform,
    service,
    `select id::text, type, aggregateid as subject, ${committedAt('transaction_id::xid')} as at
     from outbox where seq > $1 order by seq`,
    [seq],
  );
}

/** The events that the facts know: the inbox row is written with the fact, in one transaction. */
export async function factsByEvent(platform: Platform): Promise<ReadonlyMap<string, number>> {
  const rows = await ask<Committed>(
    platform,
    'insights',
    `select event_id::text as id, ${committedAt('xmin')} as at from inbox where consumer = $1`,
    [factsConsumer],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** When a service's relay noted its last position, by PostgreSQL's clock, in milliseconds. */
export async function relayedAt(platform: Platform, service: string): Promise<number> {
  const [row] = await ask<{ at: number }>(
    platform,
    service,
    `select ${committedAt('xmin')} as at from consumer_position where consumer = $1`,
    [`${service}.relay`],
  );
  return row!.at;
}
