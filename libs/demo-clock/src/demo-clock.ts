import { ManualClock, SystemClock, type Clock } from '@anju/kernel';
import type { DeadlineScheduler } from '@anju/deadlines';
import type { EventBus } from '@anju/outbox';

/** A clock that is moved by hand until it is let go; then it is the machine's clock. */
export class DemoClock implements Clock {
  private clock: ManualClock | SystemClock;

  /** @param startsAt null for the machine's clock from the beginning */
  constructor(startsAt: Date | null) {
    this.clock = startsAt ? new ManualClock(startsAt) : new SystemClock();
  }

  now(): Date {
    return this.clock.now();
  }

  /** The clock that is moved by hand, or null where time goes by itself. */
  get byHand(): ManualClock | null {
    return this.clock instanceof ManualClock ? this.clock : null;
  }

  /** From now on time goes by itself. */
  letGo(): void {
    this.clock = new SystemClock();
  }
}

/** The clock that a `ClockMover` moves: one in this process, or those of other processes as one. */
export interface MovableClock {
  now(): Date | Promise<Date>;
  /** @throws ClockMovedBackwards if `to` lies before now; RangeError if it is no instant */
  moveTo(to: Date): void | Promise<void>;
}

/** What a service has for the clock: its due times. */
export interface TimedService {
  readonly scheduler: Pick<DeadlineScheduler, 'nextDueAt' | 'fireUpTo'>;
}

/**
 * Moves the clock of all services together: what falls due on the way is carried out in order, each at
 * its own moment, with everything that follows from it, before the clock goes on.
 */
export class ClockMover {
  private moving: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: MovableClock,
    private readonly services: readonly TimedService[],
    private readonly bus: Pick<EventBus, 'settled'>,
  ) {}

  /** @throws ClockMovedBackwards if `to` lies before the clock's time; RangeError if it is no instant */
  moveTo(to: Date): Promise<void> {
    const move = this.moving.then(() => this.move(to));
    this.moving = move.catch(() => undefined);
    return move;
  }

  private async move(to: Date): Promise<void> {
    let now = await this.clock.now();
    // What the clock refuses, it refuses before anything fires.
    if (!(to >= now)) await this.clock.moveTo(to);
    await this.bus.settled();
    for (;;) {
      const due = await Promise.all(this.services.map((service) => service.scheduler.nextDueAt()));
      const next = due.reduce<Date | null>(
        (first, one) => (one && (!first || one < first) ? one : first),
        null,
      );
      if (!next || next > to) break;
      if (next > now) {
        await this.clock.moveTo(next);
        now = next;
      }
      for (const [index, { scheduler }] of this.services.entries()) {
        const dueAt = due[index];
        if (dueAt && dueAt <= now) await scheduler.fireUpTo(now);
      }
      await this.bus.settled();
    }
    await this.clock.moveTo(to);
  }
}
