import { createServer, type AddressInfo } from 'node:net';

const host = '127.0.0.1';

async function listenable(port: number): Promise<number | null> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(null));
    probe.listen(port, host, () => {
      const { port: found } = probe.address() as AddressInfo;
      probe.close(() => resolve(found));
    });
  });
}

/**
 * Ports that nobody listens on: the wanted ones where they are free, else any.
 * @param wanted 0 for any
 */
export async function freePorts(wanted: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (const port of wanted) {
    let free = port > 0 && port <= 65_535 ? await listenable(port) : null;
    while (free === null || found.includes(free)) free = await listenable(0);
    found.push(free);
  }
  return found;
}
