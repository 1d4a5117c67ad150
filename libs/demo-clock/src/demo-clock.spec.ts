import { setTimeout as sleep } from 'node:timers/promises';
import { ClockMovedBackwards, ManualClock } from '@anju/kernel';
import { ClockMover, DemoClock, type TimedService } from './demo-clock';

const day = (number: number): Date => new Date(Date.UTC(2026, 2, number));

/** A service with due times, each of which may bring further ones when it fires. */
class Service implements TimedService {
  private pending: { dueAt: Date; name: string }[] = [];
  readonly scheduler = {
    nextDueAt: async (): Promise<Date | null> =>
      this.pending.reduce<Date | null>((first, { dueAt }) => (!first || dueAt < first ? dueAt : first), null),
    fireUpTo: async (at: Date): Promise<void> => {
      const due = this.pending.filter(({ dueAt }) => dueAt <= at);
      this.pending = this.pending.filter((one) => !due.includes(one));
      for (const { dueAt, name } of due.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())) {
        await sleep(1);
        this.fired(name, dueAt);
      }
    },
  };

  constructor(private readonly fired: (name: string, dueAt: Date) => void) {}

  due(name: string, dueAt: Date): void {
    this.pending.push({ name, dueAt });
  }
}

describe('the clock of a demonstration', () => {
  it('stands until it is moved, and goes by itself once it is let go', () => {
    const clock = new DemoClock(day(2));
    expect(clock.now()).toEqual(day(2));
    clock.byHand!.moveTo(day(3));
    expect(clock.now()).toEqual(day(3));
    clock.letGo();
    expect(clock.byHand).toBeNull();
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(5_000);
  });

  it('is the machine’s from the beginning where nobody sets it', () => {
    const clock = new DemoClock(null);
    expect(clock.byHand).toBeNull();
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(5_000);
  });
});

describe('moving the clock', () => {
  let clock: ManualClock;
  let lines: string[];
  let onFired: (name: string) => void;
  let settled: () => void;
  const service = (): Service =>
    new Service((name, dueAt) => {
      lines.push(
        `${name} due ${dueAt.toISOString().slice(0, 10)} at ${clock.now().toISOString().slice(0, 10)}`,
      );
      onFired(name);
    });
  let desk: Service;
  let complaints: Service;
  let mover: ClockMover;

  beforeEach(() => {
    clock = new ManualClock(day(2));
    lines = [];
    onFired = () => undefined;
    settled = () => undefined;
    desk = service();
    complaints = service();
    mover = new ClockMover(clock, [desk, complaints], { settled: async () => settled() });
  });

  it('stops at each due time of every service in order, and ends where it was sent', async () => {
    complaints.due('report', day(6));
    desk.due('order', day(4));
    desk.due('follow-up', day(8));
    await mover.moveTo(day(7));
    expect(lines).toEqual(['order due 2026-03-04 at 2026-03-04', 'report due 2026-03-06 at 2026-03-06']);
    expect(clock.now()).toEqual(day(7));
  });

  it('carries out what is due at the very moment that it is sent to', async () => {
    desk.due('order', day(7));
    await mover.moveTo(day(7));
    expect(lines).toEqual(['order due 2026-03-07 at 2026-03-07']);
  });

  it('carries out what was overdue before it moved, without going back', async () => {
    desk.due('order', day(1));
    await mover.moveTo(day(3));
    expect(lines).toEqual(['order due 2026-03-01 at 2026-03-02']);
  });

  it('carries out what comes up only on the way', async () => {
    onFired = (name) => {
      if (name === 'order') complaints.due('escalation', day(5));
    };
    desk.due('order', day(4));
    desk.due('late', day(6));
    await mover.moveTo(day(7));
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['order', 'escalation', 'late']);
  });

  it('lets everything settle that follows from one due time before it goes on to the next', async () => {
    let waiting = false;
    onFired = () => (waiting = true);
    settled = () => {
      if (!waiting) return;
      waiting = false;
      lines.push(`settled at ${clock.now().toISOString().slice(0, 10)}`);
    };
    desk.due('first', day(4));
    desk.due('second', day(5));
    await mover.moveTo(day(7));
    expect(lines).toEqual([
      'first due 2026-03-04 at 2026-03-04',
      'settled at 2026-03-04',
      'second due 2026-03-05 at 2026-03-05',
      'settled at 2026-03-05',
    ]);
  });

  it('goes one after the other when two people move it at once', async () => {
    desk.due('order', day(4));
    desk.due('follow-up', day(6));
    const first = mover.moveTo(day(5));
    const second = mover.moveTo(day(7));
    await first;
    expect(clock.now()).toEqual(day(5));
    await second;
    expect(lines).toEqual(['order due 2026-03-04 at 2026-03-04', 'follow-up due 2026-03-06 at 2026-03-06']);
    expect(clock.now()).toEqual(day(7));
  });

  it('never goes back, and nothing fires for one who asks for it', async () => {
    desk.due('order', day(1));
    await expect(mover.moveTo(new Date(day(2).getTime() - 1))).rejects.toThrow(ClockMovedBackwards);
    expect(lines).toEqual([]);
    expect(clock.now()).toEqual(day(2));
  });

  it('refuses the one of two moves at once that has become a move back', async () => {
    const [later, earlier] = await Promise.allSettled([mover.moveTo(day(7)), mover.moveTo(day(5))]);
    expect(later.status).toBe('fulfilled');
    expect(earlier).toMatchObject({ status: 'rejected', reason: expect.any(ClockMovedBackwards) as unknown });
    expect(clock.now()).toEqual(day(7));
  });

  it('refuses what is no instant', async () => {
    desk.due('order', day(4));
    await expect(mover.moveTo(new Date(Number.NaN))).rejects.toThrow(RangeError);
    expect(lines).toEqual([]);
  });

  it('can be moved on after a move that failed', async () => {
    onFired = () => {
      onFired = () => undefined;
      throw new Error('the database is gone');
    };
    desk.due('order', day(4));
    desk.due('follow-up', day(5));
    await expect(mover.moveTo(day(7))).rejects.toThrow('the database is gone');
    expect(clock.now()).toEqual(day(4));
    await mover.moveTo(day(7));
    expect(lines.at(-1)).toBe('follow-up due 2026-03-05 at 2026-03-05');
    expect(clock.now()).toEqual(day(7));
  });
});
