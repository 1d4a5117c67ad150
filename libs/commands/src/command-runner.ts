import type { DataSource, EntityManager } from 'typeorm';
import { sendLater, sendNow } from '@anju/database';
import { newId, type Clock, type Refusal } from '@anju/kernel';
import { markFired, reconcileDeadlinesOfMany, type DueAggregate, type FiredTogether } from '@anju/deadlines';
import { appendToOutbox } from '@anju/outbox';
import { inSpan } from '@anju/tracing';
import type { Actor } from './actor';
import type { AggregateColumns, AggregateDefinition, AggregateState } from './aggregate';
import { environmentsOf, lock, lockFree, newEntity, nextEntity, projectIdsOf } from './aggregate-rows';
import { AnsweredOnce, type AnswerableWork } from './answered-once';
import { refusalOf } from './command-answer';
import { observed, outcomeOf, type CommandObserver } from './command-outcome';
import type {
  ChangeManyRequest,
  ChangeRequest,
  ChangedMany,
  CommandRequest,
  CreateManyRequest,
  CreateRequest,
} from './command-requests';
import type { ActionableRefusal } from './command-refusal';
import { authorise, authoriseAgain } from './command-rights';
import { isOverdue, playOf, reactsTo, storedDue, type Played, type StoredDue } from './due-times';
import { Fault, notFound } from './errors';
import { appendToHistory, projectsOfCommand } from './history';
import type { AnswerCipher } from './idempotency';
import { insertRow, insertRows, updateRow, updateRows, uniquely } from './rows';
import { inTurns, letOthers } from './turns';
import { netOf, type Written } from './written';

/** Whom the runner tells of its work. */
export interface CommandHooks {
  /** Called after each commit that wrote events or due times. */
  readonly committed: () => void;
  readonly carriedOut?: CommandObserver;
}

type AnyAggregate = AggregateDefinition<AggregateState, { type: string }, unknown>;

/**
 * The write path, the same for resolvers, consumers, due times, imports and demo data: the request's checks;
 * then load and lock → what is overdue → decide → save → history → due times → outbox → stored answer, all in
 * one transaction. A request that comes again, from who may still do it, is given its first answer before anything
 * is checked.
 */
