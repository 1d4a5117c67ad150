import type { EntityManager } from 'typeorm';
import {
  systemActor,
  projectOf,
  type Actor,
  type AggregateDefinition,
  type CommandRunner,
} from '@anju/commands';
import { receptionEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import {
  praiseStaff,
  replacePraisingCustomer,
  type PraiseFact,
  type PraiseState,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import { commandRequest, type Platform } from '@anju/subgraph';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { Interaction } from './interaction.entity';
import { contactOfItem } from './item-of-contact';
import { survivorsOf } from './merged-customers';
import { Praise } from './praise.entity';
import type { PraiseStaffInput } from './praise.schema';

export type PraiseAggregate = AggregateDefinition<PraiseState, PraiseFact, ReceptionEnvironment, Praise>;

export function praiseAggregate(references: References): PraiseAggregate {
  return {
    type: 'Praise',
    context: 'reception',
    entity: Praise,
    environment: receptionEnvironment(references),
    events: eventsOfFacts<PraiseFact>()({ StaffPraised: receptionEvents.staffPraised }),
  };
}

const record = 'reception.interaction.record';

/** Praise that customers give in their contacts (APR-10). */
export class PraiseService {
  constructor(
    private readonly platform: Pick<Platform, 'commands' | 'dataSource'>,
    private readonly references: References,
    private readonly aggregate: PraiseAggregate,
  ) {}

  async praise(input: PraiseStaffInput, actor: Actor) {
    const { interactionId, staffId, text } = input;
    const projectId = await projectOf(this.platform.dataSource, Interaction, interactionId, actor, record);
    const named = input.customerId ?? null;
    return this.platform.commands.create(this.aggregate, {
      ...commandRequest(actor, 'praiseStaff', record, input),
      projectId,
      check: () => this.references.check([{ kind: 'staff', id: staffId, field: 'input.staffId', projectId }]),
      prepare: async (tx) => {
        const survivorOf = await survivorsOf(tx, named === null ? [] : [named]);
        const contact = await contactOfItem(tx, interactionId);
        return { contact, customerId: named === null ? null : survivorOf(named) };
      },
      decide: (id, at, _environment, { contact, customerId }) =>
        praiseStaff({ id, staffId, customerId, text, by: actor.id }, contact, at),
    });
  }
}

/** The praise of a customer's record that went is the surviving record's from now on (DIR-06). */
export async function mergePraise(
  commands: CommandRunner,
  praises: PraiseAggregate,
  merged: { readonly customerId: string; readonly intoCustomerId: string },
  at: Date,
  tx: EntityManager,
): Promise<void> {
  const rows: { id: string }[] = await tx.query('select id from praise where customer_id = $1 order by id', [
    merged.customerId,
  ]);
  for (const { id } of rows) {
    await commands.change(praises, {
      ...{ tx, at, id },
      actor: systemActor('directory'),
      permission: record,
      command: 'replaceMergedCustomer',
      decide: (state) => replacePraisingCustomer(state, merged),
    });
  }
}
