interface DatabaseError {
  readonly code?: unknown;
  readonly routine?: unknown;
  readonly driverError?: DatabaseError;
}

/**
 * True where PostgreSQL refused what it had prepared: it is not there any more, or would answer otherwise since a table
 * was changed. The next time it is prepared anew, so that the same transaction done again can succeed.
 */
export function isOutdatedStatement(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { driverError, ...own } = error as DatabaseError;
  const { code, routine } = driverError ?? own;
  return code === '26000' || (code === '0A000' && routine === 'RevalidateCachedQuery');
}
