import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

const workFields = `
  id number status severity causeClass urgingCount replyAwaits
  replies { sequence audience status generalManagerAsked ladder withdrawnBecause
    revisions { revision text byStaff { id } } sent { at byStaff { id } }
    steps { approver revision askedAt decidedAt by verdict reason voidedAt waitedMinutes } }
  responses { text channel byStaff { id } }
  notices { sequence kind to department way text sentAt byStaff { id } }
  coordinator { id } offeredTo { id } handler { id } responsibleDepartment
  companyForms { sequence issuedAt finishAt demand measures { at text } result { at text } }
  documents { document number version sentAt sentTo receipts { recipient at signedBy byStaff { id } } }
  classDuties { duty recipient isDone }
  handOvers { sequence toHandlerId outcome answer byStaff { id } }
  urgings { customerId channel note } returnVisitAttempts { obstacle release }
  members { customer { id } } interactions { id } namedStaff { id } facts { fact }
  linkedCases { relation complaintId } joinedInto { complaintId reason byStaff { id } }
  splits { complaintId reason members { customer { id } } }
  clocks { kind status dueAt } ageing { becomesHotAt }
  history { command from to }
`;

describe('the work on complaints', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;

  async function begin(at: string): Promise<void> {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, at);
  }

  afterEach(async () => {
    await desk.close();
    await database.drop();
  });

  async function read(id: string, who = desk.lin): Promise<Row> {
    const data = await desk.read(who, `query($id: ID!) { complaint(id: $id) { ${workFields} } }`, { id });
    return data['complaint'] as Row;
  }

  async function listed(filter: Row, who: typeof desk.lin): Promise<unknown[]> {
    const source = 'query($filter: ComplaintFilter) { complaints(filter: $filter) { nodes { id } } }';
    const data = await desk.read<{ complaints: { nodes: Row[] } }>(who, source, { filter });
    return data.complaints.nodes.map(({ id }) => id);
  }

  const typesOf = async (id: string) => (await desk.published(id)).map((event) => event.type);

  rule(
    ['CMP-05', 'CMP-08', 'CMP-13'],
    'a web complaint on a Saturday is answered by an approved reply that the customer-relations centre sends',
    async () => {
      await begin('2026-03-07 11:00');
      const { li, lin, relations, director } = desk;
      const { id, customerIds } = await desk.file(1, { channel: 'WEB' });
      await desk.acknowledge(id);
      await desk.until('2026-03-07 11:30');
      const text = '电梯门机板本周五前更换，期间每日通报进展。';
      await desk.done(lin, 'draftComplaintReply', { id, audience: 'CUSTOMER', text, statesMeasures: true });
      await desk.until('2026-03-07 11:40');
      const submitted = await desk.done(li, 'submitComplaintReply', { id, sequence: 1 }, 'replyAwaits');
      expect(submitted['replyAwaits']).toBe('DEPARTMENT_HEAD');
      expect(await listed({ replyAwaits: ['DEPARTMENT_HEAD'] }, director)).toEqual([id]);
      expect(await listed({ replyAwaits: ['PROJECT_MANAGER'] }, director)).toEqual([]);
      const verdict = { id, sequence: 1, revision: 1 };
      expect(
        await desk.command(
          lin,
          'approveComplaintReply',
          verdict,
          'id',
          '... on ComplaintReplyNeedsAnotherPerson { because }',
        ),
      ).toMatchObject({ code: 'COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON', because: 'WROTE_IT' });
      expect(await desk.command(desk.manager, 'approveComplaintReply', verdict)).toMatchObject({
        code: 'COMPLAINT_REPLY_AWAITS_ANOTHER',
      });
      await desk.until('2026-03-07 12:25');
      await desk.done(director, 'approveComplaintReply', verdict);
      await expect(
        desk.command(lin, 'sendComplaintReply', { id, sequence: 1, channel: 'WEB' }),
      ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      await desk.until('2026-03-07 12:30');
      await desk.done(relations, 'sendComplaintReply', { id, sequence: 1, channel: 'WEB' });
      const sent = await read(id);
      expect(sent).toMatchObject({
        status: 'IN_HANDLING',
        replyAwaits: null,
        responses: [{ text, channel: 'WEB', byStaff: { id: relations.staffId } }],
        replies: [
          {
            status: 'SENT',
            ladder: ['DEPARTMENT_HEAD'],
            sent: { at: iso('2026-03-07 12:30'), byStaff: { id: relations.staffId } },
            steps: [{ approver: 'DEPARTMENT_HEAD', by: director.staffId, waitedMinutes: 45 }],
          },
        ],
      });
      expect((sent['clocks'] as Row[]).find(({ kind }) => kind === 'RESPONSE')).toMatchObject({
        status: 'MET',
      });
      const told = (await desk.published(id)).find(({ type }) => type === 'complaint-reply-sent.v1');
      expect(told?.data).toMatchObject({ customerIds, channel: 'WEB', by: relations.staffId });
      expect(JSON.stringify(await desk.published(id))).not.toContain('门机板');
    },
  );

  rule(
    ['CMP-07', 'CMP-08', 'CAL-03'],
    'a complaint by telephone that the customer-relations centre passes on is answered as the centre asks for it',
    async () => {
      await begin('2026-03-02 10:00');
      const { relations, zhou, lin, guard } = desk;
      const { id } = await desk.file(1);
      await desk.acknowledge(id);
      await desk.respond(id);
      await desk.until('2026-03-03 16:00');
      const passing = { id, passedOnBy: '沈悦', reference: 'CRC-2026-118' };
      await expect(desk.command(guard, 'passOnComplaint', passing)).rejects.toMatchObject({
        extensions: { code: 'FORBIDDEN' },
      });
      const early = { ...passing, passedOnAt: iso('2026-03-01 10:00') };
      expect(
        await desk.command(
          relations,
          'passOnComplaint',
          early,
          'id',
          '... on ComplaintPassingNotThen { earliest latest }',
        ),
      ).toMatchObject({ earliest: iso('2026-03-02 10:00'), latest: iso('2026-03-03 16:00') });
      const passedOnAt = iso('2026-03-03 15:00');
      await desk.done(relations, 'passOnComplaint', { ...passing, passedOnAt });
      expect(await desk.command(zhou, 'passOnComplaint', passing)).toMatchObject({
        code: 'COMPLAINT_PASSED_ON_ALREADY',
      });
      const source = `query($id: ID!) { complaint(id: $id) { answersNeedApproval
        passings { passedOnAt passedOnBy reference byStaff { id } }
        clocks { kind startedAt dueAt status } } }`;
      const { complaint } = await desk.read<{ complaint: Row }>(lin, source, { id });
      expect(complaint).toMatchObject({
        answersNeedApproval: true,
        passings: [
          { passedOnAt, passedOnBy: '沈悦', reference: 'CRC-2026-118', byStaff: { id: relations.staffId } },
        ],
        clocks: [
          { kind: 'RESPONSE', status: 'MET' },
          { kind: 'REPLY', startedAt: passedOnAt, dueAt: iso('2026-03-04 10:00'), status: 'RUNNING' },
          { kind: 'MEASURES', startedAt: passedOnAt, dueAt: iso('2026-03-03 18:00'), status: 'RUNNING' },
        ],
      });
      const answer = { id, channel: 'PHONE', text: '已安排' };
      expect(
        await desk.command(
          lin,
          'respondToComplaint',
          answer,
          'id',
          '... on ComplaintAnswerNotApproved { instead audience approvers }',
        ),
      ).toMatchObject({
        code: 'COMPLAINT_ANSWER_NOT_APPROVED',
        ...{ instead: 'draftComplaintReply', audience: 'CUSTOMER', approvers: ['DEPARTMENT_HEAD'] },
      });
      await desk.reply(id);
      const events = await desk.published(id);
      const told = events.find(({ type }) => type === 'complaint-passed-on.v1');
      expect(told?.data).toMatchObject({ passedOnAt, by: relations.staffId });
      expect(JSON.stringify(events)).not.toMatch(/沈悦|CRC-2026-118/);
      expect(await listed({ search: 'CRC-2026-118' }, lin)).toEqual([id]);
    },
  );

  rule(
    'CMP-08',
    'a reply on a public platform climbs to the general manager; an edit on the way voids what was approved',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin, li, manager, leader, general, relations } = desk;
      const { id } = await desk.file(1, { channel: 'WEB' });
      await desk.acknowledge(id);
      const audience = 'PUBLIC_PLATFORM';
      await desk.done(li, 'draftComplaintReply', {
        id,
        audience,
        text: '第一稿',
        generalManagerAsked: true,
        statesMeasures: true,
      });
      await desk.done(li, 'submitComplaintReply', { id, sequence: 1 });
      const decide = (revision: number) => ({ id, sequence: 1, revision });
      await desk.done(manager, 'approveComplaintReply', decide(1));
      await desk.done(lin, 'reviseComplaintReply', { id, sequence: 1, text: '第二稿' });
      expect(await read(id)).toMatchObject({
        replies: [
          { status: 'DRAFT', steps: [{ verdict: 'APPROVED', voidedAt: iso('2026-03-02 10:00') }, {}] },
        ],
      });
      await desk.done(li, 'submitComplaintReply', { id, sequence: 1 });
      expect(await desk.command(manager, 'approveComplaintReply', decide(1))).toMatchObject({
        code: 'COMPLAINT_REPLY_TEXT_CHANGED',
      });
      await desk.until('2026-03-02 11:00');
      await desk.done(manager, 'approveComplaintReply', decide(2));
      await desk.until('2026-03-02 14:00');
      await desk.done(leader, 'sendBackComplaintReply', { ...decide(2), reason: '写明完成时间' });
      await desk.done(li, 'reviseComplaintReply', { id, sequence: 1, text: '第三稿' });
      await desk.done(li, 'submitComplaintReply', { id, sequence: 1 });
      for (const [who, at] of [
        [manager, '2026-03-02 15:00'],
        [leader, '2026-03-02 17:00'],
        [general, '2026-03-02 17:30'],
      ] as const) {
        await desk.until(at);
        expect(
          await desk.command(relations, 'sendComplaintReply', { id, sequence: 1, channel: 'WEB' }),
        ).toMatchObject({
          code: 'COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS',
        });
        await desk.done(who, 'approveComplaintReply', decide(3));
      }
      await desk.done(relations, 'sendComplaintReply', { id, sequence: 1, channel: 'WEB' });
      const [reply] = (await read(id))['replies'] as Row[];
      const third = (reply!['steps'] as Row[]).filter(({ revision }) => revision === 3);
      expect(third.map(({ approver, waitedMinutes }) => [approver, waitedMinutes])).toEqual([
        ['PROJECT_MANAGER', 60],
        ['DIVISION_LEADER', 120],
        ['GENERAL_MANAGER', 30],
      ]);
    },
  );

  rule(
    ['CMP-01', 'CMP-09', 'CMP-11', 'CMP-12'],
    'class 2, hot: the developer is notified in writing and signs for it; form and report arrive; closed',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin, li, quality, leader, relations } = desk;
      const { id, customerIds } = await desk.file(3, { causeClass: 'CLASS_2', topic: 'WALL' });
      await desk.acknowledge(id);
      expect((await read(id))['classDuties']).toEqual([
        { duty: 'NOTICE_TO_DEVELOPER', recipient: 'DEVELOPER_CUSTOMER_RELATIONS', isDone: false },
      ]);
      await expect(
        desk.command(li, 'issueComplaintNotice', {
          ...{ id, kind: 'HOUSING_QUALITY_NOTICE', to: 'DEVELOPER_CUSTOMER_RELATIONS' },
          ...{ way: 'EMAIL', text: '5栋外墙渗水' },
        }),
      ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      const notice = { to: 'DEVELOPER_CUSTOMER_RELATIONS', way: 'EMAIL', text: '5栋外墙渗水' };
      await desk.done(lin, 'issueComplaintNotice', { id, kind: 'HOUSING_QUALITY_NOTICE', ...notice });
      const receive = {
        id,
        document: 'WRITTEN_NOTICE',
        sequence: 1,
        recipient: 'DEVELOPER_CUSTOMER_RELATIONS',
      };
      expect(await desk.command(lin, 'confirmDocumentReceipt', receive)).toMatchObject({
        code: 'COMPLAINT_DOCUMENT_OF_ANOTHER',
      });
      await desk.done(relations, 'confirmDocumentReceipt', receive);
      await desk.respond(id);
      await desk.fileForm(id);
      await desk.until('2026-03-02 15:00');
      await desk.done(lin, 'reviseDemandForm', {
        ...{ id, demand: '修好外墙并赔偿', measures: '开发商周四进场', reason: '开发商已定日期' },
      });
      const form = { id, document: 'DEMAND_FORM', sequence: 2 };
      await desk.done(quality, 'confirmDocumentReceipt', { ...form, recipient: 'QUALITY_CENTRE' });
      await desk.done(leader, 'confirmDocumentReceipt', { ...form, recipient: 'DIVISION_LEADER' });
      await desk.resolve(id);
      const visit = { id, customerId: customerIds[0], channel: 'PHONE' };
      await desk.done(lin, 'recordReturnVisitAttempt', { ...visit, obstacle: 'NO_ANSWER' });
      await desk.until('2026-03-03 10:00');
      await desk.done(lin, 'recordReturnVisit', { ...visit, satisfaction: 4 });
      const report = {
        ...{ content: '外墙渗水', cause: '防水层破损', process: '开发商修补', result: '不再渗水' },
        ...{ lessons: '交付前淋水试验', correctiveActions: '列入交付检查' },
      };
      await desk.done(lin, 'submitSpecialReport', { id, ...report });
      await desk.done(lin, 'closeComplaint', { id });
      const closed = await read(id);
      expect(closed).toMatchObject({
        status: 'CLOSED',
        severity: 'HOT',
        classDuties: [{ isDone: true }],
        returnVisitAttempts: [{ obstacle: 'NO_ANSWER', release: null }],
      });
      const number = String(closed['number']);
      expect(
        (closed['documents'] as Row[]).map((one) => [
          one['number'],
          one['version'],
          (one['receipts'] as Row[]).length,
        ]),
      ).toEqual([
        [`${number}-D1`, 1, 0],
        [`${number}-N1`, 1, 1],
        [`${number}-D2`, 2, 2],
        [`${number}-S1`, 1, 0],
      ]);
      // A receipt is still noted when the case is closed.
      await desk.done(quality, 'confirmDocumentReceipt', {
        ...{ id, document: 'SPECIAL_REPORT', sequence: 1, recipient: 'QUALITY_CENTRE' },
      });
    },
  );

  rule(
    ['CMP-07', 'CMP-12'],
    'who wants no visit closes his case by that, who is not reached for three days, too; back on the web, he is answered',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin } = desk;
      const solved = async (): Promise<Row & { readonly id: string }> => {
        const { id, customerIds } = await desk.file(1);
        await desk.acknowledge(id);
        await desk.respond(id);
        await desk.resolve(id);
        return { id, customerId: customerIds[0], channel: 'PHONE' };
      };
      const [one, other] = [await solved(), await solved()];
      const declined = { ...one, obstacle: 'DECLINED', remarks: '不用回访' };
      expect(
        await desk.command(lin, 'recordReturnVisitAttempt', { ...declined, remarks: ' ' }),
      ).toMatchObject({ code: 'COMPLAINT_TEXT_MISSING' });
      await desk.done(lin, 'recordReturnVisitAttempt', declined);
      await desk.done(lin, 'closeComplaint', { id: one.id });
      expect(await read(one.id)).toMatchObject({
        status: 'CLOSED',
        returnVisitAttempts: [{ obstacle: 'DECLINED', release: 'DECLINED' }],
      });
      for (const day of ['02', '03', '04']) {
        await desk.until(`2026-03-${day} 17:00`);
        expect(await desk.command(lin, 'closeComplaint', { id: other.id })).toMatchObject({
          code: 'COMPLAINT_CLOSING_INCOMPLETE',
        });
        await desk.done(lin, 'recordReturnVisitAttempt', { ...other, obstacle: 'NO_ANSWER' });
      }
      await desk.done(lin, 'closeComplaint', { id: other.id });
      expect(await read(other.id)).toMatchObject({
        returnVisitAttempts: [{ release: null }, { release: null }, { release: 'UNREACHABLE' }],
      });
      const back = { id: other.id, reason: '又坏了', channel: 'WEB' };
      await desk.done(lin, 'reopenComplaint', back);
      const answer = { id: other.id, channel: 'PHONE', text: '明天修' };
      expect(await desk.command(lin, 'respondToComplaint', answer)).toMatchObject({
        code: 'COMPLAINT_ANSWER_NOT_APPROVED',
      });
      const source = `query($id: ID!) { complaint(id: $id) { reopenings { channel }
        clocks { kind status dueAt } } }`;
      const { complaint } = await desk.read<{ complaint: Row }>(lin, source, { id: other.id });
      expect(complaint['reopenings']).toEqual([{ channel: 'WEB' }]);
      expect((complaint['clocks'] as Row[]).slice(1)).toMatchObject([
        { kind: 'RETURN_VISIT', status: 'LAPSED' },
        { kind: 'RESPONSE', status: 'RUNNING' },
        { kind: 'REPLY', status: 'RUNNING', dueAt: iso('2026-03-05 12:00') },
        { kind: 'MEASURES', status: 'RUNNING', dueAt: iso('2026-03-04 18:00') },
        { kind: 'DEMAND_FORM', status: 'RUNNING' },
      ]);
    },
  );

  rule(
    ['CMP-01', 'CMP-04', 'CMP-09', 'CMP-15'],
    'class 3, general: a named coordinator, a report according to impact, progress told; a handler proposed',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin, li, director } = desk;
      const { id, customerIds } = await desk.file(1, { causeClass: 'CLASS_3', topic: 'NOISE' });
      const proposals = async (who = lin): Promise<Row[]> => {
        const source = `query($id: ID!) { handlerProposals(id: $id) { staff { id } departmentCode openCases reasons } }`;
        return (await desk.read<{ handlerProposals: Row[] }>(who, source, { id })).handlerProposals;
      };
      await desk.done(lin, 'nameComplaintStaff', { id, staffIds: [desk.zhou.staffId] });
      const proposed = await proposals();
      expect(proposed[0]).toMatchObject({
        departmentCode: 'CUSTOMER_SERVICE',
        openCases: 0,
        reasons: ['DEPARTMENT_OF_CAUSE_CLASS', 'LEAST_LOAD'],
      });
      expect(JSON.stringify(proposed)).not.toContain(desk.zhou.staffId);
      // Who acknowledges names the handler, and has to know whom.
      expect(await proposals(desk.zhou)).toEqual(proposed);
      await desk.done(lin, 'acknowledgeComplaint', {
        ...{ id, channel: 'PHONE', thanksGiven: true },
        ...{ responsibleDepartment: 'EQUIPMENT', handlerId: li.staffId },
      });
      expect(JSON.stringify(await proposals())).not.toContain(li.staffId);
      await desk.done(lin, 'nameComplaintCoordinator', { id, coordinatorId: director.staffId });
      await desk.done(lin, 'issueComplaintNotice', {
        ...{ id, kind: 'IMPACT_REPORT', to: 'MANAGEMENT_OFFICE', way: 'BY_HAND', text: '夜间施工噪声扰民' },
      });
      await desk.done(lin, 'issueComplaintNotice', {
        ...{ id, kind: 'IMPACT_REPORT', to: 'OUTSIDE_DEPARTMENT', department: '区城管局' },
        ...{ way: 'LETTER', text: '夜间施工噪声扰民' },
      });
      await desk.done(li, 'confirmDocumentReceipt', {
        ...{
          id,
          document: 'WRITTEN_NOTICE',
          sequence: 2,
          recipient: 'OUTSIDE_DEPARTMENT',
          signedBy: '收发室',
        },
      });
      await desk.respond(id);
      await desk.done(li, 'recordComplaintProgress', { id, text: '城管已约谈工地', toldBy: 'WECHAT' });
      expect(await read(id)).toMatchObject({
        coordinator: { id: director.staffId },
        classDuties: [
          { duty: 'COORDINATOR_NAMED', isDone: true },
          { duty: 'IMPACT_REPORT_SENT', recipient: 'MANAGEMENT_OFFICE', isDone: true },
          { duty: 'PROGRESS_TOLD', isDone: true },
        ],
      });
      await desk.resolve(id);
      await desk.done(lin, 'recordReturnVisit', {
        id,
        customerId: customerIds[0],
        channel: 'PHONE',
        satisfaction: 5,
      });
      await desk.done(lin, 'closeComplaint', { id });
      expect(await typesOf(id)).toEqual(
        expect.arrayContaining([
          'complaint-coordinator-named.v1',
          'complaint-notice-issued.v1',
          'complaint-closed.v1',
        ]),
      );
    },
  );

  rule(
    ['CMP-01', 'CMP-02', 'CMP-10'],
    'class 1, major, of the company’s level: the quality centre’s form, measures and result reported back',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin, quality } = desk;
      const { id } = await desk.file(10, { channel: 'QUALITY_CENTRE' });
      await expect(
        desk.command(lin, 'issueCompanyDemandForm', {
          id,
          demand: '修好',
          finishAt: iso('2026-03-06 18:00'),
        }),
      ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      await desk.done(quality, 'issueCompanyDemandForm', {
        id,
        demand: '修好',
        finishAt: iso('2026-03-06 18:00'),
      });
      await desk.done(lin, 'confirmDocumentReceipt', {
        ...{ id, document: 'COMPANY_DEMAND_FORM', sequence: 1, recipient: 'SERVICE_CENTRE' },
      });
      await desk.until('2026-03-03 09:00');
      await desk.acknowledge(id);
      await desk.done(lin, 'reportCompanyMeasures', { id, text: '更换门机板' });
      await desk.respond(id);
      await desk.until('2026-03-05 16:00');
      await desk.resolve(id);
      await desk.done(lin, 'reportCompanyResult', { id, text: '已恢复运行' });
      expect(await read(id)).toMatchObject({
        severity: 'MAJOR',
        companyForms: [
          {
            issuedAt: iso('2026-03-02 10:00'),
            finishAt: iso('2026-03-06 18:00'),
            measures: { at: iso('2026-03-03 09:00'), text: '更换门机板' },
            result: { at: iso('2026-03-05 16:00'), text: '已恢复运行' },
          },
        ],
        documents: [{ document: 'COMPANY_DEMAND_FORM', receipts: [{ recipient: 'SERVICE_CENTRE' }] }],
      });
      expect(JSON.stringify(await desk.published(id))).not.toMatch(/门机板|恢复/);
    },
  );

  rule(
    'CMP-04',
    'a case is handed over when the other takes it, and stays where it is when he does not',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin, li, director } = desk;
      const { id } = await desk.file(1);
      await desk.acknowledge(id);
      const offer = { id, toDepartment: 'CUSTOMER_SERVICE', toHandlerId: director.staffId, reason: '休假' };
      await desk.done(li, 'handOverComplaint', offer);
      expect(await listed({ offeredToMe: true }, director)).toEqual([id]);
      expect(await listed({ offeredToMe: true }, lin)).toEqual([]);
      expect(await read(id)).toMatchObject({
        handler: { id: li.staffId },
        offeredTo: { id: director.staffId },
      });
      expect(
        await desk.command(
          lin,
          'acceptComplaintHandOver',
          { id },
          'id',
          '... on ComplaintHandOverOfAnother { offeredToId }',
        ),
      ).toMatchObject({ code: 'COMPLAINT_HAND_OVER_OF_ANOTHER', offeredToId: director.staffId });
      await desk.done(director, 'refuseComplaintHandOver', { id, reason: '手上已有八件' });
      await desk.done(li, 'handOverComplaint', { ...offer, toHandlerId: lin.staffId });
      await desk.done(lin, 'acceptComplaintHandOver', { id });
      expect(await read(id)).toMatchObject({
        handler: { id: lin.staffId },
        responsibleDepartment: 'CUSTOMER_SERVICE',
        offeredTo: null,
        handOvers: [{ outcome: 'REFUSED', answer: '手上已有八件' }, { outcome: 'ACCEPTED' }],
      });
      await expect(
        desk.command(lin, 'handOverComplaint', { ...offer, toHandlerId: desk.stranger.staffId }),
      ).rejects.toMatchObject({ extensions: { problems: [{ field: 'input.toHandlerId' }] } });
    },
  );

  rule(
    ['CMP-13', 'CMP-14'],
    'a case that is the same ends in the other: members, contacts and facts go there, history stays on both',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin } = desk;
      const [one, two] = await desk.customers(2);
      const first = await desk.classify({ customerIds: [one!], facts: ['MEDIA_EXPOSURE_LIKELY'] });
      const second = await desk.classify({ customerIds: [one!, two!] });
      const from = (await desk.caseOf(first))!['id'] as string;
      const into = (await desk.caseOf(second))!['id'] as string;
      await desk.done(lin, 'recordComplaintUrging', {
        id: from,
        customerId: one,
        channel: 'PHONE',
        note: '还没修好？',
      });
      await desk.done(lin, 'joinComplaintInto', { id: from, intoComplaintId: into, reason: '同一部电梯' });
      expect(await read(from)).toMatchObject({
        status: 'JOINED',
        urgingCount: 1,
        joinedInto: { complaintId: into, reason: '同一部电梯', byStaff: { id: lin.staffId } },
        linkedCases: [{ relation: 'JOINED_INTO', complaintId: into }],
      });
      const other = await read(into);
      expect(other).toMatchObject({
        severity: 'HOT',
        facts: [{ fact: 'MEDIA_EXPOSURE_LIKELY' }],
        interactions: [{ id: second }, { id: first }],
        linkedCases: [{ relation: 'TOOK_IN', complaintId: from }],
      });
      expect((other['members'] as Row[]).map(({ customer }) => customer)).toEqual([{ id: one }, { id: two }]);
      expect((other['history'] as Row[]).map(({ command }) => command)).toEqual([
        'openComplaint',
        'takeInComplaint',
      ]);
      expect(await typesOf(from)).toContain('complaint-joined-into.v1');
      expect(await typesOf(into)).toEqual(
        expect.arrayContaining(['complaint-took-in.v1', 'complaint-severity-changed.v1']),
      );
      expect((await desk.caseOf(first))!['id']).toBe(into);
      // What was owed for the one is owed for the other alone.
      await desk.until('2026-03-20 10:00');
      expect((await typesOf(from)).filter((type) => type === 'complaint-clock-missed.v1')).toEqual([]);
      expect(
        await desk.command(lin, 'joinComplaintInto', { id: into, intoComplaintId: from, reason: '又' }),
      ).toMatchObject({
        code: 'COMPLAINT_TO_JOIN_NOT_OPEN',
      });
    },
  );

  rule(
    'CMP-14',
    'two who join the same two cases into each other at once: one does, the other is told',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin, director } = desk;
      const a = (await desk.file(1)).id;
      const b = (await desk.file(1)).id;
      const answers = await Promise.all([
        desk.command(lin, 'joinComplaintInto', { id: a, intoComplaintId: b, reason: '同' }),
        desk.command(director, 'joinComplaintInto', { id: b, intoComplaintId: a, reason: '同' }),
      ]);
      expect(answers.filter((answer) => answer['code'])).toHaveLength(1);
      const statuses = [(await read(a))['status'], (await read(b))['status']].sort();
      expect(statuses).toEqual(['JOINED', 'RECEIVED']);
    },
  );

  rule(
    'CMP-14',
    'members whose complaint is another one get a linked case, as old as the first',
    async () => {
      await begin('2026-03-02 10:00');
      const { lin, li } = desk;
      const { id, customerIds } = await desk.file(3);
      await desk.acknowledge(id);
      await desk.until('2026-03-04 09:30');
      const split = {
        ...{ id, customerIds: [customerIds[2]], causeClass: 'CLASS_3', topic: 'NOISE' },
        ...{ content: '工地夜间施工', reason: '不是电梯的事' },
      };
      await desk.done(lin, 'splitComplaint', split);
      const left = await read(id);
      expect(left).toMatchObject({ severity: 'GENERAL', splits: [{ reason: '不是电梯的事' }] });
      const [{ complaintId }] = left['splits'] as [{ complaintId: string }];
      expect(await read(complaintId)).toMatchObject({
        ...{ status: 'RECEIVED', causeClass: 'CLASS_3', handler: { id: li.staffId } },
        members: [{ customer: { id: customerIds[2] } }],
        linkedCases: [{ relation: 'SPLIT_FROM', complaintId: id }],
        ageing: { becomesHotAt: iso('2026-03-09 10:00') },
        clocks: [{ kind: 'RESPONSE', status: 'RUNNING', dueAt: iso('2026-03-05 09:30') }],
        history: [{ command: 'openSplitOffComplaint' }],
      });
      await desk.done(lin, 'linkComplaint', { id, otherComplaintId: (await desk.file(1)).id });
      const related = (await read(id))['linkedCases'] as Row[];
      expect(related.map(({ relation }) => relation)).toEqual(['SPLIT_INTO', 'RELATED']);
      expect((await read(String(related[1]!['complaintId'])))['linkedCases']).toEqual([
        { relation: 'RELATED', complaintId: id },
      ]);
    },
  );
});
