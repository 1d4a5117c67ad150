import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Jest loads this file before its aliases exist.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { removeBroker } from '../../kafka/src/broker';
// eslint-disable-next-line @nx/enforce-module-boundaries
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../postgres/src/embedded-postgres';
import { createTestOwner, testPostgresVariable } from './postgres';
import { keepRunning, takeRunning } from './jest-global-state';
import { runFolderVariable } from './run-folder';
import { lendBroker, testBrokerVariable } from './shared-broker';

const prefix = 'anju-tests-';
const brokerIn = (dataDir: string): string => join(dataDir, 'kafka');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Clears what runs that were killed have left. Runs at the same time have a live process in their name. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    // Another run may be clearing it too, or it is another user's: neither is this run's trouble.
    await removeBroker(brokerIn(join(tmpdir(), name))).catch(() => undefined);
    await removeEmbeddedPostgres(join(tmpdir(), name), { directory: true }).catch(() => undefined);
  }
}

/**
 * One PostgreSQL for all integration tests and journeys of a run, and one Kafka broker for those that ask for it.
 * Durability is off: their data die with them.
 */
export default async function globalSetup(): Promise<void> {
  await removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir,
      fsync: false,
      settings: { max_connections: 600, shared_buffers: '64MB', max_wal_size: '1GB' },
    });
    const broker = await lendBroker(brokerIn(dataDir));
    keepRunning({ postgres, broker, dataDir });
    process.env[runFolderVariable] = dataDir;
    process.env[testPostgresVariable] = postgres.superuserUrl;
    process.env[testBrokerVariable] = broker.url;
    await createTestOwner();
  } catch (error) {
    // Jest does not tear down what it could not set up.
    await takeRunning()?.postgres.stop();
    await removeEmbeddedPostgres(dataDir, { directory: true }).catch(() => undefined);
    throw error;
  }
}
