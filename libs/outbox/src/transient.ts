import { isOutdatedStatement } from '@anju/database';

/** SQLSTATE classes that pass by themselves: connection, resources, shutdown; and lost races. */
const transientStates = /^(08|53|57P|40001|40P01|55P03)/;
const transientSystemErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const found = driverError?.code ?? code;
  return typeof found === 'string' ? found : '';
}

/** True where trying again later can help and nothing is wrong with the input. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  if (transientStates.test(code) || transientSystemErrors.has(code) || isOutdatedStatement(error))
    return true;
  return (
    error instanceof Error &&
    /Connection terminated|Client has encountered a connection error/.test(error.message)
  );
}

/**
 * True where two transactions got in each other's way and one was rolled back by PostgreSQL, or a table was changed
 * under what a connection had prepared: the same done again can succeed at once.
 */
export function isLostRace(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error)) || isOutdatedStatement(error);
}
