import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { playSetting, services, startSuite, StoryTeller, type RunningSuite, type Setting } from '@anju/suite';
import { createTestDatabase, silentLogger, type TestDatabase } from '@anju/testing';

/** The whole platform for a journey, with 锦绣花园 in it and a clock that is moved by hand. */
export interface Platform {
  readonly suite: RunningSuite;
  readonly teller: StoryTeller;
  readonly setting: Setting;
  close(): Promise<void>;
}

/** @param startsAt where the clock stands when places and people are registered */
export async function startPlatform(startsAt: Date): Promise<Platform> {
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
    logger: silentLogger,
  });
  const teller = new StoryTeller(suite, dataDir, () => undefined);
  const setting = await playSetting(teller);
  return {
    suite,
    teller,
    setting,
    close: async () => {
      await suite.close();
      await Promise.all([...databases.values()].map((database) => database.drop()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
