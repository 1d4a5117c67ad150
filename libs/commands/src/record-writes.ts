import type { EntityManager } from 'typeorm';
import { reconcileDeadlinesOfMany } from '@anju/deadlines';
import { appendToOutbox } from '@anju/outbox';
import type { AggregateColumns, AggregateDefinition, AggregateState } from './aggregate';
import { projectIdsOf } from './aggregate-rows';
import type { CommandRunner } from './command-runner';
import { dueToStore, reactsTo } from './due-times';
import { appendToHistory, projectsOfCommand } from './history';
import { letOthers } from './turns';
import { netOf, type Written } from './written';

/**
 * What writes leave besides their rows, in their transaction: history, due times, rows for queries, events; then what
 * they bring about in other aggregates.
 * @param commands carries out the latter
 */
export async function recordWrites<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
>(
  commands: CommandRunner,
  aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
  tx: EntityManager,
  writes: readonly Written<Fact, Entity, Environment>[],
): Promise<void> {
  const { type, context } = aggregate;
  const net = netOf(writes);
  await letOthers(writes.length);
  await appendToHistory(
    tx,
    writes.map(({ entity, was, command, actor, at, reason, facts }) => ({
      aggregateType: type,
      aggregateId: entity.id,
      version: entity.version,
      command,
      actor: actor.id,
      at,
      from: was?.status ?? null,
      to: entity.status,
      reason: reason ?? null,
      facts,
      projectIds: projectsOfCommand({
        ...{ actor, facts, after: projectIdsOf(aggregate, entity) },
        before: was ? projectIdsOf(aggregate, was) : [],
      }),
    })),
  );
  await letOthers(writes.length);
  await reconcileDeadlinesOfMany(tx, type, dueToStore(aggregate, net));
  await letOthers(writes.length);
  await aggregate.queryRows?.(tx, net);
  await letOthers(writes.length);
  await appendToOutbox(
    tx,
    writes.map(({ entity, actor, at, facts }) => ({
      origin: {
        context,
        aggregateType: type,
        aggregateId: entity.id,
        projectId: entity.projectId ?? null,
        actor: actor.id,
        at,
      },
      events: facts.flatMap((fact) => aggregate.events(fact, entity)),
    })),
  );
  if (!aggregate.react) return;
  for (const { entity, actor, at, facts } of writes) {
    // The request's key is the command's own: its answer is not that of what follows from it.
    const reaction = { tx, commands, actor: { ...actor, idempotencyKey: null }, at };
    for (const fact of facts) {
      if (reactsTo(aggregate, fact)) await aggregate.react(fact, entity, reaction);
    }
  }
}
