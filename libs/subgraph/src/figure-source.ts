import type { DataSource } from 'typeorm';
import { clockAheadSeconds, countDeadlines } from '@anju/deadlines';
import type { Clock } from '@anju/kernel';
import type { FigureSource } from '@anju/metrics';
import { countParkedKeys } from '@anju/outbox';
import type { Worker } from './service-definition';

/** The part of pg's pool that is told. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/** What runs in a service and is told of. */
interface Running {
  /** That can have parked keys. */
  readonly consumers: readonly string[];
  readonly workers: readonly Worker[];
}

/**
 * What a service tells about itself, from its own database.
 * @param clock the service's: due times are by it
 */
export function figureSource(
  name: string,
  dataSource: DataSource,
  clock: Clock,
  { consumers, workers }: Running,
): FigureSource {
  return {
    name,
    consumers,
    deadlines: async () => {
      const now = clock.now();
      const { pending, late, earliestLateAt } = await countDeadlines(dataSource, now);
      const lateMillis = earliestLateAt ? now.getTime() - earliestLateAt.getTime() : 0;
      return { pending, late, oldestLateSeconds: lateMillis / 1_000 };
    },
    clockAheadSeconds: () => clockAheadSeconds(dataSource),
    parkedKeys: () => countParkedKeys(dataSource),
    sealedByOlderKeys: () => new Map(workers.flatMap((worker) => [...(worker.sealedByOlderKeys?.() ?? [])])),
    pool: () => {
      const { master } = dataSource.driver as unknown as { readonly master: Pool };
      const { totalCount, idleCount, waitingCount, options } = master;
      return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount, most: options.max };
    },
  };
}
