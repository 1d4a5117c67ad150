import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { Cipher, DecryptionError } from './cipher';
import { openingStream, sealingStream } from './sealed-stream';

const indexKey = randomBytes(32);
const [first, second] = [randomBytes(32), randomBytes(32)];
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: first }, indexKey });

/** In pieces that have nothing to do with those that are sealed. */
function flowing(content: Buffer, size = 10_000): Readable {
  const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_, n) =>
    content.subarray(n * size, (n + 1) * size),
  );
  return Readable.from(pieces, { objectMode: false });
}

const sealed = (content: Buffer, by = cipher, place = 'file'): Promise<Buffer> =>
  buffer(flowing(content).pipe(sealingStream(by, place)));

async function opened(content: Buffer, by = cipher, place = 'file', size?: number): Promise<Buffer> {
  const opening = openingStream(by, place);
  const [all] = await Promise.all([buffer(opening), pipeline(flowing(content, size), opening)]);
  return all;
}

it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])(
  'what is sealed piece by piece is opened as it was: %d bytes',
  async (bytes) => {
    const content = randomBytes(bytes);
    const closed = await sealed(content);
    expect(await opened(closed)).toEqual(content);
    if (bytes > 32) expect(closed.includes(content.subarray(0, 32))).toBe(false);
  },
);

it('is opened however it comes in', async () => {
  const content = randomBytes(70_000);
  const closed = await sealed(content);
  for (const size of [1_000, 65_552, 1_000_000]) {
    expect(await opened(closed, cipher, 'file', size)).toEqual(content);
  }
  const small = await sealed(Buffer.from('lift'));
  expect(await opened(small, cipher, 'file', 1)).toEqual(Buffer.from('lift'));
});

it('is not the same twice', async () => {
  const content = Buffer.from('the same');
  expect(await sealed(content)).not.toEqual(await sealed(content));
});

it('is opened by no other key, and as nothing else than it was sealed as', async () => {
  const closed = await sealed(Buffer.from('a photograph'));
  const other = new Cipher({ currentKeyId: 'k1', keys: { k1: second }, indexKey });
  const without = new Cipher({ currentKeyId: 'k2', keys: { k2: second }, indexKey });
  await expect(opened(closed, other)).rejects.toThrow(DecryptionError);
  await expect(opened(closed, without)).rejects.toThrow('key k1, which is not in the ring');
  await expect(opened(closed, cipher, 'letter')).rejects.toThrow(DecryptionError);
});

it('is opened after the keys were changed', async () => {
  const closed = await sealed(Buffer.from('a photograph'));
  const rotated = new Cipher({ currentKeyId: 'k2', keys: { k1: first, k2: second }, indexKey });
  expect(await opened(closed, rotated)).toEqual(Buffer.from('a photograph'));
});

it('what was cut off, changed or put in another order is never taken for whole', async () => {
  const content = randomBytes(3 * 65_536);
  const closed = await sealed(content);
  const header = closed.length - 3 * 65_552;
  const piece = (n: number): Buffer => closed.subarray(header + n * 65_552, header + (n + 1) * 65_552);
  const begin = closed.subarray(0, header);
  for (const broken of [
    Buffer.alloc(0),
    closed.subarray(0, 10),
    begin,
    Buffer.concat([begin, piece(0)]),
    Buffer.concat([begin, piece(0), piece(1)]),
    Buffer.concat([begin, piece(1), piece(0), piece(2)]),
    Buffer.concat([closed, piece(2)]),
    Buffer.from('no such thing at all, but long enough to have a header'),
  ]) {
    await expect(opened(broken)).rejects.toThrow(DecryptionError);
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(closed.length - 1), async (at) => {
      const changed = Buffer.from(closed);
      changed[at]! ^= 1;
      await expect(opened(changed)).rejects.toThrow(DecryptionError);
    }),
    { numRuns: 20 },
  );
});
