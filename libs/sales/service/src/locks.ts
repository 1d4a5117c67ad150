import type { EntityManager } from 'typeorm';

/**
 * One at a time for something that has no row here, until the transaction ends: who comes second sees what the
 * first has written.
 */
export async function lockFor(
  tx: EntityManager,
  thing: 'unit' | 'readiness of project' | 'online signing number' | 'sales reports of project',
  id: string,
): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`sales.${thing}:${id}`]);
}
