import type { Admin } from 'kafkajs';
import * as contracts from '@anju/events';
import { topicOf, topicPrefix, type EventContract } from '@anju/events';
import { asked } from './probe';

/** What of Kafka's admin client is needed here. */
export type TopicAdmin = Pick<
  Admin,
  'listTopics' | 'createTopics' | 'fetchTopicMetadata' | 'describeConfigs'
>;

/** How topics are made, where it may differ from one installation to another. */
export interface TopicPolicy {
  /** First part of every topic's name. */
  readonly prefix: string;
  /** At least so many; they can only ever become more, and then keys move, which breaks their order. */
  readonly partitions: number;
  readonly replicationFactor: number;
  /** A write counts once so many replicas have it. */
  readonly minInsyncReplicas: number;
  /** Bytes; what is longer is refused to whoever sends it. The longest event of ours has some kilobytes. */
  readonly maxMessageBytes: number;
}

export const defaultTopicPolicy: TopicPolicy = {
  prefix: topicPrefix,
  partitions: 6,
  replicationFactor: 1,
  minInsyncReplicas: 1,
  maxMessageBytes: 1_048_576,
};

/** A topic as it has to be. */
export interface TopicDefinition {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Kafka's own names and values. */
  readonly configs: Readonly<Record<string, string>>;
}

/** Topics exist that are not as they have to be. They are never altered silently: people decide. */
export class TopicsDiffer extends Error {
  override readonly name = 'TopicsDiffer';

  constructor(readonly differences: readonly string[]) {
    super(`Kafka's topics are not as Anju needs them:\n${differences.map((one) => `- ${one}`).join('\n')}`);
  }
}

function isContract(value: unknown): value is EventContract {
  return (
    typeof value === 'object' && value !== null && 'type' in value && 'context' in value && 'data' in value
  );
}

/** Every published event, by context and name. */
export function publishedContracts(): EventContract[] {
  return Object.entries(contracts)
    .filter(([name]) => name.endsWith('Events'))
    .flatMap(([, group]) => Object.values(group as Record<string, unknown>).filter(isContract))
    .sort((a, b) => a.context.localeCompare(b.context) || a.type.localeCompare(b.type));
}

const variables = {
  prefix: 'KAFKA_TOPIC_PREFIX',
  partitions: 'KAFKA_TOPIC_PARTITIONS',
  replicationFactor: 'KAFKA_REPLICATION_FACTOR',
  minInsyncReplicas: 'KAFKA_MIN_INSYNC_REPLICAS',
  maxMessageBytes: 'KAFKA_MAX_MESSAGE_BYTES',
} as const;

/**
 * Reads the policy from the environment; what is not set is as in `defaultTopicPolicy`, with one replica less
 * than there are for a write to count.
 * @returns the policy, and every mistake, each naming its variable
 */
export function readTopicPolicy(environment: Readonly<Record<string, string | undefined>>): {
  policy: TopicPolicy;
  mistakes: string[];
} {
  const mistakes: string[] = [];
  const value = (name: keyof typeof variables): string | undefined =>
    environment[variables[name]]?.trim() || undefined;
  const number = (
    name: keyof typeof variables,
    otherwise: number,
    [from, to]: readonly [number, number],
  ): number => {
    const text = value(name);
    if (text === undefined) return otherwise;
    const read = Number(text);
    if (/^\d+$/.test(text) && read >= from && read <= to) return read;
    mistakes.push(`${variables[name]}: "${text}" is not a whole number from ${from} to ${to}`);
    return otherwise;
  };
  const prefix = value('prefix') ?? defaultTopicPolicy.prefix;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(prefix)) {
    mistakes.push(`${variables.prefix}: "${prefix}" is not of small letters, digits and dashes, at most 63`);
  }
  const replicationFactor = number('replicationFactor', defaultTopicPolicy.replicationFactor, [1, 15]);
  const minInsyncReplicas = number('minInsyncReplicas', Math.max(1, replicationFactor - 1), [1, 15]);
  if (minInsyncReplicas > replicationFactor) {
    mistakes.push(
      `${variables.minInsyncReplicas}: ${minInsyncReplicas} replicas have to be in sync, but there are only ` +
        `${replicationFactor} (${variables.replicationFactor})`,
    );
  }
  return {
    policy: {
      prefix,
      partitions: number('partitions', defaultTopicPolicy.partitions, [1, 1_000]),
      replicationFactor,
      minInsyncReplicas,
      maxMessageBytes: number('maxMessageBytes', defaultTopicPolicy.maxMessageBytes, [65_536, 104_857_600]),
    },
    mistakes,
  };
}

