import { z } from 'zod';
import * as contracts from '@anju/events';
import { topicOf, type EventContract } from '@anju/events';
import { services } from '@anju/suite';

type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
};

function isContract(value: unknown): value is EventContract {
  return (
    typeof value === 'object' && value !== null && 'type' in value && 'context' in value && 'data' in value
  );
}

/** Every published event, by context and name. */
export function allContracts(): EventContract[] {
  return Object.entries(contracts)
    .filter(([name]) => name.endsWith('Events'))
    .flatMap(([, group]) => Object.values(group as Record<string, unknown>).filter(isContract))
    .sort((a, b) => a.context.localeCompare(b.context) || a.type.localeCompare(b.type));
}

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
  // The definitions are asked with nothing behind them: consumers are listed, not run.
  const nothing = new Proxy({}, { get: () => undefined }) as never;
  return services.flatMap((service) =>
    service
      .create(nothing)
      .consumers.filter((consumer) =>
        consumer.handlers.some((handler) => handler.contract.type === contract.type),
      )
      .map((consumer) => consumer.name),
  );
}

/** `docs/events.md`: topics, events, who publishes and who takes them in. */
export function eventsDocument(): string {
  const all = allContracts();
  const contexts = [...new Set(all.map((contract) => contract.context))];
  const sections = contexts.map((context) => {
    const rows = all
      .filter((contract) => contract.context === context)
      .map((contract) => {
        const consumers = consumersOf(contract).map((name) => `\`${name}\``);
        return `| [\`${contract.type}\`](../${schemaFile(contract)}) | ${contract.description} | ${consumers.join(', ') || '—'} |`;
      });
    return [
      `## ${context}`,
      '',
      `Topic \`${topicOf(context)}\`, key: id of the aggregate.`,
      '',
      '| event | what it says | consumers |',
      '| --- | --- | --- |',
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
    ...sections,
  ].join('\n');
}
