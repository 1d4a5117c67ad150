import { randomBytes } from 'node:crypto';
import { Column, DataSource, Entity, EntityManager, PrimaryColumn } from 'typeorm';
import { Cipher, encryptedColumn } from '@anju/access';
import { Resealer, SealedColumn, sealedTables } from '@anju/commands';
import { newId } from '@anju/kernel';
import type { Logger } from '@anju/outbox';
import { createTestDatabase, silentLogger, until, type TestDatabase } from '@anju/testing';
import { SnakeCaseColumns } from '../src';

const [first, second] = [randomBytes(32), randomBytes(32)];
const old = new Cipher({ currentKeyId: 'k1', keys: { k1: first }, indexKey: first });
const rotated = new Cipher({ currentKeyId: 'k2', keys: { k1: first, k2: second }, indexKey: first });
const withoutOld = new Cipher({ currentKeyId: 'k2', keys: { k2: second }, indexKey: first });

@Entity('contact')
class Contact {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true, transformer: encryptedColumn('contact.phone') })
  phone: string | null;

  @SealedColumn('contact.household')
  household: readonly string[];

  @Column('integer')
  version: number;
}

describe('columns after a new data key', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let told: object[];
  let faults: object[];
  const logger: Logger = {
    ...silentLogger,
    info: (fields) => void told.push(fields),
    error: (fields) => void faults.push(fields),
  };
  const resealers: Resealer[] = [];

  const resealer = (firstAfter?: number): Resealer => {
    const made = new Resealer(dataSource, sealedTables(dataSource), rotated, logger, firstAfter);
    resealers.push(made);
    return made;
  };

  /** As a service of the older key has written them: 40 with a phone, 20 without. */
  async function write(): Promise<string[]> {
    const ids = Array.from({ length: 60 }, () => newId());
    const rows = ids.map((id, n) => ({
      ...{ id, name: `c${n}`, version: 3 },
      phone: n < 40 ? old.encrypt(`1380000${n}`, 'contact.phone') : null,
      household: old.encrypt(JSON.stringify([`c${n}`]), 'contact.household'),
    }));
    await dataSource.query(`insert into contact select * from json_populate_recordset(null::contact, $1)`, [
      JSON.stringify(rows),
    ]);
    return ids;
  }

  const phoneOf = async (id: string): Promise<string> => {
    const [row] = await dataSource.query<{ phone: string }[]>('select phone from contact where id = $1', [
      id,
    ]);
    return row!.phone;
  };

  /** Something happens after the first rows were read, and before they are replaced. */
  function beforeReplacing(happens: () => Promise<void>): void {
    const query = EntityManager.prototype.query;
    let isFirst = true;
    jest.spyOn(EntityManager.prototype, 'query').mockImplementation(async function (
      this: EntityManager,
      ...asked
    ) {
      if (isFirst && asked[0].startsWith('with was')) {
        isFirst = false;
        await happens();
      }
      return query.apply<EntityManager, typeof asked, Promise<unknown>>(this, asked);
    });
  }

  beforeAll(async () => {
    database = await createTestDatabase('resealer');
    dataSource = await new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [Contact],
      namingStrategy: new SnakeCaseColumns(),
    }).initialize();
    await dataSource.query(`
      create table contact (id uuid primary key, name text not null, phone text, household text not null, version integer not null);
      create table idempotency (actor text, key text, answer text not null, primary key (actor, key))`);
  });

  beforeEach(async () => {
    await dataSource.query('truncate contact, idempotency');
    told = [];
    faults = [];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(resealers.splice(0).map((one) => one.close()));
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('are found by their type', () => {
    expect(sealedTables(dataSource).map(({ table, key, texts }) => [table, key, texts])).toEqual([
      [
        'contact',
        ['id'],
        [
          { column: 'phone', place: 'contact.phone' },
          { column: 'household', place: 'contact.household' },
        ],
      ],
      ['idempotency', ['actor', 'key'], [{ column: 'answer', place: '' }]],
    ]);
  });

  it('are sealed with it, row by row, without a new version; nothing is done twice', async () => {
    const ids = await write();
    await dataSource.query(`insert into idempotency select 'a' || n, 'k', $1 from generate_series(1, 30) n`, [
      old.encrypt('answer'),
    ]);
    const one = resealer();
    expect(one.sealedByOlderKeys()).toEqual(new Map());
    expect(await one.reseal()).toEqual({ sealed: 130, failed: 0, left: 0 });
    expect(one.sealedByOlderKeys()).toEqual(
      new Map([
        ['contact', 0],
        ['idempotency', 0],
      ]),
    );
    const rows = await dataSource.query<
      { id: string; phone: string | null; household: string; version: number }[]
    >('select * from contact order by id');
    expect(rows.map(({ id }) => id)).toEqual(ids);
    rows.forEach(({ phone, household, version }, n) => {
      expect(phone && withoutOld.decrypt(phone, 'contact.phone')).toBe(n < 40 ? `1380000${n}` : null);
      expect(withoutOld.decrypt(household, 'contact.household')).toBe(`["c${n}"]`);
      expect(version).toBe(3);
    });
    expect(await one.reseal()).toEqual({ sealed: 0, failed: 0, left: 0 });
    expect(told).toEqual([{ sealed: 130, failed: 0, left: 0 }]);
  });

  it('are sealed by two at the same time once, and by who comes after one that ended in the middle', async () => {
    await write();
    const cut = resealer();
    beforeReplacing(() => cut.close());
    const begun = await cut.reseal();
    expect(begun).toEqual({ sealed: 50, failed: 0, left: 50 });
    const [a, b] = await Promise.all([resealer().reseal(), resealer().reseal()]);
    expect(begun.sealed + a.sealed + b.sealed).toBe(100);
    expect(await resealer().reseal()).toEqual({ sealed: 0, failed: 0, left: 0 });
  });

  it('that somebody is just changing are left to him, and nobody waits', async () => {
    const [id] = (await write()) as [string];
    await dataSource.transaction(async (tx) => {
      await tx.query('update contact set name = $2, version = 4 where id = $1', [id, 'changed']);
      expect(await resealer().reseal()).toEqual({ sealed: 98, failed: 0, left: 2 });
    });
    expect(await resealer().reseal()).toEqual({ sealed: 2, failed: 0, left: 0 });
    expect(await dataSource.query('select name, version from contact where id = $1', [id])).toEqual([
      { name: 'changed', version: 4 },
    ]);
  });

  it('that were changed since they were read keep what they were changed to', async () => {
    const [id] = (await write()) as [string];
    beforeReplacing(async () => {
      const phone = old.encrypt('13911112222', 'contact.phone');
      await dataSource.query('update contact set phone = $2 where id = $1', [id, phone]);
    });
    expect(await resealer().reseal()).toEqual({ sealed: 98, failed: 0, left: 2 });
    expect(old.decrypt(await phoneOf(id), 'contact.phone')).toBe('13911112222');
    expect(await resealer().reseal()).toMatchObject({ left: 0 });
    expect(withoutOld.decrypt(await phoneOf(id), 'contact.phone')).toBe('13911112222');
  });

  it('that cannot be read are told of and counted, without their value, and keep none of the others back', async () => {
    const [id] = (await write()) as [string];
    const damaged = old.encrypt('13800000000', 'elsewhere');
    await dataSource.query('update contact set phone = $2 where id = $1', [id, damaged]);
    expect(await resealer().reseal()).toEqual({ sealed: 99, failed: 1, left: 1 });
    expect(faults).toMatchObject([{ table: 'contact', column: 'phone', id }]);
    expect(JSON.stringify(faults)).not.toContain(damaged);
    expect(await phoneOf(id)).toBe(damaged);
  });

  it('are sealed without anybody asking for it, some time after the start', async () => {
    await write();
    resealer(1).start();
    await until('a round has ended', () => told.length > 0);
    expect(told).toEqual([{ sealed: 100, failed: 0, left: 0 }]);
  });
});