/**
 * The topics of the published contracts, one for each context. The log is what every consumer can be rebuilt
 * from: nothing in it ever goes, neither by age or size nor for a newer event of the same key. There is none for
 * events that a consumer cannot take: these stay where they are in the log, and the consumer keeps them among
 * its parked events, from where they are tried again in the order of their key.
 */
export function topicDefinitions(policy: TopicPolicy = defaultTopicPolicy): TopicDefinition[] {
  const contexts = [...new Set(publishedContracts().map(({ context }) => context))];
  return contexts.map((context) => ({
    name: topicOf(context, policy.prefix),
    partitions: policy.partitions,
    replicationFactor: policy.replicationFactor,
    configs: {
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
      'min.insync.replicas': String(policy.minInsyncReplicas),
      'max.message.bytes': String(policy.maxMessageBytes),
      'message.timestamp.type': 'CreateTime',
      'unclean.leader.election.enable': 'false',
    },
  }));
}

/** Kafka's own number of this resource kind. */
const topicResource = 2;

async function differencesOf(admin: TopicAdmin, definitions: readonly TopicDefinition[]): Promise<string[]> {
  const [{ topics }, { resources }] = await Promise.all([
    admin.fetchTopicMetadata({ topics: definitions.map(({ name }) => name) }),
    admin.describeConfigs({
      resources: definitions.map(({ name, configs }) => ({
        type: topicResource,
        name,
        configNames: Object.keys(configs),
      })),
      includeSynonyms: false,
    }),
  ]);
  return definitions.flatMap(({ name, partitions, replicationFactor, configs }) => {
    const found = topics.find((topic) => topic.name === name)?.partitions ?? [];
    const replicas = Math.min(...found.map((partition) => partition.replicas.length));
    const entries = resources.find((resource) => resource.resourceName === name)?.configEntries ?? [];
    return [
      ...(found.length < partitions
        ? [`${name}: ${found.length} partitions, wanted at least ${partitions}`]
        : []),
      ...(replicas < replicationFactor
        ? [`${name}: ${replicas} replicas, wanted at least ${replicationFactor}`]
        : []),
      ...Object.entries(configs).flatMap(([config, wanted]) => {
        const value = entries.find((entry) => entry.configName === config)?.configValue;
        return value === wanted ? [] : [`${name}: ${config} is ${value ?? 'not known'}, wanted ${wanted}`];
      }),
    ];
  });
}

const leaderTries = 100;
const leaderTryMillis = 100;
/** What brokers answer while they have not heard yet of a topic that was just made, or of its leaders. */
const stillBeingMade = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);

/** Waits until all partitions have a leader. @throws Error if they have none after ten seconds */
async function untilLed(admin: TopicAdmin, names: readonly string[]): Promise<void> {
  for (let tries = 0; tries < leaderTries; tries += 1) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
      if (topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (!stillBeingMade.has((error as { type?: string }).type ?? '')) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, leaderTryMillis));
  }
  throw new Error(`topics were made but have no leaders: ${names.join(', ')}`);
}

/**
 * Makes the topics that are missing, and checks those that are there. Can be called again, and by several
 * processes at once.
 * @param admin connected
 * @returns names of the topics that were made by this call
 * @throws TopicsDiffer with every difference; nothing is altered
 */
export async function ensureTopics(
  admin: TopicAdmin,
  definitions: readonly TopicDefinition[] = topicDefinitions(),
): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  const present = definitions.filter(({ name }) => existing.has(name));
  const missing = definitions.filter(({ name }) => !existing.has(name));
  const differences = present.length > 0 ? await differencesOf(admin, present) : [];
  if (differences.length > 0) throw new TopicsDiffer(differences);
  if (missing.length === 0) return [];
  const made = await admin.createTopics({
    waitForLeaders: false,
    topics: missing.map(({ name, partitions, replicationFactor, configs }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(configs).map(([config, value]) => ({ name: config, value })),
    })),
  });
  await untilLed(
    admin,
    missing.map(({ name }) => name),
  );
  if (made) return missing.map(({ name }) => name);
  // Another process was faster with some of them: is what it made right?
  return ensureTopics(admin, definitions);
}

/**
 * As `ensureTopics`, on brokers that answer already.
 * @throws TopicsDiffer, or Error with what the client says
 */
export function ensureTopicsAt(
  brokers: readonly string[],
  definitions: readonly TopicDefinition[] = topicDefinitions(),
): Promise<string[]> {
  return asked(brokers, (admin) => ensureTopics(admin, definitions));
}

/**
 * Deletes the topics with everything in them, for data that begin anew. The names can be used again at once.
 * @throws Error with what the client says
 */
export async function removeTopicsAt(
  brokers: readonly string[],
  definitions: readonly TopicDefinition[] = topicDefinitions(),
): Promise<void> {
  await asked(brokers, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const topics = definitions.map(({ name }) => name).filter((name) => existing.has(name));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });
}
