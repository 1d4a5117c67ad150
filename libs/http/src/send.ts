import type { IncomingMessage, ServerResponse } from 'node:http';
import { negotiateLocale, type Locale } from '@anju/labels';
import type { HttpRefused } from './http-refused';

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
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  refused: HttpRefused,
): void {
  for (const [name, value] of Object.entries(refused.headers)) response.setHeader(name, value);
  const message = refused.sentence(localeOf(request));
  sendJson(response, status, { errors: [{ message, extensions: refused.extensions }] });
}

/** In which language a request is answered. */
export function localeOf({ headers }: IncomingMessage): Locale {
  return negotiateLocale(headers['accept-language']);
}
