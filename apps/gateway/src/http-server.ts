import type { IncomingMessage, ServerResponse } from 'node:http';
import { FilesEndpoint, filesPath, type AnsweredFileRequest } from '@anju/files';
import {
  HttpListener,
  StatusRoutes,
  addressTakesGet,
  sendRefusal,
  splitAddress,
  type Logger,
} from '@anju/http';
import { RequestRefused } from './error-codes';
import { Explorer, explorerPath } from './explorer';
import type { GatewayLimits, GatewayOptions } from './gateway-options';
import type { GraphqlEndpoint } from './graphql-endpoint';
import { prefersPage } from './media-type';
import type { GatewayMetrics } from './metrics';

export const graphPath = '/graphql';

const corsHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'content-type, content-disposition, authorization, accept-language, idempotency-key, x-request-id, traceparent, tracestate, apollo-require-preflight',
  'access-control-max-age': '600',
};

export interface HttpServerParts<Principal> {
  readonly endpoint: GraphqlEndpoint<Principal>;
  readonly metrics: GatewayMetrics;
  readonly limits: GatewayLimits;
  readonly options: Pick<
    GatewayOptions<Principal>,
    'authenticate' | 'development' | 'extraRoutes' | 'filesOf' | 'readiness' | 'corsOrigins' | 'logger'
  >;
}

/** One line for each, as for a request to the graph; no name and no id of a file. */
function logFileRequest(logger: Logger, answered: AnsweredFileRequest): void {
  // Lines have the name of the process as `service`.
  const { seconds, service: subgraph, ...fields } = answered;
  const line = { ...fields, subgraph, durationMs: Math.round(seconds * 10_000) / 10 };
  if (fields.outcome === 'unavailable') logger.warn(line, 'request for a file answered');
  else logger.info(line, 'request for a file answered');
}

function refuseAddress(request: IncomingMessage, response: ServerResponse): void {
  sendRefusal(request, response, 404, new RequestRefused('NOT_FOUND', 'ADDRESS_UNKNOWN'));
}

const originNotAllowed = new RequestRefused('ORIGIN_NOT_ALLOWED', 'ORIGIN_NOT_ALLOWED');

/** The gateway's addresses. */
export class HttpServer<Principal> {
  private readonly listener: HttpListener;
  private readonly status: StatusRoutes;
  private readonly files: FilesEndpoint<Principal>;
  private readonly explorer: Explorer | null;
  private readonly corsOrigins: ReadonlySet<string>;

  constructor(private readonly parts: HttpServerParts<Principal>) {
    const { limits, options, metrics } = parts;
    this.explorer = options.development ? new Explorer(graphPath) : null;
    this.corsOrigins = new Set(options.corsOrigins);
    this.status = new StatusRoutes({
      name: 'gateway',
      readiness: options.readiness,
      readinessMillis: limits.readinessMillis,
      metrics,
      logger: options.logger,
    });
    this.files = new FilesEndpoint({
      handlerOf: options.filesOf ?? (() => undefined),
      authenticate: options.authenticate,
      logger: options.logger,
      observe: (answered) => {
        metrics.files.answered(answered);
        logFileRequest(options.logger, answered);
      },
    });
    this.listener = new HttpListener(
      (request, response) => this.route(request, response),
      limits,
      options.logger,
      (path) => path.startsWith(filesPath),
    );
  }

  /** @throws Error saying so if the port is taken */
  listen(port: number, host: string): Promise<number> {
    return this.listener.listen(port, host);
  }

  /** Takes no more connections, answers what is under way, and cuts off what takes longer than it may. */
  close(): Promise<void> {
    return this.listener.close();
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path, search] = splitAddress(request);
    if (path === graphPath) return this.graph(request, response, search);
    if (path.startsWith(filesPath)) {
      if (!this.isAnsweredForPage(request, response)) await this.files.handle(request, response);
      return;
    }
    const extra = this.parts.options.extraRoutes;
    if (extra && Object.hasOwn(extra, path)) return extra[path]?.(request, response);
    if (await this.status.answer(path, request, response, this.listener.closing)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (path !== '/') return refuseAddress(request, response);
      return sendRefusal(request, response, 405, addressTakesGet(path));
    }
    if (this.explorer && path === '/') return this.explorer.sendPage(response);
    const isAsset = this.explorer && path.startsWith(explorerPath);
    if (!isAsset || !(await this.explorer.sendAsset(path, response))) refuseAddress(request, response);
  }

  private async graph(request: IncomingMessage, response: ServerResponse, search: string): Promise<void> {
    if (this.isAnsweredForPage(request, response)) return;
    if (this.explorer && request.method === 'GET' && search === '' && prefersPage(request.headers.accept)) {
      return this.explorer.sendPage(response);
    }
    return this.parts.endpoint.handle(request, response, search);
  }

  /** Lets pages of the origins that may use the graph read the answer; their question whether they may ends here. */
  private isAnsweredForPage(request: IncomingMessage, response: ServerResponse): boolean {
    const { origin } = request.headers;
    if (this.corsOrigins.size > 0) response.setHeader('vary', 'origin');
    const allowed = origin !== undefined && this.corsOrigins.has(origin);
    if (allowed) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'x-request-id, content-disposition, retry-after');
    }
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      if (allowed) response.writeHead(204, corsHeaders).end();
      else sendRefusal(request, response, 403, originNotAllowed);
      return true;
    }
    return false;
  }
}
