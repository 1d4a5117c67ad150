import type { IncomingMessage } from 'node:http';
import { RequestRefused } from './error-codes';
import { isJsonInUtf8 } from './media-type';

/** One operation as GraphQL over HTTP brings it, its parameters of the right kinds. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** The client hung up before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

function tooLarge(limit: number): RequestRefused {
  return new RequestRefused(
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOrNothing(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw new RequestRefused('BAD_REQUEST', `"${name}" has to be a JSON object or null.`);
}

function checked(parameters: Readonly<Record<string, unknown>>): GraphqlRequest {
  const { query, operationName } = parameters;
  const variables = objectOrNothing(parameters['variables'], 'variables');
  const extensions = objectOrNothing(parameters['extensions'], 'extensions');
  if ('persistedQuery' in extensions) {
    // The message is what client libraries look for before they send the query itself.
    throw new RequestRefused('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  }
  if (typeof query !== 'string' || query.trim() === '') {
    throw new RequestRefused('BAD_REQUEST', '"query" has to be a text with a GraphQL operation.');
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw new RequestRefused('BAD_REQUEST', '"operationName" has to be a text or null.');
  }
  return { query, operationName: operationName || null, variables, extensions };
}

/**
 * The GraphQL request in a POST's body.
 * @param limit bytes
 * @throws RequestRefused, ClientGone
 */
export async function readPost(request: IncomingMessage, limit: number): Promise<GraphqlRequest> {
  if (!isJsonInUtf8(request.headers['content-type'])) {
    throw new RequestRefused(
      'UNSUPPORTED_MEDIA_TYPE',
      'Send the request as JSON in UTF-8, with the header "content-type: application/json".',
      { 'accept-post': 'application/json; charset=utf-8' },
    );
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new RequestRefused(
      'UNSUPPORTED_MEDIA_TYPE',
      'Send the body as it is, without "content-encoding".',
      {
        'accept-encoding': 'identity',
      },
    );
  }
  const bytes = await readBody(request, limit);
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RequestRefused('BAD_REQUEST', 'The body is not JSON in UTF-8.');
  }
  if (Array.isArray(body)) {
    throw new RequestRefused('BATCHING_NOT_SUPPORTED', 'Send one operation per request, not a list.');
  }
  if (!isObject(body)) {
    throw new RequestRefused('BAD_REQUEST', 'The body has to be a JSON object with a "query".');
  }
  return checked(body);
}

function jsonParameter(parameters: URLSearchParams, name: string): unknown {
  const text = parameters.get(name);
  if (text === null || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRefused('BAD_REQUEST', `The parameter "${name}" is not JSON.`);
  }
}

/**
 * The GraphQL request in a GET's parameters.
 * @throws RequestRefused
 */
export function readGet(parameters: URLSearchParams): GraphqlRequest {
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
    if (parameters.getAll(name).length > 1) {
      throw new RequestRefused('BAD_REQUEST', `The parameter "${name}" may be given once.`);
    }
  }
  return checked({
    query: parameters.get('query') ?? undefined,
    operationName: parameters.get('operationName'),
    variables: jsonParameter(parameters, 'variables'),
    extensions: jsonParameter(parameters, 'extensions'),
  });
}
