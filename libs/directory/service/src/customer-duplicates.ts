import type { EntityManager } from 'typeorm';
import { Customer } from './customer.entity';

/** Blind indexes under which a customer may be on record already. */
export interface DuplicateKeys {
  readonly phones: readonly string[];
  readonly documents: readonly string[];
}

/**
 * Customers of the organisation that may be the same.
 * @param hold `KEYS`: others who enter somebody under one of these keys wait until this transaction ends, so
 *   that two agents who enter one customer at once make one record; `KEYS_AND_ROWS`: also those who change one
 */
export async function customersUnder(
  keys: DuplicateKeys,
  organisationId: string,
  tx: EntityManager,
  hold: 'NOTHING' | 'KEYS' | 'KEYS_AND_ROWS',
): Promise<Customer[]> {
  // In one order for everybody, or two transactions could wait for each other.
  const locks = [...new Set([...keys.phones, ...keys.documents])].sort();
  if (locks.length === 0) return [];
  if (hold !== 'NOTHING') {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) key`, [
      locks,
    ]);
  }
  const query = tx
    .createQueryBuilder(Customer, 'customer')
    .where('customer.organisationId = :organisationId', { organisationId })
    .andWhere(`customer.status = 'ACTIVE'`)
    .andWhere('(customer.phoneKeys && :phones::text[] or customer.documentKeys && :documents::text[])', keys)
    .orderBy('customer.id');
  return hold === 'KEYS_AND_ROWS' ? query.setLock('pessimistic_write').getMany() : query.getMany();
}
