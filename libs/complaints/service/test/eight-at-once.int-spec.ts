import { staff, type Row } from '@anju/testing-service';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import type { Principal } from '@anju/access';
import { ComplaintsDesk } from './complaints-desk';

const people = 8;
const rounds = 6;

describe('eight people who work on one case at once', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  let everybody: Principal[];

  beforeAll(async () => {
    database = await createTestDatabase('complaint eight at once');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    everybody = Array.from({ length: people }, () => staff('SERVICE_SUPERVISOR', desk.ours));
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function inHandling(): Promise<string> {
    const { id } = await desk.file(1);
    await desk.acknowledge(id);
    await desk.respond(id);
    return id;
  }

  /** Every version once, each with the row of history that made it, and the events of each in one piece. */
  async function expectNothingLost(id: string, version: number): Promise<void> {
    const history = await desk.rows<{ version: number; from_status: string | null; to_status: string }>(
      `select version, from_status, to_status from history where aggregate_id = $1 order by version`,
      [id],
    );
    expect(history.map((row) => row.version)).toEqual(Array.from({ length: version }, (_, n) => n + 1));
    history.forEach((row, n) => expect(row.from_status).toBe(history[n - 1]?.to_status ?? null));
  }

  rule(
    'CMP-13',
    'lose nothing: all that was accepted is in the case, in its history and in its events',
    async () => {
      const id = await inHandling();
      const before = Number((await desk.case(id))['version']);
      const joining = await desk.customers(people);
      const said: string[] = [];
      const work = everybody.map(async (who, person) => {
        for (let round = 0; round < rounds; round += 1) {
          const text = `${person}-${round}`;
          await desk.done(who, 'recordComplaintProgress', { id, text, toldBy: null });
          said.push(text);
          if (round !== 2) continue;
          await desk.done(who, 'joinComplaint', { id, customers: [{ customerId: joining[person] }] });
        }
      });
      await Promise.all(work);
      const [row] = await desk.rows<{
        progress: { text: string }[];
        customer_ids: string[];
        severity: string;
        version: number;
      }>('select progress, customer_ids, severity, version from complaint where id = $1', [id]);
      expect(row!.progress.map(({ text }) => text).sort()).toEqual(said.sort());
      expect(row!.customer_ids).toEqual(expect.arrayContaining(joining));
      expect(row).toMatchObject({ severity: 'HOT', version: before + people * rounds + people });
      await expectNothingLost(id, row!.version);
      const types = (await desk.published(id)).map(({ type }) => type);
      const count = (type: string): number => types.filter((one) => one === type).length;
      expect(count('complaint-progress-recorded.v1')).toBe(people * rounds);
      expect(count('complaint-customer-joined.v1')).toBe(people);
      // Three of them made it hot, and only one asked for the form.
      expect(count('complaint-severity-changed.v1')).toBe(1);
    },
  );

  rule(
    'CMP-13',
    'see the same version: one of them goes on from it, the others are told to read again',
    async () => {
      const id = await inHandling();
      for (let round = 0; round < rounds; round += 1) {
        const { version } = (await desk.case(id)) as { version: number };
        const answers = await Promise.all(
          everybody.map(async (who, person) => {
            const input = { id, text: `${round}-${person}`, toldBy: null, expectedVersion: version };
            const source = `mutation($input: RecordComplaintProgressInput!) {
            recordComplaintProgress(input: $input) { ... on Complaint { version } } }`;
            const { data, errors } = await desk.ask(who, source, { input });
            return errors
              ? String(errors[0]!.extensions['code'])
              : ((data as Row)['recordComplaintProgress'] as Row)['version'];
          }),
        );
        expect(answers.filter((answer) => answer === 'CONFLICT')).toHaveLength(people - 1);
        expect(answers.filter((answer) => answer !== 'CONFLICT')).toEqual([version + 1]);
      }
      const { version } = (await desk.case(id)) as { version: number };
      await expectNothingLost(id, version);
    },
  );

  rule('CMP-12', 'resolve the case together: it is resolved once, and its duties arise once', async () => {
    const id = await inHandling();
    const answers = await Promise.all(
      everybody.map((who) => desk.command(who, 'resolveComplaint', { id, result: '换好了' })),
    );
    expect(answers.filter((answer) => answer['code'] === 'COMPLAINT_NOT_IN_REQUIRED_STATUS')).toHaveLength(
      people - 1,
    );
    const { resolutions, clocks, version } = (await desk.case(id)) as {
      resolutions: Row[];
      clocks: Row[];
      version: number;
    };
    expect(resolutions).toHaveLength(1);
    expect(clocks.filter(({ kind }) => kind === 'RETURN_VISIT')).toHaveLength(1);
    await expectNothingLost(id, version);
  });

  rule('CMP-13', 'work while a duty falls due: it is missed once, before what came after it', async () => {
    const { id } = await desk.file(1);
    await desk.acknowledge(id);
    desk.clock.moveTo(new Date('2026-03-04T10:00:00+08:00'));
    await Promise.all([
      ...everybody.map((who, person) =>
        desk.done(who, 'recordComplaintProgress', { id, text: `late ${person}`, toldBy: null }),
      ),
      ...Array.from({ length: 3 }, () => desk.service.scheduler.fireUpTo(desk.clock.now())),
    ]);
    const types = (await desk.published(id)).map(({ type }) => type);
    expect(types.filter((type) => type === 'complaint-clock-missed.v1')).toHaveLength(1);
    expect(types.indexOf('complaint-clock-missed.v1')).toBeLessThan(
      types.indexOf('complaint-progress-recorded.v1'),
    );
    const { version } = (await desk.case(id)) as { version: number };
    await expectNothingLost(id, version);
  });
});
