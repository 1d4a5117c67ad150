import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { ClientGone, maskedMessage, publicExtensions } from '@anju/http';
import { isGatewayErrorCode, serviceErrorCodes } from './error-codes';

/** Long enough for every problem of an input; an answer is not the place for the ten thousand letters of a name. */
const longestMessage = 1_000;
/** What an answer says about an error, and the error itself if it is one for the log. */
export interface ShownError {
  readonly error: GraphQLFormattedError;
  /** Undefined for what the client can act on. */
  readonly fault: unknown;
}

/** Messages of the libraries that do not say what would be right, by how they begin. */
const clearerMessages: readonly (readonly [start: string, clearer: string])[] = [
  [
    'Validation aborted.',
    'The query asks for the same fields too often to be checked; ask for each once on its level.',
  ],
  [
    'GraphQL introspection is not allowed',
    'This graph does not tell its schema; read it in its documentation.',
  ],
];

function shown(message: string): string {
  const text = clearerMessages.find(([start]) => message.startsWith(start))?.[1] ?? message;
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

/** Where a whole fetch failed, the gateway's path goes on into its own query: `@` for any row, `_entities`. */
function pathForClients(path: readonly (string | number)[]): readonly (string | number)[] {
  const end = path.findIndex((step) => step === '@' || step === '_entities');
  return end < 0 ? path : path.slice(0, end);
}

/** The error at the bottom: what was thrown before anybody wrapped it. */
export function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

/**
 * Decides what a client sees of an error. A code that is meant for clients passes with its message and data;
 * everything else becomes INTERNAL_SERVER_ERROR with a message that tells nothing.
 */
export class ErrorPolicy {
  private readonly fromServices: ReadonlySet<string>;

  /** @param furtherCodes codes that services throw on purpose, beyond `serviceErrorCodes` */
  constructor(furtherCodes: readonly string[] = []) {
    // What the gateway says of a request it never says of one that it made itself: a service that cannot
    // parse or validate the gateway's query shows a fault of ours.
    this.fromServices = new Set<string>([...serviceErrorCodes, 'REQUEST_TIMEOUT', ...furtherCodes]);
  }

  /** @param formatted the error as Apollo would show it */
  shown(formatted: GraphQLFormattedError, error: unknown): ShownError {
    const code = formatted.extensions?.['code'];
    const ofService = formatted.extensions?.['serviceName'] !== undefined;
    const isPublic =
      typeof code === 'string' &&
      code !== 'INTERNAL_SERVER_ERROR' &&
      (this.fromServices.has(code) || (!ofService && isGatewayErrorCode(code)));
    const place = formatted.path ? { path: pathForClients(formatted.path) } : {};
    if (!isPublic) {
      return {
        error: { message: maskedMessage, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } },
        fault: error,
      };
    }
    return {
      error: {
        message: shown(formatted.message),
        // Places in a query that the gateway wrote for a service mean nothing to the client.
        ...(formatted.locations && !ofService ? { locations: formatted.locations } : {}),
        ...place,
        extensions: publicExtensions(formatted.extensions ?? {}),
      },
      fault: undefined,
    };
  }
}

/** Whether there is nobody left to answer. */
export function isClientGone(error: unknown): boolean {
  return rootCause(error) instanceof ClientGone;
}
