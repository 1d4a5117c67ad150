/** `node tools/typecheck.mjs <folder>`: type-checks one project and what it imports, with the workspace's options. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [folder] = process.argv.slice(2);
const place = join(root, 'dist/typecheck');
const configuration = join(place, `${folder.replaceAll('/', '-')}.json`);
mkdirSync(place, { recursive: true });
writeFileSync(
  configuration,
  JSON.stringify({
    extends: '../../tsconfig.json',
    compilerOptions: { types: ['node', 'jest'], typeRoots: ['../../node_modules/@types'] },
    include: [`../../${folder}/**/*.ts`],
    exclude: ['../../node_modules', '../../**/fixtures/**'],
  }),
);
const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
const { status } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', configuration], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
