/**
 * `node tools/images.mjs --check [folder]`: lints the Dockerfile and the compose file with published linters, since no
 * engine is needed to work on Anju. What they cannot know is in `infra/docker/*.spec.ts`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils/lib/main.js';

const given = process.argv.slice(2).find((argument) => argument !== '--check');
const root = given ?? resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dockerfile = 'infra/docker/Dockerfile';
const composeFile = 'docker-compose.yml';

const rules = {
  // It would have a merge (`<<`), on which the other keys build, stand last.
  'service-keys-order': 0,
  // It would have an anchor stand after its use.
  'top-level-properties-order': 0,
};

const problems = [
  ...validate(readFileSync(join(root, dockerfile), 'utf8')).map(
    ({ range, message }) => `${dockerfile}:${range.start.line + 1} ${message}`,
  ),
  ...new DCLinter({ rules, quiet: false, debug: false, exclude: [] })
    .lintFiles([join(root, composeFile)], false)
    .flatMap(({ messages }) => messages)
    .map(({ line, message, rule }) => `${composeFile}:${line} ${message} (${rule})`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
