import type { Readable } from 'node:stream';
import type { DataSource, EntityManager } from 'typeorm';
import type { Cipher } from '@anju/access';
import { newId } from '@anju/kernel';
import { fileRefused } from './file-refusals';
import { StoreAway, type FileStore } from './file-store';
import { openStored, type ReceivedFile } from './receive-file';

/** What there is to know of a file besides its content. */
export interface KeptFile {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
}

/** Whose upload it is, under which name. */
export type Upload = Omit<KeptFile, 'id' | 'size'> & { readonly by: string };

/** After that, an upload that nobody has attached goes, and a content that belongs to no file; machine time. */
export const keptUnusedHours = 24;
/** Uploads of one person that wait to be attached. */
const mostWaiting = 100;
const sweepBatch = 500;

const columns = 'id, project_id as "projectId", name, content_type as "contentType", size';

/** The files of a service: rows in its database, contents in a store. */
export class FileRegister {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: FileStore,
    private readonly cipher: Cipher,
  ) {}

  /**
   * Keeps an upload: its row is written when the content is durable. The same content is stored once, under however
   * many names.
   * @throws FileRefused UPLOADS_WAITING
   */
  async keep(received: ReceivedFile, upload: Upload): Promise<KeptFile> {
    const { size, key, sealed } = received;
    const { projectId, name, contentType, by } = upload;
    const [waiting] = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from stored_file where uploaded_by = $1 and owner_id is null',
      [by],
    );
    if (waiting!.count >= mostWaiting) throw fileRefused('UPLOADS_WAITING', { limit: mostWaiting });
    // Known before it is stored: what a crash leaves behind has a row by which it is found again.
    await this.touch(this.dataSource.manager, received);
    if (!(await this.store.exists(key))) await this.store.put(key, sealed);
    const file: KeptFile = { id: newId(), projectId, name, contentType, size };
    await this.dataSource.transaction(async (tx) => {
      // Waits for a sweep that is just about to remove it, and keeps others from it.
      await this.touch(tx, received);
      if (!(await this.store.exists(key))) await this.store.put(key, sealed);
      await tx.query(
        `insert into stored_file (id, content_key, project_id, name, content_type, size, uploaded_by)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [file.id, key, projectId, name, contentType, size, by],
      );
    });
    return file;
  }

  /** A file that belongs to something. @returns null where there is none, or it was taken off again */
  async find(id: string): Promise<(KeptFile & { readonly contentKey: string }) | null> {
    const [row] = await this.dataSource.query<(KeptFile & { contentKey: string })[]>(
      `select ${columns}, content_key as "contentKey" from stored_file
       where id = $1 and owner_id is not null and released_at is null`,
      [id],
    );
    return row ?? null;
  }

  /** @throws ContentMissing if the store has lost it */
  async open({ contentKey }: { readonly contentKey: string }): Promise<Readable> {
    return openStored(await this.store.get(contentKey), contentKey, this.cipher);
  }

  /**
   * The uploads among these ids that can be given to something, in the order of the ids: only who has uploaded them
   * can give them, in the project for which they were, soon and once. They are locked.
   */
  async usable(
    tx: EntityManager,
    ids: readonly string[],
    { projectId, by }: Pick<Upload, 'projectId' | 'by'>,
  ): Promise<KeptFile[]> {
    const rows = await tx.query<KeptFile[]>(
      `select ${columns} from stored_file
       where id = any($1) and owner_id is null and project_id = $2 and uploaded_by = $3
         and uploaded_at > now() - make_interval(hours => $4)
       order by id for update`,
      [ids, projectId, by, keptUnusedHours],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Gives uploads to something: from then on they stay, and can be read. */
  async give(tx: EntityManager, ids: readonly string[], ownerId: string): Promise<void> {
    await tx.query('update stored_file set owner_id = $2 where id = any($1)', [ids, ownerId]);
  }

  /** Takes a file off what it belongs to: it cannot be read from then on, and its content goes later. */
  async release(tx: EntityManager, id: string): Promise<void> {
    await tx.query('update stored_file set released_at = now() where id = $1', [id]);
  }

  /** Removes uploads that nobody has used, files that were taken off, and contents that are no file's any more. */
  async sweep(): Promise<{ readonly files: number; readonly contents: number }> {
    const [, files] = await this.dataSource.query<[unknown, number]>(
      `delete from stored_file
       where (owner_id is null and uploaded_at < now() - make_interval(hours => $1))
          or released_at < now() - make_interval(hours => $1)`,
      [keptUnusedHours],
    );
    let contents = 0;
    while (contents < sweepBatch && (await this.removeOneUnused())) contents += 1;
    return { files, contents };
  }

  /** How many contents an older data key has sealed: as long as there are some, it has to stay in the ring. */
  async countOfOlderKeys(): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::int as count from stored_content where key_id <> $1',
      [this.cipher.currentKeyId],
    );
    return row!.count;
  }

  /**
   * Seals one content anew that an older data key has sealed, the next after a key that nobody else is about.
   * Meanwhile it is read as before; where a crash comes between, it is done once more.
   * @param seal see `Reception.seal`
   * @returns which one, and why it could not be done where it is damaged or lost; null where there is none
   * @throws StoreAway
   */
  resealNext(
    after: string,
    seal: (content: Readable) => Promise<ReceivedFile>,
  ): Promise<{ readonly key: string; readonly fault: unknown } | null> {
    const { currentKeyId } = this.cipher;
    return this.dataSource.transaction(async (tx) => {
      const [found] = await tx.query<{ key: string }[]>(
        `select key from stored_content where key_id <> $1 and key > $2
         order by key limit 1 for update skip locked`,
        [currentKeyId, after],
      );
      if (!found) return null;
      const { key } = found;
      try {
        const sealed = await seal(await this.open({ contentKey: key }));
        try {
          await this.store.put(key, sealed.sealed);
        } finally {
          await sealed.discard();
        }
      } catch (fault) {
        if (fault instanceof StoreAway) throw fault;
        return { key, fault };
      }
      await tx.query('update stored_content set key_id = $2 where key = $1', [key, currentKeyId]);
      return { key, fault: null };
    });
  }

  /** Row and content in one transaction: whoever uploads the same meanwhile waits, and stores it again. */
  private removeOneUnused(): Promise<boolean> {
    return this.dataSource.transaction(async (tx) => {
      const [[removed]] = await tx.query<[{ key: string }[], number]>(
        `delete from stored_content where key = (
           select key from stored_content c
           where touched_at < now() - make_interval(hours => $1)
             and not exists (select from stored_file f where f.content_key = c.key)
           order by touched_at limit 1 for update skip locked)
         returning key`,
        [keptUnusedHours],
      );
      if (!removed) return false;
      await this.store.delete(removed.key);
      return true;
    });
  }

  private async touch(manager: EntityManager, { key, size, sealed }: ReceivedFile): Promise<void> {
    await manager.query(
      `insert into stored_content (key, size, key_id) values ($1, $2, $3)
       on conflict (key) do update set touched_at = now()`,
      [key, size, sealed.keyId],
    );
  }
}
