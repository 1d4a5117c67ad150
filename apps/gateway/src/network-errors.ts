import { types } from 'node:util';

/** Connecting failed: the service has seen nothing of the request, so that it may go to another address. */
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The connection broke while the service had the request. */
const broken = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const others = new Set([
  'ETIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'SERVICE_AWAY',
]);

/** Something before the service answered that it cannot be reached. */
export class ServiceAway extends Error {
  override readonly name = 'ServiceAway';
  readonly code = 'SERVICE_AWAY';
}

function hasCode(error: unknown, test: (code: string, error: Error) => boolean): boolean {
  if (!types.isNativeError(error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && test(code, error)) || hasCode(error.cause, test);
}

/** Whether nothing of the request was sent. */
export function wasNotSent(error: unknown): boolean {
  return hasCode(
    error,
    (code, { syscall }: Error & { syscall?: unknown }) => notConnected.has(code) || syscall === 'connect',
  );
}

export function isBrokenConnection(error: unknown): boolean {
  return !wasNotSent(error) && hasCode(error, (code) => broken.has(code));
}

/** Whether it is the way to the service that failed, not the service. */
export function isNetworkError(error: unknown): error is Error {
  return hasCode(error, (code) => notConnected.has(code) || broken.has(code) || others.has(code));
}
