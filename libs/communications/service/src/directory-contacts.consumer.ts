import type { EntityManager } from 'typeorm';
import { openContact, type Cipher } from '@anju/access';
import { directoryEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';

async function keep(
  tx: EntityManager,
  cipher: Cipher,
  { customerId, sealedContact }: { readonly customerId: string; readonly sealedContact?: string | undefined },
): Promise<void> {
  // In a rebuild, of a key that went: what it said was sealed anew here since, and stays.
  if (sealedContact === undefined || openContact(cipher, sealedContact) === null) return;
  await tx.query(
    `insert into directory_contact (customer_id, sealed) values ($1, $2)
     on conflict (customer_id) do update set sealed = excluded.sealed`,
    [customerId, sealedContact],
  );
}

/** Keeps what the directory tells of customers for those who write to them, sealed as it came (DIR-05). */
export function directoryContacts(cipher: Cipher): ConsumerDefinition {
  return {
    name: 'communications.contacts',
    staysHere: true,
    handlers: [
      on(directoryEvents.customerRegistered, ({ data }, tx) => keep(tx, cipher, data)),
      on(directoryEvents.customerChanged, ({ data }, tx) => keep(tx, cipher, data)),
    ],
  };
}
