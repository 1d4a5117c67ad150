import type { GraphQLDataSource } from '@apollo/gateway';
import type { Logger, Readiness } from '@anju/http';
import type { GatewayContext, ServiceAddress } from './gateway-options';
import { httpDataSource, type HttpDataSource } from './http-data-source';

export interface HttpServicesOptions {
  /** Addresses of a service that come before the one in the supergraph; undefined where there are none. */
  readonly addressesOf: (service: string) => readonly string[] | undefined;
  readonly timeoutMillis: number;
  readonly connections: number;
  readonly logger: Logger;
}

/** The services of the supergraph that are reached over HTTP, also when the supergraph changes. */
export class HttpServices<Principal> {
  private readonly sources = new Map<string, HttpDataSource<Principal>>();
  private readonly leaving = new Map<HttpDataSource<Principal>, NodeJS.Timeout>();

  constructor(private readonly options: HttpServicesOptions) {}

  /** @throws Error if there is no address for the service */
  dataSource({ name, url }: ServiceAddress): GraphQLDataSource<GatewayContext<Principal>> {
    const { addressesOf, timeoutMillis, connections, logger } = this.options;
    const urls = addressesOf(name) ?? (url ? [url] : []);
    const source = httpDataSource<Principal>({ name, urls, timeoutMillis, connections, logger });
    this.leave(this.sources.get(name));
    this.sources.set(name, source);
    return source;
  }

  /**
   * Which services answer. One that does not is no reason to send nobody here: the rest of the graph answers
   * without it.
   */
  async readiness(): Promise<Readiness> {
    const states = await Promise.all(
      [...this.sources].map(async ([name, source]) => [name, await source.state()] as const),
    );
    return { ready: states.some(([, state]) => state !== 'down'), details: Object.fromEntries(states) };
  }

  async close(): Promise<void> {
    for (const timer of this.leaving.values()) clearTimeout(timer);
    const sources = [...this.leaving.keys(), ...this.sources.values()];
    await Promise.all(sources.map((source) => source.close()));
  }

  /** Requests under way know the old addresses, and may want to try a second one of them. */
  private leave(source: HttpDataSource<Principal> | undefined): void {
    if (!source) return;
    const timer = setTimeout(() => {
      this.leaving.delete(source);
      void source.close();
    }, this.options.timeoutMillis);
    this.leaving.set(source, timer.unref());
  }
}
