import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process and when it began: its number alone is given to another one after its end. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly began: string;
}

function beganByProc(pid: number): string | null {
  // The name, in brackets, may hold anything, also brackets.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  // A process that has ended, and whose parent has not yet taken note, does nothing any more.
  if (fields[0] === 'Z') return null;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
}

/** @returns null when no such process lives */
export function processIdentity(pid: number): ProcessIdentity | null {
  try {
    const began = existsSync('/proc/self/stat')
      ? beganByProc(pid)
      : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return began ? { pid, began } : null;
  } catch {
    return null;
  }
}

export function isAlive({ pid, began }: ProcessIdentity): boolean {
  return processIdentity(pid)?.began === began;
}

/**
 * Asks the process to end, and ends it by force when it has not within `patienceMillis`.
 * @throws Error when it is still there 10 s after that
 */
export async function endProcess(identity: ProcessIdentity, patienceMillis: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGTERM', patienceMillis],
    ['SIGKILL', 10_000],
  ] as const) {
    if (!isAlive(identity)) return;
    try {
      process.kill(identity.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (!isAlive(identity)) return;
      await sleep(20);
    }
  }
  throw new Error(`process ${identity.pid} does not end`);
}
