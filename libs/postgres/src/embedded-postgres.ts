import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { usableBinaries, type Binaries } from './binaries';
import { clusterHome, removeHome, superuserPassword, type ClusterHome } from './cluster-home';
import { disownStalePidFile, readPostmaster, runningPostmaster, stopPostmaster } from './postmaster';
import { runAs } from './server-user';

export interface EmbeddedPostgresOptions {
  /** Where the data lives; made when it does not exist. One process at a time can use it. */
  readonly dataDir: string;
  /** A free port when left out. */
  readonly port?: number;
  /** false: what is committed may be lost when the machine (not the process) fails. For tests. Default true. */
  readonly fsync?: boolean;
  /** PostgreSQL settings over the defaults of this library. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Gets a line when something unusual was done, such as keeping the data elsewhere. */
  readonly log?: (line: string) => void;
  /** Called when the server ends without `stop`. */
  readonly onUnexpectedExit?: (reason: string) => void;
}

/** A PostgreSQL server that belongs to this process. */
export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  /** Connects the superuser to the database `postgres`. */
  readonly superuserUrl: string;
  /** URL of a database, for the superuser or for an owner that `ensureDatabase` made. */
  databaseUrl(database: string, owner?: string): string;
  /**
   * Makes the database unless it exists, and the role that owns it, with a password of its own and no rights
   * on other databases. @returns the owner's URL (the superuser's without an owner)
   */
  ensureDatabase(database: string, owner?: string): Promise<string>;
  /** Fast shutdown; open connections are cut. Can be called again. */
  stop(): Promise<void>;
}

/** Another live process uses the data directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
}

/** The port that was asked for belongs to another program. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  constructor(readonly port: number) {
    super(`port ${port} is taken by another program`);
  }
}

const host = '127.0.0.1';
const superuser = 'postgres';

/** Any number: held as an advisory lock in `postgres` by the process that the server belongs to. */
const ownershipLock = 4_017_202;

