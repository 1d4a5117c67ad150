import type { Admin, Kafka } from 'kafkajs';
import { publishingContexts, topicOf } from '@anju/events';
import { lagsOf, Relay } from '@anju/outbox';
import type {
  DeliveryObserver,
  EventBus,
  EventFlow,
  EventSink,
  Logger,
  OutboxLog,
  ParkedKeys,
  SinkPosition,
  TopicEnd,
} from '@anju/outbox';
import { kafkaClient, type KafkaSettings } from './kafka-client';
import { KafkaTransport } from './kafka-transport';
import { Subscription } from './subscription';

const settledPollMillis = 20;
const defaultSessionMillis = 10_000;

export interface KafkaBusOptions extends KafkaSettings {
  /** Of the topics and the consumer groups, so that several platforms can share brokers; `anju` by default. */
  readonly topicPrefix?: string;
  /** After which a consumer that says nothing counts as gone; default 10 s. */
  readonly sessionMillis?: number;
  readonly logger: Logger;
  readonly observe?: DeliveryObserver;
}

interface AttachedOutbox {
  readonly log: OutboxLog;
  readonly relay: Relay;
  readonly transport: KafkaTransport;
}

/**
 * Carries events by Kafka: each attached outbox has a relay into its context's topic, each attached sink is a
 * member of its consumer group. docs/adr/0011.
 */
export class KafkaEventBus implements EventBus {
  private readonly kafka: Kafka;
  private readonly admin: Admin;
  private readonly logger: Logger;
  private readonly topicOf: (context: string) => string;
  private readonly outboxLogs = new Map<string, AttachedOutbox>();
  private readonly subscriptions = new Map<string, { sink: EventSink; subscription: Subscription }>();

  constructor(private readonly options: KafkaBusOptions) {
    this.logger = options.logger;
    this.kafka = kafkaClient(options, options.logger);
    this.admin = this.kafka.admin();
    this.topicOf = (context) => topicOf(context, options.topicPrefix);
  }

  attachOutbox(log: OutboxLog): ParkedKeys {
    const transport = new KafkaTransport(this.kafka, this.topicOf(log.context));
    const relay = new Relay(log, transport, this.logger);
    this.outboxLogs.set(log.context, { log, relay, transport });
    return relay;
  }

  attachSink(sink: EventSink): void {
    const prefix = this.options.topicPrefix ?? 'anju';
    const subscription = new Subscription({
      kafka: this.kafka,
      admin: this.admin,
      groupId: `${prefix}.${sink.name}`,
      sink,
      topicOf: this.topicOf,
      logger: this.logger,
      observe: this.options.observe ?? (() => undefined),
      sessionMillis: this.options.sessionMillis ?? defaultSessionMillis,
    });
    this.subscriptions.set(sink.name, { sink, subscription });
  }

  /** @throws Error naming the topics that are not there; whatever kafkajs says of brokers that do not answer */
  async start(): Promise<void> {
    await this.admin.connect();
    await this.requireTopics();
    await Promise.all([...this.subscriptions.values()].map(({ subscription }) => subscription.start()));
    for (const { relay } of this.outboxLogs.values()) relay.start();
  }

  wake(context: string): void {
    this.outboxLogs.get(context)?.relay.wake();
  }

  whilePaused<T>(sinkName: string, work: () => Promise<T>): Promise<T> {
    const attached = this.subscriptions.get(sinkName);
    return attached ? attached.subscription.whilePaused(work) : work();
  }

  async settled(): Promise<void> {
    for (;;) {
      const before = await this.flow();
      const { outboxes } = isIdle(before) ? await this.flow() : before;
      // An effect may have written events of its own in between.
      const same = outboxes.every(({ lastSeq }, index) => lastSeq === before.outboxes[index]!.lastSeq);
      if (isIdle(before) && same) return;
      await new Promise((resolve) => setTimeout(resolve, settledPollMillis));
    }
  }

  async flow(): Promise<EventFlow> {
    // Outboxes first: what leaves them later is still seen as lag.
    const outboxes = await this.outboxes();
    return { outboxes, sinks: await this.lags() };
  }

  /** What was committed and is not with the brokers yet: they are not asked for this. */
  outboxes(): Promise<EventFlow['outboxes']> {
    return Promise.all(
      [...this.outboxLogs.values()].map(async ({ log, relay }) => ({
        context: log.context,
        depth: await relay.depth(),
        lastSeq: await log.lastSeq(),
      })),
    );
  }

  /** The ends of the topics into which the outboxes here are handed over. */
  ends(): Promise<TopicEnd[]> {
    return this.endsOf([...this.outboxLogs.keys()].filter((context) => publishingContexts.has(context)));
  }

  /** How far the sinks here are, from their own databases: no broker is asked for this. */
  async positions(): Promise<SinkPosition[]> {
    const all = await Promise.all(
      [...this.subscriptions.values()].map(async ({ sink }) => {
        const stored = await sink.positions.partitions();
        return sink.contexts.map((context) => {
          const topic = this.topicOf(context);
          const partitions = stored
            .filter((one) => one.topic === topic)
            .map(({ partition, nextOffset }) => ({ partition, nextOffset }));
          return { name: sink.name, context, partitions };
        });
      }),
    );
    return all.flat();
  }

  /** @throws whatever kafkajs says of brokers that do not answer */
  async askBrokers(): Promise<void> {
    await this.admin.describeCluster();
  }

  async close(): Promise<void> {
    await Promise.all([
      ...[...this.subscriptions.values()].map(({ subscription }) => subscription.close()),
      ...[...this.outboxLogs.values()].map(async ({ relay, transport }) => {
        await relay.close();
        await transport.close();
      }),
    ]);
    await this.admin.disconnect();
  }

  /** Where the topics of the contexts end, and from where on there is something in them. */
  private async endsOf(contexts: Iterable<string>): Promise<TopicEnd[]> {
    const ends = await Promise.all(
      [...contexts].map(async (context) => {
        const partitions = await this.admin.fetchTopicOffsets(this.topicOf(context));
        return partitions.map(({ partition, low, high }) => ({ context, partition, low, high }));
      }),
    );
    return ends.flat();
  }

  private async lags(): Promise<EventFlow['sinks']> {
    const positions = await this.positions();
    return lagsOf(positions, await this.endsOf(new Set(positions.map(({ context }) => context))));
  }

  private async requireTopics(): Promise<void> {
    const there = new Set(await this.admin.listTopics());
    const contexts = new Set([
      // A service that only listens has an outbox, too, and nothing will ever be in it.
      ...[...this.outboxLogs.keys()].filter((context) => publishingContexts.has(context)),
      ...[...this.subscriptions.values()].flatMap(({ sink }) => sink.contexts),
    ]);
    const missing = [...contexts].map(this.topicOf).filter((topic) => !there.has(topic));
    if (missing.length === 0) return;
    throw new Error(`topics are missing: ${missing.join(', ')}; create them with: npm run topics`);
  }
}

function isIdle({ outboxes, sinks }: EventFlow): boolean {
  return outboxes.every(({ depth }) => depth === 0) && sinks.every(({ lag }) => lag === 0);
}
