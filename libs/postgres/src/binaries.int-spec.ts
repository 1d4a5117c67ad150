import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedPackage, usableBinaries } from './binaries';
import { runAs, serverUserFor, type ServerUser } from './server-user';

describe('the PostgreSQL programs', () => {
  let home: string;
  let copy: string;
  let user: ServerUser | null;

  const version = (postgres: string): string =>
    execFileSync(postgres, ['--version'], { ...runAs(user), encoding: 'utf8' });

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'anju-binaries-spec-'));
    chmodSync(home, 0o755);
    copy = join(home, 'package');
    user = await serverUserFor(join(home, 'cluster'));
    // As npm leaves it when install scripts are not allowed: without links, perhaps without modes.
    cpSync(installedPackage(), copy, { recursive: true, verbatimSymlinks: true });
    const libraries = join(copy, 'native/lib');
    for (const name of readdirSync(libraries)) {
      if (lstatSync(join(libraries, name)).isSymbolicLink()) rmSync(join(libraries, name));
    }
    for (const name of readdirSync(join(copy, 'native/bin')))
      chmodSync(join(copy, 'native/bin', name), 0o644);
  });

  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('run although no install script has prepared them', async () => {
    const lines: string[] = [];
    const binaries = await usableBinaries(user, (line) => lines.push(line), copy);
    expect(binaries.postgres).toBe(join(copy, 'native/bin/postgres'));
    expect(version(binaries.postgres)).toContain('PostgreSQL');
    expect(version(binaries.initdb)).toContain('PostgreSQL');
    expect(lines).toEqual([]);
  });

  // Only root starts the server as somebody who may not be allowed to go where root can.
  if (process.getuid?.() === 0) {
    it('are copied once to where the account of the server can run them', async () => {
      chmodSync(home, 0o700);
      execFileSync('chmod', ['-R', 'go-rwx', copy]);
      const lines: string[] = [];
      const binaries = await usableBinaries(user, (line) => lines.push(line), copy);
      const place = dirname(lines.at(-1)!.split('copied to ')[1]!);
      expect(place).toMatch(/^\/(var\/)?tmp\/anju-[0-9a-f]{12}$/);
      expect(version(binaries.initdb)).toContain('PostgreSQL');
      expect(await usableBinaries(user, (line) => lines.push(line), copy)).toEqual(binaries);
      expect(lines).toHaveLength(1);
      rmSync(place, { recursive: true });
    });
  }

  it('are said to be missing when npm has not installed them', async () => {
    rmSync(join(copy, 'native/bin'), { recursive: true });
    await expect(usableBinaries(user, () => undefined, copy)).rejects.toThrow('ENOENT');
  });
});
