import type { IncomingMessage } from 'node:http';
import { PersistedQueryRefused, isObject, objectOrNothing, readJson } from '@anju/http';
import { RequestRefused } from './error-codes';

/** One operation as GraphQL over HTTP brings it, its parameters of the right kinds. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

function checked(parameters: Readonly<Record<string, unknown>>): GraphqlRequest {
  const { query, operationName } = parameters;
  const variables = objectOrNothing(parameters['variables'], 'variables');
  const extensions = objectOrNothing(parameters['extensions'], 'extensions');
  if ('persistedQuery' in extensions) {
    throw new PersistedQueryRefused('NOT_SUPPORTED');
  }
  if (typeof query !== 'string' || query.trim() === '') {
    throw new RequestRefused('BAD_REQUEST', 'QUERY_MISSING');
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw new RequestRefused('BAD_REQUEST', 'OPERATION_NAME_NOT_TEXT');
  }
  return { query, operationName: operationName || null, variables, extensions };
}

/**
 * The GraphQL request in a POST's body.
 * @param limit bytes
 * @throws HttpRefused, ClientGone
 */
export async function readPost(request: IncomingMessage, limit: number): Promise<GraphqlRequest> {
  const body = await readJson(request, limit);
  if (Array.isArray(body)) {
    throw new RequestRefused('BATCHING_NOT_SUPPORTED', 'BATCHING_NOT_SUPPORTED');
  }
  if (!isObject(body)) {
    throw new RequestRefused('BAD_REQUEST', 'BODY_NOT_OBJECT');
  }
  return checked(body);
}

function jsonParameter(parameters: URLSearchParams, name: string): unknown {
  const text = parameters.get(name);
  if (text === null || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRefused('BAD_REQUEST', 'ADDRESS_PARAMETER_NOT_JSON', { details: { name } });
  }
}

/**
 * The GraphQL request in a GET's parameters.
 * @throws RequestRefused
 */
export function readGet(parameters: URLSearchParams): GraphqlRequest {
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
    if (parameters.getAll(name).length > 1) {
      throw new RequestRefused('BAD_REQUEST', 'ADDRESS_PARAMETER_REPEATED', { details: { name } });
    }
  }
  return checked({
    query: parameters.get('query') ?? undefined,
    operationName: parameters.get('operationName'),
    variables: jsonParameter(parameters, 'variables'),
    extensions: jsonParameter(parameters, 'extensions'),
  });
}
