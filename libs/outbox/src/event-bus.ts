import type { EntityManager } from 'typeorm';
import type { EventEnvelope } from '@anju/events';
import type { OutboxLog } from './outbox-log';

/** Stores the bus's own progress in the consumer's transaction, where the bus keeps it there. */
export type SaveProgress = (tx: EntityManager) => Promise<void>;

/** The receiving side, as a bus sees it. */
export interface EventSink {
  /** Unique in the platform, such as `complaints.cases`; the Kafka consumer group's name. */
  readonly name: string;
  /** Contexts whose topics it reads. */
  readonly contexts: readonly string[];
  /**
   * Takes events of one context in order. When it resolves, every one is durably dealt with
   * (its effect, or its place among the parked) and the bus may forget it.
   */
  deliver(events: readonly EventEnvelope[], saveProgress: SaveProgress): Promise<void>;
  /** The consumer's own database, where an in-process bus keeps its position. */
  readonly positions: PositionStore;
}

export interface PositionStore {
  load(context: string): Promise<{ low: string; high: string; seq: string }>;
  save(
    tx: EntityManager,
    context: string,
    position: { low: string; high: string; seq: string },
  ): Promise<void>;
}

/** Carries events from the services' outboxes to their consumers. One port, an implementation a mode. */
export interface EventBus {
  /** Makes a service's outbox part of the log. */
  attachOutbox(log: OutboxLog): void;
  attachSink(sink: EventSink): void;
  /** Starts to deliver. */
  start(): Promise<void>;
  /** Something was committed to the outbox of `context`. Cheap, never throws. */
  wake(context: string): void;
  /** Holds back deliveries to a sink while `work` runs, then goes on from the sink's positions. */
  whilePaused<T>(sinkName: string, work: () => Promise<T>): Promise<T>;
  /** Resolves once everything committed before the call is delivered to every sink. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
