import { Kafka, logLevel, type Message } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { defineEvent, topicOf, type EventEnvelope } from '@anju/events';
import { newId } from '@anju/kernel';
import {
  appendToOutbox,
  Consumer,
  on,
  OutboxLog,
  outgoing,
  type ConsumerDefinition,
  type ParkedKeys,
} from '@anju/outbox';
import { openDatabase } from '@anju/subgraph';
import { createTestDatabase, silentLogger, until, type TestDatabase } from '@anju/testing';
import { KafkaEventBus } from '../src';
import { describeWithBroker, ownBroker, sharedBroker, type TestBroker } from '@anju/testing-kafka';

const context = 'tickets';
const raised = defineEvent({
  type: 'ticket-raised.v1',
  context,
  description: 'raised',
  data: z.object({ step: z.number().int(), padding: z.string().optional() }),
});
const partitions = 3;
const firstStartMillis = 120_000;

/** One process of a service: what it writes goes out, what it hears of is written down as an effect. */
interface Replica {
  readonly bus: KafkaEventBus;
  readonly consumer: Consumer;
  readonly relay: ParkedKeys;
}

/** A producing and a consuming service, each with its database, on topics of their own. */
class Stage {
  private readonly replicas: Replica[] = [];

  private constructor(
    readonly broker: TestBroker,
    private readonly databases: readonly TestDatabase[],
    readonly producer: DataSource,
    readonly consumer: DataSource,
  ) {}

  static async open(broker: TestBroker): Promise<Stage> {
    const databases = await Promise.all([createTestDatabase('producer'), createTestDatabase('consumer')]);
    const [producer, consumer] = await Promise.all(
      databases.map(({ url }) => openDatabase({ name: context, entities: [], migrations: [] }, url, 8)),
    );
    await consumer!.query('create table effect (n bigint generated always as identity, key text, step int)');
    const stage = new Stage(broker, databases, producer!, consumer!);
    await stage.admin(async (admin) => {
      await admin.createTopics({
        waitForLeaders: true,
        topics: [{ topic: stage.topic, numPartitions: partitions }],
      });
    });
    return stage;
  }

  get topic(): string {
    return topicOf(context, this.broker.topicPrefix);
  }

  async admin<T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = this.kafka().admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** @param disturb throws where an effect is to fail */
  async replica(disturb: (event: { subject: string; data: { step: number } }) => void = () => undefined) {
    const definition: ConsumerDefinition = {
      name: 'desk.tickets',
      handlers: [
        on(raised, async (event, tx) => {
          disturb(event);
          await tx.query('insert into effect (key, step) values ($1, $2)', [event.subject, event.data.step]);
        }),
      ],
      reset: async (tx) => {
        await tx.query('delete from effect');
      },
    };
    const bus = new KafkaEventBus({
      brokers: this.broker.brokers,
      clientId: 'test',
      topicPrefix: this.broker.topicPrefix,
      logger: silentLogger,
    });
    const consumer = new Consumer(definition, this.consumer, silentLogger, () => undefined);
    const relay = bus.attachOutbox(new OutboxLog(context, this.producer));
    bus.attachSink(consumer);
    await bus.start();
    const replica = { bus, consumer, relay };
    this.replicas.push(replica);
    return replica;
  }

  async stop(replica: Replica): Promise<void> {
    this.replicas.splice(this.replicas.indexOf(replica), 1);
    await replica.bus.close();
  }

  /** Commits the next steps of an aggregate, each in a transaction of its own. */
  async write(key: string, from: number, to: number, padding?: string): Promise<void> {
    for (let step = from; step <= to; step += 1) {
      const origin = {
        context,
        aggregateType: 'ticket',
        aggregateId: key,
        projectId: null,
        actor: 'test',
        at: new Date(),
      };
      await this.producer.transaction((tx) =>
        appendToOutbox(tx, [{ origin, events: [outgoing(raised, { step, padding })] }]),
      );
      for (const { bus } of this.replicas) bus.wake(context);
    }
  }

  /** Sends messages past the relay, as somebody else would. */
  async smuggle(...messages: Message[]): Promise<void> {
    const producer = this.kafka().producer({ allowAutoTopicCreation: false });
    await producer.connect();
    await producer.send({ topic: this.topic, messages });
    await producer.disconnect();
  }

  /** Steps in the order of their effects, by key. */
  async effects(): Promise<Record<string, number[]>> {
    const rows: { key: string; step: number }[] = await this.consumer.query(
      'select key, step from effect order by n',
    );
    const byKey: Record<string, number[]> = {};
    for (const { key, step } of rows) (byKey[key] ??= []).push(step);
    return byKey;
  }

  async settled(): Promise<void> {
    await this.replicas[0]!.bus.settled();
  }

