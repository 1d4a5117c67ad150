import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Decision, Refusal } from '@anju/kernel';
import type { DueTime } from '@anju/deadlines';
import type { OutgoingEvent } from '@anju/outbox';
import type { Actor } from './actor';
import type { CommandRunner } from './command-runner';

/** What the rules of every aggregate keep in their state. */
export interface AggregateState {
  readonly id: string;
  readonly status: string;
  /** Null or absent for what belongs to the whole organisation. */
  readonly projectId?: string | null;
}

/** The columns that the write path keeps by itself beside the state. */
export interface AggregateColumns {
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What a reaction to a fact needs to carry out further commands. */
export interface Reaction {
  readonly tx: EntityManager;
  readonly commands: CommandRunner;
  readonly actor: Actor;
  readonly at: Date;
}

/** Ties the pure rules of an aggregate to its table, its events and its due times. */
export interface AggregateDefinition<
  State extends AggregateState,
  Fact extends { readonly type: string },
  Environment,
  Entity extends State & AggregateColumns & ObjectLiteral = State & AggregateColumns & ObjectLiteral,
> {
  /** The name in history, deadlines and the outbox, such as `Complaint`. */
  readonly type: string;
  readonly context: string;
  readonly entity: new () => Entity;
  /** The projects in which a right on the aggregate counts; its `projectId` unless told. None: organisation-wide. */
  readonly projectIds?: (state: State) => readonly string[];
  /** Policy, calendars and whatever else the rules take as an argument, for the aggregate's project. */
  readonly environment: (projectId: string | null, tx: EntityManager) => Promise<Environment>;
  /** The same for several projects, in their order, by few statements; unless told it is asked for each. */
  readonly environments?: (
    projectIds: readonly (string | null)[],
    tx: EntityManager,
  ) => Promise<readonly Environment[]>;
  readonly events: (fact: Fact, state: State) => readonly OutgoingEvent[];
  /**
   * What a fact brings about in another aggregate of the service, in the same transaction: an overdue
   * work order enters the register at that very moment, or neither has happened.
   */
  readonly react?: (fact: Fact, state: State, reaction: Reaction) => Promise<void>;
  /**
   * Of which facts `react` is told; of all unless told. Where this is known, due times of many aggregates are carried
   * out together: only what others have to follow must come about by itself.
   */
  readonly reactsTo?: (fact: Fact) => boolean;
  /** What is due when, derived from the state. */
  readonly deadlines?: (state: State, environment: Environment) => readonly DueTime[];
  /**
   * `deadlines` looks at the environment. What is stored may then be of the one before, and is written anew with each
   * command; else only with those that change it.
   */
  readonly deadlinesOfEnvironment?: true;
  /** The decision that a due time brings; `dueAt` is the moment it counts for. */
  readonly onDeadline?: (
    state: State,
    kind: string,
    dueAt: Date,
    environment: Environment,
  ) => Decision<State, Fact, Refusal>;
  /**
   * What another policy or calendar makes of it: due times computed anew. Asked of all that have not ended; without
   * facts, and with the same state, where nothing changes.
   */
  readonly recompute?: (state: State, environment: Environment, at: Date) => Decision<State, Fact, Refusal>;
  /** SQL condition on its own columns, as a partial index has it: of others nothing is computed anew any more. */
  readonly stillOpen?: string;
  /** Columns that exist for querying only, computed from the state; by the policy of the moment of writing. */
  readonly queryColumns?: (state: State, environment: Environment) => Partial<Entity>;
  /** Rows of other tables that exist for querying only: called in the transaction with all that it has written. */
  readonly queryRows?: (tx: EntityManager, written: readonly WrittenAggregate<Entity>[]) => Promise<void>;
}

export interface WrittenAggregate<Entity> {
  /** As it was before; null where it is made. */
  readonly was: Entity | null;
  readonly entity: Entity;
}
