import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DataSource } from 'typeorm';
import { Cipher, sealingStream } from '@anju/access';
import { newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';
import type { Logger } from '@anju/http';
import { FileRegister, FileSweeper, Files1764810000000, StoreAway, type FileStore } from '../src';
import { DirectoryStore } from '../src/directory-store';
import { Reception, type ReceivedFile } from '../src/receive-file';
import { S3Store } from '../src/s3-store';
import { startS3Server, type TestBucket } from './s3-server';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const [projectId, otherProject, ownerId, by, somebodyElse] = [newId(), newId(), newId(), newId(), newId()];

let folder: string;
let bucket: TestBucket;
let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anju-register-'));
  [bucket, database] = await Promise.all([startS3Server(), createTestDatabase('files')]);
  dataSource = new DataSource({
    ...{ type: 'postgres', url: database.url, poolSize: 6 },
    migrations: [Files1764810000000],
  });
  await dataSource.initialize();
  await dataSource.runMigrations();
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
  await bucket.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As it comes out of the reception. */
async function received(content: string, by = cipher): Promise<ReceivedFile> {
  const sealed = await buffer(Readable.from([Buffer.from(content)]).pipe(sealingStream(by, 'file')));
  const sha256 = createHash('sha256').update(sealed).digest('hex');
  const contentHash = createHash('sha256').update(content).digest('hex');
  return {
    size: Buffer.byteLength(content),
    key: Buffer.from(cipher.blindIndex(`file ${contentHash}`), 'base64url').toString('hex'),
    sealed: {
      size: sealed.length,
      sha256,
      keyId: by.currentKeyId,
      open: () => Readable.from([sealed], { objectMode: false }),
    },
    open: () => Readable.from([Buffer.from(content)]),
    discard: async () => undefined,
  };
}

const named = (name: string, change: object = {}) => ({
  ...{ projectId, name, contentType: 'text/plain', by },
  ...change,
});

/** Lets rows be as old as that. */
async function age(table: 'stored_content' | 'stored_file', column: string, hours = 25): Promise<void> {
  await dataSource.query(`update ${table} set ${column} = ${column} - make_interval(hours => $1)`, [hours]);
}

describe.each<[string, () => FileStore]>([
  ['a folder', () => new DirectoryStore(join(folder, 'kept'))],
  ['a bucket of S3', () => new S3Store(bucket.place)],
])('files in %s', (_name, open) => {
  let store: FileStore;
  let register: FileRegister;

  beforeEach(async () => {
    store = open();
    register = new FileRegister(dataSource, store, cipher);
    await dataSource.query('truncate stored_file, stored_content');
  });
  afterEach(() => store.close());

  const give = (ids: readonly string[], change: object = {}) =>
    dataSource.transaction(async (tx) => {
      const usable = await register.usable(tx, ids, { projectId, by, ...change });
      await register.give(
        tx,
        usable.map(({ id }) => id),
        ownerId,
      );
      return usable;
    });
  const release = (id: string) => dataSource.transaction((tx) => register.release(tx, id));
  const read = async (id: string): Promise<string | null> => {
    const file = await register.find(id);
    return file && (await buffer(await register.open(file))).toString();
  };

  it('are read as they were uploaded, once they belong to something', async () => {
    const file = await register.keep(await received('电梯又停了'), named('a.txt'));
    expect(await read(file.id)).toBeNull();
    expect(await give([file.id])).toEqual([file]);
    expect(await read(file.id)).toBe('电梯又停了');
  });

  it('of a size that takes many pieces', async () => {
    const content = randomBytes(600_000).toString('hex');
    const file = await register.keep(await received(content), named('large.txt'));
    await give([file.id]);
    expect((await read(file.id)) === content).toBe(true);
  });

  it('are stored once however often they are uploaded, also at the same moment', async () => {
    const puts = jest.spyOn(store, 'put');
    const again = await Promise.all(
      Array.from({ length: 6 }, async (_, n) => register.keep(await received('once'), named(`${n}.txt`))),
    );
    const before = puts.mock.calls.length;
    await register.keep(await received('once'), named('later.txt'));
    expect(puts).toHaveBeenCalledTimes(before);
    expect(await dataSource.query('select count(*)::int as count from stored_content')).toEqual([
      { count: 1 },
    ]);
    await give(again.map(({ id }) => id));
    expect(await Promise.all(again.map(({ id }) => read(id)))).toEqual(Array(6).fill('once'));
  });

  it('are given only by who has uploaded them, in their project, once, and soon', async () => {
    const [one, two, three] = await Promise.all(
      ['1', '2', '3'].map(async (text) => register.keep(await received(text), named(`${text}.txt`))),
    );
    expect(await give([one!.id], { by: somebodyElse })).toEqual([]);
    expect(await give([one!.id], { projectId: otherProject })).toEqual([]);
    expect(await give([newId()])).toEqual([]);
    expect((await give([two!.id, newId(), one!.id])).map(({ id }) => id)).toEqual([two!.id, one!.id]);
    expect(await give([one!.id])).toEqual([]);
    await age('stored_file', 'uploaded_at');
    expect(await give([three!.id])).toEqual([]);
  });

  it('that are taken off cannot be read, and their content goes a day later with the last that had it', async () => {
    const [one, two] = [
      await register.keep(await received('shared'), named('one.txt')),
      await register.keep(await received('shared'), named('two.txt')),
    ];
    await give([one.id, two.id]);
    const { key: contentKey } = await received('shared');
    await release(one.id);
    expect(await read(one.id)).toBeNull();
    expect(await register.sweep()).toEqual({ files: 0, contents: 0 });
    await age('stored_file', 'released_at');
    await age('stored_content', 'touched_at');
    expect(await register.sweep()).toEqual({ files: 1, contents: 0 });
    expect(await read(two.id)).toBe('shared');
    await release(two.id);
    await age('stored_file', 'released_at');
    expect(await register.sweep()).toEqual({ files: 1, contents: 1 });
    expect(await store.exists(contentKey)).toBe(false);
    expect(await register.sweep()).toEqual({ files: 0, contents: 0 });
  });

  it('that nobody has used go after a day', async () => {
    const file = await register.keep(await received('unused'), named('unused.txt'));
    expect(await register.sweep()).toEqual({ files: 0, contents: 0 });
    await age('stored_file', 'uploaded_at');
    await age('stored_content', 'touched_at');
    expect(await register.sweep()).toEqual({ files: 1, contents: 1 });
    expect(await give([file.id])).toEqual([]);
  });

  it('have a row only when their content is there; what a crash leaves is found and goes', async () => {
    const file = await received('lost');
    const crash = jest.spyOn(store, 'put').mockRejectedValue(new Error('the power is gone'));
    await expect(register.keep(file, named('lost.txt'))).rejects.toThrow('the power is gone');
    crash.mockRestore();
    expect(await dataSource.query('select id from stored_file')).toEqual([]);
    // The content was stored, and the crash came before its row.
    await store.put(file.key, file.sealed);
    await age('stored_content', 'touched_at');
    expect(await register.sweep()).toEqual({ files: 0, contents: 1 });
    expect(await store.exists(file.key)).toBe(false);
  });

  it('that are uploaded again while the old content is swept are there afterwards', async () => {
    await register.keep(await received('again'), named('first.txt'));
    await age('stored_file', 'uploaded_at');
    await age('stored_content', 'touched_at');
    const [kept] = await Promise.all([
      received('again').then((file) => register.keep(file, named('second.txt'))),
      register.sweep(),
    ]);
    await give([kept.id]);
    expect(await read(kept.id)).toBe('again');
  });

  it('are swept the next time where the store could not be reached', async () => {
    await register.keep(await received('away'), named('away.txt'));
    await age('stored_file', 'uploaded_at');
    await age('stored_content', 'touched_at');
    const away = jest.spyOn(store, 'delete').mockRejectedValueOnce(new Error('the store is away'));
    await expect(register.sweep()).rejects.toThrow('the store is away');
    away.mockRestore();
    expect(await register.sweep()).toEqual({ files: 0, contents: 1 });
  });
});

describe.each<[string, (name: string) => FileStore]>([
  ['a folder', (name) => new DirectoryStore(join(folder, name))],
  ['a bucket of S3', (name) => new S3Store({ ...bucket.place, prefix: `${name}/` })],
])('files in %s after a new data key', (kind, open) => {
  const later = randomBytes(32);
  const rotated = new Cipher({ currentKeyId: 'k2', keys: { k2: later, k1: key }, indexKey: key });
  const withoutOld = new Cipher({ currentKeyId: 'k2', keys: { k2: later }, indexKey: key });
  let store: FileStore;
  let ids: string[];
  let told: object[];
  let faults: object[];
  let sweeper: FileSweeper;

  beforeEach(async () => {
    store = open(`rotated-${newId()}`);
    await dataSource.query('truncate stored_file, stored_content');
    const register = new FileRegister(dataSource, store, cipher);
    const kept = [];
    for (const text of ['one', 'two', randomBytes(200_000).toString('hex')]) {
      kept.push(await register.keep(await received(text), named('a.txt')));
    }
    ids = kept.map(({ id }) => id);
    await dataSource.transaction((tx) => register.give(tx, ids, ownerId));
    told = [];
    faults = [];
    const logger: Logger = {
      ...silentLogger,
      info: (fields) => void told.push(fields),
      error: (fields) => void faults.push(fields),
    };
    const reception = new Reception(join(folder, `incoming-${kind}`), rotated, 10);
    sweeper = new FileSweeper(new FileRegister(dataSource, store, rotated), reception, store, logger);
  });
  afterEach(() => sweeper.close());

  const readWith = async (ring: Cipher, id: string): Promise<number> => {
    const register = new FileRegister(dataSource, store, ring);
    return (await buffer(await register.open((await register.find(id))!))).length;
  };

  it('are sealed with it, and the old one is needed no longer', async () => {
    await expect(readWith(withoutOld, ids[0]!)).rejects.toThrow('not in the ring');
    await sweeper.reseal();
    expect(told).toEqual([{ sealed: 3, failed: 0, left: 0 }]);
    expect(await Promise.all(ids.map((id) => readWith(withoutOld, id)))).toEqual([3, 3, 400_000]);
    await sweeper.reseal();
    expect(told).toHaveLength(1);
  });

  it('are sealed once by two that do it at the same time, while others read and upload', async () => {
    const puts = jest.spyOn(store, 'put');
    const register = new FileRegister(dataSource, store, rotated);
    const [, , again] = await Promise.all([
      sweeper.reseal(),
      sweeper.reseal(),
      received('one', rotated).then((file) => register.keep(file, named('again.txt'))),
      ...ids.map((id) => readWith(rotated, id)),
    ]);
    expect(again.size).toBe(3);
    // What the upload was about just then is left for the next time.
    await sweeper.reseal();
    expect(puts).toHaveBeenCalledTimes(3);
    expect(await register.countOfOlderKeys()).toBe(0);
  });

  it('that are damaged are told of and left, and keep none of the others back', async () => {
    const [first] = await dataSource.query<{ key: string }[]>('select key from stored_content order by key');
    await store.delete(first!.key);
    await sweeper.reseal();
    expect(told).toEqual([{ sealed: 2, failed: 1, left: 1 }]);
    expect(faults).toMatchObject([{ key: first!.key }]);
  });

  it('are left for the next time where the store is away', async () => {
    const away = jest.spyOn(store, 'put').mockRejectedValueOnce(new StoreAway('the store is away'));
    await expect(sweeper.reseal()).rejects.toThrow('the store is away');
    away.mockRestore();
    await sweeper.reseal();
    expect(told).toEqual([{ sealed: 3, failed: 0, left: 0 }]);
  });
});

it('nobody fills the store with files that he does not use', async () => {
  const register = new FileRegister(dataSource, new DirectoryStore(join(folder, 'full')), cipher);
  const [content] = [await received('filling')];
  await register.keep(content, named('0.txt', { by: somebodyElse }));
  await dataSource.query(
    `insert into stored_file (id, content_key, project_id, name, content_type, size, uploaded_by)
     select gen_random_uuid(), content_key, project_id, name, content_type, size, uploaded_by
     from stored_file, generate_series(1, 99) where uploaded_by = $1`,
    [somebodyElse],
  );
  await expect(register.keep(content, named('1.txt', { by: somebodyElse }))).rejects.toMatchObject({
    code: 'UPLOADS_WAITING',
    details: { limit: 100 },
  });
  expect(await register.keep(content, named('1.txt'))).toMatchObject({ name: '1.txt' });
});

describe('a bucket of S3', () => {
  it('has nothing in it that can be read without the data keys, under the folder of its address', async () => {
    const store = new S3Store(bucket.place);
    const file = await received('a letter of 王秀兰');
    await store.put(file.key, file.sealed);
    const kept = await buffer(await store.get(file.key));
    expect(kept.includes(Buffer.from('王秀兰'))).toBe(false);
    expect(bucket.stored()).toContainEqual(expect.stringMatching(`^anju-files/kept/${file.key}`));
    store.close();
  });

  it('is not opened with another secret, and says so', async () => {
    const store = new S3Store({ ...bucket.place, secretAccessKey: 'wrong' });
    const { key: contentKey, sealed } = await received('x');
    await expect(store.put(contentKey, sealed)).rejects.toThrow(/signature/i);
    await expect(store.get(contentKey)).rejects.toThrow(/signature/i);
    store.close();
  });

  it('that is away, or says nothing any more, is told as away', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const file = await received('x');
    const waits = { connectMillis: 200, silenceMillis: 100, pauseMillis: 1 };
    for (const endpoint of ['http://127.0.0.1:9', `http://127.0.0.1:${port}`]) {
      const store = new S3Store({ ...bucket.place, endpoint }, waits);
      await expect(store.put(file.key, file.sealed)).rejects.toThrow(StoreAway);
      await expect(store.exists(file.key)).rejects.toThrow(StoreAway);
      await expect(store.get(file.key)).rejects.toThrow(StoreAway);
      store.close();
    }
    silent.closeAllConnections();
    silent.close();
  });
});

it('a content that somebody has changed in the folder is not given', async () => {
  const root = join(folder, 'changed');
  const register = new FileRegister(dataSource, new DirectoryStore(root), cipher);
  const content = await received('as it was');
  const file = await register.keep(content, named('changed.txt'));
  await dataSource.transaction((tx) => register.give(tx, [file.id], ownerId));
  const { key: k } = content;
  writeFileSync(join(root, k.slice(0, 2), k.slice(2, 4), k), 'as somebody wants it');
  const found = await register.find(file.id);
  await expect(buffer(await register.open(found!))).rejects.toThrow('not sealed');
});
