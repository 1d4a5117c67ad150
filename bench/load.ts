/** A process that sends requests, so that its own CPU time is not counted with that of the platform. */
import { fork, type ChildProcess } from 'node:child_process';
import { Client } from 'undici';

/** One kind of request, sent again and again. */
export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Every answer must be this. */
  readonly answer: string;
  readonly connections: number;
  /** How many are sent in all; each is waited for. */
  readonly requests: number;
}

export interface LoadResult {
  readonly millis: number;
  readonly latencyMillis: readonly number[];
  /** Answers that were not as expected. */
  readonly wrong: number;
}

async function carryOut(load: Load): Promise<LoadResult> {
  const { origin, pathname } = new URL(load.url);
  const latencyMillis: number[] = [];
  let wrong = 0;
  let left = load.requests;
  const began = performance.now();
  const connection = async (): Promise<void> => {
    const client = new Client(origin);
    try {
      while (left > 0) {
        left -= 1;
        const sent = performance.now();
        const { body } = await client.request({
          path: pathname,
          method: 'POST',
          headers: { 'content-type': 'application/json', ...load.headers },
          body: load.body,
        });
        if ((await body.text()) !== load.answer) wrong += 1;
        latencyMillis.push(performance.now() - sent);
      }
    } finally {
      await client.close();
    }
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  return { millis: performance.now() - began, latencyMillis, wrong };
}

/** The sending process, used by the one that measures. */
export class LoadProcess {
  private readonly child: ChildProcess = fork(__filename);

  /** @throws Error if the requests cannot be sent */
  async run(load: Load): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the load process ended with ${code}`));
      this.child.once('exit', ended);
      this.child.once('message', (result) => {
        this.child.off('exit', ended);
        resolve(result as LoadResult);
      });
      this.child.send(load);
    });
  }

  close(): void {
    this.child.kill();
  }
}

if (require.main === module) {
  process.on('message', (load: Load) => {
    void carryOut(load).then((result) => process.send!(result));
  });
}
