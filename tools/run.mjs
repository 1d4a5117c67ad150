/** `node tools/run.mjs <file.ts> [arguments]`: builds what changed and runs the file's compiled form. */
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [file, ...args] = process.argv.slice(2);
await build();
const child = spawn(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist', file.replace(/\.ts$/, '.js')), ...args],
  { stdio: 'inherit', cwd: root },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
