import type { EntityManager } from 'typeorm';

/** The table of a service that keeps merges of customer records: for the migration of one that notes them. */
export const mergedCustomerTable = `
  create table merged_customer (
    customer_id uuid primary key,
    into_customer_id uuid not null
  );`;

/** Two services' events have no order between them: a customer record may be named after it has gone. */
async function lock(tx: EntityManager, mode: 'shared' | 'exclusive', ids: readonly string[]): Promise<void> {
  const take = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.query(
    `select ${take}(hashtextextended('references.customer:' || id, 0))
     from (select distinct unnest($1::uuid[])::text as id order by 1) customers`,
    [ids],
  );
}

/**
 * Each of these customers' records with the one that stands for it now. Holds back a merge of any of them
 * until the transaction ends, so that it finds what is written with them.
 */
export async function currentCustomers(
  tx: EntityManager,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const current = new Map(customerIds.map((id) => [id, id]));
  if (current.size === 0) return current;
  await lock(tx, 'shared', customerIds);
  const rows: { id: string; into: string }[] = await tx.query(
    `with recursive followed(id, into_id) as (
       select m.customer_id, m.into_customer_id from merged_customer m where m.customer_id = any($1)
       union
       select f.id, m.into_customer_id from followed f join merged_customer m on m.customer_id = f.into_id
     )
     select f.id, f.into_id as into from followed f
     where not exists (select from merged_customer m where m.customer_id = f.into_id)`,
    [customerIds],
  );
  for (const { id, into } of rows) current.set(id, into);
  return current;
}

/** Notes that a record went into another, and waits for whoever is just writing with it. */
export async function noteMerge(
  tx: EntityManager,
  customerId: string,
  intoCustomerId: string,
): Promise<void> {
  await lock(tx, 'exclusive', [customerId]);
  await tx.query(
    `insert into merged_customer (customer_id, into_customer_id) values ($1, $2)
     on conflict (customer_id) do update set into_customer_id = excluded.into_customer_id`,
    [customerId, intoCustomerId],
  );
}
