import { execFile, type ExecFileOptions } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account that PostgreSQL runs as when this process is root: the server refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

async function accountId(kind: '-u' | '-g', name: string): Promise<number | null> {
  try {
    return Number.parseInt((await run('id', [kind, name])).stdout, 10);
  } catch {
    return null;
  }
}

async function account(name: string): Promise<ServerUser | null> {
  const uid = await accountId('-u', name);
  const gid = await accountId('-g', name);
  return uid === null || gid === null ? null : { uid, gid };
}

/**
 * Whom to run PostgreSQL as: the owner of an existing cluster, else the account `postgres` (made when the
 * system has none), else `nobody`.
 * @param cluster path of the cluster's directory, which need not exist
 * @returns null when the server can run as this process does
 * @throws Error when the cluster belongs to somebody else, or no account can be had
 */
export async function serverUserFor(cluster: string): Promise<ServerUser | null> {
  const owner = lstatSync(cluster, { throwIfNoEntry: false });
  const self = process.getuid?.();
  if (self === undefined) return null;
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Error(
        `${cluster} belongs to the user with the id ${owner.uid}; start as that user, or use another data directory`,
      );
    }
    return null;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const existing = await account('postgres');
  if (existing) return existing;
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(() => undefined);
  const made = (await account('postgres')) ?? (await account('nobody'));
  if (!made) {
    throw new Error(
      'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as',
    );
  }
  return made;
}

/** What `spawn` needs to run something as the user, from a directory that every user can be in. */
export function runAs(user: ServerUser | null): Pick<ExecFileOptions, 'cwd' | 'uid' | 'gid'> {
  return user ? { cwd: '/', uid: user.uid, gid: user.gid } : {};
}

/** Whether the user may enter the directory or run the file; a directory above may forbid it. */
export async function canReach(path: string, user: ServerUser | null): Promise<boolean> {
  if (!user) return true;
  try {
    await run('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], runAs(user));
    return true;
  } catch {
    return false;
  }
}
