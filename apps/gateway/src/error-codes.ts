import type { FaultCode } from '@anju/commands';
import { HttpRefused, type HttpRefusalCode, type RefusalDetails } from '@anju/http';
import type { RequestProblem } from '@anju/labels';

interface ErrorCode {
  /** HTTP status of an answer that has no data because of it. */
  readonly status: number;
  /**
   * The HTTP request itself was in order and its GraphQL content was not. GraphQL over HTTP wants status 200 for
   * these where the client reads `application/json`, and `status` where it reads
   * `application/graphql-response+json`.
   */
  readonly wellFormed: boolean;
  readonly meaning: string;
}

const refusesRequest = (status: number, meaning: string): ErrorCode => ({
  status,
  wellFormed: false,
  meaning,
});
const refusesContent = (meaning: string): ErrorCode => ({ status: 400, wellFormed: true, meaning });

/** Every code that the gateway itself gives, for `docs/errors.md` and for clients. */
export const gatewayErrors = {
  BAD_REQUEST: refusesRequest(400, 'The HTTP request is not a GraphQL request.'),
  BATCHING_NOT_SUPPORTED: refusesRequest(400, 'Several operations came in one request.'),
  UNAUTHENTICATED: refusesRequest(401, 'The bearer token is not valid.'),
  NOT_FOUND: refusesRequest(404, 'There is nothing at this address.'),
  METHOD_NOT_ALLOWED: refusesRequest(405, 'The HTTP method does not fit the address or the operation.'),
  NOT_ACCEPTABLE: refusesRequest(406, 'The client accepts none of the media types of a GraphQL answer.'),
  PAYLOAD_TOO_LARGE: refusesRequest(413, 'The body is larger than the gateway takes.'),
  UNSUPPORTED_MEDIA_TYPE: refusesRequest(415, 'The body is not JSON in UTF-8.'),
  ORIGIN_NOT_ALLOWED: refusesRequest(403, 'A page of this origin may not use the graph.'),
  INTERNAL_SERVER_ERROR: refusesRequest(500, 'A fault of ours; the log has it under the request id.'),
  UNAVAILABLE: refusesRequest(503, 'A service cannot be reached at the moment.'),
  REQUEST_TIMEOUT: refusesRequest(504, 'The answer was not complete in time.'),
  GRAPHQL_PARSE_FAILED: refusesContent('The query is not GraphQL.'),
  GRAPHQL_VALIDATION_FAILED: refusesContent('The query does not fit the schema.'),
  BAD_USER_INPUT: refusesContent('A variable or argument has a value that it cannot take.'),
  OPERATION_RESOLUTION_FAILURE: refusesContent('It is not clear which operation is meant.'),
  PERSISTED_QUERY_NOT_SUPPORTED: refusesContent('Persisted queries are off: send the query.'),
  QUERY_TOO_LONG: refusesContent('The query has too many characters or tokens.'),
  QUERY_TOO_DEEP: refusesContent('The query is nested too deeply.'),
  TOO_MANY_FIELDS: refusesContent('The query asks for too many fields, on one level or altogether.'),
  TOO_MANY_ENTRIES: refusesContent(
    'The operation asks for pages inside pages, for more entries than it may.',
  ),
  TOO_MANY_ROOT_FIELDS: refusesContent('The operation has too many fields on its first level.'),
  TOO_MANY_ALIASES: refusesContent('The query has too many aliases, altogether or of one field.'),
  TOO_MANY_DIRECTIVES: refusesContent('The query has too many directives.'),
  RESERVED_NAME: refusesContent('An alias or variable has a name that the gateway uses itself.'),
  SUBSCRIPTIONS_NOT_SUPPORTED: refusesContent('The operation is a subscription.'),
  FRAGMENT_CYCLE: refusesContent('A fragment contains itself.'),
  LITERAL_TOO_LONG: refusesContent('A text inside the query is too long: it belongs into a variable.'),
  VARIABLES_TOO_DEEP: refusesContent('The variables are nested too deeply.'),
} as const satisfies Record<HttpRefusalCode, ErrorCode> & Record<string, ErrorCode>;

export type GatewayErrorCode = keyof typeof gatewayErrors;

const faultCodes = {
  UNAUTHENTICATED: true,
  FORBIDDEN: true,
  NOT_FOUND: true,
  CONFLICT: true,
  BAD_USER_INPUT: true,
  IDEMPOTENCY_KEY_REUSED: true,
  UNAVAILABLE: true,
} as const satisfies Record<FaultCode, true>;

/** The codes that services throw on purpose; an error of theirs with any other code is a fault and is masked. */
export const serviceErrorCodes = Object.keys(faultCodes) as readonly FaultCode[];

export function isGatewayErrorCode(code: unknown): code is GatewayErrorCode {
  return typeof code === 'string' && Object.hasOwn(gatewayErrors, code);
}

/** A request that the gateway does not carry out; ends in an answer with one error. */
export class RequestRefused extends HttpRefused {
  override readonly name = 'RequestRefused';

  constructor(
    override readonly code: GatewayErrorCode,
    problem: RequestProblem,
    more?: RefusalDetails,
  ) {
    super(code, problem, more);
  }
}
