import { readFileSync } from 'node:fs';

/** Short: the next start may follow at once. */
const checkMillis = 100;

/** @returns null where the process is gone, and where the system does not tell */
function parentOf(pid: number): string | null {
  try {
    // The program's name stands in brackets, and may have brackets itself.
    return /^.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Whether a shell carries out a script of npm's, and has not left its place to it. */
function isShellOfScript(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1] === '-c';
  } catch {
    return false;
  }
}

/**
 * Watches npm, which has started this process, and its shell if there is one between the two. npm hands a
 * signal on to the shell alone, which ends of it and leaves this process behind; killed itself it leaves both.
 * @param then called once, when one of them is gone
 */
export function whenNpmIsGone(then: () => void): void {
  const starter = process.ppid;
  const throughShell = isShellOfScript(starter);
  const npm = throughShell ? parentOf(starter) : null;
  const watch = setInterval(() => {
    if (process.ppid === starter && (!throughShell || parentOf(starter) === npm)) return;
    clearInterval(watch);
    then();
  }, checkMillis);
  watch.unref();
}
