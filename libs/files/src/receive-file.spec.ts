import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Cipher } from '@anju/access';
import { DirectoryStore } from './directory-store';
import { ContentMissing } from './file-store';
import { Reception, openStored, type ReceivedFile } from './receive-file';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const limit = 200_000;

let folder: string;
let reception: Reception;
let server: Server;
let url: string;
let received: (request: IncomingMessage) => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anju-files-'));
  reception = new Reception(folder, cipher, limit);
  server = createServer((request, response) => {
    void received(request).finally(() => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What comes of sending that. */
function sending(body: Buffer | AsyncIterable<Buffer>): Promise<ReceivedFile> {
  return new Promise((resolve, reject) => {
    received = (request) => reception.receive(request).then(resolve, reject);
    const size = Buffer.isBuffer(body) ? { 'content-length': body.length } : {};
    const sender = httpRequest(url, { method: 'POST', agent: false, headers: { ...size } }, (response) => {
      response.resume();
      sender.destroy();
    });
    // Who is refused while he sends may find the connection closed.
    sender.on('error', () => undefined);
    Readable.from(Buffer.isBuffer(body) ? [body] : body, { objectMode: false }).pipe(sender);
  });
}

const left = (): string[] => readdirSync(join(folder, 'incoming'));

it('an upload lies sealed on the disk until it is stored', async () => {
  const content = Buffer.concat([Buffer.from('电梯 '.repeat(20_000)), randomBytes(1_000)]);
  const file = await sending(content);
  expect(file.size).toBe(content.length);
  expect(await buffer(file.open())).toEqual(content);
  const [name] = left();
  const onDisk = readFileSync(join(folder, 'incoming', name!));
  expect(onDisk.includes(Buffer.from('电梯'))).toBe(false);
  expect(file.sealed).toMatchObject({
    size: onDisk.length,
    sha256: createHash('sha256').update(onDisk).digest('hex'),
  });
  await file.discard();
  expect(left()).toEqual([]);
});

it('the same content has the same key, which is not its hash', async () => {
  const content = Buffer.from('the same');
  const files = [await sending(content), await sending(content), await sending(Buffer.from('another'))];
  const [first, again, other] = files.map((file) => file.key);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(first).not.toBe(createHash('sha256').update(content).digest('hex'));
  await Promise.all(files.map((file) => file.discard()));
});

describe('an upload is refused, and nothing of it is left,', () => {
  async function* growing(bytes: number): AsyncGenerator<Buffer> {
    for (let sent = 0; sent < bytes; sent += 10_000) yield Buffer.alloc(10_000, 'x');
  }

  it('when it is announced larger than it may be', async () => {
    await expect(sending(Buffer.alloc(limit + 1))).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(left()).toEqual([]);
  });

  it('when it grows larger than it may be', async () => {
    await expect(sending(growing(10 * limit))).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(left()).toEqual([]);
    const largest = await sending(growing(limit));
    expect(largest.size).toBe(limit);
    await largest.discard();
  });

  it('when it is empty', async () => {
    await expect(sending(growing(0))).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    expect(left()).toEqual([]);
  });

  it('when it breaks off', async () => {
    const outcome = new Promise((resolve, reject) => {
      received = (request) => reception.receive(request).then(resolve, reject);
    });
    const sender = httpRequest(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-length': '1000' },
    });
    sender.on('error', () => undefined);
    sender.write('half of it');
    setTimeout(() => sender.destroy(), 50);
    await expect(outcome).rejects.toMatchObject({ name: 'ClientGone' });
    expect(left()).toEqual([]);
  });
});

it('what a crash left behind goes when it is old', async () => {
  const [old, fresh] = [await sending(Buffer.from('old')), await sending(Buffer.from('fresh'))];
  const [name] = left().filter(
    (one) => readFileSync(join(folder, 'incoming', one)).length === old.sealed.size,
  );
  utimesSync(join(folder, 'incoming', name!), 1, 1);
  expect(await reception.clear(new Date(1_000_000))).toBe(1);
  expect(left()).toHaveLength(1);
  await Promise.all([old.discard(), fresh.discard()]);
  expect(await new Reception(join(folder, 'not-there'), cipher, 1).clear(new Date())).toBe(0);
});

describe('a folder of contents', () => {
  it('gives back what was put there, also after it was put there again', async () => {
    const store = new DirectoryStore(join(folder, 'store'));
    const file = await sending(Buffer.from('a photograph'));
    expect(await store.exists(file.key)).toBe(false);
    await store.put(file.key, file.sealed);
    await store.put(file.key, file.sealed);
    expect(await store.exists(file.key)).toBe(true);
    expect(await buffer(openStored(await store.get(file.key), file.key, cipher))).toEqual(
      Buffer.from('a photograph'),
    );
    expect(readdirSync(join(folder, 'store/unfinished'))).toEqual([]);
    await store.delete(file.key);
    await store.delete(file.key);
    expect(await store.exists(file.key)).toBe(false);
    await expect(store.get(file.key)).rejects.toThrow(ContentMissing);
    await file.discard();
  });

  it('has nothing in it of a content that broke off', async () => {
    const store = new DirectoryStore(join(folder, 'store'));
    const file = await sending(Buffer.from('a photograph'));
    await file.discard();
    await expect(store.put(file.key, file.sealed)).rejects.toThrow('ENOENT');
    expect(await store.exists(file.key)).toBe(false);
    expect(readdirSync(join(folder, 'store/unfinished'))).toEqual([]);
  });

  it('is not left by a key', async () => {
    await expect(new DirectoryStore(folder).get('../../etc/passwd')).rejects.toThrow('not the key');
  });
});

it('a content that was put in another’s place is never given whole', async () => {
  const store = new DirectoryStore(join(folder, 'swapped'));
  const [one, other] = [await sending(Buffer.alloc(150_000, '1')), await sending(Buffer.alloc(150_000, '2'))];
  await store.put(one.key, other.sealed);
  await expect(buffer(openStored(await store.get(one.key), one.key, cipher))).rejects.toThrow(
    'not the one that belongs there',
  );
  await Promise.all([one.discard(), other.discard()]);
});
