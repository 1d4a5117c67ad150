/** What can be wrong with a request before anybody looks at its content. */
export type HttpRefusalCode = 'BAD_REQUEST' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE';

/** A request that is not carried out; ends in an answer with one error. */
export class HttpRefused extends Error {
  override readonly name: string = 'HttpRefused';

  /**
   * @param message what is wrong and what would be right; shown to the client
   * @param headers further headers of the answer, lower case
   * @param details further extensions of the error
   */
  constructor(
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The client hung up before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}
