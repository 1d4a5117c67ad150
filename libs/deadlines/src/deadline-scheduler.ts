import type { DataSource } from 'typeorm';
import type { Clock } from '@anju/kernel';
import { isTransient, type Logger } from '@anju/outbox';
import { dueAggregates, nextDueAt, postpone, type DueAggregate } from './deadline-store';

const batchSize = 200;
/** setTimeout cannot wait longer than this; the scheduler then looks again. */
const longestWaitMillis = 24 * 60 * 60 * 1_000;
/** Another replica may have stored an earlier due time than the one this scheduler waits for. */
const replicaPollMillis = 1_000;
const retryBaseMillis = 1_000;
const retryLongestMillis = 5 * 60 * 1_000;

/** Carries out what is due for one aggregate, up to and including `dueAt`; a no-op where nothing is. */
export type Fire = (due: DueAggregate) => Promise<void>;

/**
 * Wakes at the next due time and carries out what is due, in the order of the due times. Two
 * schedulers on one database do no harm: what fires is decided under the aggregate's lock.
 */
export class DeadlineScheduler {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private started = false;
  private closed = false;
  private failures = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly fire: Fire,
    private readonly logger: Logger,
  ) {}

  /**
   * From now on what is due fires by itself. Never called where the clock is moved by hand: whoever
   * moves it calls `fireUpTo`.
   */
  start(): void {
    this.started = true;
    this.wake();
  }

  /** To be called when due times may have changed. Cheap, never throws. */
  wake(): void {
    if (this.closed || !this.started) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), 0);
  }

  /** The next moment at which something is due in this service, or null. */
  nextDueAt(): Promise<Date | null> {
    return nextDueAt(this.dataSource);
  }

  /** Carries out all that is due at `at`, in order. */
  async fireUpTo(at: Date): Promise<void> {
    for (;;) {
      const due = await dueAggregates(this.dataSource, at, batchSize);
      if (due.length === 0) return;
      for (const one of due) await this.fireOne(one);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private run(): void {
    if (this.closed) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.fireAndWait().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        this.wake();
      }
    });
  }

  private async fireAndWait(): Promise<void> {
    let wait = replicaPollMillis;
    try {
      await this.fireUpTo(this.clock.now());
      const next = await this.nextDueAt();
      if (next) wait = Math.min(wait, Math.max(0, next.getTime() - this.clock.now().getTime()));
    } catch (error) {
      this.logger.error({ err: error }, 'deadlines could not be read');
    }
    if (!this.closed) this.timer = setTimeout(() => this.run(), Math.min(wait, longestWaitMillis));
  }

  private async fireOne(due: DueAggregate): Promise<void> {
    try {
      await this.fire(due);
      this.failures = 0;
    } catch (error) {
      if (isTransient(error)) throw error;
      this.failures += 1;
      const delay = Math.min(retryBaseMillis * 2 ** this.failures, retryLongestMillis);
      const retryAt = new Date(this.clock.now().getTime() + delay);
      this.logger.error({ err: error, ...due }, 'deadline failed, will be tried again');
      await postpone(this.dataSource, due, retryAt, error instanceof Error ? error.message : String(error));
    }
  }
}
