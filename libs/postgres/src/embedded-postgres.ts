import { createHmac } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { Client, escapeIdentifier } from 'pg';
import { usableBinaries } from './binaries';
import { clusterHome, forgetElsewhere, removeHome, superuserPassword } from './cluster-home';
import { initialise } from './initialise';
import { runningPostmaster, stopPostmaster } from './postmaster';
import {
  guard,
  host,
  ownershipLock,
  settleLeftover,
  startServer,
  superuser,
  url,
  type Server,
  type Settings,
} from './server';

export interface EmbeddedPostgresOptions {
  /** Where the data lives; made when it does not exist. One process at a time can use it. */
  readonly dataDir: string;
  /** A free port when left out. */
  readonly port?: number;
  /** false: what is committed may be lost when the machine (not the process) fails. For tests. Default true. */
  readonly fsync?: boolean;
  /** PostgreSQL settings over the defaults of this library. */
  readonly settings?: Settings;
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

/** The port that was asked for belongs to another program. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  constructor(readonly port: number) {
    super(`port ${port} is taken by another program`);
  }
}

/** Small: `npm start` shares its machine with everything else. */
const defaultSettings = {
  listen_addresses: host,
  unix_socket_directories: '',
  // What does not fit is read from the operating system's memory, which keeps each page a second time.
  shared_buffers: '16MB',
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
  if (existsSync(home.whole)) await settleLeftover(home, binaries, superuserPassword(home), log);
  else await initialise(home, binaries, fsync);
  const password = superuserPassword(home);

  let server: Server | null = null;
  let port = 0;
  for (let attempt = 1; !server; attempt++) {
    port = options.port ?? (await freePort());
    const settings = { ...defaultSettings, ...(fsync ? {} : withoutFsync), ...options.settings, port };
    server = await startServer(home, binaries, password, settings);
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
  // Only where a server runs: data that are damaged, or half deleted before a crash, can be removed as well.
  if (runningPostmaster(home.cluster)) {
    const binaries = await usableBinaries(home.user, log);
    await settleLeftover(home, binaries, superuserPassword(home), log);
  }
  removeHome(home);
  forgetElsewhere(dataDir);
  if (options.directory) rmSync(dataDir, { recursive: true, force: true });
}
