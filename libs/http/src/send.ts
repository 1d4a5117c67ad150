import type { ServerResponse } from 'node:http';

export function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, content: unknown): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(content)}\n`);
}

/** An answer with one error, as GraphQL shows errors, also from addresses outside the graph. */
export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}
