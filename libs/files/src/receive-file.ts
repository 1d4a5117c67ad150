import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openingStream, sealingStream, type Cipher } from '@anju/access';
import { ClientGone } from '@anju/http';
import { fileRefused, type FileRefused } from './file-refusals';
import type { StoredContent } from './file-store';

/** As what files are sealed: nothing else of the platform can be opened as one. */
const place = 'file';

/** Lets everything through, and tells of it what is asked when all has come. */
class Measure extends Transform {
  private readonly hash = createHash('sha256');
  bytes = 0;

  constructor(private readonly limit = Number.POSITIVE_INFINITY) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, chunk?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) return done(tooLarge(this.limit));
    this.hash.update(chunk);
    done(null, chunk);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

export function tooLarge(limit: number): FileRefused {
  return fileRefused('FILE_TOO_LARGE', { limit, limitMegabytes: Math.floor((limit / 1_048_576) * 10) / 10 });
}

/** An upload that has come in whole, sealed, on this machine's disk. */
export interface ReceivedFile {
  /** Of what was uploaded, in bytes. */
  readonly size: number;
  /** The same for the same content, and tells nobody without the data keys what that is. */
  readonly key: string;
  readonly sealed: StoredContent;
  /** What was uploaded. */
  open(): Readable;
  /** To be called when it is no longer needed. */
  discard(): Promise<void>;
}

/** The key of a content under which it is stored: another one in each installation. */
function keyOf(cipher: Cipher, sha256: string): string {
  return Buffer.from(cipher.blindIndex(`file ${sha256}`), 'base64url').toString('hex');
}

/** Where uploads lie until they are stored; nothing of them is readable there. */
export class Reception {
  private readonly folder: string;

  constructor(
    root: string,
    private readonly cipher: Cipher,
    private readonly limit: number,
  ) {
    this.folder = join(root, 'incoming');
  }

  /**
   * Takes the body of a request, never more of it in memory than a piece.
   * @throws FileRefused FILE_TOO_LARGE as soon as that is known, FILE_EMPTY; ClientGone
   */
  async receive(request: IncomingMessage): Promise<ReceivedFile> {
    if (Number(request.headers['content-length'] ?? 0) > this.limit) throw tooLarge(this.limit);
    const given = new Measure(this.limit);
    try {
      // A request whose stream is destroyed cannot be answered: what it says goes on from here, it stays.
      const received = await this.takeIn(unowned(request), given);
      if (given.bytes > 0) return received;
      await received.discard();
      throw fileRefused('FILE_EMPTY', {});
    } catch (error) {
      throw request.readableAborted || isClosedEarly(error) ? new ClientGone() : error;
    }
  }

  /** Seals a content that is kept already once more, by the current data key. It may be larger than uploads may now. */
  seal(content: Readable): Promise<ReceivedFile> {
    return this.takeIn(content, new Measure());
  }

  /** Removes what a crash has left. @returns how many files went */
  async clear(olderThan: Date): Promise<number> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    let removed = 0;
    for (const name of names) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => null);
      if (!found || found.mtime >= olderThan) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  private async takeIn(content: AsyncIterable<Buffer> | Readable, given: Measure): Promise<ReceivedFile> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, randomUUID());
    const discard = (): Promise<void> => rm(path, { force: true });
    const sealed = new Measure();
    const { currentKeyId: keyId } = this.cipher;
    try {
      await pipeline(
        content,
        given,
        sealingStream(this.cipher, place),
        sealed,
        createWriteStream(path, { flags: 'wx', mode: 0o600 }),
      );
    } catch (error) {
      await discard();
      throw error;
    }
    const opened = (): Readable => createReadStream(path);
    return {
      size: given.bytes,
      key: keyOf(this.cipher, given.digest()),
      sealed: { size: sealed.bytes, sha256: sealed.digest(), keyId, open: opened },
      open: () => openSealed(opened(), this.cipher),
      discard,
    };
  }
}

async function* unowned(request: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
    yield chunk;
}

function isClosedEarly(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** What was sealed, opened; a fault of either ends both. */
export function openSealed(sealed: Readable, cipher: Cipher): Readable {
  const opening = openingStream(cipher, place);
  // Its fault comes to whoever reads.
  pipeline(sealed, opening).catch(() => undefined);
  return opening;
}

/**
 * What was stored under a key, opened. Whoever moves contents about in the store cannot have one taken for another:
 * the end is given only when all of it was what the key stands for.
 */
export function openStored(sealed: Readable, key: string, cipher: Cipher): Readable {
  const hash = createHash('sha256');
  let held: Buffer | null = null;
  const checked = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before ?? undefined);
    },
    flush(done) {
      if (keyOf(cipher, hash.digest('hex')) === key) done(null, held ?? undefined);
      else done(new Error('the content is not the one that belongs there'));
    },
  });
  pipeline(sealed, openingStream(cipher, place), checked).catch(() => undefined);
  return checked;
}