  parked(dataSource: DataSource): Promise<{ key: string; state: string; reason: string }[]> {
    return dataSource.query(
      'select key, state, reason from parked_event where resolved_at is null order by id',
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map(({ bus }) => bus.close()));
    await Promise.all([this.producer.destroy(), this.consumer.destroy()]);
    await Promise.all(this.databases.map((database) => database.drop()));
  }

  private kafka(): Kafka {
    return new Kafka({ clientId: 'test', brokers: this.broker.brokers, logLevel: logLevel.NOTHING });
  }
}

const steps = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function envelope(subject: string, changes: Partial<EventEnvelope> = {}): EventEnvelope {
  return {
    specversion: '1.0',
    id: newId(),
    source: `anju.${context}`,
    type: raised.type,
    subject,
    time: '2026-03-02T01:00:00.000Z',
    datacontenttype: 'application/json',
    actor: 'test',
    project: null,
    data: { step: 99 },
    ...changes,
  };
}

const messageWith = (event: EventEnvelope): Message => ({ key: event.subject, value: JSON.stringify(event) });

describeWithBroker('events by Kafka', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.open(await sharedBroker());
  }, firstStartMillis);

  afterEach(() => stage.close());

  it('are effective once each and in order per aggregate, with two replicas, of which one goes and one comes', async () => {
    const first = await stage.replica();
    await stage.replica();
    const keys = steps(20).map(() => newId());
    const writing = Promise.all(keys.map((key) => stage.write(key, 1, 40)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await stage.stop(first);
    await stage.replica();
    await writing;
    await stage.settled();
    expect(await stage.effects()).toEqual(Object.fromEntries(keys.map((key) => [key, steps(40)])));
  });

  it('that were sent twice by relays which did not know of each other are effective once', async () => {
    const key = newId();
    const replica = await stage.replica();
    await stage.write(key, 1, 5);
    await stage.settled();
    await stage.stop(replica);
    // As if the relay had ended between sending and noting it.
    await stage.producer.query('delete from consumer_position');
    await stage.replica();
    await stage.write(key, 6, 8);
    await stage.settled();
    expect(await stage.effects()).toEqual({ [key]: steps(8) });
  });

  it('go on where the database of the consumer says, whatever the broker has noted', async () => {
    const key = newId();
    const replica = await stage.replica();
    await stage.write(key, 1, 10);
    await stage.settled();
    await stage.stop(replica);
    // A database that was put back to where it was before the tenth.
    const [row] = await stage.consumer.query<{ topic: string; partition: number; next_offset: string }[]>(
      'select * from consumer_offset where next_offset > 0',
    );
    await stage.consumer.query(
      'update consumer_offset set next_offset = next_offset - 1 where partition = $1',
      [row!.partition],
    );
    await stage.consumer.query('delete from effect where step = 10');
    await stage.consumer.query(
      'delete from inbox where event_id = (select event_id from inbox order by event_id desc limit 1)',
    );
    await stage.replica();
    await stage.settled();
    expect(await stage.effects()).toEqual({ [key]: steps(10) });
  });

  it('come again from the beginning when a consumer is rebuilt while it serves, by whichever replica', async () => {
    const keys = steps(6).map(() => newId());
    const one = await stage.replica();
    await stage.replica();
    await Promise.all(keys.map((key) => stage.write(key, 1, 20)));
    await stage.settled();
    const writing = Promise.all(keys.map((key) => stage.write(key, 21, 40)));
    await one.bus.whilePaused(one.consumer.name, () => one.consumer.forget());
    await writing;
    await stage.settled();
    expect(await stage.effects()).toEqual(Object.fromEntries(keys.map((key) => [key, steps(40)])));
  });

  it('park the key of one that keeps failing and no other, and go on in order when it is tried again', async () => {
    const [bad, good] = [newId(), newId()];
    let broken = true;
    const { consumer } = await stage.replica((event) => {
      if (broken && event.subject === bad && event.data.step === 2) throw new Error('cannot');
    });
    await Promise.all([stage.write(bad, 1, 4), stage.write(good, 1, 4)]);
    await stage.settled();
    expect(await stage.effects()).toEqual({ [bad]: [1], [good]: steps(4) });
    broken = false;
    expect(await consumer.retryParked(bad, 'operator', new Date())).toBe(3);
    expect((await stage.effects())[bad]).toEqual(steps(4));
  });

  it('park the key of one that is too large for a broker, where they are sent from', async () => {
    const [large, small] = [newId(), newId()];
    const { relay } = await stage.replica();
    await stage.write(large, 1, 1);
    await stage.producer.query(
      `insert into outbox (id, aggregatetype, aggregateid, type, payload)
       select $1, 'ticket', $2, $3, $4`,
      [
        newId(),
        large,
        raised.type,
        JSON.stringify(envelope(large, { data: { step: 2, padding: 'x'.repeat(2_000_000) } })),
      ],
    );
    await stage.write(large, 3, 3);
    await stage.write(small, 1, 3);
    await stage.settled();
    expect(await stage.effects()).toEqual({ [large]: [1], [small]: steps(3) });
    expect(await stage.parked(stage.producer)).toEqual([
      { key: large, state: 'PARKED', reason: expect.stringMatching(/^has 2000\d+ bytes; at most/) },
      { key: large, state: 'WAITING', reason: expect.any(String) },
    ]);
    expect(await relay.retryParked(large, 'operator', new Date())).toBe(0);
    expect(await relay.skipParked(large, 'operator', new Date())).toBe(true);
    await stage.settled();
    expect((await stage.effects())[large]).toEqual([1, 3]);
  });

  it('are not held up by what is no event of ours', async () => {
    const key = newId();
    await stage.replica();
    const twin = envelope(key, { data: { step: 1 } });
    await stage.smuggle(
      { key, value: 'not { json' },
      { key, value: null },
      { key, value: '{"specversion":"1.0"}' },
      { key: 'another', value: JSON.stringify(envelope(key)) },
      messageWith(envelope(key, { source: 'anju.complaints' })),
      messageWith(envelope(key, { actor: 'a\u0000b' })),
      messageWith(twin),
      messageWith({ ...twin, data: { step: 7 } }),
      messageWith(twin),
    );
    await stage.write(key, 2, 3);
    await stage.settled();
    expect(await stage.effects()).toEqual({ [key]: steps(3) });
    const refused = await stage.parked(stage.consumer);
    expect(refused.map(({ state }) => state)).toEqual(Array(7).fill('REFUSED'));
    const reasons = refused.map(({ reason }) => reason.replace(/^.* at \d+: /, '').split(':')[0]);
    expect(reasons.sort()).toEqual(
      [
        'another event with this id was taken in before',
        'it has a character that no database keeps',
        'it is empty',
        'it is not JSON',
        'it is not an event',
        'its key is not the subject of the event',
        `its source is not anju.${context}, whose topic this is`,
      ].sort(),
    );
  });

  it('of a version that is not known here wait, with those behind them', async () => {
    const key = newId();
    const { consumer } = await stage.replica();
    await stage.smuggle(messageWith(envelope(key, { type: 'ticket-raised.v2' })));
    await stage.write(key, 1, 2);
    await stage.settled();
    expect(await stage.effects()).toEqual({});
    expect(await stage.parked(stage.consumer)).toMatchObject([
      { state: 'PARKED', reason: 'ticket-raised.v2 is not known to this version; it takes ticket-raised.v1' },
      { state: 'WAITING' },
      { state: 'WAITING' },
    ]);
    expect(await consumer.skipParked(key, 'operator', new Date())).toBe(true);
    expect(await stage.effects()).toEqual({ [key]: [1, 2] });
  });

  it('say how many of them are on their way', async () => {
    const { bus } = await stage.replica();
    await stage.stop(await stage.replica());
    await stage.write(newId(), 1, 3);
    await stage.settled();
    expect(await bus.flow()).toEqual({
      outboxes: [{ context, depth: 0, lastSeq: '3' }],
      sinks: [{ name: 'desk.tickets', context, lag: 0 }],
    });
  });

  it('are not begun to be delivered where a topic is missing, which is said', async () => {
    await stage.admin(async (admin) => {
      await admin.deleteTopics({ topics: [stage.topic] });
      // The broker lists it for a moment still.
      await until('the topic is gone', async () => !(await admin.listTopics()).includes(stage.topic));
    });
    await expect(stage.replica()).rejects.toThrow(`topics are missing: ${stage.topic}`);
  });
});

describeWithBroker('events while the broker is away', () => {
  const broker = ownBroker();
  let running: Awaited<ReturnType<typeof broker.start>>;
  let stage: Stage;

  beforeAll(async () => {
    running = await broker.start();
    stage = await Stage.open({ brokers: running.brokers, topicPrefix: broker.topicPrefix });
  }, firstStartMillis);

  afterAll(async () => {
    await stage.close();
    await broker.remove();
  });

  it('wait in the outbox, and are effective once when it is back', async () => {
    const key = newId();
    await stage.replica();
    await stage.replica();
    await stage.write(key, 1, 5);
    await stage.settled();
    await running.kill();
    await stage.write(key, 6, 30);
    running = await broker.start();
    await stage.write(key, 31, 35);
    await stage.settled();
    expect(await stage.effects()).toEqual({ [key]: steps(35) });
  }, 120_000);
});
