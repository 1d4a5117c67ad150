import type { DataSource, EntityManager } from 'typeorm';
import { sendLater, sendNow } from '@anju/database';
import { newId, type Clock, type Refusal } from '@anju/kernel';
import type { Actor } from './actor';
import type { AggregateColumns, AggregateDefinition, AggregateState } from './aggregate';
import { lock, lockFree, newEntity, nextEntity, projectIdsOf } from './aggregate-rows';
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
import { DueFiring } from './due-firing';
import { isOverdue, storedDue } from './due-times';
import { Fault, notFound } from './errors';
import type { AnswerCipher } from './idempotency';
import { recordWrites } from './record-writes';
import { insertRow, insertRows, updateRow, updateRows, uniquely } from './rows';
import { inTurns, letOthers } from './turns';
import type { Written } from './written';

/** Whom the runner tells of its work. */
export interface CommandHooks {
  /** Called after each commit that wrote events or due times. */
  readonly committed: () => void;
  readonly carriedOut?: CommandObserver;
}

/**
 * The write path, the same for resolvers, consumers, due times, imports and demo data: the request's checks;
 * then load and lock → what is overdue → decide → save → history → due times → outbox → stored answer, all in
 * one transaction. A request that comes again, from who may still do it, is given its first answer before anything
 * is checked.
 */
export class CommandRunner {
  /** What falls due for aggregates: for the scheduler of due times. */
  readonly dueTimes: DueFiring;
  private readonly answers: AnsweredOnce;

  constructor(
    dataSource: DataSource,
    private readonly clock: Clock,
    cipher: AnswerCipher,
    private readonly hooks: CommandHooks,
  ) {
    this.answers = new AnsweredOnce(dataSource, cipher, hooks.committed);
    this.dueTimes = new DueFiring(dataSource, clock, hooks, this);
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
      await recordWrites(this, aggregate, tx, [{ ...request, at, was: null, entity, environment, facts }]);
      return this.dueTimes.overtaken(aggregate, tx, entity, at, environment);
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
    await recordWrites(this, aggregate, tx, writes);
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
      const current = await this.dueTimes.catchUp(aggregate, tx, found, at, environment, due);
      const prepared = (await request.prepare?.(tx, current, at, environment)) as Prepared;
      const decision = request.decide(current, at, environment, prepared);
      if (decision.outcome === 'refused') return refusalOf(decision.refusal);
      if (decision.facts.length === 0 && (decision.state as unknown) === current) return current;
      const saved = await this.save(aggregate, tx, current, decision, { ...request, at }, environment);
      return this.dueTimes.overtaken(aggregate, tx, saved, at, environment);
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
    for await (const some of inTurns(await this.dueTimes.catchUpAll(aggregate, tx, awaited, at, due))) {
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
        await recordWrites(this, aggregate, tx, writes);
        const overdue = writes.filter(({ entity }) => isOverdue(aggregate, entity, environment, at));
        await this.dueTimes.catchUpAll(aggregate, tx, overdue, at);
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
    await recordWrites(this, aggregate, tx, [{ ...request, was: current, entity, environment, facts }]);
    return entity;
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
