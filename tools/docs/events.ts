import { z } from 'zod';
import { topicOf, type EventContract } from '@anju/events';
import { publishedContracts, topicDefinitions } from '@anju/kafka-topics';
import { definedConsumers, services } from '@anju/suite';

type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
};

/** The JSON Schema of an event's data, as it is committed. */
export function schemaText(contract: EventContract): string {
  const schema = z.toJSONSchema(contract.data, { io: 'output' });
  return `${JSON.stringify({ title: contract.type, description: contract.description, ...schema }, null, 2)}\n`;
}

export function schemaFile(contract: EventContract): string {
  return `libs/events/schemas/${contract.context}/${contract.type}.json`;
}

/**
 * What in a newer schema would surprise a consumer of the older one: entries that are gone or not
 * certain any more, other types, values that it does not know.
 */
export function breakingDifferences(older: JsonSchema, newer: JsonSchema, path = 'data'): string[] {
  const found: string[] = [];
  if (JSON.stringify(older.type) !== JSON.stringify(newer.type)) found.push(`${path}: another type`);
  if (older.enum && newer.enum?.some((value) => !older.enum!.includes(value)))
    found.push(`${path}: a value more`);
  if ((older.anyOf?.length ?? 0) < (newer.anyOf?.length ?? 0)) found.push(`${path}: an alternative more`);
  older.anyOf?.forEach((one, index) => {
    const other = newer.anyOf?.[index];
    if (other) found.push(...breakingDifferences(one, other, `${path}|${index}`));
  });
  for (const [name, property] of Object.entries(older.properties ?? {})) {
    const now = newer.properties?.[name];
    if (!now) found.push(`${path}.${name}: gone`);
    else found.push(...breakingDifferences(property, now, `${path}.${name}`));
    if (older.required?.includes(name) && !newer.required?.includes(name))
      found.push(`${path}.${name}: not certain any more`);
  }
  if (older.items && newer.items) found.push(...breakingDifferences(older.items, newer.items, `${path}[]`));
  return found;
}

function consumersOf(contract: EventContract): string[] {
  return definedConsumers()
    .filter(({ consumer }) => consumer.handlers.some((handler) => handler.contract.type === contract.type))
    .map(({ consumer }) => consumer.name);
}

/** Only the service of a context writes its events. @throws Error when there is no such service */
function producerOf(context: string): string {
  const service = services.find(({ name }) => name === context);
  if (!service) throw new Error(`events of ${context} are published, but there is no such service`);
  return service.name;
}

const code = (text: string): string => `\`${text}\``;

/** Kafka's words for it, and what they come to. */
function retention(configs: Readonly<Record<string, string>>): string {
  const limits = ['retention.ms', 'retention.bytes'].filter((config) => configs[config] !== '-1');
  if (limits.length > 0) return limits.map((config) => `${config} ${configs[config]}`).join(', ');
  return 'for good';
}

function compaction(configs: Readonly<Record<string, string>>): string {
  return configs['cleanup.policy'] === 'delete' ? 'none' : configs['cleanup.policy']!;
}

/** The topics as `infra/kafka/topics.ts` makes and checks them. */
function topicTable(all: readonly EventContract[]): string[] {
  const rows = topicDefinitions().map(({ name, partitions, replicationFactor, configs }) => {
    const published = all.filter(({ context }) => topicOf(context) === name);
    const context = published[0]!.context;
    const consumers = [...new Set(published.flatMap(consumersOf))].sort();
    const cells = [
      `[${code(name)}](#${context})`,
      code(producerOf(context)),
      consumers.map(code).join(', ') || '—',
      partitions,
      replicationFactor,
      retention(configs),
      compaction(configs),
      `${Number(configs['max.message.bytes']) / 1024} KiB`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '## Topics',
    '',
    'Made at start where they are missing, and checked where they are there ([`topics.ts`](../infra/kafka/topics.ts)):',
    'one with fewer partitions, fewer replicas, or other settings is refused with every difference, never altered.',
    'The log is what every consumer can be rebuilt from, so nothing in it ever goes. A consumer is a group of its own,',
    '`<prefix>.<consumer>`. An event that a consumer cannot take stays where it is in the log and is kept among the',
    'parked events of the consumer, in the order of its key: there is no topic for such ones.',
    '',
    'By the environment: `KAFKA_TOPIC_PREFIX` (`anju`), `KAFKA_TOPIC_PARTITIONS`, `KAFKA_REPLICATION_FACTOR`,',
    '`KAFKA_MIN_INSYNC_REPLICAS` (one less than there are replicas), `KAFKA_MAX_MESSAGE_BYTES`.',
    '',
    '| topic | producer | consumers | partitions | replicas | retention | compaction | longest message |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

/** `docs/events.md`: topics, events, who publishes and who takes them in. */
export function eventsDocument(): string {
  const all = publishedContracts();
  const contexts = [...new Set(all.map((contract) => contract.context))];
  const sections = contexts.map((context) => {
    const producer = code(producerOf(context));
    const rows = all
      .filter((contract) => contract.context === context)
      .map((contract) => {
        const consumers = consumersOf(contract).map(code);
        return `| [\`${contract.type}\`](../${schemaFile(contract)}) | ${contract.description} | ${producer} | ${consumers.join(', ') || '—'} |`;
      });
    return [
      `## ${context}`,
      '',
      `Topic \`${topicOf(context)}\`, key: id of the aggregate.`,
      '',
      '| event and schema | what it says | producer | consumers |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return [
    '# Events',
    '',
    'Made by `npm run docs` from the contracts in `libs/events`. Envelope: CloudEvents 1.0 attributes with `actor`',
    'and `project`. No personal data beyond ids. A published event never changes in a way that would surprise a',
    'consumer; such a change is a new version beside the old one.',
    '',
    ...topicTable(all),
    ...sections,
  ].join('\n');
}
