import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLatency } from './latency';
import { startPlatform } from './platform';
import { measureQuery } from './query';
import { asMarkdown, asText, surroundings, type Chapter } from './report';
import { measureStart } from './start';

/**
 * `npm run bench`: measures the figures that the platform is held to, prints them and writes `bench/RESULTS.md`.
 *
 *   npm run bench                       everything, in less than five minutes
 *   npm run bench -- --empty            fresh starts without the story
 *   npm run bench -- --only start       or `platform`: a part of it, printed only
 */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { empty: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  if (values.only !== undefined && !['start', 'platform'].includes(values.only)) {
    throw new Error(`--only is ${values.only}; expected start or platform`);
  }
  const load = (): number => loadavg()[0]!;
  const loadBefore = load();
  const began = performance.now();
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  const chapters: Chapter[] = [];
  if (values.only !== 'platform') {
    tell('Starts and stops of whole processes …');
    chapters.push(...(await measureStart(!values.empty)));
  }
  if (values.only !== 'start') {
    tell('The suite in this process …');
    const platform = await startPlatform();
    try {
      tell('Commits and metrics …');
      chapters.push(await measureLatency(platform));
      tell('The query …');
      chapters.push(await measureQuery(platform));
    } finally {
      await platform.close();
    }
  }
  const seconds = (performance.now() - began) / 1_000;
  tell(`\n${asText(chapters)}`);
  if (values.only !== undefined) return;
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
