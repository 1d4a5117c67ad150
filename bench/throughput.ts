import { workOff, type WorkedOff } from './backlog';
import { eventsOfContact } from './contact-events';
import type { EventWriter } from './event-writer';
import type { PlatformOfProcesses } from './platform';
import type { Chapter } from './report';
import { repeated, shown, spread } from './statistics';

const targetPerSecond = 2_000;
const backlog = 20_000;
const contacts = Math.ceil(backlog / eventsOfContact);

const effectsPerSecond = ({ events, effectiveMillis }: WorkedOff): number =>
  (events / effectiveMillis!) * 1_000;
const sentPerSecond = ({ events, relayedMillis }: WorkedOff): number => (events / relayedMillis) * 1_000;

/** Ends those of the platform's processes that are not named. */
async function leave(platform: PlatformOfProcesses, names: readonly string[]): Promise<void> {
  for (const process of platform.running.processes) {
    if (!names.includes(process.name)) await process.stop();
  }
}

/**
 * Lets backlogs be worked off: by the whole platform, by reception and insights alone, by reception's relay alone.
 * @param platform of which nothing but its close can be used afterwards
 */
export async function measureThroughput(
  platform: PlatformOfProcesses,
  writer: EventWriter,
): Promise<Chapter> {
  const round = (withEffect: boolean): Promise<WorkedOff> => workOff(platform, writer, contacts, withEffect);
  const whole = await repeated(2, 20, () => round(true));
  await leave(platform, ['reception', 'insights']);
  const pair = await repeated(4, 30, () => round(true));
  await leave(platform, ['reception']);
  const relay = await repeated(3, 20, () => round(false));
  const perSecond = (rounds: readonly WorkedOff[], of: (round: WorkedOff) => number): string =>
    shown(spread(rounds.map(of)), 0, '/s');
  const cpu = (rounds: readonly WorkedOff[]): string => {
    const told = rounds.flatMap(({ cpuMillis, events }) => (cpuMillis === null ? [] : [cpuMillis / events]));
    return told.length === 0 ? 'not told by this machine' : shown(spread(told), 2, 'ms');
  };
  return {
    title: 'Relay to effect',
    method:
      `${contacts * eventsOfContact} events of ${contacts} repairs are committed in reception's outbox in one ` +
      "transaction. The time runs from its commit to that of the last effect in insights (PostgreSQL's own times), " +
      'through the relay, the broker with its acknowledgement, and the consumer with its fact, inbox row and position. ' +
      'For one service means: the processes of reception and insights alone. The first rounds are those of processes ' +
      'whose code is still being compiled.',
    figures: [
      {
        name: 'relay → effect, a backlog for one service',
        target: `≥ ${targetPerSecond} /s`,
        measured: { distributed: perSecond(pair, effectsPerSecond) },
        met: spread(pair.map(effectsPerSecond)).median >= targetPerSecond,
      },
    ],
    tables: [
      {
        title: 'Events a second',
        head: ['what runs', 'sent', 'effective', 'CPU of Node per event'],
        rows: [
          [
            'reception and insights',
            perSecond(pair, sentPerSecond),
            perSecond(pair, effectsPerSecond),
            cpu(pair),
          ],
          ['reception alone: the relay', perSecond(relay, sentPerSecond), '–', cpu(relay)],
          [
            'the whole platform, with every consumer of reception',
            perSecond(whole, sentPerSecond),
            perSecond(whole, effectsPerSecond),
            cpu(whole),
          ],
        ],
      },
    ],
  };
}
