import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

describe('the check of Dockerfile and compose file', () => {
  const root = resolve(__dirname, '..');
  const folder = mkdtempSync(join(tmpdir(), 'anju-images-spec-'));
  const dockerfile = 'infra/docker/Dockerfile';
  const composeFile = 'docker-compose.yml';
  const problemsWith = (file: string, change: (text: string) => string): string[] => {
    for (const name of [dockerfile, composeFile]) cpSync(join(root, name), join(folder, name));
    writeFileSync(join(folder, file), change(readFileSync(join(root, file), 'utf8')));
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(__dirname, 'images.mjs'), '--check', folder],
      { encoding: 'utf8' },
    );
    const problems = stderr.split('\n').filter((line) => line !== '');
    expect(status).toBe(problems.length > 0 ? 1 : 0);
    return problems;
  };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds what Docker would not take, with its line', () => {
    expect(problemsWith(dockerfile, (text) => text.replace('WORKDIR', 'WORKDIRECTORY'))).toEqual([
      expect.stringMatching(/^infra\/docker\/Dockerfile:\d+ .*WORKDIRECTORY/),
    ]);
    expect(problemsWith(composeFile, (text) => text.replace('read_only', 'readonly'))).toEqual([
      expect.stringMatching(/^docker-compose\.yml:\d+ .*\(invalid-schema\)$/),
    ]);
  });

  it('finds what would be regretted: an image of any version, a port for everybody', () => {
    expect(problemsWith(composeFile, (text) => text.replace('postgres:18.4', 'postgres'))).toEqual([
      expect.stringContaining('(service-image-require-explicit-tag)'),
    ]);
    expect(
      problemsWith(composeFile, (text) => text.replace(/'127\.0\.0\.1:(\$\{GATEWAY_PORT)/, "'$1")),
    ).toEqual([expect.stringContaining('(no-unbound-port-interfaces)')]);
  });
});
