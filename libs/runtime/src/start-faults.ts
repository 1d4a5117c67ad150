import { CannotRun } from '@anju/process';

/** What PostgreSQL answers to who cannot come in. */
const databaseRefusals: Readonly<Record<string, string>> = {
  '28P01': 'does not accept the password of DATABASE_URL',
  '28000': 'does not let in the role of DATABASE_URL',
  '3D000': 'has no such database',
  '42501': 'gives the role of DATABASE_URL no rights in it',
  '53300': 'has no connection left (max_connections)',
  '53100': 'has no room on its disk',
  '57P03': 'is just starting or ending',
  '57P01': 'has just been ended',
};

const networkTroubles = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
]);

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const nested = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const code = (error as NodeJS.ErrnoException).code;
  return [...(code === undefined ? [] : [code]), ...nested.flatMap(codesOf), ...codesOf(error.cause)];
}

/** A database's address for people: without the password. */
function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  return `${pathname.slice(1)} at ${hostname}:${port || '5432'} as ${username || 'nobody'}`;
}

/**
 * What kept a service from its database, as whoever runs it can mend it.
 * @returns the error itself where it is none of that kind
 */
export function databaseFault(error: unknown, databaseUrl: string): unknown {
  const codes = codesOf(error);
  const refusal = codes.map((code) => databaseRefusals[code]).find((text) => text !== undefined);
  const network = codes.find((code) => networkTroubles.has(code));
  const reason = refusal ?? (network === undefined ? null : `cannot be reached (${network})`);
  if (reason === null) return error;
  return new CannotRun(`PostgreSQL ${reason}: ${placeOf(databaseUrl)} (DATABASE_URL)`, { cause: error });
}

/**
 * Refuses a machine whose clock is not the database's.
 * @param aheadSeconds of the machine's clock; negative where it is behind
 * @throws CannotRun with the difference and what is tolerated
 */
export function requireSameClock(aheadSeconds: number, toleranceSeconds: number): void {
  const difference = Math.abs(aheadSeconds);
  if (difference <= toleranceSeconds) return;
  throw new CannotRun(
    `the clock of this machine is ${difference.toFixed(1)} s ${aheadSeconds > 0 ? 'ahead of' : 'behind'} ` +
      `the database's, and due times would fire at the wrong moment; set both by NTP ` +
      `(tolerated are ${toleranceSeconds} s, CLOCK_TOLERANCE_SECONDS)`,
  );
}

/** What kept a service from the brokers, as whoever runs it can mend it. */
export function brokerFault(error: unknown, brokers: readonly string[]): unknown {
  if (!(error instanceof Error)) return error;
  return new CannotRun(`Kafka cannot be used at ${brokers.join(', ')} (KAFKA_BROKERS): ${error.message}`, {
    cause: error,
  });
}
