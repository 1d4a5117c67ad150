import type { CommandRunner } from '@anju/commands';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { currentCustomers, noteMerge } from '@anju/references';
import { replaceLeadCustomer, replaceSaleCustomer } from '@anju/sales-rules';
import type { LeadAggregate } from './lead.aggregate';
import type { SaleAggregate } from './sale.aggregate';

/** Two records of one customer are one prospect and one who subscribes (DIR-06). */
export function onCustomerMerged(
  commands: CommandRunner,
  sales: SaleAggregate,
  leads: LeadAggregate,
): ConsumerDefinition {
  return {
    name: 'sales.merged-customers',
    handlers: [
      on(directoryEvents.customerMerged, async ({ data, actor }, tx) => {
        const { customerId } = data;
        await noteMerge(tx, customerId, data.intoCustomerId);
        // Merges have no order between them either: the record that stayed may have gone since.
        const current = await currentCustomers(tx, [data.intoCustomerId]);
        const replaced = { customerId, intoCustomerId: current.get(data.intoCustomerId)! };
        const request = { actor: { id: actor }, command: 'replaceMergedCustomer', tx };
        const idsOf = (sql: string): Promise<{ id: string }[]> => tx.query(sql, [customerId]);
        for (const { id } of await idsOf(
          'select id from sale where customer_ids @> array[$1]::uuid[] order by id',
        )) {
          await commands.change(sales, {
            ...{ ...request, id, permission: 'sales.sale.subscribe' },
            decide: (sale) => replaceSaleCustomer(sale, replaced),
          });
        }
        for (const { id } of await idsOf('select id from lead where customer_id = $1 order by id')) {
          await commands.change(leads, {
            ...{ ...request, id, permission: 'sales.lead.handle' },
            decide: (lead) => replaceLeadCustomer(lead, replaced),
          });
        }
      }),
    ],
  };
}
