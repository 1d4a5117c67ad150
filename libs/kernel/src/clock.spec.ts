import { ClockMovedBackwards, ManualClock, SystemClock } from './clock';

const nine = new Date('2026-03-02T09:00:00+08:00');
const ten = new Date('2026-03-02T10:00:00+08:00');

describe('a clock that is moved by hand', () => {
  it('stands until it is moved', () => {
    const clock = new ManualClock(nine);
    expect(clock.now()).toEqual(nine);
    clock.moveTo(ten);
    expect(clock.now()).toEqual(ten);
  });

  it('does not go back, and stays where it was', () => {
    const clock = new ManualClock(ten);
    expect(() => clock.moveTo(nine)).toThrow(ClockMovedBackwards);
    expect(() => clock.moveTo(nine)).toThrow('stands at 2026-03-02T02:00:00.000Z');
    expect(() => clock.moveTo(new Date(Number.NaN))).toThrow(RangeError);
    expect(clock.now()).toEqual(ten);
    expect(() => clock.moveTo(ten)).not.toThrow();
  });

  it('tells those who listen, in their order, until they stop', () => {
    const clock = new ManualClock(nine);
    const heard: string[] = [];
    const stop = clock.onMoved((at) => heard.push(`first ${at.toISOString()}`));
    clock.onMoved(() => heard.push(`second ${clock.now().toISOString()}`));
    clock.moveTo(ten);
    stop();
    clock.moveTo(ten);
    expect(heard).toEqual([
      'first 2026-03-02T02:00:00.000Z',
      'second 2026-03-02T02:00:00.000Z',
      'second 2026-03-02T02:00:00.000Z',
    ]);
  });

  it('tells a listener that came twice twice, and stops one of the two', () => {
    const clock = new ManualClock(nine);
    const listener = jest.fn();
    const stop = clock.onMoved(listener);
    clock.onMoved(listener);
    stop();
    clock.moveTo(ten);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('cannot be moved by changing a date that it gave out or was given', () => {
    const start = new Date(nine);
    const clock = new ManualClock(start);
    start.setFullYear(1999);
    clock.now().setFullYear(1999);
    expect(clock.now()).toEqual(nine);
  });

  it('does not start at what is no instant', () => {
    expect(() => new ManualClock(new Date(Number.NaN))).toThrow(RangeError);
  });
});

describe('the machine’s clock', () => {
  it('goes on', () => {
    const before = Date.now();
    const now = new SystemClock().now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
