import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { redact } from '@anju/access';
import { playSetting, StoryTeller, type RunningPlatform, type Setting } from '@anju/demonstration';
import { startDistributed, type RunningDistributed } from '@anju/distributed';
import { startSuite } from '@anju/suite';
import { cpuOf } from './processes';
import type { Servers } from './servers';

/** `embedded`: all in one process; `distributed`: every service and the gateway in a process of its own. */
export type Mode = 'embedded' | 'distributed';

/** A running platform with 锦绣花园 in it. */
export interface Platform {
  readonly mode: Mode;
  readonly running: RunningPlatform;
  readonly teller: StoryTeller;
  readonly setting: Setting;
  /** Name of a service's database. */
  database(service: string): string;
  /** Address of a service's database, as the service itself has it. */
  databaseUrl(service: string): string;
  /** CPU time of the platform's Node processes so far, in milliseconds; null where the machine does not tell. */
  cpuMillis(): number | null;
  close(): Promise<void>;
}

/** The platform as processes of their own. */
export interface PlatformOfProcesses extends Platform {
  readonly running: RunningDistributed;
}

/** What a platform stands on; both modes can stand on the same. */
export interface Place {
  /** Keys, accounts and logs. */
  readonly dataDir: string;
  /** The name of a service's database and of the role that owns it. */
  readonly database: (service: string) => string;
  /** Of what is there already; null where 锦绣花园 is to be registered first. */
  readonly setting: Setting | null;
}

/** A place that nobody else stands on. */
export function placeOf({ folder }: Pick<Servers, 'folder'>, name: string): Place {
  return { dataDir: join(folder, name), database: (service) => `anju_${name}_${service}`, setting: null };
}

interface Ground {
  readonly dataDir: string;
  readonly databaseUrl: (service: string) => Promise<string>;
}

async function settle<Running extends RunningPlatform>(
  { postgres }: Pick<Servers, 'postgres'>,
  mode: Mode,
  { dataDir, database, setting: known }: Place,
  start: (ground: Ground) => Promise<Running>,
  cpuMillis: (running: Running) => number | null,
): Promise<Platform & { readonly running: Running }> {
  mkdirSync(dataDir, { recursive: true });
  const running = await start({
    dataDir,
    databaseUrl: (service) => postgres.ensureDatabase(database(service), database(service)),
  });
  const close = (): Promise<void> => running.close();
  try {
    const teller = new StoryTeller(running, dataDir, () => undefined);
    const setting = known ?? (await playSetting(teller));
    await running.settled();
    return {
      mode,
      running,
      teller,
      setting,
      database,
      databaseUrl: (service) => postgres.databaseUrl(database(service), database(service)),
      cpuMillis: () => cpuMillis(running),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts the suite in this process as `npm start` does, on the machine's clock. @param place one of its own unless told */
export function startEmbedded(
  servers: Pick<Servers, 'folder' | 'postgres'>,
  place: Place = placeOf(servers, 'embedded'),
): Promise<Platform> {
  const start = ({ dataDir, databaseUrl }: Ground): Promise<RunningPlatform> =>
    startSuite({
      dataDir,
      port: 0,
      databaseUrl,
      clock: null,
      clockInGraph: false,
      supergraphDir: resolve('infra/supergraph'),
      development: true,
      logger: pino(
        { base: null, formatters: { log: (fields) => redact(fields) as Record<string, unknown> } },
        pino.destination({ dest: join(dataDir, 'anju.log'), sync: false }),
      ),
    });
  const ownCpuMillis = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  return settle(servers, 'embedded', place, start, ownCpuMillis);
}

/**
 * Starts every service and the gateway as processes as `npm run start:distributed` does.
 * @param servers with brokers
 * @param place one of its own unless told
 */
export function startProcesses(
  servers: Servers,
  place: Place = placeOf(servers, 'distributed'),
): Promise<PlatformOfProcesses> {
  const start = ({ dataDir, databaseUrl }: Ground): Promise<RunningDistributed> =>
    startDistributed({
      dataDir,
      logDir: join(dataDir, 'logs'),
      compiledDir: resolve('dist'),
      supergraphDir: resolve('infra/supergraph'),
      port: 0,
      databaseUrl,
      brokers: servers.brokers!.brokers,
      clock: null,
      clockInGraph: false,
      replicas: {},
      development: true,
      logLevel: 'info',
      say: () => undefined,
      givenUp: (reason) => process.stderr.write(`${reason}\n`),
    });
  return settle(servers, 'distributed', place, start, ({ processes }) => {
    const told = processes.filter(({ isReady }) => isReady).map(({ pid }) => cpuOf(pid!));
    return told.some((one) => one === null) ? null : told.reduce((sum, one) => sum + one!.usedMillis, 0);
  });
}
