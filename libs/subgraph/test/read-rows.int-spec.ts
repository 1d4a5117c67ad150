import { randomBytes } from 'node:crypto';
import {
  Column,
  DataSource,
  Entity,
  PrimaryColumn,
  QueryFailedError,
  type SelectQueryBuilder,
} from 'typeorm';
import { Cipher, encryptedColumn } from '@anju/access';
import { JsonColumn } from '@anju/commands';
import { newId } from '@anju/kernel';
import { createTestDatabase, type TestDatabase } from '@anju/testing';
import { SnakeCaseColumns, pagesByParent, paginate, readMany } from '../src';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });

/** A column of every kind that the services have. */
@Entity('specimen')
class Specimen {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { array: true })
  memberIds: readonly string[];

  @Column('text', { array: true, nullable: true })
  words: readonly string[] | null;

  @Column('text', { select: false, nullable: true })
  unread: string | null;

  @Column('text', { name: 'named_otherwise' })
  text: string;

  @Column('int')
  count: number;

  @Column('boolean', { nullable: true })
  flag: boolean | null;

  @Column('date', { nullable: true })
  day: string | null;

  @Column('numeric', { precision: 14, scale: 2, nullable: true })
  amount: string | null;

  @Column('timestamptz')
  receivedAt: Date;

  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;

  @JsonColumn({ nullable: true })
  facts: unknown;

  @Column('text', { nullable: true, transformer: encryptedColumn('specimen.secret', () => cipher) })
  secret: string | null;

  get shout(): string {
    return this.text.toUpperCase();
  }
}

const [mother, father] = [newId(), newId()];

