import type { EntityManager } from 'typeorm';
import { systemActor, type CommandRunner } from '@anju/commands';
import {
  mergeAddressBooks,
  mergeConsents,
  replaceVisitCustomer,
  replaceWordCustomer,
  type AddressBookState,
  type ConsentFact,
  type ConsentState,
  type CustomerVisitFact,
  type CustomerVisitState,
  type MessageAddressRecorded,
} from '@anju/communications-rules';
import { directoryEvents } from '@anju/events';
import { accept } from '@anju/kernel';
import { on, type ConsumerDefinition } from '@anju/outbox';
import { currentCustomers, noteMerge } from '@anju/references';
import type { AddressBookAggregate, ConsentAggregate } from './customer-consent.entity';
import { AddressBook, CustomerConsent } from './customer-consent.entity';
import type { VisitAggregate } from './customer-visit.entity';
import type { WordAggregate } from './customer-word.entity';

export interface MergedAggregates {
  readonly words: WordAggregate;
  readonly visits: VisitAggregate;
  readonly consents: ConsentAggregate;
  readonly books: AddressBookAggregate;
}

/** What was said to a record that went, and what was known of it, is the surviving record's (DIR-06). */
export function onCustomerMerged(
  commands: CommandRunner,
  { words, visits, consents, books }: MergedAggregates,
): ConsumerDefinition {
  const request = { actor: systemActor('directory'), command: 'replaceMergedCustomer' } as const;
  return {
    name: 'communications.merged-customers',
    handlers: [
      on(directoryEvents.customerMerged, async ({ data }, tx) => {
        const { customerId } = data;
        await noteMerge(tx, customerId, data.intoCustomerId);
        // Merges have no order between them either: the record that stayed may have gone since.
        const current = await currentCustomers(tx, [data.intoCustomerId]);
        const intoCustomerId = current.get(data.intoCustomerId)!;
        const merge = { customerId, intoCustomerId };
        for (const id of await idsOf(tx, 'customer_word', 'customer_ids @> array[$1]::uuid[]', customerId)) {
          const permission = 'communications.word.record';
          const decide = (state: Parameters<typeof replaceWordCustomer>[0], at: Date) =>
            replaceWordCustomer(state, merge, at);
          await commands.change(words, { ...request, permission, id, tx, decide });
        }
        for (const id of await idsOf(tx, 'customer_visit', 'customer_id = $1', customerId)) {
          const permission = 'communications.visit.record';
          const decide = (state: Parameters<typeof replaceVisitCustomer>[0]) =>
            accept<CustomerVisitState, CustomerVisitFact>(replaceVisitCustomer(state, merge));
          await commands.change(visits, { ...request, permission, id, tx, decide });
        }
        await mergeRecords(tx, { commands, consents, books }, merge);
        // Whoever was to get it still is; whoever would get it twice gets it once.
        await tx.query(
          `update message_recipient r set customer_id = $2 where customer_id = $1 and not exists (
             select from message_recipient o
             where o.message_id = r.message_id and o.revision = r.revision and o.customer_id = $2)
           and exists (select from message m where m.id = r.message_id and not m.planned)
           and not exists (
             select from delivery d where d.message_id = r.message_id and d.customer_id in ($1, $2))`,
          [customerId, intoCustomerId],
        );
      }),
    ],
  };
}

async function idsOf(
  tx: EntityManager,
  table: string,
  condition: string,
  customerId: string,
): Promise<readonly string[]> {
  const rows: { id: string }[] = await tx.query(`select id from ${table} where ${condition} order by id`, [
    customerId,
  ]);
  return rows.map(({ id }) => id);
}

/** Consent and addresses of the record that went come to those of the one that stayed. */
async function mergeRecords(
  tx: EntityManager,
  {
    commands,
    consents,
    books,
  }: Pick<MergedAggregates, 'consents' | 'books'> & { readonly commands: CommandRunner },
  { customerId, intoCustomerId }: { readonly customerId: string; readonly intoCustomerId: string },
): Promise<void> {
  const permission = 'communications.consent.record';
  const request = { actor: systemActor('directory'), command: 'mergeCustomer', permission, tx } as const;
  const find = <Entity extends CustomerConsent | AddressBook>(entity: new () => Entity, id: string) =>
    tx.createQueryBuilder(entity, 't').where('t.customerId = :id', { id }).getOne();

  const said = await find(CustomerConsent, customerId);
  const consent = said && (await find(CustomerConsent, intoCustomerId));
  if (consent) {
    const decide = (state: Parameters<typeof mergeConsents>[0]) =>
      accept<ConsentState, ConsentFact>(mergeConsents(state, said));
    await commands.change(consents, { ...request, id: consent.id, decide });
  } else if (said) {
    const decide = (id: string) =>
      accept<ConsentState, ConsentFact>({ ...stateOf(said), id, customerId: intoCustomerId });
    await commands.create(consents, { ...request, projectId: null, decide });
  }

  const known = await find(AddressBook, customerId);
  const book = known && (await find(AddressBook, intoCustomerId));
  if (book) {
    const decide = (state: Parameters<typeof mergeAddressBooks>[0]) =>
      accept<AddressBookState, MessageAddressRecorded>(mergeAddressBooks(state, known));
    await commands.change(books, { ...request, id: book.id, decide });
  } else if (known) {
    const decide = (id: string) =>
      accept<AddressBookState, MessageAddressRecorded>({ ...stateOf(known), id, customerId: intoCustomerId });
    await commands.create(books, { ...request, projectId: null, decide });
  }
}

/** Without what the write path keeps. */
function stateOf<Entity extends { version: number; createdAt: Date; updatedAt: Date }>(
  entity: Entity,
): Omit<Entity, 'version' | 'createdAt' | 'updatedAt'> {
  const { version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...state } = entity;
  return state;
}
