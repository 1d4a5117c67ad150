import type { EntityManager } from 'typeorm';
import {
  deadlineKey,
  dueDeadlines,
  type DueOfAggregate,
  type DueTime,
  type StoredDeadline,
} from '@anju/deadlines';
import { systemActor } from './actor';
import type { AggregateColumns, AggregateDefinition, AggregateState } from './aggregate';
import { nextEntity } from './aggregate-rows';
import type { Written } from './written';

/** An aggregate with its due times up to a moment, as they are stored. */
export interface Awaited<Entity, Environment> {
  readonly entity: Entity;
  readonly environment: Environment;
  /** In any order; what has fired already is never due again. */
  readonly stored: readonly StoredDeadline[];
}

/** A due time that has come. */
export interface FiredDeadline extends DueTime {
  readonly aggregateId: string;
}

/** What due times have brought. */
export interface Played<Fact, Entity, Environment> {
  /** In the order of the due times; of one aggregate each goes on from the one before. */
  readonly writes: readonly (Written<Fact, Entity, Environment> & { readonly was: Entity })[];
  /** Those too that came to nothing. */
  readonly fired: readonly FiredDeadline[];
  /** Whether more may be due: the last of it brings about something elsewhere, and nothing is known of what follows. */
  readonly isFollowed: boolean;
}

interface Line<Entity, Environment> {
  current: Entity;
  readonly environment: Environment;
  /** Due and not fired, earliest first. */
  pending: readonly DueTime[];
  readonly fired: Set<string>;
}

const inOrder = (a: DueTime, b: DueTime): number =>
  +a.dueAt - +b.dueAt || (a.kind < b.kind ? -1 : Number(a.kind > b.kind));

/**
 * Carries out, in memory, what is due for aggregates, each due time at its own moment, and the due times that arise
 * from it. Nothing is read or written. Of several aggregates the earliest due time comes first, as if they were
 * carried out one by one.
 */
class DuePlay<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
> {
  private readonly lines: readonly Line<Entity, Environment>[];

  /** @param until what is due at that moment is due; what is due later is left */
  constructor(
    private readonly aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
    awaited: readonly Awaited<Entity, Environment>[],
    private readonly until: Date,
  ) {
    this.lines = awaited.map(({ entity, environment, stored }) => ({
      ...{ current: entity, environment },
      pending: stored.filter(({ fired, dueAt }) => !fired && dueAt <= until).sort(inOrder),
      fired: new Set(stored.filter(({ fired }) => fired).map(deadlineKey)),
    }));
  }

  /** As they are after all that was played. */
  get entities(): readonly Entity[] {
    return this.lines.map(({ current }) => current);
  }

  /**
   * Goes on until nothing is due any more, or a fact brings about something elsewhere: that has to happen before what
   * is due later.
   */
  play(): Played<Fact, Entity, Environment> {
    const writes: (Written<Fact, Entity, Environment> & { readonly was: Entity })[] = [];
    const fired: FiredDeadline[] = [];
    for (;;) {
      const line = this.next();
      if (!line) return { writes, fired, isFollowed: false };
      const [due] = line.pending as [DueTime];
      fired.push({ aggregateId: line.current.id, ...due });
      const write = this.fire(line, due);
      if (!write) continue;
      writes.push(write);
      if (write.facts.some((fact) => reactsTo(this.aggregate, fact)))
        return { writes, fired, isFollowed: true };
    }
  }

  /** Of what is due at the same moment, the lowest id comes first: in the order in which what is due is read. */
  private next(): Line<Entity, Environment> | undefined {
    const waiting = this.lines.filter(({ pending }) => pending.length > 0);
    const comesBefore = (a: Line<Entity, Environment>, b: Line<Entity, Environment>): boolean =>
      (+a.pending[0]!.dueAt - +b.pending[0]!.dueAt || (a.current.id < b.current.id ? -1 : 1)) < 0;
    return waiting.length === 0
      ? undefined
      : waiting.reduce((first, line) => (comesBefore(line, first) ? line : first));
  }

  private fire(line: Line<Entity, Environment>, due: DueTime) {
    const { aggregate, until } = this;
    const { current: was, environment, fired } = line;
    const { kind, dueAt } = due;
    fired.add(deadlineKey(due));
    const decision = aggregate.onDeadline!(was, kind, dueAt, environment);
    if (decision.outcome === 'refused') {
      line.pending = line.pending.slice(1);
      return null;
    }
    const entity = nextEntity(aggregate, was, decision.state, dueAt, environment);
    line.current = entity;
    const coming = aggregate.deadlines?.(entity, environment) ?? line.pending;
    line.pending = coming.filter((one) => one.dueAt <= until && !fired.has(deadlineKey(one))).sort(inOrder);
    const request = { actor: systemActor('deadline'), command: `deadline:${kind}`, at: dueAt };
    return { ...request, was, entity, environment, facts: decision.facts };
  }
}

