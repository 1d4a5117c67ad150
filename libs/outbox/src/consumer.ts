import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DataSource, EntityManager } from 'typeorm';
import { envelopeSchema, type EventContract, type EventData, type EventEnvelope } from '@anju/events';
import { inSpan } from '@anju/tracing';
import { ForeignMessage, PositionMoved } from './event-bus';
import type { Delivered, EventSink, PositionStore, SaveProgress } from './event-bus';
import type { Logger } from './logger';
import { ParkedEvents, reasonOf, UnreadableEvent, type ParkedKeys } from './parked-events';
import { positionsIn } from './positions';
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
  /**
   * The effects stay in the consumer's own tables, and nobody is told of them: no events, no due times. Then a
   * commit does not wait for the disk. What a crash of PostgreSQL takes back, it takes back with the consumer's
   * position, and the log delivers it again.
   */
  readonly staysHere?: boolean;
}

/** Waits before the tries after the first; then the event's key is parked. */
export const retryDelaysMillis: readonly number[] = [20, 200, 1_000];

function versionless(type: string): string {
  return type.replace(/\.v\d+$/, '');
}

/** Tells an event that is delivered again from another one with the same id. */
function digestOf(event: EventEnvelope): string {
  return createHash('md5').update(JSON.stringify(event)).digest('hex');
}

/**
 * Gives events to handlers: effect, inbox row and the consumer's position in one transaction, each event
 * once. Of an event that keeps failing the key is parked: later events of that key wait behind it,
 * all others go on.
 */
export class Consumer implements EventSink, ParkedKeys {
  readonly name: string;
  readonly contexts: readonly string[];
  readonly positions: PositionStore;
  private readonly handlers: ReadonlyMap<string, EventHandler>;
  /** Names of the handled events without their versions: a version that is not handled must not get lost. */
  private readonly names: ReadonlySet<string>;
  private readonly parked: ParkedEvents;

  constructor(
    readonly definition: ConsumerDefinition,
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
    private readonly afterCommit: () => void,
  ) {
    this.name = definition.name;
    this.contexts = [...new Set(definition.handlers.map(({ contract }) => contract.context))];
    this.handlers = new Map(definition.handlers.map((handler) => [handler.contract.type, handler]));
    this.names = new Set(definition.handlers.map(({ contract }) => versionless(contract.type)));
    this.positions = positionsIn(dataSource, this.name);
    this.parked = new ParkedEvents(this.name, dataSource, (event, tx) => this.effect(event, tx));
  }

  async deliver(events: readonly Delivered[], saveProgress: SaveProgress): Promise<void> {
    if (!events.some((event) => this.concerns(event))) {
      // One statement is a transaction of its own, for a third of the round trips.
      await saveProgress(this.dataSource.manager, events.length);
      return;
    }
    try {
      await this.dataSource.transaction(async (tx) => {
        await saveProgress(tx, events.length);
        if (this.definition.staysHere) await tx.query('set local synchronous_commit to off');
        await this.consume(events, tx);
      });
    } catch (error) {
      if (error instanceof PositionMoved) throw error;
      if (events.length === 0 || (isTransient(error) && !isLostRace(error))) throw error;
      for (const [index, event] of events.entries()) {
        await this.deliverWithRetries(event, (tx) => saveProgress(tx, index + 1));
      }
    }
    this.afterCommit();
  }

  async retryParked(key: string, operator: string, at: Date): Promise<number> {
    const done = await this.parked.retryParked(key, operator, at);
    this.afterCommit();
    return done;
  }

  async skipParked(key: string, operator: string, at: Date): Promise<boolean> {
    const skipped = await this.parked.skipParked(key, operator, at);
    this.afterCommit();
    return skipped;
  }

