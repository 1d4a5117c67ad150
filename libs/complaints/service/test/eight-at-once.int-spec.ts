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

  /** What many are answered who do the same at once: how often each code, `DONE` where it was accepted. */
  async function atOnce(work: readonly (() => Promise<Row>)[]): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const answer of await Promise.all(work.map((one) => one()))) {
      const code = (answer['code'] as string | undefined) ?? 'DONE';
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  }

  rule(
    ['CMP-08', 'CMP-09', 'CMP-13', 'CMP-14'],
    'write, notify, link and urge at once: each has his own number, and nothing is lost',
    async () => {
      const id = await inHandling();
      await desk.done(desk.lin, 'changeComplaintCauseClass', { id, to: 'CLASS_2', reason: '墙体' });
      const before = Number((await desk.case(id))['version']);
      const others = await Promise.all(everybody.map(() => desk.file(1)));
      const notice = { kind: 'HOUSING_QUALITY_NOTICE', to: 'DEVELOPER_CUSTOMER_RELATIONS', way: 'EMAIL' };
      const draft = { audience: 'CUSTOMER', statesMeasures: true };
      await Promise.all(
        everybody.map(async (who, person) => {
          const text = `${person}`;
          await desk.done(who, 'draftComplaintReply', { id, ...draft, text });
          await desk.done(who, 'issueComplaintNotice', { id, ...notice, text });
          await desk.done(who, 'recordComplaintUrging', { id, channel: 'PHONE' });
          // From either end.
          const ends = [id, others[person]!.id];
          const [from, to] = person % 2 === 0 ? ends : ends.toReversed();
          await desk.done(who, 'linkComplaint', { id: from, otherComplaintId: to });
        }),
      );
      const [row] = await desk.rows<{
        replies: { sequence: number; revisions: { text: string }[] }[];
        notices: { sequence: number; text: string }[];
        urging_count: number;
        linked_cases: { complaintId: string }[];
        version: number;
      }>('select replies, notices, urging_count, linked_cases, version from complaint where id = $1', [id]);
      const [numbers, texts] = [everybody.map((_, n) => n + 1), everybody.map((_, n) => `${n}`)];
      expect(row!.replies.map(({ sequence }) => sequence)).toEqual(numbers);
      expect(row!.replies.map(({ revisions }) => revisions[0]!.text).sort()).toEqual(texts);
      expect(row!.notices.map(({ sequence }) => sequence)).toEqual(numbers);
      expect(row!.notices.map(({ text }) => text).sort()).toEqual(texts);
      expect(row!.urging_count).toBe(people);
      expect(row!.linked_cases.map(({ complaintId }) => complaintId).sort()).toEqual(
        others.map((other) => other.id).sort(),
      );
      expect(row!.version).toBe(before + 4 * people);
      await expectNothingLost(id, row!.version);
    },
  );

  rule(
    'CMP-08',
    'approve or change one reply at once: an approval holds for the text that was read, or not',
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const id = await inHandling();
        const sequence = 1;
        await desk.done(desk.li, 'draftComplaintReply', {
          ...{ id, audience: 'CUSTOMER', statesMeasures: false, text: '周五修好' },
        });
        await desk.done(desk.li, 'submitComplaintReply', { id, sequence });
        const answers = await atOnce([
          ...everybody.map(
            (who) => () => desk.command(who, 'approveComplaintReply', { id, sequence, revision: 1 }),
          ),
          () => desk.command(desk.li, 'reviseComplaintReply', { id, sequence, text: '周六修好' }),
        ]);
        const [row] = await desk.rows<{
          replies: { status: string; steps: { verdict: string | null; voidedAt: string | null }[] }[];
          version: number;
        }>('select replies, version from complaint where id = $1', [id]);
        const [reply] = row!.replies;
        // The new wording is accepted in any order; of the approvals at most the first, and it counts no longer.
        expect(reply!.status).toBe('DRAFT');
        expect(reply!.steps).toHaveLength(1);
        expect(reply!.steps[0]!.voidedAt).not.toBeNull();
        const approved = reply!.steps.filter(({ verdict }) => verdict === 'APPROVED').length;
        expect(answers).toEqual({
          DONE: 1 + approved,
          COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS: people - approved,
        });
        await expectNothingLost(id, row!.version);
      }
    },
  );

  rule('CMP-04', 'take, refuse and give away one case at once: it is in one pair of hands', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const id = await inHandling();
      const offer = { toDepartment: 'CUSTOMER_SERVICE', toHandlerId: desk.lin.staffId, reason: '休假' };
      const offered = await atOnce(
        everybody.map((who) => () => desk.command(who, 'handOverComplaint', { id, ...offer })),
      );
      expect(offered).toEqual({ DONE: 1, COMPLAINT_HAND_OVER_OPEN: people - 1 });
      const answers = await atOnce(
        everybody.map(
          (_, person) => () =>
            person % 2 === 0
              ? desk.command(desk.lin, 'acceptComplaintHandOver', { id })
              : desk.command(desk.lin, 'refuseComplaintHandOver', { id, reason: '太多' }),
        ),
      );
      expect(answers).toEqual({ DONE: 1, COMPLAINT_HAND_OVER_NOT_OPEN: people - 1 });
      const [row] = await desk.rows<{
        hand_overs: { outcome: string }[];
        handler_id: string;
        version: number;
      }>('select hand_overs, handler_id, version from complaint where id = $1', [id]);
      const [{ outcome }] = row!.hand_overs as [{ outcome: string }];
      expect(row!.hand_overs).toHaveLength(1);
      expect(row!.handler_id).toBe(outcome === 'ACCEPTED' ? desk.lin.staffId : desk.li.staffId);
      await expectNothingLost(id, row!.version);
    }
  });

  rule('CMP-14', 'end two cases in each other: one of them goes on, with the customers of both', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [one, other] = [await desk.file(1), await desk.file(2)];
      const answers = await atOnce(
        everybody.map((who, person) => () => {
          const [from, into] = person % 2 === 0 ? [one, other] : [other, one];
          return desk.command(who, 'joinComplaintInto', {
            id: from.id,
            intoComplaintId: into.id,
            reason: '同一部电梯',
          });
        }),
      );
      expect(answers).toMatchObject({ DONE: 1 });
      const cases = await desk.rows<{ id: string; status: string; customer_ids: string[]; version: number }>(
        'select id, status, customer_ids, version from complaint where id = any($1)',
        [[one.id, other.id]],
      );
      expect(cases.map(({ status }) => status).sort()).toEqual(['JOINED', 'RECEIVED']);
      const goesOn = cases.find(({ status }) => status === 'RECEIVED')!;
      expect([...goesOn.customer_ids].sort()).toEqual([...one.customerIds, ...other.customerIds].sort());
      for (const { id, version } of cases) await expectNothingLost(id, version);
    }
  });

  rule(
    'CMP-05',
    'wait for the customer and go on at once: each duty stands still or runs, and is put off by that alone',
    async () => {
      const id = await inHandling();
      await desk.done(desk.lin, 'promiseComplaintCallback', { id });
      for (let round = 0; round < rounds; round += 1) {
        const answers = await atOnce(
          everybody.map(
            (who, person) => () =>
              person % 2 === 0
                ? desk.command(who, 'pauseComplaintClocks', { id, reason: '等客户' })
                : desk.command(who, 'resumeComplaintClocks', { id }),
          ),
        );
        const { version } = (await desk.case(id)) as { version: number };
        const clocks = (await desk.case(id))['clocks'] as Row[];
        const [callback] = clocks.filter(({ kind }) => kind === 'CALLBACK');
        const pauses = callback!['pauses'] as { resumedAt: string | null }[];
        const isPaused = pauses.at(-1)?.resumedAt === null;
        expect(callback!['status']).toBe(isPaused ? 'PAUSED' : 'RUNNING');
        expect(pauses.slice(0, -1).every(({ resumedAt }) => resumedAt !== null)).toBe(true);
        const { DONE = 0, NO_COMPLAINT_CLOCK_RUNNING = 0, NO_COMPLAINT_CLOCK_PAUSED = 0 } = answers;
        expect(DONE + NO_COMPLAINT_CLOCK_RUNNING + NO_COMPLAINT_CLOCK_PAUSED).toBe(people);
        await expectNothingLost(id, version);
      }
    },
  );
});
