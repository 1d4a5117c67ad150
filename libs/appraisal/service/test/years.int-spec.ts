import { periodsOfYear, type AppraisalKind } from '@anju/appraisal-rules';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import type { Row } from '@anju/testing-service';
import { AppraisalDesk, staff } from './appraisal-desk';

const whole = `id status year total excellent schemeVersion version staff { id } project { id } scheme { id } closedBy { id }
  parts { part share mean contribution counted { appraisalId total weight } }
  missing { kind from to reason } corrections { reason totalBefore byStaff { id } } history { command reason }`;

describe('totals of years', () => {
  let database: TestDatabase;
  let desk: AppraisalDesk;

  beforeAll(async () => {
    database = await createTestDatabase('appraisal years');
    desk = await AppraisalDesk.open(database.url, silentLogger, '2027-01-04 09:00');
    await desk.schemes();
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function employee(
    employments = [{ from: '2020-01-01', to: null as string | null }],
  ): Promise<string> {
    const staffId = newId();
    await desk.employ(staffId, { employments });
    return staffId;
  }

  /** A sheet of the n-th period of 2026 with this total, through the graph; acknowledged unless told. */
  async function sheet(
    staffId: string,
    kind: AppraisalKind,
    total: string,
    n = 1,
    final = true,
  ): Promise<string> {
    const day = periodsOfYear(kind, 2026)[n - 1]!.from;
    const opening = { staffId, projectId: desk.ours, kind, day };
    const id = (await desk.done(desk.qian, 'openAppraisal', opening))['id'] as string;
    let off = Math.round((100 - Number(total)) * 100);
    if (off < 0) {
      const bonus = { id, points: (-off / 100).toFixed(2), reason: '嘉奖' };
      await desk.done(desk.qian, 'commendAct', bonus);
    }
    for (const item of ['PROFESSIONAL', 'ORGANISING', 'MANAGING']) {
      const points = Math.min(off, 750);
      if (points <= 0) break;
      await desk.done(desk.qian, 'deductPoints', {
        id,
        item,
        points: (points / 100).toFixed(2),
        reason: '不足',
      });
      off -= points;
    }
    await desk.done(desk.qian, 'announceAppraisal', { id });
    if (final) await desk.done(staff('EMPLOYEE', [desk.ours], staffId), 'acknowledgeAppraisal', { id });
    return id;
  }

  const closing = (staffId: string, change: Row = {}): Row => ({
    staffId,
    projectId: desk.ours,
    year: 2026,
    ...change,
  });
  const close = (staffId: string, change: Row = {}, who = desk.quality) =>
    desk.command(
      who,
      'closeAppraisalYear',
      closing(staffId, change),
      whole,
      `... on YearSheetsNotFinal { appraisalIds } ... on YearPartsWithoutScore { withoutScore }
       ... on YearAlreadyClosed { appraisalYearId }`,
    );

  async function exampleOf(staffId: string): Promise<void> {
    for (const [kind, totals] of [
      ['WEEKLY_CHECK', ['95', '88']],
      ['MONTHLY_CHECK', ['92', '90']],
      ['MONTHLY', ['93', '101.5', '97']],
      ['YEAR_END', ['96']],
    ] as const) {
      for (const [index, total] of totals.entries()) await sheet(staffId, kind, total, index + 1);
    }
  }

  rule(
    'APR-04',
    'checks 95, 88, 92, 90; months 93, 101.5, 97; year-end 96; equal weights: 18.25 + 29.15 + 48.00 = 95.40',
    async () => {
      const staffId = await employee();
      await exampleOf(staffId);
      const spot = { staffId, projectId: desk.ours, kind: 'SPOT_CHECK', day: '2026-05-05' };
      await desk.done(desk.qian, 'openAppraisal', spot);
      const closed = await close(staffId);
      expect(closed).toMatchObject({
        status: 'CLOSED',
        year: 2026,
        total: '95.40',
        excellent: false,
        staff: { id: staffId },
        closedBy: { id: desk.quality.staffId },
        parts: [
          { part: 'CHECKS', share: '20', mean: '91.25', contribution: '18.25' },
          { part: 'MONTHS', share: '30', mean: '97.17', contribution: '29.15' },
          { part: 'YEAR_END', share: '50', mean: '96.00', contribution: '48.00' },
        ],
      });
      const missing = closed['missing'] as { kind: string; from: string; reason: string }[];
      expect(missing.filter(({ kind }) => kind === 'MONTHLY').map(({ from }) => from)).toEqual(
        ['04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2026-${month}-01`),
      );
      expect(new Set(missing.map(({ reason }) => reason))).toEqual(new Set(['NOT_APPRAISED']));
      expect(await close(staffId)).toMatchObject({
        code: 'YEAR_ALREADY_CLOSED',
        appraisalYearId: closed['id'],
      });
    },
  );

  async function standardYear(staffId: string, yearEnd: string): Promise<void> {
    await sheet(staffId, 'WEEKLY_CHECK', '100');
    await sheet(staffId, 'MONTHLY', '100');
    const id = await sheet(staffId, 'YEAR_END', '100', 1, false);
    // A hundredth more than a commendation can give is put into the table, to stand on the boundary.
    await desk.rows(`update appraisal set total = $2 where id = $1`, [id, yearEnd]);
    await desk.done(staff('EMPLOYEE', [desk.ours], staffId), 'acknowledgeAppraisal', { id });
  }

  rule.each([
    { yearEnd: '100.00', total: '100.00', excellent: false },
    { yearEnd: '100.02', total: '100.01', excellent: true },
  ])('APR-05', 'a total of $total: excellent is $excellent', async ({ yearEnd, total, excellent }) => {
    const staffId = await employee();
    await standardYear(staffId, yearEnd);
    expect(await close(staffId)).toMatchObject({ total, excellent });
    const source = `query($f: AppraisalYearFilter) { appraisalYears(filter: $f) { totalCount } }`;
    const f = { staffId, year: 2026, excellent: true };
    expect(await desk.read(desk.quality, source, { f })).toEqual({
      appraisalYears: { totalCount: excellent ? 1 : 0 },
    });
  });

  rule('APR-05', 'month 94 with a commendation of 8: month 102', async () => {
    const staffId = await employee();
    const id = await sheet(staffId, 'MONTHLY', '94', 1, false);
    expect(await desk.command(desk.qian, 'commendAct', { id, points: '8', reason: '好' })).toMatchObject({
      code: 'APPRAISAL_NOT_IN_REQUIRED_STATUS',
    });
    const february = { staffId, projectId: desk.ours, kind: 'MONTHLY', day: '2026-02-01' };
    const { id: month } = await desk.done(desk.qian, 'openAppraisal', february);
    await desk.done(desk.qian, 'deductPoints', { id: month, item: 'EFFICIENCY', points: '6', reason: '慢' });
    expect(
      await desk.done(desk.qian, 'commendAct', { id: month, points: '8', reason: '好' }, 'total'),
    ).toMatchObject({
      total: '102.00',
    });
  });

  rule('APR-04', 'no total while a sheet may still change, or a part has no score', async () => {
    const staffId = await employee();
    await sheet(staffId, 'WEEKLY_CHECK', '90');
    await sheet(staffId, 'MONTHLY', '90');
    expect(await close(staffId)).toMatchObject({
      code: 'YEAR_PARTS_WITHOUT_SCORE',
      withoutScore: ['YEAR_END'],
    });
    const open = await sheet(staffId, 'YEAR_END', '90', 1, false);
    expect(await close(staffId)).toMatchObject({ code: 'YEAR_SHEETS_NOT_FINAL', appraisalIds: [open] });
  });

  rule('APR-04', 'periods before joining and on leave are left out and shown with why', async () => {
    const staffId = await employee([{ from: '2026-03-16', to: null }]);
    await sheet(staffId, 'WEEKLY_CHECK', '90', 20);
    await sheet(staffId, 'MONTHLY', '90', 12);
    await sheet(staffId, 'YEAR_END', '90');
    const leaves = [{ from: '2026-05-01', to: '2026-06-15' }];
    const closed = await close(staffId, { leaves });
    const months = (closed['missing'] as Row[]).filter(({ kind }) => kind === 'MONTHLY');
    expect(closed['total']).toBe('90.00');
    expect(months.slice(0, 6).map(({ reason }) => reason)).toEqual([
      'NOT_EMPLOYED',
      'NOT_EMPLOYED',
      'NOT_APPRAISED',
      'NOT_APPRAISED',
      'ON_LEAVE',
      'NOT_APPRAISED',
    ]);
    const wrong = { leaves: [{ from: '2026-06-15', to: '2026-05-01' }] };
    expect(await desk.fault(close(await employee(), wrong))).toBe('BAD_USER_INPUT');
  });

  rule('APR-04', 'what is added later is a correction, with its reason; the old total is kept', async () => {
    const staffId = await employee();
    await exampleOf(staffId);
    const { id } = await close(staffId);
    const correct = (reason: string) =>
      desk.command(desk.quality, 'correctAppraisalYear', { id, reason }, whole);
    expect(await correct('没有变化')).toMatchObject({ code: 'YEAR_TOTAL_UNCHANGED' });
    await sheet(staffId, 'MONTHLY', '100', 4);
    expect(await correct(' ')).toMatchObject({ code: 'APPRAISAL_TEXT_MISSING' });
    expect(await correct('补录四月')).toMatchObject({
      status: 'CORRECTED',
      total: '95.61',
      corrections: [{ reason: '补录四月', totalBefore: '95.40', byStaff: { id: desk.quality.staffId } }],
      history: [{ command: 'closeAppraisalYear' }, { command: 'correctAppraisalYear', reason: '补录四月' }],
    });
  });

  rule('APR-11', 'nobody closes his own year, nor one outside employment', async () => {
    expect(await close(desk.quality.staffId)).toMatchObject({ code: 'APPRAISES_HIMSELF' });
    const gone = await employee([{ from: '2020-01-01', to: '2025-12-31' }]);
    expect(await close(gone)).toMatchObject({ code: 'PERIOD_OUTSIDE_EMPLOYMENT' });
    expect(await close(await employee(), { year: 2024 })).toMatchObject({ code: 'NO_SCHEME_IN_FORCE' });
    expect(await desk.fault(close(await employee(), { year: 1492 }))).toBe('BAD_USER_INPUT');
    for (const who of [desk.qian, desk.zhou, desk.auditor, desk.strangersQuality]) {
      expect(await desk.fault(close(await employee(), {}, who))).toBe('FORBIDDEN');
    }
  });

  rule('APR-04', 'of two who close a year at the same instant one is refused', async () => {
    const staffId = await employee();
    await standardYear(staffId, '98.00');
    const answers = await Promise.all([close(staffId), close(staffId)]);
    expect(answers.map((answer) => answer['code'] ?? answer['total']).sort()).toEqual([
      '99.00',
      'YEAR_ALREADY_CLOSED',
    ]);
  });
});
