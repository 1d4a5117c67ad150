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

/** The name of a service's database and of the role that owns it. */
export function databaseOf(mode: Mode, service: string): string {
  return `anju_${mode}_${service}`;
}

interface Ground {
  readonly dataDir: string;
  readonly databaseUrl: (service: string) => Promise<string>;
}

async function settle<Running extends RunningPlatform>(
  { folder, postgres }: Servers,
  mode: Mode,
  start: (ground: Ground) => Promise<Running>,
  cpuMillis: (running: Running) => number | null,
): Promise<Platform & { readonly running: Running }> {
  const dataDir = join(folder, mode);
  mkdirSync(dataDir, { recursive: true });
  const running = await start({
    dataDir,
    databaseUrl: (service) => postgres.ensureDatabase(databaseOf(mode, service), databaseOf(mode, service)),
  });
  const close = (): Promise<void> => running.close();
  try {
    const teller = new StoryTeller(running, dataDir, () => undefined);
    const setting = await playSetting(teller);
    await running.settled();
    const databaseUrl = (service: string): string =>
      postgres.databaseUrl(databaseOf(mode, service), databaseOf(mode, service));
    return { mode, running, teller, setting, databaseUrl, cpuMillis: () => cpuMillis(running), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts the suite in this process as `npm start` does, on data of its own and the machine's clock. */
export function startEmbedded(servers: Servers): Promise<Platform> {
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
  return settle(servers, 'embedded', start, ownCpuMillis);
}

/**
 * Starts every service and the gateway as processes as `npm run start:distributed` does.
 * @param servers with brokers
 */
export function startProcesses(servers: Servers): Promise<PlatformOfProcesses> {
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
  return settle(servers, 'distributed', start, ({ processes }) => {
    const told = processes.filter(({ isReady }) => isReady).map(({ pid }) => cpuOf(pid!));
    return told.some((one) => one === null) ? null : told.reduce((sum, one) => sum + one!.usedMillis, 0);
  });
}
