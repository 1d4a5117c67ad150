import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import pino from 'pino';
import { keyringFromFile, openLocalIssuer, redact } from '@anju/access';
import {
  CannotStart,
  LogFile,
  StoryTeller,
  dataFiles,
  dayOneEndsAt,
  eraseData,
  localIdentity,
  planStart,
  playDayOne,
  playSetting,
  postgresIn,
  readAccounts,
  readProgress,
  requireWhole,
  writeProgress,
  type StartPlan,
} from '@anju/demonstration';
import { DataDirectoryInUse, startEmbeddedPostgres, type EmbeddedPostgres } from '@anju/postgres';
import type { StartSettings } from './settings';
import { services, startSuite, type RunningSuite } from './suite';
import { welcome } from './welcome';

/** Of `anju.log`, which is kept twice: the one that grows and the one that is full. */
const logLimit = 5_000_000;

const portTaken = (port: number): string =>
  `port ${port} is taken; stop what uses it, or choose another: PORT=${port < 65_535 ? port + 1 : 4000} npm start`;

/** @throws CannotStart with the reason why nobody can listen there */
async function requirePort(port: number): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((free, refuse) => {
    probe.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const texts: Record<string, string> = {
        EADDRINUSE: portTaken(port),
        EACCES: `port ${port} is reserved; choose one from 1024 on: PORT=4000 npm start`,
      };
      refuse(new CannotStart(texts[code ?? ''] ?? message));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()));
  });
}

/** The latest time at which something was recorded in any service's database, or null where nothing was. */
async function latestRecord(postgres: EmbeddedPostgres): Promise<Date | null> {
  const latest = await Promise.all(
    services.map(async ({ name }) => {
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

/** Somebody ended the launch while it was under way. */
class Ended extends Error {
  override readonly name = 'Ended';
}

/** One run of the platform for the person at the keyboard: PostgreSQL, the suite on it, and the story. */
export class Launch {
  private starting: Promise<unknown> = Promise.resolve();
  private postgres: EmbeddedPostgres | undefined;
  private suite: RunningSuite | undefined;
  private log: LogFile | undefined;
  private ending: Promise<void> | undefined;
  private handedOver = false;

  /**
   * @param say shows a line
   * @param databaseLost told when PostgreSQL ends by itself
   */
  constructor(
    private readonly settings: StartSettings,
    private readonly say: (line: string) => void,
    private readonly databaseLost: (reason: string) => void,
  ) {}

  /** Resolves when the platform is handed over. @throws CannotStart, DataDirectoryInUse, StoryBroken */
  async start(): Promise<void> {
    const began = performance.now();
    const { settings, say } = this;
    const { dataDir, fresh } = settings;
    await requirePort(settings.port);
    if (fresh) await this.step(() => eraseData(dataDir));
    mkdirSync(dataDir, { recursive: true });
    const progress = readProgress(dataDir);
    if (progress.setting) requireWhole(dataDir);
    readAccounts(dataDir);
    await this.requireReadableKeys();
    const postgres = await this.step(() => this.startPostgres());
    const plan = planStart(settings, progress, await latestRecord(postgres), new Date());
    if (plan.remark) say(plan.remark);
    writeProgress(dataDir, plan.progress);
    const suite = await this.step(() => this.startSuite(postgres, plan.startsAt));
    await this.play(suite, plan);
    if (settings.clock) await suite.moveClock(settings.clock);
    else await suite.letClockGo();
    this.handedOver = true;
    if (this.ending) return;
    const seconds = (performance.now() - began) / 1_000;
    say(welcome({ suite, accounts: readAccounts(dataDir), settings, seconds }));
  }

  /** Ends what runs, the last first. What is just being started is ended when it is there. */
  end(): Promise<void> {
    this.ending ??= (async () => {
      await this.starting;
      try {
        this.rememberClock();
      } finally {
        try {
          await this.suite?.close();
        } finally {
          await this.postgres?.stop();
          this.log?.close();
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

  private async startPostgres(): Promise<EmbeddedPostgres> {
    try {
      this.postgres = await startEmbeddedPostgres({
        dataDir: postgresIn(this.settings.dataDir),
        log: this.say,
        onUnexpectedExit: this.databaseLost,
      });
      return this.postgres;
    } catch (error) {
      if (!(error instanceof Error) || error instanceof DataDirectoryInUse) throw error;
      throw new CannotStart(error.message, { cause: error });
    }
  }

  private async startSuite(postgres: EmbeddedPostgres, startsAt: Date | null): Promise<RunningSuite> {
    const { dataDir, port, clock, logLevel } = this.settings;
    // Not before the database is this process's own: another one may be writing there.
    this.log = new LogFile(join(dataDir, dataFiles.log), logLimit, ({ message }) =>
      this.say(`The log cannot be written: ${message}`),
    );
    const logger = pino(
      {
        level: logLevel,
        base: null,
        formatters: { log: (fields) => redact(fields) as Record<string, unknown> },
      },
      this.log,
    );
    try {
      this.suite = await startSuite({
        dataDir,
        port,
        databaseUrl: (service) => postgres.ensureDatabase(databaseOf(service), databaseOf(service)),
        clock: startsAt,
        clockInGraph: clock !== null,
        // Somebody else's move would take the time away from what is still being played.
        clockMovable: () => this.handedOver,
        supergraphDir: resolve('infra/supergraph'),
        development: true,
        logger,
      });
      return this.suite;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new CannotStart(portTaken(port), { cause: error });
    }
  }

  private async play(suite: RunningSuite, { story, progress }: StartPlan): Promise<void> {
    if (progress.setting && !story) return;
    const { dataDir } = this.settings;
    const teller = new StoryTeller(suite, dataDir, this.say);
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

  private rememberClock(): void {
    if (!this.suite?.clock.byHand) return;
    const { dataDir } = this.settings;
    writeProgress(dataDir, { ...readProgress(dataDir), clockAt: this.suite.clock.now().toISOString() });
  }
}
