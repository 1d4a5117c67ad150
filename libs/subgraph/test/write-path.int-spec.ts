import { Fault, badInput, nextNumber, removeExpired, type Actor } from '@anju/commands';
import { newId, refuse } from '@anju/kernel';
import { Ticket, openTicket, ticketAggregate, ticketLifeMillis } from './ticket';
import { TicketGround, clerk, projectId, start } from './ticket-ground';

describe('the platform under a service', () => {
  let ground: TicketGround;

  beforeEach(async () => {
    ground = await TicketGround.prepare();
  });

  afterEach(() => ground.close());

  const theOneThatLeft = {
    field: 'input.staffId',
    problem: 'has left',
    expected: 'somebody who is employed',
  };

  /** How many statements the work sends to the database. */
  async function statementsOf(work: () => Promise<unknown>): Promise<number> {
    const before = ground.dataSource.logger;
    let count = 0;
    ground.dataSource.logger = {
      ...before,
      logQuery: () => (count += 1),
      logQueryError: () => undefined,
      log: () => undefined,
    };
    try {
      await work();
    } finally {
      ground.dataSource.logger = before;
    }
    return count;
  }

  describe('the write path', () => {
    it('leaves the row, one history row, the event and the due time of a command together', async () => {
      const ticket = await ground.opened();
      await ground.raise(ticket.id);
      expect(await ground.dataSource.manager.findOneBy(Ticket, { id: ticket.id })).toMatchObject({
        level: 1,
        version: 2,
      });
      expect(
        await ground.rows(`select version, command, from_status, to_status from history order by id`),
      ).toEqual([
        { version: 1, command: 'openTicket', from_status: null, to_status: 'OPEN' },
        { version: 2, command: 'raiseTicket', from_status: 'OPEN', to_status: 'OPEN' },
      ]);
      expect((await ground.rows(`select type from outbox order by seq`)).map((row) => row['type'])).toEqual([
        'ticket-opened.v1',
        'ticket-raised.v1',
      ]);
      expect(await ground.rows(`select kind, due_at, fired_at from deadline`)).toEqual([
        { kind: 'EXPIRES', due_at: new Date(start.getTime() + ticketLifeMillis), fired_at: null },
      ]);
    });

    it('writes nothing when the command is refused', async () => {
      const ticket = await ground.opened();
      ground.clock.moveTo(ticket.expiresAt);
      await ground.scheduler.fireUpTo(ground.clock.now());
      const before = await ground.rows(`select count(*) from history`);
      expect(await ground.raise(ticket.id)).toMatchObject({
        code: 'TICKET_EXPIRED',
        data: { expiredAt: ticket.expiresAt },
      });
      expect(await ground.rows(`select count(*) from history`)).toEqual(before);
    });

    it('takes back a number that was counted for a command that is refused', async () => {
      const number = (refused: boolean): Promise<unknown> =>
        ground.commands.create(ticketAggregate, {
          actor: clerk,
          command: 'openTicket',
          permission: 'complaints.complaint.file',
          projectId,
          prepare: (tx) => nextNumber(tx, 'tickets'),
          decide: (id, at) => (refused ? refuse('TICKET_EXPIRED', {}) : openTicket(id, projectId, at)),
        });
      await number(true);
      expect(await ground.rows(`select value::int from counter`)).toEqual([]);
      await number(false);
      await number(true);
      expect(await ground.rows(`select value::int from counter`)).toEqual([{ value: 1 }]);
    });

    it('loses no update of many at once', async () => {
      const ticket = await ground.opened();
      await Promise.all(Array.from({ length: 20 }, () => ground.raise(ticket.id)));
      expect(await ground.dataSource.manager.findOneBy(Ticket, { id: ticket.id })).toMatchObject({
        level: 20,
        version: 21,
      });
    });

    it('answers CONFLICT to one who saw an older version', async () => {
      const ticket = await ground.opened();
      await ground.raise(ticket.id, { expectedVersion: 1 });
      await expect(ground.raise(ticket.id, { expectedVersion: 1 })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    });

    it('answers NOT_FOUND for an id that is not there', async () => {
      await expect(ground.raise(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('never changes or deletes history or outbox rows', async () => {
      await ground.opened();
      for (const table of ['history', 'outbox']) {
        await expect(ground.dataSource.query(`delete from ${table}`)).rejects.toThrow('never changed');
      }
      await expect(ground.dataSource.query(`update history set actor = 'nobody'`)).rejects.toThrow(
        'never changed',
      );
    });
  });

  describe('idempotency keys', () => {
    it('give the first answer again and do nothing twice, also for two at once', async () => {
      const [one, two] = await Promise.all([ground.open('key-1'), ground.open('key-1')]);
      const three = await ground.open('key-1');
      expect(two).toEqual(one);
      expect(three).toEqual(one);
      expect(await ground.rows(`select count(*)::int from ticket`)).toEqual([{ count: 1 }]);
    });

    it('give the first answer even after the aggregate has changed', async () => {
      const ticket = await ground.opened();
      const first = await ground.raise(ticket.id, { idempotencyKey: 'raise-1' });
      await ground.raise(ticket.id);
      expect(await ground.raise(ticket.id, { idempotencyKey: 'raise-1' })).toEqual(first);
    });

    it('give nobody an answer who may not do it any more', async () => {
      const inProject = (id: string): Actor => {
        const roles = [{ role: 'EMPLOYEE' as const, projectIds: [id] }];
        return {
          id: 'somebody',
          principal: { kind: 'STAFF', staffId: 'somebody', account: 'somebody', roles },
        };
      };
      const ticket = await ground.opened();
      const raiseAs = (actor: Actor): Promise<unknown> =>
        ground.raise(ticket.id, { actor, idempotencyKey: 'raise-as' });
      const first = await raiseAs(inProject(projectId));
      const [again, plain] = [() => raiseAs(inProject(projectId)), () => raiseAs({ id: 'somebody' })];
      expect(await again()).toEqual(first);
      expect(await statementsOf(again)).toBe((await statementsOf(plain)) + 1);
      await expect(raiseAs(inProject(newId()))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await ground.rows(`select level from ticket`)).toEqual([{ level: 1 }]);

      const openAs = (actor: Actor): Promise<unknown> => ground.open('open-as', {}, undefined, actor);
      const opening = await openAs(inProject(projectId));
      expect(await openAs(inProject(projectId))).toEqual(opening);
      await expect(openAs(inProject(newId()))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    it('are refused with other input', async () => {
      await ground.open('key-2', { a: 1 });
      await expect(ground.open('key-2', { a: 2 })).rejects.toThrow(Fault);
      await expect(ground.open('key-2', { a: 2 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    });

    it('give the first answer also where what was checked then is not right any more', async () => {
      let checks = 0;
      const check = (): Promise<void> => {
        checks += 1;
        return checks === 1 ? Promise.resolve() : Promise.reject(badInput(theOneThatLeft));
      };
      const first = await ground.open('checked', {}, check);
      expect(await ground.open('checked', {}, check)).toEqual(first);
      expect(checks).toBe(1);
      await expect(ground.open('another', {}, check)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(await ground.rows(`select key from idempotency`)).toEqual([{ key: 'checked' }]);
    });

    it('cost a checked command one statement more, and nothing without a key', async () => {
      const check = (): Promise<void> => Promise.resolve();
      const plain = await statementsOf(() => ground.open());
      expect(await statementsOf(() => ground.open(undefined, {}, check))).toBe(plain);
      const keyed = await statementsOf(() => ground.open('k1'));
      expect(await statementsOf(() => ground.open('k2', {}, check))).toBe(keyed + 1);
    });

    it('keep the stored answer unreadable', async () => {
      await ground.open('key-3');
      const [row] = await ground.rows(`select answer from idempotency`);
      expect(String(row!['answer'])).not.toContain(projectId);
    });
  });

  describe('housekeeping', () => {
    it('removes answers and inbox rows that nobody can ask for any more, and no others', async () => {
      await ground.open('old');
      await ground.open('young');
      await ground.dataSource.query(
        `update idempotency set answered_at = now() - interval '31 days' where key = 'old'`,
      );
      await ground.dataSource.query(
        `insert into inbox (consumer, event_id, consumed_at)
         values ('c', gen_random_uuid(), now() - interval '91 days'), ('c', gen_random_uuid(), now())`,
      );
      expect(await removeExpired(ground.dataSource)).toBe(2);
      expect(await ground.rows(`select key from idempotency`)).toEqual([{ key: 'young' }]);
      expect(await ground.rows(`select count(*)::int from inbox`)).toEqual([{ count: 1 }]);
    });
  });
});
