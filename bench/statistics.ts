/** Repeated measurements of one thing; the distance from min to max is its noise. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly count: number;
}

/**
 * The value that a share of all values does not exceed, by nearest rank.
 * @param values in any order, at least one
 * @param share from 0 to 1, such as 0.99
 */
export function percentile(values: readonly number[], share: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * ordered.length));
  const found = ordered[rank - 1];
  if (found === undefined) throw new Error('there is no percentile of nothing');
  return found;
}

/** The value in the middle; between the two in the middle where there are as many on either side. */
function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const middle = ordered.length / 2;
  const [lower, upper] = [ordered[Math.ceil(middle) - 1], ordered[Math.floor(middle)]];
  if (lower === undefined || upper === undefined) throw new Error('nothing has no median');
  return (lower + upper) / 2;
}

/** @param values at least one */
export function spread(values: readonly number[]): Spread {
  return {
    min: Math.min(...values),
    median: median(values),
    max: Math.max(...values),
    count: values.length,
  };
}

/** `2.31 s (2.20–2.64, n=7)`; something that is counted has no unit */
export function shown({ min, median, max, count }: Spread, digits: number, unit: string): string {
  const text = (value: number): string => value.toFixed(digits);
  return `${`${text(median)} ${unit}`.trim()} (${text(min)}–${text(max)}, n=${count})`;
}

/** `p50 6.1 ms, p99 21.0 ms, max 40.2 ms, n=1500` */
export function latencies(values: readonly number[]): string {
  const text = (share: number): string => `${percentile(values, share).toFixed(1)} ms`;
  return `p50 ${text(0.5)}, p99 ${text(0.99)}, max ${text(1)}, n=${values.length}`;
}

/**
 * Does something several times, as often as the time allows, but at least twice.
 * @param times how often at most
 * @param withinSeconds after that it is not begun once more
 */
export async function repeated<Result>(
  times: number,
  withinSeconds: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const began = performance.now();
  for (let index = 0; index < times; index += 1) {
    if (index >= 2 && performance.now() - began > withinSeconds * 1_000) break;
    results.push(await work(index));
  }
  return results;
}
