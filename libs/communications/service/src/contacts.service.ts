import type { DataSource, EntityManager } from 'typeorm';
import { requireIn, type Actor, type CommandRunner } from '@anju/commands';
import { recordConsent, recordMessageAddress } from '@anju/communications-rules';
import { currentCustomers, type References } from '@anju/references';
import { commandRequest } from '@anju/subgraph';
import type { RecordConsentInput, RecordMessageAddressInput } from './contacts.schema';
import {
  AddressBook,
  CustomerConsent,
  type AddressBookAggregate,
  type ConsentAggregate,
} from './customer-consent.entity';

const permission = 'communications.consent.record';

/** What customers agree to get, and where (COM-05). */
export class ContactsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly consents: ConsentAggregate,
    private readonly books: AddressBookAggregate,
  ) {}

  async consent(input: RecordConsentInput, actor: Actor) {
    const { channel, purpose, granted } = input;
    const request = this.request('recordConsent', input, actor);
    const customerId = await this.current(input.customerId);
    const command = { customerId, channel, purpose, granted, by: actor.id };
    const known = await this.idOf(CustomerConsent, customerId);
    return known === null
      ? this.commands.create(this.consents, {
          ...request,
          projectId: null,
          decide: (id, at) => recordConsent(null, { ...command, id }, at),
        })
      : this.commands.change(this.consents, {
          ...request,
          id: known,
          decide: (state, at) => recordConsent(state, { ...command, id: state.id }, at),
        });
  }

  async address(input: RecordMessageAddressInput, actor: Actor) {
    const { channel, address = null, addressee } = input;
    const request = this.request('recordMessageAddress', input, actor);
    const customerId = await this.current(input.customerId);
    const command = { customerId, channel, address, addressee, by: actor.id };
    const known = await this.idOf(AddressBook, customerId);
    return known === null
      ? this.commands.create(this.books, {
          ...request,
          projectId: null,
          decide: (id, at) => recordMessageAddress(null, { ...command, id }, at),
        })
      : this.commands.change(this.books, {
          ...request,
          id: known,
          decide: (state, at) => recordMessageAddress(state, { ...command, id: state.id }, at),
        });
  }

  /** A customer is one in all projects: who may record it in one of them has been asked here already. */
  private request(command: string, input: RecordConsentInput | RecordMessageAddressInput, actor: Actor) {
    const { projectId, customerId } = input;
    requireIn(actor, permission, projectId);
    const inAllProjects: Actor = { id: actor.id, idempotencyKey: actor.idempotencyKey ?? null };
    return {
      ...commandRequest(inAllProjects, command, permission, input),
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          { kind: 'customer', id: customerId, field: 'input.customerId', projectId },
        ]),
    };
  }

  private async current(customerId: string): Promise<string> {
    return this.dataSource.transaction(async (tx: EntityManager) => {
      const current = await currentCustomers(tx, [customerId]);
      return current.get(customerId)!;
    });
  }

  private async idOf(entity: typeof CustomerConsent | typeof AddressBook, customerId: string) {
    const { tablePath } = this.dataSource.getMetadata(entity);
    const [row]: { id: string }[] = await this.dataSource.query(
      `select id from ${tablePath} where customer_id = $1`,
      [customerId],
    );
    return row?.id ?? null;
  }
}
