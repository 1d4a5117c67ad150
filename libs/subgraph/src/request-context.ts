import DataLoader from 'dataloader';
import type { Principal } from '@anju/access';
import type { Actor } from '@anju/commands';
import type { Locale } from '@anju/labels';

/** What a resolver knows of the request that it answers. */
export interface RequestContext {
  /** Null for a request without a token; every field then answers UNAUTHENTICATED. */
  readonly principal: Principal | null;
  readonly requestId: string;
  readonly locale: Locale;
  /** From the `Idempotency-Key` header; an input's own key comes first. */
  readonly idempotencyKey: string | null;
  readonly loaders: Loaders;
}

/** The person behind the request, as the write path wants it. @throws if there is none */
export function actorOf(context: RequestContext): Actor {
  const principal = principalOf(context);
  return { id: principal.staffId, principal, idempotencyKey: context.idempotencyKey };
}

export function principalOf(context: RequestContext): Principal {
  // Authorisation comes first; a resolver without it does not pass the build.
  if (!context.principal) throw new Error('resolver reached without a principal');
  return context.principal;
}

/** The request's batching loaders, made at first use. */
export class Loaders {
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();

  /**
   * Loads one of many by a key, so that all of a request's loads of the same kind become one query.
   * @param kind names the query together with its arguments
   * @param batch answers in the order of the keys; null for what is not there
   */
  load<Value>(
    kind: string,
    key: string,
    batch: (keys: readonly string[]) => Promise<readonly Value[]>,
  ): Promise<Value> {
    let loader = this.loaders.get(kind);
    if (!loader) {
      loader = new DataLoader<string, unknown>(batch, { maxBatchSize: 1_000 });
      this.loaders.set(kind, loader);
    }
    return loader.load(key) as Promise<Value>;
  }

  /** Lets everything be read anew: what a mutation changed is not what was read before it. */
  forget(): void {
    this.loaders.clear();
  }
}

/** Puts rows that came in any order into the order of the keys. */
export function inOrderOf<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}
