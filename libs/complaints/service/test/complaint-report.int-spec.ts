import type { Principal } from '@anju/access';
import { addCalendarMonth, localDate, newId } from '@anju/kernel';
import { label } from '@anju/labels';
import { startSubgraphServer, type RunningSubgraphServer } from '@anju/subgraph';
import {
  createTestDatabase,
  pdfPages,
  rule,
  silentLogger,
  withoutSpaces,
  type TestDatabase,
} from '@anju/testing';
import { staff, wall, type Row } from '@anju/testing-service';
import { Complaint } from '../src/complaint.entity';
import { ComplaintsDesk } from './complaints-desk';

const counts = 'current previous';
const share = 'part whole percent';
const clock = `kept missed undone pending keptShare { ${share} }`;
const source = `query($input: ComplaintReportInput!) { complaintReport(input: $input) {
  from to previousFrom previousTo
  received { ${counts} } receivedAndOpen { ${counts} } ofSeveralCustomers { ${counts} } resolved { ${counts} }
  closed { ${counts} } openAtEnd { ${counts} } hoursToResolution { ${counts} }
  byCauseClass { causeClass ${counts} } bySeverity { severity ${counts} } byChannel { channel ${counts} }
  topics { topic ${counts} } causes { causeClass topic ${counts} } facts { fact ${counts} } ages { age ${counts} }
  clocks { kind current { ${clock} } previous { ${clock} } }
  secondComplaints { current { ${share} } previous { ${share} } }
  satisfaction { visits { ${counts} } mean { ${counts} } points declined { ${counts} } unreachable { ${counts} } }
  projects { projectId received hot major resolved openAtEnd clocksKept { ${share} } secondComplaints { ${share} }
    satisfaction } } }`;

const day = (at: Date): string => localDate(at, 'Asia/Shanghai');
const zone = 'Asia/Shanghai';
const march = { from: '2026-03-01', to: '2026-03-31' };
const february = { from: '2026-02-01', to: '2026-02-28' };
type Period = typeof march;
const within = ({ from, to }: Period, at: Date | null): at is Date =>
  at !== null && day(at) >= from && day(at) <= to;

const percent = (part: number, whole: number): Row => ({
  part,
  whole,
  percent: whole === 0 ? null : ((100 * part) / whole).toFixed(2),
});

function tally<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> {
  const found = new Map<string, number>();
  for (const item of items) found.set(key(item), (found.get(key(item)) ?? 0) + 1);
  return found;
}

/** Counts case by case what the report counts in SQL. */
class HandCount {
  constructor(
    private readonly cases: readonly Complaint[],
    private readonly now: Date,
  ) {}

  received(period: Period): Complaint[] {
    return this.cases.filter((one) => within(period, one.receivedAt));
  }

  resolved(period: Period): Complaint[] {
    return this.cases.filter((one) => within(period, one.resolvedAt));
  }

  private endOf({ to }: Period): Date {
    const end = new Date(wall(`${to} 00:00`).getTime() + 86_400_000);
    return end < this.now ? end : this.now;
  }

  openAtEnd(period: Period): Complaint[] {
    const end = this.endOf(period);
    return this.cases.filter((one) => {
      if (one.receivedAt >= end) return false;
      const turns = [
        ...one.closings.map(({ at }) => ({ at, open: false })),
        ...one.reopenings.map(({ at }) => ({ at, open: true })),
        ...(one.joinedInto ? [{ at: one.joinedInto.at, open: false }] : []),
      ].filter(({ at }) => at < end);
      turns.sort((a, b) => +a.at - +b.at);
      return turns.at(-1)?.open ?? true;
    });
  }

  ageOf(one: Complaint, period: Period): string {
    const end = this.endOf(period);
    const hours = (+end - +one.receivedAt) / 3_600_000;
    if (hours <= 48) return 'UP_TO_2_DAYS';
    if (hours <= 168) return 'UP_TO_A_WEEK';
    return addCalendarMonth(one.receivedAt, 1, zone) >= end ? 'UP_TO_A_MONTH' : 'OVER_A_MONTH';
  }

