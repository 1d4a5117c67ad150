import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** A process as Linux tells of it. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Of its own, user and system. */
  readonly cpuMillis: number;
  /** Of its children that have ended and were waited for. */
  readonly endedChildrenCpuMillis: number;
}

/** Memory of a tree of processes, in bytes; shared pages of PostgreSQL are divided among its processes. */
export interface TreeMemory {
  /** Resident set of the Node process (RSS). */
  readonly node: number;
  /** The most that the Node process ever had (RSS). */
  readonly nodePeak: number;
  /** Proportional set of all PostgreSQL processes together (PSS). */
  readonly postgres: number;
  readonly postgresProcesses: number;
  /** Proportional set of whatever else the Node process has started. */
  readonly others: number;
}

/** Linux counts CPU time in hundredths of a second, whatever its clock does. */
const millisPerTick = 10;

/** Whether this machine tells of its processes. */
export const knowsProcesses = existsSync('/proc/self/smaps_rollup');

function factsOf(pid: number): ProcessFacts | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The name is in brackets and may itself hold some.
  const nameEnds = text.lastIndexOf(')');
  const fields = text.slice(nameEnds + 2).split(' ');
  // It has ended; only nobody has asked how.
  if (fields[0] === 'Z') return null;
  const ticks = (index: number): number => Number(fields[index] ?? 0);
  return {
    pid,
    parent: Number(fields[1]),
    name: text.slice(text.indexOf('(') + 1, nameEnds),
    cpuMillis: (ticks(11) + ticks(12)) * millisPerTick,
    endedChildrenCpuMillis: (ticks(13) + ticks(14)) * millisPerTick,
  };
}

/** The process and everything below it; empty where the machine does not tell. */
export function treeOf(root: number): ProcessFacts[] {
  if (!knowsProcesses) return [];
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => factsOf(Number(entry)) ?? []);
  const tree = all.filter((one) => one.pid === root);
  for (const known of tree) tree.push(...all.filter((one) => one.parent === known.pid));
  return tree;
}

const isPostgres = ({ name }: ProcessFacts): boolean => name === 'postgres';

function kilobytesIn(file: string, field: string): number {
  const text = readFileSync(file, 'utf8');
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text);
  if (!found) throw new Error(`${file} does not tell ${field}`);
  return Number(found[1]);
}

/** @returns bytes, 0 for a process that has ended meanwhile */
function proportionalSet(pid: number): number {
  try {
    return kilobytesIn(`/proc/${pid}/smaps_rollup`, 'Pss') * 1_024;
  } catch (error) {
    if (factsOf(pid)) throw error;
    return 0;
  }
}

/** The memory of a Node process and of what it has started; null where the machine does not tell. */
export function memoryOf(pid: number): TreeMemory | null {
  if (!knowsProcesses) return null;
  const below = treeOf(pid).filter((one) => one.pid !== pid);
  const sum = (some: readonly ProcessFacts[]): number =>
    some.reduce((total, one) => total + proportionalSet(one.pid), 0);
  const status = `/proc/${pid}/status`;
  return {
    node: kilobytesIn(status, 'VmRSS') * 1_024,
    nodePeak: kilobytesIn(status, 'VmHWM') * 1_024,
    postgres: sum(below.filter(isPostgres)),
    postgresProcesses: below.filter(isPostgres).length,
    others: sum(below.filter((one) => !isPostgres(one))),
  };
}

/** What the CPU gave to a process; null where the machine does not tell. */
export interface CpuFacts {
  /** Used by all its threads. */
  readonly usedMillis: number;
  /** How long its main thread was ready to run while others had the cores: the noise of a busy machine. */
  readonly mainThreadWaitedMillis: number;
}

/** @param pid of a process that runs */
export function cpuOf(pid: number): CpuFacts | null {
  const facts = factsOf(pid);
  const file = `/proc/${pid}/schedstat`;
  if (!facts || !existsSync(file)) return null;
  const waitedNanos = Number(readFileSync(file, 'utf8').split(' ')[1]);
  return { usedMillis: facts.cpuMillis, mainThreadWaitedMillis: waitedNanos / 1e6 };
}

/** CPU time of the PostgreSQL below a process so far, in milliseconds; null where the machine does not tell. */
export function postgresCpuMillis(pid: number): number | null {
  if (!knowsProcesses) return null;
  return treeOf(pid)
    .filter(isPostgres)
    .reduce((total, one) => total + one.cpuMillis + one.endedChildrenCpuMillis, 0);
}
