/**
 * Lints every fixture as if it stood where its first line says, with the real configuration, and prints as JSON
 * what its second line expects and what was found. A process of its own because Jest cannot load ESLint's
 * configuration, which is an ES module.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
const cwd = resolve(folder, '../../..');

const fixtures = readdirSync(folder).map((name) => {
  const code = readFileSync(join(folder, name), 'utf8');
  const [, as, expect] = /^\/\/ as: (.+)\n\/\/ expect: (.+)\n/.exec(code) ?? [];
  if (!as)
    throw new Error(`${name}: the first lines say "// as: <path>" and "// expect: <rule ids> | nothing"`);
  return { name, code, as, expected: expect === 'nothing' ? [] : expect.split(' ').sort() };
});

const paths = [...new Set(fixtures.map(({ as }) => as))];
const eslint = new ESLint({
  cwd,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        // The paths do not exist, so that no tsconfig.json includes them.
        projectService: {
          allowDefaultProject: paths,
          defaultProject: 'tsconfig.json',
          maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: paths.length,
        },
      },
    },
  },
});

const results = [];
for (const { name, code, as, expected } of fixtures) {
  const [{ messages }] = await eslint.lintText(code, { filePath: join(cwd, as) });
  const found = [...new Set(messages.map(({ ruleId, message }) => ruleId ?? message))].sort();
  results.push({ name, expected, found });
}
process.stdout.write(JSON.stringify(results));
