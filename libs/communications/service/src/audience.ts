import type { EntityManager } from 'typeorm';
import type { AudienceQuery } from '@anju/communications-rules';

/** Customers of project $1 who meet every list that is not empty, on the day $2; each once. */
const found = `
  select c.id from known_reference c
  where c.kind = 'customer' and c.project_ids @> array[$1::uuid] and c.data->>'mergedIntoId' is null
    and (cardinality($6::uuid[]) = 0 or c.id = any($6::uuid[]))
    and (cardinality($3::uuid[]) + cardinality($4::uuid[]) + cardinality($5::text[]) = 0 or c.id in (
      select (r.data->>'customerId')::uuid from known_reference r
      left join known_reference u on u.kind = 'unit' and u.id = (r.data->>'unitId')::uuid
      where r.kind = 'customerRole' and r.project_ids @> array[$1::uuid]
        and r.data->>'from' <= $2 and coalesce(r.data->>'to', '9999-12-31') >= $2
        and (cardinality($5::text[]) = 0 or r.data->>'role' = any($5::text[]))
        and (cardinality($4::uuid[]) = 0 or u.id = any($4::uuid[]))
        and (cardinality($3::uuid[]) = 0 or (u.data->>'buildingId')::uuid = any($3::uuid[]))
    ))`;

export interface AudienceOf {
  readonly messageId: string;
  /** From which they are the recipients. */
  readonly revision: number;
  readonly projectId: string;
  readonly query: AudienceQuery;
  /** `YYYY-MM-DD` by the project's wall calendar. */
  readonly today: string;
  /** More are counted and not kept. */
  readonly largest: number;
}

/**
 * Finds and keeps a message's recipients in one statement, so that the size that is shown is that of exactly those
 * who are kept.
 * @returns how many different customers the query finds
 */
export async function keepAudience(
  tx: EntityManager,
  { messageId, revision, projectId, query, today, largest }: AudienceOf,
): Promise<number> {
  // Of an attempt that was refused.
  await tx.query('delete from message_recipient where message_id = $1 and revision >= $2', [
    messageId,
    revision,
  ]);
  const { buildingIds, unitIds, roles, customerIds } = query;
  const [counted]: { size: number }[] = await tx.query(
    `with found as materialized (${found}),
          counted as (select count(*)::int as size from found),
          kept as (
            insert into message_recipient (message_id, revision, customer_id)
            select $7, $8, found.id from found, counted where counted.size <= $9
          )
     select size from counted`,
    [projectId, today, buildingIds, unitIds, roles, customerIds, messageId, revision, largest],
  );
  return counted!.size;
}

/** The recipients of message `m`, as SQL on rows `r` of `message_recipient`: those of its last audience. */
export const recipientsOfMessage = `r.message_id = m.id and r.revision = (
  select max(latest.revision) from message_recipient latest
  where latest.message_id = m.id and latest.revision <= m.revision
)`;
