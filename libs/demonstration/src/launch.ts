import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { keyringFromFile, openLocalIssuer } from '@anju/access';
import { DataDirectoryInUse, startEmbeddedPostgres, type EmbeddedPostgres } from '@anju/postgres';
import { readAccounts } from './accounts';
import { CannotStart, dataFiles, eraseData, postgresIn, requireWhole } from './data-directory';
import { localIdentity } from './local-identity';
import type { RunningPlatform } from './running-platform';
import type { StartCommand, StartSettings } from './settings';
import { planStart, readProgress, writeProgress, type StartPlan } from './start-plan';
import { dayOneEndsAt, playDayOne } from './story/day-one';
import { playSetting } from './story/setting';
import { StoryTeller } from './story/story-teller';
import { welcome } from './welcome';

/** What a way to run the platform gets from the launch. */
export interface LaunchedParts {
  readonly settings: StartSettings;
  /** The database of a service, as its own role; made where it is not there. */
  readonly databaseUrl: (service: string) => Promise<string>;
  /** Where the clock stands at first; null for the machine's clock. */
  readonly startsAt: Date | null;
  /** Whether the platform is handed over: before, nobody else may move its clock. */
  readonly handedOver: () => boolean;
  readonly say: (line: string) => void;
  /** To be told when something ended that the platform cannot be without. */
  readonly lost: (reason: string) => void;
}

/** A way to run the platform: what differs between one process and many. */
export interface PlatformMode {
  readonly command: StartCommand;
  /** Names of the services. */
  readonly services: readonly string[];
  /** Where the logs are, for people. */
  readonly logsOf: (dataDir: string) => string;
  /** Further settings of PostgreSQL. */
  readonly postgresSettings?: (settings: StartSettings) => Readonly<Record<string, number>>;
  /** Deletes what the mode keeps besides what every platform has. */
  readonly erase?: (dataDir: string) => Promise<void>;
  /**
   * What can be begun before the database is there.
   * @returns how it is ended again
   */
  readonly prepare?: (
    settings: StartSettings,
    say: (line: string) => void,
    lost: (reason: string) => void,
  ) => Promise<{ close(): Promise<void> }>;
  /** @throws CannotStart, or Error with the code EADDRINUSE where the port was taken meanwhile */
  readonly start: (parts: LaunchedParts) => Promise<RunningPlatform>;
  /** Told when the platform is handed over, from when on it works for others. */
  readonly handedOver?: () => void;
}

const portTaken = (port: number, { typed }: StartCommand): string =>
  `port ${port} is taken; stop what uses it, or choose another: PORT=${port < 65_535 ? port + 1 : 4000} ${typed}`;

/** @throws CannotStart with the reason why nobody can listen there */
async function requirePort(port: number, command: StartCommand): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((free, refuse) => {
    probe.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const texts: Record<string, string> = {
        EADDRINUSE: portTaken(port, command),
        EACCES: `port ${port} is reserved; choose one from 1024 on: PORT=4000 ${command.typed}`,
      };
      refuse(new CannotStart(texts[code ?? ''] ?? message));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()));
  });
}

/** The latest time at which something was recorded in any service's database, or null where nothing was. */
async function latestRecord(postgres: EmbeddedPostgres, services: readonly string[]): Promise<Date | null> {
  const latest = await Promise.all(
    services.map(async (name) => {
      const client = new Client({ connectionString: postgres.databaseUrl(databaseOf(name)) });
      try {
        await client.connect();
        // Recorded in about this order; a due time that fired late has its own earlier time.
        const { rows } = await client.query<{ at: Date | null }>(
          'select max(at) as at from (select at from history order by id desc limit 1000) recent',
        );
        return rows[0]?.at ?? null;
      } catch (error) {
        const noSuchDatabase = '3D000';
        const noSuchTable = '42P01';
        if ([noSuchDatabase, noSuchTable].includes((error as { code?: string }).code ?? '')) return null;
        throw error;
      } finally {
        await client.end().catch(() => undefined);
      }
    }),
  );
  return latest.reduce((last, one) => (one && (!last || one > last) ? one : last), null);
}

function databaseOf(service: string): string {
  return `anju_${service}`;
}

const clockPatienceMillis = 2_000;

/** Somebody ended the launch while it was under way. */
class Ended extends Error {
  override readonly name = 'Ended';
}

/** One run of the platform for the person at the keyboard: PostgreSQL, the platform on it, and the story. */
export class Launch {
  private starting: Promise<unknown> = Promise.resolve();
  private postgres: EmbeddedPostgres | undefined;
  private prepared: { close(): Promise<void> } | undefined;
  private platform: RunningPlatform | undefined;
  private byHand = false;
  private ending: Promise<void> | undefined;
  private handedOver = false;

  /**
   * @param say shows a line
   * @param lost told when something ended by itself that the platform cannot be without
   */
  constructor(
    private readonly settings: StartSettings,
    private readonly mode: PlatformMode,
    private readonly say: (line: string) => void,
    private readonly lost: (reason: string) => void,
  ) {}

