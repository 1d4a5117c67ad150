import { eventsSince, factsByEvent, lastEvent } from './commit-times';
import { eventsOfContact } from './contact-events';
import type { EventWriter } from './event-writer';
import type { PlatformOfProcesses } from './platform';
import type { Chapter } from './report';
import { latencies, percentile, shown, spread } from './statistics';

const targets = { p50Millis: 50, p99Millis: 250 } as const;
const perSecond = 200;
const seconds = 20;
const warmUpSeconds = 3;
/** Consecutive events of which each block has its own percentiles. */
const blockSize = 500;

const contactsIn = (duration: number): number => Math.ceil((perSecond * duration) / eventsOfContact);

/**
 * Commits events at a rate and looks up when each became a fact.
 * @throws Error if an event has no fact in the end
 */
export async function measureEventRate(platform: PlatformOfProcesses, writer: EventWriter): Promise<Chapter> {
  await writer.atRate(perSecond, contactsIn(warmUpSeconds));
  await platform.running.settled();
  const before = await lastEvent(platform, 'reception');
  const cpuBefore = platform.cpuMillis();
  const began = performance.now();
  await writer.atRate(perSecond, contactsIn(seconds));
  const reached = (contactsIn(seconds) * eventsOfContact * 1_000) / (performance.now() - began);
  await platform.running.settled();
  const cpuAfter = platform.cpuMillis();
  const events = await eventsSince(platform, 'reception', before);
  const facts = await factsByEvent(platform);
  const millis = events.map(({ id, at, type }) => {
    const factAt = facts.get(id);
    if (factAt === undefined) throw new Error(`a ${type} has no fact`);
    return factAt - at;
  });
  const ofBlocks = (share: number): string => {
    const blocks = Array.from({ length: Math.floor(millis.length / blockSize) }, (_, index) =>
      percentile(millis.slice(index * blockSize, (index + 1) * blockSize), share),
    );
    return shown(spread(blocks), 1, 'ms');
  };
  const figure = (name: 'p50' | 'p99', share: number, target: number): Chapter['figures'][number] => ({
    name: `commit → metric by Kafka, ${perSecond} events/s, ${name}`,
    target: `≤ ${target} ms`,
    measured: { distributed: `${percentile(millis, share).toFixed(1)} ms (${reached.toFixed(0)}/s reached)` },
    met: percentile(millis, share) <= target && reached >= perSecond * 0.95,
  });
  return {
    title: `Commit to metric by Kafka, ${perSecond} events a second`,
    method:
      `The whole platform runs, every service in a process of its own. ${events.length} events of repairs, as ` +
      'reception publishes them (received, classified, ordered, done, confirmed, told, closed), are appended to ' +
      "reception's outbox one by one, each in a transaction of its own, evenly, by the process of the bench: by the " +
      'function that commands append them with, and with the notification by which a replica of reception wakes the ' +
      'relay. So many commands through the graph would take more than the cores of a small machine. Relay, broker ' +
      'and every consumer of reception do their real work. Each event has an effect in insights, and the ' +
      "effect's commit is when the metric, a view of the facts, shows it. Both times are PostgreSQL's own.",
    figures: [figure('p50', 0.5, targets.p50Millis), figure('p99', 0.99, targets.p99Millis)],
    tables: [
      {
        title: 'From the commit to the metric',
        head: ['what', 'measured'],
        rows: [
          ['all events', latencies(millis)],
          [`p50 of each ${blockSize}`, ofBlocks(0.5)],
          [`p99 of each ${blockSize}`, ofBlocks(0.99)],
          [
            'CPU time of the five Node processes per event',
            cpuBefore === null || cpuAfter === null
              ? 'not told by this machine'
              : `${((cpuAfter - cpuBefore) / events.length).toFixed(2)} ms`,
          ],
        ],
      },
    ],
  };
}
