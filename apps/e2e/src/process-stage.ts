import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';
import { openLocalIssuer, type LocalAccount } from '@anju/access';
import { localIdentity } from '@anju/demonstration';
import { services } from '@anju/suite';
import { until } from '@anju/testing';
import { Visitor } from './graph-client';

const root = resolve(__dirname, '../../..');
const compiled = (file: string): string => join(root, 'dist/apps/suite/src', file);
/** For what takes seconds, on a machine that may have ten times as much to do as it can. */
export const patienceMillis = 120_000;

/** For a file's `beforeAll` in which many processes start one after the other, on a machine that does other things too. */
export const stagingMillis = 600_000;

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What is left of a process that has ended. */
export interface Ended extends End {
  readonly output: string;
  readonly errors: string;
  /** PostgreSQL's processes that still work on the directory. */
  readonly leftovers: readonly string[];
}

/** Compiles what changed, once for all processes of a file. */
export function build(): void {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Programs and arguments of all processes. */
function commandLines(): string[] {
  if (!existsSync('/proc/self/cmdline')) {
    const listing = execFileSync('ps', ['-axo', 'args='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    return listing.split('\n');
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        // It has ended meanwhile.
        return '';
      }
    });
}

/** A data directory of a test's own, and what runs on it. */
export class DataDirectory {
  private static readonly all: DataDirectory[] = [];
  private readonly runs: Run[] = [];

  /** @param path below a directory of the test's own, by default a new one */
  constructor(readonly path = join(mkdtempSync(join(tmpdir(), 'anju-process-')), 'data')) {
    // PostgreSQL runs as an account of its own where this runs as root.
    chmodSync(resolve(path, '..'), 0o755);
    DataDirectory.all.push(this);
  }

  /** Ends and removes everything that a test file has started or made. */
  static async removeAll(): Promise<void> {
    const directories = DataDirectory.all.splice(0);
    await Promise.all(
      directories.map(async (directory) => {
        await Promise.all(directory.runs.map((run) => run.killed()));
        await until('PostgreSQL is gone', () => directory.leftovers().length === 0);
      }),
    );
    for (const { path } of directories) rmSync(resolve(path, '..'), { recursive: true, force: true });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  /** The process number of PostgreSQL's server. */
  postmaster(): number {
    return Number(this.read('postgres/cluster/data/postmaster.pid').split('\n')[0]);
  }

  /** Runs the platform on this directory, on any free port. */
  start(...args: string[]): Run {
    return this.startOn(0, ...args);
  }

  startOn(port: number, ...args: string[]): Run {
    return this.run(process.execPath, [compiled('main.js'), ...args], { PORT: String(port) });
  }

  /** Runs it as the person at the keyboard does. */
  npmStart(...args: string[]): Run {
    return this.run('npm', ['start', ...(args.length > 0 ? ['--', ...args] : [])]);
  }

  run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Run {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ANJU_DATA_DIR: this.path, PORT: '0', ...environment },
      // A process group of its own, which gets Ctrl-C as one.
      detached: true,
    });
    const run = new Run(child, () => this.leftovers());
    this.runs.push(run);
    return run;
  }

  /** PostgreSQL's processes that work on this directory. */
  leftovers(): string[] {
    return commandLines().filter((command) => command.includes(this.path));
  }

  /** Somebody at the graph of a run that is handed over. */
  async visitor(run: Run, account: string): Promise<Visitor> {
    return this.visitorAt(await run.up(), account);
  }

  /** Somebody at the graph, which may still be starting. */
  async visitorAt(url: string, account: string): Promise<Visitor> {
    const accounts = JSON.parse(this.read('accounts.json')) as LocalAccount[];
    const issuer = await openLocalIssuer({ directory: this.path, ...localIdentity });
    return new Visitor(url, await issuer.issue(accounts.find((one) => one.account === account)!));
  }

  /** Asks what must be answered. @throws Error with the errors of the answer */
  async ask<Data>(run: Run, account: string, query: string, variables: object = {}): Promise<Data> {
    const visitor = await this.visitor(run, account);
    const { data, errors } = await visitor.ask(query, variables);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data as Data;
  }

  /** Asks a service's database, past the platform. PostgreSQL must be running. */
  async query<Row extends object>(service: string, sql: string): Promise<Row[]> {
    const port = this.read('postgres/cluster/data/postmaster.pid').split('\n')[3];
    const password = this.read('postgres/cluster/password').trim();
    const client = new Client({
      connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/anju_${service}`,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** How many rows of a service's table meet a condition. */
  async count(service: string, table: string, condition = 'true'): Promise<number> {
    const sql = `select count(*)::int as rows from "${table}" where ${condition}`;
    const [row] = await this.query<{ rows: number }>(service, sql);
    return row!.rows;
  }

  /** Rows by service and table, once what goes on by itself has come to rest. */
  async rowsAtRest(): Promise<Record<string, number>> {
    let rows = await this.rowCounts();
    await until('nothing goes on by itself', async () => {
      const before = rows;
      await sleep(300);
      rows = await this.rowCounts();
      return isDeepStrictEqual(rows, before);
    });
    return rows;
  }

  /** Rows by service and table. */
  async rowCounts(): Promise<Record<string, number>> {
    const counts = await Promise.all(
      services.map(async ({ name }) => {
        const tables = await this.query<{ table: string }>(
          name,
          `select table_name as table from information_schema.tables
           where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
        );
        const sql = tables.map(
          ({ table }) => `select '${name}.${table}' as table, count(*)::int as rows from "${table}"`,
        );
        const rows = await this.query<{ table: string; rows: number }>(name, sql.join(' union all '));
        return rows.map(({ table, rows: count }) => [table, count] as const);
      }),
    );
    return Object.fromEntries(counts.flat());
  }
}

/** A process that a test has started. */
export class Run {
  private out = '';
  private complaints = '';
  private readonly ended: Promise<End>;
  private over = false;

  constructor(
    private readonly child: ChildProcess,
    private readonly leftovers: () => string[],
  ) {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
    this.ended = new Promise((settle) => {
      child.once('close', (code, signal) => {
        this.over = true;
        settle({ code, signal });
      });
    });
  }

  /** What it has written to stdout so far. */
  get output(): string {
    return this.out;
  }

  /** What it has written to stderr so far. */
  get errors(): string {
    return this.complaints;
  }

  /** Waits until it has written a text. @throws Error with all it wrote if it ends before */
  async says(text: string): Promise<void> {
    await until(`it says ${text}`, () => this.out.includes(text) || this.over);
    if (!this.out.includes(text)) throw new Error(`ended without ${text}:\n${this.out}\n${this.complaints}`);
  }

  /** Waits until the platform is handed over. @returns where the graph is */
  async up(): Promise<string> {
    await this.says('Ctrl-C stops everything.');
    return /^ {2}graph +(\S+)$/m.exec(this.out)![1]!;
  }

  /** Ends the process and those that it has started, in whatever state they are. */
  async killed(): Promise<void> {
    if (!this.over) process.kill(-this.child.pid!, 'SIGKILL');
    await this.ended;
  }

  /** Ctrl-C: the signal goes to the whole process group, as from a terminal. */
  interrupt(): void {
    if (!this.over) process.kill(-this.child.pid!, 'SIGINT');
  }

  /** Waits for the end. @param signal sent to the process alone before */
  async ends(signal?: NodeJS.Signals): Promise<Ended> {
    if (signal && !this.over) this.child.kill(signal);
    const end = await this.ended;
    return { ...end, output: this.out, errors: this.complaints, leftovers: this.leftovers() };
  }
}