  /** Forgets everything consumed, so that the bus delivers the log from its beginning. Call while paused. */
  async forget(): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      // Waits for what another replica is just taking in, and keeps it from taking in more.
      await tx.query('select from consumer_offset where consumer = $1 for update', [this.name]);
      await this.definition.reset?.(tx);
      for (const table of ['consumer_offset', 'consumer_position', 'inbox', 'parked_event']) {
        await tx.query(`delete from ${table} where consumer = $1`, [this.name]);
      }
    });
  }

  private async deliverWithRetries(
    event: Delivered,
    saveProgress: (tx: EntityManager) => Promise<void>,
  ): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.dataSource.transaction(async (tx) => {
          await saveProgress(tx);
          await this.consume([event], tx);
        });
        return;
      } catch (error) {
        if (isLostRace(error)) continue;
        if (isTransient(error) || error instanceof PositionMoved || event instanceof ForeignMessage) {
          throw error;
        }
        const delay = retryDelaysMillis[attempt];
        if (delay === undefined || error instanceof UnreadableEvent) {
          await this.park(event, attempt + 1, error, saveProgress);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  private concerns(one: Delivered): boolean {
    return one instanceof ForeignMessage || this.names.has(versionless(one.type));
  }

  private async consume(delivered: readonly Delivered[], tx: EntityManager): Promise<void> {
    const wanted: EventEnvelope[] = [];
    for (const one of delivered) {
      if (one instanceof ForeignMessage) await this.refuse(one, tx);
      else if (this.concerns(one)) wanted.push(one);
    }
    if (wanted.length === 0) return;
    const fresh = await this.recordInInbox(wanted, tx);
    if (fresh.length === 0) return;
    const keysThatWait = await this.parked.keysAmong(
      fresh.map(({ subject }) => subject),
      tx,
    );
    for (const event of fresh) {
      if (keysThatWait.has(event.subject)) await this.parked.waitBehind(event, tx);
      else await this.effect(event, tx);
    }
  }

  private async effect(event: EventEnvelope, tx: EntityManager): Promise<void> {
    const envelope = envelopeSchema.safeParse(event);
    if (!envelope.success) throw new UnreadableEvent(`envelope: ${z.prettifyError(envelope.error)}`);
    const handler = this.handlers.get(event.type);
    if (!handler) {
      const known = [...this.handlers.keys()].filter((type) => versionless(type) === versionless(event.type));
      throw new UnreadableEvent(`${event.type} is not known to this version; it takes ${known.join(', ')}`);
    }
    const data = handler.contract.data.safeParse(event.data);
    if (!data.success) throw new UnreadableEvent(`data of ${event.type}: ${z.prettifyError(data.error)}`);
    const facts = {
      'anju.consumer': this.name,
      'anju.event.type': event.type,
      'anju.event.id': event.id,
      'anju.aggregate.id': event.subject,
    };
    // Events that are delivered together belong to different traces: each effect goes on with its own event's.
    const { traceparent } = envelope.data;
    await inSpan(
      { name: `${this.name} ${event.type}`, kind: 'consumer', parent: { traceparent }, facts },
      () => handler.handle({ ...envelope.data, data: data.data }, tx),
    );
  }

  /** @returns those that were not taken in before */
  private async recordInInbox(events: readonly EventEnvelope[], tx: EntityManager): Promise<EventEnvelope[]> {
    const digests = events.map(digestOf);
    const inserted: { event_id: string }[] = await tx.query(
      `insert into inbox (consumer, event_id, digest)
       select $1, e.id, e.digest from unnest($2::uuid[], $3::text[]) with ordinality as e(id, digest, n) order by n
       on conflict do nothing returning event_id`,
      [this.name, events.map((event) => event.id), digests],
    );
    const ids = new Set(inserted.map((row) => row.event_id));
    const seen: { event: EventEnvelope; digest: string }[] = [];
    const fresh = events.filter((event, index) => {
      const isFresh = ids.delete(event.id);
      if (!isFresh) seen.push({ event, digest: digests[index]! });
      return isFresh;
    });
    if (seen.length > 0) await this.refuseForgeries(seen, tx);
    return fresh;
  }

  /** What has the id of another event is not that event delivered again. */
  private async refuseForgeries(
    seen: readonly { readonly event: EventEnvelope; readonly digest: string }[],
    tx: EntityManager,
  ): Promise<void> {
    const rows: { event_id: string; digest: string | null }[] = await tx.query(
      'select event_id, digest from inbox where consumer = $1 and event_id = any($2)',
      [this.name, seen.map(({ event }) => event.id)],
    );
    const known = new Map(rows.map((row) => [row.event_id, row.digest]));
    for (const { event, digest } of seen) {
      const first = known.get(event.id) ?? digest;
      if (first === digest) continue;
      const reason = 'another event with this id was taken in before';
      await this.refuse(new ForeignMessage(event.id, event.subject, event, reason), tx);
    }
  }

  private async refuse(message: ForeignMessage, tx: EntityManager): Promise<void> {
    this.logger.error(
      { consumer: this.name, messageId: message.id },
      'a message that is no event was refused',
    );
    await this.parked.refuse(message, tx);
  }

  private async park(
    event: EventEnvelope,
    attempts: number,
    error: unknown,
    saveProgress: (tx: EntityManager) => Promise<void>,
  ): Promise<void> {
    this.logger.error({ consumer: this.name, eventId: event.id, type: event.type, attempts }, 'event parked');
    await this.dataSource.transaction(async (tx) => {
      await saveProgress(tx);
      await this.recordInInbox([event], tx);
      await this.parked.park(event, attempts, reasonOf(error), tx);
    });
  }
}
