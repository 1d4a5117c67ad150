import type { DataSource } from 'typeorm';
import type { Clock } from '@anju/kernel';
import { isLostRace, isTransient, type Logger } from '@anju/outbox';
import { nextDue, nextDueAt, postpone, type DueAggregate } from './deadline-store';

/**
 * So many due times are read at once, and fired in one transaction at most: it costs little more than that of a
 * single one, and whoever wants one of its aggregates meanwhile waits for a fraction of a second.
 */
export const mostTogether = 200;
/** setTimeout cannot wait longer than this; the scheduler then looks again. */
const longestWaitMillis = 24 * 60 * 60 * 1_000;
/** Another replica may have stored an earlier due time than the one this scheduler waits for. */
const replicaPollMillis = 1_000;
const retryBaseMillis = 1_000;
const retryLongestMillis = 5 * 60 * 1_000;

/** How far one transaction has come: `SOME` are left to be fired again, or all of them are `HELD` by others. */
export type FiredTogether = 'ALL' | 'SOME' | 'HELD';

/** Who carries out what is due. */
export interface Firing {
  /** For one aggregate, up to and including `dueAt`; a no-op where nothing is. Waits for whoever holds it. */
  fireDue(due: DueAggregate): Promise<void>;
  /** Whether `fireTogether` can be asked for aggregates of the type. */
  firesTogether(aggregateType: string): boolean;
  /** For aggregates of one type, up to and including `until`, all or none of what it does. Waits for nobody. */
  fireTogether(due: readonly DueAggregate[], until: Date): Promise<FiredTogether>;
}

/**
 * Wakes at the next due time and carries out what is due, in the order of the due times, many in one transaction
 * where they can be. Two schedulers on one database do no harm: what fires is decided under the aggregates' locks.
 */
export class DeadlineScheduler {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private started = false;
  private closed = false;
  private failures = 0;

  /** @param together so many due times at once, at least 1 */
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly firing: Firing,
    private readonly logger: Logger,
    private readonly together = mostTogether,
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
    let isLeft = true;
    while (isLeft) isLeft = await this.fireNext(at);
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

  /** @returns whether something may be left that is due */
  private async fireNext(at: Date): Promise<boolean> {
    const { due, isAll } = await nextDue(this.dataSource, at, this.together);
    const runs = runsOf(due);
    for (const [index, run] of runs.entries()) {
      // What is due later than the next run begins comes after it, and what was not read after what was.
      const until = runs[index + 1]?.[0]!.dueAt ?? (isAll ? at : run.at(-1)!.dueAt);
      if (!(await this.fireRun(run, until))) return true;
    }
    return !isAll || runs.length > 1;
  }

  /** @returns whether nothing of it is left */
  private async fireRun(run: readonly DueAggregate[], until: Date): Promise<boolean> {
    const [first] = run as [DueAggregate];
    if (!this.firing.firesTogether(first.aggregateType)) return this.fireEach(run);
    try {
      const fired = await this.firing.fireTogether(run, until);
      // Somebody has to be waited for only where there is nothing else to do.
      if (fired === 'HELD') await this.fireOne(first);
      this.failures = 0;
      return fired === 'ALL';
    } catch (error) {
      if (isTransient(error) && !isLostRace(error)) throw error;
      const { aggregateType } = first;
      this.logger.warn(
        { err: error, aggregateType, count: run.length },
        'deadlines failed together: one by one',
      );
      return this.fireEach(run);
    }
  }

  private async fireEach(run: readonly DueAggregate[]): Promise<boolean> {
    for (const one of run) await this.fireOne(one);
    return false;
  }

  private async fireOne(due: DueAggregate): Promise<void> {
    try {
      await this.firing.fireDue(due);
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

/** What comes one after the other of one type. */
function runsOf(due: readonly DueAggregate[]): DueAggregate[][] {
  const runs: DueAggregate[][] = [];
  for (const one of due) {
    const run = runs.at(-1);
    if (run?.[0]!.aggregateType === one.aggregateType) run.push(one);
    else runs.push([one]);
  }
  return runs;
}
