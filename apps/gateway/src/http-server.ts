import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { GatewayErrorCode } from './error-codes';
import { gatewayErrors } from './error-codes';
import { Explorer, explorerPath } from './explorer';
import { faultReport } from './fault-report';
import type { GatewayLimits, GatewayOptions, Readiness } from './gateway-options';
import type { GraphqlEndpoint } from './graphql-endpoint';
import { prefersPage } from './media-type';
import type { GatewayMetrics } from './metrics';

export const graphPath = '/graphql';

/** For every answer; the explorer's page sets a policy of its own. */
const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

const corsHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'content-type, authorization, accept-language, idempotency-key, x-request-id, traceparent, tracestate, apollo-require-preflight',
  'access-control-max-age': '600',
};

export interface HttpServerParts<Principal> {
  readonly endpoint: GraphqlEndpoint<Principal>;
  readonly metrics: GatewayMetrics;
  readonly limits: GatewayLimits;
  readonly options: Pick<
    GatewayOptions<Principal>,
    'development' | 'extraRoutes' | 'readiness' | 'corsOrigins' | 'logger'
  >;
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function sendJson(response: ServerResponse, status: number, content: unknown): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(content)}\n`);
}

function sendError(response: ServerResponse, code: GatewayErrorCode, message: string): void {
  sendJson(response, gatewayErrors[code].status, { errors: [{ message, extensions: { code } }] });
}

/** The gateway's addresses, on a plain Node server. */
export class HttpServer<Principal> {
  private readonly server: Server;
  private readonly explorer: Explorer | null;
  private readonly corsOrigins: ReadonlySet<string>;
  private readonly open = new Set<ServerResponse>();
  private closing: Promise<void> | undefined;

  constructor(private readonly parts: HttpServerParts<Principal>) {
    const { limits, options } = parts;
    this.explorer = options.development ? new Explorer(graphPath) : null;
    this.corsOrigins = new Set(options.corsOrigins);
    this.server = createServer(
      {
        headersTimeout: limits.headersMillis,
        requestTimeout: limits.receiveMillis,
        keepAliveTimeout: limits.keepAliveMillis,
        connectionsCheckingInterval: Math.min(1_000, limits.headersMillis),
      },
      (request, response) => void this.respond(request, response),
    );
    this.server.on('clientError', refuseBrokenRequest);
  }

  /** @throws Error saying so if the port is taken */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => {
        reject(
          error.code === 'EADDRINUSE'
            ? Object.assign(
                new Error(`port ${port} on ${host} is taken: end what uses it, or choose another port`),
                { code: 'EADDRINUSE' },
              )
            : error,
        );
      });
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Takes no more connections, answers what is under way, and cuts off what takes longer than it may. */
  close(): Promise<void> {
    this.closing ??= new Promise((resolve) => {
      const patience = setTimeout(() => this.server.closeAllConnections(), this.parts.limits.drainMillis);
      this.server.close(() => {
        clearTimeout(patience);
        resolve();
      });
      this.server.closeIdleConnections();
      for (const response of this.open) response.shouldKeepAlive = false;
    });
    return this.closing;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      this.open.add(response);
      response.once('close', () => this.open.delete(response));
      if (this.closing) response.shouldKeepAlive = false;
      await this.route(request, response);
    } catch (error) {
      this.parts.options.logger.error(
        { fault: faultReport(error) },
        'an address outside the graph met a fault',
      );
      if (response.headersSent) response.destroy();
      else sendError(response, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', search = ''] = splitOnce(request.url ?? '/', '?');
    if (path === graphPath) return this.graph(request, response, search);
    const extra = this.parts.options.extraRoutes;
    if (extra && Object.hasOwn(extra, path)) return extra[path]?.(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (['/', '/health', '/ready', '/metrics'].includes(path)) {
        response.setHeader('allow', 'GET, HEAD');
        return sendError(
          response,
          'METHOD_NOT_ALLOWED',
          `${path} takes GET only; the graph is at ${graphPath}.`,
        );
      }
      return sendNothingHere(response);
    }
    switch (path) {
      case '/health':
        return sendJson(response, 200, { status: 'alive' });
      case '/ready':
        return this.sendReadiness(response);
      case '/metrics':
        return send(response, 200, this.parts.metrics.contentType, await this.parts.metrics.text());
      case '/':
        return this.explorer ? this.explorer.sendPage(response) : sendNothingHere(response);
    }
    const isAsset = this.explorer && path.startsWith(explorerPath);
    if (!isAsset || !(await this.explorer.sendAsset(path, response))) sendNothingHere(response);
  }

  private async graph(request: IncomingMessage, response: ServerResponse, search: string): Promise<void> {
    const { origin } = request.headers;
    if (this.corsOrigins.size > 0) response.setHeader('vary', 'origin');
    const allowed = origin !== undefined && this.corsOrigins.has(origin);
    if (allowed) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'x-request-id');
    }
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      if (!allowed) {
        return sendError(response, 'ORIGIN_NOT_ALLOWED', 'Pages of this origin may not use the graph.');
      }
      response.writeHead(204, corsHeaders).end();
      return;
    }
    if (this.explorer && request.method === 'GET' && search === '' && prefersPage(request.headers.accept)) {
      return this.explorer.sendPage(response);
    }
    return this.parts.endpoint.handle(request, response, search);
  }

  private async sendReadiness(response: ServerResponse): Promise<void> {
    const { ready, details } = this.closing
      ? { ready: false, details: { gateway: 'closing' } }
      : await this.readiness();
    sendJson(response, ready ? 200 : 503, { ready, details });
  }

  private async readiness(): Promise<Readiness> {
    const { limits, options } = this.parts;
    let patience: NodeJS.Timeout | undefined;
    const tooSlow = new Promise<Readiness>((resolve) => {
      patience = setTimeout(
        () => resolve({ ready: false, details: { gateway: 'no answer in time' } }),
        limits.readinessMillis,
      );
    });
    try {
      return await Promise.race([options.readiness(), tooSlow]);
    } catch (error) {
      options.logger.warn({ fault: faultReport(error) }, 'readiness cannot be told');
      return { ready: false, details: { gateway: 'cannot be told' } };
    } finally {
      clearTimeout(patience);
    }
  }
}

function sendNothingHere(response: ServerResponse): void {
  sendError(response, 'NOT_FOUND', `There is nothing at this address; the graph is at ${graphPath}.`);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const brokenRequests: Readonly<Record<string, readonly [status: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time; send it faster.'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The headers or the address are too long; send long queries by POST.',
  ],
};

/** Node could not read the request: there is no response object, only the connection. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET' || (socket as Socket).bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const [status, message] = brokenRequests[error.code ?? ''] ?? [
    '400 Bad Request',
    'This is not an HTTP request that can be read.',
  ];
  const body = `${JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
