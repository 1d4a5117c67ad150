import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuOf, memoryOf, treeOf, type CpuFacts, type InstanceMemory } from './processes';
import type { StartScript, WorkspaceCopy } from './workspace-copy';

export interface StartOptions {
  readonly workspace: WorkspaceCopy;
  readonly dataDir: string;
  /** `start` where it is left out. */
  readonly script?: StartScript;
  /** As after `npm start --`. */
  readonly args: readonly string[];
  /** Options of Node itself. */
  readonly nodeArgs?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a start ended. */
export interface Stop {
  readonly millis: number;
  readonly exitCode: number | null;
  /** Names of processes that it left behind. */
  readonly leftBehind: readonly string[];
}

const patienceMillis = 120_000;
const readyLine = /Anju is running[^]*?graph\s+(http:\/\/\S+)\/graphql/;

/** The platform as a process of its own with all that it starts, as `npm start` or `npm run start:distributed`. */
export class SuiteProcess {
  private output = '';
  private readonly exit: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly began: number,
  ) {
    const heard = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout!.on('data', heard);
    child.stderr!.on('data', heard);
    this.exit = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code));
    });
    this.exit.catch(() => undefined);
    const interrupt = (): void => void child.kill('SIGINT');
    process.once('exit', interrupt);
    child.once('exit', () => process.off('exit', interrupt));
  }

  /** From the moment before the process was made to the line that says that Anju is running. */
  readyMillis = 0;
  /** Until then. */
  cpuAtReady: CpuFacts | null = null;

  /** @throws Error with the output if it ends before it is ready, or is not ready after two minutes */
  static async start(options: StartOptions): Promise<SuiteProcess> {
    const began = performance.now();
    const { workspace } = options;
    const child = spawn(
      process.execPath,
      [...(options.nodeArgs ?? []), ...workspace.startArguments(options.script ?? 'start'), ...options.args],
      {
        cwd: workspace.folder,
        env: {
          ...process.env,
          npm_execpath: workspace.npm,
          PORT: '0',
          // Nobody else's brokers are to be told of what happens here.
          KAFKA_BROKERS: '',
          ANJU_DATA_DIR: options.dataDir,
          ANJU_BENCH_SPAWNED_AT: String(performance.timeOrigin + began),
          ...options.environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const suite = new SuiteProcess(child, began);
    try {
      await suite.becomesReady();
    } catch (error) {
      child.kill('SIGINT');
      await Promise.race([suite.exit, sleep(10_000, null, { ref: false })]);
      throw error;
    }
    return suite;
  }

  /** What it has said so far. */
  get said(): string {
    return this.output;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The memory at this moment; null where the machine does not tell. */
  memory(): InstanceMemory | null {
    return memoryOf(this.child.pid!);
  }

  /** Ctrl-C, and what it leaves. */
  async stop(): Promise<Stop> {
    const tree = treeOf(this.child.pid!);
    const began = performance.now();
    this.child.kill('SIGINT');
    const killer = setTimeout(() => this.child.kill('SIGKILL'), 30_000);
    const exitCode = await this.exit;
    clearTimeout(killer);
    const millis = performance.now() - began;
    const remaining = (): string[] =>
      tree.flatMap(({ pid, name }) => (treeOf(pid).some((one) => one.name === name) ? [name] : []));
    const patience = performance.now() + 2_000;
    while (remaining().length > 0 && performance.now() < patience) await sleep(20);
    return { millis, exitCode, leftBehind: remaining() };
  }

  private async becomesReady(): Promise<void> {
    const origin = await new Promise<string>((resolve, reject) => {
      const fail = (why: string): void =>
        reject(new Error(`the suite ${why}:\n${this.output.slice(-4_000)}`));
      const timer = setTimeout(() => fail('does not become ready'), patienceMillis);
      this.child.stdout!.on('data', () => {
        const found = readyLine.exec(this.output);
        if (!found || this.readyMillis > 0) return;
        this.readyMillis = performance.now() - this.began;
        this.cpuAtReady = cpuOf(this.child.pid!);
        clearTimeout(timer);
        resolve(found[1]!);
      });
      void this.exit.then((code) => {
        clearTimeout(timer);
        fail(`ended with ${code} before it was ready`);
      }, reject);
    });
    const { status } = await fetch(`${origin}/ready`);
    if (status !== 200) throw new Error(`the suite says that it runs, but /ready answers ${status}`);
  }
}
