/**
 * `node tools/run.mjs <file.ts> [arguments]`: builds what changed and runs the file's compiled form, in this
 * process, so that signals, exit code and memory are the program's own.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isOutdated } from './build.mjs';
import { nameSourcesInStacks } from './stack-traces.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @param {string} file TypeScript source relative to the root
 * @param {string[]} args what the program finds in `process.argv` from 2 on
 */
export async function run(file, args) {
  if (isOutdated()) {
    // The compiler takes more memory than the program; it is given back when its process ends.
    const { status } = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) process.exit(1);
  }
  const compiled = join(root, 'dist', file.replace(/\.ts$/, '.js'));
  process.argv.splice(1, process.argv.length - 1, compiled, ...args);
  nameSourcesInStacks(join(root, 'dist'));
  await import(pathToFileURL(compiled).href);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  await run(file, args);
}
