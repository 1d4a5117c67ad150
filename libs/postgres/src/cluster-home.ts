import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
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
  /** PostgreSQL's own data directory. It exists only when it was completely initialised. */
  readonly cluster: string;
  /** Where it is initialised; renamed to `cluster` at the end. */
  readonly unfinishedCluster: string;
  /** Readable by PostgreSQL's account alone (and root). */
  readonly passwordFile: string;
  readonly logFile: string;
  /** Whom the server runs as; null: as this process. */
  readonly user: ServerUser | null;
}

function homeIn(folder: string, user: ServerUser | null): ClusterHome {
  return {
    cluster: join(folder, 'cluster'),
    unfinishedCluster: join(folder, 'cluster.unfinished'),
    passwordFile: join(folder, 'password'),
    logFile: join(folder, 'postgres.log'),
    user,
  };
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
    const user = await serverUserFor(join(path, 'cluster'));
    // A directory just made under a strict umask would shut the account out although those above do not.
    if (user) chmodSync(path, statSync(path).mode | 0o011);
    if (await canReach(path, user)) return homeIn(path, user);
  }
  const place = elsewhere(path);
  const home = homeIn(place, await serverUserFor(join(place, 'cluster')));
  if (!existsSync(elsewhereFile(path))) {
    // The data directory was removed since: what it told of goes with it.
    const running = runningPostmaster(home.cluster);
    if (running)
      throw new Error(`PostgreSQL (process ${running.pid}) still runs on removed data; end it first`);
    for (const left of [home.cluster, home.unfinishedCluster, home.passwordFile, home.logFile]) {
      rmSync(left, { recursive: true, force: true });
    }
    writeFileSync(elsewhereFile(path), `${place}\n`);
    log(
      `PostgreSQL does not run as root, and the account that it runs as cannot reach ${path}; ` +
        `the data is kept in ${place}`,
    );
  }
  return home;
}

/** The superuser's password; made at random when there is no cluster yet. */
export function superuserPassword(home: ClusterHome): string {
  if (!existsSync(home.cluster)) {
    rmSync(home.passwordFile, { force: true });
    writeFileSync(home.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
    if (home.user) chownSync(home.passwordFile, home.user.uid, home.user.gid);
  }
  try {
    return readFileSync(home.passwordFile, 'utf8').trim();
  } catch (error) {
    throw new Error(`the password of the database in ${home.cluster} cannot be read`, { cause: error });
  }
}

/** Deletes the data. The server must not be running. */
export function removeHome(home: ClusterHome, dataDir: string): void {
  for (const path of [
    home.cluster,
    home.unfinishedCluster,
    home.passwordFile,
    home.logFile,
    elsewhereFile(dataDir),
  ]) {
    rmSync(path, { recursive: true, force: true });
  }
}
