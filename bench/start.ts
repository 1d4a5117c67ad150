import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryChapter } from './memory';
import type { CpuFacts, InstanceMemory } from './processes';
import type { Chapter } from './report';
import { breakdownTables } from './start-breakdown';
import type { StartRecord } from './start-probe';
import { repeated, shown, spread, type Spread } from './statistics';
import { SuiteProcess, type Stop } from './suite-process';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy';

const targets = { freshSeconds: 15, warmSeconds: 3 } as const;
/** After the day, before the memory is read: what was needed for the moment is given back. */
const settleMillis = 3_000;

interface Run {
  readonly readySeconds: number;
  readonly cpu: CpuFacts | null;
  /** After the day. */
  readonly memory: InstanceMemory | null;
  readonly stop: Stop;
}

interface Starts {
  readonly compiling: Run;
  readonly fresh: readonly Run[];
  readonly warm: readonly Run[];
  readonly records: readonly StartRecord[];
}

async function runOnce(
  copy: WorkspaceCopy,
  dataDir: string,
  args: readonly string[],
  settle: number,
): Promise<Run> {
  const suite = await SuiteProcess.start({ workspace: copy, dataDir, args });
  await sleep(settle);
  const memory = suite.memory();
  const stop = await suite.stop();
  if (stop.exitCode !== 0) throw new Error(`after SIGINT the suite ended with ${stop.exitCode}`);
  if (stop.leftBehind.length > 0) throw new Error(`the suite left behind: ${stop.leftBehind.join(', ')}`);
  return { readySeconds: suite.readyMillis / 1_000, cpu: suite.cpuAtReady, memory, stop };
}

async function observedStart(copy: WorkspaceCopy, dataDir: string, index: number): Promise<StartRecord> {
  const file = join(copy.folder, `start-${index}.json`);
  const suite = await SuiteProcess.start({
    workspace: copy,
    dataDir,
    args: ['--empty'],
    nodeArgs: ['--require', join(__dirname, 'start-probe.js')],
    environment: { ANJU_BENCH_PROBE: file },
  });
  await suite.stop();
  return JSON.parse(readFileSync(file, 'utf8')) as StartRecord;
}

async function freshStart(copy: WorkspaceCopy, args: readonly string[]): Promise<Run> {
  const dataDir = copy.newDataDir();
  try {
    return await runOnce(copy, dataDir, args, settleMillis);
  } finally {
    await copy.removeDataDir(dataDir);
  }
}

async function startAll(copy: WorkspaceCopy, args: readonly string[]): Promise<Starts> {
  // Nothing is compiled in the copy yet: this is the first start of a clone.
  const compiling = await freshStart(copy, args);
  const fresh = await repeated(3, 30, () => freshStart(copy, args));
  const dataDir = copy.newDataDir();
  try {
    // Makes the data that the warm starts find.
    await runOnce(copy, dataDir, args, 0);
    const warm = await repeated(9, 25, () => runOnce(copy, dataDir, args, 0));
    const records = await repeated(3, 12, (index) => observedStart(copy, dataDir, index));
    return { compiling, fresh, warm, records };
  } finally {
    await copy.removeDataDir(dataDir);
  }
}

/** The observed start that was least disturbed by what else the machine does. */
function undisturbed(records: readonly StartRecord[]): StartRecord {
  return records.reduce((best, one) => (one.readyMillis < best.readyMillis ? one : best));
}

/**
 * Starts the suite as whole processes: of a clone that has compiled nothing yet, on no data, on data that are
 * there; stops each by SIGINT.
 * @param withStory whether a fresh start plays the day
 * @throws Error if one does not become ready, does not end with 0, or leaves a process behind
 */
export async function measureStart(withStory: boolean): Promise<Chapter[]> {
  const copy = copyWorkspace();
  const starts = await startAll(copy, withStory ? [] : ['--empty']).finally(() => copy.remove());
  const seconds = (runs: readonly Run[]): Spread => spread(runs.map(({ readySeconds }) => readySeconds));
  const fresh = seconds(starts.fresh);
  const warm = seconds(starts.warm);
  const stops = [starts.compiling, ...starts.fresh, ...starts.warm].map(({ stop }) => stop.millis / 1_000);
  const observed = starts.records.map(({ readyMillis }) => readyMillis / 1_000);
  const cpuRows = (runs: readonly Run[], start: string): string[][] => {
    const told = runs.flatMap(({ cpu, readySeconds }) =>
      cpu ? [{ ...cpu, readyMillis: readySeconds * 1_000 }] : [],
    );
    if (told.length === 0) return [];
    const row = (of: (run: (typeof told)[number]) => number): string =>
      shown(spread(told.map((run) => of(run) / 1_000)), 2, 's');
    return [
      [
        `… ${start}, main thread ready to run while others had the cores`,
        row((run) => run.mainThreadWaitedMillis),
      ],
      [`… ${start}, without that`, row((run) => run.readyMillis - run.mainThreadWaitedMillis)],
      [`… ${start}, CPU time of the Node process`, row((run) => run.usedMillis)],
    ];
  };
  const day = withStory ? 'after the day' : 'with the setting (the day was not played)';
  const memories = (runs: readonly Run[]): InstanceMemory[] => runs.flatMap(({ memory }) => memory ?? []);
  const clone = starts.compiling.readySeconds;
  return [
    {
      title: 'Start',
      method:
        'Whole processes, started as `npm start` starts them, on a copy of the workspace; the time runs from before the ' +
        'process is made to its line "Anju is running", after which `/ready` must answer 200. ' +
        `A fresh start has no data and ${withStory ? 'plays the day' : 'registers the setting without the day'}; ` +
        'a warm start finds what a fresh one left. Each is ended by SIGINT and must end with 0 and leave no ' +
        'process. The parts are those of the fastest of three ' +
        'further warm starts that are observed, which makes them slower.',
      figures: [
        {
          name: `fresh start to ready, ${withStory ? 'with' : 'WITHOUT'} the day`,
          target: `≤ ${targets.freshSeconds} s`,
          measured: { embedded: shown(fresh, 2, 's') },
          met: fresh.median <= targets.freshSeconds,
        },
        {
          name: 'the same in a new clone, which is compiled first',
          target: `≤ ${targets.freshSeconds} s`,
          measured: { embedded: `${clone.toFixed(2)} s (n=1)` },
          met: clone <= targets.freshSeconds,
        },
        {
          name: 'warm start to ready',
          target: `≤ ${targets.warmSeconds} s`,
          measured: { embedded: shown(warm, 2, 's') },
          met: warm.median <= targets.warmSeconds,
        },
      ],
      tables: [
        {
          title: 'Starts and stops',
          head: ['what', 'time'],
          rows: [
            ['fresh start of a clone, compiling', `${clone.toFixed(2)} s (n=1)`],
            ['fresh start', shown(fresh, 2, 's')],
            ...cpuRows(starts.fresh, 'fresh'),
            ['warm start', shown(warm, 2, 's')],
            ...cpuRows(starts.warm, 'warm'),
            ['stop by SIGINT', shown(spread(stops), 2, 's')],
            ['warm start, observed', shown(spread(observed), 2, 's')],
          ],
        },
        ...breakdownTables(undisturbed(starts.records)),
      ],
    },
    memoryChapter({
      when: `${day}, ${settleMillis / 1_000} s after ready`,
      fresh: memories([starts.compiling, ...starts.fresh]),
      warm: memories(starts.warm),
    }),
  ];
}
