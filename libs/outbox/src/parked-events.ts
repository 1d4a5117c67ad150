import type { DataSource, EntityManager } from 'typeorm';
import type { EventEnvelope } from '@anju/events';
import { isTransient } from './transient';

/** An event that cannot be taken in however often it is tried. */
export class UnreadableEvent extends Error {}

/** Why an event was parked; kept for the operator, so it names fields but never their values. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableEvent) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 2_000) : 'unknown failure';
}

/** What an operator can do with parked events; `key` is the aggregate whose events wait. */
export interface ParkedKeys {
  /** Of the consumer. */
  readonly name: string;
  /**
   * Tries the parked events of a key again, in order.
   * @returns how many went through; it stops at the first that fails again
   */
  retryParked(key: string, operator: string, at: Date): Promise<number>;
  /** Gives up the first parked event of a key, and then tries those that waited behind it. */
  skipParked(key: string, operator: string, at: Date): Promise<boolean>;
}

/**
 * - `PARKED`: failed, and the later events of its key wait behind it
 * - `WAITING`: waits behind such a one
 * - `REFUSED`: no event of ours; nothing waits for it
 */
export type ParkedState = 'PARKED' | 'WAITING' | 'REFUSED';

/** In a service's database: how many keys have events in a state, by consumer; none is not listed. */
export async function countParkedKeys(
  dataSource: DataSource,
): Promise<{ readonly consumer: string; readonly state: ParkedState; readonly keys: number }[]> {
  const rows: { consumer: string; state: ParkedState; keys: string }[] = await dataSource.query(
    `select consumer, state, count(distinct key) as keys from parked_event
     where resolved_at is null group by consumer, state`,
  );
  return rows.map(({ consumer, state, keys }) => ({ consumer, state, keys: Number(keys) }));
}

interface NewlyParked {
  readonly key: string;
  readonly eventId: string;
  readonly content: unknown;
  readonly state: ParkedState;
  readonly attempts: number;
  readonly reason: string;
}

/** The events that one consumer could not take in, in its own database. */
export class ParkedEvents implements ParkedKeys {
  /** @param effect takes an event in, as the consumer does */
  constructor(
    readonly name: string,
    private readonly dataSource: DataSource,
    private readonly effect: (event: EventEnvelope, tx: EntityManager) => Promise<void>,
  ) {}

  /**
   * Which of the keys have something that the later events must wait for. An operator who is just dealing with
   * the last of a key is waited for, so that nothing begins to wait behind what is no longer there.
   */
  async keysAmong(keys: Iterable<string>, tx: EntityManager): Promise<Set<string>> {
    const rows: { key: string }[] = await tx.query(
      `select key from parked_event
       where consumer = $1 and resolved_at is null and state <> 'REFUSED' and key = any($2) for share`,
      [this.name, [...new Set(keys)]],
    );
    return new Set(rows.map((row) => row.key));
  }

  async park(event: EventEnvelope, attempts: number, reason: string, tx: EntityManager): Promise<void> {
    const { subject: key, id: eventId } = event;
    await this.add({ key, eventId, content: event, state: 'PARKED', attempts, reason }, tx);
  }

  async waitBehind(event: EventEnvelope, tx: EntityManager): Promise<void> {
    const reason = 'waits behind an earlier event of its key';
    const { subject: key, id: eventId } = event;
    await this.add({ key, eventId, content: event, state: 'WAITING', attempts: 0, reason }, tx);
  }

  /** Keeps what is no event of ours for the operator to see, until he skips it. */
  async refuse(
    message: {
      readonly key: string;
      readonly id: string;
      readonly content: unknown;
      readonly reason: string;
    },
    tx: EntityManager,
  ): Promise<void> {
    const { key, id: eventId, content, reason } = message;
    await this.add({ key, eventId, content, state: 'REFUSED', attempts: 0, reason }, tx);
  }

  async retryParked(key: string, operator: string, at: Date): Promise<number> {
    let done = 0;
    while (await this.retryFirst(key, operator, at)) done += 1;
    return done;
  }

  async skipParked(key: string, operator: string, at: Date): Promise<boolean> {
    const skipped = await this.dataSource.transaction(async (tx) => {
      const first = await this.first(key, true, tx);
      if (first) await this.resolve(first.id, 'SKIPPED', operator, at, tx);
      return first !== undefined;
    });
    if (skipped) await this.retryParked(key, operator, at);
    return skipped;
  }

  private retryFirst(key: string, operator: string, at: Date): Promise<boolean> {
    return this.dataSource.transaction(async (tx) => {
      const first = await this.first(key, false, tx);
      if (!first) return false;
      await tx.query('savepoint retry');
      try {
        await this.effect(first.envelope, tx);
        await this.resolve(first.id, 'RETRIED', operator, at, tx);
        return true;
      } catch (error) {
        if (isTransient(error)) throw error;
        await tx.query('rollback to savepoint retry');
        await tx.query(
          `update parked_event set attempts = attempts + 1, reason = $2, state = 'PARKED' where id = $1`,
          [first.id, reasonOf(error)],
        );
        return false;
      }
    });
  }

  private async add(parked: NewlyParked, tx: EntityManager): Promise<void> {
    await tx.query(
      `insert into parked_event (consumer, key, event_id, envelope, state, attempts, reason)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        this.name,
        parked.key,
        parked.eventId,
        JSON.stringify(parked.content),
        parked.state,
        parked.attempts,
        parked.reason,
      ],
    );
  }

  private async first(
    key: string,
    refusedToo: boolean,
    tx: EntityManager,
  ): Promise<{ id: string; envelope: EventEnvelope } | undefined> {
    const [row] = await tx.query<{ id: string; envelope: EventEnvelope }[]>(
      `select id, envelope from parked_event
       where consumer = $1 and key = $2 and resolved_at is null and ($3 or state <> 'REFUSED')
       order by id limit 1 for update`,
      [this.name, key, refusedToo],
    );
    return row;
  }

  private async resolve(
    id: string,
    state: string,
    operator: string,
    at: Date,
    tx: EntityManager,
  ): Promise<void> {
    await tx.query(`update parked_event set state = $2, resolved_by = $3, resolved_at = $4 where id = $1`, [
      id,
      state,
      operator,
      at,
    ]);
  }
}
