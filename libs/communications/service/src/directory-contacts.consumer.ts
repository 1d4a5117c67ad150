import type { EntityManager } from 'typeorm';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';

async function keep(
  tx: EntityManager,
  { customerId, sealedContact }: { readonly customerId: string; readonly sealedContact?: string | undefined },
): Promise<void> {
  if (sealedContact === undefined) return;
  await tx.query(
    `insert into directory_contact (customer_id, sealed) values ($1, $2)
     on conflict (customer_id) do update set sealed = excluded.sealed`,
    [customerId, sealedContact],
  );
}

/** Keeps what the directory tells of customers for those who write to them, sealed as it came (DIR-05). */
export function directoryContacts(): ConsumerDefinition {
  return {
    name: 'communications.contacts',
    staysHere: true,
    handlers: [
      on(directoryEvents.customerRegistered, ({ data }, tx) => keep(tx, data)),
      on(directoryEvents.customerChanged, ({ data }, tx) => keep(tx, data)),
    ],
    reset: async (tx) => {
      await tx.query('delete from directory_contact');
    },
  };
}
