import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart, LogFile } from '@anju/demonstration';
import type { ReadyMessage } from '@anju/process';

/** Of each log, which is kept twice: the one that grows and the one that is full. */
const logLimit = 5_000_000;
const readyPatienceMillis = 90_000;
/** Longer than a process gives itself. */
const endPatienceMillis = 30_000;
/** Waits before a process that ended by itself is started again, one after the other. */
const defaultBackOff = [100, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000];
/** Whoever has run so long is not one of those that end at once. */
const stableMillis = 60_000;
const shownLines = 8;
/** As for `npm start`: else Node lets the young generation of its heap grow to 100 MB and more. */
const nodeOptions = ['--max-semi-space-size=8'];

export interface ProcessPlan {
  /** Such as `complaints-2`; also the name of its log. */
  readonly name: string;
  /** Compiled main file. */
  readonly main: string;
  /** Asked for again at each start. */
  readonly environment: () => Promise<NodeJS.ProcessEnv>;
  readonly logDir: string;
  readonly say: (line: string) => void;
  /** Milliseconds to wait before each start after one that failed; after the last it is given up. */
  readonly backOff?: readonly number[];
  /** Told once, when it is not started again any more. */
  readonly givenUp: (reason: string) => void;
}

type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

function howIt({ code, signal }: Ending): string {
  return signal === null ? `exit code ${code}` : signal;
}

/** One child process that is started again when it ends by itself, and that ends when this process does. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private log: LogFile | undefined;
  private ended: Promise<Ending> | undefined;
  private ready = false;
  private stopping = false;
  private failures = 0;
  private lines: string[] = [];
  private complaints: string[] = [];
  private readonly closing = new AbortController();

  constructor(private readonly plan: ProcessPlan) {}

  get name(): string {
    return this.plan.name;
  }

  /** Whether it has started, and runs as far as is known. */
  get isReady(): boolean {
    return this.ready;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /**
   * Starts it, and looks after it from then on.
   * @returns where it answers
   * @throws CannotStart with its own words where it does not become ready
   */
  async start(): Promise<string> {
    const { name, logDir, say } = this.plan;
    mkdirSync(logDir, { recursive: true });
    this.log = new LogFile(join(logDir, `${name}.log`), logLimit, ({ message }) =>
      say(`The log of ${name} cannot be written: ${message}`),
    );
    const url = await this.launch();
    void this.lookAfter();
    return url;
  }

  /** Ends it in order, by force after half a minute. Can be called again, and while it starts. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.closing.abort();
    const { child, ended } = this;
    if (child && ended && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), endPatienceMillis);
      await ended.finally(() => clearTimeout(patience));
    }
    this.log?.close();
    this.log = undefined;
  }

  /** Ends it at once, as a crash would; it is started again. For tests. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  private async launch(): Promise<string> {
    const environment = await this.plan.environment();
    if (this.stopping) throw new CannotStart(`${this.name} is not needed any more`);
    this.lines = [];
    this.complaints = [];
    const child = spawn(process.execPath, [...nodeOptions, this.plan.main], {
      env: environment,
      // Over the channel it says that it is ready; and it ends when the channel closes, however this process ended.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a process group of its own: Ctrl-C must not end it before those who use it.
      detached: true,
    });
    this.child = child;
    child.stdout!.setEncoding('utf8').on('data', (text: string) => this.heard(text, this.lines));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => this.heard(text, this.complaints));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      // Not `exit`: what it said last comes after that.
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.ended.catch(() => undefined);
    const url = await this.untilReady(child, this.ended);
    this.ready = true;
    return url;
  }

  private async untilReady(child: ChildProcess, ended: Promise<Ending>): Promise<string> {
    let patience: NodeJS.Timeout | undefined;
    const ready = new Promise<string>((resolve) => {
      child.on('message', (message: ReadyMessage) => resolve(message.ready));
    });
    const late = new Promise<never>((_, reject) => {
      patience = setTimeout(() => {
        child.kill('SIGKILL');
        const seconds = readyPatienceMillis / 1_000;
        reject(new CannotStart(`${this.name} is not ready after ${seconds} s:\n${this.lastWords()}`));
      }, readyPatienceMillis);
    });
    const gone = ended.then((ending): never => {
      throw new CannotStart(`${this.name} did not start (${howIt(ending)}):\n${this.lastWords()}`);
    });
    try {
      return await Promise.race([ready, late, gone]);
    } finally {
      clearTimeout(patience);
      gone.catch(() => undefined);
    }
  }

  /** Starts it again each time that it ends by itself, until it does so too often. */
  private async lookAfter(): Promise<void> {
    const { name, say, givenUp, backOff = defaultBackOff } = this.plan;
    while (!this.stopping) {
      const since = Date.now();
      const how = await this.ended!.then(howIt, (error: Error) => error.message);
      this.ready = false;
      if (this.stopping) return;
      if (Date.now() - since > stableMillis) this.failures = 0;
      for (let reason = `${name} ended by itself (${how}):\n${this.lastWords()}`; ;) {
        const wait = backOff[this.failures];
        this.failures += 1;
        if (wait === undefined) {
          givenUp(`${reason}\n${name} ended ${this.failures} times; it is not started again`);
          return;
        }
        say(`${reason}\n${name} is started again in ${wait / 1_000} s`);
        try {
          await sleep(wait, undefined, { signal: this.closing.signal });
          const url = await this.launch();
          say(`${name} is back at ${url}`);
          break;
        } catch (error) {
          if (this.stopping) return;
          reason = (error as Error).message;
        }
      }
    }
  }

  private heard(text: string, lines: string[]): void {
    this.log?.write(text);
    lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
    lines.splice(0, lines.length - shownLines);
  }

  /** What it said to people, or else the end of its log. */
  private lastWords(): string {
    const lines = this.complaints.length > 0 ? this.complaints : this.lines;
    return lines.map((line) => `  ${line}`).join('\n') || '  (it said nothing)';
  }
}
