import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { topicOf } from '@anju/events';
import { brokerObstacle, removeBroker, startBroker, type Broker } from '@anju/kafka';
import { defaultTopicPolicy, ensureTopics, topicDefinitions, type TopicPolicy } from '@anju/kafka-topics';
import { testBrokerVariable } from './shared-broker';

/** A broker that tests use, and what keeps the topics and groups of one test from those of others. */
export interface TestBroker {
  readonly brokers: string[];
  readonly topicPrefix: string;
}

/** A broker of one test file alone, which may be ended, killed and started again. */
export interface OwnTestBroker {
  readonly directory: string;
  readonly topicPrefix: string;
  /** Starts it, also again after `close` or `kill`, then under the same address. */
  start(): Promise<Broker>;
  /** Ends it and deletes its data. */
  remove(): Promise<void>;
}

/**
 * Jest's `describe` for tests that need a Kafka broker. Where there can be none (no Java, no Maven) they are
 * skipped and the output says so; with `CI=true` they fail instead.
 * @param obstacle why there can be none, for tests of this
 */
export function describeWithBroker(name: string, body: () => void, obstacle = brokerObstacle()): void {
  if (obstacle === null) {
    describe(name, body);
  } else if (process.env['CI'] === 'true') {
    describe(name, () => {
      it('has a Kafka broker', () => {
        throw new Error(obstacle);
      });
    });
  } else {
    process.stderr.write(`SKIPPED: ${name}: ${obstacle}\n`);
    // The one place where tests may be left out: the machine cannot run them, and it was said.
    // eslint-disable-next-line no-restricted-properties
    describe.skip(name, body);
  }
}

function ask(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Not `fetch`: it gives up before a first start that fetches the jars is done.
    const call = request(url, { agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    call.once('error', reject);
    call.end();
  });
}

function newPrefix(): string {
  return `test-${randomBytes(5).toString('hex')}`;
}

/**
 * The broker that all test files of the run share, started when the first one asks. Not to be ended or killed.
 * The first start on a machine fetches the jars: give the hook that calls this two minutes.
 */
export async function sharedBroker(): Promise<TestBroker> {
  const url = process.env[testBrokerVariable];
  if (!url) throw new Error('no Kafka here: only integration tests (*.int-spec.ts) and journeys have it');
  const { brokers } = JSON.parse(await ask(url)) as { brokers: string[] };
  return { brokers, topicPrefix: newPrefix() };
}

/** A broker for tests of what happens when it is away. Costs seconds and 200 MB: prefer `sharedBroker`. */
export function ownBroker(): OwnTestBroker {
  // Named as global setup names its own: the next run clears what one that was killed has left.
  const folder = mkdtempSync(join(tmpdir(), `anju-tests-${process.pid}-`));
  const directory = join(folder, 'kafka');
  let running: Broker | null = null;
  return {
    directory,
    topicPrefix: newPrefix(),
    async start() {
      running = await startBroker({ directory, log: (line) => process.stderr.write(`${line}\n`) });
      return running;
    },
    async remove() {
      await running?.close();
      await removeBroker(directory);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Makes the topics of all contexts for a test.
 * @param policy over the default, with three partitions
 */
export async function createTestTopics(
  { brokers, topicPrefix }: TestBroker,
  policy: Partial<TopicPolicy> = {},
): Promise<void> {
  const kafka = new Kafka({ clientId: 'anju-test-topics', brokers, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    await ensureTopics(
      admin,
      topicDefinitions({ ...defaultTopicPolicy, partitions: 3, ...policy, prefix: topicPrefix }),
    );
  } finally {
    await admin.disconnect();
  }
}

/**
 * Sends messages as a producer that is not ours.
 * @throws whatever the broker says of them, such as that one is too large
 */
export async function sendForeignMessages(
  { brokers, topicPrefix }: TestBroker,
  context: string,
  messages: readonly { readonly key: string | null; readonly value: string | null }[],
): Promise<void> {
  const kafka = new Kafka({ clientId: 'anju-test-stranger', brokers, logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ allowAutoTopicCreation: false, retry: { retries: 1 } });
  await producer.connect();
  try {
    await producer.send({ topic: topicOf(context, topicPrefix), messages: [...messages] });
  } finally {
    await producer.disconnect();
  }
}
