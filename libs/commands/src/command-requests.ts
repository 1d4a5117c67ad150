import type { EntityManager } from 'typeorm';
import type { Permission } from '@anju/access';
import type { Decision, Refusal } from '@anju/kernel';
import type { Actor } from './actor';

/** What every command has, whether it makes an aggregate or changes one. */
export interface CommandRequest {
  readonly actor: Actor;
  /** The command's name in history and in the graph, such as `acknowledgeComplaint`. */
  readonly command: string;
  /** Needed in the aggregate's project; unnecessary for the platform itself. */
  readonly permission: Permission;
  /** Kept in the history. */
  readonly reason?: string | null;
  readonly idempotencyKey?: string | null;
  /** Compared when the same idempotency key comes again. */
  readonly input?: unknown;
  /**
   * What has to be right before the transaction begins, such as references that may have to be waited for. Not
   * asked where the request's answer is stored already: what was right then need not be right any more.
   * @throws Fault where it is not
   */
  readonly check?: () => Promise<void>;
  /** Joins a transaction that is already open, such as a consumer's. */
  readonly tx?: EntityManager;
  /** When it happened, where that is not now: an event's time. */
  readonly at?: Date;
}

/**
 * Makes an aggregate. `prepare` reads (and locks) what the rule needs besides, in the transaction; what it
 * writes, such as the next number of a series, is taken back where the rule refuses.
 */
export interface CreateRequest<State, Fact, Environment, Prepared, R extends Refusal> extends CommandRequest {
  readonly projectId: string | null;
  /** The new aggregate's id, where it was given out before; a new one unless told. */
  readonly id?: string;
  readonly prepare?: (tx: EntityManager, at: Date, environment: Environment) => Promise<Prepared>;
  readonly decide: (
    id: string,
    at: Date,
    environment: Environment,
    prepared: Prepared,
  ) => Decision<State, Fact, R>;
}

/** Makes many aggregates of one kind in a project, each by its own decision. */
export interface CreateManyRequest<State, Fact, Environment, R extends Refusal> extends Omit<
  CommandRequest,
  'idempotencyKey' | 'input' | 'check'
> {
  readonly projectId: string | null;
  /** They are part of something larger, such as an import, that answers for doing nothing twice. */
  readonly tx: EntityManager;
  readonly decide: readonly ((id: string, at: Date, environment: Environment) => Decision<State, Fact, R>)[];
}

/** Changes an aggregate that exists. */
export interface ChangeRequest<State, Fact, Environment, Prepared, R extends Refusal> extends CommandRequest {
  readonly id: string;
  /** The version that the caller saw; a later one is a CONFLICT. */
  readonly expectedVersion?: number | null;
  /**
   * Locks what others lock before this aggregate, where both are changed together: two who take the same locks in
   * another order wait for each other.
   */
  readonly lockFirst?: (tx: EntityManager) => Promise<void>;
  readonly prepare?: (
    tx: EntityManager,
    state: State,
    at: Date,
    environment: Environment,
  ) => Promise<Prepared>;
  readonly decide: (
    state: State,
    at: Date,
    environment: Environment,
    prepared: Prepared,
  ) => Decision<State, Fact, R>;
}

/** A decision of the platform on many aggregates of a project that exist, such as new due times. */
export interface ChangeManyRequest<State, Fact, Environment> {
  readonly actor: Actor;
  readonly command: string;
  readonly reason?: string | null;
  /** Short: nobody else can change them before it ends. */
  readonly tx: EntityManager;
  readonly projectId: string | null;
  readonly ids: readonly string[];
  readonly decide: (state: State, at: Date, environment: Environment) => Decision<State, Fact, Refusal>;
}

export interface ChangedMany {
  /** How many were changed. */
  readonly changed: number;
  /** Those that somebody else is just changing: to be tried again. */
  readonly held: readonly string[];
}
