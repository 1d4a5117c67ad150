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

/** Memory of a Node process and of all that it has started, in bytes. */
export interface InstanceMemory {
  /** Resident set of the Node process (RSS). */
  readonly node: number;
  /** The most that the Node process ever had (RSS). */
  readonly nodePeak: number;
  /** Proportional set of all PostgreSQL processes together (PSS): what they share is counted once. */
  readonly postgres: number;
  readonly postgresProcesses: number;
  /** Proportional set of whatever else the Node process has started. */
  readonly others: number;
}

/** Linux counts CPU time in hundredths of a second, whatever its clock does. */
const millisPerTick = 10;

/** Whether this machine tells of its processes. */
export const knowsProcesses = existsSync('/proc/self/smaps_rollup');

/**
 * @param text of `/proc/<pid>/stat`
 * @returns null for a process that has ended
 */
export function factsFrom(pid: number, text: string): ProcessFacts | null {
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

function factsOf(pid: number): ProcessFacts | null {
  try {
    return factsFrom(pid, readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return null;
  }
}

/** Those of all processes that are the root, its children, their children and so on. */
export function treeAmong(all: readonly ProcessFacts[], root: number): ProcessFacts[] {
  const tree = all.filter((one) => one.pid === root);
  for (const known of tree) tree.push(...all.filter((one) => one.parent === known.pid));
  return tree;
}

/** The process and everything below it; empty where the machine does not tell. */
export function treeOf(root: number): ProcessFacts[] {
  if (!knowsProcesses) return [];
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => factsOf(Number(entry)) ?? []);
  return treeAmong(all, root);
}

const isPostgres = ({ name }: ProcessFacts): boolean => name === 'postgres';

/**
 * @param text lines such as `Pss:   1234 kB`
 * @returns the field in bytes
 * @throws Error if it is not there
 */
export function bytesOf(field: string, text: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text);
  if (!found) throw new Error(`${field} is not told`);
  return Number(found[1]) * 1_024;
}

/**
 * @param tree the Node process first
 * @param status text of `/proc/<pid>/status` of the Node process
 * @param rollup text of `/proc/<pid>/smaps_rollup`; null for a process that has ended meanwhile
 */
export function memoryFrom(
  [, ...below]: readonly ProcessFacts[],
  status: string,
  rollup: (pid: number) => string | null,
): InstanceMemory {
  const proportionalSet = ({ pid }: ProcessFacts): number => {
    const text = rollup(pid);
    return text === null ? 0 : bytesOf('Pss', text);
  };
  const sum = (some: readonly ProcessFacts[]): number =>
    some.reduce((total, one) => total + proportionalSet(one), 0);
  const postgres = below.filter(isPostgres);
  return {
    node: bytesOf('VmRSS', status),
    nodePeak: bytesOf('VmHWM', status),
    postgres: sum(postgres),
    postgresProcesses: postgres.length,
    others: sum(below.filter((one) => !isPostgres(one))),
  };
}

/** Node and all that it has started, in bytes; what they share is counted once. */
export function wholeInstance({ node, postgres, others }: InstanceMemory): number {
  return node + postgres + others;
}

/** The memory of a Node process and of what it has started; null where the machine does not tell. */
export function memoryOf(pid: number): InstanceMemory | null {
  if (!knowsProcesses) return null;
  return memoryFrom(treeOf(pid), readFileSync(`/proc/${pid}/status`, 'utf8'), (one) => {
    try {
      return readFileSync(`/proc/${one}/smaps_rollup`, 'utf8');
    } catch (error) {
      if (factsOf(one)) throw error;
      return null;
    }
  });
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
