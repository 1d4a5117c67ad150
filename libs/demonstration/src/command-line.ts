import { DataDirectoryInUse } from '@anju/postgres';
import { CannotStart } from './data-directory';
import { Launch, type PlatformMode } from './launch';
import { parseSettings, usageOf, type StartSettings } from './settings';
import { whenNpmIsGone } from './started-by';
import { StoryBroken } from './story/story-teller';

/** Ending takes as long as the requests under way; what is not over by then is cut off. */
const endPatienceMillis = 30_000;
/** When the database ends, requests fail a moment before the operating system tells of it. */
const afterthoughtMillis = 200;

const troubleWithFiles = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ENAMETOOLONG',
  // PostgreSQL's code for a full disk.
  '53100',
]);

/** A sentence for what the person at the keyboard can mend, a stack for a fault of ours. */
function describe(error: unknown, { dataDir }: StartSettings, mode: PlatformMode): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CannotStart || error instanceof DataDirectoryInUse) return error.message;
  if (error instanceof StoryBroken) {
    return `the story cannot go on: ${error.message}\nmore in ${mode.logsOf(dataDir)}`;
  }
  if (troubleWithFiles.has((error as NodeJS.ErrnoException).code ?? '')) {
    return `the data directory ${dataDir} cannot be used: ${error.message}\nchoose another: ANJU_DATA_DIR=<directory> ${mode.command.typed}`;
  }
  return error.stack ?? error.message;
}

/** Runs until it is told to end: then with 0, and with 1 and a sentence where something is wrong. */
function run(settings: StartSettings, mode: PlatformMode, startedByNpm: boolean): void {
  // A reader that is gone (a closed terminal, `| head`) is no reason to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const launch = new Launch(settings, mode, say, (reason) => {
    finish(
      1,
      `${reason}. Everything is stopped; the next ${mode.command.typed} goes on with what was committed.`,
    );
  });
  let finishing = false;
  const finish = (code: 0 | 1, complaint?: string): void => {
    if (finishing) return;
    finishing = true;
    if (complaint !== undefined) process.stderr.write(`${complaint}\n`);
    setTimeout(() => process.exit(1), endPatienceMillis).unref();
    launch.end().then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${describe(error, settings, mode)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // It may come twice for one Ctrl-C: from the terminal and from npm.
    process.on(signal, () => {
      if (!finishing) say('\nstopping …');
      finish(0);
    });
  }
  if (startedByNpm) {
    whenNpmIsGone(() => {
      finish(0);
    });
  }
  launch.start().catch((error: unknown) => {
    setTimeout(() => finish(1, describe(error, settings, mode)), afterthoughtMillis);
  });
}

/** Runs the platform for the person at the keyboard; sets the exit code 2 where the arguments or the environment are wrong. */
export function startCommandLine(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  mode: PlatformMode,
): void {
  const parsed = parseSettings(args, environment, mode.command);
  if ('settings' in parsed) {
    run(parsed.settings, mode, environment['npm_lifecycle_event'] === mode.command.script);
    return;
  }
  process.stderr.write(`${parsed.mistakes.join('\n')}\n\n${usageOf(mode.command)}\n`);
  process.exitCode = 2;
}
