import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import pino from 'pino';
import { redact } from '@anju/access';
import { LogFile, dataFiles, npmStart, type LaunchedParts, type PlatformMode } from '@anju/demonstration';
import { services, startSuite, type RunningSuite } from './suite';

/** Of `anju.log`, which is kept twice: the one that grows and the one that is full. */
const logLimit = 5_000_000;

/**
 * Of the live heap, by how much it may grow before it is collected. V8 keeps what a heap has once grown to: while the
 * story is played it grows in small steps, which saves 50 MB for as long as the process runs, and takes the start a second
 * longer. For requests they would cost a quarter more CPU (bench/NOTES.md).
 */
const heapGrowth = (percent: number | 'left to V8'): void =>
  setFlagsFromString(`--heap-growing-percent=${percent === 'left to V8' ? 0 : percent}`);

async function start({
  settings,
  databaseUrl,
  startsAt,
  handedOver,
  say,
}: LaunchedParts): Promise<RunningSuite> {
  const { dataDir, port, clock, logLevel, tracesEndpoint } = settings;
  heapGrowth(10);
  // Not before the database is this process's own: another one may be writing there.
  const log = new LogFile(join(dataDir, dataFiles.log), logLimit, ({ message }) =>
    say(`The log cannot be written: ${message}`),
  );
  const logger = pino(
    {
      level: logLevel,
      base: null,
      formatters: { log: (fields) => redact(fields) as Record<string, unknown> },
    },
    log,
  );
  try {
    const suite = await startSuite({
      dataDir,
      port,
      databaseUrl,
      clock: startsAt,
      clockInGraph: clock !== null,
      clockMovable: handedOver,
      supergraphDir: resolve('infra/supergraph'),
      development: true,
      logger,
      tracesEndpoint,
      environment: process.env,
    });
    return { ...suite, close: () => suite.close().finally(() => log.close()) };
  } catch (error) {
    log.close();
    throw error;
  }
}

/** `npm start`: everything in this process. */
export const oneProcess: PlatformMode = {
  command: npmStart,
  services: services.map(({ name }) => name),
  logsOf: (dataDir) => join(dataDir, dataFiles.log),
  start,
  handedOver: () => heapGrowth('left to V8'),
};
