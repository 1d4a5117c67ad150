import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swcOptions } from './swc.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const sourceFolders = ['apps', 'libs', 'infra', 'tools', 'bench'];
const outputFolder = join(root, 'dist');
const manifestFile = join(outputFolder, '.build.json');

/** Every TypeScript source below the source folders, as paths relative to the root. */
function sources() {
  return sourceFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes(`node_modules`) && !file.includes('fixtures'));
}

/** `@anju/x` aliases of tsconfig.base.json as absolute output paths. */
function outputByAlias() {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([alias, [target]]) => [
      alias,
      join(outputFolder, target).replace(/\.ts$/, '.js'),
    ]),
  );
}

/**
 * Compiles what changed since the last build into `dist/` and removes what no longer has a source.
 * @returns {Promise<number>} how many files were compiled
 */
export async function build() {
  const configuration = createHash('sha1')
    .update(JSON.stringify(swcOptions))
    .update(readFileSync(join(root, 'tsconfig.base.json')))
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');
  const previous = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {};
  const known = previous.configuration === configuration ? previous.files : {};
  const files = {};
  const changed = [];
  for (const file of sources()) {
    const { mtimeMs, size } = statSync(join(root, file));
    files[file] = `${mtimeMs}:${size}`;
    if (known[file] !== files[file]) changed.push(file);
  }
  for (const file of Object.keys(known)) {
    if (!files[file]) {
      const output = join(outputFolder, file.replace(/\.ts$/, '.js'));
      rmSync(output, { force: true });
      rmSync(`${output}.map`, { force: true });
    }
  }
  if (changed.length > 0) {
    const { transform } = await import('@swc/core');
    const aliases = outputByAlias();
    await Promise.all(
      changed.map(async (file) => {
        const output = join(outputFolder, file.replace(/\.ts$/, '.js'));
        const { code, map } = await transform(readFileSync(join(root, file), 'utf8'), {
          ...swcOptions,
          filename: join(root, file),
          sourceFileName: join(root, file),
          swcrc: false,
        });
        const linked = code.replace(/require\("(@anju\/[^"]+)"\)/g, (whole, alias) => {
          if (!aliases[alias]) throw new Error(`${file}: unknown library ${alias}`);
          const path = relative(dirname(output), aliases[alias]);
          return `require("${path.startsWith('.') ? path : `./${path}`}")`;
        });
        mkdirSync(dirname(output), { recursive: true });
        writeFileSync(output, `${linked}\n//# sourceMappingURL=${output.split('/').pop()}.map\n`);
        writeFileSync(`${output}.map`, map);
      }),
    );
  }
  mkdirSync(outputFolder, { recursive: true });
  writeFileSync(join(outputFolder, 'package.json'), '{"type":"commonjs"}\n');
  writeFileSync(manifestFile, JSON.stringify({ configuration, files }));
  return changed.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = await build();
  console.log(`compiled ${count} file(s) into dist/`);
}
