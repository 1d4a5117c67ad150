/**
 * `node tools/run.mjs tools/kafka.ts <directory> [port]`: a Kafka broker without Docker, for services that run as
 * processes of their own. Prints its address and runs until it is told to end.
 */
import { startBroker } from '@anju/kafka';

async function main(): Promise<void> {
  const [directory, port] = process.argv.slice(2);
  if (!directory) throw new Error('usage: node tools/run.mjs tools/kafka.ts <directory> [port]');
  const broker = await startBroker({
    directory,
    ...(port === undefined ? {} : { port: Number(port) }),
    log: (line) => console.error(line),
    onUnexpectedExit: (reason) => {
      console.error(reason);
      process.exit(1);
    },
  });
  console.log(broker.brokers.join(','));
  // Holds the process, which the broker itself does not.
  const alive = setInterval(() => undefined, 2 ** 30);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(alive);
      void broker.close();
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
