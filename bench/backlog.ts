import { setTimeout as sleep } from 'node:timers/promises';
import { ask, eventsSince, factsByEvent, factsConsumer, lastEvent, relayedAt } from './commit-times';
import type { EventWriter } from './event-writer';
import type { PlatformOfProcesses } from './platform';

const pollMillis = 200;
const patienceMillis = 120_000;

/** How a backlog was worked off; milliseconds, from its commit by PostgreSQL's clock. */
export interface WorkedOff {
  readonly events: number;
  /** Until the relay has noted that it has sent the last. */
  readonly relayedMillis: number;
  /** Until the last effect was committed; null where nobody reads. */
  readonly effectiveMillis: number | null;
  /** CPU time of the platform's processes meanwhile; null where the machine does not tell. */
  readonly cpuMillis: number | null;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const patience = performance.now() + patienceMillis; !(await isSo()); await sleep(pollMillis)) {
    if (performance.now() > patience) throw new Error(`a backlog is not ${what} after ${patienceMillis} ms`);
  }
}

async function waiting(platform: PlatformOfProcesses): Promise<number> {
  const [row] = await ask<{ count: number }>(
    platform,
    'reception',
    `select count(*)::int as count from outbox, consumer_position p
     where p.consumer = 'reception.relay' and transaction_id >= p.low and (transaction_id >= p.high or outbox.seq > p.seq)`,
  );
  return row!.count;
}

async function factsSoFar(platform: PlatformOfProcesses): Promise<number> {
  const sql = 'select count(*)::int as count from inbox where consumer = $1';
  const [row] = await ask<{ count: number }>(platform, 'insights', sql, [factsConsumer]);
  return row!.count;
}

/**
 * Commits the events of so many contacts in reception at one moment, and waits until they are dealt with.
 * @param withEffect whether insights runs
 * @throws Error if they are not after two minutes, or an event has no effect in the end
 */
export async function workOff(
  platform: PlatformOfProcesses,
  writer: EventWriter,
  contacts: number,
  withEffect: boolean,
): Promise<WorkedOff> {
  const before = await lastEvent(platform, 'reception');
  const factsBefore = await factsSoFar(platform);
  const cpuBefore = platform.cpuMillis();
  await writer.atOnce(contacts);
  const events = await eventsSince(platform, 'reception', before);
  const committedAt = events[0]!.at;
  if (withEffect) {
    await until('effective', async () => (await factsSoFar(platform)) >= factsBefore + events.length);
    // Events of other services may be among those that were counted.
    await until('effective, each of them', async () => {
      const known = await factsByEvent(platform);
      return events.every(({ id }) => known.has(id));
    });
  }
  await until('sent', async () => (await waiting(platform)) === 0);
  const cpuAfter = platform.cpuMillis();
  const facts = withEffect ? await factsByEvent(platform) : new Map<string, number>();
  const effects = withEffect ? events.map(({ id }) => facts.get(id)) : [];
  if (effects.includes(undefined)) throw new Error('an event has no effect');
  return {
    events: events.length,
    relayedMillis: (await relayedAt(platform, 'reception')) - committedAt,
    effectiveMillis: withEffect
      ? effects.reduce<number>((last, at) => Math.max(last, at!), 0) - committedAt
      : null,
    cpuMillis: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
  };
}
