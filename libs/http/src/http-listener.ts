import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { faultReport } from '@anju/access';
import { defaultLocale, type RequestProblem } from '@anju/labels';
import type { Logger } from './logger';
import { HttpRefused } from './http-refused';
import { localeOf, sendRefusal } from './send';

export type RouteHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface ListenerLimits {
  /** For a client to send its headers, and to send the whole request. */
  readonly headersMillis: number;
  readonly receiveMillis: number;
  /** For requests to the addresses that `takesLong` names; by default as for all. */
  readonly receiveLongMillis?: number;
  readonly keepAliveMillis: number;
  /** For the answers under way when the listener closes. */
  readonly drainMillis: number;
}

/** For every answer; a page may set a policy of its own. */
const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

const fault = new HttpRefused('INTERNAL_SERVER_ERROR', 'INTERNAL_SERVER_ERROR');

/** A plain Node server that keeps its limits, answers faults without telling them, and closes without loss. */
export class HttpListener {
  private readonly server: Server;
  private readonly open = new Set<ServerResponse>();
  private ending: Promise<void> | undefined;

  constructor(
    private readonly route: RouteHandler,
    private readonly limits: ListenerLimits,
    private readonly logger: Logger,
    /** Whether what is sent to this path may be so large that it takes its time. */
    private readonly takesLong: (path: string) => boolean = () => false,
  ) {
    this.server = createServer(
      {
        headersTimeout: limits.headersMillis,
        requestTimeout: Math.max(limits.receiveMillis, limits.receiveLongMillis ?? 0),
        keepAliveTimeout: limits.keepAliveMillis,
        connectionsCheckingInterval: Math.min(1_000, limits.headersMillis),
      },
      (request, response) => void this.respond(request, response),
    );
    this.server.on('clientError', (error, socket) => refuseBrokenRequest(error, socket));
  }

  get closing(): boolean {
    return this.ending !== undefined;
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
    this.ending ??= new Promise((resolve) => {
      const patience = setTimeout(() => this.server.closeAllConnections(), this.limits.drainMillis);
      this.server.close(() => {
        clearTimeout(patience);
        resolve();
      });
      this.server.closeIdleConnections();
      for (const response of this.open) response.shouldKeepAlive = false;
    });
    return this.ending;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      this.open.add(response);
      response.once('close', () => this.open.delete(response));
      if (this.closing) response.shouldKeepAlive = false;
      this.expectInTime(request, response);
      await this.route(request, response);
    } catch (error) {
      this.logger.error({ fault: faultReport(error) }, 'an address outside the graph met a fault');
      if (response.headersSent) response.destroy();
      else sendRefusal(request, response, 500, fault);
    }
  }

  /** Node has one limit for all requests: that of those that take long. */
  private expectInTime(request: IncomingMessage, response: ServerResponse): void {
    const { receiveMillis, receiveLongMillis } = this.limits;
    const isShort = receiveLongMillis !== undefined && receiveLongMillis > receiveMillis;
    if (!isShort || request.complete || this.takesLong(splitAddress(request)[0])) return;
    const patience = setTimeout(() => {
      if (request.complete) return;
      const late = Object.assign(new Error('the request did not arrive in time'), {
        code: 'ERR_HTTP_REQUEST_TIMEOUT',
      });
      refuseBrokenRequest(late, request.socket, localeOf(request));
    }, receiveMillis);
    const end = (): void => clearTimeout(patience);
    request.once('end', end);
    response.once('close', end);
  }
}

/** How a listener is reached from elsewhere on the machine. */
export function originOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

/** The path of a request's address and its parameters, without the question mark. */
export function splitAddress(request: IncomingMessage): [path: string, search: string] {
  const address = request.url ?? '/';
  const at = address.indexOf('?');
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}

const brokenRequests: Readonly<Record<string, readonly [status: string, problem: RequestProblem]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'REQUEST_TOO_SLOW'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'HEADERS_TOO_LONG'],
};

/**
 * Node could not read the request: there is no response object, only the connection.
 * @param locale the default where the headers were not read
 */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex, locale = defaultLocale): void {
  if (!socket.writable || error.code === 'ECONNRESET' || (socket as Socket).bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const [status, problem] = brokenRequests[error.code ?? ''] ?? ['400 Bad Request', 'REQUEST_NOT_HTTP'];
  const refused = new HttpRefused('BAD_REQUEST', problem);
  const { extensions } = refused;
  const body = `${JSON.stringify({ errors: [{ message: refused.sentence(locale), extensions }] })}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
