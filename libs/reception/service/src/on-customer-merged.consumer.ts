import { systemActor, type CommandRunner } from '@anju/commands';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import type { InteractionAggregate } from './interaction.service';
import { replaceCustomer } from './merged-customers';
import { mergePraise, type PraiseAggregate } from './praise.service';

/** Contacts and praise of a customer's record that went are the surviving record's from now on (DIR-06). */
export function onCustomerMerged(
  commands: CommandRunner,
  interactions: InteractionAggregate,
  praises: PraiseAggregate,
): ConsumerDefinition {
  return {
    name: 'reception.merged-customers',
    handlers: [
      on(directoryEvents.customerMerged, async ({ data, time }, tx) => {
        const { customerId, intoCustomerId } = data;
        // Whoever is recording a contact of the record holds this row: his contact is found below.
        await tx.query(
          `update known_reference set data = data || jsonb_build_object('mergedIntoId', $2::text)
           where kind = 'customer' and id = $1`,
          [customerId, intoCustomerId],
        );
        const contacts: { id: string }[] = await tx.query(
          'select id from interaction where customer_ids @> array[$1::uuid] order by id',
          [customerId],
        );
        for (const { id } of contacts) {
          await commands.change(interactions, {
            tx,
            at: new Date(time),
            actor: systemActor('directory'),
            permission: 'reception.interaction.record',
            command: 'replaceMergedCustomer',
            id,
            decide: (state) => replaceCustomer(state, customerId, intoCustomerId),
          });
        }
        await mergePraise(commands, praises, data, new Date(time), tx);
      }),
    ],
  };
}
