import type { CommandRunner } from '@anju/commands';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { currentCustomers, noteMerge } from '@anju/references';
import { replaceContractCustomer, replaceMortgageCustomer } from '@anju/sales-rules';
import type { ContractAggregate } from './contract.aggregate';
import type { MortgageAggregate } from './mortgage.aggregate';

/** Two records of one customer are one buyer, with both shares, and one borrower (DIR-06). */
export function onContractCustomerMerged(
  commands: CommandRunner,
  contracts: ContractAggregate,
  mortgages: MortgageAggregate,
): ConsumerDefinition {
  return {
    name: 'sales.merged-buyers',
    handlers: [
      on(directoryEvents.customerMerged, async ({ data, actor }, tx) => {
        const { customerId } = data;
        await noteMerge(tx, customerId, data.intoCustomerId);
        // Merges have no order between them either: the record that stayed may have gone since.
        const current = await currentCustomers(tx, [data.intoCustomerId]);
        const replaced = { customerId, intoCustomerId: current.get(data.intoCustomerId)! };
        const request = { actor: { id: actor }, command: 'replaceMergedCustomer', tx };
        const holding = async (table: 'contract' | 'mortgage'): Promise<{ id: string }[]> =>
          tx.query(`select id from ${table} where customer_ids @> array[$1]::uuid[] order by id`, [
            customerId,
          ]);
        for (const { id } of await holding('contract')) {
          await commands.change(contracts, {
            ...{ ...request, id, permission: 'sales.contract.draft' },
            decide: (contract) => replaceContractCustomer(contract, replaced),
          });
        }
        for (const { id } of await holding('mortgage')) {
          await commands.change(mortgages, {
            ...{ ...request, id, permission: 'sales.mortgage.handle' },
            decide: (mortgage) => replaceMortgageCustomer(mortgage, replaced),
          });
        }
      }),
    ],
  };
}
