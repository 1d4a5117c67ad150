import type { EntityManager } from 'typeorm';
import { Customer } from './customer.entity';

/**
 * Ids of the customers whose array column has one of the values of `:name`, as an SQL array. One look into the
 * index for each value: for hundreds at once, or before its statistics are up to date, the planner would
 * rather read the whole table.
 */
export function idsOfCustomersWith(column: 'lookup_keys' | 'role_unit_ids', name: string): string {
  const type = column === 'lookup_keys' ? 'text[]' : 'uuid[]';
  return `array(select found.id from unnest(:${name}::${type}) wanted(value)
    cross join lateral (select id from customer where ${column} @> array[wanted.value] offset 0) found)`;
}

/** The class of advisory locks on look-up keys, apart from others in this database. */
const lookupLock = 1;

/**
 * Customers of the organisation that may be the same as somebody who is about to be entered.
 * @param keys blind indexes of his phones and documents
 * @param hold `KEYS`: others who enter somebody under one of these keys wait until this transaction ends, so
 *   that two agents who enter one customer at once make one record; `KEYS_AND_ROWS`: also those who change one
 */
export async function customersUnder(
  keys: readonly string[],
  organisationId: string,
  tx: EntityManager,
  hold: 'NOTHING' | 'KEYS' | 'KEYS_AND_ROWS',
): Promise<Customer[]> {
  if (keys.length === 0) return [];
  if (hold !== 'NOTHING') {
    // In one order for everybody, or two transactions could wait for each other; and in buckets, because an
    // import has thousands of keys and PostgreSQL room for some thousand locks.
    await tx.query(
      `select pg_advisory_xact_lock($2::int, bucket)
       from (select distinct hashtext(key) & 255 as bucket from unnest($1::text[]) key order by 1) b`,
      [keys, lookupLock],
    );
  }
  const query = tx
    .createQueryBuilder(Customer, 'customer')
    .where(`customer.id = any(${idsOfCustomersWith('lookup_keys', 'keys')})`, { keys })
    .andWhere('customer.organisationId = :organisationId', { organisationId })
    .andWhere(`customer.status = 'ACTIVE'`)
    .orderBy('customer.id');
  return hold === 'KEYS_AND_ROWS' ? query.setLock('pessimistic_write').getMany() : query.getMany();
}
