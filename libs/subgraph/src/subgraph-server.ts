import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { faultReport, type Principal } from '@anju/access';
import { FilesEndpoint, filesPath, type AnsweredFileRequest, type FilesHandler } from '@anju/files';
import {
  ClientGone,
  HttpListener,
  HttpRefused,
  StatusRoutes,
  authenticationRefused,
  incomingFacts,
  isObject,
  maskedMessage,
  objectOrNothing,
  originOf,
  publicExtensions,
  readJson,
  sendRefusal,
  splitAddress,
  type IncomingFacts,
  type ListenerLimits,
  type Logger,
  type MetricsText,
  type Readiness,
  type RouteHandler,
} from '@anju/http';
import { message, negotiateLocale, type Locale } from '@anju/labels';
import { factsOf } from './facts-of';
import { DocumentRefused, OperationExecutor, type PreparedOperation } from './operation-executor';
import { PersistedQueries } from './persisted-queries';
import type { RequestContext } from './request-context';
import { requestContext } from './serve';
import { translate } from './translate';

export interface SubgraphLimits extends ListenerLimits {
  readonly bodyBytes: number;
  readonly readinessMillis: number;
}

export const defaultSubgraphLimits: SubgraphLimits = {
  // More than the gateway takes from its clients: it adds the entities that it has found elsewhere.
  bodyBytes: 4_194_304,
  headersMillis: 10_000,
  receiveMillis: 30_000,
  receiveLongMillis: 600_000,
  // Longer than the gateway keeps a connection that nobody uses: it is the one to close it.
  keepAliveMillis: 65_000,
  drainMillis: 10_000,
  readinessMillis: 2_000,
};

/** How an operation came out, for figures. */
export type OperationOutcome = 'ok' | 'errors' | 'fault' | 'refused';

export interface SubgraphServerOptions {
  readonly service: {
    readonly name: string;
    readonly schema: GraphQLSchema;
    readonly files?: FilesHandler<Principal> | undefined;
  };
  /** 0 for any free port. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /**
   * Whose request it is, by the `Authorization` header; null for nobody's. The gateway's word is not taken for it.
   * @throws TokenError for a bad token, KeySetUnavailableError if it cannot be told at the moment
   */
  readonly authenticate: (authorization: string | undefined) => Promise<Principal | null>;
  readonly readiness: () => Promise<Readiness>;
  readonly logger: Logger;
  readonly metrics?: MetricsText;
  /** Further addresses by exact path. */
  readonly routes?: Readonly<Record<string, RouteHandler>>;
  readonly limits?: Partial<SubgraphLimits>;
  /** Whether the schema can be asked for; default no. */
  readonly development?: boolean;
  /** Called after every operation. @param operation its name; null for none, or for one that was not carried out */
  readonly observe?: (operation: string | null, seconds: number, outcome: OperationOutcome) => void;
  /** Called after every request for a file, or with one. */
  readonly observeFiles?: (answered: AnsweredFileRequest) => void;
}

export interface RunningSubgraphServer {
  /** Of the graph, such as `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  readonly port: number;
  /** Answers what is under way, then closes; may be called twice. */
  close(): Promise<void>;
}

const graphPath = '/graphql';
/** A gateway asks once per operation; each asks for thousands of entities. */
const mostEntityFields = 20;

/** Statuses of what is refused before it is carried out. */
const statuses: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNAVAILABLE: 503,
  // Part of an ordinary exchange, nothing that anybody has to look into.
  PERSISTED_QUERY_NOT_FOUND: 200,
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly operation: string | null;
  readonly outcome: OperationOutcome;
}

function errorAnswer(
  status: number,
  message: string,
  extensions: Readonly<Record<string, unknown>>,
  more: Partial<Answer> = {},
): Answer {
  return {
    status,
    body: { errors: [{ message, extensions }] },
    operation: null,
    outcome: status >= 500 ? 'fault' : 'refused',
    ...more,
  };
}

/** The same as the resolvers speak. */
function localeIn({ forward }: IncomingFacts): Locale {
  return negotiateLocale(forward['accept-language']);
}

/** The error at the bottom: what was thrown before anybody wrapped it. */
function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

/**
 * What one asks for by thousands of keys costs as much when each key is refused. Nobody comes to an entity without
 * a token: every field that leads to one wants a permission.
 */
function requireModestEntities({ entityFields }: PreparedOperation, principal: Principal | null): void {
  if (entityFields > 0 && !principal) {
    throw new HttpRefused('UNAUTHENTICATED', 'TOKEN_MISSING');
  }
  if (entityFields > mostEntityFields) {
    throw new HttpRefused('BAD_REQUEST', 'ENTITIES_TOO_OFTEN', { details: { limit: mostEntityFields } });
  }
}

/** A service's graph over HTTP. */
class SubgraphServer {
  private readonly executor: OperationExecutor;
  private readonly persisted = new PersistedQueries();
  private readonly limits: SubgraphLimits;
  private readonly status: StatusRoutes;
  private readonly files: FilesEndpoint<Principal>;
  readonly listener: HttpListener;

