import type { EntityManager } from 'typeorm';
import type { EventEnvelope } from '@anju/events';
import type { OutboxLog } from './outbox-log';
import type { ParkedKeys } from './parked-events';

/**
 * Stores in the consumer's transaction that the first `count` of the delivered are dealt with. It is the
 * transaction's first statement, so that two who deliver the same to one consumer come one after the other.
 * @throws PositionMoved if somebody else has moved the consumer's position: a rebuild, or another replica
 */
export type SaveProgress = (tx: EntityManager, count: number) => Promise<void>;

/** The consumer has been taken elsewhere in the log meanwhile: what was being delivered is not to be. */
export class PositionMoved extends Error {
  override readonly name = 'PositionMoved';
}

/** What came over the wire and is no event of ours: kept for the operator to see, and no key waits for it. */
export class ForeignMessage {
  /**
   * @param id of the place where it lies in the log, so that it is kept once
   * @param key as it came, for the operator
   * @param reason what is wrong with it; never its contents
   */
  constructor(
    readonly id: string,
    readonly key: string,
    readonly content: unknown,
    readonly reason: string,
  ) {}
}

/** What a bus hands to a sink. */
export type Delivered = EventEnvelope | ForeignMessage;

/** The receiving side, as a bus sees it. */
export interface EventSink {
  /** Unique in the platform, such as `complaints.cases`; the Kafka consumer group's name. */
  readonly name: string;
  /** Contexts whose topics it reads. */
  readonly contexts: readonly string[];
  /**
   * Takes events of one context in order. When it resolves, every one is durably dealt with
   * (its effect, or its place among the parked) and the bus may forget it.
   * @throws PositionMoved as `saveProgress` does; what fails for want of a database
   */
  deliver(events: readonly Delivered[], saveProgress: SaveProgress): Promise<void>;
  /** The consumer's own database, where its position in the log is kept. */
  readonly positions: PositionStore;
}

/** How far a consumer has come in a partition of a broker's topic: the offset that it reads next. */
export interface PartitionPosition {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: string;
}

/** A consumer's positions in its own database. */
export interface PositionStore {
  /** In an outbox that is read directly. */
  load(context: string): Promise<{ low: string; high: string; seq: string }>;
  save(
    tx: EntityManager,
    context: string,
    position: { low: string; high: string; seq: string },
  ): Promise<void>;
  /** In a broker's topics; a partition that is not listed was never read. */
  partitions(): Promise<PartitionPosition[]>;
  /**
   * Moves a partition's position from where the caller last saw it.
   * @param from the offset that was to be read next when the caller began
   * @throws PositionMoved if the position lies outside `from`…`position.nextOffset`
   */
  movePartition(tx: EntityManager, from: string, position: PartitionPosition): Promise<void>;
  /** Forgets a partition's position, because the topic is not the one in which it was. */
  dropPartition(topic: string, partition: number): Promise<void>;
}

/** What is on its way between a service and the others. */
export interface EventFlow {
  /** By context: events committed and not handed over yet, and the last one's place in the outbox. */
  readonly outboxes: readonly {
    readonly context: string;
    readonly depth: number;
    readonly lastSeq: string;
  }[];
  /** By consumer and context that it reads: events that it has not dealt with yet. */
  readonly sinks: readonly { readonly name: string; readonly context: string; readonly lag: number }[];
}

/** Told of each event whose effect is committed; for figures and traces. Never throws. */
export type DeliveryObserver = (sink: string, events: readonly Delivered[]) => void;

/** Carries events from the services' outboxes to their consumers. One port, an implementation a mode. */
export interface EventBus {
  /**
   * Makes a service's outbox part of the log.
   * @returns what an operator can do with events that cannot be handed over; null where that cannot happen
   */
  attachOutbox(log: OutboxLog): ParkedKeys | null;
  attachSink(sink: EventSink): void;
  /** Starts to deliver. */
  start(): Promise<void>;
  /** Something was committed to the outbox of `context`. Cheap, never throws. */
  wake(context: string): void;
  /** Holds back deliveries to a sink while `work` runs, then goes on from the sink's positions. */
  whilePaused<T>(sinkName: string, work: () => Promise<T>): Promise<T>;
  /** Resolves once everything committed before the call is delivered to every sink attached here. */
  settled(): Promise<void>;
  /** What is on its way now. */
  flow(): Promise<EventFlow>;
  close(): Promise<void>;
}
