import { setTimeout as sleep } from 'node:timers/promises';
import { memoryByProcess, type NamedMemory } from './process-memory';
import type { Chapter } from './report';
import { noBroker } from './servers';
import { partsOf, type PartOfStart } from './start-lines';
import { repeated, shown, spread } from './statistics';
import { SuiteProcess, type Stop } from './suite-process';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy';

/** Before the memory is read: what was needed for the moment is given back. */
const settleMillis = 3_000;
const bytesPerMegabyte = 1_024 ** 2;

interface Run {
  readonly readySeconds: number;
  readonly parts: readonly PartOfStart[];
  readonly memory: readonly NamedMemory[];
  readonly stop: Stop;
}

async function runOnce(copy: WorkspaceCopy, dataDir: string, settle: number): Promise<Run> {
  const platform = await SuiteProcess.start({
    workspace: copy,
    script: 'start:distributed',
    dataDir,
    args: ['--empty'],
  });
  await sleep(settle);
  const memory = memoryByProcess(platform.pid);
  const stop = await platform.stop();
  if (stop.exitCode !== 0) throw new Error(`after SIGINT the platform ended with ${stop.exitCode}`);
  if (stop.leftBehind.length > 0) throw new Error(`the platform left behind: ${stop.leftBehind.join(', ')}`);
  return { readySeconds: platform.readyMillis / 1_000, parts: partsOf(platform.said), memory, stop };
}

async function startAll(copy: WorkspaceCopy): Promise<{ cold: Run[]; warm: Run[] }> {
  // What is measured is not the compiler: that is a figure of the embedded mode.
  const first = copy.newDataDir();
  await runOnce(copy, first, 0);
  await copy.removeDataDir(first);
  const cold = await repeated(2, 20, async () => {
    const dataDir = copy.newDataDir();
    try {
      return await runOnce(copy, dataDir, 0);
    } finally {
      await copy.removeDataDir(dataDir);
    }
  });
  const dataDir = copy.newDataDir();
  try {
    // Makes the data that the warm starts find.
    await runOnce(copy, dataDir, 0);
    return { cold, warm: await repeated(3, 25, () => runOnce(copy, dataDir, settleMillis)) };
  } finally {
    await copy.removeDataDir(dataDir);
  }
}

const secondsOf = (runs: readonly Run[]): string =>
  shown(spread(runs.map(({ readySeconds }) => readySeconds)), 2, 's');

function secondsOfPart(runs: readonly Run[], part: string): string {
  const told = runs.flatMap(({ parts }) => parts.filter(({ name }) => name === part));
  return told.length === 0 ? '–' : shown(spread(told.map(({ seconds }) => seconds)), 1, 's');
}

function memoryRows(runs: readonly Run[]): string[][] {
  const names = [...new Set(runs.flatMap(({ memory }) => memory.map(({ name }) => name)))];
  const megabytes = (values: readonly number[]): string =>
    shown(spread(values.map((bytes) => bytes / bytesPerMegabyte)), 0, 'MB');
  const sum = (memory: readonly NamedMemory[]): number =>
    memory.reduce((total, one) => total + one.proportional, 0);
  const rows = names.map((name) => {
    const found = runs.flatMap(({ memory }) => memory.filter((one) => one.name === name));
    return [
      name,
      shown(spread(found.map(({ processes }) => processes)), 0, ''),
      megabytes(found.map(({ resident }) => resident)),
      megabytes(found.map(({ proportional }) => proportional)),
    ];
  });
  if (names.length === 0) return [['not told by this machine', '', '', '']];
  return [...rows, ['all', '', '', megabytes(runs.map(({ memory }) => sum(memory)))]];
}

/**
 * Starts the platform as processes, with a broker of its own, on no data and on data that are there.
 * @returns null where there can be no broker
 * @throws Error if one does not become ready, does not end with 0, or leaves a process behind
 */
export async function measureDistributedStart(): Promise<Chapter | null> {
  if (noBroker !== null) return null;
  const copy = copyWorkspace();
  const { cold, warm } = await startAll(copy).finally(() => copy.remove());
  const parts = [...new Set([...cold, ...warm].flatMap((run) => run.parts.map(({ name }) => name)))];
  const stops = [...cold, ...warm].map(({ stop }) => stop.millis / 1_000);
  const figure = (kind: string, runs: readonly Run[]): Chapter['figures'][number] => ({
    name: `distributed: ${kind} start to ready, of which the broker`,
    target: null,
    measured: { distributed: `${secondsOf(runs)}; broker ${secondsOfPart(runs, 'kafka')}` },
    met: null,
  });
  return {
    title: 'Start of the distributed mode',
    method:
      'As above, by `npm run start:distributed -- --empty`, compiled already: cold on no data, with new databases and ' +
      'topics, places and people registered without the day; warm on the data of a start before. The broker is one of its own ' +
      'from its jars; it starts beside PostgreSQL, and its part is its own process from the start to topics that are ' +
      'there. Parts overlap, as told by the start itself.',
    figures: [figure('cold', cold), figure('warm', warm)],
    tables: [
      {
        title: 'Distributed starts',
        head: ['what', 'cold', 'warm'],
        rows: [
          ['start to ready', secondsOf(cold), secondsOf(warm)],
          ...parts.map((part) => [`… ${part}`, secondsOfPart(cold, part), secondsOfPart(warm, part)]),
          ['stop by SIGINT, both', shown(spread(stops), 2, 's'), ''],
        ],
      },
      {
        title: `Memory by process, ${settleMillis / 1_000} s after a warm start`,
        head: ['process', 'how many', 'resident (RSS)', 'share (PSS)'],
        rows: memoryRows(warm),
      },
    ],
  };
}
