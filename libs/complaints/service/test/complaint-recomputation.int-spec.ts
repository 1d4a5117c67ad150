import type { QueryRunner } from 'typeorm';
import type { Principal, Role } from '@anju/access';
import { directoryEvents } from '@anju/events';
import { defaultProjectCalendars, newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, until, type TestDatabase } from '@anju/testing';
import { commandSource, iso, staff, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

/** Somebody who holds a role in all projects. */
function ofAll(role: Role): Principal {
  return { ...staff(role), roles: [{ role, projectIds: 'ALL' }] };
}

interface Progress {
  readonly projects: number;
  readonly projectsDone: number;
  readonly lookedAt: number;
  readonly changed: number;
  readonly failed: number;
  readonly finishedAt: string | null;
}

interface Recomputation {
  readonly cause: string;
  readonly causeVersion: number;
  readonly projectId: string | null;
  readonly progress: Progress;
}

describe('open cases under another policy or calendar', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  const administrator = ofAll('ADMINISTRATOR');

  beforeEach(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  async function change(values: Row, projectId: string | null = null): Promise<void> {
    const done = async (name: string, input: Row): Promise<Row> => {
      const source = commandSource(name, '... on ComplaintPolicyVersion { id }');
      const data = await desk.read(administrator, source, { input });
      return data[name] as Row;
    };
    const { id } = await done('draftComplaintPolicy', { projectId, values, reason: 'As agreed.' });
    expect(await done('putComplaintPolicyInForce', { id })).toMatchObject({ id });
  }

  async function recomputations(
    who = administrator,
    projectId: string | null = null,
  ): Promise<Recomputation[]> {
    const { complaintRecomputations } = await desk.read<{
      complaintRecomputations: { nodes: Recomputation[] };
    }>(
      who,
      `query($id: ID) { complaintRecomputations(projectId: $id) { nodes { cause causeVersion projectId
         progress { projects projectsDone lookedAt changed failed finishedAt } } } }`,
      { id: projectId },
    );
    return complaintRecomputations.nodes;
  }

  /** Waits for the latest one. */
  async function finished(): Promise<Progress> {
    await until('all is computed anew', async () => (await latest()).finishedAt !== null);
    return latest();
  }

  const latest = async (): Promise<Progress> => (await recomputations())[0]!.progress;

  /** So many more open cases like one that there is. */
  async function more(like: string, count: number): Promise<void> {
    await desk.rows(
      `with made as (
         select gen_random_uuid() as id, n from generate_series(1, $2) n
       ), cases as (
         insert into complaint
         select (jsonb_populate_record(c, jsonb_build_object('id', m.id, 'number', 'X-' || m.n))).*
         from complaint c, made m where c.id = $1
       )
       insert into deadline (id, aggregate_type, aggregate_id, kind, due_at)
       select gen_random_uuid(), d.aggregate_type, m.id, d.kind, d.due_at
       from deadline d, made m where d.aggregate_id = $1 and d.fired_at is null`,
      [like, count],
    );
  }

  const severities = (): Promise<Row[]> =>
    desk.rows('select severity, count(*)::int as n from complaint group by severity order by severity');

  /** A transaction of somebody else that holds a case. */
  async function hold(id: string): Promise<QueryRunner> {
    const holder = desk.service.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select from complaint where id = $1 for update', [id]);
    return holder;
  }

  async function release(holder: QueryRunner): Promise<void> {
    await holder.rollbackTransaction();
    await holder.release();
  }

  rule(
    ['CMP-02', 'CMP-13'],
    'cases have the severity of the new numbers, with history, and those that stay are left alone',
    async () => {
      const { id } = await desk.file(3);
      const other = await desk.file(1);
      const before = await desk.case(other.id);
      await change({ hotGroupSize: 4 });
      expect(await finished()).toMatchObject({
        projects: 2,
        projectsDone: 2,
        lookedAt: 2,
        changed: 1,
        failed: 0,
      });
      expect(await desk.case(id)).toMatchObject({
        severity: 'GENERAL',
        version: 2,
        clocks: [
          { kind: 'RESPONSE', status: 'RUNNING' },
          { kind: 'DEMAND_FORM', status: 'LAPSED' },
        ],
        history: [
          { command: 'fileComplaint' },
          { command: 'recomputeComplaint', actor: 'system:recomputation', reason: 'POLICY 1' },
        ],
      });
      expect(await desk.case(other.id)).toEqual(before);
      expect((await desk.published(id)).map(({ type }) => type)).toContain('complaint-severity-changed.v1');
      await change({ hotGroupSize: 3 });
      await finished();
      expect(await desk.case(id)).toMatchObject({ severity: 'HOT', version: 3 });
      expect(await recomputations()).toHaveLength(2);
    },
  );

  rule(
    'CMP-02',
    'a project’s own numbers concern its cases alone; closed ones stay as they were',
    async () => {
      const { id } = await desk.file(3);
      const contact = await desk.classify({
        ...{ projectId: desk.theirs, buildingId: null, customerIds: await desk.customers(3, desk.theirs) },
      });
      await desk.rows(
        `insert into complaint select (jsonb_populate_record(c, $2)).* from complaint c where id = $1`,
        [id, { id: newId(), number: 'X-0', status: 'CLOSED', is_over: true }],
      );
      await change({ hotGroupSize: 4 }, desk.ours);
      expect(await finished()).toMatchObject({ projects: 1, lookedAt: 1, changed: 1 });
      expect(await desk.caseOf(contact, desk.stranger)).toMatchObject({ severity: 'HOT', version: 1 });
      expect(await recomputations(desk.stranger)).toEqual([]);
      await change({ hotGroupSize: 5 });
      await finished();
      const [seen] = await recomputations(desk.stranger, desk.theirs);
      expect(seen).toMatchObject({ projectId: null, progress: { projects: 1, lookedAt: 1, changed: 1 } });
    },
  );

  rule(
    'CMP-13',
    'goes on where it was when its connections are lost in the middle, and does nothing twice',
    async () => {
      const { id } = await desk.file(3);
      await more(id, 600);
      const [last] = await desk.rows<{ id: string }>('select id from complaint order by id desc limit 1');
      await change({ hotGroupSize: 4 });
      const begun = () => desk.rows('select from recomputation where seen_at is not null');
      await until('it has begun', async () => (await begun()).length > 0);
      const holder = await hold(last!.id);
      const [{ pid }] = (await holder.query('select pg_backend_pid() as pid')) as [{ pid: number }];
      await until('it is in the middle', async () => (await latest()).lookedAt >= 200);
      await desk.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid not in ($1, pg_backend_pid())`,
        [pid],
      );
      await until('all but one are done', async () => (await latest()).lookedAt === 600);
      expect((await latest()).finishedAt).toBeNull();
      await release(holder);
      expect(await finished()).toMatchObject({ lookedAt: 601, changed: 601, failed: 0 });
      expect(await severities()).toEqual([{ severity: 'GENERAL', n: 601 }]);
      expect(
        await desk.rows(
          `select count(*)::int as n, max(version) as highest from history where command = 'recomputeComplaint'`,
        ),
      ).toEqual([{ n: 601, highest: 2 }]);
    },
  );

  rule('CMP-13', 'the desk goes on meanwhile, and nothing of either is lost', async () => {
    const { id } = await desk.file(3);
    await desk.acknowledge(id);
    await more(id, 400);
    const cases = await desk.rows<{ id: string }>('select id from complaint order by id');
    const asked = cases.filter((_one, index) => index % 25 === 0).map((one) => one.id);
    await change({ hotGroupSize: 4 });
    await Promise.all(
      asked.map((one) => desk.done(desk.lin, 'recordComplaintProgress', { id: one, text: 'Under way.' })),
    );
    expect(await finished()).toMatchObject({ lookedAt: 401, changed: 401 });
    expect(await severities()).toEqual([{ severity: 'GENERAL', n: 401 }]);
    const [row] = await desk.rows(
      `select count(*)::int as n from complaint where jsonb_array_length(progress) = 1 and version = 4`,
    );
    expect(row).toEqual({ n: asked.length });
  });

  it('waits for whoever may still go by what held before', async () => {
    const { id } = await desk.file(3);
    const early = desk.service.dataSource.createQueryRunner();
    await early.startTransaction();
    await early.query('select * from policy_in_force');
    await change({ hotGroupSize: 4 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await latest()).toMatchObject({ lookedAt: 0, finishedAt: null });
    await early.rollbackTransaction();
    await early.release();
    expect(await finished()).toMatchObject({ lookedAt: 1 });
    expect(await desk.case(id)).toMatchObject({ severity: 'GENERAL' });
  });

  it('leaves one that cannot be computed as it is, and tells of it', async () => {
    const { id } = await desk.file(3);
    await more(id, 20);
    const [broken] = await desk.rows<{ id: string }>('select id from complaint order by id offset 7 limit 1');
    await desk.rows(`update complaint set members = '{}' where id = $1`, [broken!.id]);
    await change({ hotGroupSize: 4 });
    expect(await finished()).toMatchObject({ lookedAt: 21, changed: 20, failed: 1 });
    expect(await severities()).toEqual([
      { severity: 'GENERAL', n: 20 },
      { severity: 'HOT', n: 1 },
    ]);
  });

  rule('CAL-01', 'a project’s other calendars have its open cases computed anew, once', async () => {
    const { id } = await desk.file(1);
    const calendars = defaultProjectCalendars();
    const office = { ...calendars.office, exceptions: { '2026-03-03': null } };
    const changed = {
      ...{ projectId: desk.ours, organisationId: desk.ours, code: 'JX', timeZone: 'Asia/Shanghai' },
      ...{ calendars: { ...calendars, office }, calendarVersion: 1 },
    };
    await desk.hear(directoryEvents.projectChanged, desk.ours, changed);
    await desk.hear(directoryEvents.projectChanged, desk.ours, changed);
    expect(await finished()).toMatchObject({ projects: 1, lookedAt: 1, changed: 1, failed: 0 });
    const { complaint } = await desk.read(
      desk.lin,
      `query($id: ID!) { complaint(id: $id) { nextDueAt clocks { dueAt policyVersion calendarVersion } } }`,
      { id },
    );
    expect(complaint).toMatchObject({
      clocks: [{ dueAt: iso('2026-03-04 10:00'), policyVersion: 0, calendarVersion: 1 }],
    });
    expect(await desk.rows(`select due_at from deadline where kind = 'RESPONSE'`)).toEqual([
      { due_at: new Date(iso('2026-03-04 10:00')) },
    ]);
    expect(await recomputations(desk.lin)).toMatchObject([
      { cause: 'CALENDAR', causeVersion: 1, projectId: desk.ours },
    ]);
    expect(await recomputations(desk.stranger)).toEqual([]);
  });
});
