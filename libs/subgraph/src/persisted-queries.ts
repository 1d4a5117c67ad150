import { createHash } from 'node:crypto';
import { HttpRefused, PersistedQueryRefused, isObject } from '@anju/http';
import { LRUCache } from 'lru-cache';

/** A query text, and the hash under which it is to be known from now on, if its sender wants that. */
export interface NamedText {
  readonly text: string;
  readonly hash: string | null;
}

const hashPattern = /^[0-9a-f]{64}$/;

function hashIn(extensions: Readonly<Record<string, unknown>>): string | null {
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined) return null;
  const hash = isObject(persistedQuery) ? persistedQuery['sha256Hash'] : undefined;
  if (typeof hash === 'string' && hashPattern.test(hash)) return hash;
  throw new HttpRefused('BAD_REQUEST', 'PERSISTED_HASH_NOT_USABLE');
}

/** Query texts that come often, by their SHA-256, so that they need not be sent each time. */
export class PersistedQueries {
  private readonly texts = new LRUCache<string, string>({
    max: 1_000,
    maxSize: 8_000_000,
    sizeCalculation: (text) => text.length + 64,
  });

  /**
   * The text that a request means.
   * @throws HttpRefused with PERSISTED_QUERY_NOT_FOUND where only the sender knows it, BAD_REQUEST where text and
   * hash do not belong together or neither is there
   */
  find(query: unknown, extensions: Readonly<Record<string, unknown>>): NamedText {
    const hash = hashIn(extensions);
    if (query === undefined || query === null) {
      if (hash === null) throw new HttpRefused('BAD_REQUEST', 'QUERY_MISSING');
      const text = this.texts.get(hash);
      if (text === undefined) throw new PersistedQueryRefused('NOT_FOUND');
      return { text, hash: null };
    }
    if (typeof query !== 'string' || query.trim() === '') {
      throw new HttpRefused('BAD_REQUEST', 'QUERY_MISSING');
    }
    if (hash !== null && createHash('sha256').update(query).digest('hex') !== hash) {
      throw new HttpRefused('BAD_REQUEST', 'PERSISTED_HASH_OF_ANOTHER');
    }
    return { text: query, hash };
  }

  /** To be called when the text has proved to fit the schema: others would only push the good ones out. */
  remember({ text, hash }: NamedText): void {
    if (hash !== null) this.texts.set(hash, text);
  }
}
