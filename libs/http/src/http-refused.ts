import { message, type Locale, type RequestProblem } from '@anju/labels';

/** What can be wrong with a request before anybody looks at its content. */
export type HttpRefusalCode = 'BAD_REQUEST' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE';

/** What makes a refusal's sentence and is told beside it. */
export interface RefusalDetails {
  /** Further extensions of the error; the sentence is filled from them. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Further headers of the answer, lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is not carried out; ends in an answer with one error. */
export class HttpRefused extends Error {
  override readonly name: string = 'HttpRefused';
  readonly headers: Readonly<Record<string, string>>;
  private readonly details: Readonly<Record<string, unknown>>;

  /** @param problem what is wrong and what would be right: the sentence of the labels that is shown to the client */
  constructor(
    readonly code: string,
    readonly problem: RequestProblem,
    { details = {}, headers = {} }: RefusalDetails = {},
  ) {
    super(message(problem, details, 'en'));
    this.details = details;
    this.headers = headers;
  }

  /** The sentence in a client's language. */
  sentence(locale: Locale): string {
    return message(this.problem, this.details, locale);
  }

  /** What the client is told beside the sentence: the problem as `reason` where it says more than the code. */
  get extensions(): Readonly<Record<string, unknown>> {
    const { code, problem, details } = this;
    return { ...details, ...(problem === code ? {} : { reason: problem }), code };
  }
}

/**
 * A query that was to be known already. Its message is the same in every language: client libraries look for it
 * before they send the query itself.
 */
export class PersistedQueryRefused extends HttpRefused {
  constructor(private readonly what: 'NOT_FOUND' | 'NOT_SUPPORTED') {
    super(`PERSISTED_QUERY_${what}`, 'QUERY_MISSING');
  }

  override sentence(): string {
    return this.what === 'NOT_FOUND' ? 'PersistedQueryNotFound' : 'PersistedQueryNotSupported';
  }

  override get extensions(): Readonly<Record<string, unknown>> {
    return { code: this.code };
  }
}

/** The client hung up before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}
