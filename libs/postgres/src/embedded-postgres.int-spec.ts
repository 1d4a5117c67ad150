import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { until } from '@anju/testing';
import {
  PortTaken,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres';
import { readPostmaster, runningPostmaster } from './postmaster';
import { processWith } from './test-processes';
import { DataDirectoryInUse } from './server';

const root = resolve(__dirname, '../../..');
const isRoot = process.getuid?.() === 0;

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('an embedded PostgreSQL', () => {
  let dataDir: string;
  const clusterOf = (dir: string): string => join(dir, 'cluster/data');
  const started: EmbeddedPostgres[] = [];
  const processes: ChildProcess[] = [];

  async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDir, fsync: false, ...options });
    started.push(postgres);
    return postgres;
  }

  /** Another process that has a server of its own. @returns it, and the server's URL */
  async function startInAnotherProcess(): Promise<{ process: ChildProcess; url: string }> {
    const child = spawn(process.execPath, ['tools/run.mjs', 'tools/postgres.ts', dataDir], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    processes.push(child);
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { process: child, url };
  }

  /** Initialised once; most tests are about what comes after. */
  let initialised: string;

  beforeAll(async () => {
    dataDir = initialised = mkdtempSync(join(tmpdir(), 'anju-postgres-spec-'));
    await (await start()).stop();
    started.pop();
  });

  afterAll(() => removeEmbeddedPostgres(initialised, { directory: true }));

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'anju-postgres-spec-'));
    execFileSync('cp', ['-a', `${initialised}/.`, dataDir]);
  });

  afterEach(async () => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
    for (const postgres of started.splice(0)) await postgres.stop();
    await removeEmbeddedPostgres(dataDir, { directory: true });
  });

  it('is there after the first start, and its data after the next', async () => {
    rmSync(join(dataDir, 'cluster'), { recursive: true });
    const first = await start();
    await query(first.superuserUrl, 'CREATE TABLE notes AS SELECT 42 AS number');
    await first.stop();
    await first.stop();
    expect(runningPostmaster(clusterOf(dataDir))).toBeNull();
    const second = await start();
    expect(await query(second.superuserUrl, 'SELECT number FROM notes')).toEqual([{ number: 42 }]);
  });

  it('listens on the loopback address alone, wants the password and hides it from other accounts', async () => {
    const postgres = await start();
    expect(postgres.host).toBe('127.0.0.1');
    expect(await query(postgres.superuserUrl, 'SHOW listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    expect(await query(postgres.superuserUrl, 'SHOW unix_socket_directories')).toEqual([
      { unix_socket_directories: '' },
    ]);
    const wrong = new URL(postgres.superuserUrl);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'cluster/password')).mode & 0o077).toBe(0);
    expect(statSync(clusterOf(dataDir)).mode & 0o077).toBe(0);
  });

  it('gives each service a database and a role that cannot get into another one', async () => {
    const postgres = await start();
    const [complaints, again] = await Promise.all([
      postgres.ensureDatabase('complaints', 'complaints'),
      postgres.ensureDatabase('complaints', 'complaints'),
    ]);
    expect(again).toBe(complaints);
    await postgres.ensureDatabase('directory', 'directory');
    await query(complaints, 'CREATE TABLE complaint (id text)');
    const intruder = postgres.databaseUrl('directory', 'complaints');
    await expect(query(intruder, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    await expect(postgres.ensureDatabase('x"; DROP DATABASE complaints')).rejects.toThrow('not a name');
  });

  it('finds Chinese words by trigrams, whatever locales the machine has', async () => {
    const postgres = await start();
    await query(postgres.superuserUrl, 'CREATE EXTENSION pg_trgm');
    const [row] = await query<{ similarity: number }>(
      postgres.superuserUrl,
      `SELECT similarity('锦绣花园', '锦绣花苑')`,
    );
    expect(row!.similarity).toBeGreaterThan(0);
  });

  it('keeps what people wrote out of its log', async () => {
    const postgres = await start();
    await query(postgres.superuserUrl, 'CREATE TABLE people (phone text PRIMARY KEY)');
    const insert = `INSERT INTO people VALUES ('13800138000')`;
    await query(postgres.superuserUrl, insert);
    await expect(query(postgres.superuserUrl, insert)).rejects.toMatchObject({ code: '23505' });
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key value');
    expect(log).not.toContain('13800138000');
  });

  it('says so when the port belongs to another program', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(PortTaken);
    other.close();
    expect((await start({ port })).port).toBe(port);
  });

  it('initialises again when the first initialisation was cut off', async () => {
    rmSync(join(dataDir, 'cluster'), { recursive: true });
    const left = join(dataDir, 'unfinished-killed');
    mkdirSync(join(left, 'data/base'), { recursive: true });
    utimesSync(left, 0, 0);
    const postgres = await start();
    expect(await query(postgres.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(left)).toBe(false);
  });

  it('starts although the machine failed while the process number was written', async () => {
    writeFileSync(join(clusterOf(dataDir), 'postmaster.pid'), '');
    utimesSync(join(clusterOf(dataDir), 'postmaster.pid'), 0, 0);
    const postgres = await start();
    expect(await query(postgres.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('gives PostgreSQL’s own reason when it does not start', async () => {
    await expect(start({ settings: { shared_buffers: 'much' } })).rejects.toThrow('shared_buffers');
  });

  it('tells when the server ends by itself, but not when it is stopped', async () => {
    const reasons: string[] = [];
    const first = await start({ onUnexpectedExit: (reason) => reasons.push(reason) });
    await first.stop();
    expect(reasons).toEqual([]);
    await start({ onUnexpectedExit: (reason) => reasons.push(reason) });
    process.kill(readPostmaster(clusterOf(dataDir))!.pid, 'SIGQUIT');
    await until('the end is told', () => reasons.length > 0);
    expect(reasons[0]).toContain('ended by itself');
  });

  describe('whose process is killed', () => {
    it('ends too, and the next start has what was committed', async () => {
      const { process: owner, url } = await startInAnotherProcess();
      await query(url, 'CREATE TABLE notes AS SELECT 42 AS number');
      owner.kill('SIGKILL');
      await until('the server is gone', () => runningPostmaster(clusterOf(dataDir)) === null);
      const postgres = await start();
      expect(await query(postgres.superuserUrl, 'SELECT number FROM notes')).toEqual([{ number: 42 }]);
    });

    it('is replaced when it was left running, and loses nothing', async () => {
      const { process: owner, url } = await startInAnotherProcess();
      await query(url, 'CREATE TABLE notes AS SELECT 42 AS number');
      const { pid } = readPostmaster(clusterOf(dataDir))!;
      process.kill(await processWith(`kill -INT "$1" sh ${pid}`), 'SIGKILL');
      owner.kill('SIGKILL');
      await once(owner, 'exit');
      expect(runningPostmaster(clusterOf(dataDir))?.pid).toBe(pid);

      const lines: string[] = [];
      const postgres = await start({ log: (line) => lines.push(line) });
      expect(lines).toEqual([expect.stringContaining(`(process ${pid}) was left running`)]);
      expect(readPostmaster(clusterOf(dataDir))!.pid).not.toBe(pid);
      expect(await query(postgres.superuserUrl, 'SELECT number FROM notes')).toEqual([{ number: 42 }]);
    });

    it('recovers when it was killed as well', async () => {
      const { process: owner, url } = await startInAnotherProcess();
      await query(url, 'CREATE TABLE notes AS SELECT generate_series(1, 1000) AS number');
      const { pid } = readPostmaster(clusterOf(dataDir))!;
      process.kill(pid, 'SIGKILL');
      owner.kill('SIGKILL');
      await until('the server is gone', () => runningPostmaster(clusterOf(dataDir)) === null);
      expect(readPostmaster(clusterOf(dataDir))?.pid).toBe(pid);
      const postgres = await start();
      expect(await query(postgres.superuserUrl, 'SELECT count(*)::int FROM notes')).toEqual([
        { count: 1000 },
      ]);
    });

    it('starts although its old process number was given to another program', async () => {
      const { process: owner, url } = await startInAnotherProcess();
      await query(url, 'CREATE TABLE notes AS SELECT 42 AS number');
      const pidFile = join(clusterOf(dataDir), 'postmaster.pid');
      const { pid } = readPostmaster(clusterOf(dataDir))!;
      process.kill(pid, 'SIGKILL');
      owner.kill('SIGKILL');
      await until('the server is gone', () => runningPostmaster(clusterOf(dataDir)) === null);
      const { uid, gid } = statSync(pidFile);
      const stranger = spawn('sleep', ['60'], { uid, gid, cwd: '/' });
      processes.push(stranger);
      const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
      writeFileSync(pidFile, [stranger.pid, ...rest].join('\n'));

      const postgres = await start();
      expect(await query(postgres.superuserUrl, 'SELECT number FROM notes')).toEqual([{ number: 42 }]);
      expect(stranger.exitCode).toBeNull();
      expect(stranger.signalCode).toBeNull();
    });
  });

  it('is left alone while the process that it belongs to lives', async () => {
    const { url } = await startInAnotherProcess();
    await expect(start()).rejects.toThrow(DataDirectoryInUse);
    await expect(removeEmbeddedPostgres(dataDir)).rejects.toThrow(DataDirectoryInUse);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('can be removed when its removal was cut off', async () => {
    rmSync(join(dataDir, 'cluster/password'));
    rmSync(join(dataDir, 'cluster/data/global'), { recursive: true });
    await expect(start()).rejects.toThrow('cannot be read');
    await removeEmbeddedPostgres(dataDir);
    const postgres = await start();
    expect(await query(postgres.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('has one owner when two processes start it at once', async () => {
    rmSync(join(dataDir, 'cluster'), { recursive: true });
    const outcomes = await Promise.allSettled([start(), start()]);
    const owners = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(owners).toHaveLength(1);
    expect(refusals).toEqual([expect.any(DataDirectoryInUse)]);
    expect(await query(owners[0]!.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  // Only root has an account of its own to run the server as.
  if (isRoot) {
    describe('started by root', () => {
      it('keeps the data elsewhere when that account cannot reach it, and finds it again', async () => {
        const home = dataDir;
        chmodSync(home, 0o700);
        dataDir = join(home, 'data');
        try {
          const lines: string[] = [];
          const first = await start({ log: (line) => lines.push(line) });
          const place = readFileSync(join(dataDir, 'data-is-elsewhere.txt'), 'utf8').trim();
          expect(lines).toEqual([expect.stringContaining(`the data is kept in ${place}`)]);
          await query(first.superuserUrl, 'CREATE TABLE notes AS SELECT 42 AS number');
          await first.stop();
          const second = await start();
          expect(await query(second.superuserUrl, 'SELECT number FROM notes')).toEqual([{ number: 42 }]);
          await second.stop();

          rmSync(dataDir, { recursive: true });
          const third = await start();
          await expect(query(third.superuserUrl, 'SELECT number FROM notes')).rejects.toMatchObject({
            code: '42P01',
          });
          await third.stop();
          await removeEmbeddedPostgres(dataDir);
          expect(existsSync(join(place, 'cluster'))).toBe(false);
          rmSync(place, { recursive: true });
        } finally {
          await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
          dataDir = home;
        }
      });

      it('runs as the account that the data belong to', async () => {
        const { uid } = statSync(join(dataDir, 'cluster'));
        expect(uid).not.toBe(0);
        await start();
        expect(statSync(join(clusterOf(dataDir), 'postmaster.pid')).uid).toBe(uid);
      });
    });
  }
});
