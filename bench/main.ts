import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureEventRate } from './event-rate';
import { EventWriter } from './event-writer';
import { measureComplaintLists } from './complaint-lists';
import { measureLatency } from './latency';
import { startEmbedded, startProcesses, type Platform, type PlatformOfProcesses } from './platform';
import { measureQuery } from './query';
import { measureRecompute } from './recompute';
import { companyMix, denseMix } from '../apps/e2e/src/generated-year/year-mix';
import { asMarkdown, asText, surroundings, type Chapter } from './report';
import { noBroker, startServers, type Servers } from './servers';
import { measureStart } from './start';
import { measureDistributedStart } from './start-distributed';
import { measureThroughput } from './throughput';
import { measureYear } from './year';

/** What can be measured alone. */
const parts = ['start', 'platform', 'query', 'events', 'year', 'lists', 'recompute'] as const;

type Part = (typeof parts)[number];

/** They take three quarters of an hour together: not measured unless asked for. */
const longParts: ReadonlySet<Part> = new Set(['year', 'lists', 'recompute']);

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

async function withPlatforms<Result>(
  servers: Servers,
  modes: { readonly embedded: boolean },
  work: (embedded: Platform | null, distributed: PlatformOfProcesses | null) => Promise<Result>,
): Promise<Result> {
  const embedded = modes.embedded ? await startEmbedded(servers) : null;
  try {
    const distributed = servers.brokers ? await startProcesses(servers) : null;
    try {
      return await work(embedded, distributed);
    } finally {
      await distributed?.close();
    }
  } finally {
    await embedded?.close();
  }
}

async function measureEvents(distributed: PlatformOfProcesses): Promise<Chapter[]> {
  const writer = await EventWriter.open(distributed);
  try {
    tell('Events by Kafka, at a rate …');
    const rate = await measureEventRate(distributed, writer);
    tell('Events by Kafka, a backlog …');
    return [rate, await measureThroughput(distributed, writer)];
  } finally {
    await writer.close();
  }
}

/** Both modes on one PostgreSQL server; the distributed one is left where there is no broker. */
async function measurePlatforms(only: Part | undefined): Promise<Chapter[]> {
  const servers = await startServers();
  try {
    return await withPlatforms(servers, { embedded: only !== 'events' }, async (embedded, distributed) => {
      const chapters: Chapter[] = [];
      for (const platform of [embedded, distributed]) {
        if (!platform || only === 'events') continue;
        tell(`Commits and metrics, ${platform.mode} …`);
        chapters.push(await measureLatency(platform));
      }
      // Last: it ends processes of the platform.
      if (distributed) chapters.push(...(await measureEvents(distributed)));
      return chapters;
    });
  } finally {
    await servers.close();
  }
}

/**
 * `npm run bench`: measures the figures that the platform is held to, prints them and writes `bench/RESULTS.md`.
 *
 *   npm run bench                       starts, platforms and the query, in about fifteen minutes
 *   npm run bench -- --all              year, lists and recompute besides
 *   npm run bench -- --empty            embedded fresh starts without the story
 *   npm run bench -- --only start       a part of it, printed only: start (both modes), platform (commits and
 *                                       events), events (Kafka alone), query (on a load of its own), year (of
 *                                       complaints), lists (of complaints)
 *   npm run bench -- --only query --customers 5000 --interactions 50000 --embedded
 *                                       the query on less data, without the distributed mode
 *   npm run bench -- --only year --complaints 2000 --projects 30
 *                                       a year of fewer complaints; or lists of fewer
 *   npm run bench -- --only year --dense
 *                                       a year in which two cases of three become hot or major
 *   npm run bench -- --only recompute --cases 10000
 *                                       due times computed anew, of fewer open cases
 */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      all: { type: 'boolean', default: false },
      empty: { type: 'boolean', default: false },
      only: { type: 'string' },
      customers: { type: 'string', default: '100000' },
      interactions: { type: 'string' },
      complaints: { type: 'string' },
      projects: { type: 'string', default: '300' },
      embedded: { type: 'boolean', default: false },
      cases: { type: 'string', default: '100000' },
      dense: { type: 'boolean', default: false },
    },
  });
  const only = parts.find((part) => part === values.only);
  if (values.only !== undefined && only === undefined) {
    throw new Error(`--only is ${values.only}; expected one of ${parts.join(', ')}`);
  }
  const measures = (part: Part): boolean =>
    only === part || (only === undefined && (values.all || !longParts.has(part)));
  if (noBroker !== null) tell(`Without the figures of the distributed mode: ${noBroker}`);
  const load = (): number => loadavg()[0]!;
  const loadBefore = load();
  const began = performance.now();
  const chapters: Chapter[] = [];
  if (measures('start')) {
    tell('Starts and stops of whole processes …');
    chapters.push(...(await measureStart(!values.empty)));
    tell('The same, distributed …');
    const distributed = await measureDistributedStart();
    if (distributed) chapters.push(distributed);
  }
  if (measures('platform') || only === 'events') {
    tell('Both modes side by side …');
    chapters.push(...(await measurePlatforms(only)));
  }
  if (measures('query')) {
    const customers = Number(values.customers);
    const interactions = Number(values.interactions ?? customers * 10);
    chapters.push(await measureQuery({ customers, interactions, seed: 20_260_302 }, !values.embedded, tell));
  }
  if (measures('recompute')) {
    tell('Due times computed anew …');
    chapters.push(await measureRecompute(Number(values.cases), tell));
  }
  if (measures('year')) {
    tell('A year of complaints …');
    const size = { complaints: Number(values.complaints ?? 20_000), projects: Number(values.projects) };
    const mix = values.dense ? denseMix : companyMix;
    chapters.push(await measureYear({ ...size, seed: 20_260_101, mix }, tell));
  }
  if (measures('lists')) {
    tell('Lists of complaints …');
    const size = { complaints: Number(values.complaints ?? 1_000_000), projects: Number(values.projects) };
    chapters.push(await measureComplaintLists({ ...size, seed: 20_260_302 }, tell));
  }
  const seconds = (performance.now() - began) / 1_000;
  tell(`\n${asText(chapters)}`);
  if (only !== undefined) return;
  const file = resolve('bench/RESULTS.md');
  writeFileSync(file, asMarkdown(chapters, surroundings([loadBefore, load()], seconds)));
  tell(`written to bench/RESULTS.md after ${seconds.toFixed(0)} s`);
}

// So that what is to be done at the exit is done.
process.once('SIGINT', () => process.exit(130));
main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
