import type { Admin, Consumer as KafkaConsumer, EachBatchPayload, Kafka } from 'kafkajs';
import { PositionMoved } from '@anju/outbox';
import type { Delivered, DeliveryObserver, EventSink, Logger } from '@anju/outbox';
import { deliveredOf } from './wire';

const deliveredAtOnce = 200;
/** How often a member says that it is there, within the time after which it counts as gone. */
const heartbeatsPerSession = 5;
const rebalanceMillis = 20_000;
/**
 * How long a broker keeps a question for new events; it answers at once when there are some. A consumer that ends,
 * goes back or shares its partitions anew waits for the answer; and each question costs both sides, all the time.
 */
const longestFetchMillis = 1_000;
const retryMillis = 500;
/** How often a consumer that has nothing to do looks whether it was taken back to the beginning elsewhere. */
const positionCheckMillis = 2_000;
/** The brokers are told how far a consumer is for their own tools; what counts is in its database. */
const commitMillis = 1_000;
/** Each takes a connection to the database; requests need some, too. New events are asked for after the last. */
const partitionsAtOnce = 3;

const sleep = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

export interface SubscriptionParts {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly groupId: string;
  readonly sink: EventSink;
  readonly topicOf: (context: string) => string;
  readonly logger: Logger;
  readonly observe: DeliveryObserver;
  /** A replica that is gone is noticed after this, and others take over. */
  readonly sessionMillis: number;
}

/** One sink's membership in its consumer group. Its positions are those in the sink's own database. */
export class Subscription {
  private consumer: KafkaConsumer | undefined;
  private readonly contexts: ReadonlyMap<string, string>;
  /** By partition of this member: the offset that it reads next. */
  private readonly positions = new Map<string, { topic: string; partition: number; next: string }>();
  /** By partition: what the brokers were told last. */
  private readonly committed = new Map<string, string>();
  /** Settles when the positions after the last join are known. */
  private located: Promise<void> = Promise.resolve();
  private readonly delivering = new Set<Promise<void>>();
  private checking: NodeJS.Timeout | undefined;
  private committing: NodeJS.Timeout | undefined;
  private paused = false;
  private closed = false;

  constructor(private readonly parts: SubscriptionParts) {
    this.contexts = new Map(parts.sink.contexts.map((context) => [parts.topicOf(context), context]));
  }

