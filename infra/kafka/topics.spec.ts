import {
  defaultTopicPolicy,
  ensureTopics,
  readTopicPolicy,
  topicDefinitions,
  TopicsDiffer,
  type TopicAdmin,
} from './topics';

describe('the policy of topics', () => {
  it('is the default where the environment says nothing', () => {
    expect(readTopicPolicy({})).toEqual({ policy: defaultTopicPolicy, mistakes: [] });
  });

  it('comes from the environment; all replicas but one have to have a write', () => {
    const { policy, mistakes } = readTopicPolicy({
      KAFKA_TOPIC_PREFIX: 'anju-staging',
      KAFKA_TOPIC_PARTITIONS: '12',
      KAFKA_REPLICATION_FACTOR: '3',
      KAFKA_MAX_MESSAGE_BYTES: '2000000',
    });
    expect(mistakes).toEqual([]);
    expect(policy).toEqual({
      prefix: 'anju-staging',
      partitions: 12,
      replicationFactor: 3,
      minInsyncReplicas: 2,
      maxMessageBytes: 2_000_000,
    });
  });

  it('is refused with every mistake at once, each naming its variable', () => {
    const { mistakes } = readTopicPolicy({
      KAFKA_TOPIC_PREFIX: 'An.ju',
      KAFKA_TOPIC_PARTITIONS: '0',
      KAFKA_REPLICATION_FACTOR: '2',
      KAFKA_MIN_INSYNC_REPLICAS: '3',
      KAFKA_MAX_MESSAGE_BYTES: '1e6',
    });
    expect(mistakes.map((mistake) => mistake.split(':')[0]).sort()).toEqual([
      'KAFKA_MAX_MESSAGE_BYTES',
      'KAFKA_MIN_INSYNC_REPLICAS',
      'KAFKA_TOPIC_PARTITIONS',
      'KAFKA_TOPIC_PREFIX',
    ]);
  });
});

describe('the topics', () => {
  it('are one for each context that publishes, and keep everything', () => {
    const topics = topicDefinitions();
    expect(topics.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['anju.complaints.v1', 'anju.directory.v1', 'anju.reception.v1']),
    );
    for (const { configs } of topics) {
      expect(configs).toMatchObject({
        'retention.ms': '-1',
        'retention.bytes': '-1',
        'cleanup.policy': 'delete',
      });
    }
  });

  it('of two installations on one Kafka do not meet', () => {
    const names = (prefix: string) =>
      topicDefinitions({ ...defaultTopicPolicy, prefix }).map(({ name }) => name);
    expect(names('here').filter((name) => names('there').includes(name))).toEqual([]);
  });
});

describe('topics that exist', () => {
  const definitions = topicDefinitions();

  /** Kafka with topics as defined, but for what is given. */
  function kafka(
    differing: { partitions?: number; replicas?: number; configs?: Record<string, string> } = {},
  ) {
    const createTopics = jest.fn(() => Promise.resolve(true));
    const admin = {
      listTopics: () => Promise.resolve(definitions.map(({ name }) => name)),
      fetchTopicMetadata: () =>
        Promise.resolve({
          topics: definitions.map(({ name, partitions }) => ({
            name,
            partitions: Array.from({ length: differing.partitions ?? partitions }, () => ({
              replicas: Array.from({ length: differing.replicas ?? 1 }, (_, id) => id),
            })),
          })),
        }),
      describeConfigs: () =>
        Promise.resolve({
          resources: definitions.map(({ name, configs }) => ({
            resourceName: name,
            configEntries: Object.entries({ ...configs, ...differing.configs }).map(([config, value]) => ({
              configName: config,
              configValue: value,
            })),
          })),
        }),
      createTopics,
    };
    return { admin: admin as unknown as TopicAdmin, createTopics };
  }

  it('are left alone when they are right, or have more than they need', async () => {
    const { admin, createTopics } = kafka({ partitions: 12, replicas: 3 });
    expect(await ensureTopics(admin, definitions)).toEqual([]);
    expect(createTopics).not.toHaveBeenCalled();
  });

  it('are refused with every difference, and not altered', async () => {
    const { admin, createTopics } = kafka({
      partitions: 1,
      configs: { 'retention.ms': '604800000', 'cleanup.policy': 'compact' },
    });
    const error = await ensureTopics(admin, definitions).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TopicsDiffer);
    expect((error as TopicsDiffer).differences).toHaveLength(3 * definitions.length);
    expect((error as TopicsDiffer).message).toContain('anju.complaints.v1: 1 partitions, wanted at least 6');
    expect((error as TopicsDiffer).message).toContain(
      'anju.complaints.v1: retention.ms is 604800000, wanted -1',
    );
    expect(createTopics).not.toHaveBeenCalled();
  });
});
