import { KeySetUnavailableError, TokenError } from '@anju/access';
import { HttpRefused } from './http-refused';

/**
 * What is answered to a request whose token was not taken.
 * @returns the error itself where it is none of these
 */
export function authenticationRefused(error: unknown): unknown {
  if (error instanceof TokenError) {
    return new HttpRefused('UNAUTHENTICATED', error.code, {
      details: { detail: error.message },
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    });
  }
  if (error instanceof KeySetUnavailableError) {
    return new HttpRefused('UNAVAILABLE', 'TOKENS_NOT_CHECKABLE', { headers: { 'retry-after': '5' } });
  }
  return error;
}
