import type { EventFlow } from './event-bus';

/** Where a partition of a context's topic begins and ends now. */
export interface TopicEnd {
  readonly context: string;
  readonly partition: number;
  /** Offset of the first event that is still there. */
  readonly low: string;
  /** Offset that the next event will have. */
  readonly high: string;
}

/** How far a sink has come in a context's topic; of a partition from which it has read nothing there is no word. */
export interface SinkPosition {
  readonly name: string;
  readonly context: string;
  readonly partitions: readonly { readonly partition: number; readonly nextOffset: string }[];
}

/** By sink and context: how many events it has not dealt with. Of topics without an end here, none. */
export function lagsOf(positions: readonly SinkPosition[], ends: readonly TopicEnd[]): EventFlow['sinks'] {
  return positions.map(({ name, context, partitions }) => {
    const lag = ends
      .filter((end) => end.context === context)
      .reduce((sum, { partition, low, high }) => {
        const next = partitions.find((one) => one.partition === partition)?.nextOffset ?? low;
        return sum + Math.max(0, Number(high) - Number(next));
      }, 0);
    return { name, context, lag };
  });
}
