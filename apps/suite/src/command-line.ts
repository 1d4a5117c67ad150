import { join } from 'node:path';
import { CannotStart, StoryBroken, dataFiles } from '@anju/demonstration';
import { DataDirectoryInUse } from '@anju/postgres';
import { Launch } from './launch';
import { parseSettings, usage, type StartSettings } from './settings';
import { whenNpmIsGone } from './started-by';

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
function describe(error: unknown, { dataDir }: StartSettings): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CannotStart || error instanceof DataDirectoryInUse) return error.message;
  if (error instanceof StoryBroken) {
    return `the story cannot go on: ${error.message}\nmore in ${join(dataDir, dataFiles.log)}`;
  }
  if (troubleWithFiles.has((error as NodeJS.ErrnoException).code ?? '')) {
    return `the data directory ${dataDir} cannot be used: ${error.message}\nchoose another: ANJU_DATA_DIR=<directory> npm start`;
  }
  return error.stack ?? error.message;
}

/** Runs until it is told to end: then with 0, and with 1 and a sentence where something is wrong. */
function run(settings: StartSettings, startedByNpm: boolean): void {
  // A reader that is gone (a closed terminal, `| head`) is no reason to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const launch = new Launch(settings, say, (reason) => {
    finish(1, `${reason}. Everything is stopped; the next npm start goes on with what was committed.`);
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
        process.stderr.write(`${describe(error, settings)}\n`);
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
    setTimeout(() => finish(1, describe(error, settings)), afterthoughtMillis);
  });
}

/** Runs `npm start`; sets the exit code 2 where the arguments or the environment are wrong. */
export function startCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): void {
  const parsed = parseSettings(args, environment);
  if ('settings' in parsed) {
    run(parsed.settings, environment['npm_lifecycle_event'] === 'start');
    return;
  }
  process.stderr.write(`${parsed.mistakes.join('\n')}\n\n${usage}\n`);
  process.exitCode = 2;
}
