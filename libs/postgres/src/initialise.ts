import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import { parts, type ClusterHome } from './cluster-home';
import { superuser } from './server';
import { runAs, type ServerUser } from './server-user';

const prefix = 'unfinished-';

/** What killed attempts have left; one that is still going on is younger than this. */
function removeUnfinished(folder: string): void {
  const longAgo = Date.now() - 60_000;
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    const left = join(folder, name);
    if ((statSync(left, { throwIfNoEntry: false })?.mtimeMs ?? longAgo) < longAgo) {
      rmSync(left, { recursive: true, force: true });
    }
  }
}

/** @returns null, or why it failed */
async function initdb(
  { data, password, characterType }: { data: string; password: string; characterType: string },
  binaries: Binaries,
  user: ServerUser | null,
  fsync: boolean,
): Promise<string | null> {
  const flags = [
    `--pgdata=${data}`,
    `--username=${superuser}`,
    `--pwfile=${password}`,
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
    ...runAs(user),
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
}

/**
 * Makes the cluster with a random password. It is there wholly or not at all, also when this process is killed
 * or another one does the same: the first to finish has made it.
 * @param fsync false: not written through to the disk
 * @throws Error with initdb's own words
 */
export async function initialise(home: ClusterHome, binaries: Binaries, fsync: boolean): Promise<void> {
  removeUnfinished(home.folder);
  const unfinished = mkdtempSync(join(home.folder, prefix));
  const data = join(unfinished, parts.data);
  const password = join(unfinished, parts.password);
  const hand = (path: string): void => {
    if (home.user) chownSync(path, home.user.uid, home.user.gid);
  };
  try {
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    hand(unfinished);
    hand(password);
    // pg_trgm still asks the operating system what a letter is, and "C" knows only English ones.
    for (const characterType of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      mkdirSync(data, { mode: 0o700 });
      hand(data);
      const failure = await initdb({ data, password, characterType }, binaries, home.user, fsync);
      if (failure === null) break;
      if (!failure.includes('invalid locale name') || characterType === 'C') {
        throw new Error(`the database could not be initialised in ${home.folder}: ${failure}`);
      }
      rmSync(data, { recursive: true, force: true });
    }
    try {
      renameSync(unfinished, home.whole);
    } catch (error) {
      if (!existsSync(home.whole)) throw error;
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
