import type { GraphQLDataSource } from '@apollo/gateway';
import type { FilesHandler } from '@anju/files';
import type { Logger, Readiness } from '@anju/http';
import type { GatewayContext, ServiceAddress } from './gateway-options';
import { httpDataSource, type HttpDataSource } from './http-data-source';

export interface HttpServicesOptions {
  /** Addresses of a service that come before the one in the supergraph; undefined where there are none. */
  readonly addressesOf: (service: string) => readonly string[] | undefined;
  readonly timeoutMillis: number;
  readonly connections: number;
  /** For a whole answer: so long a request under way may come back to an address that it began with. */
  readonly requestMillis: number;
  readonly logger: Logger;
}

interface Known<Principal> {
  readonly urls: readonly string[];
  readonly source: HttpDataSource<Principal>;
}

/** The services of the supergraph that are reached over HTTP, also when the supergraph changes. */
export class HttpServices<Principal> {
  private readonly sources = new Map<string, Known<Principal>>();
  private readonly leaving = new Map<HttpDataSource<Principal>, NodeJS.Timeout>();

  constructor(private readonly options: HttpServicesOptions) {}

  /** @throws Error if there is no address for the service */
  dataSource({ name, url }: ServiceAddress): GraphQLDataSource<GatewayContext<Principal>> {
    const { addressesOf, timeoutMillis, connections, logger } = this.options;
    const urls = addressesOf(name) ?? (url ? [url] : []);
    const known = this.sources.get(name);
    // The environment's addresses stay when the supergraph's change, with their connections.
    if (known && known.urls.join() === urls.join()) return known.source;
    const source = httpDataSource<Principal>({ name, urls, timeoutMillis, connections, logger });
    if (known) this.leave(known.source);
    this.sources.set(name, { urls, source });
    return source;
  }

  /** Undefined for a service that is not in the supergraph. */
  filesOf(name: string): FilesHandler<Principal> | undefined {
    return this.sources.get(name)?.source.files;
  }

  /**
   * Which services answer. One that does not is no reason to send nobody here: the rest of the graph answers
   * without it.
   */
  async readiness(): Promise<Readiness> {
    const states = await Promise.all(
      [...this.sources].map(async ([name, { source }]) => [name, await source.state()] as const),
    );
    return { ready: states.some(([, state]) => state !== 'down'), details: Object.fromEntries(states) };
  }

  async close(): Promise<void> {
    for (const timer of this.leaving.values()) clearTimeout(timer);
    const current = [...this.sources.values()].map(({ source }) => source);
    await Promise.all([...this.leaving.keys(), ...current].map((source) => source.close()));
  }

  /** Requests under way know the old addresses until they are answered. */
  private leave(source: HttpDataSource<Principal>): void {
    const timer = setTimeout(() => {
      this.leaving.delete(source);
      void source.close();
    }, this.options.requestMillis);
    this.leaving.set(source, timer.unref());
  }
}
