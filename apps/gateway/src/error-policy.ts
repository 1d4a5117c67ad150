import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { ClientGone, maskedMessage, publicExtensions } from '@anju/http';
import { message, type Locale, type RequestProblem } from '@anju/labels';
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
const clearer: readonly (readonly [start: string, problem: RequestProblem])[] = [
  ['Validation aborted.', 'VALIDATION_TOO_LONG'],
  ['GraphQL introspection is not allowed', 'INTROSPECTION_OFF'],
  ['This operation has been blocked as a potential Cross-Site Request Forgery', 'CROSS_SITE_REQUEST'],
];

/** The sentences for what the libraries find wrong, beside which their own is a detail; other codes are sentences. */
const ofLibraries: Readonly<Record<string, RequestProblem>> = { BAD_USER_INPUT: 'VARIABLE_NOT_USABLE' };

function shown(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

/**
 * An error that is not a service's in the language of the request. English stays as it was thrown, which is more
 * exact; other languages have the sentence of the labels.
 */
export function inWords(error: GraphQLFormattedError, locale: Locale): GraphQLFormattedError {
  const { reason, ...others } = error.extensions ?? {};
  const code = String(others['code']);
  const clearest = clearer.find(([start]) => error.message.startsWith(start))?.[1];
  if (locale === 'en' && clearest === undefined) return error;
  const problem = clearest ?? (typeof reason === 'string' ? reason : (ofLibraries[code] ?? code));
  // The sentence ends after the detail.
  const detail = error.message.replace(/\.$/, '');
  const sentence = message(problem, { ...others, detail }, locale);
  return sentence === problem ? error : { ...error, message: sentence };
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
        error: { message: maskedMessage('en'), ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } },
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
