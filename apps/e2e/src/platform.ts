import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { playSetting, StoryTeller, type Setting } from '@anju/demonstration';
import { services, startSuite, type RunningSuite } from '@anju/suite';
import type { Logger } from '@anju/outbox';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';

/** The whole platform for a journey, with 锦绣花园 in it and a clock that is moved by hand. */
export interface Platform {
  readonly suite: RunningSuite;
  readonly teller: StoryTeller;
  readonly setting: Setting;
  /** Where the platform keeps its keys. */
  readonly dataDir: string;
  /** The setting played again, as after a start that was cut off: the same keys from the first command on. */
  replay(): Promise<{ readonly teller: StoryTeller; readonly setting: Setting }>;
  close(): Promise<void>;
}

/**
 * @param startsAt where the clock stands when places and people are registered
 * @param logger hears every line of the log; by default nobody does
 */
export async function startPlatform(startsAt: Date, logger: Logger = silentLogger): Promise<Platform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'anju-journey-'));
  const databases = new Map<string, TestDatabase>();
  for (const { name } of services) databases.set(name, await createTestDatabase(name));
  const suite = await startSuite({
    dataDir,
    port: 0,
    databaseUrl: (service) => databases.get(service)!.url,
    clock: startsAt,
    clockInGraph: true,
    supergraphDir: resolve('infra/supergraph'),
    development: false,
    logger,
  });
  const play = async (): Promise<{ teller: StoryTeller; setting: Setting }> => {
    const teller = new StoryTeller(suite, dataDir, () => undefined);
    return { teller, setting: await playSetting(teller) };
  };
  const close = async (): Promise<void> => {
    await suite.close();
    await Promise.all([...databases.values()].map((database) => database.drop()));
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { suite, ...(await play()), dataDir, replay: play, close };
  } catch (error) {
    // Else the test run would wait for what nobody can close any more.
    await close();
    throw error;
  }
}
