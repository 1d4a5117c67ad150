import { Client } from 'pg';
import { createTestDatabase, testTemplate, type TestDatabase } from './postgres';

async function query<Row extends object>(database: TestDatabase, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a test database', () => {
  it('is empty, and no test sees what another one writes', async () => {
    const [first, second] = await Promise.all([createTestDatabase('first'), createTestDatabase('first')]);
    await query(first, 'CREATE TABLE notes (text text)');
    expect(await query(second, `SELECT to_regclass('notes') AS found`)).toEqual([{ found: null }]);
    await first.drop();
    await second.drop();
  });

  it('belongs to a role that is no superuser, as in production', async () => {
    const database = await createTestDatabase();
    const rows = await query(database, `SELECT rolsuper FROM pg_roles WHERE rolname = current_user`);
    expect(rows).toEqual([{ rolsuper: false }]);
    await database.drop();
  });

  it('can be dropped while a connection is open', async () => {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.drop();
    await expect(query(database, 'SELECT 1')).rejects.toThrow('does not exist');
    await client.end().catch(() => undefined);
  });

  it('is copied from a template that is prepared once, also when many ask at the same time', async () => {
    const prepare = jest.fn(async (url: string) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query('CREATE TABLE migrated (at text)');
      await client.end();
    });
    const name = `copied ${process.pid} ${Date.now()}`;
    const databases = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const template = await testTemplate(name, prepare);
        return createTestDatabase('copy', { template });
      }),
    );
    expect(prepare).toHaveBeenCalledTimes(1);
    for (const database of databases) {
      expect(await query(database, 'SELECT count(*)::int AS rows FROM migrated')).toEqual([{ rows: 0 }]);
      await database.drop();
    }
  });

  it('is prepared anew after a preparation that failed', async () => {
    const name = `fails ${process.pid} ${Date.now()}`;
    await expect(testTemplate(name, () => Promise.reject(new Error('a bad migration')))).rejects.toThrow(
      'a bad migration',
    );
    const template = await testTemplate(name, () => Promise.resolve());
    const database = await createTestDatabase('after failure', { template });
    await database.drop();
  });
});