/** Whether a fact brings something about in other aggregates. */
export function reactsTo<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
>({ react, reactsTo: tells }: AggregateDefinition<State, Fact, Environment, Entity>, fact: Fact): boolean {
  return react !== undefined && (tells?.(fact) ?? true);
}

/** Whether something of it is due already at `at`. */
export function isOverdue<State extends AggregateState, Environment>(
  { deadlines }: { readonly deadlines?: (state: State, environment: Environment) => readonly DueTime[] },
  state: State,
  environment: Environment,
  at: Date,
): boolean {
  return deadlines?.(state, environment).some(({ dueAt }) => dueAt <= at) ?? false;
}

/** What is due of aggregates that were written, without those of which it is stored already. */
export function dueToStore<State extends AggregateState, Environment>(
  {
    deadlines,
    deadlinesOfEnvironment,
  }: {
    readonly deadlines?: (state: State, environment: Environment) => readonly DueTime[];
    readonly deadlinesOfEnvironment?: true;
  },
  written: readonly {
    readonly was: State | null;
    readonly entity: State;
    readonly environment: Environment;
  }[],
): readonly DueOfAggregate[] {
  if (!deadlines) return [];
  const keys = (due: readonly DueTime[]): string => due.map(deadlineKey).sort().join();
  return written.flatMap(({ was, entity, environment }) => {
    const due = deadlines(entity, environment);
    const isStored =
      was !== null && !deadlinesOfEnvironment && keys(due) === keys(deadlines(was, environment));
    return isStored ? [] : [{ aggregateId: entity.id, due }];
  });
}

/** By aggregate, of those that have something due. */
export type StoredDue = ReadonlyMap<string, readonly StoredDeadline[]>;

const nothingDue: StoredDue = new Map();

/** What is stored of these aggregates to fall due until a moment. */
export async function storedDue(
  { type, onDeadline }: { readonly type: string; readonly onDeadline?: unknown },
  tx: EntityManager,
  entities: readonly { readonly id: string }[],
  until: Date,
): Promise<StoredDue> {
  if (!onDeadline || entities.length === 0) return nothingDue;
  const ids = entities.map(({ id }) => id);
  return dueDeadlines(tx, type, ids, until);
}

/** Null where nothing is due. */
export function playOf<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
>(
  aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
  awaited: readonly Omit<Awaited<Entity, Environment>, 'stored'>[],
  due: StoredDue,
  until: Date,
): DuePlay<State, Fact, Environment, Entity> | null {
  if (due.size === 0) return null;
  const lines = awaited.map((one) => ({ ...one, stored: due.get(one.entity.id) ?? [] }));
  return new DuePlay(aggregate, lines, until);
}

/**
 * What an aggregate will be once all that is due by its state until a moment has come about; nothing is read or
 * written, nor is anything brought about in others.
 */
export function afterWhatIsDue<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns,
>(
  aggregate: AggregateDefinition<State, Fact, Environment, Entity>,
  entity: Entity,
  environment: Environment,
  until: Date,
): Entity {
  const due = aggregate.deadlines?.(entity, environment) ?? [];
  const stored = due.map((one) => ({ ...one, fired: false }));
  const play = new DuePlay(aggregate, [{ entity, environment, stored }], until);
  while (play.play().isFollowed);
  return play.entities[0]!;
}
