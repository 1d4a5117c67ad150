import type { EmbeddedPostgres } from '@anju/postgres';
import type { BrokerLender } from './shared-broker';

/** What global setup leaves for global teardown, which Jest runs in the same process. */
export interface TestRun {
  readonly postgres: EmbeddedPostgres;
  readonly broker: BrokerLender;
  readonly dataDir: string;
}

const key = Symbol.for('anju.test-run');

type Holder = { [key]?: TestRun | undefined };

export function keepRunning(run: TestRun): void {
  (globalThis as Holder)[key] = run;
}

/** @returns what setup has left, once */
export function takeRunning(): TestRun | undefined {
  const run = (globalThis as Holder)[key];
  (globalThis as Holder)[key] = undefined;
  return run;
}
