import type { EntityManager } from 'typeorm';
import type { OpenTransaction } from './open-transaction';
import { ServiceClient } from './service-client';

async function openTransactionOf(tx: EntityManager): Promise<OpenTransaction | null> {
  const connection: unknown = await tx.queryRunner?.connect();
  return connection instanceof ServiceClient ? connection.openTransaction : null;
}

/**
 * Writes in a transaction without waiting for it: the statement goes together with the next one, at the latest with
 * the commit. Where it fails, the next one does, and the transaction with it. Where the database is not opened as a
 * service's, it is sent at once.
 */
export async function sendLater(
  tx: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<void> {
  const open = await openTransactionOf(tx);
  if (!open) {
    await tx.query(text, [...values]);
    return;
  }
  tx.dataSource.logger.logQuery(text, [...values], tx.queryRunner);
  open.later(text, values);
}

/** Waits until all that was to be sent later is carried out. @throws QueryFailedError where something of it fails */
export async function sendNow(tx: EntityManager): Promise<void> {
  const open = await openTransactionOf(tx);
  if (open?.hasUnsent) await tx.query('select');
}
