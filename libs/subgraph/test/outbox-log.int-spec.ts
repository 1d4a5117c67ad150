import type { DataSource, QueryRunner } from 'typeorm';
import { newId } from '@anju/kernel';
import { OutboxLog, beginningOfLog, type LogPosition } from '@anju/outbox';
import { createTestDatabase, until, type TestDatabase } from '@anju/testing';
import { openDatabase } from '../src';

describe('the outbox as a log', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let log: OutboxLog;
  let position: LogPosition;
  const open: QueryRunner[] = [];

  beforeEach(async () => {
    database = await createTestDatabase('outbox-log');
    dataSource = await openDatabase({ name: 'tickets', entities: [], migrations: [] }, database.url, 10);
    log = new OutboxLog('tickets', dataSource);
    position = beginningOfLog;
  });

  afterEach(async () => {
    for (const transaction of open.splice(0)) await transaction.release();
    await dataSource.destroy();
    await database.drop();
  });

  /** A transaction that has its id, as one that waits for a lock may have. */
  async function begin(): Promise<QueryRunner> {
    const transaction = dataSource.createQueryRunner();
    open.push(transaction);
    await transaction.startTransaction();
    await transaction.query('select pg_current_xact_id()');
    return transaction;
  }

  async function write(transaction: QueryRunner, subject: string, name: string): Promise<void> {
    await transaction.query(
      `insert into outbox (id, aggregatetype, aggregateid, type, payload) values ($1, 'Ticket', $2, $3, $4)`,
      [newId(), subject, name, JSON.stringify({ type: name })],
    );
  }

  async function read(): Promise<string[]> {
    const { events, next } = await log.read(position, 100);
    position = next;
    return events.map(({ type }) => type);
  }

  /** Waits, as a transaction that runs anywhere on the server, in another test's database too, holds the log's end back. */
  async function expectNext(...names: string[]): Promise<void> {
    const found: string[] = [];
    await until(`${names.length} events are read`, async () => found.push(...(await read())) >= names.length);
    expect(found).toEqual(names);
  }

  it('gives the events of an aggregate in order, although the later transaction is the older one', async () => {
    const waited = await begin();
    const another = await begin();
    const first = await begin();
    await write(first, 'tap', 'first');
    await first.commitTransaction();
    await write(waited, 'tap', 'second');
    await write(waited, 'lift', 'with the second');
    await waited.commitTransaction();
    expect(await read()).toEqual([]);
    await another.commitTransaction();
    await expectNext('first', 'second', 'with the second');
    expect(await read()).toEqual([]);
  });

  it('holds back for that nobody who comes before the two', async () => {
    const before = await begin();
    const waited = await begin();
    const another = await begin();
    const first = await begin();
    await write(before, 'wall', 'before');
    await before.commitTransaction();
    await write(first, 'tap', 'first');
    await first.commitTransaction();
    await write(waited, 'tap', 'second');
    await waited.commitTransaction();
    await expectNext('before');
    expect(await read()).toEqual([]);
    await another.rollbackTransaction();
    await expectNext('first', 'second');
  });

  it('looks for more of these where one end is taken down to another', async () => {
    const third = await begin();
    const second = await begin();
    const another = await begin();
    const first = await begin();
    await write(first, 'tap', 'tap 1');
    await first.commitTransaction();
    await write(second, 'tap', 'tap 2');
    await write(second, 'lift', 'lift 1');
    await second.commitTransaction();
    await write(third, 'lift', 'lift 2');
    await third.commitTransaction();
    expect(await read()).toEqual([]);
    await another.commitTransaction();
    await expectNext('tap 1', 'tap 2', 'lift 1', 'lift 2');
  });
});
