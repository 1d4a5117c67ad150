import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Binaries } from './binaries';
import type { ClusterHome } from './cluster-home';
import { disownStalePidFile, readPostmaster, runningPostmaster, stopPostmaster } from './postmaster';
import { runAs } from './server-user';

export const host = '127.0.0.1';
export const superuser = 'postgres';

/** Any number: held as an advisory lock in `postgres` by the process that the server belongs to. */
export const ownershipLock = 4_017_202;

/** Another live process uses the data directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
}

/** A database's URL; the parts need no escaping. */
export function url(port: number, database: string, user: string, password: string): string {
  return `postgresql://${user}:${password}@${host}:${port}/${database}`;
}

/** PostgreSQL settings by name. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/**
 * Connects the superuser to the server once it is ready; recovery may take it a while.
 * @returns null when `gone()` became true first
 */
async function connectWhenReady(
  cluster: string,
  pid: number | undefined,
  password: string,
  gone: () => boolean,
): Promise<Client | null> {
  const patience = Date.now() + 120_000;
  while (!gone()) {
    const server = readPostmaster(cluster);
    // Not before the server says that it is ready: until then, another program may have the port.
    if (server?.pid === pid && server?.ready) {
      const client = new Client({
        connectionString: url(server.port, 'postgres', superuser, password),
        connectionTimeoutMillis: 10_000,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return client;
      } catch (error) {
        await client.end().catch(() => undefined);
        // A server that has begun to end cuts connections; that it was this shows a moment later.
        await sleep(200);
        const now = readPostmaster(cluster);
        if (now?.pid === pid && now?.ready) throw error;
      }
    }
    if (Date.now() > patience) throw new Error(`PostgreSQL in ${cluster} does not become ready`);
    await sleep(10);
  }
  return null;
}

/** @returns whether the server now belongs to this session */
async function takeOwnership(session: Client): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    ownershipLock,
  ]);
  return rows[0]?.taken === true;
}

/**
 * Ends a server that its process left behind when it was killed.
 * @throws DataDirectoryInUse when that process is still there
 */
export async function settleLeftover(
  home: ClusterHome,
  binaries: Binaries,
  password: string,
  log: (line: string) => void,
): Promise<void> {
  for (let found = runningPostmaster(home.cluster); found; found = runningPostmaster(home.cluster)) {
    const { pid } = found;
    const gone = (): boolean => runningPostmaster(home.cluster)?.pid !== pid;
    const session = await connectWhenReady(home.cluster, pid, password, gone);
    if (!session) continue;
    try {
      // Nothing comes back when it is being ended at this moment.
      const taken = await takeOwnership(session).catch(() => null);
      if (taken === false) {
        throw new DataDirectoryInUse(
          `the database in ${home.cluster} is in use by another process of Anju (PostgreSQL is process ${pid})`,
        );
      }
      if (taken) {
        log(`PostgreSQL (process ${pid}) was left running by a process that was killed; it is started again`);
        await stopPostmaster(pid, home.cluster, binaries);
      }
    } finally {
      await session.end().catch(() => undefined);
    }
  }
  disownStalePidFile(home.cluster);
}

/**
 * Tells the server to end when this process does, however it ends: the shell reads from a pipe that the
 * operating system closes then.
 */
export function guard(postmaster: number, home: ClusterHome): ChildProcess | null {
  if (process.platform === 'win32') return null;
  const child = spawn('/bin/sh', ['-c', 'read -r line; kill -INT "$1"', 'sh', String(postmaster)], {
    ...runAs(home.user),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  child.unref();
  return child;
}

/** A server that belongs to this process. */
export interface Server {
  readonly process: ChildProcess;
  /** Of this process; keeps the ownership lock. */
  readonly session: Client;
  readonly exit: Promise<Exit>;
}

function launch(
  home: ClusterHome,
  binaries: Binaries,
  settings: Settings,
): { child: ChildProcess; exit: Promise<Exit>; logged: () => string } {
  const tooLong = (statSync(home.logFile, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000;
  const log = openSync(home.logFile, tooLong ? 'w' : 'a', 0o600);
  const from = statSync(home.logFile).size;
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`]);
  const child = spawn(binaries.postgres, ['-D', home.cluster, ...flags], {
    ...runAs(home.user),
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_MESSAGES: 'C' },
    stdio: ['ignore', log, log],
    // In a process group of its own: Ctrl-C must not end it before those who use it.
    detached: process.platform !== 'win32',
  });
  closeSync(log);
  child.unref();
  const exit = new Promise<Exit>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  exit.catch(() => undefined);
  return { child, exit, logged: () => readFileSync(home.logFile).subarray(from).toString('utf8') };
}

/**
 * Starts the server on an initialised cluster and makes it this process's own.
 * @returns null when the port turned out to be taken
 * @throws DataDirectoryInUse, or Error with PostgreSQL's own reason
 */
export async function startServer(
  home: ClusterHome,
  binaries: Binaries,
  password: string,
  settings: Settings & { readonly port: number },
): Promise<Server | null> {
  const patience = Date.now() + 10_000;
  for (;;) {
    const { child, exit, logged } = launch(home, binaries, settings);
    let ended = false;
    exit.then(
      () => (ended = true),
      () => (ended = true),
    );
    const session = await connectWhenReady(home.cluster, child.pid, password, () => ended);
    if (session) {
      // A process that starts at the same moment may have found it still without an owner, and ended it.
      const taken = await takeOwnership(session).catch(() => false);
      if (taken) return { process: child, session, exit };
      await session.end().catch(() => undefined);
      throw new DataDirectoryInUse(`the database in ${home.cluster} was taken by another process of Anju`);
    }
    await exit;
    const reason = logged();
    if (reason.includes('could not create any TCP/IP sockets')) return null;
    if (reason.includes('lock file "postmaster.pid" already exists')) {
      throw new DataDirectoryInUse(
        `the database in ${home.cluster} is being started by another process of Anju`,
      );
    }
    // Backends of a killed server see that it is gone and end; until then the new one does not start.
    const passing = ['pre-existing shared memory block', 'lock file "postmaster.pid" is empty'];
    if (!passing.some((text) => reason.includes(text)) || Date.now() > patience) {
      throw new Error(`PostgreSQL did not start in ${home.cluster}: ${reason.trim() || 'no reason given'}`);
    }
    disownStalePidFile(home.cluster);
    await sleep(100);
  }
}
