import type { DataSource, EntityManager } from 'typeorm';
import { markFired, type DueAggregate, type FiredTogether } from '@anju/deadlines';
import type { Clock } from '@anju/kernel';
import { inSpan } from '@anju/tracing';
import type { AggregateColumns, AggregateDefinition, AggregateState } from './aggregate';
import { environmentsOf, lock, lockFree } from './aggregate-rows';
import type { CommandHooks, CommandRunner } from './command-runner';
import { isOverdue, playOf, storedDue, type Played, type StoredDue } from './due-times';
import { recordWrites } from './record-writes';
import { updateRow, updateRows } from './rows';
import { netOf } from './written';

type AnyAggregate = AggregateDefinition<AggregateState, { type: string }, unknown>;

/**
 * Carries out what falls due for aggregates: when the time comes, for one or for many together, and before a command
 * that comes later.
 */
export class DueFiring {
  private readonly byType = new Map<string, AnyAggregate>();

  /** @param commands carries out what due times bring about in other aggregates */
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly hooks: CommandHooks,
    private readonly commands: CommandRunner,
  ) {}

  /** Makes an aggregate known, so that its due times can fire. */
  register(aggregate: unknown): void {
    const known = aggregate as AnyAggregate;
    this.byType.set(known.type, known);
  }

  /** Carries out what is due for one aggregate; called by the deadline scheduler. */
  async fireDue(due: DueAggregate): Promise<void> {
    const aggregate = this.byType.get(due.aggregateType);
    if (!aggregate) throw new Error(`no aggregate ${due.aggregateType} is registered here`);
    const facts = { 'anju.aggregate.type': due.aggregateType, 'anju.aggregate.id': due.aggregateId };
    // Nobody's request: the time has come.
    await inSpan({ name: 'deadline', kind: 'internal', parent: null, facts }, () =>
      this.fire(aggregate, due),
    );
  }

  private async fire(aggregate: AnyAggregate, due: DueAggregate): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      const found = await lock(aggregate, tx, due.aggregateId);
      if (!found) throw new Error(`${due.aggregateType} ${due.aggregateId} has due times but no row`);
      const [environment, stored] = await Promise.all([
        aggregate.environment(found.projectId ?? null, tx),
        storedDue(aggregate, tx, [found], due.dueAt),
      ]);
      await this.catchUp(aggregate, tx, found, due.dueAt, environment, stored);
    });
    this.hooks.committed();
  }

  /** Whether due times of several aggregates of the type can be carried out in one transaction. */
  firesTogether(aggregateType: string): boolean {
    const aggregate = this.byType.get(aggregateType);
    return aggregate !== undefined && (!aggregate.react || aggregate.reactsTo !== undefined);
  }

  /**
   * Carries out what is due until a moment for several aggregates of one type, in the order of the due times, in one
   * transaction of few statements. Nobody is waited for: what others hold is left, to be fired again.
   */
  async fireTogether(due: readonly DueAggregate[], until: Date): Promise<FiredTogether> {
    const [{ aggregateType }] = due as [DueAggregate];
    const aggregate = this.byType.get(aggregateType);
    if (!aggregate) throw new Error(`no aggregate ${aggregateType} is registered here`);
    const ids = [...new Set(due.map(({ aggregateId }) => aggregateId))];
    const facts = { 'anju.aggregate.type': aggregateType, 'anju.aggregate.count': ids.length };
    return inSpan({ name: 'deadlines', kind: 'internal', parent: null, facts }, async () => {
      const done: string[] = [];
      const fired = await this.dataSource.transaction((tx) => this.fireFree(aggregate, tx, ids, until, done));
      if (fired === 'HELD') return fired;
      done.forEach((command) => this.hooks.carriedOut?.(command, 'done'));
      this.hooks.committed();
      return fired;
    });
  }

  /** @param done told the commands that it carries out */
  private async fireFree(
    aggregate: AnyAggregate,
    tx: EntityManager,
    ids: readonly string[],
    until: Date,
    done: string[],
  ): Promise<FiredTogether> {
    const found = await lockFree(aggregate, tx, ids);
    if (found.length === 0) return 'HELD';
    const [environments, due] = await Promise.all([
      environmentsOf(aggregate, found, tx),
      storedDue(aggregate, tx, found, until),
    ]);
    const awaited = found.map((entity) => ({
      ...{ entity, environment: environments.get(entity.projectId ?? null) },
    }));
    const played = playOf(aggregate, awaited, due, until)?.play();
    if (played) {
      await this.write(aggregate, tx, played);
      done.push(...played.writes.map(({ command }) => command));
    }
    return found.length === ids.length && !played?.isFollowed ? 'ALL' : 'SOME';
  }

  /** What was entered late can be overdue from the start: that happens with it, before anybody sees it. */
  async overtaken<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    tx: EntityManager,
    entity: Entity,
    at: Date,
    environment: Environment,
  ): Promise<Entity> {
    if (!isOverdue(aggregate, entity, environment, at)) return entity;
    return this.catchUp(aggregate, tx, entity, at, environment);
  }

  /**
   * Every due time up to `at`, each with its own moment, before anything later happens to the aggregate.
   * @param due where it was read already
   */
  async catchUp<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    tx: EntityManager,
    entity: Entity,
    at: Date,
    environment: Environment,
    due?: StoredDue,
  ): Promise<Entity> {
    const [current] = await this.catchUpAll(aggregate, tx, [{ entity, environment }], at, due);
    return current!;
  }

  /** The same for several, which are held: they come in their order, as they are then. */
  async catchUpAll<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    tx: EntityManager,
    awaited: readonly { readonly entity: Entity; readonly environment: Environment }[],
    at: Date,
    known?: StoredDue,
  ): Promise<readonly Entity[]> {
    let current = awaited;
    let due =
      known ??
      (await storedDue(
        aggregate,
        tx,
        awaited.map(({ entity }) => entity),
        at,
      ));
    for (;;) {
      const play = playOf(aggregate, current, due, at);
      if (!play) return current.map(({ entity }) => entity);
      const played = play.play();
      await this.write(aggregate, tx, played);
      played.writes.forEach(({ command }) => this.hooks.carriedOut?.(command, 'done'));
      if (!played.isFollowed) return play.entities;
      current = play.entities.map((entity, n) => ({ entity, environment: current[n]!.environment }));
      due = await storedDue(aggregate, tx, play.entities, at);
    }
  }

  /** Writes what due times have brought. */
  private async write<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    tx: EntityManager,
    { fired, writes }: Played<Fact, Entity, Environment>,
  ): Promise<void> {
    await markFired(tx, aggregate.type, fired, this.clock.now());
    if (writes.length === 0) return;
    const net = netOf(writes);
    if (net.length === 1) await updateRow(tx, aggregate.entity, net[0]!.was, net[0]!.entity);
    else await updateRows(tx, aggregate.entity, net);
    await recordWrites(this.commands, aggregate, tx, writes);
  }
}