describe('rows that are read without TypeORM', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  const specimens = (): SelectQueryBuilder<Specimen> => dataSource.createQueryBuilder(Specimen, 's');

  beforeAll(async () => {
    database = await createTestDatabase('rows');
    dataSource = await new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [Specimen],
      namingStrategy: new SnakeCaseColumns(),
    }).initialize();
    await dataSource.query(`create table specimen (
      id uuid primary key, owner_id uuid, member_ids uuid[] not null, words text[], unread text,
      named_otherwise text not null, count int not null, flag boolean, day date, amount numeric(14,2),
      received_at timestamptz not null, closed_at timestamptz, facts jsonb, secret text)`);
    const full = {
      ownerId: mother,
      memberIds: [mother, father],
      words: ['plain', 'with, comma', 'a "quote"', 'null', '', '水管'],
      unread: 'left alone',
      text: '厨房水龙头漏水',
      count: -7,
      flag: false,
      day: '2026-02-28',
      amount: '15800.00',
      closedAt: new Date('2026-03-02T01:02:03.456Z'),
      facts: {
        at: '2026-03-02T01:02:03.000Z',
        matter: 'FAULT',
        tellings: [
          { toldAt: new Date('2026-03-02T09:00:00Z'), at: null, count: 1 },
          null,
          [{ At: '2026-03-02T10:00:00Z' }],
        ],
        notTold: { beat: '2026-03-02T01:02:03.000Z' },
      },
      secret: '13800001234',
    };
    const empty = {
      memberIds: [],
      text: '',
      count: 0,
      ...Object.fromEntries(
        ['words', 'flag', 'day', 'amount', 'facts', 'secret'].map((name) => [name, null]),
      ),
    };
    const rows = [0, 1, 2, 3, 4, 5].map((hour) => ({
      ...(hour % 2 === 0 ? full : empty),
      id: newId(),
      ownerId: hour < 4 ? mother : father,
      receivedAt: new Date(Date.UTC(2026, 2, 2, hour)),
    }));
    await dataSource.getRepository(Specimen).save(rows as unknown as Specimen[]);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it.each([
    ['all', (query: SelectQueryBuilder<Specimen>) => query.orderBy('s.receivedAt')],
    [
      'some',
      (query: SelectQueryBuilder<Specimen>) =>
        query
          .where('s.ownerId = :ownerId', { ownerId: mother })
          .andWhere('s.memberIds && :ids::uuid[] and (s.count < :count or s.ownerId = :ownerId)', {
            ids: [mother],
            count: 1,
            unused: 'x',
          })
          .orderBy('s.text', 'DESC')
          .addOrderBy('s.id', 'ASC')
          .limit(2),
    ],
    ['none', (query: SelectQueryBuilder<Specimen>) => query.where('s.text = :text', { text: 'nothing' })],
    [
      'those of spread parameters',
      (query: SelectQueryBuilder<Specimen>) =>
        query.where('s.ownerId in (:...ids)', { ids: [mother, father] }).orderBy('s.id'),
    ],
    ['those after some', (query: SelectQueryBuilder<Specimen>) => query.orderBy('s.id').offset(2).limit(3)],
  ])('are the entities that TypeORM makes of them: %s', async (_which, narrowed) => {
    const expected = await narrowed(specimens()).getMany();
    for (let time = 0; time < 2; time += 1) {
      const found = await readMany(narrowed(specimens()));
      expect(found).toStrictEqual(expected);
      expect(found.map(({ shout }) => shout)).toEqual(expected.map(({ shout }) => shout));
    }
  });

  it('are those of the values that are asked for, when the same is asked again with others', async () => {
    const countOf = async (ownerId: string): Promise<number> =>
      (await readMany(specimens().where('s.ownerId = :ownerId', { ownerId }))).length;
    expect(await countOf(mother)).toBe(4);
    expect(await countOf(father)).toBe(2);
    expect(await countOf(newId())).toBe(0);
  });

  it('have what they are read to have on demand in a copy as well, once for all, and can be given something else', async () => {
    const query = specimens().where('s.count = :count', { count: -7 }).orderBy('s.id').limit(2);
    const expected = (await query.getMany())[0]!;
    const [copied, changed] = await readMany(query);
    expect({ ...copied! }).toStrictEqual({ ...expected });
    expect(copied!.facts).toBe(copied!.facts);
    changed!.facts = { matter: 'NOTHING' };
    expect({ ...changed! }.facts).toEqual({ matter: 'NOTHING' });
    expect(JSON.parse(JSON.stringify(changed!))).toMatchObject({ facts: { matter: 'NOTHING' } });
  });

  it('are the same however often they are asked for, on whichever connection', async () => {
    const expected = await specimens().where('s.ownerId = :id', { id: mother }).orderBy('s.id').getMany();
    const ask = (id: string): Promise<Specimen[]> =>
      readMany(specimens().where('s.ownerId = :id', { id }).orderBy('s.id'));
    for (let time = 0; time < 25; time += 1) expect(await ask(mother)).toStrictEqual(expected);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => ask(n % 3 === 0 ? newId() : mother)),
    );
    answers.forEach((answer, n) => expect(answer).toStrictEqual(n % 3 === 0 ? [] : expected));
    expect(await dataSource.query('select name from pg_prepared_statements')).not.toEqual([]);
  });

  it('are there when a connection has lost what it had prepared, or its columns have changed', async () => {
    const ask = (): Promise<Specimen[]> => readMany(specimens().where('s.count < :count', { count: 5 }));
    const onAll = (sql: string): Promise<unknown> =>
      Promise.all(Array.from({ length: 10 }, () => dataSource.query(sql)));
    const often = async (): Promise<unknown> => Promise.all(Array.from({ length: 40 }, ask));
    await often();
    await onAll('deallocate all');
    expect(await ask()).toHaveLength(6);
    await often();
    await dataSource.query('alter table specimen alter column count type bigint');
    const changed = await Promise.all(Array.from({ length: 10 }, ask));
    await dataSource.query('alter table specimen alter column count type int');
    // What TypeORM makes of a column that it does not know to be a bigint.
    expect(changed[0]![0]!.count).toBe('-7');
    expect((await ask())[0]!.count).toBe(-7);
  });

  it('belong to a transaction where the query does', async () => {
    await dataSource.transaction(async (manager) => {
      const row = { text: 'not yet', count: 1, memberIds: [], receivedAt: new Date(), id: newId() };
      await manager.getRepository(Specimen).insert(row);
      const query = manager.createQueryBuilder(Specimen, 's').where('s.text = :text', { text: 'not yet' });
      expect(await readMany(query)).toHaveLength(1);
      await manager.delete(Specimen, row.id);
    });
  });

  it('are not there where the database refuses, as TypeORM says it', async () => {
    const query = specimens().where('s.id = :id', { id: 'no uuid' });
    await expect(readMany(query)).rejects.toThrow(QueryFailedError);
    await expect(readMany(query)).rejects.toMatchObject({ driverError: { code: '22P02' } });
  });

  it('come in pages, for one list or for many parents at once', async () => {
    const order = { by: 'receivedAt', direction: 'DESC' } as const;
    const all = await specimens().orderBy('s.receivedAt', 'DESC').getMany();
    const first = await paginate(specimens(), order, { first: 4 });
    expect(first.nodes).toStrictEqual(all.slice(0, 4));
    const after = first.pageInfo.endCursor;
    const second = await paginate(specimens(), order, { first: 4, after });
    expect(second.nodes).toStrictEqual(all.slice(4));
    expect([await first.totalCount, await second.totalCount]).toEqual([6, 6]);

    const children = { dataSource, entity: Specimen, belongs: 't.owner_id = p.id', order };
    const parents = [father, newId(), mother, father];
    const pages = await pagesByParent(children, parents, { first: 3 });
    const of = (parent: string): Specimen[] => all.filter(({ ownerId }) => ownerId === parent);
    expect(pages.map(({ nodes }) => nodes)).toStrictEqual(parents.map((parent) => of(parent).slice(0, 3)));
    expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([false, false, true, false]);
    expect(await pages[2]!.totalCount).toBe(4);
  });
});