  clocks(period: Period, kind?: string): Row {
    const due = this.cases
      .flatMap((one) => one.clocks)
      // What was missed before its case ended in this one was missed there.
      .filter(({ carriedAt, missedAt }) => !carriedAt || !missedAt || missedAt > carriedAt)
      .filter((one) => within(period, one.dueAt) && (kind === undefined || one.kind === kind));
    const missed = due.filter((one) => one.missedAt);
    const kept = due.filter((one) => one.metAt && !one.missedAt);
    return {
      kept: kept.length,
      missed: missed.length,
      undone: missed.filter((one) => !one.metAt && !one.lapsedAt).length,
      pending: due.filter((one) => !one.metAt && !one.missedAt && !one.lapsedAt).length,
      keptShare: percent(kept.length, kept.length + missed.length),
    };
  }

  points(period: Period): number[] {
    return this.cases
      .flatMap((one) => one.returnVisits)
      .filter(({ at }) => within(period, at))
      .map(({ satisfaction }) => satisfaction);
  }

  released(period: Period, why: string): number {
    return this.cases
      .flatMap((one) => one.returnVisitAttempts)
      .filter(({ at, release }) => release === why && within(period, at)).length;
  }

  mean(values: readonly number[]): string | null {
    if (values.length === 0) return null;
    return (values.reduce((sum, one) => sum + one, 0) / values.length).toFixed(2);
  }

  second(period: Period): Row {
    const once = this.received(period).filter((one) => one.resolutions.length > 0 && !one.joinedInto);
    return percent(once.filter((one) => one.reopenings.length > 0).length, once.length);
  }
}

