import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '@anju/testing';
import { describeWithBroker, sharedBroker, type TestBroker } from '@anju/testing-kafka';
import { serviceNames } from './distributed-platform';

const root = resolve(__dirname, '../../..');

/** `npm run start:distributed` as a process, with what it says. */
class Supervisor {
  output = '';
  readonly ended: Promise<number | null>;

  constructor(readonly process: ChildProcess) {
    for (const stream of [process.stdout!, process.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = once(process, 'close').then(([code]) => code as number | null);
  }

  async running(): Promise<void> {
    await until('it runs', () => this.output.includes('Anju is running') || this.process.exitCode !== null);
    if (this.process.exitCode !== null) throw new Error(this.output);
  }

  /** Process numbers of the services and the gateway, by name. */
  children(): Map<string, number> {
    const lines = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(this.process.pid)], {
      encoding: 'utf8',
    });
    const found = [...lines.matchAll(/^\s*(\d+) .*\/apps\/(\w+)\/src\/main\.js/gm)];
    return new Map(found.map(([, pid, app], index) => [`${app}-${index}`, Number(pid)]));
  }

  child(app: string): number {
    return [...this.children()].find(([name]) => name.startsWith(app))![1];
  }
}

function isAlive(pid: number): boolean {
  try {
    // A process that nobody has waited for yet is gone all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describeWithBroker('the platform as processes of their own', () => {
  let folder: string;
  let broker: TestBroker;
  const supervisors: Supervisor[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, ['tools/build.mjs'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    folder = mkdtempSync(join(tmpdir(), 'anju-distributed-'));
    // PostgreSQL runs as an account of its own where this runs as root.
    chmodSync(folder, 0o755);
    broker = await sharedBroker();
  }, 180_000);

  afterAll(async () => {
    for (const { process, ended } of supervisors) {
      if (process.exitCode === null && process.signalCode === null) process.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  function start(environment: NodeJS.ProcessEnv, ...args: string[]): Supervisor {
    const child = spawn(process.execPath, [join(root, 'dist/apps/distributed/src/main.js'), ...args], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        ANJU_DATA_DIR: join(folder, 'data'),
        KAFKA_BROKERS: broker.brokers.join(','),
        KAFKA_TOPIC_PREFIX: broker.topicPrefix,
        LOG_LEVEL: 'error',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const supervisor = new Supervisor(child);
    supervisors.push(supervisor);
    return supervisor;
  }

  it('starts again what was killed, leaves nothing behind when it is killed itself, and goes on with the data', async () => {
    const first = start({}, '--empty', '--replicas', 'complaints=2');
    await first.running();
    // One more of complaints, and the gateway.
    expect(first.children().size).toBe(serviceNames.length + 2);
    const gateway = /graph +(http:\S+)\/graphql/.exec(first.output)![1]!;
    expect((await fetch(`${gateway}/ready`)).status).toBe(200);

    process.kill(first.child('directory'), 'SIGKILL');
    await until('it is back', () => first.output.includes('directory is back at'));
    expect(first.output).toContain('directory ended by itself (SIGKILL)');

    const left = [...first.children().values()];
    first.process.kill('SIGKILL');
    await first.ended;
    await until('nothing of it runs', () => !left.some(isAlive));

    const second = start({}, '--empty');
    await second.running();
    const children = [...second.children().values()];
    expect(children).toHaveLength(serviceNames.length + 1);
    second.process.kill('SIGINT');
    expect(await second.ended).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
    expect(second.output).toContain('stopping …');
  }, 300_000);

  it('says at once what stands in its way', async () => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as AddressInfo;
    const obstacles: [NodeJS.ProcessEnv, string[], number, string][] = [
      [{ PORT: String(port) }, [], 1, `port ${port} is taken`],
      [{ KAFKA_BROKERS: '127.0.0.1:1' }, [], 1, 'no Kafka broker answers at 127.0.0.1:1 (KAFKA_BROKERS)'],
      [{ KAFKA_BROKERS: 'kafka' }, [], 1, 'KAFKA_BROKERS: "kafka" is not host:port'],
      [{ PORT: 'x' }, ['--replicas', 'parking=2'], 2, '--replicas has "parking=2"'],
    ];
    for (const [environment, args, code, sentence] of obstacles) {
      const supervisor = start({ ...environment, ANJU_DATA_DIR: join(folder, 'other') }, '--empty', ...args);
      expect(await supervisor.ended).toBe(code);
      expect(supervisor.output).toContain(sentence);
      expect(supervisor.output).not.toMatch(/^\s+at /m);
    }
    await new Promise((closed) => taken.close(closed));
  });
});
