import { QueryFailedError, type EntityManager } from 'typeorm';
import { isOutdatedStatement } from './outdated-statement';
import { ServiceClient } from './service-client';

/**
 * Asks what every command or moment asks, by keys: prepared where it comes often, outside of transactions too, where
 * nothing else is. In a transaction as anything that is asked there.
 * @throws QueryFailedError
 */
export async function askOften<Row>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  if (manager.queryRunner) return manager.query(text, [...values]);
  const runner = manager.dataSource.createQueryRunner();
  try {
    const connection: unknown = await runner.connect();
    if (!(connection instanceof ServiceClient)) return (await runner.query(text, [...values])) as Row[];
    manager.dataSource.logger.logQuery(text, [...values], runner);
    const ask = async (): Promise<Row[]> => (await connection.askOften(text, values)).rows as Row[];
    // It only reads, by itself: once more, where what was prepared is out of date.
    return await ask().catch((error: unknown) => {
      if (!isOutdatedStatement(error)) throw error;
      return ask();
    });
  } catch (error) {
    if (error instanceof QueryFailedError) throw error;
    manager.dataSource.logger.logQueryError(error as Error, text, [...values], runner);
    throw new QueryFailedError(text, [...values], error as Error);
  } finally {
    await runner.release();
  }
}
