import { eventsSince, factsByEvent, lastEvent, type WrittenEvent } from './commit-times';
import { householdCount, registerHouseholds, takeContacts, type Command } from './households';
import type { Platform } from './platform';
import type { Chapter } from './report';
import { latencies, percentile, shown, spread, type Spread } from './statistics';

/** By Kafka they are held to at 200 events a second, which no two cores carry out as commands through the graph. */
const targetMillis = { embedded: 20, distributed: 50 } as const;
const commandsPerSecond = 50;
const withinSeconds = 60;
/** Consecutive writes of which each block has its own p50. */
const blockSize = 150;

/** What the graph's metrics say of the contacts of a few days. */
async function contactsByMetrics({ teller }: Platform): Promise<number> {
  const day = (offset: number): string =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const { data, errors } = await teller.ask<{ metrics: { value: string | null }[] }>(
    'linfang',
    `query($from: Date!, $to: Date!) {
       metrics(input: { from: $from, to: $to, metrics: [contacts_received] }) { value }
     }`,
    { from: day(-2), to: day(2) },
  );
  if (errors) throw new Error(`the metrics cannot be read: ${JSON.stringify(errors)}`);
  return Number(data?.metrics[0]?.value ?? 0);
}

const keyOf = (type: string, subject: string): string => `${type} ${subject}`;

/** From the answer of a command to the fact; below zero where the fact was there first. */
function afterTheAnswer(
  commands: readonly Command[],
  events: readonly WrittenEvent[],
  facts: ReadonlyMap<string, number>,
): number[] {
  const answers = new Map(commands.map((one) => [keyOf(one.eventType, one.subject), one.answeredAt]));
  return events.flatMap(({ id, type, subject }) => {
    const answeredAt = answers.get(keyOf(type, subject));
    const factAt = facts.get(id);
    return answeredAt === undefined || factAt === undefined ? [] : [factAt - answeredAt];
  });
}

function afterTheCommit(events: readonly WrittenEvent[], facts: ReadonlyMap<string, number>): number[] {
  return events.flatMap(({ id, at }) => (facts.has(id) ? [facts.get(id)! - at] : []));
}

/** The p50 of each block of consecutive writes: apart from each other, they tell how much the machine disturbs. */
function blocks(events: readonly WrittenEvent[], facts: ReadonlyMap<string, number>): Spread {
  const millis = afterTheCommit(events, facts);
  const count = Math.max(1, Math.floor(millis.length / blockSize));
  const size = Math.ceil(millis.length / count);
  return spread(
    Array.from({ length: count }, (_, index) =>
      percentile(millis.slice(index * size, (index + 1) * size), 0.5),
    ),
  );
}

/**
 * Drives the contacts of the households through the graph and looks up when each event became a fact.
 * @throws Error if a command has no fact in the end, or the graph's metric does not count every contact
 */
export async function measureLatency(platform: Platform): Promise<Chapter> {
  const households = await registerHouseholds(platform);
  const before = new Map<string, string>();
  for (const service of ['reception', 'complaints']) before.set(service, await lastEvent(platform, service));
  const counted = await contactsByMetrics(platform);
  const began = performance.now();
  const commands = await takeContacts(platform, households, commandsPerSecond, withinSeconds);
  const seconds = (performance.now() - began) / 1_000;

  const reception = await eventsSince(platform, 'reception', before.get('reception')!);
  const complaints = await eventsSince(platform, 'complaints', before.get('complaints')!);
  const facts = await factsByEvent(platform);
  const contacts = commands.filter(({ field }) => field === 'recordInteraction').length;
  const metric = (await contactsByMetrics(platform)) - counted;
  if (metric !== contacts) throw new Error(`${contacts} contacts were recorded, the metric counts ${metric}`);

  const fromCommit = afterTheCommit([...reception, ...complaints], facts);
  const fromAnswer = afterTheAnswer(commands, reception, facts);
  const p50 = percentile(fromCommit, 0.5);
  const rate = commands.length / seconds;
  const ofField = (field: string): number[] =>
    commands.filter((one) => one.field === field).map(({ sentAt, answeredAt }) => answeredAt - sentAt);
  const fields = [...new Set(commands.map(({ field }) => field))];
  const { mode } = platform;
  const ways = {
    embedded: 'in one process',
    distributed: 'by Kafka, every service in a process of its own',
  } as const;
  const target = targetMillis[mode];
  return {
    title: `Commit to metric, ${ways[mode]}`,
    method:
      `${householdCount} customers make ${contacts} contacts with ${commands.length} commands, sent through the ` +
      `graph at ${commandsPerSecond} a second (${rate.toFixed(1)} were reached), from the process of the bench. ` +
      'The metrics are views of the facts, so that a metric is there when the fact is. The times of ' +
      "both commits are PostgreSQL's own (`track_commit_timestamp`): the command's transaction, and the one " +
      "that writes the fact and the inbox row. The answer's time is its client's. In the " +
      'end the metric of contacts must be the number of contacts.',
    figures: [
      {
        name: `commit → metric, commands through the graph at ${commandsPerSecond}/s, p50`,
        target: `≤ ${target} ms`,
        measured: { [mode]: latencies(fromCommit) },
        met: p50 <= target,
      },
    ],
    tables: [
      {
        title: 'From a write to the metric',
        head: ['from', 'time'],
        rows: [
          ['commit of a command or consumer → fact', latencies(fromCommit)],
          [`… p50 of each ${blockSize} of reception`, shown(blocks(reception, facts), 1, 'ms')],
          ['… reception', latencies(afterTheCommit(reception, facts))],
          ['… complaints (opened by an event of reception)', latencies(afterTheCommit(complaints, facts))],
          ['answer at the client → fact (below 0: it was there before)', latencies(fromAnswer)],
        ],
      },
      {
        title: 'The commands themselves, from request to answer',
        head: ['command', 'time'],
        rows: fields.map((field) => [field, latencies(ofField(field))]),
      },
    ],
  };
}
