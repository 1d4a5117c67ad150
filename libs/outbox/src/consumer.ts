import { z } from 'zod';
import type { DataSource, EntityManager } from 'typeorm';
import { envelopeSchema, type EventContract, type EventData, type EventEnvelope } from '@anju/events';
import type { EventSink, PositionStore, SaveProgress } from './event-bus';
import type { Logger } from './logger';
import { beginningOfLog, type LogPosition } from './outbox-log';
import { isLostRace, isTransient } from './transient';

/** An event whose data was checked against its contract. */
export type ReceivedEvent<Contract extends EventContract = EventContract> = Omit<EventEnvelope, 'data'> & {
  readonly data: EventData<Contract>;
};

/** The effect of one event type; runs inside the transaction that also records the event as consumed. */
export interface EventHandler {
  readonly contract: EventContract;
  readonly handle: (event: ReceivedEvent, tx: EntityManager) => Promise<void>;
}

/** Pairs a contract with its handler, so that the compiler knows the event's data. */
export function on<Contract extends EventContract>(
  contract: Contract,
  handle: (event: ReceivedEvent<Contract>, tx: EntityManager) => Promise<void>,
): EventHandler {
  return { contract, handle: handle as EventHandler['handle'] };
}

export interface ConsumerDefinition {
  /** Unique in the platform: `<service>.<what it keeps>`. */
  readonly name: string;
  readonly handlers: readonly EventHandler[];
  /** Takes back the consumer's effects before a rebuild; without it the handlers must be repeatable. */
  readonly reset?: (tx: EntityManager) => Promise<void>;
}

/** Waits before the tries after the first; then the event's key is parked. */
export const retryDelaysMillis: readonly number[] = [20, 200, 1_000];

class UnreadableEvent extends Error {}

/** Why an event was parked; kept for the operator, so it names fields but never their values. */
function reasonOf(error: unknown): string {
  if (error instanceof UnreadableEvent) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 2_000) : 'unknown failure';
}

/**
 * Gives events to handlers: effect, inbox row and the bus's position in one transaction, each event
 * once. Of an event that keeps failing the key is parked: later events of that key wait behind it,
 * all others go on.
 */
export class Consumer implements EventSink {
  readonly name: string;
  readonly contexts: readonly string[];
  readonly positions: PositionStore;
  private readonly handlers: ReadonlyMap<string, EventHandler>;

  constructor(
    readonly definition: ConsumerDefinition,
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    private readonly afterCommit: () => void,
  ) {
    this.name = definition.name;
    this.contexts = [...new Set(definition.handlers.map(({ contract }) => contract.context))];
    this.handlers = new Map(definition.handlers.map((handler) => [handler.contract.type, handler]));
    this.positions = {
      load: async (context) => {
        const [row] = await dataSource.query<LogPosition[]>(
          `select low::text, high::text, seq::text from consumer_position where consumer = $1 and context = $2`,
          [this.name, context],
        );
        return row ?? beginningOfLog;
      },
      save: async (tx, context, position) => {
        await tx.query(
          `insert into consumer_position (consumer, context, low, high, seq) values ($1, $2, $3::xid8, $4::xid8, $5)
           on conflict (consumer, context) do update set low = excluded.low, high = excluded.high, seq = excluded.seq`,
          [this.name, context, position.low, position.high, position.seq],
        );
      },
    };
  }

  async deliver(events: readonly EventEnvelope[], saveProgress: SaveProgress): Promise<void> {
    try {
      await this.dataSource.transaction(async (tx) => {
        await this.consume(events, tx);
        await saveProgress(tx);
      });
    } catch (error) {
      if (events.length === 0 || (isTransient(error) && !isLostRace(error))) throw error;
      for (const event of events) await this.deliverWithRetries(event);
      await this.dataSource.transaction(saveProgress);
    }
    this.afterCommit();
  }

  /**
   * Tries the parked events of a key again, in order, as the operator asks.
   * @returns how many went through; it stops at the first that fails again
   */
  async retryParked(key: string, operator: string, at: Date): Promise<number> {
    let done = 0;
    for (;;) {
      const outcome = await this.dataSource.transaction(async (tx) => {
        const parked = await this.firstParked(key, tx);
        if (!parked) return 'none';
        await tx.query('savepoint retry');
        try {
          await this.effect(parked.envelope, tx);
          await this.resolveParked(parked.id, 'RETRIED', operator, at, tx);
          return 'done';
        } catch (error) {
          if (isTransient(error)) throw error;
          await tx.query('rollback to savepoint retry');
          await tx.query(
            `update parked_event set attempts = attempts + 1, reason = $2, state = 'PARKED' where id = $1`,
            [parked.id, reasonOf(error)],
          );
          return 'failed';
        }
      });
      if (outcome !== 'done') break;
      done += 1;
    }
    this.afterCommit();
    return done;
  }