  /** Resolves when the platform is handed over. @throws CannotStart, DataDirectoryInUse, StoryBroken */
  async start(): Promise<void> {
    const began = performance.now();
    const { settings, mode, say } = this;
    const { dataDir, fresh } = settings;
    await requirePort(settings.port, mode.command);
    if (fresh) {
      await this.step(async () => {
        await eraseData(dataDir);
        await mode.erase?.(dataDir);
      });
    }
    mkdirSync(dataDir, { recursive: true });
    const progress = readProgress(dataDir);
    if (progress.setting) requireWhole(dataDir);
    readAccounts(dataDir);
    await this.requireReadableKeys();
    const postgres = await this.step(() => this.startServers());
    const plan = planStart(settings, progress, await latestRecord(postgres, mode.services), new Date());
    if (plan.remark) say(plan.remark);
    writeProgress(dataDir, plan.progress);
    const platform = await this.step(() => this.startPlatform(postgres, plan.startsAt));
    await this.play(platform, plan);
    if (settings.clock) {
      await platform.moveClock(settings.clock);
    } else {
      await platform.letClockGo();
      this.byHand = false;
    }
    this.handedOver = true;
    mode.handedOver?.();
    if (this.ending) return;
    const seconds = (performance.now() - began) / 1_000;
    say(
      welcome({
        platform,
        command: mode.command,
        logs: mode.logsOf(dataDir),
        accounts: readAccounts(dataDir),
        settings,
        seconds,
      }),
    );
  }

  /** Ends what runs, the last first. What is just being started is ended when it is there. */
  end(): Promise<void> {
    this.ending ??= (async () => {
      await this.starting;
      try {
        await this.rememberClock();
      } finally {
        try {
          await this.platform?.close();
        } finally {
          await Promise.all([this.prepared?.close(), this.postgres?.stop()]);
        }
      }
    })();
    return this.ending;
  }

  /** A part that could be left behind if it was ended half started. */
  private async step<Part>(start: () => Promise<Part>): Promise<Part> {
    if (this.ending) throw new Ended();
    const part = start();
    this.starting = part.catch(() => undefined);
    const started = await part;
    if (this.ending) throw new Ended();
    return started;
  }

  private async requireReadableKeys(): Promise<void> {
    const { dataDir } = this.settings;
    try {
      keyringFromFile(join(dataDir, dataFiles.dataKeys));
      await openLocalIssuer({ directory: dataDir, ...localIdentity });
    } catch (error) {
      if (!(error instanceof Error) || 'syscall' in error) throw error;
      throw new CannotStart(error.message, { cause: error });
    }
  }

  private async startServers(): Promise<EmbeddedPostgres> {
    const { settings, mode, say, lost } = this;
    const preparing = mode.prepare?.(settings, say, lost).then((prepared) => (this.prepared = prepared));
    const [postgres] = await Promise.allSettled([this.startPostgres(), preparing]);
    await preparing;
    if (postgres.status === 'rejected') throw postgres.reason;
    return postgres.value;
  }

  private async startPostgres(): Promise<EmbeddedPostgres> {
    const { settings, mode } = this;
    try {
      this.postgres = await startEmbeddedPostgres({
        dataDir: postgresIn(settings.dataDir),
        settings: mode.postgresSettings?.(settings),
        log: this.say,
        onUnexpectedExit: this.lost,
      });
      return this.postgres;
    } catch (error) {
      if (!(error instanceof Error) || error instanceof DataDirectoryInUse) throw error;
      throw new CannotStart(error.message, { cause: error });
    }
  }

  private async startPlatform(postgres: EmbeddedPostgres, startsAt: Date | null): Promise<RunningPlatform> {
    const { settings, mode, say, lost } = this;
    try {
      this.platform = await mode.start({
        settings,
        databaseUrl: (service) => postgres.ensureDatabase(databaseOf(service), databaseOf(service)),
        startsAt,
        // Somebody else's move would take the time away from what is still being played.
        handedOver: () => this.handedOver,
        say,
        lost,
      });
      this.byHand = startsAt !== null;
      return this.platform;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new CannotStart(portTaken(settings.port, mode.command), { cause: error });
    }
  }

  private async play(platform: RunningPlatform, { story, progress }: StartPlan): Promise<void> {
    if (progress.setting && !story) return;
    const { dataDir } = this.settings;
    const teller = new StoryTeller(platform, dataDir, this.say);
    // Played again where it was cut off: nothing happens twice, and the ids are at hand.
    const setting = await playSetting(teller);
    writeProgress(dataDir, { ...progress, setting: true });
    if (!story) return;
    await playDayOne(teller, setting);
    writeProgress(dataDir, {
      setting: true,
      story: 'PLAYED',
      clockAt: dayOneEndsAt.toISOString(),
    });
  }

  private async rememberClock(): Promise<void> {
    if (!this.byHand || !this.platform) return;
    const { dataDir } = this.settings;
    // Services that cannot be asked any more do not hold up the end.
    const asked = this.platform.now().catch(() => null);
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), clockPatienceMillis).unref());
    const now = await Promise.race([asked, late]);
    if (now) writeProgress(dataDir, { ...readProgress(dataDir), clockAt: now.toISOString() });
  }
}
