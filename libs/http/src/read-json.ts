import type { IncomingMessage } from 'node:http';
import { ClientGone, HttpRefused, type HttpRefusalCode } from './http-refused';
import { isJsonInUtf8 } from './media-type';

function refused(
  code: HttpRefusalCode,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  details: Readonly<Record<string, unknown>> = {},
): HttpRefused {
  return new HttpRefused(code, message, headers, details);
}

function tooLarge(limit: number): HttpRefused {
  return refused(
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${limit} bytes; ask for less in one request, or send it in parts.`,
    { connection: 'close' },
    { limit },
  );
}

/**
 * Reads a body of limited size. What goes beyond is read and thrown away for a while, because a client that is
 * cut off in the middle of sending does not see the answer.
 */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const patience = limit * 4;
  if (Number(request.headers['content-length'] ?? 0) > patience) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size > patience) break;
    }
  } catch {
    throw new ClientGone();
  }
  if (size > limit) throw tooLarge(limit);
  return Buffer.concat(chunks, size);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON value in a request's body.
 * @param limit bytes
 * @throws HttpRefused if it is not JSON in UTF-8 or too large, ClientGone
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (!isJsonInUtf8(request.headers['content-type'])) {
    throw refused(
      'UNSUPPORTED_MEDIA_TYPE',
      'Send the request as JSON in UTF-8, with the header "content-type: application/json".',
      { 'accept-post': 'application/json; charset=utf-8' },
    );
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw refused('UNSUPPORTED_MEDIA_TYPE', 'Send the body as it is, without "content-encoding".', {
      'accept-encoding': 'identity',
    });
  }
  const bytes = await readBody(request, limit);
  try {
    return JSON.parse(strictUtf8.decode(bytes)) as unknown;
  } catch {
    throw refused('BAD_REQUEST', 'The body is not JSON in UTF-8.');
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws HttpRefused if it is neither an object nor nothing */
export function objectOrNothing(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw refused('BAD_REQUEST', `"${name}" has to be a JSON object or null.`);
}
