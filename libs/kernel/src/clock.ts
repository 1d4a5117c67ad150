import { millisOf } from './time-zone';

/** Where the time of day comes from. Rules never have one: they are given `at`. */
export interface Clock {
  /** This instant; a new object each time. */
  now(): Date;
}

/** The machine's clock. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }
}

/** A `ManualClock` was asked to go back: what has happened cannot come after what is still to happen. */
export class ClockMovedBackwards extends Error {
  override readonly name = 'ClockMovedBackwards';

  constructor(
    readonly from: Date,
    readonly to: Date,
  ) {
    super(`the clock stands at ${from.toISOString()} and cannot go back to ${to.toISOString()}`);
  }
}

/** A clock that stands until it is moved by hand. */
export class ManualClock implements Clock {
  private millis: number;
  private readonly listeners = new Set<(at: Date) => void>();

  /** @throws RangeError for an invalid instant */
  constructor(start: Date) {
    this.millis = millisOf(start);
  }

  now(): Date {
    return new Date(this.millis);
  }

  /**
   * Sets the clock to `to` and tells the listeners, in the order in which they came. The same instant again
   * is allowed.
   * @throws ClockMovedBackwards when `to` is before now; RangeError for an invalid instant
   */
  moveTo(to: Date): void {
    const millis = millisOf(to);
    if (millis < this.millis) throw new ClockMovedBackwards(this.now(), to);
    this.millis = millis;
    for (const listener of [...this.listeners]) listener(this.now());
  }

  /** Calls `listener` with the new time after each move. @returns stops it */
  onMoved(listener: (at: Date) => void): () => void {
    const entry = (at: Date): void => listener(at);
    this.listeners.add(entry);
    return () => {
      this.listeners.delete(entry);
    };
  }
}
