import { lagsOf, type TopicEnd } from './lag';

describe('the events that a sink has not dealt with', () => {
  const end = (partition: number, low: number, high: number, context = 'desk'): TopicEnd => ({
    context,
    partition,
    low: String(low),
    high: String(high),
  });
  const lag = (stored: readonly (readonly [partition: number, next: number])[], ends: TopicEnd[]): number => {
    const partitions = stored.map(([partition, next]) => ({ partition, nextOffset: String(next) }));
    return lagsOf([{ name: 'cases', context: 'desk', partitions }], ends)[0]!.lag;
  };

  it('are those from its position to the end, of all partitions together', () => {
    const twoEnds = [end(0, 0, 10), end(1, 0, 4)];
    const almost = [
      [0, 7],
      [1, 4],
    ] as const;
    expect(lag(almost, twoEnds)).toBe(3);
    expect(lag([[0, 7]], twoEnds)).toBe(7);
  });

  it('do not count what the topic no longer has, where it has read nothing yet', () => {
    expect(lag([], [end(0, 6, 10)])).toBe(4);
  });

  it('are none in a topic that begins anew, and none of other contexts', () => {
    expect(lag([[0, 12]], [end(0, 0, 3)])).toBe(0);
    expect(lag([], [end(0, 0, 5, 'sales')])).toBe(0);
  });
});
