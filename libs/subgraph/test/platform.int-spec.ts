import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Cipher } from '@anju/access';
import {
  CommandRefusal,
  CommandRunner,
  Fault,
  badInput,
  nextNumber,
  systemActor,
  type Actor,
  removeExpired,
} from '@anju/commands';
import { clockAheadSeconds, DeadlineScheduler } from '@anju/deadlines';
import type { EventEnvelope } from '@anju/events';
import { ManualClock, newId, refuse } from '@anju/kernel';
import { Consumer, InProcessEventBus, OutboxLog, on, type ConsumerDefinition } from '@anju/outbox';
import { createTestDatabase, silentLogger } from '@anju/testing';
import { openDatabase } from '../src';
import {
  Ticket,
  Tickets1,
  openTicket,
  raiseTicket,
  ticketAggregate,
  ticketEvents,
  ticketLifeMillis,
} from './ticket';

const start = new Date('2026-03-02T01:00:00Z');
const projectId = newId();
const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const clerk: Actor = systemActor('clerk');

describe('the platform under a service', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let dataSource: DataSource;
  let clock: ManualClock;
  let commands: CommandRunner;
  let scheduler: DeadlineScheduler;
  const buses: InProcessEventBus[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await openDatabase(
      { name: 'tickets', entities: [Ticket], migrations: [Tickets1] },
      database.url,
      10,
    );
    clock = new ManualClock(start);
    commands = new CommandRunner(dataSource, clock, cipher, { committed: () => undefined });
    commands.dueTimes.register(ticketAggregate);
    scheduler = new DeadlineScheduler(dataSource, clock, commands.dueTimes, silentLogger);
  });

  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    await dataSource.destroy();
    await database.drop();
  });

  function open(
    idempotencyKey?: string,
    input: unknown = {},
    check?: () => Promise<void>,
    actor = clerk,
  ): Promise<Ticket | CommandRefusal> {
    return commands.create(ticketAggregate, {
      actor,
      command: 'openTicket',
      permission: 'complaints.complaint.file',
      projectId,
      idempotencyKey,
      input,
      check,
      decide: (id, at) => openTicket(id, projectId, at),
    });
  }

  async function opened(): Promise<Ticket> {
    const ticket = await open();
    if (ticket instanceof CommandRefusal) throw new Error(ticket.code);
    return ticket;
  }

  function raise(
    id: string,
    more: { actor?: Actor; expectedVersion?: number; idempotencyKey?: string } = {},
  ): Promise<Ticket | CommandRefusal> {
    return commands.change(ticketAggregate, {
      actor: clerk,
      command: 'raiseTicket',
      permission: 'complaints.complaint.file',
      id,
      ...more,
      decide: raiseTicket,
    });
  }

  const rows = (sql: string): Promise<Record<string, unknown>[]> => dataSource.query(sql);

  const theOneThatLeft = {
    field: 'input.staffId',
    problem: 'has left',
    expected: 'somebody who is employed',
  };

  /** How many statements the work sends to the database. */
  async function statementsOf(work: () => Promise<unknown>): Promise<number> {
    const before = dataSource.logger;
    let count = 0;
    dataSource.logger = {
      ...before,
      logQuery: () => (count += 1),
      logQueryError: () => undefined,
      log: () => undefined,
    };
    try {
      await work();
    } finally {
      dataSource.logger = before;
    }
    return count;
  }

  /** A bus with one consumer of the tickets' events that writes down what it got. */
  async function consume(
    handle: (event: { type: string; subject: string }) => void,
    reset?: ConsumerDefinition['reset'],
  ): Promise<{ bus: InProcessEventBus; consumer: Consumer }> {
    const bus = new InProcessEventBus(silentLogger);
    buses.push(bus);
    const definition = {
      name: 'tickets.test',
      handlers: Object.values(ticketEvents).map((contract) => on(contract, async (event) => handle(event))),
      reset,
    };
    const consumer = new Consumer(definition, dataSource, silentLogger, () => undefined);
    bus.attachOutbox(new OutboxLog('tickets', dataSource));
    bus.attachSink(consumer);
    await bus.start();
    return { bus, consumer };
  }

  describe('the write path', () => {
    it('leaves the row, one history row, the event and the due time of a command together', async () => {
      const ticket = await opened();
      await raise(ticket.id);
      expect(await dataSource.manager.findOneBy(Ticket, { id: ticket.id })).toMatchObject({
        level: 1,
        version: 2,
      });
      expect(await rows(`select version, command, from_status, to_status from history order by id`)).toEqual([
        { version: 1, command: 'openTicket', from_status: null, to_status: 'OPEN' },
        { version: 2, command: 'raiseTicket', from_status: 'OPEN', to_status: 'OPEN' },
      ]);
      expect((await rows(`select type from outbox order by seq`)).map((row) => row['type'])).toEqual([
        'ticket-opened.v1',
        'ticket-raised.v1',
      ]);
      expect(await rows(`select kind, due_at, fired_at from deadline`)).toEqual([
        { kind: 'EXPIRES', due_at: new Date(start.getTime() + ticketLifeMillis), fired_at: null },
      ]);
    });

    it('writes nothing when the command is refused', async () => {
      const ticket = await opened();
      clock.moveTo(ticket.expiresAt);
      await scheduler.fireUpTo(clock.now());
      const before = await rows(`select count(*) from history`);
      expect(await raise(ticket.id)).toMatchObject({
        code: 'TICKET_EXPIRED',
        data: { expiredAt: ticket.expiresAt },
      });
      expect(await rows(`select count(*) from history`)).toEqual(before);
    });

    it('takes back a number that was counted for a command that is refused', async () => {
      const number = (refused: boolean): Promise<unknown> =>
        commands.create(ticketAggregate, {
          actor: clerk,
          command: 'openTicket',
          permission: 'complaints.complaint.file',
          projectId,
          prepare: (tx) => nextNumber(tx, 'tickets'),
          decide: (id, at) => (refused ? refuse('TICKET_EXPIRED', {}) : openTicket(id, projectId, at)),
        });
      await number(true);
      expect(await rows(`select value::int from counter`)).toEqual([]);
      await number(false);
      await number(true);
      expect(await rows(`select value::int from counter`)).toEqual([{ value: 1 }]);
    });

    it('loses no update of many at once', async () => {
      const ticket = await opened();
      await Promise.all(Array.from({ length: 20 }, () => raise(ticket.id)));
      expect(await dataSource.manager.findOneBy(Ticket, { id: ticket.id })).toMatchObject({
        level: 20,
        version: 21,
      });
    });

    it('answers CONFLICT to one who saw an older version', async () => {
      const ticket = await opened();
      await raise(ticket.id, { expectedVersion: 1 });
      await expect(raise(ticket.id, { expectedVersion: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('answers NOT_FOUND for an id that is not there', async () => {
      await expect(raise(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('never changes or deletes history or outbox rows', async () => {
      await opened();
      for (const table of ['history', 'outbox']) {
        await expect(dataSource.query(`delete from ${table}`)).rejects.toThrow('never changed');
      }
      await expect(dataSource.query(`update history set actor = 'nobody'`)).rejects.toThrow('never changed');
    });
  });

  describe('idempotency keys', () => {
    it('give the first answer again and do nothing twice, also for two at once', async () => {
      const [one, two] = await Promise.all([open('key-1'), open('key-1')]);
      const three = await open('key-1');
      expect(two).toEqual(one);
      expect(three).toEqual(one);
      expect(await rows(`select count(*)::int from ticket`)).toEqual([{ count: 1 }]);
    });

    it('give the first answer even after the aggregate has changed', async () => {
      const ticket = await opened();
      const first = await raise(ticket.id, { idempotencyKey: 'raise-1' });
      await raise(ticket.id);
      expect(await raise(ticket.id, { idempotencyKey: 'raise-1' })).toEqual(first);
    });

    it('give nobody an answer who may not do it any more', async () => {
      const inProject = (id: string): Actor => {
        const roles = [{ role: 'EMPLOYEE' as const, projectIds: [id] }];
        return {
          id: 'somebody',
          principal: { kind: 'STAFF', staffId: 'somebody', account: 'somebody', roles },
        };
      };
      const ticket = await opened();
      const raiseAs = (actor: Actor): Promise<unknown> =>
        raise(ticket.id, { actor, idempotencyKey: 'raise-as' });
      const first = await raiseAs(inProject(projectId));
      const [again, plain] = [() => raiseAs(inProject(projectId)), () => raiseAs({ id: 'somebody' })];
      expect(await again()).toEqual(first);
      expect(await statementsOf(again)).toBe((await statementsOf(plain)) + 1);
      await expect(raiseAs(inProject(newId()))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await rows(`select level from ticket`)).toEqual([{ level: 1 }]);

      const openAs = (actor: Actor): Promise<unknown> => open('open-as', {}, undefined, actor);
      const opening = await openAs(inProject(projectId));
      expect(await openAs(inProject(projectId))).toEqual(opening);
      await expect(openAs(inProject(newId()))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    it('are refused with other input', async () => {
      await open('key-2', { a: 1 });
      await expect(open('key-2', { a: 2 })).rejects.toThrow(Fault);
      await expect(open('key-2', { a: 2 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    });

    it('give the first answer also where what was checked then is not right any more', async () => {
      let checks = 0;
      const check = (): Promise<void> => {
        checks += 1;
        return checks === 1 ? Promise.resolve() : Promise.reject(badInput(theOneThatLeft));
      };
      const first = await open('checked', {}, check);
      expect(await open('checked', {}, check)).toEqual(first);
      expect(checks).toBe(1);
      await expect(open('another', {}, check)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(await rows(`select key from idempotency`)).toEqual([{ key: 'checked' }]);
    });

    it('cost a checked command one statement more, and nothing without a key', async () => {
      const check = (): Promise<void> => Promise.resolve();
      const plain = await statementsOf(() => open());
      expect(await statementsOf(() => open(undefined, {}, check))).toBe(plain);
      const keyed = await statementsOf(() => open('k1'));
      expect(await statementsOf(() => open('k2', {}, check))).toBe(keyed + 1);
    });

    it('keep the stored answer unreadable', async () => {
      await open('key-3');
      const [row] = await rows(`select answer from idempotency`);
      expect(String(row!['answer'])).not.toContain(projectId);
    });
  });

  describe('housekeeping', () => {
    it('removes answers and inbox rows that nobody can ask for any more, and no others', async () => {
      await open('old');
      await open('young');
      await dataSource.query(
        `update idempotency set answered_at = now() - interval '31 days' where key = 'old'`,
      );
      await dataSource.query(
        `insert into inbox (consumer, event_id, consumed_at)
         values ('c', gen_random_uuid(), now() - interval '91 days'), ('c', gen_random_uuid(), now())`,
      );
      expect(await removeExpired(dataSource)).toBe(2);
      expect(await rows(`select key from idempotency`)).toEqual([{ key: 'young' }]);
      expect(await rows(`select count(*)::int from inbox`)).toEqual([{ count: 1 }]);
    });
  });

  describe('due times', () => {
    it('fire once with their own moment, also long after', async () => {
      const ticket = await opened();
      clock.moveTo(new Date(start.getTime() + 10 * ticketLifeMillis));
      await scheduler.fireUpTo(clock.now());
      await scheduler.fireUpTo(clock.now());
      const events: { payload: EventEnvelope }[] = await dataSource.query(
        `select payload from outbox where type = 'ticket-expired.v1'`,
      );
      expect(events).toHaveLength(1);
      expect(events[0]!.payload).toMatchObject({
        time: ticket.expiresAt.toISOString(),
        data: { at: ticket.expiresAt.toISOString() },
      });
    });

    it('fire once with two schedulers at once', async () => {
      await Promise.all(Array.from({ length: 10 }, () => opened()));
      const other = new DeadlineScheduler(dataSource, clock, commands.dueTimes, silentLogger);
      clock.moveTo(new Date(start.getTime() + ticketLifeMillis));
      await Promise.all([scheduler.fireUpTo(clock.now()), other.fireUpTo(clock.now())]);
      expect(await rows(`select count(*)::int from outbox where type = 'ticket-expired.v1'`)).toEqual([
        { count: 10 },
      ]);
    });

    it('come before a later command, although nobody fired them', async () => {
      const ticket = await opened();
      clock.moveTo(new Date(ticket.expiresAt.getTime() + 1));
      expect(await raise(ticket.id)).toMatchObject({ code: 'TICKET_EXPIRED' });
      expect(await dataSource.manager.findOneBy(Ticket, { id: ticket.id })).toMatchObject({
        status: 'EXPIRED',
      });
    });

    it('that have passed already when a thing is entered late are carried out with it', async () => {
      const receivedAt = new Date(start.getTime() - 2 * ticketLifeMillis);
      const expiredAt = new Date(start.getTime() - ticketLifeMillis);
      const answer = await commands.create(ticketAggregate, {
        actor: clerk,
        command: 'openTicket',
        permission: 'complaints.complaint.file',
        projectId,
        decide: (id) => openTicket(id, projectId, receivedAt),
      });
      expect(answer).toMatchObject({ status: 'EXPIRED', version: 2 });
      expect(await rows(`select command, at, to_status from history order by id`)).toEqual([
        { command: 'openTicket', at: start, to_status: 'OPEN' },
        { command: 'deadline:EXPIRES', at: expiredAt, to_status: 'EXPIRED' },
      ]);
    });

    it('fire by themselves at their moment', async () => {
      const system = { now: () => new Date() };
      const running = new CommandRunner(dataSource, system, cipher, { committed: () => byItself.wake() });
      running.dueTimes.register(ticketAggregate);
      const byItself = new DeadlineScheduler(dataSource, system, running.dueTimes, silentLogger);
      byItself.start();
      try {
        const at = new Date(Date.now() - ticketLifeMillis + 150);
        await running.create(ticketAggregate, {
          actor: clerk,
          command: 'openTicket',
          permission: 'complaints.complaint.file',
          projectId,
          at,
          decide: (id) => openTicket(id, projectId, at),
        });
        await new Promise((resolve) => setTimeout(resolve, 900));
        const [row] = await rows(`select due_at, fired_at from deadline`);
        expect(row!['fired_at']).not.toBeNull();
        expect((row!['fired_at'] as Date).getTime()).toBeGreaterThanOrEqual(
          (row!['due_at'] as Date).getTime(),
        );
      } finally {
        await byItself.close();
      }
    });

    it('are held against the clock of the database, which all replicas share', async () => {
      expect(Math.abs(await clockAheadSeconds(dataSource))).toBeLessThan(1);
      const now = Date.now.bind(Date);
      const wrong = jest.spyOn(Date, 'now').mockImplementation(() => now() + 7_200_000);
      const ahead = await clockAheadSeconds(dataSource);
      wrong.mockRestore();
      expect(Math.round(ahead)).toBe(7_200);
    });

    it('hold up nobody else when one keeps failing', async () => {
      const [bad, good] = [await opened(), await opened()];
      const failing = new DeadlineScheduler(
        dataSource,
        clock,
        {
          firesTogether: () => false,
          fireTogether: () => Promise.reject(new Error('asked for nevertheless')),
          fireDue: (due) =>
            due.aggregateId === bad.id ? Promise.reject(new Error('broken')) : commands.dueTimes.fireDue(due),
        },
        silentLogger,
      );
      clock.moveTo(good.expiresAt);
      await failing.fireUpTo(clock.now());
      expect(await dataSource.manager.findOneBy(Ticket, { id: good.id })).toMatchObject({
        status: 'EXPIRED',
      });
      expect(await rows(`select attempts, last_error from deadline where fired_at is null`)).toEqual([
        { attempts: 1, last_error: 'broken' },
      ]);
    });
  });

  describe('events', () => {
    it('reach a consumer once each, in order per aggregate, while many write', async () => {
      const got: string[] = [];
      const { bus } = await consume((event) => got.push(`${event.subject}:${event.type}`));
      const tickets = await Promise.all(Array.from({ length: 8 }, () => opened()));
      await Promise.all(tickets.flatMap((ticket) => [raise(ticket.id), raise(ticket.id), raise(ticket.id)]));
      await bus.settled();
      expect(got).toHaveLength(8 * 4);
      for (const ticket of tickets) {
        expect(got.filter((line) => line.startsWith(ticket.id)).map((line) => line.split(':')[1])).toEqual([
          'ticket-opened.v1',
          'ticket-raised.v1',
          'ticket-raised.v1',
          'ticket-raised.v1',
        ]);
      }
    });

    it('do not get lost behind a transaction that commits late', async () => {
      const got: string[] = [];
      const { bus } = await consume((event) => got.push(event.subject));
      const slow = dataSource.createQueryRunner();
      await slow.startTransaction();
      const late = await commands.create(ticketAggregate, {
        actor: clerk,
        command: 'openTicket',
        permission: 'complaints.complaint.file',
        projectId,
        tx: slow.manager,
        decide: (id, at) => openTicket(id, projectId, at),
      });
      const early = await opened();
      bus.wake('tickets');
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(got).toEqual([]);
      await slow.commitTransaction();
      await slow.release();
      bus.wake('tickets');
      await bus.settled();
      expect(got.sort()).toEqual([late.id, early.id].sort());
    });

    it('park only the key of an event that keeps failing; a retry goes on in order', async () => {
      const got: string[] = [];
      let broken = '';
      const { bus, consumer } = await consume((event) => {
        if (event.subject === broken && event.type === 'ticket-opened.v1') throw new Error('poisoned');
        got.push(`${event.subject}:${event.type}`);
      });
      const bad = await opened().then(async (ticket) => ((broken = ticket.id), ticket));
      const good = await opened();
      await raise(bad.id);
      await raise(good.id);
      bus.wake('tickets');
      await bus.settled();
      expect(got).toEqual([`${good.id}:ticket-opened.v1`, `${good.id}:ticket-raised.v1`]);
      expect(await rows(`select key, state, reason from parked_event order by id`)).toEqual([
        { key: bad.id, state: 'PARKED', reason: 'Error: poisoned' },
        { key: bad.id, state: 'WAITING', reason: 'waits behind an earlier event of its key' },
      ]);
      expect(await consumer.retryParked(bad.id, 'operator', clock.now())).toBe(0);
      broken = '';
      expect(await consumer.retryParked(bad.id, 'operator', clock.now())).toBe(2);
      expect(got.slice(2)).toEqual([`${bad.id}:ticket-opened.v1`, `${bad.id}:ticket-raised.v1`]);
    });

    it('go on behind an event that the operator gives up', async () => {
      const got: string[] = [];
      const { bus, consumer } = await consume((event) => {
        if (event.type === 'ticket-opened.v1') throw new Error('poisoned');
        got.push(event.type);
      });
      const ticket = await opened();
      await raise(ticket.id);
      bus.wake('tickets');
      await bus.settled();
      expect(await consumer.skipParked(ticket.id, 'operator', clock.now())).toBe(true);
      expect(got).toEqual(['ticket-raised.v1']);
    });

    it('come again from the beginning when a consumer is rebuilt', async () => {
      const got: string[] = [];
      const { bus, consumer } = await consume(
        (event) => got.push(event.subject),
        async () => {
          got.length = 0;
        },
      );
      const tickets = [await opened(), await opened()];
      await bus.settled();
      await bus.whilePaused(consumer.name, () => consumer.forget());
      await bus.settled();
      expect(got).toEqual(tickets.map((ticket) => ticket.id));
    });

    it('are effective once although they are delivered twice', async () => {
      const got: string[] = [];
      const { bus, consumer } = await consume((event) => got.push(event.subject));
      await opened();
      await bus.settled();
      const again: { payload: EventEnvelope }[] = await dataSource.query(`select payload from outbox`);
      await consumer.deliver(
        again.map((row) => row.payload),
        async () => undefined,
      );
      expect(got).toHaveLength(1);
    });
  });
});
