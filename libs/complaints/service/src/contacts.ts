import type { EntityManager } from 'typeorm';

/**
 * One at a time for a contact until the transaction ends: the event that opens its case here, the person who
 * puts it into another case there.
 */
export async function lockContacts(
  tx: EntityManager,
  contacts: readonly { readonly interactionId?: string | null }[],
): Promise<void> {
  const ids = contacts.flatMap(({ interactionId }) => (interactionId ? [interactionId] : []));
  if (ids.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('complaints.contact:' || id, 0))
     from (select distinct unnest($1::uuid[])::text as id order by 1) contacts`,
    [ids],
  );
}
