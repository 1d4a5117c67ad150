import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { brokerObstacle } from '@anju/kafka';
import { runChaos, type ChaosResult } from './run';

const usage = 'npm run chaos -- [--runs <how many>] [--seed <of the first>]';
const shownFindings = 20;

function positive(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    process.stderr.write(`${name} has to be a positive integer, not ${text}\n${usage}\n`);
    process.exit(2);
  }
  return number;
}

const columns = [
  'seed',
  'kills',
  'commands',
  'per s',
  'retried',
  'unanswered',
  'events',
  'copies dropped',
  'deadlines',
  'lost',
  'doubled',
  'out of order',
];

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell, index) => String(cell).padStart(columns[index]!.length)).join(' | ')} |`;
}

type Sums = Omit<ChaosResult, 'findings' | 'strikes' | 'problems' | 'seconds' | 'seed'> & {
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
};

function sumsOf({ findings, ...result }: ChaosResult): Sums {
  const { lost, doubled, outOfOrder } = findings;
  return { ...result, lost: lost.length, doubled: doubled.length, outOfOrder: outOfOrder.length };
}

function cells(name: string | number, sums: Sums): (string | number)[] {
  const { kills, commands, commandsPerSecond, retried, unanswered, events, copies, deadlines } = sums;
  const { lost, doubled, outOfOrder } = sums;
  return [
    name,
    kills,
    commands,
    commandsPerSecond.toFixed(0),
    retried,
    unanswered,
    events,
    copies,
    deadlines,
    lost,
    doubled,
    outOfOrder,
  ];
}

function total(all: readonly Sums[]): Sums {
  const sum = (key: keyof Sums): number => all.reduce((so, one) => so + one[key], 0);
  return {
    kills: sum('kills'),
    commands: sum('commands'),
    commandsPerSecond: sum('commandsPerSecond') / all.length,
    retried: sum('retried'),
    unanswered: sum('unanswered'),
    events: sum('events'),
    copies: sum('copies'),
    deadlines: sum('deadlines'),
    lost: sum('lost'),
    doubled: sum('doubled'),
    outOfOrder: sum('outOfOrder'),
  };
}

/** Each once, with how often it was there. */
function timesEach(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => `${line} (${count} times)`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
  });
  const runs = positive(values.runs, '--runs');
  const first = positive(values.seed, '--seed');
  const obstacle = brokerObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const results: ChaosResult[] = [];
  for (let seed = first; seed < first + runs; seed += 1) {
    const result = await runChaos({
      seed,
      brokerDownMillis: 20_000,
      perSecond: 150,
      warmUp: 800,
      undisturbedMillis: 5_000,
      replays: 1_000,
      say,
    });
    results.push(result);
    const { lost, doubled, outOfOrder } = result.findings;
    for (const wrong of [lost, doubled, outOfOrder, timesEach(result.problems)]) {
      for (const line of wrong.slice(0, shownFindings)) say(`  ✘ ${line}`);
      if (wrong.length > 0) process.exitCode = 1;
    }
    if (result.unanswered > 0) process.exitCode = 1;
  }
  const sums = results.map(sumsOf);
  say(`\n${row(columns)}\n|${columns.map((column) => '-'.repeat(column.length + 2)).join('|')}|`);
  results.forEach(({ seed }, index) => say(row(cells(seed, sums[index]!))));
  say(row(cells('all', total(sums))));
  say(`\nruns ${results.length}`);
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
