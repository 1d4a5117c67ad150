import { clockStatus, complaintDeadlines } from '@anju/complaints-rules';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { Complaint } from '../src/complaint.entity';
import { ComplaintsDesk, caseFields } from './complaints-desk';

interface Due {
  readonly kind: string;
  readonly dueAt: string;
  readonly complaint: { readonly id: string; readonly number: string } | null;
}

describe('clocks of complaints', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;

  beforeEach(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
  });

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  function clocksOf(complaint: Row): Row[] {
    return complaint['clocks'] as Row[];
  }

  async function told(id: string, ...types: string[]): Promise<[string, string, unknown][]> {
    const events = await desk.published(id);
    return events
      .map(({ type, time, data }): [string, string, unknown] => [
        type.replace(/^complaint-|\.v1$/g, ''),
        time,
        data['clock'] ?? data['becomes'],
      ])
      .filter(([type]) => types.includes(type));
  }

  rule(
    ['CMP-07', 'CAL-03'],
    'a web complaint shows when its reply and measures are due, who waits for whom, and by which policy',
    async () => {
      const { id } = await desk.file(1, { channel: 'WEB' });
      const versions = { policyVersion: 0, calendarVersion: expect.any(Number) as number };
      expect(clocksOf(await desk.case(id)).slice(1)).toMatchObject([
        {
          ...{ kind: 'REPLY', dueAt: iso('2026-03-02 14:00'), warnAt: iso('2026-03-02 13:00') },
          ...{ status: 'RUNNING', waiting: 'CUSTOMER', waitingFor: 'HANDLER', pauses: [], leftMinutes: null },
          ...versions,
        },
        { kind: 'MEASURES', dueAt: iso('2026-03-02 18:00'), setDueAt: null, warnedAt: null, ...versions },
      ]);
      await desk.acknowledge(id);
      const statuses = async () =>
        clocksOf(await desk.case(id)).map(({ kind, status, waitingFor }) => [kind, status, waitingFor]);
      expect((await statuses())[1]).toEqual(['REPLY', 'RUNNING', 'HANDLER']);
      await desk.reply(id);
      expect(await statuses()).toEqual([
        ['RESPONSE', 'MET', null],
        ['REPLY', 'MET', null],
        ['MEASURES', 'MET', null],
      ]);
    },
  );

  rule(
    ['CMP-03', 'CMP-05', 'CMP-07'],
    'warned and missed at their own moments, also where the service slept for a month',
    async () => {
      const expected: [string, string, unknown][] = [
        ['clock-warned', iso('2026-03-02 13:00'), 'REPLY'],
        ['clock-missed', iso('2026-03-02 14:00'), 'REPLY'],
        ['clock-warned', iso('2026-03-02 17:00'), 'MEASURES'],
        ['clock-warned', iso('2026-03-02 17:00'), 'RESPONSE'],
        ['clock-missed', iso('2026-03-02 18:00'), 'MEASURES'],
        ['clock-missed', iso('2026-03-03 10:00'), 'RESPONSE'],
        ['ageing-warned', iso('2026-03-08 10:00'), 'HOT'],
        ['clock-warned', iso('2026-03-09 17:00'), 'DEMAND_FORM'],
        ['clock-missed', iso('2026-03-10 10:00'), 'DEMAND_FORM'],
        ['ageing-warned', iso('2026-03-30 10:00'), 'MAJOR'],
      ];
      const { id } = await desk.file(1, { channel: 'WEB' });
      await desk.sleepUntil(database.url, silentLogger, '2026-04-01 09:00');
      await desk.until('2026-04-01 09:00');
      expect(await told(id, 'clock-warned', 'clock-missed', 'ageing-warned')).toEqual(expected);
      // Once more, and nothing more is told.
      await desk.sleepUntil(database.url, silentLogger, '2026-04-01 10:00');
      await desk.until('2026-04-01 10:00');
      expect(await told(id, 'clock-warned', 'clock-missed', 'ageing-warned')).toEqual(expected);
      expect(await desk.case(id)).toMatchObject({
        overdueSinceAt: iso('2026-03-02 14:00'),
        ageing: { hotWarnAt: iso('2026-03-08 10:00'), warnedOfHotAt: iso('2026-03-08 10:00') },
      });
    },
  );

  rule(
    ['CMP-05', 'CAL-02', 'CMP-13'],
    'a duty waits for the customer more than once, and goes on with what was left of its office hours',
    async () => {
      const { id } = await desk.file(1);
      await desk.acknowledge(id);
      await desk.until('2026-03-02 16:00');
      const waiting = { id, clocks: ['RESPONSE'], reason: '客户在国外' };
      const paused = await desk.done(desk.li, 'pauseComplaintClocks', waiting, caseFields);
      expect(clocksOf(paused)).toMatchObject([
        {
          ...{ status: 'PAUSED', leftMinutes: 180, waiting: 'HANDLER', waitingFor: 'CUSTOMER' },
          pauses: [
            {
              ...{ pausedAt: iso('2026-03-02 16:00'), resumedAt: null, reason: '客户在国外' },
              byStaff: { id: desk.li.staffId },
            },
          ],
        },
      ]);
      expect(paused['nextDueAt']).toBe(iso('2026-03-09 10:00'));
      await desk.until('2026-03-04 17:00');
      await desk.done(desk.li, 'resumeComplaintClocks', { id });
      await desk.until('2026-03-05 10:00');
      await desk.done(desk.li, 'pauseComplaintClocks', { id, reason: '等客户寄来照片' });
      await desk.until('2026-03-06 17:30');
      const going = await desk.done(desk.li, 'resumeComplaintClocks', { id }, caseFields);
      expect(clocksOf(going)).toMatchObject([
        { status: 'RUNNING', dueAt: iso('2026-03-09 09:30'), leftMinutes: null },
      ]);
      await desk.until('2026-03-09 09:31');
      expect(await told(id, 'clock-paused', 'clock-resumed', 'clock-warned', 'clock-missed')).toEqual([
        ['clock-paused', iso('2026-03-02 16:00'), 'RESPONSE'],
        ['clock-resumed', iso('2026-03-04 17:00'), 'RESPONSE'],
        // Two office hours before Thursday 11:00 end with Wednesday.
        ['clock-warned', iso('2026-03-04 18:00'), 'RESPONSE'],
        ['clock-paused', iso('2026-03-05 10:00'), 'RESPONSE'],
        ['clock-resumed', iso('2026-03-06 17:30'), 'RESPONSE'],
        ['clock-missed', iso('2026-03-09 09:30'), 'RESPONSE'],
      ]);
      expect((going['history'] as Row[]).map(({ command, reason }) => [command, reason])).toContainEqual([
        'pauseComplaintClocks',
        '客户在国外',
      ]);
    },
  );

  rule('CMP-11', 'what cannot wait says so, with what can', async () => {
    const { id } = await desk.file(3);
    await desk.acknowledge(id);
    const refusals = `
      ... on ComplaintClockNotPausable { kinds pausable }
      ... on NoComplaintClockRunning { kinds }
      ... on ComplaintReasonMissing { command }`;
    const pause = (clocks: string[] | null, reason = '等客户') =>
      desk.command(desk.lin, 'pauseComplaintClocks', { id, clocks, reason }, 'id', refusals);
    expect(await pause(['DEMAND_FORM'])).toMatchObject({
      code: 'COMPLAINT_CLOCK_NOT_PAUSABLE',
      kinds: ['DEMAND_FORM'],
      pausable: ['RESPONSE', 'CALLBACK', 'REPLY', 'MEASURES', 'COMPANY_RESULT', 'RETURN_VISIT'],
    });
    expect(await pause(['REPLY'])).toMatchObject({ code: 'NO_COMPLAINT_CLOCK_RUNNING', kinds: ['REPLY'] });
    expect(await pause(null, ' ')).toMatchObject({ code: 'COMPLAINT_REASON_MISSING' });
    expect(
      await desk.command(
        desk.lin,
        'resumeComplaintClocks',
        { id },
        'id',
        '... on NoComplaintClockPaused { kinds }',
      ),
    ).toMatchObject({ code: 'NO_COMPLAINT_CLOCK_PAUSED', kinds: [] });
    await expect(pause(['TEATIME'])).rejects.toThrow();
    await expect(
      desk.done(desk.guard, 'pauseComplaintClocks', { id, reason: '等客户' }),
    ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await expect(
      desk.done(desk.stranger, 'pauseComplaintClocks', { id, reason: '等客户' }),
    ).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  rule(
    'CMP-06',
    'a call is promised within two days, and kept by whoever speaks with the customer',
    async () => {
      const { id, customerIds } = await desk.file(1);
      await desk.acknowledge(id);
      const promise = { id, customerId: customerIds[0], note: '维修方案' };
      const promised = await desk.done(desk.zhou, 'promiseComplaintCallback', promise, caseFields);
      expect(promised).toMatchObject({
        callbackPromises: [
          {
            ...{ at: iso('2026-03-02 10:00'), note: '维修方案' },
            ...{ customer: { id: customerIds[0] }, byStaff: { id: desk.zhou.staffId } },
          },
        ],
      });
      expect(clocksOf(promised)[1]).toMatchObject({ kind: 'CALLBACK', dueAt: iso('2026-03-04 10:00') });
      const refused = (input: Row) =>
        desk.command(
          desk.zhou,
          'promiseComplaintCallback',
          { id, ...input },
          'id',
          '... on CallbackAlreadyPromised { dueAt } ... on CallbackCustomerNotInCase { customerId }',
        );
      expect(await refused({})).toMatchObject({
        code: 'CALLBACK_ALREADY_PROMISED',
        dueAt: iso('2026-03-04 10:00'),
      });
      const customerId = newId();
      expect(await refused({ customerId })).toMatchObject({
        code: 'CALLBACK_CUSTOMER_NOT_IN_CASE',
        customerId,
      });
      await desk.until('2026-03-04 09:59');
      const progress = { id, text: '配件已到', toldBy: 'PHONE' };
      const kept = await desk.done(desk.li, 'recordComplaintProgress', progress, caseFields);
      expect(clocksOf(kept)[1]).toMatchObject({ status: 'MET', metAt: iso('2026-03-04 09:59') });
      expect(await told(id, 'callback-promised', 'clock-met')).toEqual([
        ['callback-promised', iso('2026-03-02 10:00'), undefined],
        ['clock-met', iso('2026-03-04 09:59'), 'CALLBACK'],
      ]);
    },
  );

  async function due(withinHours: number, filter: Row = {}, who = desk.lin, page: Row = {}) {
    const { complaintsDue } = await desk.read<{
      complaintsDue: {
        totalCount: number;
        nodes: Due[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    }>(
      who,
      `query($within: Int!, $filter: ComplaintsDueFilter, $first: Int, $after: String) {
        complaintsDue(withinHours: $within, filter: $filter, first: $first, after: $after) {
          totalCount nodes { kind dueAt complaint { id number } } pageInfo { hasNextPage endCursor }
        }
      }`,
      { within: withinHours, filter, ...page },
    );
    return complaintsDue;
  }

  const kinds = (found: { readonly nodes: readonly Due[] }) => found.nodes.map(({ kind }) => kind);

  rule(
    ['CMP-05', 'CMP-07', 'CMP-16'],
    'what falls due within some hours is listed by its time, by kind, handler, department and project',
    async () => {
      const web = await desk.file(1, { channel: 'WEB' });
      await desk.until('2026-03-02 11:00');
      const phone = await desk.file(1);
      await desk.acknowledge(phone.id);
      expect(await due(4)).toMatchObject({
        totalCount: 1,
        nodes: [{ kind: 'REPLY', dueAt: iso('2026-03-02 14:00'), complaint: { id: web.id } }],
      });
      const day = await due(24);
      expect(day.nodes.map(({ kind, complaint }) => [kind, complaint!.id])).toEqual([
        ['REPLY', web.id],
        ['MEASURES', web.id],
        ['RESPONSE', web.id],
        ['RESPONSE', phone.id],
      ]);
      expect(kinds(await due(24 * 7, { kinds: ['BECOMES_HOT', 'MEASURES'] }))).toEqual([
        'MEASURES',
        'BECOMES_HOT',
        'BECOMES_HOT',
      ]);
      expect(kinds(await due(24, { handlerId: desk.li.staffId }))).toEqual(['RESPONSE']);
      expect(kinds(await due(24, { mine: true }, desk.li))).toEqual(['RESPONSE']);
      expect(kinds(await due(24, { mine: true }))).toEqual([]);
      expect(kinds(await due(24, { departmentCode: 'EQUIPMENT' }))).toEqual(['RESPONSE']);
      expect(kinds(await due(24, { projectId: desk.ours }))).toHaveLength(4);
      expect(kinds(await due(24, { projectId: desk.theirs }))).toEqual([]);
      expect(kinds(await due(24, {}, desk.stranger))).toEqual([]);
      const first = await due(24, {}, desk.lin, { first: 3 });
      expect(first.pageInfo.hasNextPage).toBe(true);
      const rest = await due(24, {}, desk.lin, { first: 3, after: first.pageInfo.endCursor });
      expect([...kinds(first), ...kinds(rest)]).toEqual(kinds(day));
      for (const hours of [0, -1, 9_000]) {
        await expect(due(hours)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
      }
      await desk.until('2026-03-02 14:00');
      await desk.done(desk.li, 'pauseComplaintClocks', { id: phone.id, reason: '等客户' });
      expect(kinds(await due(24))).toEqual(['MEASURES', 'RESPONSE']);
      await desk.done(desk.li, 'resumeComplaintClocks', { id: phone.id });
      expect(kinds(await due(24))).toEqual(['MEASURES', 'RESPONSE', 'RESPONSE']);
      await desk.respond(phone.id);
      expect(kinds(await due(24))).toEqual(['MEASURES', 'RESPONSE']);
    },
  );

  rule('CMP-05', 'and is what the cases themselves have', async () => {
    for (const channel of ['WEB', 'PHONE', 'DEVELOPER_CUSTOMER_RELATIONS']) await desk.file(3, { channel });
    const { id } = await desk.file(1);
    await desk.acknowledge(id);
    await desk.respond(id);
    await desk.resolve(id);
    await desk.until('2026-03-03 09:00');
    const cases = await desk.service.dataSource.manager.find(Complaint);
    const expected = cases.flatMap((one) =>
      complaintDeadlines(one).map(({ kind, dueAt }) => `${dueAt.toISOString()} ${kind} ${one.number}`),
    );
    const found = await due(8_784, {}, desk.lin, { first: 100 });
    expect(
      found.nodes.map(({ kind, dueAt, complaint }) => `${dueAt} ${kind} ${complaint!.number}`).sort(),
    ).toEqual(expected.sort());
    expect(cases.some((one) => one.clocks.some((clock) => clockStatus(clock) === 'MISSED'))).toBe(true);
  });
});
