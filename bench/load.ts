/** A process that sends requests, so that its own CPU time is not counted with that of the platform. */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Client } from 'undici';

/** What is asked, and the answer that must come. */
export interface Question {
  readonly body: string;
  /** Null where it changes with the time. */
  readonly answer: string | null;
}

/** Requests of one kind. */
export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked one after the other, from the first again after the last. */
  readonly questions: readonly Question[];
  readonly connections: number;
}

export interface LoadResult {
  readonly millis: number;
  readonly latencyMillis: readonly number[];
  /** Answers that were not as expected. */
  readonly wrong: number;
}

/** How long is asked: what is on its way then is waited for. */
interface Order {
  readonly millis: number;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('base64');

class Sender {
  private asked = 0;

  constructor(private readonly load: Load) {}

  async carryOut({ millis }: Order): Promise<LoadResult> {
    const { url, headers, questions, connections } = this.load;
    const { origin, pathname } = new URL(url);
    const latencyMillis: number[] = [];
    let wrong = 0;
    const began = performance.now();
    const connection = async (): Promise<void> => {
      const client = new Client(origin);
      try {
        while (performance.now() - began < millis) {
          const question = questions[this.asked++ % questions.length]!;
          const sent = performance.now();
          const { body } = await client.request({
            path: pathname,
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: question.body,
          });
          const text = await body.text();
          latencyMillis.push(performance.now() - sent);
          const { answer } = question;
          if (answer === null ? text.includes('"errors"') : digest(text) !== answer) wrong += 1;
        }
      } finally {
        await client.close();
      }
    };
    await Promise.all(Array.from({ length: connections }, connection));
    return { millis: performance.now() - began, latencyMillis, wrong };
  }
}

/** The sending process, used by the one that measures. */
export class LoadProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(load: Load): Promise<LoadProcess> {
    const questions = load.questions.map(({ body, answer }) => ({
      ...{ body, answer: answer === null ? null : digest(answer) },
    }));
    const child = fork(__filename);
    child.send({ ...load, questions });
    await once(child, 'message');
    return new LoadProcess(child);
  }

  /** @throws Error if the requests cannot be sent, or an answer is not the right one */
  async run(millis: number): Promise<LoadResult> {
    const result = await new Promise<LoadResult>((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the load process ended with ${code}`));
      this.child.once('exit', ended);
      this.child.once('message', (message) => {
        this.child.off('exit', ended);
        resolve(message as LoadResult);
      });
      this.child.send({ millis });
    });
    const { wrong, latencyMillis } = result;
    if (wrong > 0) throw new Error(`${wrong} of ${latencyMillis.length} answers were not as expected`);
    return result;
  }

  close(): void {
    this.child.kill();
  }
}

if (require.main === module) {
  process.once('disconnect', () => process.exit());
  process.once('message', (load: Load) => {
    const sender = new Sender(load);
    process.on('message', (order: Order) => {
      void sender.carryOut(order).then((result) => process.send!(result));
    });
    process.send!('ready');
  });
}
