import type { EntityManager } from 'typeorm';
import { accept, type Decision } from '@anju/kernel';
import type { InteractionFact, InteractionState } from '@anju/reception-rules';

/**
 * The records that stand for customers now (DIR-06), for what is about to be written. Until the transaction
 * ends none of them is merged into another.
 */
export async function survivorsOf(
  tx: EntityManager,
  customerIds: readonly string[],
): Promise<(customerId: string) => string> {
  const survivors = new Map<string, string>();
  let asked = [...new Set(customerIds)].sort();
  while (asked.length > 0) {
    const rows: { id: string; into: string }[] = await tx.query(
      `select id, data->>'mergedIntoId' as into from known_reference
       where kind = 'customer' and id = any($1) order by id for share`,
      [asked],
    );
    asked = [];
    for (const { id, into } of rows) {
      if (!into || survivors.has(id)) continue;
      survivors.set(id, into);
      asked.push(into);
    }
  }
  const survivorOf = (id: string): string => {
    const into = survivors.get(id);
    return into === undefined ? id : survivorOf(into);
  };
  return survivorOf;
}

/** The contact with another record of the same customer; nothing happened to the contact itself. */
export function replaceCustomer(
  state: InteractionState,
  customerId: string,
  intoCustomerId: string,
): Decision<InteractionState, InteractionFact, never> {
  const replaced = (id: string): string => (id === customerId ? intoCustomerId : id);
  const first = state.customerId && replaced(state.customerId);
  const companions = new Set(state.accompanyingCustomerIds.map(replaced));
  if (first) companions.delete(first);
  return accept({ ...state, customerId: first, accompanyingCustomerIds: [...companions] });
}
