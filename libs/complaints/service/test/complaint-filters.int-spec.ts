import { addDays, endOfLocalDay, localDate } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, wall, type Row } from '@anju/testing-service';
import { Complaint } from '../src/complaint.entity';
import { ComplaintsDesk } from './complaints-desk';

type Holds = (one: Complaint) => boolean;

describe('complaints by what matters', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  let cases: Complaint[];
  let topics: string[];

  beforeAll(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    topics = ['LIFT', 'NOISE', 'WATER'];
    for (let n = 0; n < 36; n += 1) {
      const { id, customerIds } = await desk.file(n % 4 === 0 ? 3 : n % 3, {
        causeClass: `CLASS_${1 + (n % 3)}`,
        topic: topics[n % topics.length],
        channel: n % 5 === 0 ? 'WEB' : 'PHONE',
        buildingId: n % 2 === 0 ? desk.building6 : null,
        facts: n % 11 === 0 ? ['MEDIA_EXPOSURE'] : [],
        content: n % 2 === 0 ? '电梯故障' : '水压不足',
      });
      if (n % 3 !== 0) await desk.acknowledge(id);
      if (n % 3 === 2) {
        await desk.answer(id);
        await desk.resolve(id);
        if (customerIds.length > 0 && n % 2 === 0) {
          const visit = { id, customerId: customerIds[0], channel: 'PHONE', satisfaction: 1 + (n % 5) };
          await desk.done(desk.lin, 'recordReturnVisit', visit);
        }
      }
      if (n % 6 === 5) await desk.until(`2026-03-${String(2 + Math.floor(n / 6)).padStart(2, '0')} 16:00`);
    }
    await desk.until('2026-03-09 12:00');
    cases = await desk.service.dataSource.manager.find(Complaint);
  }, 120_000);

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function list(filter: Row, who = desk.lin, orderBy = 'RECEIVED_LAST_FIRST'): Promise<string[]> {
    const source = `query($f: ComplaintFilter, $o: ComplaintOrder!) {
      complaints(filter: $f, orderBy: $o, first: 100) { totalCount nodes { id } } }`;
    const { complaints } = await desk.read<{ complaints: { totalCount: number; nodes: Row[] } }>(
      who,
      source,
      { f: filter, o: orderBy },
    );
    expect(complaints.totalCount).toBe(complaints.nodes.length);
    return complaints.nodes.map(({ id }) => id as string);
  }

  const now = wall('2026-03-09 12:00');
  const running = (one: Complaint): number[] =>
    one.clocks
      .filter(({ metAt, missedAt, lapsedAt }) => !metAt && !missedAt && !lapsedAt)
      .map(({ dueAt }) => +dueAt);
  const missed = (one: Complaint, kind: string): boolean =>
    one.clocks.some((clock) => clock.kind === kind && clock.missedAt !== null);

  it('a number is found as people type it, and an empty search field asks for nothing', async () => {
    const [one] = cases;
    expect(await list({ number: ` ${one!.number.toLowerCase()} ` })).toEqual([one!.id]);
    for (const search of ['', ' ', '\u3000']) expect(await list({ search })).toHaveLength(cases.length);
    expect(await list({ search: '？' })).toEqual([]);
  });

  const filters: [Row, Holds][] = [
    [{ unassigned: true }, (one) => one.handlerId === null],
    [{ unassigned: false }, (one) => one.handlerId !== null],
    [{ topics: ['LIFT', 'WATER'] }, (one) => ['LIFT', 'WATER'].includes(one.topic)],
    [{ topics: [] }, () => false],
    [{ resolvedFrom: iso('2026-03-04 00:00') }, (one) => +one.resolvedAt! >= +wall('2026-03-04 00:00')],
    [
      { resolvedFrom: iso('2026-03-03 00:00'), resolvedTo: iso('2026-03-05 00:00') },
      ({ resolvedAt: at }) => at !== null && at >= wall('2026-03-03 00:00') && at < wall('2026-03-05 00:00'),
    ],
    [{ closedTo: iso('2026-04-01 00:00') }, (one) => one.closedAt !== null],
    [{ minAgeDays: 5 }, (one) => one.receivedAt <= addDays(now, -5)],
    [
      { minAgeDays: 3, maxAgeDays: 5 },
      (one) => one.receivedAt <= addDays(now, -3) && one.receivedAt > addDays(now, -5),
    ],
    [{ overdue: true }, (one) => one.clocks.some((c) => c.missedAt && !c.metAt && !c.lapsedAt)],
    [{ missedClocks: ['RESPONSE'] }, (one) => missed(one, 'RESPONSE')],
    [
      { missedClocks: ['DEMAND_FORM', 'RETURN_VISIT'] },
      (one) => missed(one, 'DEMAND_FORM') || missed(one, 'RETURN_VISIT'),
    ],
    [{ secondComplaint: true }, (one) => one.reopenings.length > 0],
    [{ secondComplaint: false }, (one) => one.reopenings.length === 0],
    [{ minGroupSize: 3 }, (one) => one.members.length >= 3],
    [{ minGroupSize: 1, maxGroupSize: 2 }, (one) => [1, 2].includes(one.members.length)],
    [{ dueToday: true }, (one) => running(one).some((at) => at < +wall('2026-03-10 00:00'))],
    [{ dueTo: iso('2026-03-12 00:00') }, (one) => running(one).some((at) => at < +wall('2026-03-12 00:00'))],
    [{ search: '电梯' }, (one) => one.content!.includes('电梯')],
    [
      { search: '水压', severity: ['MAJOR', 'HOT'], topics: ['NOISE'], openOnly: true },
      (one) =>
        one.content!.includes('水压') &&
        one.severity !== 'GENERAL' &&
        one.topic === 'NOISE' &&
        one.status !== 'CLOSED',
    ],
  ];

  it.each(filters)('%j', async (filter, holds) => {
    const expected = cases.filter(holds).map(({ id }) => id);
    expect((await list(filter)).sort()).toEqual(expected.sort());
    // A filter that leaves all, or nothing, would prove little.
    if (!('topics' in filter && (filter['topics'] as string[]).length === 0) && !('closedTo' in filter)) {
      expect([filter, expected.length > 0 && expected.length < cases.length]).toEqual([filter, true]);
    }
  });

  it('of several projects, and only those that the reader may see', async () => {
    const all = cases.map(({ id }) => id).sort();
    expect((await list({ projectIds: [desk.ours, desk.theirs] })).sort()).toEqual(all);
    expect(await list({ projectIds: [desk.theirs] })).toEqual([]);
    expect(await list({ projectIds: [desk.ours] }, desk.stranger)).toEqual([]);
    const everywhere = staff('SERVICE_SUPERVISOR', desk.ours, desk.theirs);
    expect((await list({}, everywhere)).sort()).toEqual(all);
  });

  it("of the reader's own department; of nobody's for a reader whom the directory does not know", async () => {
    const ofEquipment = cases.filter((one) => one.responsibleDepartment === 'EQUIPMENT');
    expect(ofEquipment.length).toBeGreaterThan(0);
    expect((await list({ myDepartment: true }, desk.li)).sort()).toEqual(
      ofEquipment.map(({ id }) => id).sort(),
    );
    expect(await list({ myDepartment: true })).toEqual([]);
    expect(await list({ myDepartment: true }, staff('SERVICE_SUPERVISOR', desk.ours))).toEqual([]);
  });

  it('by an age that can be', async () => {
    for (const filter of [{ minAgeDays: -1 }, { maxAgeDays: 100_000 }]) {
      await expect(list(filter)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });

  describe('in the order that is asked for', () => {
    const rank = { GENERAL: 0, HOT: 1, MAJOR: 2 };
    const orders: [string, Holds, (one: Complaint) => number][] = [
      ['RECEIVED_LAST_FIRST', () => true, (one) => -one.receivedAt.getTime()],
      ['RECEIVED_FIRST_FIRST', () => true, (one) => +one.receivedAt],
      ['DUE_FIRST', (one) => running(one).length > 0, (one) => Math.min(...running(one))],
      ['LONGEST_OVERDUE_FIRST', (one) => one.overdueSinceAt !== null, (one) => +one.overdueSinceAt!],
      ['SEVEREST_FIRST', () => true, (one) => -rank[one.severity]],
    ];

    it.each(orders)('%s', async (orderBy, belongs, key) => {
      const byId = new Map(cases.map((one) => [one.id, one]));
      const listed = (await list({}, desk.lin, orderBy)).map((id) => byId.get(id)!);
      expect(listed.map(({ id }) => id).sort()).toEqual(
        cases
          .filter(belongs)
          .map(({ id }) => id)
          .sort(),
      );
      const keys = listed.map(key);
      expect(keys).toEqual([...keys].sort((a, b) => a - b));
      expect(new Set(keys).size).toBeGreaterThan(1);
    });

    it('page by page, each once', async () => {
      for (const [orderBy] of orders) {
        const source = `query($o: ComplaintOrder!, $after: String) { complaints(orderBy: $o, first: 7, after: $after) {
          nodes { id } pageInfo { hasNextPage endCursor } } }`;
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const data: { complaints: { nodes: Row[]; pageInfo: Row } } = await desk.read(desk.lin, source, {
            o: orderBy,
            after,
          });
          seen.push(...data.complaints.nodes.map(({ id }) => id as string));
          const { hasNextPage, endCursor } = data.complaints.pageInfo;
          after = hasNextPage ? (endCursor as string) : null;
        } while (after);
        expect([orderBy, seen]).toEqual([orderBy, await list({}, desk.lin, orderBy)]);
      }
    });
  });

  rule('CMP-16', 'the counts beside a list are those of the list', async () => {
    const source = `query($f: ComplaintFilter) { complaintOverview(filter: $f) { total isComplete overdue unassigned
      byStatus { status count } bySeverity { severity count } byCauseClass { causeClass count }
      byHandler { handler { id } count } byDepartment { departmentCode count } } }`;
    const tally = (
      of: readonly Complaint[],
      key: (one: Complaint) => string | null,
    ): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const one of of) {
        const name = key(one);
        if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    };
    const tallied = (rows: Row[], name: (row: Row) => string): Record<string, unknown> =>
      Object.fromEntries(rows.map((row) => [name(row), row['count']]));
    for (const [filter, holds] of [[{}, () => true] as [Row, Holds], ...filters]) {
      const { complaintOverview: seen } = await desk.read<{ complaintOverview: Row }>(desk.lin, source, {
        f: filter,
      });
      const left = cases.filter(holds);
      expect({
        filter,
        total: seen['total'],
        isComplete: seen['isComplete'],
        overdue: seen['overdue'],
        unassigned: seen['unassigned'],
        byStatus: tallied(seen['byStatus'] as Row[], (row) => row['status'] as string),
        bySeverity: tallied(seen['bySeverity'] as Row[], (row) => row['severity'] as string),
        byCauseClass: tallied(seen['byCauseClass'] as Row[], (row) => row['causeClass'] as string),
        byHandler: tallied(seen['byHandler'] as Row[], (row) => (row['handler'] as Row)['id'] as string),
        byDepartment: tallied(seen['byDepartment'] as Row[], (row) => row['departmentCode'] as string),
      }).toEqual({
        filter,
        total: left.length,
        isComplete: true,
        overdue: left.filter((one) => one.overdueSinceAt !== null).length,
        unassigned: left.filter((one) => one.handlerId === null).length,
        byStatus: tally(left, (one) => one.status),
        bySeverity: tally(left, (one) => one.severity),
        byCauseClass: tally(left, (one) => one.causeClass),
        byHandler: tally(left, (one) => one.handlerId),
        byDepartment: tally(left, (one) => one.responsibleDepartment),
      });
    }
    const { data } = await desk.ask(desk.stranger, '{ complaintOverview { total byStatus { count } } }');
    expect(data).toEqual({ complaintOverview: { total: 0, byStatus: [] } });
  });

  it('is due today by the day on the wall', () => {
    expect(endOfLocalDay(localDate(now, 'Asia/Shanghai'), 'Asia/Shanghai')).toEqual(wall('2026-03-10 00:00'));
  });
});