  /** Gives up the first parked event of a key, and then tries those that waited behind it. */
  async skipParked(key: string, operator: string, at: Date): Promise<boolean> {
    const skipped = await this.dataSource.transaction(async (tx) => {
      const parked = await this.firstParked(key, tx);
      if (parked) await this.resolveParked(parked.id, 'SKIPPED', operator, at, tx);
      return parked !== undefined;
    });
    if (skipped) await this.retryParked(key, operator, at);
    return skipped;
  }

  /** Forgets everything consumed, so that the bus delivers the log from its beginning. Call while paused. */
  async forget(): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      await this.definition.reset?.(tx);
      for (const table of ['consumer_position', 'inbox', 'parked_event']) {
        await tx.query(`delete from ${table} where consumer = $1`, [this.name]);
      }
    });
  }

  private async deliverWithRetries(event: EventEnvelope): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.dataSource.transaction((tx) => this.consume([event], tx));
        return;
      } catch (error) {
        if (isLostRace(error)) continue;
        if (isTransient(error)) throw error;
        const delay = retryDelaysMillis[attempt];
        if (delay === undefined || error instanceof UnreadableEvent) {
          await this.park(event, attempt + 1, reasonOf(error));
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  private async consume(events: readonly EventEnvelope[], tx: EntityManager): Promise<void> {
    const wanted = events.filter((event) => this.handlers.has(event.type));
    if (wanted.length === 0) return;
    const fresh = await this.recordInInbox(wanted, tx);
    if (fresh.length === 0) return;
    const parkedKeys = await this.parkedKeysAmong(fresh, tx);
    for (const event of fresh) {
      if (parkedKeys.has(event.subject)) await this.waitBehindParked(event, tx);
      else await this.effect(event, tx);
    }
  }

  private async effect(event: EventEnvelope, tx: EntityManager): Promise<void> {
    const envelope = envelopeSchema.safeParse(event);
    if (!envelope.success) throw new UnreadableEvent(`envelope: ${z.prettifyError(envelope.error)}`);
    const handler = this.handlers.get(event.type)!;
    const data = handler.contract.data.safeParse(event.data);
    if (!data.success) throw new UnreadableEvent(`data of ${event.type}: ${z.prettifyError(data.error)}`);
    await handler.handle({ ...envelope.data, data: data.data }, tx);
  }

  private async recordInInbox(events: readonly EventEnvelope[], tx: EntityManager): Promise<EventEnvelope[]> {
    const inserted: { event_id: string }[] = await tx.query(
      `insert into inbox (consumer, event_id) select $1, unnest($2::uuid[])
       on conflict do nothing returning event_id`,
      [this.name, events.map((event) => event.id)],
    );
    const ids = new Set(inserted.map((row) => row.event_id));
    return events.filter((event) => ids.delete(event.id));
  }

  private async parkedKeysAmong(events: readonly EventEnvelope[], tx: EntityManager): Promise<Set<string>> {
    const rows: { key: string }[] = await tx.query(
      `select distinct key from parked_event where consumer = $1 and resolved_at is null and key = any($2)`,
      [this.name, [...new Set(events.map((event) => event.subject))]],
    );
    return new Set(rows.map((row) => row.key));
  }

  private async waitBehindParked(event: EventEnvelope, tx: EntityManager): Promise<void> {
    await tx.query(
      `insert into parked_event (consumer, key, event_id, envelope, state, attempts, reason)
       values ($1, $2, $3, $4, 'WAITING', 0, 'waits behind an earlier event of its key')`,
      [this.name, event.subject, event.id, JSON.stringify(event)],
    );
  }

  private async park(event: EventEnvelope, attempts: number, reason: string): Promise<void> {
    this.logger.error({ consumer: this.name, eventId: event.id, type: event.type, attempts }, 'event parked');
    await this.dataSource.transaction(async (tx) => {
      await this.recordInInbox([event], tx);
      await tx.query(
        `insert into parked_event (consumer, key, event_id, envelope, state, attempts, reason)
         values ($1, $2, $3, $4, 'PARKED', $5, $6)`,
        [this.name, event.subject, event.id, JSON.stringify(event), attempts, reason],
      );
    });
  }

  private async firstParked(
    key: string,
    tx: EntityManager,
  ): Promise<{ id: string; envelope: EventEnvelope } | undefined> {
    const [row] = await tx.query<{ id: string; envelope: EventEnvelope }[]>(
      `select id, envelope from parked_event where consumer = $1 and key = $2 and resolved_at is null
       order by id limit 1 for update`,
      [this.name, key],
    );
    return row;
  }

  private async resolveParked(
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
