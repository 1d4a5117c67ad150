import { Client } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '@anju/testing';
import { ServiceClient, askOften, isOutdatedStatement, sendLater, sendNow } from '../src';

interface Prepared {
  readonly name: string;
  readonly prepare_time: Date;
}

describe('a connection of a service', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource({
      ...{ type: 'postgres', url: database.url, poolSize: 1, extra: { Client: ServiceClient } },
    }).initialize();
    await dataSource.query('create table note (id int primary key, text text)');
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await dataSource.destroy();
    await database.drop();
  });

  const write = 'insert into note (id, text) values ($1, $2)';
  const notes = async (tx: Pick<EntityManager, 'query'> = dataSource): Promise<string> => {
    const [row] = await tx.query<[{ found: string | null }]>(
      `select string_agg(id || text, ' ' order by id) as found from note where $1::int is not null`,
      [0],
    );
    return row.found ?? '';
  };
  const prepared = (tx: Pick<EntityManager, 'query'> = dataSource): Promise<Prepared[]> =>
    tx.query('select name, prepare_time from pg_prepared_statements where statement = $1', [write]);
  const writeOften = async (times: number): Promise<void> => {
    for (let id = 0; id < times; id += 1) {
      await dataSource.transaction((tx) => tx.query(write, [id, 'often']));
    }
  };
  /** Each is a piece that goes to PostgreSQL. */
  const pieces = (): jest.SpyInstance => jest.spyOn(Client.prototype, 'query');

  it('sends nothing of a transaction in which nothing is done', async () => {
    const sent = pieces();
    expect(await dataSource.transaction(async () => 'nothing')).toBe('nothing');
    const giveUp = dataSource.transaction(() => Promise.reject(new Error('never mind')));
    await expect(giveUp).rejects.toThrow('never mind');
    expect(sent).not.toHaveBeenCalled();
    expect(await notes()).toBe('');
  });

  it('sends in one piece what is asked in one go, with the beginning, and gives each its own answer', async () => {
    const sent = pieces();
    const answers = await dataSource.transaction((tx) =>
      Promise.all([
        tx.query('select $1::int as number', [1]),
        tx.query(write, [1, 'a']),
        notes(tx),
        tx.query('select now() = statement_timestamp() as alone'),
        tx.query('update note set text = $1', ['b']),
      ]),
    );
    expect(answers).toEqual([
      [{ number: 1 }],
      [],
      '1a',
      [{ alone: expect.any(Boolean) as boolean }],
      [[], 1],
    ]);
    expect(sent).toHaveBeenCalledTimes(2);
    expect(await notes()).toBe('1b');
  });

  it('sends with the commit what nobody waits for, in its order', async () => {
    const sent = pieces();
    await dataSource.transaction(async (tx) => {
      await sendLater(tx, write, [1, 'a']);
      await sendLater(tx, 'update note set text = text || $1', ['b']);
      await sendLater(tx, 'update note set text = text || $1', ['c']);
      expect(sent).not.toHaveBeenCalled();
    });
    expect(sent).toHaveBeenCalledTimes(1);
    expect(await notes()).toBe('1abc');
  });

  it('lets what is asked see what was to be sent later', async () => {
    const seen = await dataSource.transaction(async (tx) => {
      await sendLater(tx, write, [1, 'a']);
      return notes(tx);
    });
    expect(seen).toBe('1a');
  });

  it('commits nothing where something fails that was to be sent later, and tells what it was', async () => {
    const failing = dataSource.transaction(async (tx) => {
      await sendLater(tx, write, [1, 'a']);
      await sendLater(tx, write, [1, 'again']);
      await sendLater(tx, write, [2, 'b']);
    });
    await expect(failing).rejects.toMatchObject({
      driverError: { code: '23505', table: 'note', sentLater: write },
    });
    expect(await notes()).toBe('');
  });

  it('fails where somebody wants to know, and goes on from a savepoint', async () => {
    await dataSource.transaction(async (tx) => {
      await tx.query(write, [1, 'a']);
      await tx.query('savepoint here');
      await sendLater(tx, write, [1, 'again']);
      await expect(sendNow(tx)).rejects.toMatchObject({ driverError: { code: '23505' } });
      await tx.query('rollback to savepoint here');
      await sendLater(tx, write, [2, 'b']);
      await sendNow(tx);
    });
    expect(await notes()).toBe('1a 2b');
  });

  it('carries out nothing after what fails, and tells everybody who waits', async () => {
    const failing = dataSource.transaction((tx) =>
      Promise.allSettled([
        tx.query(write, [1, 'a']),
        tx.query('select 1 / $1::int', [0]),
        tx.query(write, [2, 'b']),
      ]).then((settled) => {
        expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
        throw new Error('back');
      }),
    );
    await expect(failing).rejects.toThrow('back');
    expect(await notes()).toBe('');
  });

  it('sends nothing of what comes after a value that cannot be sent', async () => {
    const endless: Record<string, unknown> = {};
    endless['self'] = endless;
    const failing = dataSource.transaction(async (tx) => {
      await sendLater(tx, write, [1, 'a']);
      await sendLater(tx, write, [2, endless]);
    });
    await expect(failing).rejects.toThrow('circular');
    await dataSource.transaction((tx) => tx.query(write, [3, 'c']));
    expect(await notes()).toBe('3c');
  });

  it('is as it was after what was given up', async () => {
    const givenUp = dataSource.transaction(async (tx) => {
      await tx.query(write, [1, 'a']);
      await sendLater(tx, write, [1, 'again']);
      throw new Error('never mind');
    });
    await expect(givenUp).rejects.toThrow('never mind');
    await dataSource.transaction((tx) => tx.query(write, [2, 'b']));
    expect(await notes()).toBe('2b');
  });

  it('takes several statements in one text, as migrations send them', async () => {
    await dataSource.transaction(async (tx) => {
      await sendLater(tx, write, [1, 'a']);
      await tx.query(`insert into note values (2, 'b'); insert into note values (3, 'c');`);
      await sendLater(tx, write, [4, 'd']);
    });
    expect(await notes()).toBe('1a 2b 3c 4d');
  });

  it('has transactions within transactions as TypeORM makes them', async () => {
    await dataSource.transaction(async (tx) => {
      await sendLater(tx, write, [1, 'a']);
      const inner = tx.transaction(async (within) => {
        await within.query(write, [2, 'b']);
        throw new Error('back');
      });
      await expect(inner).rejects.toThrow('back');
      await tx.transaction((within) => within.query(write, [3, 'c']));
    });
    expect(await notes()).toBe('1a 3c');
  });

  it('tells everybody who waits when it is cut', async () => {
    const failing = dataSource.transaction(async (tx) => {
      await tx.query(write, [1, 'a']);
      await sendLater(tx, write, [2, 'b']);
      await tx.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(failing).rejects.toMatchObject({ driverError: { code: '57P01' } });
    await dataSource.transaction((tx) => tx.query(write, [3, 'c']));
    expect(await notes()).toBe('3c');
  });

  describe('prepares', () => {
    it('a text that comes often in transactions, and plans it anew now and then', async () => {
      await writeOften(39);
      expect(await prepared()).toHaveLength(0);
      await dataSource.transaction((tx) => tx.query(write, [39, 'often']));
      const [first] = await prepared();
      expect(first!.name).toMatch(/^often-/);
      await dataSource.query('delete from note');
      await writeOften(500);
      const [later] = await prepared();
      expect(later!.name).toBe(first!.name);
      expect(later!.prepare_time.getTime()).toBeGreaterThan(first!.prepare_time.getTime());
    });

    it('one plan for all values, and in transactions alone', async () => {
      const text = 'select text from note where id = any($1::int[])';
      const read = (tx: Pick<EntityManager, 'query'>): Promise<unknown> => tx.query(text, [[1, 2]]);
      for (let time = 0; time < 50; time += 1) await dataSource.transaction(read);
      expect(
        await dataSource.query(
          'select generic_plans, custom_plans from pg_prepared_statements where statement = $1',
          [text],
        ),
      ).toEqual([{ generic_plans: '11', custom_plans: '0' }]);
      expect(await dataSource.query('show plan_cache_mode')).toEqual([{ plan_cache_mode: 'auto' }]);
    });

    it('what is to be planned anew once more, where something before it failed', async () => {
      await writeOften(499);
      await dataSource.query('delete from note');
      const failing = dataSource.transaction(async (tx) => {
        await sendLater(tx, 'select $1::int / 0', [1]);
        await sendLater(tx, write, [1, 'the five hundredth']);
      });
      await expect(failing).rejects.toMatchObject({ driverError: { code: '22012' } });
      await dataSource.transaction((tx) => tx.query(write, [2, 'a']));
      expect(await notes()).toBe('2a');
    });

    it('rows with columns of each text, also when their table gets more of them', async () => {
      const read = (): Promise<unknown> =>
        dataSource.transaction((tx) =>
          Promise.all([
            tx.query('select * from note where id = $1', [1]),
            tx.query('select id from note where id > $1', [0]),
          ]),
        );
      await dataSource.query(write, [1, 'a']);
      for (let time = 0; time < 50; time += 1) {
        expect(await read()).toEqual([[{ id: 1, text: 'a' }], [{ id: 1 }]]);
      }
      await dataSource.query('alter table note add column author text');
      await expect(read()).rejects.toMatchObject({ driverError: { code: '0A000' } });
      expect(await read()).toEqual([[{ id: 1, text: 'a', author: null }], [{ id: 1 }]]);
    });

    it('no more than a connection has room for', async () => {
      for (let number = 0; number < 100; number += 1) {
        await dataSource.transaction(async (tx) => {
          for (let time = 0; time < 42; time += 1) await tx.query(`select $1::int + ${number}`, [1]);
        });
      }
      const [{ count }] = await dataSource.query<[{ count: string }]>(
        'select count(*) from pg_prepared_statements',
      );
      expect(Number(count)).toBe(60);
    });

    it('nothing outside of transactions, where filters differ and plans with them', async () => {
      for (let time = 0; time < 50; time += 1) await dataSource.query(write, [time, 'alone']);
      expect(await prepared()).toHaveLength(0);
    });

    it('what is said to come often outside of transactions too, and finds what was lost once more', async () => {
      const text = 'select $1::int + 41 as number, $2::text as text';
      const ask = (): Promise<unknown> => askOften(dataSource.manager, text, [1, 'often']);
      for (let time = 0; time < 50; time += 1) {
        expect(await ask()).toEqual([{ number: 42, text: 'often' }]);
      }
      const names = (): Promise<unknown[]> =>
        dataSource.query('select name from pg_prepared_statements where statement = $1', [text]);
      expect(await names()).toHaveLength(1);
      await dataSource.query('deallocate all');
      expect(await ask()).toEqual([{ number: 42, text: 'often' }]);
      expect(await names()).toHaveLength(1);
      expect(await dataSource.transaction((tx) => askOften(tx, text, [2, 'in one']))).toEqual([
        { number: 43, text: 'in one' },
      ]);
      await expect(askOften(dataSource.manager, text, ['x', ''])).rejects.toMatchObject({
        query: text,
        driverError: { code: '22P02' },
      });
      expect(await ask()).toEqual([{ number: 42, text: 'often' }]);
    });

    it('what PostgreSQL has lost once more; the transaction that finds it out can be tried again', async () => {
      await writeOften(50);
      await dataSource.query('deallocate all');
      const find = (): Promise<unknown> => dataSource.transaction((tx) => tx.query(write, [50, 'lost']));
      const error: unknown = await find().catch((failure: unknown) => failure);
      expect(error).toMatchObject({ driverError: { code: '26000' } });
      expect(isOutdatedStatement(error)).toBe(true);
      await find();
      expect(await prepared()).toHaveLength(1);
    });

    it('what would answer otherwise since a table was changed once more, likewise', async () => {
      const read = (): Promise<unknown> =>
        dataSource.transaction((tx) => tx.query('select * from note where id = $1', [1]));
      for (let time = 0; time < 50; time += 1) await read();
      await dataSource.query('alter table note add column author text');
      const error: unknown = await read().catch((failure: unknown) => failure);
      expect(isOutdatedStatement(error)).toBe(true);
      expect(await read()).toEqual([]);
    });
  });
});
