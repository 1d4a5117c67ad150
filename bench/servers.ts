import { join } from 'node:path';
import { brokerObstacle, removeBroker, resolveBrokers, type ResolvedBrokers } from '@anju/kafka';
import { ensureTopicsAt, topicDefinitions } from '@anju/kafka-topics';
import { removeEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from '@anju/postgres';
import { temporaryFolder } from './temporary-folder';

/** What the platforms of a bench run stand on, on data of their own. */
export interface Servers {
  readonly folder: string;
  readonly postgres: EmbeddedPostgres;
  /** Null where there can be none. */
  readonly brokers: ResolvedBrokers | null;
  close(): Promise<void>;
}

/** Why no broker can be started here, for people; null where one can. */
export const noBroker: string | null = brokerObstacle();

/** Connections of both platforms at once, and of the bench itself. */
const connections = 160;

async function startBrokers(directory: string): Promise<ResolvedBrokers | null> {
  if (noBroker !== null) return null;
  // Not those of `KAFKA_BROKERS`: others may use them, too.
  const brokers = await resolveBrokers({}, { directory, log: () => undefined });
  try {
    await ensureTopicsAt(brokers.brokers, topicDefinitions());
    return brokers;
  } catch (error) {
    await brokers.close();
    throw error;
  }
}

/** Of a PostgreSQL that takes in as much as it can, and loses it if the machine fails. */
const loadingSettings = { max_wal_size: '8GB', checkpoint_timeout: '1h', autovacuum: 'off' } as const;

/** Of a PostgreSQL for a company, as docker-compose.yml has it: what is worked on stays in its memory. It is as sure. */
export const companySettings = {
  shared_buffers: '1GB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
} as const;

/**
 * Starts PostgreSQL as `npm start` does, and a broker as `npm run start:distributed` does where there can be one.
 * @param load what is done before on the same data, by a PostgreSQL that is quicker for it
 * @param settings of PostgreSQL, other than those of `npm start`
 */
export async function startServers(
  load?: (loading: Pick<Servers, 'folder' | 'postgres'>) => Promise<void>,
  withBrokers = true,
  settings: Readonly<Record<string, string>> = {},
): Promise<Servers> {
  const { path: folder, remove } = temporaryFolder();
  const directories = { postgres: join(folder, 'postgres'), kafka: join(folder, 'kafka') };
  let postgres: EmbeddedPostgres | undefined;
  let brokers: ResolvedBrokers | null = null;
  const close = async (): Promise<void> => {
    await postgres?.stop();
    await brokers?.close();
    await removeEmbeddedPostgres(directories.postgres);
    await removeBroker(directories.kafka);
    remove();
  };
  try {
    if (load) {
      postgres = await startEmbeddedPostgres({
        dataDir: directories.postgres,
        fsync: false,
        settings: loadingSettings,
      });
      await load({ folder, postgres });
      await postgres.stop();
    }
    // PostgreSQL itself tells when each transaction was committed: nothing has to watch it from outside.
    postgres = await startEmbeddedPostgres({
      dataDir: directories.postgres,
      settings: { track_commit_timestamp: 'on', max_connections: connections, ...settings },
    });
    if (withBrokers) brokers = await startBrokers(directories.kafka);
    return { folder, postgres, brokers, close };
  } catch (error) {
    await close();
    throw error;
  }
}
