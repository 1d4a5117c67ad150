import type { DataSource } from 'typeorm';

/**
 * How far this machine's clock is ahead of the database's, in seconds; negative where it is behind. All replicas
 * of a service share the database: one whose clock is ahead would fire due times before they are due. What the
 * question itself took is in doubt, and taken off.
 */
export async function clockAheadSeconds(dataSource: DataSource): Promise<number> {
  const asked = Date.now();
  const [row]: [{ millis: number }] = await dataSource.query(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as millis',
  );
  const answered = Date.now();
  const ahead = (asked + answered) / 2 - row.millis;
  const doubt = (answered - asked) / 2;
  return (Math.sign(ahead) * Math.max(0, Math.abs(ahead) - doubt)) / 1_000;
}