describe('the regular report', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  let cases: Complaint[];
  let elsewhere: string;

  /** One after the other, by turns of everything that a case can have. */
  beforeAll(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-01-28 10:00');
    elsewhere = desk.theirs;
    const untouched: string[] = [];
    const tried = { channel: 'PHONE', obstacle: 'NO_ANSWER' };
    const decline = (id: string, customerId: string | null): Promise<unknown> =>
      desk.done(desk.lin, 'recordReturnVisitAttempt', {
        ...{ ...tried, id, customerId, obstacle: 'DECLINED', remarks: '不用回访' },
      });
    for (let n = 0; n < 48; n += 1) {
      const [month, date] = n < 20 ? [2, 1 + n] : [3, n - 19];
      await desk.until(`2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')} 09:30`);
      const { id, customerIds } = await desk.file(n % 3, {
        causeClass: `CLASS_${1 + (n % 3)}`,
        topic: ['LIFT', 'NOISE', 'WATER', 'PARKING'][n % 4],
        channel: ['PHONE', 'WEB', 'VISIT'][n % 3],
        facts: n % 7 === 0 ? ['LAWSUIT_LIKELY'] : n % 13 === 0 ? ['MEDIA_EXPOSURE'] : [],
      });
      if (n % 4 === 3) {
        untouched.push(id);
        continue;
      }
      await desk.acknowledge(id);
      if (n % 5 === 1)
        await desk.until(`2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')} 20:00`);
      await desk.answer(id);
      if (n % 7 === 0 || n % 13 === 0) await desk.fileForm(id);
      if (n % 4 === 2) continue;
      await desk.resolve(id);
      const customerId = customerIds[0] ?? null;
      const visit = { id, customerId, channel: 'PHONE', satisfaction: 1 + (n % 5) };
      if (n % 8 === 0) {
        for (const who of customerIds.length > 0 ? customerIds : [null]) await decline(id, who);
        continue;
      }
      await desk.done(desk.lin, 'recordReturnVisit', visit);
      if (1 + (n % 5) <= 2) continue;
      if (n % 7 !== 0 && n % 13 !== 0) {
        await desk.doClassDuties(id);
        await desk.done(desk.lin, 'closeComplaint', { id });
        if (n % 9 === 4) await desk.done(desk.lin, 'reopenComplaint', { id, reason: '又坏了' });
      }
    }
    const [goesOn, id] = untouched;
    await desk.done(desk.lin, 'joinComplaintInto', { id, intoComplaintId: goesOn, reason: '同一件事' });
    // One that came back and one whose reply was missed end in it as well; then it is resolved.
    const back = await desk.file(1);
    await desk.acknowledge(back.id);
    await desk.respond(back.id);
    await desk.resolve(back.id);
    const unhappy = { id: back.id, customerId: back.customerIds[0], channel: 'PHONE', satisfaction: 1 };
    await desk.done(desk.lin, 'recordReturnVisit', unhappy);
    const lost = await desk.file(1);
    await desk.acknowledge(lost.id);
    await desk.respond(lost.id);
    await desk.resolve(lost.id);
    const inVain = { ...tried, id: lost.id, customerId: lost.customerIds[0] };
    await desk.done(desk.lin, 'recordReturnVisitAttempt', inVain);
    const web = await desk.file(1, { channel: 'WEB' });
    await desk.until('2026-03-30 09:30');
    await desk.done(desk.lin, 'recordReturnVisitAttempt', inVain);
    for (const one of [back.id, web.id]) {
      const input = { id: one, intoComplaintId: goesOn, reason: '同一件事' };
      await desk.done(desk.lin, 'joinComplaintInto', input);
    }
    await desk.acknowledge(goesOn!);
    await desk.reply(goesOn!);
    await desk.resolve(goesOn!);
    const far = await desk.customers(1, elsewhere);
    await desk.done(desk.stranger, 'fileComplaint', {
      ...{ projectId: elsewhere, causeClass: 'CLASS_2', topic: 'LIFT', content: '漏水', channel: 'PHONE' },
      customerIds: far,
    });
    await desk.until('2026-03-31 18:00');
    await desk.done(desk.lin, 'recordReturnVisitAttempt', inVain);
    cases = await desk.service.dataSource.manager.find(Complaint);
  }, 180_000);

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function report(input: Row, who = desk.lin): Promise<Row> {
    return (await desk.read<{ complaintReport: Row }>(who, source, { input })).complaintReport;
  }

  /** Most first; what is as frequent as another is put in order by its name. */
  function inOrder(rows: readonly Row[]): Row[] {
    return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  function compared(
    keys: readonly string[] | null,
    key: string,
    now: Map<string, number>,
    before: Map<string, number>,
  ): Row[] {
    const all = keys ?? [...new Set([...now.keys(), ...before.keys()])];
    return all.map((name) => ({ [key]: name, current: now.get(name) ?? 0, previous: before.get(name) ?? 0 }));
  }

  function expected(of: readonly Complaint[], now: Date): Row {
    const hand = new HandCount(of, now);
    const both = (count: (period: Period) => number): Row => ({
      current: count(march),
      previous: count(february),
    });
    const by = (key: string, of: (one: Complaint) => string, keys: readonly string[] | null = null): Row[] =>
      compared(keys, key, tally(hand.received(march), of), tally(hand.received(february), of));
    const hours = (period: Period): string | null =>
      hand.mean(hand.resolved(period).map((one) => (+one.resolvedAt! - +one.receivedAt) / 3_600_000));
    const facts = (period: Period): Map<string, number> =>
      tally(
        hand.received(period).flatMap((one) => one.facts),
        ({ fact }) => fact,
      );
    return {
      received: both((period) => hand.received(period).length),
      receivedAndOpen: both(
        (period) => hand.received(period).filter((one) => !one.closedAt && !one.joinedInto).length,
      ),
      ofSeveralCustomers: both((period) => hand.received(period).filter((c) => c.members.length > 1).length),
      resolved: both((period) => hand.resolved(period).length),
      closed: both((period) => of.filter((one) => within(period, one.closedAt)).length),
      openAtEnd: both((period) => hand.openAtEnd(period).length),
      hoursToResolution: { current: hours(march), previous: hours(february) },
      byCauseClass: by('causeClass', (one) => one.causeClass, ['CLASS_1', 'CLASS_2', 'CLASS_3']),
      bySeverity: by('severity', (one) => one.severity, ['MAJOR', 'HOT', 'GENERAL']),
      byChannel: inOrder(by('channel', (one) => one.channel)),
      topics: inOrder(by('topic', (one) => one.topic)),
      causes: inOrder(
        by('cause', (one) => `${one.causeClass} ${one.topic}`).map(({ cause, current, previous }) => {
          const [causeClass, topic] = (cause as string).split(' ');
          return { causeClass, topic, current, previous };
        }),
      ),
      facts: inOrder(compared(null, 'fact', facts(march), facts(february))),
      ages: compared(
        ['UP_TO_2_DAYS', 'UP_TO_A_WEEK', 'UP_TO_A_MONTH', 'OVER_A_MONTH'],
        'age',
        tally(hand.openAtEnd(march), (one) => hand.ageOf(one, march)),
        tally(hand.openAtEnd(february), (one) => hand.ageOf(one, february)),
      ),
      clocks: inOrder(
        [...new Set(of.flatMap((one) => one.clocks).map(({ kind }) => kind))]
          .map((kind) => ({
            kind,
            current: hand.clocks(march, kind),
            previous: hand.clocks(february, kind),
          }))
          .filter(({ current, previous }) =>
            [current, previous].some(({ kept, missed, pending }) => kept || missed || pending),
          ),
      ),
      secondComplaints: { current: hand.second(march), previous: hand.second(february) },
      satisfaction: {
        visits: both((period) => hand.points(period).length),
        mean: { current: hand.mean(hand.points(march)), previous: hand.mean(hand.points(february)) },
        points: [1, 2, 3, 4, 5].map((points) => hand.points(march).filter((one) => one === points).length),
        declined: both((period) => hand.released(period, 'DECLINED')),
        unreachable: both((period) => hand.released(period, 'UNREACHABLE')),
      },
    };
  }

  function ordered({ projects, from, to, previousFrom, previousTo, ...figures }: Row): Row {
    expect([from, to, previousFrom, previousTo].every((one) => typeof one === 'string')).toBe(true);
    expect(Array.isArray(projects)).toBe(true);
    const lists = ['byChannel', 'topics', 'causes', 'facts', 'clocks'];
    return Object.fromEntries(
      Object.entries(figures).map(([key, value]) => [
        key,
        lists.includes(key) ? inOrder(value as Row[]) : value,
      ]),
    );
  }

  rule('CMP-16', 'each of its figures is what a count by hand gives, beside the month before', async () => {
    const ours = cases.filter(({ projectId }) => projectId === desk.ours);
    const made = await report(march);
    expect(made).toMatchObject({ previousFrom: '2026-02-01', previousTo: '2026-02-28' });
    const byHand = expected(ours, desk.clock.now());
    // Figures that were all nothing would prove nothing.
    const { received, closed, openAtEnd, satisfaction } = byHand;
    expect((satisfaction as Row)['unreachable']).toEqual({ current: 1, previous: 0 });
    for (const { current, previous } of [
      received,
      closed,
      openAtEnd,
      (satisfaction as Row)['visits'],
      (satisfaction as Row)['declined'],
    ] as Row[]) {
      expect([current, previous].map(Number).every((count) => count > 0)).toBe(true);
    }
    expect(ordered(made)).toEqual(byHand);
  });

  rule('CMP-16', 'it is of one project or of all that the reader has the right for', async () => {
    const everywhere = staff('GENERAL_MANAGER', desk.ours, elsewhere);
    expect(ordered(await report(march, everywhere))).toEqual(expected(cases, desk.clock.now()));
    const theirs = cases.filter(({ projectId }) => projectId === elsewhere);
    const one = await report({ ...march, projectIds: [elsewhere] }, everywhere);
    expect(ordered(one)).toEqual(expected(theirs, desk.clock.now()));
    const { projects } = (await report(march, everywhere)) as { projects: Row[] };
    expect(projects.map(({ projectId }) => projectId)).toEqual([desk.ours, elsewhere]);
    const hand = new HandCount(
      cases.filter(({ projectId }) => projectId === desk.ours),
      desk.clock.now(),
    );
    expect(projects[0]).toEqual({
      projectId: desk.ours,
      received: hand.received(march).length,
      hot: hand.received(march).filter(({ severity }) => severity === 'HOT').length,
      major: hand.received(march).filter(({ severity }) => severity === 'MAJOR').length,
      resolved: hand.resolved(march).length,
      openAtEnd: hand.openAtEnd(march).length,
      clocksKept: hand.clocks(march)['keptShare'],
      secondComplaints: hand.second(march),
      satisfaction: hand.mean(hand.points(march)),
    });
    await expect(report({ ...march, projectIds: [elsewhere] })).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
    await expect(report({ ...march, projectIds: [newId()] })).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
  });

  rule(['CMP-16', 'INS-04'], 'a BI reader has it, and it names nobody', async () => {
    const made = await report(march, staff('BI_READER', desk.ours));
    expect(ordered(made)).toEqual(ordered(await report(march)));
    const people = new Set([
      ...cases.flatMap((one) => [one.receivedBy, one.handlerId, ...one.customerIds]),
      desk.lin.staffId,
    ]);
    const text = JSON.stringify(made);
    expect([...people].filter((id) => id !== null && text.includes(id))).toEqual([]);
  });

  it('is not for everyone, and not of any period', async () => {
    for (const role of ['FRONT_DESK', 'LOBBY_GUARD', 'EMPLOYEE', 'FINANCE'] as const) {
      await expect(report(march, staff(role, desk.ours))).rejects.toMatchObject({
        extensions: { code: 'FORBIDDEN' },
      });
    }
    for (const input of [
      { from: '2026-03-02', to: '2026-03-01' },
      { from: '2025-01-01', to: '2026-01-02' },
    ]) {
      await expect(report(input)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });

  it('is empty where nothing happened', async () => {
    const made = await report({ from: '2020-01-01', to: '2020-12-31' });
    expect(made).toMatchObject({
      received: { current: 0, previous: 0 },
      clocks: [],
      projects: [],
      secondComplaints: { current: { part: 0, whole: 0, percent: null } },
    });
  });

  describe('on paper', () => {
    let server: RunningSubgraphServer;
    const people = new Map<string, Principal>();

    beforeAll(async () => {
      for (const [name, principal] of [
        ['lin', desk.lin],
        ['bi', staff('BI_READER', desk.ours)],
        ['guard', desk.guard],
      ] as const) {
        people.set(name, principal);
      }
      server = await startSubgraphServer({
        service: desk.service,
        port: 0,
        authenticate: async (authorization) => people.get(authorization?.slice(7) ?? '') ?? null,
        readiness: async () => ({ ready: true, details: {} }),
        logger: silentLogger,
      });
    });

    afterAll(() => server.close());

    function get(place: string, who: string | null = 'lin', headers: Record<string, string> = {}) {
      const address = new URL(`/files/complaints/${place}`, server.url);
      return fetch(address, { headers: { ...headers, ...(who && { authorization: `Bearer ${who}` }) } });
    }

    const asked = `from=${march.from}&to=${march.to}`;

    rule('CMP-16', 'as a PDF it shows the figures of the graph, in Chinese', async () => {
      const made = (await report({ ...march, projectIds: [desk.ours] })) as Record<string, Row[] & Row>;
      for (const who of ['lin', 'bi']) {
        const answer = await get(`report.pdf?${asked}&project=${desk.ours}`, who);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toBe('application/pdf');
        expect(answer.headers.get('content-disposition')).toBe(
          `attachment; filename="____-JX-2026-03.pdf"; filename*=UTF-8''${encodeURIComponent('投诉报告')}-JX-2026-03.pdf`,
        );
        const pages = pdfPages(Buffer.from(await answer.arrayBuffer())).map(withoutSpaces);
        const text = pages.join('');
        const rows: (string | number)[][] = [
          ['报告期', '2026-03-01至2026-03-31'],
          ['受理投诉', made['received']!['current'] as number, made['received']!['previous'] as number],
          ['期末未关闭', made['openAtEnd']!['current'] as number, made['openAtEnd']!['previous'] as number],
          ['回访次数', ...Object.values((made['satisfaction']!['visits'] ?? {}) as Row).map(Number)],
          ...made['clocks']!.map(({ kind, current }) => {
            const { kept, missed, undone, pending } = current as Record<string, number>;
            return [label('ComplaintClockKind', kind as string), kept!, missed!, undone!, pending!];
          }),
        ];
        expect(rows.length).toBeGreaterThan(5);
        for (const row of rows) expect(text).toContain(withoutSpaces(row.join('')));
        expect(text).toContain('客户投诉处理情况报告');
        expect(pages.at(-1)).toContain(`第${pages.length}页，共${pages.length}页`);
      }
    });

    it('is a page that carries its own style, in the language that is asked for', async () => {
      const zh = await get(`report.html?${asked}&project=${desk.ours}`);
      expect(zh.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(zh.headers.get('content-security-policy')).toContain("default-src 'none'");
      const html = await zh.text();
      expect(html).toContain('<html lang="zh-CN">');
      expect(html).toContain('<td>受理投诉</td>');
      const en = await (await get(`report.html?${asked}&language=en`)).text();
      expect(en).toContain('<td>Received</td>');
      const accepted = await get(`report.html?${asked}`, 'lin', { 'accept-language': 'en' });
      expect(await accepted.text()).toContain('<html lang="en">');
    });

    it.each([
      ['without a token', `report.pdf?${asked}`, null, 401, 'UNAUTHENTICATED'],
      ['without the right', `report.pdf?${asked}`, 'guard', 403, 'FORBIDDEN'],
      [
        'of a project that is not the reader’s',
        `report.html?${asked}&project=ELSEWHERE`,
        'lin',
        404,
        'NOT_FOUND',
      ],
      ['in a format that there is not', `report.docx?${asked}`, 'lin', 404, 'NOT_FOUND'],
      ['of no period', 'report.html', 'lin', 400, 'BAD_USER_INPUT'],
      ['of a period of years', 'report.html?from=2020-01-01&to=2026-01-01', 'lin', 400, 'BAD_USER_INPUT'],
      ['of what is no project', `report.html?${asked}&project=JX`, 'lin', 400, 'BAD_USER_INPUT'],
      ['in a language that it is not in', `report.html?${asked}&language=fr`, 'lin', 400, 'BAD_USER_INPUT'],
    ])('%s it is not', async (_name, place, who, status, code) => {
      const answer = await get(place.replace('ELSEWHERE', elsewhere), who);
      const { errors } = (await answer.json()) as { errors: { extensions: Row }[] };
      expect([answer.status, errors[0]!.extensions['code']]).toEqual([status, code]);
    });

    rule('CMP-16', 'a period that cannot be is named as the address has it', async () => {
      const answer = await get('report.html?from=2026-03-01&to=2025-03-01');
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        errors: [{ extensions: { problems: [{ field: 'to', expected: '2026-03-01 or later' }] } }],
      });
    });

    it('names all that is wrong with what is asked at once', async () => {
      const answer = await get('report.pdf?from=2026-02-30&language=fr&project=x');
      const { errors } = (await answer.json()) as { errors: { extensions: { problems: Row[] } }[] };
      expect(errors[0]!.extensions.problems.map(({ field }) => field)).toEqual([
        'from',
        'to',
        'project',
        'language',
      ]);
    });

    it('is not changed by anybody', async () => {
      const address = new URL(`/files/complaints/report.pdf?${asked}`, server.url);
      const answer = await fetch(address, { method: 'POST', headers: { authorization: 'Bearer lin' } });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    });
  });
});
