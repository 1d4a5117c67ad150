import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '@anju/testing';
import { openDatabase } from '../src';

/** Fails where another instance has run it already, or is just doing so. */
class Ledger1770000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table ledger (id int primary key); select pg_sleep(0.2)');
  }

  async down(): Promise<void> {}
}

const service = { name: 'ledger', entities: [], migrations: [Ledger1770000000000] };

describe('a service’s database', () => {
  let database: TestDatabase;

  beforeEach(async () => (database = await createTestDatabase('open')));
  afterEach(() => database.drop());

  it('is brought up to date once, however many instances start at the same moment', async () => {
    let preparing = 0;
    const prepareDatabase = async (): Promise<void> => {
      preparing += 1;
      expect(preparing).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      preparing -= 1;
    };
    const instances = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ ...service, prepareDatabase }, database.url, 2)),
    );
    const [row]: { count: string }[] = await instances[0]!.query(
      `select count(*) from migrations where name = 'Ledger1770000000000'`,
    );
    expect(Number(row!.count)).toBe(1);
    await Promise.all(instances.map((instance) => instance.destroy()));
  });

  it('is left to the next instance when one fails', async () => {
    const prepareDatabase = async (): Promise<void> => {
      throw new Error('no room on the disk');
    };
    await expect(openDatabase({ ...service, prepareDatabase }, database.url, 2)).rejects.toThrow('no room');
    const instance = await openDatabase(service, database.url, 2);
    expect(await instance.query('select * from ledger')).toEqual([]);
    await instance.destroy();
  });
});
