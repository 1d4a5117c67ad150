import { complaintsEvents, receptionEvents, salesEvents, type EventData } from '@anju/events';
import { newId } from '@anju/kernel';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { AppraisalDesk } from './appraisal-desk';

const whole = `id status kind context subjectId detail satisfaction occurredAt arrivedAt withdrawnAt
  suggestion { direction item points } views { text statedAt } staff { id } project { id }
  decision { reason decidedAt scored { direction item points } byStaff { id } }
  appraisal { id total } history { command from to actor reason }`;

const inOrder = (lines: readonly (readonly unknown[])[]): string[] =>
  lines.map((line) => JSON.stringify(line)).sort();

describe('evidence', () => {
  let database: TestDatabase;
  let desk: AppraisalDesk;
  let happened: { projectId: string; at: string };

  beforeAll(async () => {
    database = await createTestDatabase('appraisal evidence');
    desk = await AppraisalDesk.open(database.url, silentLogger, '2026-03-02 15:00');
    happened = { projectId: desk.ours, at: iso('2026-03-02 15:00') };
    await desk.schemes();
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function employee(): Promise<string> {
    const staffId = newId();
    await desk.employ(staffId);
    return staffId;
  }

  async function evidenceOn(staffId: string, who = desk.qian): Promise<Row[]> {
    const source = `query($f: EvidenceFilter) { evidenceList(filter: $f) { nodes { ${whole} } } }`;
    const data = await desk.read<{ evidenceList: { nodes: Row[] } }>(who, source, { f: { staffId } });
    return data.evidenceList.nodes;
  }

  const complaint = (complaintId: string) => ({
    ...happened,
    complaintId,
    causeClass: 'CLASS_1' as const,
    severity: 'GENERAL' as const,
  });

  function clockMissed(
    handlerId: string | null,
    change: Partial<EventData<typeof complaintsEvents.complaintClockMissed>> = {},
    eventId = newId(),
  ): Promise<void> {
    const complaintId = newId();
    const data = {
      ...complaint(complaintId),
      clock: 'RESPONSE' as const,
      sequence: 1,
      forSeverity: null,
      startedAt: iso('2026-02-27 15:00'),
      dueAt: iso('2026-03-02 15:00'),
      responsibleDepartment: 'EQUIPMENT',
      handlerId,
      ...change,
    };
    return desk.hear(complaintsEvents.complaintClockMissed, data.complaintId, data, eventId);
  }

  rule(
    'APR-10',
    'a missed clock arrives at its handler’s, with a suggestion, and scores nothing',
    async () => {
      const staffId = await employee();
      await clockMissed(staffId);
      expect(await evidenceOn(staffId)).toMatchObject([
        {
          status: 'SUGGESTED',
          kind: 'CLOCK_MISSED',
          context: 'complaints',
          detail: 'RESPONSE',
          occurredAt: iso('2026-03-02 15:00'),
          suggestion: { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1' },
          project: { id: desk.ours },
          decision: null,
          appraisal: null,
        },
      ]);
      const [{ count }] = (await desk.rows('select count(*)::int from appraisal')) as [{ count: number }];
      expect(count).toBe(0);
    },
  );

  rule(
    'APR-10',
    'an event that comes again, also from the log’s beginning, makes no second evidence',
    async () => {
      const staffId = await employee();
      const complaintId = newId();
      const eventId = newId();
      await clockMissed(staffId, { complaintId }, eventId);
      await clockMissed(staffId, { complaintId }, eventId);
      await desk.service.consumers.find(({ name }) => name === 'appraisal.evidence')!.forget();
      await clockMissed(staffId, { complaintId }, eventId);
      expect(await evidenceOn(staffId)).toHaveLength(1);
    },
  );

  rule('APR-10', 'what nobody had in hand is nobody’s evidence', async () => {
    const before = await desk.rows('select count(*) from evidence');
    await clockMissed(null);
    await clockMissed('system:deadline');
    expect(await desk.rows('select count(*) from evidence')).toEqual(before);
  });

  rule('APR-10', 'the events of the other services arrive at the employee concerned', async () => {
    const staffId = await employee();
    const interactionId = newId();
    const order = { workOrderId: newId(), interactionId, unitId: null, departmentCode: 'EQUIPMENT' };
    await desk.hear(receptionEvents.workOrderBreached, order.workOrderId, {
      ...happened,
      ...order,
      technicianId: staffId,
      companyMoves: 1,
      missedAppointments: 2,
      escalatedTo: 'SERVICE_SUPERVISOR',
    });
    await desk.hear(receptionEvents.partnerLate, newId(), {
      ...happened,
      followUpId: newId(),
      interactionId,
      ownerId: staffId,
      partnerId: newId(),
      promisedAt: happened.at,
    });
    await desk.hear(receptionEvents.customerUninformed, interactionId, {
      ...happened,
      interactionId,
      ownerId: staffId,
      class: 'VENDOR',
      silentSinceAt: iso('2026-02-28 15:00'),
    });
    await desk.hear(receptionEvents.staffPraised, newId(), {
      ...happened,
      by: desk.zhou.staffId,
      praiseId: newId(),
      interactionId,
      staffId,
      customerId: null,
    });
    const leadId = newId();
    await desk.hear(salesEvents.leadUnderFollowed, leadId, {
      ...happened,
      leadId,
      consultantId: staffId,
      kind: 'VISIT',
      followUps: 1,
      required: 3,
    });
    const complaintId = newId();
    for (const satisfaction of [4, 5, 1]) {
      await desk.hear(complaintsEvents.returnVisitRecorded, complaintId, {
        ...complaint(complaintId),
        by: desk.zhou.staffId,
        customerId: null,
        channel: 'PHONE',
        satisfaction,
        dissatisfied: satisfaction < 3,
        ledToComplaintId: null,
        resolvedAt: happened.at,
        handlerId: staffId,
      });
    }
    const arrived = (await evidenceOn(staffId)).map(
      ({ kind, detail, subjectId, satisfaction, suggestion }) => {
        const { direction, item, points } = (suggestion ?? {}) as Row;
        return [kind, subjectId, detail ?? satisfaction, direction, item, points].map((each) => each ?? null);
      },
    );
    expect(inOrder(arrived)).toEqual(
      inOrder([
        ['APPOINTMENT_BREACHED', order.workOrderId, null, 'DEDUCTION', 'EFFICIENCY', '2'],
        ['PARTNER_LATE', interactionId, null, null, null, null],
        ['CLOCK_MISSED', interactionId, 'CUSTOMER_UNINFORMED', 'DEDUCTION', 'EFFICIENCY', '1'],
        ['PRAISE', interactionId, null, 'ADDITION', null, '1'],
        ['LEAD_UNDER_FOLLOWED', leadId, null, 'DEDUCTION', 'INITIATIVE', '1'],
        ['RETURN_VISIT_SCORE', complaintId, 4, null, null, null],
        ['RETURN_VISIT_SCORE', complaintId, 5, 'ADDITION', null, '1'],
        ['RETURN_VISIT_SCORE', complaintId, 1, 'DEDUCTION', 'WORK_EFFECT', '1'],
      ]),
    );
  });

  it('comes also before the project that it happened in is known', async () => {
    const staffId = await employee();
    await clockMissed(staffId, { projectId: newId() });
    const everywhere = { ...desk.qian, roles: [{ role: 'APPRAISER' as const, projectIds: 'ALL' as const }] };
    expect(await evidenceOn(staffId, everywhere)).toHaveLength(1);
  });

  async function receive(
    change: Partial<EventData<typeof complaintsEvents.complaintReceived>>,
  ): Promise<string> {
    const complaintId = newId();
    await desk.hear(complaintsEvents.complaintReceived, complaintId, {
      ...complaint(complaintId),
      by: desk.zhou.staffId,
      number: 'JX-C20260302-001',
      severityReasons: [],
      facts: [],
      topic: 'ATTITUDE',
      unitId: null,
      buildingId: null,
      channel: 'PHONE',
      receivedAt: happened.at,
      customerIds: [],
      groupSize: 0,
      interactionIds: [],
      responsibleDepartment: null,
      handlerId: null,
      namedStaffIds: [],
      cameFromComplaintId: null,
      responseDueAt: happened.at,
      demandFormDueAt: null,
      answersNeedApproval: false,
      becomesHotAt: happened.at,
      becomesMajorAt: happened.at,
      ...change,
    });
    return complaintId;
  }
  const name = (complaintId: string, staffIds: string[], id = newId()) =>
    desk.hear(
      complaintsEvents.complaintStaffNamed,
      complaintId,
      { ...happened, complaintId, by: desk.zhou.staffId, staffIds },
      id,
    );
  const reclass = (complaintId: string, from: 'CLASS_1' | 'CLASS_2', to: 'CLASS_1' | 'CLASS_2') =>
    desk.hear(complaintsEvents.complaintCauseClassChanged, complaintId, {
      ...happened,
      complaintId,
      by: desk.zhou.staffId,
      from,
      to,
    });
  const statuses = async (staffId: string) =>
    (await evidenceOn(staffId)).map(({ kind, status }) => `${kind as string} ${status as string}`).sort();

  rule(['APR-10', 'CMP-01'], 'class-1 complaints naming an employee, whichever is known first', async () => {
    const [one, two, three] = [await employee(), await employee(), await employee()];
    const named = ['NAMED_IN_CLASS_1_COMPLAINT SUGGESTED'];
    const complaintId = await receive({ namedStaffIds: [one] });
    expect(await statuses(one)).toEqual(named);
    await name(complaintId, [two]);
    expect(await statuses(two)).toEqual(named);
    expect(await statuses(one)).toEqual(named);
    const other = await receive({ causeClass: 'CLASS_2' });
    await name(other, [three]);
    expect(await statuses(three)).toEqual([]);
    await reclass(other, 'CLASS_2', 'CLASS_1');
    expect(await statuses(three)).toEqual(named);
  });

  rule('APR-10', 'a class that was wrong takes back what nobody has decided on', async () => {
    const [one, two] = [await employee(), await employee()];
    const complaintId = await receive({ namedStaffIds: [one, two] });
    const [{ id }] = (await evidenceOn(two)) as [Row];
    await desk.done(desk.qian, 'dismissEvidence', { id, reason: '与本人无关' });
    await reclass(complaintId, 'CLASS_1', 'CLASS_2');
    expect(await statuses(one)).toEqual(['NAMED_IN_CLASS_1_COMPLAINT WITHDRAWN']);
    expect(await statuses(two)).toEqual(['NAMED_IN_CLASS_1_COMPLAINT DISMISSED']);
    await reclass(complaintId, 'CLASS_2', 'CLASS_1');
    expect(await statuses(one)).toEqual([
      'NAMED_IN_CLASS_1_COMPLAINT SUGGESTED',
      'NAMED_IN_CLASS_1_COMPLAINT WITHDRAWN',
    ]);
    expect(await statuses(two)).toEqual(['NAMED_IN_CLASS_1_COMPLAINT DISMISSED']);
  });

  /** Evidence of 2 March and an open month that it may be scored on. */
  async function toScore(): Promise<{ staffId: string; id: string; appraisalId: string }> {
    const staffId = await employee();
    await clockMissed(staffId);
    const [{ id }] = (await evidenceOn(staffId)) as [Row];
    const month = { staffId, projectId: desk.ours, kind: 'MONTHLY', day: '2026-03-02' };
    const { id: appraisalId } = await desk.done(desk.qian, 'openAppraisal', month);
    return { staffId, id: id as string, appraisalId: appraisalId as string };
  }
  const scoring = (id: string, appraisalId: string, change: Row = {}): Row => ({
    ...{ id, appraisalId, direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1.5', reason: '属实' },
    ...change,
  });

  rule('APR-10', 'a reviewer’s score is on the evidence and on the sheet, or on neither', async () => {
    const { id, appraisalId } = await toScore();
    const refused = scoring(id, appraisalId, { points: '8' });
    expect(await desk.command(desk.qian, 'scoreEvidence', refused)).toMatchObject({
      code: 'DEDUCTION_EXCEEDS_ITEM',
    });
    expect(await desk.done(desk.qian, 'scoreEvidence', scoring(id, appraisalId), whole)).toMatchObject({
      status: 'SCORED',
      decision: {
        reason: '属实',
        scored: { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1.5' },
        byStaff: { id: desk.qian.staffId },
      },
      appraisal: { id: appraisalId, total: '98.50' },
    });
    const sheet = `query($id: ID!) { appraisal(id: $id) { total evidence { totalCount nodes { id } } deductions { points reason evidence { id } byStaff { id } } } }`;
    expect(await desk.read(desk.qian, sheet, { id: appraisalId })).toEqual({
      appraisal: {
        total: '98.50',
        evidence: { totalCount: 1, nodes: [{ id }] },
        deductions: [
          { points: '1.50', reason: '属实', evidence: { id }, byStaff: { id: desk.qian.staffId } },
        ],
      },
    });
    expect(await desk.command(desk.qian, 'cancelAppraisal', { id: appraisalId, reason: '错' })).toMatchObject(
      {
        code: 'APPRAISAL_KEEPS_EVIDENCE',
      },
    );
  });

  rule('APR-10', 'of two reviewers at the same instant one decides', async () => {
    const { id, appraisalId } = await toScore();
    const answers = await Promise.all([
      desk.command(desk.qian, 'scoreEvidence', scoring(id, appraisalId)),
      desk.command(desk.secondAppraiser, 'scoreEvidence', scoring(id, appraisalId)),
      desk.command(desk.secondAppraiser, 'dismissEvidence', { id, reason: '不属实' }),
    ]);
    const codes = answers.map((answer) => answer['code'] ?? 'decided').sort();
    expect(codes).toEqual(['EVIDENCE_NOT_IN_REQUIRED_STATUS', 'EVIDENCE_NOT_IN_REQUIRED_STATUS', 'decided']);
    const [row] = await desk.rows(
      `select jsonb_array_length(a.deductions) as deductions, (e.status = 'SCORED')::int as scored
       from evidence e, appraisal a where e.id = $1 and a.id = $2`,
      [id, appraisalId],
    );
    expect(row!['deductions']).toBe(row!['scored']);
  });

  rule(
    'APR-10',
    'it is scored on the employee’s open sheet of the time, and praise on no check',
    async () => {
      const { staffId, id, appraisalId } = await toScore();
      const other = await toScore();
      const score = (change: Row) =>
        desk.command(desk.qian, 'scoreEvidence', scoring(id, appraisalId, change));
      expect(await score({ appraisalId: other.appraisalId })).toMatchObject({
        code: 'EVIDENCE_NOT_OF_EMPLOYEE',
      });
      const before = { staffId, projectId: desk.ours, kind: 'MONTHLY', day: '2026-02-02' };
      const { id: february } = await desk.done(desk.qian, 'openAppraisal', before);
      const sheet = `query($id: ID!) { appraisal(id: $id) { evidence { totalCount } } }`;
      expect(await desk.read(desk.qian, sheet, { id: february })).toEqual({
        appraisal: { evidence: { totalCount: 0 } },
      });
      expect(await score({ appraisalId: february })).toMatchObject({ code: 'EVIDENCE_OUTSIDE_PERIOD' });
      const check = { ...before, kind: 'WEEKLY_CHECK', day: '2026-03-02' };
      const { id: week } = await desk.done(desk.qian, 'openAppraisal', check);
      const addition = { appraisalId: week, direction: 'ADDITION', item: null, points: '1' };
      expect(await score(addition)).toMatchObject({ code: 'COMMENDATION_NOT_FOR_CHECK' });
      expect(await score({ reason: ' ' })).toMatchObject({ code: 'APPRAISAL_TEXT_MISSING' });
      expect(await desk.fault(score({ item: null }))).toBe('BAD_USER_INPUT');
      expect(await desk.fault(score({ appraisalId: newId() }))).toBe('NOT_FOUND');
      await desk.done(desk.qian, 'announceAppraisal', { id: appraisalId });
      expect(await score({})).toMatchObject({ code: 'SHEET_NOT_OPEN' });
    },
  );

  rule('APR-11', 'nobody reviews what is told of himself', async () => {
    await clockMissed(desk.qian.staffId);
    const [{ id }] = (await evidenceOn(desk.qian.staffId)) as [Row];
    expect(await desk.command(desk.qian, 'dismissEvidence', { id, reason: '没事' })).toMatchObject({
      code: 'APPRAISES_HIMSELF',
    });
    const month = { staffId: desk.qian.staffId, projectId: desk.ours, kind: 'MONTHLY', day: '2026-03-02' };
    const { id: appraisalId } = await desk.done(desk.secondAppraiser, 'openAppraisal', month);
    const own = scoring(id as string, appraisalId as string);
    expect(await desk.command(desk.qian, 'scoreEvidence', own)).toMatchObject({ code: 'APPRAISES_HIMSELF' });
  });

  rule(
    'APR-10',
    'the employee says how he sees it until it is decided, and nobody says it for him',
    async () => {
      const { staffId, id, appraisalId } = await toScore();
      const own = { ...desk.zhou, staffId };
      const say = (who: typeof own, text = '电梯困人，先去救人') =>
        desk.command(who, 'stateEvidenceView', { id, text }, whole);
      expect(await say(own)).toMatchObject({ status: 'SUGGESTED', views: [{ text: '电梯困人，先去救人' }] });
      expect(await say(own, ' ')).toMatchObject({ code: 'APPRAISAL_TEXT_MISSING' });
      expect(await say(desk.qian)).toMatchObject({ code: 'EVIDENCE_NOT_OF_EMPLOYEE' });
      expect(await desk.fault(say(desk.lin))).toBe('NOT_FOUND');
      await desk.done(desk.qian, 'scoreEvidence', scoring(id, appraisalId));
      expect(await say(own)).toMatchObject({ code: 'EVIDENCE_NOT_IN_REQUIRED_STATUS' });
      const [event] = await desk.rows(
        `select payload->'data' as data from outbox where aggregateid = $1 and type like 'evidence-view-stated%'`,
        [id],
      );
      expect(JSON.stringify(event)).not.toContain('电梯');
    },
  );

  it('is reviewed by appraisers of the project alone', async () => {
    const { id, appraisalId } = await toScore();
    for (const who of [desk.zhou, desk.quality, desk.auditor, desk.bi]) {
      expect(await desk.fault(desk.command(who, 'dismissEvidence', { id, reason: '无' }))).toBe('FORBIDDEN');
    }
    const score = scoring(id, appraisalId);
    expect(await desk.fault(desk.command(desk.strangersAppraiser, 'scoreEvidence', score))).toBe('NOT_FOUND');
  });
});
