import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { metricsDocument } from '@anju/insights';
import { publishedContracts } from '@anju/kafka-topics';
import { configurationDocument } from './docs/configuration';
import { errorsDocument } from './docs/errors';
import { breakingDifferences, eventsDocument, schemaFile, schemaText } from './docs/events';
import { permissionsDocument } from './docs/permissions';
import { rulesDocument } from './docs/rules';

/**
 * Makes the documents that follow from the code, and the JSON Schemas of the events.
 *
 *   npm run docs              writes them; refuses a breaking change to a published event
 *   npm run docs -- --check   fails if one is stale
 */
function emit(): Map<string, string> {
  const files = new Map<string, string>([
    ['docs/rules.md', rulesDocument(process.cwd())],
    ['docs/configuration.md', configurationDocument()],
    ['docs/errors.md', errorsDocument()],
    ['docs/events.md', eventsDocument()],
    ['docs/metrics.md', metricsDocument()],
    ['docs/permissions.md', permissionsDocument()],
  ]);
  for (const contract of publishedContracts()) files.set(schemaFile(contract), schemaText(contract));
  return files;
}

function brokenContracts(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([file]) => file.endsWith('.json') && existsSync(file))
    .flatMap(([file, text]) =>
      breakingDifferences(JSON.parse(readFileSync(file, 'utf8')) as object, JSON.parse(text) as object).map(
        (difference) => `${file}: ${difference}`,
      ),
    );
}

function main(mode: string | undefined): void {
  const files = emit();
  const broken = brokenContracts(files);
  for (const one of broken)
    console.error(`a published event would change: ${one}; publish a new version instead`);
  if (broken.length > 0 && mode !== '--unpublished') {
    process.exitCode = 1;
    return;
  }
  if (mode === '--check') {
    const stale = [...files].filter(
      ([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
    );
    for (const [file] of stale) console.error(`stale: ${file}; run "npm run docs"`);
    if (stale.length > 0) process.exitCode = 1;
    else console.log(`${files.size} documents and schemas are up to date`);
    return;
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`wrote ${files.size} documents and schemas`);
}

main(process.argv[2]);
