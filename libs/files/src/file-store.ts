import type { Readable } from 'node:stream';

/** Sealed content on its way into a store. */
export interface StoredContent {
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of these bytes, in hex. */
  readonly sha256: string;
  /** Of the data key that sealed it. */
  readonly keyId: string;
  /** The bytes from their beginning, as often as it is asked for. */
  open(): Readable;
}

/**
 * Where the contents of files are. A key stands for one content: to put it once more changes nothing that anybody
 * could read. What is kept is sealed before it comes here.
 */
export interface FileStore {
  /** Resolves when the content survives a crash; a content that was cut off is never seen. */
  put(key: string, content: StoredContent): Promise<void>;
  /** @throws ContentMissing if there is none */
  get(key: string): Promise<Readable>;
  exists(key: string): Promise<boolean>;
  /** Also where there is none. */
  delete(key: string): Promise<void>;
  close(): void;
}

/** The store cannot be reached, or has a fault: the same may go well later. */
export class StoreAway extends Error {
  override readonly name = 'StoreAway';
}

/** There is a row of a file, and no content for it. */
export class ContentMissing extends Error {
  override readonly name = 'ContentMissing';
}