  constructor(private readonly options: SubgraphServerOptions) {
    const { service, logger, readiness, metrics, development } = options;
    this.limits = { ...defaultSubgraphLimits, ...options.limits };
    this.executor = new OperationExecutor({
      service: service.name,
      schema: service.schema,
      translate: (error, context) => translate(error, context as RequestContext),
      introspection: development,
    });
    this.status = new StatusRoutes({
      name: service.name,
      readiness,
      readinessMillis: this.limits.readinessMillis,
      metrics: metrics ?? null,
      logger,
    });
    this.files = new FilesEndpoint({
      handlerOf: (name) => (name === service.name ? service.files : undefined),
      authenticate: options.authenticate,
      logger,
      ...(options.observeFiles && { observe: options.observeFiles }),
    });
    this.listener = new HttpListener(
      (request, response) => this.route(request, response),
      this.limits,
      logger,
      (path) => path.startsWith(filesPath),
    );
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = splitAddress(request);
    if (path === graphPath) return this.graph(request, response);
    if (path.startsWith(filesPath)) return this.files.handle(request, response);
    const { routes } = this.options;
    if (routes && Object.hasOwn(routes, path)) return routes[path]?.(request, response);
    if (await this.status.answer(path, request, response, this.listener.closing)) return;
    sendRefusal(request, response, 404, new HttpRefused('NOT_FOUND', 'ADDRESS_UNKNOWN'));
  }

  private async graph(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begin = performance.now();
    const facts = incomingFacts(request.headers);
    let answer: Answer;
    try {
      answer = await this.answer(request, facts);
    } catch (error) {
      if (error instanceof ClientGone) {
        response.destroy();
        return;
      }
      answer = this.failure(error, facts);
    }
    const body = Buffer.from(JSON.stringify(answer.body));
    response.writeHead(answer.status, {
      'content-type': 'application/graphql-response+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': facts.requestId,
      ...answer.headers,
      'content-length': body.length,
    });
    response.end(body);
    this.options.observe?.(answer.operation, (performance.now() - begin) / 1_000, answer.outcome);
  }

  private async answer(request: IncomingMessage, facts: IncomingFacts): Promise<Answer> {
    if (request.method !== 'POST') {
      throw new HttpRefused('METHOD_NOT_ALLOWED', 'SERVICE_TAKES_POST', { headers: { allow: 'POST' } });
    }
    const body = await readJson(request, this.limits.bodyBytes);
    if (!isObject(body)) {
      throw new HttpRefused('BAD_REQUEST', 'BODY_NOT_OBJECT');
    }
    const variables = objectOrNothing(body['variables'], 'variables');
    const extensions = objectOrNothing(body['extensions'], 'extensions');
    const { operationName = null } = body;
    if (operationName !== null && typeof operationName !== 'string') {
      throw new HttpRefused('BAD_REQUEST', 'OPERATION_NAME_NOT_TEXT');
    }
    const principal = await this.options.authenticate(request.headers.authorization);
    const named = this.persisted.find(body['query'], extensions);
    const prepared = this.executor.prepare(named.text, operationName || null);
    this.persisted.remember(named);
    requireModestEntities(prepared, principal);
    const { requestId, forward } = facts;
    const context = requestContext(factsOf({ principal, requestId, headers: forward }));
    const result = await this.executor.carryOut(prepared, variables, context, forward);
    return this.toAnswer(result, prepared, facts);
  }

  private toAnswer(result: ExecutionResult, { operation }: PreparedOperation, facts: IncomingFacts): Answer {
    const name = operation.name?.value ?? null;
    if (!result.errors) return { status: 200, body: result, operation: name, outcome: 'ok' };
    const errors = result.errors.map((error) => this.shown(error, facts));
    const isFault = errors.some(({ extensions }) => extensions?.['code'] === 'INTERNAL_SERVER_ERROR');
    return {
      status: result.data === undefined ? 400 : 200,
      body: { ...result, errors },
      operation: name,
      outcome: isFault ? 'fault' : 'errors',
    };
  }

  /** An error that was thrown on purpose has a code; any other is a fault, and what it tells stays in the log. */
  private shown(error: GraphQLError, facts: IncomingFacts): GraphQLFormattedError {
    const { code } = error.extensions;
    const path = error.path ? { path: error.path } : {};
    if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') {
      return { message: error.message, ...path, extensions: publicExtensions(error.extensions) };
    }
    this.logFault(rootCause(error), facts, error.path);
    return {
      message: maskedMessage(localeIn(facts)),
      ...path,
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  }

  private logFault(error: unknown, facts: IncomingFacts, path?: readonly (string | number)[]): void {
    const { requestId, traceId } = facts;
    this.options.logger.error(
      { requestId, traceId, path, fault: faultReport(error) },
      'a request met a fault',
    );
  }

  private failure(error: unknown, facts: IncomingFacts): Answer {
    const locale = localeIn(facts);
    const refused = authenticationRefused(error);
    if (refused instanceof HttpRefused) {
      const { code, headers, extensions } = refused;
      return errorAnswer(statuses[code] ?? 400, refused.sentence(locale), extensions, { headers });
    }
    if (error instanceof DocumentRefused) {
      const { code, message: detail } = error;
      return errorAnswer(400, locale === 'en' ? detail : message(code, { detail }, locale), { code });
    }
    this.logFault(error, facts);
    return errorAnswer(500, maskedMessage(locale), { code: 'INTERNAL_SERVER_ERROR' });
  }
}

/**
 * Answers a service's part of the graph over HTTP, for the gateway and for whoever else has the address: nobody
 * gets more here than through the gateway.
 * @throws Error if the port is taken
 */
export async function startSubgraphServer(options: SubgraphServerOptions): Promise<RunningSubgraphServer> {
  const { listener } = new SubgraphServer(options);
  const host = options.host ?? '127.0.0.1';
  const port = await listener.listen(options.port, host);
  return { url: `${originOf(host, port)}${graphPath}`, port, close: () => listener.close() };
}