export class CommandRunner {
  private readonly byType = new Map<string, AnyAggregate>();
  private readonly answers: AnsweredOnce;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    cipher: AnswerCipher,
    private readonly hooks: CommandHooks,
  ) {
    this.answers = new AnsweredOnce(dataSource, cipher, hooks.committed);
  }

  /** Makes an aggregate known, so that its due times can fire. */
  register(aggregate: unknown): void {
    const known = aggregate as AnyAggregate;
    this.byType.set(known.type, known);
  }

  /** Carries out a command that makes a new aggregate. */
  create<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
    R extends Refusal,
    Prepared = undefined,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    request: CreateRequest<State, Fact, Environment, Prepared, R>,
  ): Promise<Entity | ActionableRefusal<R>> {
    const { type, entity: entityClass } = aggregate;
    const mayDoIt = (): void =>
      authorise(request, request.projectId === null ? [] : [request.projectId], type, '');
    const work = async (tx: EntityManager): Promise<Entity | ActionableRefusal<R>> => {
      const at = request.at ?? this.clock.now();
      const environment = await aggregate.environment(request.projectId, tx);
      if (request.prepare) await sendLater(tx, 'savepoint prepared');
      const prepared = (await request.prepare?.(tx, at, environment)) as Prepared;
      const decision = request.decide(request.id ?? newId(), at, environment, prepared);
      if (decision.outcome === 'refused') {
        if (request.prepare) await tx.query('rollback to savepoint prepared');
        return refusalOf(decision.refusal);
      }
      const entity = newEntity(aggregate, decision.state, at, environment);
      await insertRow(tx, aggregate.entity, entity);
      const { facts } = decision;
      await this.record(aggregate, tx, [{ ...request, at, was: null, entity, environment, facts }]);
      return this.overtaken(aggregate, tx, entity, at, environment);
    };
    const mayBeToldAgain = (): Promise<void> => Promise.resolve();
    return this.answerOnce(type, request, { entity: entityClass, mayBeToldAgain, work }, mayDoIt);
  }

  /**
   * Makes many aggregates in a few statements, whatever their number. Where a decision is a refusal, the
   * answer has it in its place, and the others are made.
   */
  async createMany<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
    R extends Refusal,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    request: CreateManyRequest<State, Fact, Environment, R>,
  ): Promise<(Entity | ActionableRefusal<R>)[]> {
    const { tx, projectId } = request;
    authorise(request, projectId === null ? [] : [projectId], aggregate.type, '');
    const at = request.at ?? this.clock.now();
    const environment = await aggregate.environment(projectId, tx);
    const writes: Written<Fact, Entity, Environment>[] = [];
    const answers = request.decide.map((decide) => {
      const decision = decide(newId(), at, environment);
      if (decision.outcome === 'refused') return refusalOf(decision.refusal);
      const entity = newEntity(aggregate, decision.state, at, environment);
      writes.push({ ...request, at, was: null, entity, environment, facts: decision.facts });
      return entity;
    });
    answers.forEach((answer) => this.hooks.carriedOut?.(request.command, outcomeOf(answer)));
    if (writes.length === 0) return answers;
    await insertRows(
      tx,
      aggregate.entity,
      writes.map(({ entity }) => entity),
    );
    await this.record(aggregate, tx, writes);
    await sendNow(tx);
    return answers;
  }

  /** Carries out a command on an aggregate, after whatever was due for it before. */
  change<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
    R extends Refusal,
    Prepared = undefined,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    request: ChangeRequest<State, Fact, Environment, Prepared, R>,
  ): Promise<Entity | ActionableRefusal<R>> {
    const { type, entity } = aggregate;
    const work = async (tx: EntityManager): Promise<Entity | ActionableRefusal<R>> => {
      await request.lockFirst?.(tx);
      const found = await lock(aggregate, tx, request.id);
      if (!found) throw notFound(type, request.id);
      // Only now: whoever waited for the lock comes after the one who held it.
      const at = request.at ?? this.clock.now();
      authorise(request, projectIdsOf(aggregate, found), type, request.id);
      if (request.expectedVersion != null && request.expectedVersion !== found.version) {
        throw new Fault('CONFLICT', `this ${type} was changed in the meantime; read it again`, {
          expectedVersion: request.expectedVersion,
          version: found.version,
        });
      }
      const [environment, due] = await Promise.all([
        aggregate.environment(found.projectId ?? null, tx),
        storedDue(aggregate, tx, [found], at),
      ]);
      const current = await this.catchUp(aggregate, tx, found, at, environment, due);
      const prepared = (await request.prepare?.(tx, current, at, environment)) as Prepared;
      const decision = request.decide(current, at, environment, prepared);
      if (decision.outcome === 'refused') return refusalOf(decision.refusal);
      if (decision.facts.length === 0 && (decision.state as unknown) === current) return current;
      const saved = await this.save(aggregate, tx, current, decision, { ...request, at }, environment);
      return this.overtaken(aggregate, tx, saved, at, environment);
    };
    const mayBeToldAgain = (manager: EntityManager): Promise<void> =>
      authoriseAgain(aggregate, request, manager);
    return this.answerOnce(type, request, { entity, mayBeToldAgain, work });
  }

  /**
   * Takes a decision on many aggregates in a few statements, whatever their number; each first comes to what was
   * due for it before. What somebody else is just changing is left to him, and what a decision refuses as it is.
   */
  async changeMany<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    { tx, projectId, ids, decide, ...request }: ChangeManyRequest<State, Fact, Environment>,
  ): Promise<ChangedMany> {
    const found = await lockFree(aggregate, tx, ids);
    const at = this.clock.now();
    const [environment, due] = await Promise.all([
      aggregate.environment(projectId, tx),
      storedDue(aggregate, tx, found, at),
    ]);
    const awaited = found.map((entity) => ({ entity, environment }));
    const writes: (Written<Fact, Entity, Environment> & { readonly was: Entity })[] = [];
    for await (const some of inTurns(await this.catchUpAll(aggregate, tx, awaited, at, due))) {
      for (const was of some) {
        const decision = decide(was, at, environment);
        if (decision.outcome === 'refused') continue;
        const { state, facts } = decision;
        if (facts.length === 0 && (state as unknown) === was) continue;
        writes.push({
          ...{ ...request, at, was, environment, facts },
          entity: nextEntity(aggregate, was, state, at, environment),
        });
      }
    }
    if (writes.length > 0) {
      await uniquely(tx.dataSource, aggregate.entity, async () => {
        await letOthers(writes.length);
        await updateRows(tx, aggregate.entity, writes);
        await this.record(aggregate, tx, writes);
        const overdue = writes.filter(({ entity }) => isOverdue(aggregate, entity, environment, at));
        await this.catchUpAll(aggregate, tx, overdue, at);
        await sendNow(tx);
      });
    }
    const locked = new Set(found.map(({ id }) => id));
    return { changed: writes.length, held: ids.filter((id) => !locked.has(id)) };
  }

  /** Tells that transactions have been committed which were not the runner's own. */
  committed(): void {
    this.hooks.committed();
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
  private async overtaken<
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
  private async catchUp<
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
  private async catchUpAll<
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
    await this.record(aggregate, tx, writes);
  }

  private async save<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
  >(
    aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    tx: EntityManager,
    current: Entity,
    decision: { readonly state: State; readonly facts: readonly Fact[] },
    request: { actor: Actor; command: string; reason?: string | null; at: Date },
    environment: Environment,
  ): Promise<Entity> {
    const entity = nextEntity(aggregate, current, decision.state, request.at, environment);
    await updateRow(tx, aggregate.entity, current, entity);
    const { facts } = decision;
    await this.record(aggregate, tx, [{ ...request, was: current, entity, environment, facts }]);
    return entity;
  }

  private async record<
    State extends AggregateState,
    Fact extends { readonly type: string },
    Environment,
    Entity extends State & AggregateColumns,
  >(
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
    if (aggregate.deadlines) {
      await reconcileDeadlinesOfMany(
        tx,
        type,
        net.map(({ entity, environment }) => ({
          aggregateId: entity.id,
          due: aggregate.deadlines!(entity, environment),
        })),
      );
    }
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
      const reaction = { tx, commands: this, actor: { ...actor, idempotencyKey: null }, at };
      for (const fact of facts) {
        if (reactsTo(aggregate, fact)) await aggregate.react(fact, entity, reaction);
      }
    }
  }

  /** Measured and counted, once for each request. @param first what is asked of the actor before anything else */
  private answerOnce<Entity extends object, R extends Refusal>(
    type: string,
    request: CommandRequest & { readonly id?: string },
    work: AnswerableWork<Entity, R>,
    first?: () => void,
  ): Promise<Entity | ActionableRefusal<R>> {
    const { command, id: aggregateId = null } = request;
    const measured = { command, aggregateType: type, aggregateId };
    return observed(measured, this.hooks.carriedOut, async () => {
      first?.();
      return this.answers.answer(request, work);
    });
  }
}
