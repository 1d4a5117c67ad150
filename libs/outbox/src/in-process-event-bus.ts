import type { DeliveryObserver, EventBus, EventFlow, EventSink } from './event-bus';
import type { OutboxLog } from './outbox-log';
import type { Logger } from './logger';

const batchSize = 200;
/** Wake-ups come from the writers; this only covers one that was lost, such as by another process's commit. */
const pollMillis = 1_000;
const retryMillis = 500;

/** Reads one context's log for one sink, one batch after the other. */
class Delivery {
  private running: Promise<void> | null = null;
  private again = false;
  private paused = false;
  private closed = false;
  private retryTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: OutboxLog,
    private readonly sink: EventSink,
    private readonly logger: Logger,
    private readonly observe: DeliveryObserver,
  ) {}

  wake(): void {
    if (this.closed || this.paused) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.drain().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        this.wake();
      }
    });
  }

  /** Resolves when nothing is left to deliver of what was committed before. */
  async idle(): Promise<boolean> {
    const busy = this.running !== null;
    while (this.running) await this.running;
    return !busy;
  }

  async whilePaused<T>(work: () => Promise<T>): Promise<T> {
    this.paused = true;
    try {
      await this.idle();
      return await work();
    } finally {
      this.paused = false;
      this.wake();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retryTimer);
    await this.idle();
  }

  async depth(): Promise<number> {
    return this.log.depth(await this.sink.positions.load(this.log.context));
  }

  private async drain(): Promise<void> {
    try {
      let position = await this.sink.positions.load(this.log.context);
      while (!this.closed && !this.paused) {
        const { events, next, positionAfter } = await this.log.read(position, batchSize);
        if (next === position) return;
        await this.sink.deliver(events, (tx, count) =>
          this.sink.positions.save(tx, this.log.context, positionAfter(count)),
        );
        position = next;
        this.observe(this.sink.name, events);
      }
    } catch (error) {
      // Whatever failed was rolled back with its position: the same events come again.
      this.logger.error({ err: error, sink: this.sink.name, context: this.log.context }, 'delivery failed');
      if (!this.closed) {
        clearTimeout(this.retryTimer);
        this.retryTimer = setTimeout(() => this.wake(), retryMillis);
      }
    }
  }
}

/** Delivers straight from the outboxes to the consumers' inboxes, inside one process. */
export class InProcessEventBus implements EventBus {
  private readonly logs = new Map<string, OutboxLog>();
  private readonly sinks: EventSink[] = [];
  private deliveries: { context: string; sink: string; delivery: Delivery }[] = [];
  private poll: NodeJS.Timeout | undefined;

  constructor(
    private readonly logger: Logger,
    private readonly observe: DeliveryObserver = () => undefined,
  ) {}

  attachOutbox(log: OutboxLog): null {
    this.logs.set(log.context, log);
    return null;
  }

  attachSink(sink: EventSink): void {
    this.sinks.push(sink);
  }

  async start(): Promise<void> {
    this.deliveries = this.sinks.flatMap((sink) =>
      sink.contexts
        .filter((context) => this.logs.has(context))
        .map((context) => ({
          context,
          sink: sink.name,
          delivery: new Delivery(this.logs.get(context)!, sink, this.logger, this.observe),
        })),
    );
    this.wakeAll();
    this.poll = setInterval(() => this.wakeAll(), pollMillis);
    this.poll.unref();
  }

  wake(context: string): void {
    for (const entry of this.deliveries) if (entry.context === context) entry.delivery.wake();
  }

  async whilePaused<T>(sinkName: string, work: () => Promise<T>): Promise<T> {
    return this.deliveries
      .filter((entry) => entry.sink === sinkName)
      .reduceRight<() => Promise<T>>((inner, entry) => () => entry.delivery.whilePaused(inner), work)();
  }

  /** An effect may write events of its own: quiet only when a whole round found every delivery idle. */
  async settled(): Promise<void> {
    for (;;) {
      const depths = await Promise.all(this.deliveries.map(({ delivery }) => delivery.depth()));
      if (depths.every((depth) => depth === 0)) return;
      this.wakeAll();
      await Promise.all(this.deliveries.map(({ delivery }) => delivery.idle()));
      if (depths.some((depth) => depth > 0)) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async flow(): Promise<EventFlow> {
    const [outboxes, sinks] = await Promise.all([
      // Whoever reads an outbox here reads it by himself: nothing is handed over before.
      Promise.all(
        [...this.logs.values()].map(async (log) => ({
          context: log.context,
          depth: 0,
          lastSeq: await log.lastSeq(),
        })),
      ),
      Promise.all(
        this.deliveries.map(async ({ sink, context, delivery }) => ({
          name: sink,
          context,
          lag: await delivery.depth(),
        })),
      ),
    ]);
    return { outboxes, sinks };
  }

  async close(): Promise<void> {
    clearInterval(this.poll);
    await Promise.all(this.deliveries.map(({ delivery }) => delivery.close()));
  }

  private wakeAll(): void {
    for (const { delivery } of this.deliveries) delivery.wake();
  }
}
