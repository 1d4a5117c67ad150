import type { EntityManager } from 'typeorm';
import { isCommandRefusal, type CommandRunner } from '@anju/commands';
import { takeSaleStep } from '@anju/directory-rules';
import { directoryEvents, salesEvents, type EventData } from '@anju/events';
import type { Clock } from '@anju/kernel';
import { appendToOutbox, on, outgoing, type ConsumerDefinition } from '@anju/outbox';
import { unitAggregate } from './unit.entity';

type Request = EventData<typeof salesEvents.saleUnitStepRequested>;
type Outcome = Pick<EventData<typeof directoryEvents.unitSaleStepAnswered>, 'outcome' | 'unitStatus'>;

/**
 * Carries out what sales ask for their units (SAL-03), and answers each request once: with the change of the unit,
 * or with why there is none, in one transaction.
 *
 * Reading: a unit that is not there, or is another project's, is answered like any other that cannot be had, without
 * a status. It can only be asked for by a fault, as sales know their project's units; but a request that was kept
 * back would keep the sale waiting for as long as nobody looks, and everything it asks for later with it.
 */
export function onSaleUnitStepRequested(commands: CommandRunner, clock: Clock): ConsumerDefinition {
  return {
    name: 'directory.sales',
    handlers: [
      on(salesEvents.saleUnitStepRequested, async ({ data, actor }, tx) => {
        const answeredUpTo = await noteRequest(tx, data);
        if (answeredUpTo === null) return;
        const { projectId, unitId, saleId, sequence, step } = data;
        const outcome = await carryOut(commands, tx, data, actor, answeredUpTo);
        const at = clock.now();
        const answer = { projectId, unitId, saleId, sequence, step, ...outcome, at: at.toISOString() };
        await appendToOutbox(tx, [
          {
            origin: {
              ...{ context: unitAggregate.context, aggregateType: unitAggregate.type, aggregateId: unitId },
              ...{ projectId, actor, at },
            },
            events: [outgoing(directoryEvents.unitSaleStepAnswered, answer)],
          },
        ]);
      }),
    ],
  };
}

/**
 * Outlives the inbox, which begins anew when the consumer is rebuilt.
 * @returns the last request of the sale that was answered, 0 for none; null where this one was
 */
async function noteRequest(tx: EntityManager, { saleId, sequence }: Request): Promise<number | null> {
  const [noted]: { last: number }[] = await tx.query(
    `insert into answered_sale_step (sale_id, sequence) values ($1, $2) on conflict do nothing
     returning (select coalesce(max(sequence), 0) from answered_sale_step where sale_id = $1) as last`,
    [saleId, sequence],
  );
  return noted?.last ?? null;
}

async function carryOut(
  commands: CommandRunner,
  tx: EntityManager,
  request: Request,
  actor: string,
  answeredUpTo: number,
): Promise<Outcome> {
  const { unitId, projectId, step } = request;
  const known: unknown[] = await tx.query('select from unit where id = $1 and project_id = $2', [
    unitId,
    projectId,
  ]);
  if (known.length === 0) return { outcome: step === 'RELEASE' ? 'DONE' : 'REFUSED', unitStatus: null };
  const answer = await commands.change(unitAggregate, {
    actor: { id: actor },
    command: 'takeSaleStep',
    permission: 'directory.structure.write',
    id: unitId,
    tx,
    decide: (state) => takeSaleStep(state, request, answeredUpTo),
  });
  return isCommandRefusal(answer)
    ? { outcome: 'REFUSED', unitStatus: answer.data.unitStatus }
    : { outcome: 'DONE', unitStatus: answer.status };
}
