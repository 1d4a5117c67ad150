import { ManualClock, SystemClock, type Clock } from '@anju/kernel';
import type { EventBus } from '@anju/outbox';
import type { RunningService } from '@anju/subgraph';

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

/**
 * Moves the clock of all services together: what falls due on the way is carried out in order, each at
 * its own moment, with everything that follows from it, before the clock goes on.
 */
export class ClockMover {
  private moving: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: ManualClock,
    private readonly services: readonly RunningService[],
    private readonly bus: EventBus,
  ) {}

  /** @throws ClockMovedBackwards if `to` lies before the clock's time */
  moveTo(to: Date): Promise<void> {
    const move = this.moving.then(() => this.move(to));
    this.moving = move.catch(() => undefined);
    return move;
  }

  private async move(to: Date): Promise<void> {
    await this.bus.settled();
    for (;;) {
      const next = await this.nextDueAt();
      if (!next || next > to) break;
      if (next > this.clock.now()) this.clock.moveTo(next);
      for (const service of this.services) await service.scheduler.fireUpTo(this.clock.now());
      await this.bus.settled();
    }
    this.clock.moveTo(to);
  }

  private async nextDueAt(): Promise<Date | null> {
    const due = await Promise.all(this.services.map((service) => service.scheduler.nextDueAt()));
    return due.reduce<Date | null>((first, one) => (one && (!first || one < first) ? one : first), null);
  }
}
