import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { ensureTopics, topicDefinitions, TopicsDiffer, defaultTopicPolicy } from '@anju/kafka-topics';
import { createTestTopics, describeWithBroker, ownBroker, sharedBroker } from '@anju/testing-kafka';
import { BrokerPortTaken, startBroker, type Broker } from '../src/broker';
import { BrokerDirectoryInUse, readRecord } from '../src/ownership';
import { isAlive } from '../src/processes';
import { resolveBrokers } from '../src/resolve-brokers';

const root = resolve(__dirname, '../../..');
const patience = 240_000;

function client(brokers: string[]): Kafka {
  return new Kafka({ clientId: 'anju-broker-spec', brokers, logLevel: logLevel.NOTHING });
}

async function send(brokers: string[], topic: string, value: string): Promise<void> {
  const producer = client(brokers).producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: [{ key: 'case-1', value }] });
  await producer.disconnect();
}

/** The first `count` messages of the topic, read by a group of its own. */
async function read(brokers: string[], topic: string, count: number): Promise<string[]> {
  const consumer = client(brokers).consumer({ groupId: `spec-${Math.random()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((done, fail) => {
    consumer
      .run({
        eachMessage: async ({ message }) => {
          values.push(message.value!.toString());
          if (values.length === count) done();
        },
      })
      .catch(fail);
  });
  await consumer.disconnect();
  return values;
}

describeWithBroker('a Kafka broker of its own', () => {
  const own = ownBroker();
  const topic = `${own.topicPrefix}.complaints.v1`;
  let broker: Broker;

  beforeAll(async () => {
    broker = await own.start();
  }, patience);

  afterAll(() => own.remove(), patience);

  it('is of no use to a second one that is started on its directory', async () => {
    const second = startBroker({ directory: own.directory });
    await expect(second).rejects.toThrow(BrokerDirectoryInUse);
    await expect(second).rejects.toThrow(
      `is in use by another process of Anju (process ${process.pid}; the broker is process ${broker.pid} on port ${broker.port})`,
    );
  });

  it('is not started on a port that another program has', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const directory = mkdtempSync(join(tmpdir(), 'anju-kafka-spec-'));
    await expect(startBroker({ directory, port })).rejects.toThrow(new BrokerPortTaken(port));
    server.close();
    // And leaves the directory to the next one.
    expect(existsSync(join(directory, 'owner.json'))).toBe(false);
    rmSync(directory, { recursive: true });
  });

  it('answers at once whoever names it in KAFKA_BROKERS', async () => {
    const environment = { KAFKA_BROKERS: broker.brokers.join(',') };
    const resolved = await resolveBrokers(environment, { directory: '/nonexistent/anju' });
    expect(resolved).toMatchObject({ source: 'environment', brokers: broker.brokers });
    await resolved.close();
    expect(isAlive(readRecord(own.directory)!.process)).toBe(true);
  });

  it(
    'keeps what it acknowledged when it is killed, and goes on under the same address',
    async () => {
      await createTestTopics({ brokers: broker.brokers, topicPrefix: own.topicPrefix });
      await send(broker.brokers, topic, 'before the kill');
      const { brokers } = broker;
      await broker.kill();
      expect(isAlive(readRecord(own.directory)!.process)).toBe(false);

      broker = await own.start();
      expect(broker.brokers).toEqual(brokers);
      await send(brokers, topic, 'after it');
      expect((await read(brokers, topic, 2)).sort()).toEqual(['after it', 'before the kill']);
    },
    patience,
  );

  it(
    'ends in good order, and can be started again on another port',
    async () => {
      await broker.close();
      await broker.close();
      const elsewhere = await startBroker({ directory: own.directory, port: await freePort() });
      expect(elsewhere.port).not.toBe(broker.port);
      expect((await read(elsewhere.brokers, topic, 2)).sort()).toEqual(['after it', 'before the kill']);
      await elsewhere.close();
    },
    patience,
  );
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

describeWithBroker('a broker whose process is killed', () => {
  const own = ownBroker();
  const children: ChildProcess[] = [];

  /** Another process with the broker. @returns it, the broker's address, and the broker */
  async function startInAnotherProcess() {
    const child = spawn(process.execPath, ['tools/run.mjs', 'tools/kafka.ts', own.directory], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [address] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, address, broker: readRecord(own.directory)!.process };
  }

  async function kill(child: ChildProcess): Promise<void> {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await own.remove();
  }, patience);

  it(
    'ends soon after',
    async () => {
      const { child, broker } = await startInAnotherProcess();
      await kill(child);
      const until = Date.now() + 20_000;
      while (isAlive(broker) && Date.now() < until) await sleep(50);
      expect(isAlive(broker)).toBe(false);
    },
    patience,
  );

  it(
    'is ended by the next start when it is still there',
    async () => {
      const { child, address, broker: left } = await startInAnotherProcess();
      const guards = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
        .flatMap(([pid, parent]) => (parent === child.pid && pid && pid !== left.pid ? [pid] : []));
      expect(guards).toHaveLength(1);
      for (const guard of guards) process.kill(guard, 'SIGKILL');
      await kill(child);
      expect(isAlive(left)).toBe(true);

      const broker = await own.start();
      expect(isAlive(left)).toBe(false);
      expect(broker.brokers).toEqual([address]);
      await broker.close();
    },
    patience,
  );
});

describeWithBroker('the topics of a real broker', () => {
  let brokers: string[];
  let prefix: string;

  beforeAll(async () => {
    ({ brokers, topicPrefix: prefix } = await sharedBroker());
  }, patience);

  it('are made once, also when two processes do it at the same time, and then found right', async () => {
    const definitions = topicDefinitions({ ...defaultTopicPolicy, prefix });
    const admins = [client(brokers).admin(), client(brokers).admin()];
    for (const admin of admins) await admin.connect();
    const made = await Promise.all(admins.map((admin) => ensureTopics(admin, definitions)));
    expect(made.flat().sort()).toEqual(definitions.map(({ name }) => name).sort());
    expect(await ensureTopics(admins[0]!, definitions)).toEqual([]);
    for (const admin of admins) await admin.disconnect();
  });

  it('are refused when they are not as they have to be, with every difference', async () => {
    const admin = client(brokers).admin();
    await admin.connect();
    const wanted = topicDefinitions({
      ...defaultTopicPolicy,
      prefix,
      partitions: 12,
      maxMessageBytes: 100_000,
    });
    const error = await ensureTopics(admin, wanted).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TopicsDiffer);
    expect((error as TopicsDiffer).differences).toEqual(
      expect.arrayContaining([
        `${prefix}.complaints.v1: 6 partitions, wanted at least 12`,
        `${prefix}.complaints.v1: max.message.bytes is 1048576, wanted 100000`,
      ]),
    );
    await admin.disconnect();
  });

  it('refuse a message of 2 MB to whoever sends it', async () => {
    await expect(send(brokers, `${prefix}.complaints.v1`, 'x'.repeat(2_000_000))).rejects.toThrow(/larger/);
  });
});