/** Small: `npm start` shares its machine with everything else. */
const defaultSettings = {
  listen_addresses: host,
  unix_socket_directories: '',
  shared_buffers: '32MB',
  max_connections: 100,
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  max_parallel_workers_per_gather: 0,
  // Reading without worker processes: three fewer, and nothing here waits for a disk.
  io_method: 'sync',
  jit: 'off',
  autovacuum: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Statements and the details of errors hold personal data; the log does not.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const;

const withoutFsync = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;

function url(port: number, database: string, user: string, password: string): string {
  return `postgresql://${user}:${password}@${host}:${port}/${database}`;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function initialise(home: ClusterHome, binaries: Binaries, fsync: boolean): Promise<void> {
  const attempt = async (characterType: string): Promise<string | null> => {
    rmSync(home.unfinishedCluster, { recursive: true, force: true });
    mkdirSync(home.unfinishedCluster, { mode: 0o700 });
    if (home.user) chownSync(home.unfinishedCluster, home.user.uid, home.user.gid);
    const flags = [
      `--pgdata=${home.unfinishedCluster}`,
      `--username=${superuser}`,
      `--pwfile=${home.passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of text on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      `--lc-ctype=${characterType}`,
      '--no-instructions',
      ...(fsync ? [] : ['--no-sync']),
    ];
    const child = spawn(binaries.initdb, flags, {
      ...runAs(home.user),
      env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) =>
        resolve(code === 0 ? null : complaint.trim() || `initdb ended with ${code}`),
      );
    });
  };
  // pg_trgm still asks the operating system what a letter is, and "C" knows only English ones.
  let failure: string | null = null;
  for (const characterType of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    failure = await attempt(characterType);
    if (failure === null) {
      renameSync(home.unfinishedCluster, home.cluster);
      return;
    }
    if (!failure.includes('invalid locale name')) break;
  }
  throw new Error(`the database could not be initialised in ${home.cluster}: ${failure}`);
}

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
        if (readPostmaster(cluster)?.ready) throw error;
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
async function settleLeftover(
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
      if (!(await takeOwnership(session))) {
        throw new DataDirectoryInUse(
          `the database in ${home.cluster} is in use by another process of Anju (PostgreSQL is process ${pid})`,
        );
      }
      log(`PostgreSQL (process ${pid}) was left running by a process that was killed; it is started again`);
      await stopPostmaster(pid, home.cluster, binaries);
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
function guard(postmaster: number, home: ClusterHome): ChildProcess | null {
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

interface Server {
  readonly process: ChildProcess;
  /** Of this process; keeps the ownership lock. */
  readonly session: Client;
  readonly exit: Promise<Exit>;
}

function launch(
  home: ClusterHome,
  binaries: Binaries,
  settings: Readonly<Record<string, string | number | boolean>>,
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

/** @returns null when the port turned out to be taken */
async function start(
  home: ClusterHome,
  binaries: Binaries,
  password: string,
  settings: Readonly<Record<string, string | number | boolean>> & { readonly port: number },
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
      if (await takeOwnership(session)) return { process: child, session, exit };
      await session.end();
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
    const wait = reason.includes('pre-existing shared memory block') && Date.now() < patience;
    if (!wait)
      throw new Error(`PostgreSQL did not start in ${home.cluster}: ${reason.trim() || 'no reason given'}`);
    await sleep(100);
  }
}

function checkedName(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new Error(`not a name for a database or role: ${name}`);
  return name;
}

/**
 * Starts a real PostgreSQL from the npm packages on `dataDir`: the first time it is initialised there, later
 * it goes on with what is there, recovering after a crash. It listens on 127.0.0.1 alone, wants a password
 * (made at random, kept beside the data in a file of mode 0600), and ends with this process, also when that is
 * killed.
 * @throws DataDirectoryInUse, PortTaken, or Error with PostgreSQL's own reason
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const fsync = options.fsync ?? true;
  const home = await clusterHome(options.dataDir, log);
  const binaries = await usableBinaries(home.user, log);
  const password = superuserPassword(home);
  await settleLeftover(home, binaries, password, log);
  if (!existsSync(home.cluster)) await initialise(home, binaries, fsync);

  let server: Server | null = null;
  let port = 0;
  for (let attempt = 1; !server; attempt++) {
    port = options.port ?? (await freePort());
    const settings = { ...defaultSettings, ...(fsync ? {} : withoutFsync), ...options.settings, port };
    server = await start(home, binaries, password, settings);
    if (!server && (options.port !== undefined || attempt === 5)) throw new PortTaken(port);
  }

  const { process: child, session, exit } = server;
  const watcher = guard(child.pid!, home);
  // Nothing is asked on it again: it must not keep this process alive.
  (session as Client & { unref(): void }).unref();
  let stopping: Promise<void> | null = null;
  void exit.then(({ code, signal }) => {
    watcher?.kill('SIGKILL');
    if (!stopping)
      options.onUnexpectedExit?.(`PostgreSQL ended by itself (${signal ?? code}); see ${home.logFile}`);
  });

  const passwordOf = (role: string): string => createHmac('sha256', password).update(role).digest('hex');
  const databaseUrl = (database: string, owner?: string): string =>
    owner === undefined
      ? url(port, checkedName(database), superuser, password)
      : url(port, checkedName(database), checkedName(owner), passwordOf(owner));

  return {
    host,
    port,
    superuserUrl: databaseUrl('postgres'),
    databaseUrl,

    async ensureDatabase(database, owner) {
      const target = databaseUrl(database, owner);
      const client = new Client({ connectionString: databaseUrl('postgres') });
      await client.connect();
      try {
        // Two callers at once: the second finds what the first has made.
        await client.query('SELECT pg_advisory_lock($1)', [ownershipLock + 1]);
        if (owner !== undefined) {
          const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [owner]);
          const verb = rowCount ? 'ALTER' : 'CREATE';
          await client.query(`${verb} ROLE ${escapeIdentifier(owner)} LOGIN PASSWORD '${passwordOf(owner)}'`);
        }
        const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
        if (!rowCount) {
          const ownedBy = owner === undefined ? '' : ` OWNER ${escapeIdentifier(owner)}`;
          await client.query(`CREATE DATABASE ${escapeIdentifier(database)}${ownedBy}`);
        }
        await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(database)} FROM PUBLIC`);
      } finally {
        await client.end();
      }
      return target;
    },

    stop() {
      stopping ??= (async () => {
        // From here on this process stays until the server is gone.
        child.ref();
        (session as Client & { ref(): void }).ref();
        await session.end().catch(() => undefined);
        if (child.exitCode === null && child.signalCode === null) {
          await Promise.race([exit, stopPostmaster(child.pid!, home.cluster, binaries)]);
        }
        await exit;
      })();
      return stopping;
    },
  };
}

/**
 * Deletes what `startEmbeddedPostgres` has put into `dataDir`, wherever it keeps it.
 * @param options.directory also `dataDir` itself, with whatever else is in it
 * @throws DataDirectoryInUse when a live process uses it
 */
export async function removeEmbeddedPostgres(
  dataDir: string,
  options: { readonly directory?: boolean; readonly log?: (line: string) => void } = {},
): Promise<void> {
  if (!existsSync(dataDir)) return;
  const log = options.log ?? (() => undefined);
  const home = await clusterHome(dataDir, log);
  if (existsSync(home.cluster)) {
    const binaries = await usableBinaries(home.user, log);
    await settleLeftover(home, binaries, superuserPassword(home), log);
  }
  removeHome(home, dataDir);
  if (options.directory) rmSync(dataDir, { recursive: true, force: true });
}
