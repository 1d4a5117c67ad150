/**
 * `node tools/lockfile.mjs [--check] [file]`: keeps `package-lock.json` good for every machine.
 *
 * npm leaves out of the lockfile the optional packages of other platforms that were not there, or could not be
 * had, when it was written (npm/cli issue 4828), and `npm ci` then refuses the lockfile on every platform. They
 * are added: their versions are exact in the package that wants them. Addresses of registries are taken out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const given = process.argv.slice(2).find((argument) => argument !== '--check');
const file = given ?? join(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'package-lock.json');
const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const libraries = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** Where Node would look for the package from a folder of the lockfile. */
function* candidates(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    yield folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (folder === '') return;
  }
}

/** What a package for one platform is for, by its name. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const find = (known) => words.filter((word) => known.includes(word));
  const libc = words.filter((word) => word in libraries).map((word) => libraries[word]);
  return { os: find(systems), cpu: find(processors), libc: words.includes('linux') ? libc : [] };
}

function completed(packages) {
  const result = {};
  const problems = [];
  for (const [path, entry] of Object.entries(packages)) {
    const { resolved, ...rest } = entry;
    if (resolved && /^[a-z+]+:\/\//.test(resolved)) problems.push(`${path}: the address ${resolved}`);
    result[path] = resolved && !/^[a-z+]+:\/\//.test(resolved) ? entry : rest;
  }
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if ([...candidates(path, name)].some((place) => result[place])) continue;
      problems.push(`${path || 'package.json'}: ${name}@${version} is not in the lockfile`);
      const { os, cpu, libc } = platformOf(name);
      if (!/^\d+\.\d+\.\d+[-.\w]*$/.test(version) || os.length + cpu.length === 0) {
        throw new Error(`${name}@${version} cannot be added: its version or its platform is not exact`);
      }
      result[`node_modules/${name}`] = {
        version,
        ...(cpu.length > 0 ? { cpu } : {}),
        ...(entry.dev ? { dev: true } : {}),
        ...(libc.length > 0 ? { libc } : {}),
        ...(entry.license ? { license: entry.license } : {}),
        optional: true,
        ...(os.length > 0 ? { os } : {}),
      };
    }
  }
  const sorted = Object.fromEntries(Object.entries(result).sort(([a], [b]) => a.localeCompare(b, 'en')));
  return { packages: sorted, problems };
}

const lockfile = JSON.parse(readFileSync(file, 'utf8'));
const { packages, problems } = completed(lockfile.packages);
if (process.argv.includes('--check')) {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error('Run: node tools/lockfile.mjs');
    process.exit(1);
  }
} else {
  writeFileSync(file, `${JSON.stringify({ ...lockfile, packages }, null, 2)}\n`);
  console.log(`${problems.length} corrections`);
}
