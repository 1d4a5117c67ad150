import { requireIn, type Actor, type AggregateDefinition } from '@anju/commands';
import { salesEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import {
  openReadiness,
  recordReadinessItem,
  withdrawReadinessItem,
  type ReadinessFact,
  type ReadinessState,
} from '@anju/sales-rules';
import { changeRequest, commandRequest, type Platform } from '@anju/subgraph';
import { salesSurroundings, type SalesSurroundings } from './environment';
import { lockFor } from './locks';
import { Readiness } from './readiness.entity';
import type * as Inputs from './readiness.schema';

export type ReadinessAggregate = AggregateDefinition<
  ReadinessState,
  ReadinessFact,
  SalesSurroundings,
  Readiness
>;

export function readinessAggregate(references: References): ReadinessAggregate {
  return {
    type: 'Readiness',
    context: 'sales',
    entity: Readiness,
    environment: salesSurroundings(references),
    events: eventsOfFacts<ReadinessFact>()({
      ReadinessOpened: salesEvents.readinessOpened,
      ReadinessItemRecorded: salesEvents.readinessItemRecorded,
      ReadinessItemWithdrawn: salesEvents.readinessItemWithdrawn,
    }),
  };
}

const write = 'sales.readiness.write';

/** What a project needs before its contracts can be signed (五证等, SAL-10). */
export class ReadinessService {
  constructor(
    private readonly platform: Pick<Platform, 'commands'>,
    private readonly references: References,
    private readonly aggregate: ReadinessAggregate,
  ) {}

  open(input: Inputs.OpenReadinessInput, actor: Actor) {
    const { projectId } = input;
    requireIn(actor, write, projectId);
    return this.platform.commands.create(this.aggregate, {
      ...commandRequest(actor, 'openReadiness', write, input),
      projectId,
      check: () => this.references.check([{ kind: 'project', id: projectId, field: 'input.projectId' }]),
      prepare: async (tx) => {
        await lockFor(tx, 'readiness of project', projectId);
        const [list]: { id: string }[] = await tx.query('select id from readiness where project_id = $1', [
          projectId,
        ]);
        return { readinessId: list?.id ?? null };
      },
      decide: (id, at, _surroundings, known) => openReadiness({ id, projectId, by: actor.id }, known, at),
    });
  }

  recordItem(input: Inputs.RecordReadinessItemInput, actor: Actor) {
    const { item, reference, issuedOn = null, expiresOn = null } = input;
    const command = { item, reference: reference.trim(), issuedOn, expiresOn, by: actor.id };
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'recordReadinessItem', write, input.readinessId, input),
      decide: (list, at, { timeZone }) => recordReadinessItem(list, command, at, timeZone),
    });
  }

  withdrawItem(input: Inputs.WithdrawReadinessItemInput, actor: Actor) {
    const { item, reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'withdrawReadinessItem', write, input.readinessId, input),
      reason,
      decide: (list, at) => withdrawReadinessItem(list, { item, reason, by: actor.id }, at),
    });
  }
}
