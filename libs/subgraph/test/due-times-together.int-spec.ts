import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { Cipher } from '@anju/access';
import { CommandRunner, systemActor } from '@anju/commands';
import { DeadlineScheduler, type Firing } from '@anju/deadlines';
import { ManualClock, accept, newId } from '@anju/kernel';
import { createTestDatabase, silentLogger, until, type TestDatabase } from '@anju/testing';
import { openDatabase } from '../src';
import { Round, Rounds1, roundAggregate, type RoundAggregate, type RoundState } from './round';

const start = new Date('2026-03-02T01:00:00Z');
const key = randomBytes(32);
const cipher = new Cipher({ currentKeyId: 'k1', keys: { k1: key }, indexKey: key });
const projectId = newId();
const second = 1_000;
const later = (millis: number): Date => new Date(+start + millis);

/** A round as a test plans it. */
interface Planned {
  readonly ringsIn: number;
  readonly every: number;
  readonly rings: number;
  readonly noteIn?: number | null;
  readonly refusesNotes?: boolean;
  /** Which other of the plan. */
  readonly begins?: number | null;
}

describe('due times that are carried out together', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let clock: ManualClock;
  let commands: CommandRunner;
  let scheduler: DeadlineScheduler;
  let carriedOut: string[];

  beforeEach(async () => {
    database = await createTestDatabase('due times');
    dataSource = await openDatabase(
      { name: 'rounds', entities: [Round], migrations: [Rounds1] },
      database.url,
      10,
    );
    use(roundAggregate());
  });

  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  function use(aggregate: RoundAggregate): void {
    clock = new ManualClock(start);
    carriedOut = [];
    commands = new CommandRunner(dataSource, clock, cipher, {
      committed: () => undefined,
      carriedOut: (command) => carriedOut.push(command),
    });
    commands.dueTimes.register(aggregate);
    scheduler = schedule();
  }

  const schedule = (firing: Firing = commands.dueTimes, together?: number): DeadlineScheduler =>
    new DeadlineScheduler(dataSource, clock, firing, silentLogger, together);

  const rows = (sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> =>
    dataSource.query(sql, parameters);

  async function begun(plan: readonly Planned[], ids = plan.map(() => newId())): Promise<string[]> {
    for (const [n, { ringsIn, every, rings, noteIn, refusesNotes, begins }] of plan.entries()) {
      const id = ids[n]!;
      const round: RoundState = {
        ...{ id, projectId, status: 'OPEN', ringsAt: later(ringsIn), everyMillis: every, left: rings },
        noteAt: noteIn == null ? null : later(noteIn),
        refusesNotes: refusesNotes ?? false,
        beginsId: begins == null ? null : ids[begins % plan.length]!,
      };
      await commands.create(roundAggregate(), {
        ...{ actor: systemActor('clerk'), command: 'planRound', permission: 'complaints.complaint.file' },
        ...{ projectId, id, decide: () => accept(round) },
      });
    }
    return ids;
  }

  const many = (count: number): Planned[] =>
    Array.from({ length: count }, (_, n) => ({ ringsIn: (n + 1) * second, every: 60 * second, rings: 3 }));

  /** Everything that there is, but for what is drawn by lot. */
  async function everything(): Promise<unknown> {
    return {
      rows: await rows(`select * from round order by id`),
      history: await rows(
        `select aggregate_id, version, command, actor, at, from_status, to_status, facts from history order by aggregate_id, version`,
      ),
      events: await rows(`select payload - 'id' as event from outbox order by seq`),
      deadlines: await rows(
        `select aggregate_id, kind, due_at, fired_at is not null as fired from deadline order by 1, 3, 2`,
      ),
    };
  }

  async function emptied(): Promise<void> {
    await dataSource.query('truncate round, history, outbox, deadline');
    clock = new ManualClock(start);
    commands = new CommandRunner(dataSource, clock, cipher, { committed: () => undefined });
    commands.dueTimes.register(roundAggregate());
  }

  it('leave what they leave one by one: state, history, events in their order, due times', async () => {
    const planned = fc.record({
      ringsIn: fc.integer({ min: 1, max: 20 }).map((n) => n * second),
      every: fc.integer({ min: 1, max: 9 }).map((n) => n * second),
      rings: fc.integer({ min: 1, max: 4 }),
      noteIn: fc.option(fc.integer({ min: 1, max: 20 }).map((n) => n * second)),
      refusesNotes: fc.boolean(),
      begins: fc.option(fc.nat(6)),
    });
    const oneByOne = (): Firing => ({
      ...{ fireDue: (due) => commands.dueTimes.fireDue(due), firesTogether: () => false },
      fireTogether: () => Promise.reject(new Error('asked for nevertheless')),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(planned, { minLength: 1, maxLength: 7 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 2, max: 12 }),
        async (drawn, moves, together) => {
          // Of what is due at the same moment nobody is promised an order: each has moments of its own.
          const plan = drawn.map((one, n) => ({
            ...one,
            ringsIn: one.ringsIn + n,
            noteIn: one.noteIn === null ? null : one.noteIn + n,
          }));
          const ids = plan.map(() => newId());
          const left: unknown[] = [];
          for (const firing of ['one by one', 'some', 'all']) {
            await emptied();
            await begun(plan, ids);
            const scheduled =
              firing === 'one by one'
                ? schedule(oneByOne(), 1)
                : schedule(commands.dueTimes, firing === 'some' ? together : undefined);
            for (const move of moves) {
              clock.moveTo(new Date(+clock.now() + move * second));
              await scheduled.fireUpTo(clock.now());
            }
            left.push(await everything());
          }
          expect(left[1]).toEqual(left[0]);
          expect(left[2]).toEqual(left[0]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are the same few statements, however many they are', async () => {
    const statementsFor = async (count: number): Promise<number> => {
      await emptied();
      await begun(many(count));
      clock.moveTo(later(count * second));
      const before = dataSource.logger;
      let statements = 0;
      dataSource.logger = {
        ...{ ...before, logQuery: () => (statements += 1) },
        ...{ logQueryError: () => undefined, log: () => undefined },
      };
      try {
        await schedule().fireUpTo(clock.now());
      } finally {
        dataSource.logger = before;
      }
      expect(await rows(`select count(*)::int as n from deadline where fired_at is not null`)).toEqual([
        { n: count },
      ]);
      return statements;
    };
    expect(await statementsFor(40)).toBe(await statementsFor(5));
  });

  it('fire once with two schedulers at once, and leave no gap in a history', async () => {
    const count = 60;
    const ids = await begun(many(count));
    clock.moveTo(later(1_000 * second));
    await Promise.all(
      [schedule(commands.dueTimes, 7), schedule(commands.dueTimes, 11)].map((one) =>
        one.fireUpTo(clock.now()),
      ),
    );
    const expected = [1, 2, 3, 4];
    for (const { versions } of await rows(
      `select array_agg(version order by version) as versions from history group by aggregate_id`,
    )) {
      expect(versions).toEqual(expected);
    }
    expect(
      await rows(`select count(*)::int as n from outbox where payload->'data'->>'what' = 'RoundRung'`),
    ).toEqual([{ n: 3 * ids.length }]);
  });

  it('fire again, once, when the process ends in the middle of it', async () => {
    let crashes = 1;
    const crashing = roundAggregate({
      queryRows: async (tx, written) => {
        if (written.length > 1 && crashes-- > 0)
          await tx.query('select pg_terminate_backend(pg_backend_pid())');
      },
    });
    use(crashing);
    await begun(many(5));
    clock.moveTo(later(5 * second));
    await expect(scheduler.fireUpTo(clock.now())).rejects.toThrow();
    expect(await rows(`select from deadline where fired_at is not null`)).toEqual([]);
    expect(await rows(`select from history where version > 1`)).toEqual([]);
    await scheduler.fireUpTo(clock.now());
    expect(await rows(`select version, command from history where version > 1`)).toEqual(
      Array.from({ length: 5 }, () => ({ version: 2, command: 'deadline:RINGS' })),
    );
    expect(await rows(`select from outbox`)).toHaveLength(5);
    expect(carriedOut.filter((command) => command === 'deadline:RINGS')).toHaveLength(5);
  });

  it('hold up nobody when one of them keeps failing', async () => {
    let poisoned = '';
    const { onDeadline, ...rest } = roundAggregate();
    use({
      ...rest,
      onDeadline: (round, kind, dueAt, environment) => {
        if (round.id === poisoned) throw new Error('poisoned');
        return onDeadline!(round, kind, dueAt, environment);
      },
    });
    const ids = await begun(many(6));
    poisoned = ids[2]!;
    clock.moveTo(later(6 * second));
    await scheduler.fireUpTo(clock.now());
    const left = `select aggregate_id as id, attempts, last_error from deadline where fired_at is null and due_at <= $1`;
    expect(await rows(left, [clock.now()])).toEqual([{ id: poisoned, attempts: 1, last_error: 'poisoned' }]);
    expect(await rows(`select from history where version = 2`)).toHaveLength(5);
    // It is tried again after two seconds, before anything else is due.
    expect(await scheduler.nextDueAt()).toEqual(later(8 * second));

    poisoned = '';
    clock.moveTo(later(10 * second));
    await scheduler.fireUpTo(clock.now());
    expect(await rows(left, [clock.now()])).toEqual([]);
    expect(await rows(`select at from history where version = 2 and aggregate_id = $1`, [ids[2]])).toEqual([
      { at: later(3 * second) },
    ]);
  });

  it('wait for nobody: what somebody holds comes when he lets it go, and the others meanwhile', async () => {
    const ids = await begun(many(6));
    const holder = dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query(`select from round where id = $1 for update`, [ids[0]]);
    clock.moveTo(later(6 * second));
    const firing = scheduler.fireUpTo(clock.now());
    const fired = async (): Promise<number> => (await rows(`select from history where version = 2`)).length;
    try {
      await until('all others have fired', async () => (await fired()) === 5);
    } finally {
      await holder.commitTransaction();
      await holder.release();
    }
    await firing;
    expect(await fired()).toBe(6);
  });
});
