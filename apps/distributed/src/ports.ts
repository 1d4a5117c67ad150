import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const host = '127.0.0.1';
/**
 * Where ports are looked for: below those that systems give to connections of their own accord (from 32768 on),
 * so that none is taken before its process listens on it, or while that is started again.
 */
const lowest = 20_000;
const beyondHighest = 32_000;

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/**
 * Different ports that nobody listens on: the wanted ones where they are free, else any.
 * @param wanted 0 for any
 */
export async function freePorts(wanted: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (let port of wanted) {
    while (port <= 0 || port > 65_535 || found.includes(port) || !(await isFree(port))) {
      port = randomInt(lowest, beyondHighest);
    }
    found.push(port);
  }
  return found;
}
