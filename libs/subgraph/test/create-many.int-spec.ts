import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Cipher, type Permission } from '@anju/access';
import { CommandRefusal, CommandRunner, systemActor } from '@anju/commands';
import { ManualClock, newId, refuse, type Decision, type Refusal } from '@anju/kernel';
import { createTestDatabase } from '@anju/testing';
import { openDatabase } from '../src';
import { Ticket, Tickets1, openTicket, ticketAggregate, type TicketFact, type TicketState } from './ticket';

const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const projectId = newId();

describe('making many at once', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let dataSource: DataSource;
  let commands: CommandRunner;

  beforeEach(async () => {
    database = await createTestDatabase('create many');
    dataSource = await openDatabase(
      { name: 'tickets', entities: [Ticket], migrations: [Tickets1] },
      database.url,
      2,
    );
    const clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
    commands = new CommandRunner(dataSource, clock, cipher, { committed: () => undefined });
  });

  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  type Decide = (
    id: string,
    at: Date,
  ) => Decision<TicketState, TicketFact, Refusal<'TICKET_EXPIRED', { expiredAt: Date }>>;
  const open: Decide = (id, at) => openTicket(id, projectId, at);
  const permission: Permission = 'complaints.complaint.file';
  const request = { actor: systemActor('import'), command: 'importTickets', permission, projectId };

  it('leaves of each the row, the history, the event and the due time, as making one does', async () => {
    const made = await dataSource.transaction((tx) =>
      commands.createMany(ticketAggregate, { ...request, reason: 'file 7', tx, decide: [open, open, open] }),
    );
    const ids = (made as Ticket[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    const inOrder = (sql: string): Promise<Record<string, unknown>[]> => dataSource.query(sql);
    expect(await inOrder(`select id, version from ticket order by id`)).toEqual(
      ids.map((id) => ({ id, version: 1 })),
    );
    expect(
      await inOrder(
        `select aggregate_id as id, command, actor, from_status, to_status, reason from history order by id`,
      ),
    ).toEqual(
      ids.map((id) => ({
        ...{ id, command: 'importTickets', actor: 'system:import' },
        ...{ from_status: null, to_status: 'OPEN', reason: 'file 7' },
      })),
    );
    expect(
      await inOrder(
        `select aggregateid as id, aggregatetype, type, payload->>'project' as project from outbox order by seq`,
      ),
    ).toEqual(
      ids.map((id) => ({ id, aggregatetype: 'Ticket', type: 'ticket-opened.v1', project: projectId })),
    );
    expect(await inOrder(`select aggregate_id as id, kind from deadline order by 1`)).toEqual(
      ids.map((id) => ({ id, kind: 'EXPIRES' })),
    );
  });

  it('answers a refusal in its place and makes the others', async () => {
    const decide: Decide[] = [open, () => refuse('TICKET_EXPIRED', { expiredAt: new Date(0) }), open];
    const [first, second, third] = await dataSource.transaction((tx) =>
      commands.createMany(ticketAggregate, { ...request, tx, decide }),
    );
    expect([first, third]).toEqual([expect.any(Ticket), expect.any(Ticket)]);
    expect(second).toBeInstanceOf(CommandRefusal);
    expect(await dataSource.manager.count(Ticket)).toBe(2);
  });

  it('takes as many statements for a hundred as for two', async () => {
    const statementsFor = async (count: number): Promise<number> => {
      let statements = 0;
      await dataSource.transaction(async (tx) => {
        const query = tx.queryRunner!.query.bind(tx.queryRunner);
        tx.queryRunner!.query = ((...args: Parameters<typeof query>) => {
          statements += 1;
          return query(...args);
        }) as never;
        const withoutDueTimes = { ...ticketAggregate, deadlines: undefined };
        await commands.createMany(withoutDueTimes, {
          ...request,
          tx,
          decide: Array<Decide>(count).fill(open),
        });
      });
      return statements;
    };
    expect(await statementsFor(100)).toBe(await statementsFor(2));
  });
});
