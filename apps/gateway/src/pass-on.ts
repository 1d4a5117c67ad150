import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '@anju/commands';
import type { FilesHandler } from '@anju/files';
import { ClientGone } from '@anju/http';
import { traceHeaders } from '@anju/tracing';
import { isNetworkError } from './network-errors';
import type { Replica } from './replica';

/** What a service reads of an upload besides what goes on of every request. */
const requestHeaders = ['content-type', 'content-length', 'content-disposition', 'content-encoding'];
/** What is told of the connection between here and there is not told on. */
const answerHeaders = [
  'content-type',
  'content-length',
  'content-disposition',
  'content-security-policy',
  'cross-origin-resource-policy',
  'cache-control',
  'allow',
  'retry-after',
  'www-authenticate',
];
/** As long as anybody may take to send a file. */
const longestMillis = 600_000;

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of requestHeaders) {
    const value = headers[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

/** Of the request, which can still be answered when nobody takes its body. */
function bodyOf(request: IncomingMessage): Readable {
  return Readable.from(request.iterator({ destroyOnReturn: false }), { objectMode: false });
}

/**
 * Sends requests for files on to a service, and its answers back, without holding more of them than a piece. They
 * are sent once: what became of one that broke off shows when it is sent again.
 */
export function passOn<Principal>(choose: () => Promise<Replica>): FilesHandler<Principal> {
  return async ({ request, response, forward }) => {
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(new Error('took too long')), longestMillis);
    response.once('close', () => {
      clearTimeout(patience);
      if (!response.writableFinished) stop.abort(new ClientGone());
    });
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    try {
      const replica = await choose();
      const { statusCode, headers, body } = await replica.pass({
        method: request.method as 'GET',
        path: request.url ?? '/',
        headers: { ...forward, ...traceHeaders(), ...headersOf(request) },
        body: hasBody ? bodyOf(request) : null,
        signal: stop.signal,
      });
      for (const name of answerHeaders) {
        const value = headers[name];
        if (value !== undefined) response.setHeader(name, value);
      }
      response.writeHead(statusCode);
      await pipeline(body, response);
    } catch (error) {
      if (stop.signal.aborted) throw stop.signal.reason;
      if (request.readableAborted) throw new ClientGone();
      if (isNetworkError(error)) throw new Fault('UNAVAILABLE', 'the service cannot be reached', {});
      throw error;
    }
  };
}
