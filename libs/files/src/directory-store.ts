import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ContentMissing, type FileStore, type StoredContent } from './file-store';

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** What a folder has in it is on the disk only when the folder itself is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems do not know this for folders.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}

/** Contents as files in a folder: on the disk before they have their name. Replicas share the folder. */
export class DirectoryStore implements FileStore {
  private readonly unfinished: string;

  /** @param root made when the first content comes */
  constructor(private readonly root: string) {
    this.unfinished = join(root, 'unfinished');
  }

  async put(key: string, content: StoredContent): Promise<void> {
    const place = this.placeOf(key);
    const folder = dirname(place);
    const unfinished = join(this.unfinished, randomUUID());
    await Promise.all([this.unfinished, folder].map((path) => mkdir(path, { recursive: true, mode: 0o700 })));
    try {
      await pipeline(
        content.open(),
        createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }),
      );
      await rename(unfinished, place);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    for (const changed of [folder, dirname(folder), this.root]) await syncFolder(changed);
  }

  async get(key: string): Promise<Readable> {
    try {
      const handle = await open(this.placeOf(key), 'r');
      return createReadStream('', { fd: handle });
    } catch (error) {
      throw isMissing(error) ? new ContentMissing(`there is no content ${key}`) : error;
    }
  }

  async exists(key: string): Promise<boolean> {
    return access(this.placeOf(key)).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }

  async delete(key: string): Promise<void> {
    await rm(this.placeOf(key), { force: true });
  }

  close(): void {
    // Nothing is held open.
  }

  private placeOf(key: string): string {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new TypeError('not the key of a content');
    return join(this.root, key.slice(0, 2), key.slice(2, 4), key);
  }
}
