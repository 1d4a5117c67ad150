/**
 * `node tools/run.mjs tools/postgres.ts <data directory> [port]`: a PostgreSQL without Docker, for services that
 * run as processes of their own. Prints the superuser's URL and runs until it is told to end.
 */
import { startEmbeddedPostgres } from '@anju/postgres';

async function main(): Promise<void> {
  const [dataDir, port] = process.argv.slice(2);
  if (!dataDir) throw new Error('usage: node tools/run.mjs tools/postgres.ts <data directory> [port]');
  const postgres = await startEmbeddedPostgres({
    dataDir,
    ...(port === undefined ? {} : { port: Number(port) }),
    log: (line) => console.error(line),
    onUnexpectedExit: (reason) => {
      console.error(reason);
      process.exit(1);
    },
  });
  console.log(postgres.superuserUrl);
  // Holds the process, which the server itself does not.
  const alive = setInterval(() => undefined, 2 ** 30);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(alive);
      void postgres.stop();
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
