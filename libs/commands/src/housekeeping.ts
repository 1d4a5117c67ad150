import type { DataSource } from 'typeorm';

/** How long a client may repeat a request and still get its first answer; machine time. */
export const answersKeptDays = 30;
/** How long a bus may deliver an event again and still find it taken in; longer than any broker keeps it. */
export const inboxKeptDays = 90;

const everyMillis = 60 * 60 * 1_000;
const batchSize = 5_000;

/** Removes what the platform keeps for a time only, in small steps. @returns how many rows went */
export async function removeExpired(dataSource: DataSource): Promise<number> {
  const expired = [
    { table: 'idempotency', age: 'answered_at', days: answersKeptDays },
    { table: 'inbox', age: 'consumed_at', days: inboxKeptDays },
  ];
  let removed = 0;
  for (const { table, age, days } of expired) {
    for (let batch = batchSize; batch === batchSize; removed += batch) {
      const [, count] = await dataSource.query<[unknown, number]>(
        `delete from ${table} where ctid = any(array(
           select ctid from ${table} where ${age} < now() - make_interval(days => $1) limit ${batchSize}))`,
        [days],
      );
      batch = count;
    }
  }
  return removed;
}

/** Removes expired rows now and then, for as long as its service runs. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  /** @param failed told of a failure; the next round tries again */
  constructor(
    private readonly dataSource: DataSource,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = removeExpired(this.dataSource).catch(this.failed);
    }, everyMillis);
    this.timer.unref();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
