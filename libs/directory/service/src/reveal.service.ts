import type { DataSource } from 'typeorm';
import { mayIn, type Permission } from '@anju/access';
import { isCommandRefusal, notFound, type Actor, type CommandRunner } from '@anju/commands';
import { dialledInChina, revealPersonalData } from '@anju/directory-rules';
import { Customer } from './customer.entity';
import { revealAggregate, type Reveal } from './reveal.entity';
import { RevealedCustomerData, type RevealCustomerDataInput } from './reveal.schema';

const permission: Permission = 'directory.customer.reveal';

/** Unmasking, which is never without an entry in the log (DIR-05). */
export class RevealService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
  ) {}

  /** No idempotency key: a stored answer would show numbers again with nobody logged for it. */
  async reveal(input: RevealCustomerDataInput, actor: Actor) {
    const customer = await this.dataSource.manager.findOneBy(Customer, { id: input.customerId });
    const projectId = customer && this.whereHeld(customer, actor);
    if (!customer || !projectId) throw notFound('Customer', input.customerId);
    const { fields, purpose, note } = input;
    const reveal = await this.commands.create(revealAggregate, {
      ...{ actor: { ...actor, idempotencyKey: null }, command: 'revealCustomerData', permission, projectId },
      decide: (revealId, at, policy) =>
        revealPersonalData(customer, { revealId, revealedBy: actor.id, fields, purpose, note }, at, policy),
    });
    return isCommandRefusal(reveal) ? reveal : inClear(customer, reveal);
  }

  /** A project of the customer in which the reader holds the right. */
  private whereHeld({ projectIds }: Customer, { principal }: Actor): string | undefined {
    return projectIds.find((id) => principal && mayIn(principal, permission, id));
  }
}

function inClear(customer: Customer, reveal: Reveal): RevealedCustomerData {
  const asked = new Set(reveal.fields);
  const { phones, identityDocuments, household } = customer;
  return Object.assign(new RevealedCustomerData(), {
    reveal,
    phones: asked.has('PHONES') ? phones.map((phone) => ({ ...phone, number: dialledInChina(phone) })) : null,
    identityDocuments: asked.has('IDENTITY_DOCUMENTS') ? [...identityDocuments] : null,
    householdPhones: asked.has('HOUSEHOLD_PHONES')
      ? household.flatMap(({ id, name, relation, phone }) =>
          phone ? [{ memberId: id, name, relation, number: dialledInChina(phone) }] : [],
        )
      : null,
  });
}