  /** Joins the group. */
  async start(): Promise<void> {
    const { kafka, groupId, logger, sink } = this.parts;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: this.parts.sessionMillis,
      heartbeatInterval: this.heartbeatMillis,
      rebalanceTimeout: rebalanceMillis,
      // It says that it is there between two questions only.
      maxWaitTimeInMs: Math.min(longestFetchMillis, this.heartbeatMillis),
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 10, restartOnFailure: async () => true },
    });
    this.consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment));
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      logger.error({ sink: sink.name, reason: payload.error.message }, 'the consumer has to begin again');
      if (!payload.restart && !this.closed) void this.replace();
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.contexts.keys()], fromBeginning: true });
    const joined = new Promise<void>((resolve) => {
      const off = consumer.on(consumer.events.GROUP_JOIN, () => {
        off();
        resolve();
      });
    });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: (payload) => this.tracked(this.take(payload)),
    });
    await joined;
    this.checking ??= setInterval(() => void this.checkPositions(), positionCheckMillis).unref();
    this.committing ??= setInterval(() => void this.commit(), commitMillis).unref();
  }

  /** Takes nothing in while `work` runs, and then goes on from the positions in the sink's database. */
  async whilePaused<T>(work: () => Promise<T>): Promise<T> {
    this.paused = true;
    try {
      await Promise.allSettled(this.delivering);
      return await work();
    } finally {
      this.paused = false;
      await this.checkPositions();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.checking);
    clearInterval(this.committing);
    await this.commit();
    await this.consumer?.disconnect();
    await Promise.allSettled(this.delivering);
  }

  private get heartbeatMillis(): number {
    return Math.floor(this.parts.sessionMillis / heartbeatsPerSession);
  }

  private tracked(work: Promise<void>): Promise<void> {
    this.delivering.add(work);
    return work.finally(() => this.delivering.delete(work));
  }

  /** What kafkajs gives up on is begun anew. */
  private async replace(): Promise<void> {
    await sleep(retryMillis);
    await this.consumer?.disconnect().catch(() => undefined);
    while (!this.closed) {
      try {
        await this.start();
        return;
      } catch (err) {
        this.parts.logger.error({ err, sink: this.parts.sink.name }, 'the consumer cannot begin again');
        await sleep(retryMillis);
      }
    }
  }

  private joined(assignment: Readonly<Record<string, number[]>>): void {
    this.positions.clear();
    this.committed.clear();
    const mine = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    this.located = this.locate(mine);
    // Whoever waits for it learns of a failure there.
    this.located.catch(() => undefined);
  }

  private async locate(mine: readonly { topic: string; partition: number }[]): Promise<void> {
    for (;;) {
      try {
        await this.goToStored(mine);
        return;
      } catch (err) {
        if (this.closed) return;
        this.parts.logger.error({ err, sink: this.parts.sink.name }, 'positions could not be read');
        await sleep(retryMillis);
      }
    }
  }

  private async goToStored(mine: readonly { topic: string; partition: number }[]): Promise<void> {
    const { sink, admin, logger } = this.parts;
    const stored = new Map(
      (await sink.positions.partitions()).map((one) => [placeKey(one.topic, one.partition), one.nextOffset]),
    );
    for (const topic of new Set(mine.map((one) => one.topic))) {
      const ends = new Map((await admin.fetchTopicOffsets(topic)).map((one) => [one.partition, one]));
      for (const { partition } of mine.filter((one) => one.topic === topic)) {
        const { low, high } = ends.get(partition) ?? { low: '0', high: '0' };
        let next = stored.get(placeKey(topic, partition)) ?? '0';
        if (BigInt(next) > BigInt(high)) {
          logger.error(
            { sink: sink.name, topic, partition, next, high },
            'the topic was replaced: read anew',
          );
          await sink.positions.dropPartition(topic, partition);
          next = '0';
        }
        this.goTo(topic, partition, next, low);
      }
    }
  }

  /** @param low where the log begins now */
  private goTo(topic: string, partition: number, next: string, low = next): void {
    this.positions.set(placeKey(topic, partition), { topic, partition, next });
    const offset = BigInt(next) < BigInt(low) ? low : next;
    this.consumer?.seek({ topic, partition, offset });
  }

  private async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { topic, partition } = batch;
    await this.located;
    if (payload.isStale() || this.paused) return;
    const place = { topic, partition, context: this.contexts.get(topic)! };
    const isWanted = (): boolean => payload.isRunning() && !payload.isStale() && !this.closed;
    const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), this.heartbeatMillis);
    try {
      for (let at = 0; at < batch.messages.length; at += deliveredAtOnce) {
        if (!isWanted() || this.paused) return;
        const messages = batch.messages.slice(at, at + deliveredAtOnce);
        const went = await this.deliver(
          messages.map((message) => ({ message, delivered: deliveredOf(message, place) })),
          { topic, partition },
          isWanted,
        );
        if (!went) return;
        payload.resolveOffset(messages.at(-1)!.offset);
        await payload.heartbeat();
      }
    } finally {
      clearInterval(beating);
    }
  }

  /** Tries until it goes or is no longer wanted. @returns whether it went */
  private async deliver(
    items: readonly { readonly message: { readonly offset: string }; readonly delivered: Delivered }[],
    { topic, partition }: { readonly topic: string; readonly partition: number },
    isWanted: () => boolean,
  ): Promise<boolean> {
    const { sink, logger, observe } = this.parts;
    const key = placeKey(topic, partition);
    while (isWanted()) {
      const position = this.positions.get(key);
      if (!position) return false;
      // A fetch that was under way when the position was set brings what was read before.
      const fresh = items.filter(({ message }) => BigInt(message.offset) >= BigInt(position.next));
      if (fresh.length === 0) return true;
      const after = (count: number): string => String(BigInt(fresh[count - 1]!.message.offset) + 1n);
      const events = fresh.map(({ delivered }) => delivered);
      try {
        await sink.deliver(events, (tx, count) =>
          sink.positions.movePartition(tx, position.next, { topic, partition, nextOffset: after(count) }),
        );
        position.next = after(events.length);
        observe(sink.name, events);
        return true;
      } catch (error) {
        if (error instanceof PositionMoved) {
          const stored = await this.storedPositions();
          if (stored) this.goTo(topic, partition, stored.get(key) ?? '0');
          return false;
        }
        logger.error({ err: error, sink: sink.name, topic, partition }, 'delivery failed');
        await sleep(retryMillis);
      }
    }
    return false;
  }

  /**
   * Goes back where the sink's database is behind what this member has read: it was taken back to the beginning,
   * here or by a replica.
   */
  private async checkPositions(): Promise<void> {
    if (this.paused || this.closed) return;
    const known = [...this.positions.values()].map((position) => ({ position, next: position.next }));
    const stored = await this.storedPositions();
    for (const { position, next } of known) {
      const { topic, partition } = position;
      // Read on meanwhile: the answer is older than that.
      if (position.next !== next || this.positions.get(placeKey(topic, partition)) !== position) continue;
      const said = stored?.get(placeKey(topic, partition)) ?? '0';
      if (stored && BigInt(said) < BigInt(next)) this.goTo(topic, partition, said);
    }
  }

  /** @returns null where the database cannot be asked now: deliveries say so, and the next look comes soon */
  private async storedPositions(): Promise<Map<string, string> | null> {
    try {
      const stored = await this.parts.sink.positions.partitions();
      return new Map(stored.map((one) => [placeKey(one.topic, one.partition), one.nextOffset]));
    } catch {
      return null;
    }
  }

  private async commit(): Promise<void> {
    // Whoever has nothing to do says nothing: there are many consumers, and each of them would do it all the time.
    const moved = [...this.positions].filter(([key, { next }]) => this.committed.get(key) !== next);
    if (moved.length === 0) return;
    const offsets = moved.map(([, { topic, partition, next: offset }]) => ({ topic, partition, offset }));
    try {
      await this.consumer?.commitOffsets(offsets);
      moved.forEach(([key], index) => this.committed.set(key, offsets[index]!.offset));
    } catch {
      // Told again with the next.
    }
  }
}

function placeKey(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
