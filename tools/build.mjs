import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swcOptions } from './swc.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const sourceFolders = ['apps', 'libs', 'infra', 'tools', 'bench'];
const outputFolder = join(root, 'dist');
const manifestFile = join(outputFolder, '.build.json');
const isTest = /\.(spec|int-spec|journey|distributed|d)\.ts$/;

/**
 * As the tests compile, but without comments and layout, and each character that is not of ASCII escaped: V8 keeps the
 * text of every function that has not run yet, and keeps it in two bytes a character where one of them needs that.
 */
const compactOptions = {
  ...swcOptions,
  minify: true,
  jsc: {
    ...swcOptions.jsc,
    minify: { compress: false, mangle: false, format: { comments: false, asciiOnly: true } },
  },
};

/** Every TypeScript source below the source folders but tests, as paths relative to the root. */
function sources() {
  return sourceFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !isTest.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules') && !file.includes('fixtures'));
}

/** @param {string} file a source relative to the root */
function outputOf(file) {
  return join(outputFolder, file.replace(/\.ts$/, '.js'));
}

/** `@anju/x` aliases of tsconfig.base.json as absolute output paths. */
function outputByAlias() {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
  return Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([alias, [target]]) => [alias, outputOf(target)]),
  );
}

/** What the last build compiled, what there is now, and what differs. */
function inventory() {
  const configuration = createHash('sha1')
    .update(JSON.stringify(compactOptions))
    .update(readFileSync(join(root, 'tsconfig.base.json')))
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');
  const previous = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {};
  const known = previous.files ?? {};
  const files = Object.fromEntries(
    sources().map((file) => {
      const { mtimeMs, size } = statSync(join(root, file));
      return [file, `${mtimeMs}:${size}`];
    }),
  );
  const stale = previous.configuration !== configuration;
  const changed = Object.keys(files).filter((file) => stale || known[file] !== files[file]);
  const removed = Object.keys(known).filter((file) => !(file in files));
  return { configuration, files, changed, removed };
}

/** Whether `build` has something to do. */
export function isOutdated() {
  const { changed, removed } = inventory();
  return changed.length > 0 || removed.length > 0;
}

/** Whole or not at all, so that a process that starts meanwhile never reads half a file. */
function write(file, content) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}

/**
 * Compiles what changed since the last build into `dist/` and removes what no longer has a source.
 * @returns {Promise<number>} how many files were compiled
 */
export async function build() {
  const { configuration, files, changed, removed } = inventory();
  for (const file of removed) {
    rmSync(outputOf(file), { force: true });
    rmSync(`${outputOf(file)}.map`, { force: true });
  }
  if (changed.length > 0) {
    const { transform } = await import('@swc/core');
    const aliases = outputByAlias();
    await Promise.all(
      changed.map(async (file) => {
        const output = outputOf(file);
        const { code, map } = await transform(readFileSync(join(root, file), 'utf8'), {
          ...compactOptions,
          filename: join(root, file),
          sourceFileName: join(root, file),
          swcrc: false,
        });
        const linked = code.replace(/require\("(@anju\/[^"]+)"\)/g, (whole, alias) => {
          if (!aliases[alias]) throw new Error(`${file}: unknown library ${alias}`);
          const path = relative(dirname(output), aliases[alias]).replaceAll('\\', '/');
          return `require("${path.startsWith('.') ? path : `./${path}`}")`;
        });
        mkdirSync(dirname(output), { recursive: true });
        write(
          output,
          `${linked}\n//# sourceMappingURL=${file.split(/[\\/]/).pop().replace(/\.ts$/, '.js')}.map\n`,
        );
        write(`${output}.map`, map);
      }),
    );
  }
  if (changed.length > 0 || removed.length > 0) {
    mkdirSync(outputFolder, { recursive: true });
    write(join(outputFolder, 'package.json'), '{"type":"commonjs"}\n');
    write(manifestFile, JSON.stringify({ configuration, files }));
  }
  return changed.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = await build();
  console.log(`compiled ${count} file(s) into dist/`);
}
