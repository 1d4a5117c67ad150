import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  dayOneBeginsAt,
  playSetting,
  StoryTeller,
  type RunningPlatform,
  type Setting,
} from '@anju/demonstration';
import { serviceNames, startDistributed, type RunningDistributed, type ServiceName } from '@anju/distributed';
import type * as Suite from '@anju/suite';
import type { Logger } from '@anju/outbox';
import { createTestDatabase, type TestDatabase } from '@anju/testing';
import { createTestTopics, sharedBroker, type TestBroker } from '@anju/testing-kafka';
import { preparedSetting, type PreparedSetting } from './prepared-setting';

/** The whole platform for a journey, with 锦绣花园 in it and a clock that is moved by hand. */
export interface Platform {
  readonly running: RunningPlatform;
  readonly teller: StoryTeller;
  readonly setting: Setting;
  /** Where the platform keeps its keys. */
  readonly dataDir: string;
  /** Every line of the log so far, debug lines too: level, sentence, fields. */
  logged(): string[];
  /** The setting played again, as after a start that was cut off: the same keys from the first command on. */
  replay(): Promise<{ readonly teller: StoryTeller; readonly setting: Setting }>;
  close(): Promise<void>;
}

/** Set by the project of Jest that runs the journeys on separate processes. */
export const isDistributed = process.env['ANJU_JOURNEY_MODE'] === 'distributed';

/** Where and in which time a journey's platform starts. */
export interface Ground {
  readonly dataDir: string;
  readonly databaseUrl: (service: string) => string;
  readonly startsAt: Date;
}

/** A running platform and its log. */
export interface Started {
  readonly running: RunningPlatform;
  readonly logged: () => string[];
}

async function startEmbedded({ dataDir, databaseUrl, startsAt }: Ground): Promise<Started> {
  const lines: string[] = [];
  const record = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const logger: Logger = {
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  };
  // Where there are processes it would be loaded in vain, which takes seconds.
  const { startSuite } = jest.requireActual<typeof Suite>('@anju/suite');
  const running = await startSuite({
    dataDir,
    port: 0,
    databaseUrl,
    clock: startsAt,
    clockInGraph: true,
    supergraphDir: resolve('infra/supergraph'),
    development: false,
    logger,
    tracesEndpoint: process.env['OTEL_EXPORTER_OTLP_ENDPOINT'],
  });
  return { running, logged: () => [...lines] };
}

const levels: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

/** The lines of a process's log, with the level in words and first, as in `Platform.logged`. */
function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      if (!line.startsWith('{')) return line;
      const { level, msg, ...fields } = JSON.parse(line) as { level: number; msg: string };
      return `${levels[level] ?? level} ${msg} ${JSON.stringify(fields)}`;
    });
}

/** How the processes of a journey differ from the usual. */
export interface ProcessOptions {
  readonly broker?: TestBroker;
  readonly replicas?: Partial<Readonly<Record<ServiceName, number>>>;
  readonly clockInGraph?: boolean;
}

async function startProcesses(
  { dataDir, databaseUrl, startsAt }: Ground,
  options: ProcessOptions = {},
): Promise<Started & { readonly running: RunningDistributed }> {
  execFileSync(process.execPath, ['tools/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const broker = options.broker ?? (await sharedBroker());
  await createTestTopics(broker);
  const logDir = join(dataDir, 'logs');
  const running = await startDistributed({
    dataDir,
    logDir,
    compiledDir: resolve('dist'),
    supergraphDir: resolve('infra/supergraph'),
    port: 0,
    databaseUrl,
    brokers: broker.brokers,
    topicPrefix: broker.topicPrefix,
    clock: startsAt,
    clockInGraph: options.clockInGraph ?? true,
    replicas: options.replicas ?? {},
    development: false,
    logLevel: 'debug',
    say: () => undefined,
    givenUp: (reason) => process.stderr.write(`${reason}\n`),
  });
  const logged = (): string[] => readdirSync(logDir).flatMap((name) => linesOf(join(logDir, name)));
  return { running, logged };
}

/** How a journey's platform differs from the usual. */
export interface PlatformOptions {
  /** Whether it plays the setting itself, for journeys of what processes tell of it. */
  readonly playsSetting?: boolean;
}

async function settle<Running extends Started>(
  startsAt: Date,
  kind: 'embedded' | 'distributed',
  start: (ground: Ground) => Promise<Running>,
  { playsSetting = false }: PlatformOptions = {},
): Promise<Platform & Running> {
  // What is played on an earlier day would have happened before.
  const prepared: PreparedSetting | null =
    playsSetting || startsAt < dayOneBeginsAt
      ? null
      : await preparedSetting(kind, kind === 'embedded' ? startEmbedded : startProcesses);
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-journey-'));
  const databases = new Map<string, TestDatabase>();
  let started: Running | undefined;
  const close = async (): Promise<void> => {
    await started?.running.close();
    await Promise.all([...databases.values()].map((database) => database.drop()));
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    prepared?.copyFiles(dataDir);
    for (const name of serviceNames) {
      const template = prepared?.templates.get(name);
      databases.set(name, await createTestDatabase(name, template === undefined ? {} : { template }));
    }
    started = await start({ dataDir, databaseUrl: (service) => databases.get(service)!.url, startsAt });
    const { running, logged } = started;
    const teller = (commandsTold?: number): StoryTeller =>
      new StoryTeller(running, dataDir, () => undefined, commandsTold);
    const replay = async (): Promise<{ teller: StoryTeller; setting: Setting }> => {
      const anew = teller();
      return { teller: anew, setting: await playSetting(anew) };
    };
    const played = prepared
      ? { teller: teller(prepared.commandsTold), setting: prepared.setting }
      : await replay();
    return {
      ...started,
      ...played,
      logged: () => [...(prepared?.logged ?? []), ...logged()],
      dataDir,
      replay,
      close,
    };
  } catch (error) {
    // Else the test run would wait for what nobody can close any more.
    await close();
    throw error;
  }
}

/**
 * The platform in the mode that this run of Jest is for.
 * @param startsAt where the clock stands; before day one, places and people are registered then
 */
export function startPlatform(startsAt: Date, options: PlatformOptions = {}): Promise<Platform> {
  return isDistributed
    ? settle<Started>(startsAt, 'distributed', startProcesses, options)
    : settle<Started>(startsAt, 'embedded', startEmbedded, options);
}

/** The platform as separate processes whichever the mode, for journeys of what happens to processes. */
export function startPlatformOfProcesses(
  startsAt: Date,
  options: ProcessOptions,
): Promise<Platform & { readonly running: RunningDistributed }> {
  return settle(startsAt, 'distributed', (ground) => startProcesses(ground, options));
}
