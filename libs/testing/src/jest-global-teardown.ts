// Jest loads this file before its aliases exist.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { removeEmbeddedPostgres } from '../../postgres/src/embedded-postgres';
import { takeRunning } from './jest-global-state';

export default async function globalTeardown(): Promise<void> {
  const run = takeRunning();
  if (!run) return;
  await Promise.all([run.postgres.stop(), run.broker.close()]);
  await removeEmbeddedPostgres(run.dataDir, { directory: true });
}
