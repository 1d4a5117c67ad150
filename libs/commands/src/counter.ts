import type { EntityManager } from 'typeorm';

/**
 * The next number of a series, counted inside the transaction: no number twice and none left out.
 * @param series such as `interaction:<projectId>:2026-03-02`
 */
export async function nextNumber(tx: EntityManager, series: string): Promise<number> {
  const [row]: [{ value: string }] = await tx.query(
    `insert into counter (series, value) values ($1, 1)
     on conflict (series) do update set value = counter.value + 1 returning value`,
    [series],
  );
  return Number(row.value);
}
