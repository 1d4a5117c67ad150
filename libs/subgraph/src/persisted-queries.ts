import { createHash } from 'node:crypto';
import { HttpRefused, isObject } from '@anju/http';
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
  throw new HttpRefused(
    'BAD_REQUEST',
    '"extensions.persistedQuery.sha256Hash" has to be 64 hexadecimal digits in lower case.',
  );
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
      if (hash === null)
        throw new HttpRefused('BAD_REQUEST', '"query" has to be a text with a GraphQL operation.');
      const text = this.texts.get(hash);
      // The message is what client libraries look for before they send the query itself.
      if (text === undefined) throw new HttpRefused('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
      return { text, hash: null };
    }
    if (typeof query !== 'string' || query.trim() === '') {
      throw new HttpRefused('BAD_REQUEST', '"query" has to be a text with a GraphQL operation.');
    }
    if (hash !== null && createHash('sha256').update(query).digest('hex') !== hash) {
      throw new HttpRefused('BAD_REQUEST', 'The hash is not the SHA-256 of the query that came with it.');
    }
    return { text: query, hash };
  }

  /** To be called when the text has proved to fit the schema: others would only push the good ones out. */
  remember({ text, hash }: NamedText): void {
    if (hash !== null) this.texts.set(hash, text);
  }
}
