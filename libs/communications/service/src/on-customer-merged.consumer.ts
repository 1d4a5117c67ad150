import type { CommandRunner } from '@anju/commands';
import { replaceWordCustomer } from '@anju/communications-rules';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { currentCustomers, noteMerge } from '@anju/references';
import type { WordAggregate } from './customer-word.entity';

/** What was said to a record that went was said to the one that stayed (DIR-06). */
export function onCustomerMerged(commands: CommandRunner, words: WordAggregate): ConsumerDefinition {
  return {
    name: 'communications.merged-customers',
    handlers: [
      on(directoryEvents.customerMerged, async ({ data, actor }, tx) => {
        const { customerId } = data;
        await noteMerge(tx, customerId, data.intoCustomerId);
        // Merges have no order between them either: the record that stayed may have gone since.
        const current = await currentCustomers(tx, [data.intoCustomerId]);
        const intoCustomerId = current.get(data.intoCustomerId)!;
        const found: { id: string }[] = await tx.query(
          'select id from customer_word where customer_ids @> array[$1]::uuid[] order by id',
          [customerId],
        );
        for (const { id } of found) {
          await commands.change(words, {
            actor: { id: actor },
            command: 'replaceMergedCustomer',
            permission: 'communications.word.record',
            id,
            tx,
            decide: (state, at) => replaceWordCustomer(state, { customerId, intoCustomerId }, at),
          });
        }
      }),
    ],
  };
}
