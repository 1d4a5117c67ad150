import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries';

/** What a running server writes into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Takes connections; it may not while it starts, recovers or ends. */
  readonly ready: boolean;
}

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

/** A number that no process has: above the largest that any kernel gives out. */
const noProcess = 2_147_483_646;

/** What `postmaster.pid` says, whether or not it is still true. */
export function readPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
    const [pid, port] = [lines[0], lines[3]].map((line) => Number.parseInt(line ?? '', 10));
    if (!pid || pid === noProcess) return null;
    return { pid, port: port || 0, ready: lines[7]?.trim() === 'ready' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandLine(pid: number): string {
  try {
    return existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Whether the process is a PostgreSQL server on the cluster, and not another that was given the same number. */
function serves(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  const command = commandLine(pid);
  return command.includes('postgres') && command.includes(`-D ${cluster} `);
}

/** The server that runs on the cluster's directory, if one does. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const postmaster = readPostmaster(cluster);
  return postmaster && serves(postmaster.pid, cluster) ? postmaster : null;
}

/**
 * After a crash the number in `postmaster.pid` may have been given to another process, and PostgreSQL would
 * refuse to start because of it. The number is replaced, the file stays: it also tells PostgreSQL which shared
 * memory to look at for backends that outlived their server. A file that has stayed empty (the machine failed
 * while it was written) says nothing, stops PostgreSQL just the same, and goes.
 */
export function disownStalePidFile(cluster: string): void {
  const file = statSync(pidFile(cluster), { throwIfNoEntry: false });
  if (file?.size === 0 && file.mtimeMs < Date.now() - 5_000) rmSync(pidFile(cluster), { force: true });
  const postmaster = readPostmaster(cluster);
  if (!postmaster || !isAlive(postmaster.pid) || serves(postmaster.pid, cluster)) return;
  const [, ...rest] = readFileSync(pidFile(cluster), 'utf8').split('\n');
  writeFileSync(pidFile(cluster), [String(noProcess), ...rest].join('\n'));
}

/**
 * Ends the server and waits until it is gone: a fast shutdown (open transactions are rolled back, everything
 * is written), after 15 s an immediate one, from which the next start recovers.
 * @param pid of a server for which `serves(pid, cluster)` held
 * @throws Error when it is still there after that
 */
export async function stopPostmaster(pid: number, cluster: string, binaries: Binaries): Promise<void> {
  const modes = [
    { signal: 'SIGINT', mode: 'fast', patience: 15_000 },
    { signal: 'SIGQUIT', mode: 'immediate', patience: 10_000 },
  ] as const;
  for (const { signal, mode, patience } of modes) {
    if (process.platform === 'win32') {
      await promisify(execFile)(binaries.pgCtl, ['stop', '-D', cluster, '-m', mode, '-W']).catch(
        () => undefined,
      );
    } else if (serves(pid, cluster)) {
      process.kill(pid, signal);
    }
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (!serves(pid, cluster)) return;
      await sleep(10);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
}
