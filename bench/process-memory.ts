import { readFileSync } from 'node:fs';
import { bytesOf, knowsProcesses, treeOf } from './processes';

/** Memory of those processes of a platform that have one name, in bytes. */
export interface NamedMemory {
  readonly name: string;
  readonly processes: number;
  /** Resident sets (RSS): what several share is counted for each. */
  readonly resident: number;
  /** Proportional sets (PSS): what several share is divided among them. */
  readonly proportional: number;
}

/**
 * What a process of a platform is, for people.
 * @param name as the kernel has it
 * @param commandLine with its arguments separated by NUL
 */
export function titleOf(name: string, commandLine: string): string {
  const app = /\/apps\/([\w-]+)\/src\/main\.js/.exec(commandLine)?.[1];
  if (app !== undefined) return app;
  if (name === 'postgres') return 'PostgreSQL';
  if (name === 'java') return 'Kafka broker';
  // The one that was started by the script, and starts the others.
  return name === 'node' || name === 'MainThread' ? 'supervisor' : 'guarding shells';
}

/** Adds up those of one name; the order is that of the first of each. */
export function byName(all: readonly NamedMemory[]): NamedMemory[] {
  const sums = new Map<string, NamedMemory>();
  for (const one of all) {
    const sum = sums.get(one.name);
    sums.set(one.name, {
      name: one.name,
      processes: (sum?.processes ?? 0) + one.processes,
      resident: (sum?.resident ?? 0) + one.resident,
      proportional: (sum?.proportional ?? 0) + one.proportional,
    });
  }
  return [...sums.values()];
}

/** Memory of a process and of all that it has started, by name; empty where the machine does not tell. */
export function memoryByProcess(root: number): NamedMemory[] {
  if (!knowsProcesses) return [];
  const all = treeOf(root).flatMap(({ pid, name }): NamedMemory[] => {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return [
        {
          name: titleOf(name, commandLine),
          processes: 1,
          resident: bytesOf('Rss', rollup),
          proportional: bytesOf('Pss', rollup),
        },
      ];
    } catch (error) {
      // It has ended meanwhile.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw error;
    }
  });
  return byName(all);
}
