import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';

/** A request as a service over HTTP gets it. */
export interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: {
    readonly query?: string;
    readonly variables?: Record<string, unknown>;
    readonly operationName?: string;
    readonly extensions?: { persistedQuery?: { sha256Hash: string } };
  };
  readonly socket: Socket;
}

export interface RawService {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** Connections that were opened so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Received['body']> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text === '' ? '{}' : text) as Received['body'];
}

export function sendAnswer(response: ServerResponse, answer: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

/** A service whose every answer the test decides about. @param port 0 for any free one */
export async function startRawService(
  answer: (received: Received, response: ServerResponse, path: string) => void,
  port = 0,
): Promise<RawService> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer(
    (request, response) =>
      void bodyOf(request).then((body) => {
        const one = { headers: request.headers, body, socket: request.socket };
        if (request.method === 'POST') received.push(one);
        answer(one, response, request.url ?? '');
      }),
  );
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/graphql`,
    port: taken,
    received,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An address at which nobody listens. */
export async function unusedUrl(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/graphql`;
}
