import { createServer } from 'node:net';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pino from 'pino';
import { z } from 'zod';
import { redact } from '@anju/access';
import {
  DataDirectoryInUse,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '@anju/postgres';
import { readAccounts } from './accounts';
import { parseSettings, usage, type StartSettings } from './settings';
import { playSetting } from './story/setting';
import { dayOneBeginsAt, dayOneEndsAt, playDayOne } from './story/day-one';
import { StoryTeller } from './story/story-teller';
import { startSuite, type RunningSuite } from './suite';
import { welcome } from './welcome';

const progressSchema = z.object({
  setting: z.boolean(),
  story: z.boolean(),
  /** The latest time that a clock moved by hand has stood at. */
  clockAt: z.iso.datetime().nullable(),
});
type Progress = z.infer<typeof progressSchema>;

function readProgress(dataDir: string): Progress {
  const file = join(dataDir, 'progress.json');
  if (!existsSync(file)) return { setting: false, story: false, clockAt: null };
  return progressSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function writeProgress(dataDir: string, progress: Progress): void {
  const file = join(dataDir, 'progress.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(progress)}\n`);
  renameSync(`${file}.new`, file);
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Something that the person at the keyboard has to mend; shown without a stack. */
class CannotStart extends Error {}

/** Where the clock stands at first, and whether the story is played before the platform is handed over. */
function plan(settings: StartSettings, progress: Progress): { startsAt: Date | null; story: boolean } {
  const { clock } = settings;
  if (clock && progress.clockAt && clock < new Date(progress.clockAt)) {
    throw new CannotStart(
      `the data in ${settings.dataDir} has come to ${progress.clockAt}; give a later --clock, or --fresh to begin anew`,
    );
  }
  const story = !settings.empty && !progress.story && (!clock || clock >= dayOneEndsAt);
  if (story) return { startsAt: dayOneBeginsAt, story };
  return { startsAt: clock, story };
}

async function prepare(
  suite: RunningSuite,
  settings: StartSettings,
  progress: Progress,
  story: boolean,
): Promise<void> {
  const teller = new StoryTeller(suite, settings.dataDir, say);
  const done = { ...progress };
  if (done.setting && !story) return;
  // Played again where the story was cut off: nothing happens twice, and the ids are at hand.
  const setting = await playSetting(teller);
  done.setting = true;
  writeProgress(settings.dataDir, done);
  if (story) {
    await playDayOne(teller, setting);
    done.story = true;
    done.clockAt = dayOneEndsAt.toISOString();
    writeProgress(settings.dataDir, done);
  }
}

async function run(settings: StartSettings): Promise<void> {
  const began = performance.now();
  const { dataDir, port } = settings;
  if (port !== 0 && !(await isPortFree(port))) {
    throw new CannotStart(`port ${port} is taken; stop what uses it, or choose another: PORT=4001 npm start`);
  }
  if (settings.fresh) {
    await removeEmbeddedPostgres(join(dataDir, 'postgres'));
    rmSync(dataDir, { recursive: true, force: true });
  }
  mkdirSync(dataDir, { recursive: true });
  const progress = readProgress(dataDir);
  const { startsAt, story } = plan(settings, progress);
  const logger = pino(
    {
      level: process.env['LOG_LEVEL'] ?? 'info',
      base: null,
      formatters: { log: (fields) => redact(fields) as Record<string, unknown> },
    },
    pino.destination({ dest: join(dataDir, 'anju.log'), sync: false }),
  );

  let postgres: EmbeddedPostgres | undefined;
  let suite: RunningSuite | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      if (suite?.clock.byHand) {
        writeProgress(dataDir, { ...readProgress(dataDir), clockAt: suite.clock.now().toISOString() });
      }
      await suite?.close();
      await postgres?.stop();
      logger.flush();
    })();
    return stopping;
  };
  const interrupted = (): void => {
    say('\nstopping …');
    void stop().then(() => process.exit(0));
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);

  try {
    postgres = await startEmbeddedPostgres({
      dataDir: join(dataDir, 'postgres'),
      log: say,
      onUnexpectedExit: (reason) => {
        say(`PostgreSQL stopped: ${reason}`);
        void stop().then(() => process.exit(1));
      },
    });
    const database = postgres;
    suite = await startSuite({
      dataDir,
      port,
      databaseUrl: (service) => database.ensureDatabase(`anju_${service}`, `anju_${service}`),
      clock: startsAt ?? (progress.setting ? null : new Date()),
      clockInGraph: settings.clock !== null,
      supergraphDir: resolve('infra/supergraph'),
      development: true,
      logger,
    });
    await prepare(suite, settings, progress, story);
    if (settings.clock) await suite.moveClock(settings.clock);
    else suite.letClockGo();
    say(
      welcome({
        suite,
        accounts: readAccounts(dataDir),
        settings,
        seconds: (performance.now() - began) / 1_000,
      }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs `npm start`; ends the process with 1 and a sentence where that cannot be. */
export async function startCommandLine(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const parsed = parseSettings(args, environment);
  if ('mistakes' in parsed) {
    process.stderr.write(`${parsed.mistakes.join('\n')}\n\n${usage}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    await run(parsed.settings);
  } catch (error) {
    const expected = error instanceof CannotStart || error instanceof DataDirectoryInUse;
    const text =
      error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}
