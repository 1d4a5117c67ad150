import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { Client } from 'pg';

/** The header by which a request says that its statements are to be counted. */
export const countedHeader = 'x-bench-count';

const requestStarts = 'http.server.request.start';

/** Numbers of SQL statements by database. */
export type StatementCount = ReadonlyMap<string, number>;

/**
 * Counts what one HTTP request to this process sends to PostgreSQL, whichever way the statements come about:
 * it stands between pg and everything above it, and goes along with the request through all that it waits for.
 * What the platform does meanwhile on its own account is not counted.
 */
export class StatementCounter {
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly current = new AsyncLocalStorage<Map<string, number> | undefined>();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its client below
  private readonly query = Client.prototype.query;

  constructor() {
    subscribe(requestStarts, this.begin);
    const { current, query } = this;
    const counted = function (this: Client, ...args: unknown[]): unknown {
      const count = current.getStore();
      const database = this.database ?? 'unknown';
      count?.set(database, (count.get(database) ?? 0) + 1);
      return Reflect.apply(query, this, args);
    };
    Client.prototype.query = counted as typeof query;
  }

  /** @param name what the request has sent in its header */
  of(name: string): StatementCount {
    return this.counts.get(name) ?? new Map();
  }

  /** Ends the counting, which costs time of its own. */
  close(): void {
    this.current.disable();
    unsubscribe(requestStarts, this.begin);
    Client.prototype.query = this.query;
  }

  private readonly begin = (message: unknown): void => {
    const { headers } = (message as { request: IncomingMessage }).request;
    const name = headers[countedHeader];
    if (typeof name !== 'string') {
      this.current.enterWith(undefined);
      return;
    }
    const count = this.counts.get(name) ?? new Map<string, number>();
    this.counts.set(name, count);
    this.current.enterWith(count);
  };
}
