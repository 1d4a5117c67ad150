import { complaintsEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import type { Principal } from '@anju/access';
import { leastStatements, createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { AppraisalDesk, staff } from './appraisal-desk';

interface Seen {
  readonly open: boolean;
  readonly announced: boolean;
  readonly evidence: boolean;
  readonly year: boolean;
}
const nothing: Seen = { open: false, announced: false, evidence: false, year: false };
const everything: Seen = { open: true, announced: true, evidence: true, year: true };

describe('who sees what of an appraisal', () => {
  let database: TestDatabase;
  let desk: AppraisalDesk;
  const ids: Record<keyof Seen, string> = { open: '', announced: '', evidence: '', year: '' };

  async function about(staffId: string, by = desk.qian): Promise<typeof ids> {
    const opening = { staffId, projectId: desk.ours, kind: 'WEEKLY_CHECK' };
    const open = async (input: Row): Promise<string> =>
      (await desk.done(by, 'openAppraisal', { ...opening, ...input }))['id'] as string;
    const own = staff('EMPLOYEE', [desk.ours], staffId);
    for (const [kind, day] of [
      ['WEEKLY_CHECK', '2026-02-09'],
      ['MONTHLY', '2026-02-01'],
      ['YEAR_END', '2026-01-01'],
    ] as const) {
      const id = await open({ kind, day });
      await desk.done(by, 'announceAppraisal', { id });
      await desk.done(own, 'acknowledgeAppraisal', { id });
    }
    const { id: year } = await desk.done(desk.quality, 'closeAppraisalYear', {
      staffId,
      projectId: desk.ours,
      year: 2026,
    });
    const announced = await open({ day: '2026-03-02' });
    const complaintId = newId();
    await desk.hear(complaintsEvents.complaintClockMissed, complaintId, {
      complaintId,
      projectId: desk.ours,
      at: iso('2026-03-03 10:00'),
      causeClass: 'CLASS_1',
      severity: 'GENERAL',
      clock: 'RESPONSE',
      sequence: 1,
      forSeverity: null,
      startedAt: iso('2026-03-02 10:00'),
      dueAt: iso('2026-03-03 10:00'),
      responsibleDepartment: null,
      handlerId: staffId,
    });
    const [evidence] = await desk.rows('select id from evidence where staff_id = $1', [staffId]);
    const score = { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1', reason: '属实' };
    await desk.done(by, 'scoreEvidence', { id: evidence!['id'], appraisalId: announced, ...score });
    await desk.done(by, 'announceAppraisal', { id: announced });
    return {
      open: await open({ day: '2026-03-09' }),
      announced,
      evidence: evidence!['id'] as string,
      year: year as string,
    };
  }

  beforeAll(async () => {
    database = await createTestDatabase('appraisal privacy');
    desk = await AppraisalDesk.open(database.url, silentLogger, '2026-03-31 17:00');
    await desk.schemes();
    Object.assign(ids, await about(desk.zhou.staffId));
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  const errorsOf = (errors: readonly { extensions: Row }[] | undefined): unknown[] => [
    ...new Set((errors ?? []).map(({ extensions }) => extensions['code'])),
  ];

  /** By id, with the history. */
  async function byId(who: Principal, of = ids): Promise<Seen> {
    const source = `query($open: ID!, $announced: ID!, $evidence: ID!, $year: ID!) {
      open: appraisal(id: $open) { id history { reason } } announced: appraisal(id: $announced) { id history { reason } }
      evidence(id: $evidence) { id history { reason } } year: appraisalYear(id: $year) { id history { reason } } }`;
    const { data, errors } = await desk.ask(who, source, of);
    expect(errorsOf(errors as never)).toEqual([]);
    return seen(data!);
  }
  const seen = (data: Row): Seen => ({
    open: data['open'] != null,
    announced: data['announced'] != null,
    evidence: data['evidence'] != null,
    year: data['year'] != null,
  });
  const among = (pages: Row[], of = ids): Seen => {
    const found = new Set(pages.flatMap((page) => (page['nodes'] as { id: string }[]).map(({ id }) => id)));
    return {
      open: found.has(of.open),
      announced: found.has(of.announced),
      evidence: found.has(of.evidence),
      year: found.has(of.year),
    };
  };

  async function byList(who: Principal, of = ids): Promise<Seen> {
    const source = `{ appraisals(first: 100) { nodes { id } } evidenceList(first: 100) { nodes { id } }
      appraisalYears(first: 100) { nodes { id } } }`;
    const data = await desk.read(who, source);
    return among(Object.values(data) as Row[], of);
  }

  async function byReference(who: Principal): Promise<Seen> {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Appraisal { id } ... on Evidence { id } ... on AppraisalYear { id } } }`;
    const r = [
      { __typename: 'Appraisal', id: ids.open },
      { __typename: 'Appraisal', id: ids.announced },
      { __typename: 'Evidence', id: ids.evidence },
      { __typename: 'AppraisalYear', id: ids.year },
    ];
    const [open, announced, evidence, year] = (await desk.read<{ _entities: unknown[] }>(who, source, { r }))
      ._entities;
    return seen({ open, announced, evidence, year });
  }

  async function byStaff(who: Principal, staffId = desk.zhou.staffId, of = ids): Promise<Seen> {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Staff { id
      appraisals(first: 100) { totalCount nodes { id } } evidence(first: 100) { totalCount nodes { id } }
      appraisalYears(first: 100) { totalCount nodes { id } } } } }`;
    const r = [{ __typename: 'Staff', id: staffId }];
    const [found] = (await desk.read<{ _entities: Row[] }>(who, source, { r }))._entities;
    const { appraisals, evidence, appraisalYears } = found as Record<string, Row>;
    return among([appraisals!, evidence!, appraisalYears!], of);
  }

  async function everyWay(who: Principal): Promise<Seen[]> {
    return [await byId(who), await byList(who), await byReference(who), await byStaff(who)];
  }
  const always = (one: Seen): Seen[] => [one, one, one, one];

  rule(
    'APR-11',
    'an employee sees his own once it is announced, with evidence and totals of years',
    async () => {
      expect(await everyWay(desk.zhou)).toEqual(always({ ...everything, open: false }));
    },
  );

  rule('APR-11', 'an employee sees nothing of another’s, by whatever way he asks', async () => {
    for (const who of [
      desk.lin,
      desk.li,
      staff('PROJECT_MANAGER', [desk.ours]),
      staff('SALES_MANAGER', 'ALL'),
    ]) {
      expect(await everyWay(who)).toEqual(always(nothing));
    }
  });

  rule(
    'APR-11',
    'appraiser, quality centre and auditor of the project see all, those of another nothing',
    async () => {
      for (const who of [desk.qian, desk.quality, desk.auditor, staff('APPRAISER', 'ALL')]) {
        expect(await everyWay(who)).toEqual(always(everything));
      }
      for (const who of [desk.strangersAppraiser, desk.strangersQuality]) {
        expect(await everyWay(who)).toEqual(always(nothing));
      }
    },
  );

  rule('APR-11', 'who appraises others sees his own as an employee does', async () => {
    const own = await about(desk.qian.staffId, desk.secondAppraiser);
    for (const roles of [desk.qian.roles, staff('APPRAISER', 'ALL').roles, desk.auditor.roles]) {
      const who = { ...desk.qian, roles };
      const asEmployee = { ...everything, open: false };
      expect(await byId(who, own)).toEqual(asEmployee);
      expect(await byList(who, own)).toEqual(asEmployee);
      expect(await byStaff(who, who.staffId, own)).toEqual(asEmployee);
    }
  });

  rule(['APR-11', 'INS-04'], 'a BI reader and who has no token see none of it', async () => {
    const queries = [
      `{ appraisal(id: "${ids.announced}") { id } }`,
      `{ evidence(id: "${ids.evidence}") { id } }`,
      `{ appraisalYear(id: "${ids.year}") { id } }`,
      '{ appraisals { totalCount } }',
      '{ evidenceList { totalCount } }',
      '{ appraisalYears { totalCount } }',
      '{ appraisalSchemes { totalCount } }',
      `{ _entities(representations: [{ __typename: "Appraisal", id: "${ids.announced}" }]) { ... on Appraisal { id } } }`,
      `{ _entities(representations: [{ __typename: "Staff", id: "${desk.zhou.staffId}" }]) { ... on Staff { evidence { totalCount } } } }`,
    ];
    for (const source of queries) {
      const asked = await desk.ask(desk.bi, source);
      expect([source, errorsOf(asked.errors as never)]).toEqual([source, ['FORBIDDEN']]);
      const anonymous = await desk.ask(null, source);
      expect([source, errorsOf(anonymous.errors as never)]).toEqual([source, ['UNAUTHENTICATED']]);
    }
  });

  rule(
    'APR-11',
    'what is another’s, or not announced yet, cannot be answered, as if it were not there',
    async () => {
      for (const [who, id] of [
        [desk.lin, ids.announced],
        [desk.lin, ids.open],
        [desk.zhou, ids.open],
        [desk.strangersAppraiser, ids.announced],
        [desk.zhou, newId()],
      ] as const) {
        expect(await desk.fault(desk.command(who, 'acknowledgeAppraisal', { id, expectedVersion: 99 }))).toBe(
          'NOT_FOUND',
        );
        expect(await desk.fault(desk.command(who, 'appealAppraisal', { id, reason: '不服' }))).toBe(
          'NOT_FOUND',
        );
      }
    },
  );

  rule(
    'APR-10',
    'the employee sees what the reviewer decided on his evidence, and the sheet it is on',
    async () => {
      const source = `query($id: ID!) { evidence(id: $id) { status decision { reason scored { points item } byStaff { id } }
      appraisal { id total deductions { evidence { id } } } } }`;
      expect(await desk.read(desk.zhou, source, { id: ids.evidence })).toEqual({
        evidence: {
          status: 'SCORED',
          decision: {
            reason: '属实',
            scored: { points: '1', item: 'EFFICIENCY' },
            byStaff: { id: desk.qian.staffId },
          },
          appraisal: { id: ids.announced, total: '99.00', deductions: [{ evidence: { id: ids.evidence } }] },
        },
      });
    },
  );

  async function list(who: Principal, filter: Row): Promise<number> {
    const source = `query($f: AppraisalFilter) { appraisals(filter: $f) { totalCount } }`;
    const data = await desk.read<{ appraisals: { totalCount: number } }>(who, source, { f: filter });
    return data.appraisals.totalCount;
  }

  it('lists by employee, kind, status, period, year, and what is unanswered', async () => {
    const staffId = desk.zhou.staffId;
    expect(await list(desk.qian, { staffId })).toBe(5);
    expect(await list(desk.qian, { staffId, kind: ['WEEKLY_CHECK'] })).toBe(3);
    expect(await list(desk.qian, { staffId, status: ['OPEN', 'ACKNOWLEDGED'] })).toBe(4);
    expect(await list(desk.qian, { staffId, from: '2026-03-01', to: '2026-03-08' })).toBe(2);
    expect(await list(desk.qian, { staffId, year: 2025 })).toBe(0);
    expect(await list(desk.qian, { staffId, unanswered: true })).toBe(1);
    expect(await list(desk.qian, { staffId, unanswered: false })).toBe(4);
    expect(await list(desk.qian, { staffId, projectId: desk.theirs })).toBe(0);
    const source = `query($f: EvidenceFilter) { evidenceList(filter: $f) { totalCount } }`;
    const evidence = async (f: Row): Promise<unknown> =>
      (await desk.read<{ evidenceList: Row }>(desk.qian, source, { f })).evidenceList['totalCount'];
    expect(await evidence({ staffId, toBeReviewed: true })).toBe(0);
    expect(await evidence({ staffId, kind: ['CLOCK_MISSED'], status: ['SCORED'] })).toBe(1);
    expect(
      await evidence({ staffId, occurredFrom: iso('2026-03-03 10:00'), occurredTo: iso('2026-03-03 10:01') }),
    ).toBe(1);
    expect(await evidence({ staffId, occurredTo: iso('2026-03-03 10:00') })).toBe(0);
  });

  it('goes through a list page by page, each once', async () => {
    const source = `query($after: String, $f: AppraisalFilter) {
      appraisals(first: 2, after: $after, filter: $f) { nodes { id periodTo } pageInfo { hasNextPage endCursor } } }`;
    const found: Row[] = [];
    let after: unknown = null;
    do {
      const page: { appraisals: { nodes: Row[]; pageInfo: Row } } = await desk.read(desk.qian, source, {
        after,
        f: { staffId: desk.zhou.staffId },
      });
      found.push(...page.appraisals.nodes);
      after = page.appraisals.pageInfo['hasNextPage'] ? page.appraisals.pageInfo['endCursor'] : null;
    } while (after);
    expect(new Set(found.map(({ id }) => id)).size).toBe(5);
    const days = found.map(({ periodTo }) => periodTo as string);
    expect(days).toEqual([...days].sort().reverse());
  });

  it('asks the database as often for one employee as for many', async () => {
    const many: string[] = [];
    for (let count = 0; count < 8; count += 1) {
      const staffId = newId();
      await desk.employ(staffId);
      await about(staffId);
      many.push(staffId);
    }
    const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Staff {
      appraisals(first: 5) { nodes { id evidence(first: 2) { nodes { id } } items { item left } scheme { id } history { command }
        deductions { evidence { id appraisal { id } } } } }
      evidence(first: 5) { nodes { id appraisal { id total } history { command } } }
      appraisalYears(first: 2) { nodes { id total parts { part } scheme { id } history { command } } } } } }`;
    const counted: number[] = [];
    for (const staffIds of [many.slice(0, 1), many]) {
      const r = staffIds.map((id) => ({ __typename: 'Staff', id }));
      const count = await leastStatements(async () => {
        const data = await desk.read<{ _entities: { evidence: { nodes: unknown[] } }[] }>(desk.qian, source, {
          r,
        });
        expect(data._entities.map(({ evidence }) => evidence.nodes.length)).toEqual(staffIds.map(() => 1));
      });
      counted.push(count);
    }
    expect(counted[0]).toBeGreaterThan(0);
    expect(counted[1]).toBe(counted[0]);
  }, 60_000);

  it('answers malformed and unknown ids in references as nothing', async () => {
    const source = `query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Appraisal { id } ... on Staff { evidence { totalCount } } ... on AppraisalScheme { id } } }`;
    const r = [
      { __typename: 'Appraisal', id: `' or true --` },
      { __typename: 'AppraisalScheme', id: 'x' },
      { __typename: 'Staff', id: 'x' },
    ];
    expect(await desk.read(desk.qian, source, { r })).toEqual({
      _entities: [null, null, { evidence: { totalCount: 0 } }],
    });
  });
});
