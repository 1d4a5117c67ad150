import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runningPostmaster } from './postmaster';
import { reachablePlace } from './reachable-place';
import { canReach, serverUserFor, type ServerUser } from './server-user';

/** Where a cluster and what belongs to it are kept. */
export interface ClusterHome {
  /** Holds the rest of it, and what is not finished yet. */
  readonly folder: string;
  /** The password and the data, which appear together when the initialisation is complete. */
  readonly whole: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** The superuser's password, readable by PostgreSQL's account alone (and root). */
  readonly passwordFile: string;
  readonly logFile: string;
  /** Whom the server runs as; null: as this process. */
  readonly user: ServerUser | null;
}

/** Names of the parts of `ClusterHome.whole`. */
export const parts = { data: 'data', password: 'password' } as const;

function homeIn(folder: string, user: ServerUser | null): ClusterHome {
  const whole = wholeIn(folder);
  return {
    folder,
    whole,
    cluster: join(whole, parts.data),
    passwordFile: join(whole, parts.password),
    logFile: join(folder, 'postgres.log'),
    user,
  };
}

function wholeIn(folder: string): string {
  return join(folder, 'cluster');
}

const elsewhereFile = (dataDir: string): string => join(dataDir, 'data-is-elsewhere.txt');
const elsewhere = (dataDir: string): string => reachablePlace(`data of ${dataDir}`);

/**
 * Finds or makes the place for the data: `dataDir`, or, when PostgreSQL's account cannot reach that, a
 * directory below `/var/tmp` that a file in `dataDir` tells of.
 * @param dataDir is made when it does not exist
 */
export async function clusterHome(dataDir: string, log: (line: string) => void): Promise<ClusterHome> {
  mkdirSync(dataDir, { recursive: true });
  const path = realpathSync(dataDir);
  if (!existsSync(elsewhereFile(path))) {
    const user = await serverUserFor(wholeIn(path));
    // A directory just made under a strict umask would shut the account out although those above do not.
    if (user) chmodSync(path, statSync(path).mode | 0o011);
    if (await canReach(path, user)) return homeIn(path, user);
  }
  const place = elsewhere(path);
  const home = homeIn(place, await serverUserFor(wholeIn(place)));
  if (!existsSync(elsewhereFile(path))) {
    // The data directory was removed since: what it told of goes with it.
    const running = runningPostmaster(home.cluster);
    if (running)
      throw new Error(`PostgreSQL (process ${running.pid}) still runs on removed data; end it first`);
    removeHome(home);
    writeFileSync(elsewhereFile(path), `${place}\n`);
    log(
      `PostgreSQL does not run as root, and the account that it runs as cannot reach ${path}; ` +
        `the data is kept in ${place}`,
    );
  }
  return home;
}

/** @throws Error when somebody has removed it */
export function superuserPassword(home: ClusterHome): string {
  try {
    return readFileSync(home.passwordFile, 'utf8').trim();
  } catch (error) {
    throw new Error(`the password of the database in ${home.cluster} cannot be read`, { cause: error });
  }
}

/** Deletes the data. The server must not be running. */
export function removeHome(home: ClusterHome): void {
  rmSync(home.whole, { recursive: true, force: true });
  rmSync(home.logFile, { force: true });
}

/** Forgets that the data of `dataDir` were elsewhere. */
export function forgetElsewhere(dataDir: string): void {
  rmSync(elsewhereFile(dataDir), { force: true });
}
