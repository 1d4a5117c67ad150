import { CommandRunner } from '@anju/commands';
import { clockAheadSeconds, DeadlineScheduler } from '@anju/deadlines';
import type { EventEnvelope } from '@anju/events';
import { silentLogger } from '@anju/testing';
import { Ticket, openTicket, ticketAggregate, ticketLifeMillis } from './ticket';
import { TicketGround, cipher, clerk, projectId, start } from './ticket-ground';

describe('the platform under a service', () => {
  let ground: TicketGround;

  beforeEach(async () => {
    ground = await TicketGround.prepare();
  });

  afterEach(() => ground.close());

  describe('due times', () => {
    it('fire once with their own moment, also long after', async () => {
      const ticket = await ground.opened();
      ground.clock.moveTo(new Date(start.getTime() + 10 * ticketLifeMillis));
      await ground.scheduler.fireUpTo(ground.clock.now());
      await ground.scheduler.fireUpTo(ground.clock.now());
      const events: { payload: EventEnvelope }[] = await ground.dataSource.query(
        `select payload from outbox where type = 'ticket-expired.v1'`,
      );
      expect(events).toHaveLength(1);
      expect(events[0]!.payload).toMatchObject({
        time: ticket.expiresAt.toISOString(),
        data: { at: ticket.expiresAt.toISOString() },
      });
    });

    it('fire once with two schedulers at once', async () => {
      await Promise.all(Array.from({ length: 10 }, () => ground.opened()));
      const other = new DeadlineScheduler(
        ground.dataSource,
        ground.clock,
        ground.commands.dueTimes,
        silentLogger,
      );
      ground.clock.moveTo(new Date(start.getTime() + ticketLifeMillis));
      await Promise.all([ground.scheduler.fireUpTo(ground.clock.now()), other.fireUpTo(ground.clock.now())]);
      expect(await ground.rows(`select count(*)::int from outbox where type = 'ticket-expired.v1'`)).toEqual([
        { count: 10 },
      ]);
    });

    it('come before a later command, although nobody fired them', async () => {
      const ticket = await ground.opened();
      ground.clock.moveTo(new Date(ticket.expiresAt.getTime() + 1));
      expect(await ground.raise(ticket.id)).toMatchObject({ code: 'TICKET_EXPIRED' });
      expect(await ground.dataSource.manager.findOneBy(Ticket, { id: ticket.id })).toMatchObject({
        status: 'EXPIRED',
      });
    });

    it('that have passed already when a thing is entered late are carried out with it', async () => {
      const receivedAt = new Date(start.getTime() - 2 * ticketLifeMillis);
      const expiredAt = new Date(start.getTime() - ticketLifeMillis);
      const answer = await ground.commands.create(ticketAggregate, {
        actor: clerk,
        command: 'openTicket',
        permission: 'complaints.complaint.file',
        projectId,
        decide: (id) => openTicket(id, projectId, receivedAt),
      });
      expect(answer).toMatchObject({ status: 'EXPIRED', version: 2 });
      expect(await ground.rows(`select command, at, to_status from history order by id`)).toEqual([
        { command: 'openTicket', at: start, to_status: 'OPEN' },
        { command: 'deadline:EXPIRES', at: expiredAt, to_status: 'EXPIRED' },
      ]);
    });

    it('fire by themselves at their moment', async () => {
      const system = { now: () => new Date() };
      const running = new CommandRunner(ground.dataSource, system, cipher, {
        committed: () => byItself.wake(),
      });
      running.dueTimes.register(ticketAggregate);
      const byItself = new DeadlineScheduler(ground.dataSource, system, running.dueTimes, silentLogger);
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
        const [row] = await ground.rows(`select due_at, fired_at from deadline`);
        expect(row!['fired_at']).not.toBeNull();
        expect((row!['fired_at'] as Date).getTime()).toBeGreaterThanOrEqual(
          (row!['due_at'] as Date).getTime(),
        );
      } finally {
        await byItself.close();
      }
    });

    it('are held against the ground.clock of the database, which all replicas share', async () => {
      expect(Math.abs(await clockAheadSeconds(ground.dataSource))).toBeLessThan(1);
      const now = Date.now.bind(Date);
      const wrong = jest.spyOn(Date, 'now').mockImplementation(() => now() + 7_200_000);
      const ahead = await clockAheadSeconds(ground.dataSource);
      wrong.mockRestore();
      expect(Math.round(ahead)).toBe(7_200);
    });

    it('hold up nobody else when one keeps failing', async () => {
      const [bad, good] = [await ground.opened(), await ground.opened()];
      const failing = new DeadlineScheduler(
        ground.dataSource,
        ground.clock,
        {
          firesTogether: () => false,
          fireTogether: () => Promise.reject(new Error('asked for nevertheless')),
          fireDue: (due) =>
            due.aggregateId === bad.id
              ? Promise.reject(new Error('broken'))
              : ground.commands.dueTimes.fireDue(due),
        },
        silentLogger,
      );
      ground.clock.moveTo(good.expiresAt);
      await failing.fireUpTo(ground.clock.now());
      expect(await ground.dataSource.manager.findOneBy(Ticket, { id: good.id })).toMatchObject({
        status: 'EXPIRED',
      });
      expect(await ground.rows(`select attempts, last_error from deadline where fired_at is null`)).toEqual([
        { attempts: 1, last_error: 'broken' },
      ]);
    });
  });
});
