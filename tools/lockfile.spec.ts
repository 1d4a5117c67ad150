import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the lockfile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anju-lockfile-spec-'));
  const file = join(folder, 'package-lock.json');
  const run = (...args: string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [join(__dirname, 'lockfile.mjs'), ...args, file], { encoding: 'utf8' });
  const packages = (): Record<string, object> =>
    (JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, object> }).packages;

  const compiler = {
    version: '1.2.3',
    dev: true,
    license: 'MIT',
    optionalDependencies: { 'compiler-darwin-arm64': '1.2.3', 'compiler-linux-x64-musl': '1.2.3' },
  };

  beforeEach(() => {
    writeFileSync(
      file,
      JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { name: 'anju' },
          'node_modules/compiler': { ...compiler, resolved: 'https://registry.example/compiler.tgz' },
          'node_modules/compiler/node_modules/compiler-linux-x64-musl': { version: '1.2.3', optional: true },
        },
      }),
    );
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is refused when it lacks the package of another platform, or names a registry', () => {
    const { status, stderr } = run('--check');
    expect(status).toBe(1);
    expect(stderr).toContain('compiler-darwin-arm64@1.2.3 is not in the lockfile');
    expect(stderr).toContain('https://registry.example/compiler.tgz');
    expect(stderr).not.toContain('musl@');
  });

  it('is completed for every platform, without addresses', () => {
    expect(run().status).toBe(0);
    expect(packages()['node_modules/compiler']).toEqual(compiler);
    expect(packages()['node_modules/compiler-darwin-arm64']).toEqual({
      version: '1.2.3',
      cpu: ['arm64'],
      dev: true,
      license: 'MIT',
      optional: true,
      os: ['darwin'],
    });
    expect(run('--check').status).toBe(0);
  });
});
