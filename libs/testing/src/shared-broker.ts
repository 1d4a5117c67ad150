import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
// Jest's global setup loads this file, before its aliases exist.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { startBroker, type Broker } from '../../kafka/src/broker';

/** Where the test run lends its broker; set by the projects' global setup. */
export const testBrokerVariable = 'ANJU_TEST_BROKER_URL';

/** Lends one broker to all workers of a test run; it lives in the run's own process, which outlives them. */
export interface BrokerLender {
  /** Where a worker asks for the brokers' addresses. */
  readonly url: string;
  /** Ends the broker, if somebody has asked for it. */
  close(): Promise<void>;
}

/** The broker is started when the first worker asks: most runs need none. */
export async function lendBroker(directory: string): Promise<BrokerLender> {
  let starting: Promise<Broker> | null = null;
  const server = createServer((_, response) => {
    starting ??= startBroker({ directory, log: (line) => process.stderr.write(`${line}\n`) });
    starting.then(
      ({ brokers }) => response.end(JSON.stringify({ brokers })),
      (error: unknown) => response.writeHead(503).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      const broker = await starting?.catch(() => null);
      await broker?.close();
    },
  };
}
