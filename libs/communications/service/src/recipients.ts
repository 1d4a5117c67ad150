import type { EntityManager } from 'typeorm';
import { openContact, type Cipher, type CustomerContact } from '@anju/access';
import type { FieldValues, MessageChannel, Recipient } from '@anju/communications-rules';
import { currentCustomers } from '@anju/references';
import { AddressBook, CustomerConsent } from './customer-consent.entity';

/** A recipient as he is when a message is about to go to him. */
export interface KnownRecipient {
  /** Where he gets messages by a channel; null where he gets none. */
  readonly addressBy: (channel: MessageChannel) => string | null;
  /** What the rules ask of him. */
  readonly by: (channel: MessageChannel) => Recipient;
}

interface OnRecord {
  readonly id: string;
  /** The home that he has a role in, such as `3-2-1201`. */
  readonly home: string | null;
}

/** Who is on record in the project, with a home of his: the one that he has been in longest. */
const onRecord = `
  select c.id, (
    select u.data->>'home' from known_reference r
    join known_reference u on u.kind = 'unit' and u.id = (r.data->>'unitId')::uuid
    where r.kind = 'customerRole' and r.data->>'customerId' = c.id::text and r.project_ids @> array[$1::uuid]
      and r.data->>'from' <= $3 and coalesce(r.data->>'to', '9999-12-31') >= $3
    order by r.data->>'from', r.id limit 1
  ) as home
  from known_reference c
  where c.kind = 'customer' and c.id = any($2) and c.project_ids @> array[$1::uuid]
    and c.data->>'mergedIntoId' is null`;

/**
 * What is known of customers for sending to them, for many in a few statements. What he gave for messages comes
 * before what the directory has of him; what was recorded of a record that went is that of the one that stayed.
 * @param cipher opens what the directory told
 * @param today `YYYY-MM-DD` by the project's wall calendar
 * @returns in the order of the ids
 */
export async function recipientsNow(
  tx: EntityManager,
  cipher: Cipher,
  { projectId, customerIds, today }: { projectId: string; customerIds: readonly string[]; today: string },
): Promise<readonly KnownRecipient[]> {
  const current = await currentCustomers(tx, customerIds);
  const ids = [...new Set(current.values())];
  const known: OnRecord[] = await tx.query(onRecord, [projectId, ids, today]);
  const consents = await ofCustomers(tx, CustomerConsent, ids);
  const books = await ofCustomers(tx, AddressBook, ids);
  const contacts = await contactsOf(tx, cipher, ids);
  const homes = new Map(known.map(({ id, home }) => [id, home]));
  return customerIds.map((customerId) => {
    const id = current.get(customerId)!;
    const book = books.get(id);
    const contact = contacts.get(id);
    const addressBy = (channel: MessageChannel): string | null =>
      book?.addresses.find((one) => one.channel === channel)?.address ??
      (channel === 'SMS' ? contact?.mobile : null) ??
      null;
    const home = homes.get(id);
    const name = book?.addressee ?? contact?.name;
    const values: FieldValues = {
      ...(name ? { customerName: name } : {}),
      ...(home ? { home } : {}),
    };
    const present = homes.has(id);
    const consent = consents.get(id) ?? null;
    return {
      addressBy,
      by: (channel) => ({ present, consent, hasAddress: addressBy(channel) !== null, values }),
    };
  });
}

async function contactsOf(
  tx: EntityManager,
  cipher: Cipher,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerContact>> {
  const rows: { id: string; sealed: string }[] = await tx.query(
    'select customer_id as id, sealed from directory_contact where customer_id = any($1)',
    [ids],
  );
  return new Map(
    rows.flatMap(({ id, sealed }) => {
      const contact = openContact(cipher, sealed);
      return contact ? [[id, contact]] : [];
    }),
  );
}

async function ofCustomers<Entity extends CustomerConsent | AddressBook>(
  tx: EntityManager,
  entity: new () => Entity,
  ids: readonly string[],
): Promise<Map<string, Entity>> {
  const query = tx.createQueryBuilder(entity, 't').where('t.customerId = any(:ids)', { ids });
  return new Map((await query.getMany()).map((row) => [row.customerId, row]));
}
