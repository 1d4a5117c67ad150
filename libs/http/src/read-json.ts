import type { IncomingMessage } from 'node:http';
import type { RequestProblem } from '@anju/labels';
import { ClientGone, HttpRefused, type HttpRefusalCode, type RefusalDetails } from './http-refused';
import { isJsonInUtf8 } from './media-type';

function refused(code: HttpRefusalCode, problem: RequestProblem, more?: RefusalDetails): HttpRefused {
  return new HttpRefused(code, problem, more);
}

function tooLarge(limit: number): HttpRefused {
  return refused('PAYLOAD_TOO_LARGE', 'BODY_TOO_LARGE', {
    details: { limit },
    headers: { connection: 'close' },
  });
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
    throw refused('UNSUPPORTED_MEDIA_TYPE', 'BODY_TYPE_NOT_JSON', {
      headers: { 'accept-post': 'application/json; charset=utf-8' },
    });
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw refused('UNSUPPORTED_MEDIA_TYPE', 'BODY_ENCODED', {
      headers: { 'accept-encoding': 'identity' },
    });
  }
  const bytes = await readBody(request, limit);
  try {
    return JSON.parse(strictUtf8.decode(bytes)) as unknown;
  } catch {
    throw refused('BAD_REQUEST', 'BODY_NOT_JSON');
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws HttpRefused if it is neither an object nor nothing */
export function objectOrNothing(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw refused('BAD_REQUEST', 'PARAMETER_NOT_OBJECT', { details: { name } });
}
