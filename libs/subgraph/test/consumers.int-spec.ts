import type { EventEnvelope } from '@anju/events';
import { Consumer, InProcessEventBus, OutboxLog, on, type ConsumerDefinition } from '@anju/outbox';
import { silentLogger } from '@anju/testing';
import { openTicket, ticketAggregate, ticketEvents } from './ticket';
import { TicketGround, clerk, projectId } from './ticket-ground';

describe('the platform under a service', () => {
  let ground: TicketGround;
  const buses: InProcessEventBus[] = [];

  beforeEach(async () => {
    ground = await TicketGround.prepare();
  });

  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    await ground.close();
  });

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
    const consumer = new Consumer(definition, ground.dataSource, silentLogger, () => undefined);
    bus.attachOutbox(new OutboxLog('tickets', ground.dataSource));
    bus.attachSink(consumer);
    await bus.start();
    return { bus, consumer };
  }

  describe('events', () => {
    it('reach a consumer once each, in order per aggregate, while many write', async () => {
      const got: string[] = [];
      const { bus } = await consume((event) => got.push(`${event.subject}:${event.type}`));
      const tickets = await Promise.all(Array.from({ length: 8 }, () => ground.opened()));
      await Promise.all(
        tickets.flatMap((ticket) => [
          ground.raise(ticket.id),
          ground.raise(ticket.id),
          ground.raise(ticket.id),
        ]),
      );
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
      const slow = ground.dataSource.createQueryRunner();
      await slow.startTransaction();
      const late = await ground.commands.create(ticketAggregate, {
        actor: clerk,
        command: 'openTicket',
        permission: 'complaints.complaint.file',
        projectId,
        tx: slow.manager,
        decide: (id, at) => openTicket(id, projectId, at),
      });
      const early = await ground.opened();
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
      const bad = await ground.opened().then(async (ticket) => ((broken = ticket.id), ticket));
      const good = await ground.opened();
      await ground.raise(bad.id);
      await ground.raise(good.id);
      bus.wake('tickets');
      await bus.settled();
      expect(got).toEqual([`${good.id}:ticket-opened.v1`, `${good.id}:ticket-raised.v1`]);
      expect(await ground.rows(`select key, state, reason from parked_event order by id`)).toEqual([
        { key: bad.id, state: 'PARKED', reason: 'Error: poisoned' },
        { key: bad.id, state: 'WAITING', reason: 'waits behind an earlier event of its key' },
      ]);
      expect(await consumer.retryParked(bad.id, 'operator', ground.clock.now())).toBe(0);
      broken = '';
      expect(await consumer.retryParked(bad.id, 'operator', ground.clock.now())).toBe(2);
      expect(got.slice(2)).toEqual([`${bad.id}:ticket-opened.v1`, `${bad.id}:ticket-raised.v1`]);
    });

    it('go on behind an event that the operator gives up', async () => {
      const got: string[] = [];
      const { bus, consumer } = await consume((event) => {
        if (event.type === 'ticket-opened.v1') throw new Error('poisoned');
        got.push(event.type);
      });
      const ticket = await ground.opened();
      await ground.raise(ticket.id);
      bus.wake('tickets');
      await bus.settled();
      expect(await consumer.skipParked(ticket.id, 'operator', ground.clock.now())).toBe(true);
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
      const tickets = [await ground.opened(), await ground.opened()];
      await bus.settled();
      await bus.whilePaused(consumer.name, () => consumer.forget());
      await bus.settled();
      expect(got).toEqual(tickets.map((ticket) => ticket.id));
    });

    it('are effective once although they are delivered twice', async () => {
      const got: string[] = [];
      const { bus, consumer } = await consume((event) => got.push(event.subject));
      await ground.opened();
      await bus.settled();
      const again: { payload: EventEnvelope }[] = await ground.dataSource.query(`select payload from outbox`);
      await consumer.deliver(
        again.map((row) => row.payload),
        async () => undefined,
      );
      expect(got).toHaveLength(1);
    });
  });
});
