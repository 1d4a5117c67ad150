import { LRUCache } from 'lru-cache';
import { Pool, type Dispatcher } from 'undici';
import type { Logger } from '@anju/http';

/** After a failure others are asked first for so long. */
const restMillis = 1_000;
/** Shorter than a service keeps a connection: who sends on one must be the first to give it up. */
const idleMillis = 20_000;
const answerBytes = 67_108_864;
const readyMillis = 1_500;

export interface ReplicaOptions {
  readonly service: string;
  /** Of its graph. */
  readonly url: URL;
  readonly connections: number;
  readonly connectMillis: number;
  readonly logger: Logger;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** One address of a service, with its connections and what it is known to remember. */
export class Replica {
  private readonly pool: Pool;
  private readonly path: string;
  private restsUntil = 0;
  private isReachable = true;
  /** Hashes of the queries that were sent there with their text. */
  readonly remembered = new LRUCache<string, true>({ max: 1_000 });

  constructor(private readonly options: ReplicaOptions) {
    const { url, connections, connectMillis } = options;
    this.path = url.pathname + url.search;
    this.pool = new Pool(url.origin, {
      connections,
      pipelining: 1,
      connectTimeout: connectMillis,
      keepAliveTimeout: idleMillis,
      keepAliveMaxTimeout: idleMillis,
      // The request's own time is kept from outside.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: answerBytes,
    });
  }

  get isResting(): boolean {
    return performance.now() < this.restsUntil;
  }

  /** @throws what the network or the signal has against it */
  async post(
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const response = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
      },
      body,
      signal,
    });
    this.reached();
    const contentType = response.headers['content-type'];
    return {
      status: response.statusCode,
      contentType: typeof contentType === 'string' ? contentType : 'no content type',
      text: await response.body.text(),
    };
  }

  /**
   * Sends a request of any kind, with its body as it comes in.
   * @throws what the network or the signal has against it
   */
  async pass(request: Omit<Dispatcher.RequestOptions, 'origin'>): Promise<Dispatcher.ResponseData> {
    const response = await this.pool.request(request);
    this.reached();
    return response;
  }

  /** Whether it says of itself that it can answer. */
  async isReady(): Promise<boolean> {
    try {
      const { statusCode, body } = await this.pool.request({
        method: 'GET',
        path: '/ready',
        signal: AbortSignal.timeout(readyMillis),
      });
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  }

  /** Others are asked before it for a moment: it takes longer than it may. */
  rest(): void {
    this.restsUntil = performance.now() + restMillis;
  }

  /** It could not be reached. */
  missed(error: unknown): void {
    this.rest();
    if (!this.isReachable) return;
    this.isReachable = false;
    const { service, url, logger } = this.options;
    const { code } = error as { code?: unknown };
    logger.warn({ subgraph: service, at: url.host, code }, 'an address of a service cannot be reached');
  }

  /** What is under way is answered. */
  close(): Promise<void> {
    return this.pool.close();
  }

  /** Connections that are stuck are cut off. */
  destroy(): Promise<void> {
    return this.pool.destroy();
  }

  private reached(): void {
    this.restsUntil = 0;
    if (this.isReachable) return;
    this.isReachable = true;
    const { service, url, logger } = this.options;
    logger.info({ subgraph: service, at: url.host }, 'an address of a service is reached again');
  }
}
