import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, parse, printSchema } from 'graphql';
import { ClockResolver } from '@anju/demo-clock';
import { services } from '@anju/suite';
import { buildServiceSchema, withOperations } from '@anju/subgraph';

/**
 * Emits every service's `schema.graphql` and the composed supergraphs.
 *
 *   npm run schema                 writes them
 *   npm run schema -- --check      fails if one is stale, or breaks what `published.graphql` promised
 *   npm run schema -- --publish    takes today's graph as the promise
 */
const root = process.cwd();
const supergraphDir = join(root, 'infra/supergraph');
const publishedFile = join(supergraphDir, 'published.graphql');

const schemaFileOf = (service: string): string =>
  service === 'insights' ? 'libs/insights/schema.graphql' : `libs/${service}/service/schema.graphql`;

function compose(subgraphs: readonly { name: string; sdl: string }[]): { supergraph: string; api: string } {
  const result = composeServices(
    subgraphs.map(({ name, sdl }) => ({
      name,
      typeDefs: parse(sdl),
      url: `http://${name}.anju.internal/graphql`,
    })),
  );
  if (result.errors) throw new Error(result.errors.map((error) => error.message).join('\n'));
  return {
    supergraph: result.supergraphSdl,
    api: printSchema(result.schema.toAPISchema().toGraphQLJSSchema()),
  };
}

async function emit(): Promise<{ files: Map<string, string>; api: string }> {
  const files = new Map<string, string>();
  const subgraphs: { name: string; sdl: string }[] = [];
  for (const definition of services) {
    const { sdl } = await buildServiceSchema(withOperations(definition), new Map(), []);
    subgraphs.push({ name: definition.name, sdl });
    files.set(schemaFileOf(definition.name), sdl);
  }
  const { supergraph, api } = compose(subgraphs);
  files.set('infra/supergraph/supergraph.graphql', supergraph);
  const clock = await buildServiceSchema({ resolverClasses: [ClockResolver] }, new Map(), []);
  const withClock = compose([...subgraphs, { name: 'clock', sdl: clock.sdl }]);
  files.set('infra/supergraph/supergraph-with-clock.graphql', withClock.supergraph);
  return { files, api };
}

async function breakingChanges(api: string): Promise<string[]> {
  if (!existsSync(publishedFile)) return [];
  const changes = await diff(buildSchema(readFileSync(publishedFile, 'utf8')), buildSchema(api));
  return changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking)
    .map((change) => change.message);
}

async function main(mode: string | undefined): Promise<void> {
  const { files, api } = await emit();
  if (mode === '--check') {
    const stale = [...files].filter(
      ([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
    );
    const broken = await breakingChanges(api);
    for (const [file] of stale) console.error(`stale: ${file}; run "npm run schema"`);
    for (const change of broken) console.error(`breaks published.graphql: ${change}`);
    if (stale.length + broken.length > 0) process.exitCode = 1;
    else console.log(`${files.size} schema files are up to date, nothing published is broken`);
    return;
  }
  if (mode === '--publish') files.set('infra/supergraph/published.graphql', `${api}\n`);
  for (const [file, text] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`wrote ${files.size} schema files`);
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
