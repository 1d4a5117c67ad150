import { join, resolve } from 'node:path';
import pino from 'pino';
import { redact } from '@anju/access';
import { removeEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from '@anju/postgres';
import { StoryTeller, playSetting, type Setting } from '@anju/demonstration';
import { startSuite, type RunningSuite } from '@anju/suite';
import { temporaryFolder } from './temporary-folder';

/** The suite in this process, with 锦绣花园 in it. */
export interface Platform {
  readonly suite: RunningSuite;
  readonly teller: StoryTeller;
  readonly setting: Setting;
  /** Address of a service's database, as the service itself has it. */
  databaseUrl(service: string): string;
  close(): Promise<void>;
}

/** The name of a service's database and of the role that owns it. */
export function databaseOf(service: string): string {
  return `anju_${service}`;
}

/** Starts PostgreSQL and the suite as `npm start` does, on data of their own and the machine's clock. */
export async function startPlatform(): Promise<Platform> {
  const { path: dataDir, remove } = temporaryFolder();
  const database = join(dataDir, 'postgres');
  const logger = pino(
    { base: null, formatters: { log: (fields) => redact(fields) as Record<string, unknown> } },
    pino.destination({ dest: join(dataDir, 'anju.log'), sync: false }),
  );
  let postgres: EmbeddedPostgres | undefined;
  let suite: RunningSuite | undefined;
  const close = async (): Promise<void> => {
    await suite?.close();
    await postgres?.stop();
    await removeEmbeddedPostgres(database);
    remove();
  };
  try {
    // PostgreSQL itself tells when each transaction was committed: nothing has to watch it from outside.
    const running = await startEmbeddedPostgres({
      dataDir: database,
      settings: { track_commit_timestamp: 'on' },
    });
    postgres = running;
    suite = await startSuite({
      dataDir,
      port: 0,
      databaseUrl: (service) => running.ensureDatabase(databaseOf(service), databaseOf(service)),
      clock: null,
      clockInGraph: false,
      supergraphDir: resolve('infra/supergraph'),
      development: true,
      logger,
    });
    const teller = new StoryTeller(suite, dataDir, () => undefined);
    const setting = await playSetting(teller);
    await suite.bus.settled();
    return {
      suite,
      teller,
      setting,
      databaseUrl: (service) => running.databaseUrl(databaseOf(service), databaseOf(service)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
