import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { AppraisalDesk } from './appraisal-desk';

const whole = `id status kind total periodFrom periodTo year schemeVersion announcedAt answerDueAt acknowledgedAt unansweredAt
  version staff { id } project { id } scheme { id } openedBy { id } items { item maximum left }
  deductions { sequence item points taken reason reducedTo byStaff { id } withdrawal { reason byStaff { id } } evidence { id } }
  commendations { sequence points reason withdrawal { reason } evidence { id } }
  appeal { reason appealedAt } appealDecision { outcome reason totalBefore byStaff { id } }
  cancellation { reason } history { command from to actor reason }`;

describe('checks and appraisals', () => {
  let database: TestDatabase;
  let desk: AppraisalDesk;

  beforeAll(async () => {
    database = await createTestDatabase('appraisal sheets');
    desk = await AppraisalDesk.open(database.url, silentLogger, '2026-03-31 17:00');
    await desk.schemes();
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  /** Each test has employees of its own. */
  async function employee(change: Parameters<AppraisalDesk['employ']>[1] = {}): Promise<string> {
    const staffId = newId();
    await desk.employ(staffId, change);
    return staffId;
  }
  const openInput = (staffId: string, change: Row = {}): Row => ({
    staffId,
    projectId: desk.ours,
    kind: 'MONTHLY',
    day: '2026-03-31',
    ...change,
  });
  async function sheet(change: Row = {}, staffId?: string): Promise<string> {
    const whom = staffId ?? (await employee());
    return (await desk.done(desk.qian, 'openAppraisal', openInput(whom, change)))['id'] as string;
  }
  const deduct = (id: string, change: Row = {}, who = desk.qian) =>
    desk.command(
      who,
      'deductPoints',
      { id, item: 'EFFICIENCY', points: '1', reason: '回复超时', ...change },
      whole,
      '... on DeductionExceedsItem { item points left maximum }',
    );

  rule(
    ['APR-02', 'APR-03'],
    'a sheet begins with full points, by the scheme of the employee’s level',
    async () => {
      const staffId = await employee();
      const opened = await desk.done(desk.qian, 'openAppraisal', openInput(staffId), whole);
      expect(opened).toMatchObject({
        status: 'OPEN',
        kind: 'MONTHLY',
        total: '100.00',
        periodFrom: '2026-03-01',
        periodTo: '2026-03-31',
        year: 2026,
        schemeVersion: 1,
        staff: { id: staffId },
        project: { id: desk.ours },
        openedBy: { id: desk.qian.staffId },
        history: [{ command: 'openAppraisal', from: null, to: 'OPEN', actor: desk.qian.staffId }],
      });
      expect((opened['items'] as Row[])[12]).toEqual({ item: 'EFFICIENCY', maximum: '7.5', left: '7.50' });
    },
  );

  rule('APR-02', 'an employee is scored by the position that he had when the period began', async () => {
    const input = {
      organisationId: desk.company,
      level: 'OPERATIONAL',
      position: 'GARDENER',
      effectiveFrom: '2026-01-01',
    };
    const { id: gardeners } = await desk.done(desk.quality, 'createScheme', input);
    await desk.until('2026-04-10 09:00');
    const staffId = await employee({ position: 'GARDENER' });
    await desk.until('2026-04-20 09:00');
    await desk.employ(staffId, { position: 'FRONT_DESK' });
    const month = await desk.done(
      desk.qian,
      'openAppraisal',
      openInput(staffId, { day: '2026-04-20' }),
      'scheme { id }',
    );
    expect(month).toEqual(expect.objectContaining({ scheme: { id: gardeners } }));
    const week = openInput(staffId, { kind: 'SPOT_CHECK', day: '2026-04-20' });
    expect((await desk.done(desk.qian, 'openAppraisal', week, 'scheme { id }'))['scheme']).not.toEqual({
      id: gardeners,
    });
  });

  rule('APR-03', 'deductions have reasons, and none takes an item below zero', async () => {
    const id = await sheet();
    expect(await deduct(id, { points: '5' })).toMatchObject({
      total: '95.00',
      deductions: [
        {
          sequence: 1,
          item: 'EFFICIENCY',
          points: '5.00',
          taken: '5.00',
          byStaff: { id: desk.qian.staffId },
        },
      ],
    });
    expect(await deduct(id, { points: '2.51' })).toMatchObject({
      code: 'DEDUCTION_EXCEEDS_ITEM',
      item: 'EFFICIENCY',
      points: '2.51',
      left: '2.50',
      maximum: '7.5',
    });
    expect(await deduct(id, { points: '0' })).toMatchObject({ code: 'DEDUCTION_NOT_POSITIVE' });
    expect(await deduct(id, { points: '-1' })).toMatchObject({ code: 'DEDUCTION_NOT_POSITIVE' });
    expect(await deduct(id, { points: '0.001' })).toMatchObject({ code: 'POINTS_NOT_VALID' });
    expect(await deduct(id, { reason: ' ' })).toMatchObject({ code: 'APPRAISAL_TEXT_MISSING' });
    expect(await deduct(id, { points: '2.50' })).toMatchObject({ total: '92.50' });
    const taken = { id, sequence: 1, reason: '记错人' };
    expect(await desk.done(desk.qian, 'withdrawDeduction', taken, whole)).toMatchObject({
      total: '97.50',
      deductions: [
        { taken: '0', withdrawal: { reason: '记错人', byStaff: { id: desk.qian.staffId } } },
        { taken: '2.50' },
      ],
    });
    expect(await desk.command(desk.qian, 'withdrawDeduction', taken)).toMatchObject({
      code: 'DEDUCTION_UNKNOWN',
    });
  });

  rule('APR-05', 'a commended act takes a month over 100; a check has none', async () => {
    const id = await sheet();
    await deduct(id, { points: '6' });
    const commend = (points: string, sheetId = id) =>
      desk.command(desk.qian, 'commendAct', { id: sheetId, points, reason: '拾金不昧' }, whole);
    expect(await commend('8')).toMatchObject({ total: '102.00', commendations: [{ points: '8.00' }] });
    expect(await commend('10.01')).toMatchObject({ code: 'COMMENDATION_OUT_OF_RANGE' });
    expect(await commend('0.99')).toMatchObject({ code: 'COMMENDATION_OUT_OF_RANGE' });
    const check = await sheet({ kind: 'WEEKLY_CHECK' });
    expect(await commend('1', check)).toMatchObject({ code: 'COMMENDATION_NOT_FOR_CHECK' });
    const back = { id, sequence: 1, reason: '重复' };
    expect(await desk.done(desk.qian, 'withdrawCommendation', back, 'total')).toMatchObject({
      total: '94.00',
    });
    expect(await desk.command(desk.qian, 'withdrawCommendation', back)).toMatchObject({
      code: 'COMMENDATION_UNKNOWN',
    });
  });

  rule('APR-11', 'nobody opens, scores, announces or gives up his own', async () => {
    expect(await desk.command(desk.qian, 'openAppraisal', openInput(desk.qian.staffId))).toMatchObject({
      code: 'APPRAISES_HIMSELF',
    });
    const { id } = await desk.done(desk.secondAppraiser, 'openAppraisal', openInput(desk.qian.staffId));
    expect(await deduct(id as string)).toMatchObject({ code: 'APPRAISES_HIMSELF' });
    for (const [command, input] of [
      ['commendAct', { points: '1', reason: '好' }],
      ['announceAppraisal', {}],
      ['cancelAppraisal', { reason: '错' }],
    ] as const) {
      expect(await desk.command(desk.qian, command, { id, ...input })).toMatchObject({
        code: 'APPRAISES_HIMSELF',
      });
    }
  });

  rule(
    'APR-03',
    'a period is appraised once, unless the sheet was given up; spot checks are free',
    async () => {
      const staffId = await employee();
      const id = await sheet({}, staffId);
      const again = () =>
        desk.command(
          desk.qian,
          'openAppraisal',
          openInput(staffId, { day: '2026-03-02' }),
          'id',
          '... on PeriodAlreadyAppraised { appraisalId from to }',
        );
      expect(await again()).toMatchObject({
        code: 'PERIOD_ALREADY_APPRAISED',
        appraisalId: id,
        from: '2026-03-01',
        to: '2026-03-31',
      });
      await desk.done(desk.qian, 'cancelAppraisal', { id, reason: '开错' });
      const answers = await Promise.all([again(), again(), again()]);
      expect(answers.map((answer) => answer['code'] ?? 'opened').sort()).toEqual([
        'PERIOD_ALREADY_APPRAISED',
        'PERIOD_ALREADY_APPRAISED',
        'opened',
      ]);
      const spot = openInput(staffId, { kind: 'SPOT_CHECK' });
      await desk.done(desk.qian, 'openAppraisal', spot);
      await desk.done(desk.qian, 'openAppraisal', spot);
    },
  );

  rule('APR-04', 'a period outside employment, to come, or without a scheme, is not appraised', async () => {
    const gone = await employee({ employed: false, employments: [{ from: '2025-07-01', to: '2026-02-28' }] });
    expect(
      await desk.command(
        desk.qian,
        'openAppraisal',
        openInput(gone),
        'id',
        '... on PeriodOutsideEmployment { employments { from to } }',
      ),
    ).toMatchObject({
      code: 'PERIOD_OUTSIDE_EMPLOYMENT',
      employments: [{ from: '2025-07-01', to: '2026-02-28' }],
    });
    await desk.done(desk.qian, 'openAppraisal', openInput(gone, { day: '2026-02-01' }));
    const staffId = await employee();
    expect(
      await desk.command(desk.qian, 'openAppraisal', openInput(staffId, { day: '2026-12-01' })),
    ).toMatchObject({
      code: 'PERIOD_NOT_BEGUN',
    });
    const long = await employee({ employments: [{ from: '2020-01-01', to: null }] });
    expect(
      await desk.command(desk.qian, 'openAppraisal', openInput(long, { day: '2024-03-01' })),
    ).toMatchObject({
      code: 'NO_SCHEME_IN_FORCE',
    });
  });

  rule('APR-11', 'a result is answered within 5 working days of the office; then it stands', async () => {
    await desk.until('2026-04-29 10:00');
    const staffId = await employee();
    const id = await sheet({}, staffId);
    const announced = await desk.done(desk.qian, 'announceAppraisal', { id }, whole);
    // Labour Day is 1 to 5 May, and Saturday 9 May is worked.
    expect(announced).toMatchObject({ status: 'ANNOUNCED', answerDueAt: iso('2026-05-09 10:00') });
    const own = { ...desk.zhou, staffId };
    await desk.until('2026-05-09 10:00');
    const read = `query($id: ID!) { appraisal(id: $id) { status unansweredAt history { command at } } }`;
    expect(await desk.read(own, read, { id })).toMatchObject({
      appraisal: { status: 'UNANSWERED', unansweredAt: iso('2026-05-09 10:00') },
    });
    expect(await desk.command(own, 'appealAppraisal', { id, reason: '不服' })).toMatchObject({
      code: 'ANSWER_TOO_LATE',
    });
    const [event] = await desk.rows(
      `select payload from outbox where aggregateid = $1 and type like 'appraisal-unanswered%'`,
      [id],
    );
    expect(event).toMatchObject({
      payload: { data: { staffId, at: iso('2026-05-09 10:00'), total: '100.00' } },
    });
  });

  rule('APR-11', 'the employee acknowledges, once', async () => {
    const staffId = await employee();
    const id = await sheet({}, staffId);
    const own = { ...desk.zhou, staffId };
    await desk.done(desk.qian, 'announceAppraisal', { id });
    expect(await desk.command(desk.qian, 'acknowledgeAppraisal', { id })).toMatchObject({
      code: 'NOT_THE_APPRAISED',
    });
    expect(await desk.done(own, 'acknowledgeAppraisal', { id }, 'status')).toMatchObject({
      status: 'ACKNOWLEDGED',
    });
    expect(await desk.command(own, 'acknowledgeAppraisal', { id })).toMatchObject({
      code: 'APPRAISAL_NOT_IN_REQUIRED_STATUS',
    });
    expect(await deduct(id)).toMatchObject({ code: 'APPRAISAL_NOT_IN_REQUIRED_STATUS' });
  });

  rule('APR-11', 'the quality centre decides appeals, not who had a hand in the result', async () => {
    const staffId = await employee();
    const id = await sheet({}, staffId);
    const own = { ...desk.zhou, staffId };
    await deduct(id, { points: '3' });
    await desk.done(desk.qian, 'announceAppraisal', { id });
    expect(await desk.command(own, 'appealAppraisal', { id, reason: '' })).toMatchObject({
      code: 'APPRAISAL_TEXT_MISSING',
    });
    await desk.done(own, 'appealAppraisal', { id, reason: '当时在抢修' });
    const decide = (input: Row, who = desk.quality) =>
      desk.command(who, 'decideAppeal', { id, reason: '属实', ...input }, whole);
    expect(await desk.fault(decide({ reductions: [] }, desk.qian))).toBe('FORBIDDEN');
    const both = { ...desk.qian, roles: [...desk.qian.roles, ...desk.quality.roles] };
    expect(await decide({ reductions: [] }, both)).toMatchObject({ code: 'APPEAL_DECIDED_BY_SCORER' });
    const himself = { ...desk.quality, staffId };
    expect(await decide({ reductions: [] }, himself)).toMatchObject({ code: 'APPRAISES_HIMSELF' });
    expect(await decide({ reductions: [{ sequence: 1, to: '3' }] })).toMatchObject({
      code: 'REDUCTION_NOT_LESS',
    });
    expect(await decide({ reductions: [{ sequence: 2, to: '0' }] })).toMatchObject({
      code: 'DEDUCTION_UNKNOWN',
    });
    expect(await decide({ reductions: [{ sequence: 1, to: '0.5' }] })).toMatchObject({
      status: 'APPEAL_DECIDED',
      total: '99.50',
      deductions: [{ points: '3.00', reducedTo: '0.50', taken: '0.50' }],
      appealDecision: {
        outcome: 'GRANTED',
        reason: '属实',
        totalBefore: '97.00',
        byStaff: { id: desk.quality.staffId },
      },
    });
  });

  it('refuses who has no right, and answers another project’s sheet like one that does not exist', async () => {
    const id = await sheet();
    for (const who of [desk.zhou, desk.quality, desk.auditor, desk.bi]) {
      expect(await desk.fault(deduct(id, {}, who))).toBe('FORBIDDEN');
    }
    expect(await desk.fault(deduct(id, {}, desk.strangersAppraiser))).toBe('NOT_FOUND');
    expect(await desk.fault(deduct(newId()))).toBe('NOT_FOUND');
    const theirs = openInput(desk.zhou.staffId);
    expect(await desk.fault(desk.command(desk.strangersAppraiser, 'openAppraisal', theirs))).toBe(
      'FORBIDDEN',
    );
    const elsewhere = openInput(desk.zhou.staffId, { projectId: desk.theirs });
    expect(await desk.fault(desk.command(desk.strangersAppraiser, 'openAppraisal', elsewhere))).toBe(
      'BAD_USER_INPUT',
    );
    const nowhere = openInput(desk.zhou.staffId, { projectId: null });
    expect(await desk.fault(desk.command(desk.qian, 'openAppraisal', nowhere))).toBe('FORBIDDEN');
  }, 20_000);

  it('appraises who serves the whole organisation in no project', async () => {
    const everywhere = { ...desk.qian, roles: [{ role: 'APPRAISER' as const, projectIds: 'ALL' as const }] };
    const staffId = await employee({ projectIds: [] });
    const input = openInput(staffId, { projectId: null });
    expect(await desk.done(everywhere, 'openAppraisal', input, 'project { id } total')).toMatchObject({
      project: null,
    });
    const ofProject = openInput(desk.zhou.staffId, { projectId: null });
    expect(await desk.fault(desk.command(everywhere, 'openAppraisal', ofProject))).toBe('BAD_USER_INPUT');
  });

  it('gives a repeated request its first answer, and tells of a lost race', async () => {
    const id = await sheet();
    const input = { id, item: 'ETHICS', points: '1', reason: '迟到', idempotencyKey: newId() };
    const first = await desk.done(desk.qian, 'deductPoints', input, 'total version');
    expect(await desk.done(desk.qian, 'deductPoints', input, 'total version')).toEqual(first);
    expect(await desk.fault(desk.command(desk.qian, 'deductPoints', { ...input, points: '2' }))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    expect(await desk.fault(deduct(id, { expectedVersion: 1 }))).toBe('CONFLICT');
  });

  rule('APR-03', 'of two deductions at the same instant none is lost, and none goes below zero', async () => {
    const id = await sheet();
    const answers = await Promise.all([deduct(id, { points: '4' }), deduct(id, { points: '4' })]);
    expect(answers.map((answer) => answer['code'] ?? answer['total']).sort()).toEqual([
      '96.00',
      'DEDUCTION_EXCEEDS_ITEM',
    ]);
  });
});
