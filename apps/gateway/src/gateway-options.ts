import type { IncomingMessage } from 'node:http';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { FilesHandler } from '@anju/files';
import type { ServiceFigures } from '@anju/metrics';
import type { ListenerLimits, Logger, Readiness, RouteHandler } from '@anju/http';
import { defaultPageSize, largestPageSize } from '@anju/subgraph';
import type { PageSizes } from './query-shape';

/** What a request brings along to every service that it reaches. */
export interface GatewayContext<Principal = unknown> {
  readonly requestId: string;
  /** Null for a request without a token. */
  readonly principal: Principal | null;
  /**
   * Headers that go on to a service as they are, lower case: `x-request-id`, and as far as the client sent them
   * `authorization`, `accept-language`, `idempotency-key`, `traceparent` and `tracestate`.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when the time for the request is over or the client is gone. */
  readonly signal: AbortSignal;
}

/** A service as the supergraph names it. */
export interface ServiceAddress {
  readonly name: string;
  readonly url?: string;
}

/** What a request may cost. */
export interface GatewayLimits extends ListenerLimits {
  readonly bodyBytes: number;
  readonly queryCharacters: number;
  readonly queryTokens: number;
  /** Levels of fields. */
  readonly depth: number;
  /** Fields of an operation with its fragments spread out. */
  readonly fields: number;
  /** Fields, inline fragments and spreads in one pair of braces, fragments spread out. */
  readonly selectionsPerLevel: number;
  /** Entries of all lists by pages that an operation may ask for, were each page full. */
  readonly entries: number;
  readonly pages: PageSizes;
  readonly rootFields: number;
  readonly aliases: number;
  /** Names under which one level may ask for the same field. */
  readonly aliasesPerField: number;
  readonly directives: number;
  /** A text inside the query; longer ones go into variables. */
  readonly literalCharacters: number;
  readonly variablesDepth: number;
  /** From the arrived request to the whole answer. */
  readonly requestMillis: number;
  readonly readinessMillis: number;
}

export const defaultLimits: GatewayLimits = {
  bodyBytes: 1_048_576,
  queryCharacters: 50_000,
  queryTokens: 10_000,
  depth: 20,
  fields: 1_500,
  selectionsPerLevel: 200,
  entries: 250_000,
  pages: { unlessTold: defaultPageSize, most: largestPageSize },
  rootFields: 20,
  aliases: 200,
  aliasesPerField: 30,
  directives: 50,
  literalCharacters: 4_000,
  variablesDepth: 20,
  requestMillis: 30_000,
  headersMillis: 10_000,
  receiveMillis: 30_000,
  receiveLongMillis: 600_000,
  keepAliveMillis: 65_000,
  drainMillis: 10_000,
  readinessMillis: 2_000,
};

export interface GatewayOptions<Principal = unknown> {
  /** 0 for any free port. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly supergraph: {
    /** Path of the composed supergraph. Read again when it changes; a broken one is logged and the old one kept. */
    readonly file: string;
    /** How often to look when the file system tells nothing; default 10 s. */
    readonly checkMillis?: number;
  };
  readonly dataSource: (service: ServiceAddress) => GraphQLDataSource<GatewayContext<Principal>>;
  /**
   * Whose request it is, by the `Authorization` header; null for nobody's.
   * @throws TokenError for a bad token, KeySetUnavailableError if it cannot be told at the moment
   */
  readonly authenticate: (
    authorization: string | undefined,
    request: IncomingMessage,
  ) => Promise<Principal | null>;
  /** Introspection, the explorer page and suggestions in error messages. */
  readonly development: boolean;
  readonly limits?: Partial<GatewayLimits>;
  readonly logger: Logger;
  /** Further addresses by exact path, such as `/.well-known/jwks.json`. */
  readonly extraRoutes?: Readonly<Record<string, RouteHandler>>;
  /** Answers at the addresses of a service's files, or sends on what comes there; by default there are none. */
  readonly filesOf?: (service: string) => FilesHandler<Principal> | undefined;
  readonly readiness: () => Promise<Readiness>;
  /** Pages of other origins that may use the graph, such as `https://desk.example`; default none. */
  readonly corsOrigins?: readonly string[];
  /** Error codes of services beyond `serviceErrorCodes` that clients may see. */
  readonly publicErrorCodes?: readonly string[];
  /** Of services in this process; told at `/metrics` with the gateway's own. */
  readonly figures?: ServiceFigures;
}

export interface RunningGateway {
  /** Of the graph, such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly port: number;
  /** Answers what is under way, then closes; may be called twice. */
  close(): Promise<void>;
}
