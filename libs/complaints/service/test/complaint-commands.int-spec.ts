import {
  complaintRefusalCodes,
  complaintStatuses,
  complaintTransitions,
  type ComplaintCommandName,
  type ComplaintStatus,
} from '@anju/complaints-rules';
import { newId } from '@anju/kernel';
import { refusalTypeName } from '@anju/subgraph';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, staff, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

const report = {
  content: 'What it was about.',
  cause: 'A worn sensor.',
  process: 'Replaced.',
  result: 'Runs.',
  lessons: 'Inspect sensors.',
  correctiveActions: 'On the list.',
};

/** Every field of every refusal, so that each is seen to be there. */
const refusalFields = `
  ... on ComplaintNotInRequiredStatus { command status allowedIn }
  ... on NamedEmployeeCannotHandle { staffId }
  ... on ComplaintReceivedInFuture { receivedAt now }
  ... on ComplaintDetailsMissing { details: missing }
  ... on ComplaintHandlerMissing { responsibleDepartment }
  ... on ComplaintAlreadyAssigned { responsibleDepartment handlerId }
  ... on ComplaintTextMissing { command }
  ... on ComplaintReasonMissing { command }
  ... on ComplaintFactsAlreadyKnown { knownFacts }
  ... on ComplaintStaffAlreadyNamed { staffIds }
  ... on SeverityNotHigher { severity asked }
  ... on CauseClassUnchanged { causeClass }
  ... on DemandFormNotRequired { severity }
  ... on DemandFormIncomplete { formLacks: missing }
  ... on SatisfactionOutOfRange { given lowest highest }
  ... on VisitedCustomerNotInCase { customerId }
  ... on NewDemandIncomplete { demandLacks: missing }
  ... on SpecialReportNotRequired { severity }
  ... on SpecialReportAlreadySubmitted { submittedAt }
  ... on SpecialReportIncomplete { reportLacks: missing }
  ... on ComplaintClockNotPausable { kinds pausable }
  ... on NoComplaintClockRunning { kinds }
  ... on NoComplaintClockPaused { kinds }
  ... on CallbackCustomerNotInCase { customerId }
  ... on CallbackAlreadyPromised { dueAt }
  ... on ComplaintClosingIncomplete { closingLacks: missing { clock dueAt } }
  ... on ComplaintReplyNotFound { sequence }
  ... on ComplaintReplyNotInRequiredStatus { command replyStatus allowedFrom }
  ... on ComplaintReplyTextUnchanged { sequence }
  ... on ComplaintReplyTextChanged { read current }
  ... on ComplaintReplyAwaitsAnother { awaits }
  ... on ComplaintReplyNeedsAnotherPerson { staffId because }
  ... on ComplaintNoticeNotOfCauseClass { noticeKind causeClass kinds }
  ... on ComplaintNoticeAddresseeNotMeant { noticeKind addressee meant }
  ... on ComplaintCoordinatorNotNeeded { causeClass }
  ... on ComplaintCoordinatorUnchanged { coordinatorId }
  ... on CompanyDemandFormStillOpen { issuedAt }
  ... on CompanyDemandFormDatePast { finishAt now }
  ... on CompanyDemandFormNotOpen { command }
  ... on CompanyMeasuresAlreadyReported { reportedAt }
  ... on ComplaintDocumentNotFound { document sequence }
  ... on ComplaintDocumentNotSentTo { recipient documentSentTo }
  ... on ComplaintDocumentAlreadyReceived { receivedAt }
  ... on ComplaintDocumentOfAnother { recipient }
  ... on ComplaintHandOverOpen { offeredToId }
  ... on ComplaintHandOverNotOpen { command }
  ... on ComplaintHandOverOfAnother { offeredToId }
  ... on UrgingCustomerNotInCase { customerId }
  ... on ComplaintIsItself { command }
  ... on ComplaintAlreadyLinked { linkedComplaintId }
  ... on ComplaintToJoinNotOpen { otherStatus }
  ... on SplitCustomersNotInCase { customerIds }
`;

describe('commands on complaints', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  let anotherCase: string;

  beforeAll(async () => {
    database = await createTestDatabase('complaints');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    anotherCase = (await desk.file(1)).id;
  });

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  /** Only those refusal types that the command's union has can be asked for. */
  function fieldsFor(command: string): string {
    const union = `${command.charAt(0).toUpperCase()}${command.slice(1)}Result`;
    const line = new RegExp(`union ${union} = (.*)`).exec(desk.service.sdl)![1]!;
    const members = new Set(line.split(' | '));
    return refusalFields
      .split('\n')
      .filter((field) => members.has(/on (\w+)/.exec(field)?.[1] ?? ''))
      .join('\n');
  }

  async function refused(command: string, input: Row, who = desk.lin): Promise<Row> {
    const answer = await desk.command(who, command, input, 'id', fieldsFor(command));
    expect(answer).toHaveProperty('code');
    expect(answer['message']).not.toMatch(/[{}]|undefined|^$/);
    return answer;
  }

  const inputs: Record<ComplaintCommandName, (desk: ComplaintsDesk) => Row> = {
    acknowledgeComplaint: ({ li }) => ({
      channel: 'PHONE',
      thanksGiven: true,
      responsibleDepartment: 'EQUIPMENT',
      handlerId: li.staffId,
    }),
    assignComplaint: ({ lin }) => ({ responsibleDepartment: 'CUSTOMER_SERVICE', handlerId: lin.staffId }),
    respondToComplaint: () => ({ channel: 'PHONE', text: 'Tomorrow.' }),
    recordComplaintProgress: () => ({ text: 'The part was ordered.', toldBy: 'WECHAT' }),
    promiseComplaintCallback: () => ({ note: 'What the workshop says.' }),
    pauseComplaintClocks: () => ({ reason: 'The customer is abroad.' }),
    resumeComplaintClocks: () => ({}),
    addComplaintFacts: () => ({ facts: ['LAWSUIT_LIKELY'] }),
    nameComplaintStaff: ({ guard }) => ({ staffIds: [guard.staffId] }),
    raiseComplaintSeverity: () => ({ to: 'MAJOR', reason: 'The whole building talks of it.' }),
    changeComplaintCauseClass: () => ({ to: 'CLASS_3', reason: 'The street is not ours.' }),
    joinComplaint: () => ({ customers: [{ customerId: newId() }] }),
    fileDemandForm: () => ({ demand: 'A lift.', measures: 'A sensor.' }),
    attachToComplaint: () => ({ fileIds: [newId()] }),
    detachFromComplaint: () => ({ attachmentId: newId(), reason: 'Of another case.' }),
    resolveComplaint: () => ({ result: 'Replaced.' }),
    recordReturnVisit: () => ({ channel: 'PHONE', satisfaction: 5 }),
    submitSpecialReport: () => report,
    reopenComplaint: () => ({ reason: 'It stands still again.' }),
    closeComplaint: () => ({}),
    draftComplaintReply: () => ({ audience: 'CUSTOMER', statesMeasures: false, text: 'Tomorrow.' }),
    reviseComplaintReply: () => ({ sequence: 1, text: 'Today.' }),
    submitComplaintReply: () => ({ sequence: 1 }),
    approveComplaintReply: () => ({ sequence: 1, revision: 1 }),
    sendBackComplaintReply: () => ({ sequence: 1, revision: 1, reason: 'Say when.' }),
    sendComplaintReply: () => ({ sequence: 1, channel: 'WEB' }),
    withdrawComplaintReply: () => ({ sequence: 1, reason: 'Mended.' }),
    issueComplaintNotice: () => ({
      ...{ kind: 'FACILITIES_REPORT', to: 'DEVELOPER_CUSTOMER_RELATIONS', way: 'LETTER', text: 'Broken.' },
    }),
    nameComplaintCoordinator: ({ li }) => ({ coordinatorId: li.staffId }),
    issueCompanyDemandForm: () => ({ demand: 'A lift.', finishAt: iso('2026-03-06 18:00') }),
    reportCompanyMeasures: () => ({ text: 'A sensor.' }),
    reportCompanyResult: () => ({ text: 'It runs.' }),
    reviseDemandForm: () => ({ demand: 'A lift.', measures: 'A motor.', reason: 'It is the motor.' }),
    reviseSpecialReport: () => ({ ...report, reason: 'It was the motor.' }),
    confirmDocumentReceipt: () => ({ document: 'DEMAND_FORM', sequence: 1, recipient: 'QUALITY_CENTRE' }),
    handOverComplaint: ({ lin }) => ({
      ...{ toDepartment: 'CUSTOMER_SERVICE', toHandlerId: lin.staffId, reason: 'On leave.' },
    }),
    acceptComplaintHandOver: () => ({}),
    refuseComplaintHandOver: () => ({ reason: 'Too much.' }),
    passOnComplaint: () => ({ passedOnBy: '管敏', reference: 'CRC-2026-118' }),
    recordComplaintUrging: () => ({ channel: 'PHONE' }),
    recordReturnVisitAttempt: () => ({ channel: 'PHONE', obstacle: 'NO_ANSWER' }),
    linkComplaint: () => ({ otherComplaintId: anotherCase }),
    joinComplaintInto: () => ({ intoComplaintId: anotherCase, reason: 'The same.' }),
    splitComplaint: () => ({
      ...{
        customerIds: [newId()],
        causeClass: 'CLASS_1',
        topic: 'NOISE',
        content: 'Noise.',
        reason: 'Another.',
      },
    }),
  };
  /** Who may give a command that 林芳 may not. */
  const givers: Partial<Record<ComplaintCommandName, 'relations' | 'quality'>> = {
    sendComplaintReply: 'relations',
    issueCompanyDemandForm: 'quality',
  };
  const giverOf = (command: ComplaintCommandName) => desk[givers[command] ?? 'lin'];
  const commands = Object.keys(complaintTransitions) as ComplaintCommandName[];

  /** A case of one customer that has come so far. */
  async function caseIn(status: ComplaintStatus): Promise<{ id: string; customerIds: string[] }> {
    const filed = await desk.file(1);
    const { id } = filed;
    const visit = { id, customerId: filed.customerIds[0], channel: 'PHONE', satisfaction: 5 };
    const steps: [ComplaintStatus, () => Promise<unknown>][] = [
      ['RECEIVED', async () => undefined],
      ['ACKNOWLEDGED', () => desk.acknowledge(id)],
      ['IN_HANDLING', () => desk.respond(id)],
      ['RESOLVED', () => desk.resolve(id)],
      [
        'CLOSED',
        async () => {
          await desk.done(desk.lin, 'recordReturnVisit', visit);
          await desk.done(desk.lin, 'closeComplaint', { id });
        },
      ],
      ['REOPENED', () => desk.done(desk.lin, 'reopenComplaint', { id, reason: 'Again.' })],
      [
        'JOINED',
        () => desk.done(desk.lin, 'joinComplaintInto', { id, intoComplaintId: anotherCase, reason: 'Same.' }),
      ],
    ];
    for (const [reached, step] of steps) {
      await step();
      if (reached === status) return filed;
    }
    throw new Error(`no way to ${status}`);
  }

  rule(
    'CMP-12',
    'every command in a status that does not allow it says so, with the statuses that do',
    async () => {
      const customer = (await desk.customers(1))[0];
      for (const status of complaintStatuses) {
        const { id } = await caseIn(status);
        for (const command of commands) {
          const { from } = complaintTransitions[command];
          if (from.some((allowed) => allowed === status)) continue;
          const input =
            command === 'joinComplaint' ? { customers: [{ customerId: customer }] } : inputs[command](desk);
          expect(await refused(command, { id, ...input }, giverOf(command))).toMatchObject({
            code: 'COMPLAINT_NOT_IN_REQUIRED_STATUS',
            command,
            status,
            allowedIn: from,
          });
        }
        expect(await desk.case(id)).toMatchObject({ status });
      }
    },
  );

  rule(['CMP-04', 'CMP-05'], 'what handling needs is named when it is missing', async () => {
    const { id } = await desk.file(1);
    const thanks = { id, channel: 'PHONE', thanksGiven: true };
    await refused('acknowledgeComplaint', { ...thanks, thanksGiven: false }, desk.zhou);
    await refused('acknowledgeComplaint', thanks, desk.zhou);
    expect(
      await refused('acknowledgeComplaint', { ...thanks, responsibleDepartment: 'EQUIPMENT' }, desk.zhou),
    ).toMatchObject({ code: 'COMPLAINT_HANDLER_MISSING', responsibleDepartment: 'EQUIPMENT' });
    await desk.acknowledge(id);
    expect(
      await refused('assignComplaint', {
        id,
        responsibleDepartment: 'EQUIPMENT',
        handlerId: desk.li.staffId,
      }),
    ).toMatchObject({
      code: 'COMPLAINT_ALREADY_ASSIGNED',
      responsibleDepartment: 'EQUIPMENT',
      handlerId: desk.li.staffId,
    });
    for (const command of ['respondToComplaint', 'recordComplaintProgress'] as const) {
      expect(await refused(command, { id, ...inputs[command](desk), text: '  ' })).toMatchObject({
        code: 'COMPLAINT_TEXT_MISSING',
        command,
      });
    }
    for (const command of ['raiseComplaintSeverity', 'changeComplaintCauseClass'] as const) {
      expect(await refused(command, { id, ...inputs[command](desk), reason: ' ' })).toMatchObject({
        code: 'COMPLAINT_REASON_MISSING',
        command,
      });
    }
    expect(await refused('changeComplaintCauseClass', { id, to: 'CLASS_1', reason: 'So.' })).toMatchObject({
      code: 'CAUSE_CLASS_UNCHANGED',
      causeClass: 'CLASS_1',
    });
    await desk.respond(id);
    expect(await refused('resolveComplaint', { id, result: '' })).toMatchObject({
      code: 'COMPLAINT_RESULT_MISSING',
    });
  });

  rule('CMP-02', 'severity is raised above what it is and never lowered', async () => {
    const { id } = await desk.file(1);
    for (const [who, to] of [
      [desk.quality, 'HOT'],
      [desk.lin, 'MAJOR'],
    ] as const) {
      const raised = await desk.done(who, 'raiseComplaintSeverity', { id, to, reason: 'Grave.' }, 'severity');
      expect(raised['severity']).toBe(to);
    }
    for (const to of ['GENERAL', 'HOT', 'MAJOR']) {
      expect(await refused('raiseComplaintSeverity', { id, to, reason: 'So.' })).toMatchObject({
        code: 'SEVERITY_NOT_HIGHER',
        severity: 'MAJOR',
        asked: to,
      });
    }
    const facts = ['LAWSUIT_LIKELY', 'MEDIA_EXPOSURE'];
    const added = await desk.done(
      desk.li,
      'addComplaintFacts',
      { id, facts, note: 'He said so.' },
      'facts { fact note }',
    );
    expect(added['facts']).toEqual(facts.map((fact) => ({ fact, note: 'He said so.' })));
    expect(await refused('addComplaintFacts', { id, facts })).toMatchObject({
      code: 'COMPLAINT_FACTS_ALREADY_KNOWN',
      knownFacts: facts,
    });
  });

  rule(
    'CMP-11',
    'demand form and special report are asked for where they are owed, with all their parts',
    async () => {
      const general = await caseIn('RESOLVED');
      expect(
        await refused('fileDemandForm', { id: general.id, ...inputs.fileDemandForm(desk) }),
      ).toMatchObject({
        code: 'DEMAND_FORM_NOT_REQUIRED',
        severity: 'GENERAL',
      });
      expect(await refused('submitSpecialReport', { id: general.id, ...report })).toMatchObject({
        code: 'SPECIAL_REPORT_NOT_REQUIRED',
      });
      const { id, customerIds } = await desk.file(3);
      expect(await refused('fileDemandForm', { id, demand: ' ', measures: '' })).toMatchObject({
        code: 'DEMAND_FORM_INCOMPLETE',
        formLacks: ['demand', 'measures'],
      });
      await desk.fileForm(id);
      await desk.acknowledge(id);
      await desk.respond(id);
      await desk.resolve(id);
      expect(await refused('closeComplaint', { id })).toMatchObject({
        code: 'COMPLAINT_CLOSING_INCOMPLETE',
        closingLacks: [
          { clock: 'RETURN_VISIT', dueAt: iso('2026-03-05 10:00') },
          { clock: 'SPECIAL_REPORT', dueAt: iso('2026-03-09 10:00') },
        ],
      });
      expect(await refused('submitSpecialReport', { id, ...report, lessons: '', cause: ' ' })).toMatchObject({
        code: 'SPECIAL_REPORT_INCOMPLETE',
        reportLacks: ['cause', 'lessons'],
      });
      await desk.done(desk.lin, 'submitSpecialReport', { id, ...report });
      expect(await refused('submitSpecialReport', { id, ...report })).toMatchObject({
        code: 'SPECIAL_REPORT_ALREADY_SUBMITTED',
        submittedAt: iso('2026-03-02 10:00'),
      });
      const visit = { id, customerId: customerIds[0], channel: 'PHONE' };
      for (const satisfaction of [0, 6]) {
        expect(await refused('recordReturnVisit', { ...visit, satisfaction })).toMatchObject({
          code: 'SATISFACTION_OUT_OF_RANGE',
          given: satisfaction,
          lowest: 1,
          highest: 5,
        });
      }
      const elsewhere = (await desk.customers(1))[0];
      expect(
        await refused('recordReturnVisit', { ...visit, customerId: elsewhere, satisfaction: 5 }),
      ).toMatchObject({ code: 'VISITED_CUSTOMER_NOT_IN_CASE', customerId: elsewhere });
      expect(
        await refused('recordReturnVisit', {
          ...visit,
          satisfaction: 5,
          newDemand: { causeClass: 'CLASS_1', topic: '', content: ' ' },
        }),
      ).toMatchObject({ code: 'NEW_DEMAND_INCOMPLETE', demandLacks: ['content', 'topic'] });
      expect(await desk.case(id)).toMatchObject({ returnVisits: [], linkedCases: [] });
    },
  );

  rule('CMP-15', 'whoever the complaint names neither handles it nor becomes its handler', async () => {
    const { id } = await desk.file(1);
    await desk.acknowledge(id);
    const named = await desk.done(
      desk.lin,
      'nameComplaintStaff',
      { id, staffIds: [desk.li.staffId] },
      'handler { id } namedStaff { id }',
    );
    expect(named).toMatchObject({ handler: null, namedStaff: [{ id: desk.li.staffId }] });
    for (const who of [desk.li, desk.lin]) {
      const input = who === desk.li ? inputs.respondToComplaint(desk) : null;
      const answer = input
        ? await refused('respondToComplaint', { id, ...input }, who)
        : await refused('assignComplaint', {
            id,
            responsibleDepartment: 'EQUIPMENT',
            handlerId: desk.li.staffId,
          });
      expect(answer).toMatchObject({ code: 'NAMED_EMPLOYEE_CANNOT_HANDLE', staffId: desk.li.staffId });
    }
    expect(await refused('respondToComplaint', { id, ...inputs.respondToComplaint(desk) })).toMatchObject({
      code: 'COMPLAINT_HANDLER_MISSING',
      responsibleDepartment: 'EQUIPMENT',
    });
    expect(await refused('nameComplaintStaff', { id, staffIds: [desk.li.staffId] })).toMatchObject({
      code: 'COMPLAINT_STAFF_ALREADY_NAMED',
    });
    const types = (await desk.published(id)).map((event) => event.type);
    expect(types.slice(-2)).toEqual(['complaint-staff-named.v1', 'complaint-assigned.v1']);
  });

  rule('CMP-15', 'any role files a complaint; what it may not read it does not see', async () => {
    const input = {
      projectId: desk.ours,
      causeClass: 'CLASS_1',
      topic: 'NOISE',
      content: 'A resident told me about noise at night.',
      channel: 'PATROL',
    };
    const filed = await desk.done(desk.guard, 'fileComplaint', input, 'id number status');
    expect(filed).toMatchObject({ status: 'RECEIVED' });
    const { errors } = await desk.ask(desk.guard, `{ complaint(id: "${String(filed['id'])}") { id } }`);
    expect(errors![0]!.extensions['code']).toBe('FORBIDDEN');
    expect(
      await refused('fileComplaint', { ...input, receivedAt: iso('2026-03-02 10:01') }, desk.guard),
    ).toMatchObject({
      code: 'COMPLAINT_RECEIVED_IN_FUTURE',
      receivedAt: iso('2026-03-02 10:01'),
      now: iso('2026-03-02 10:00'),
    });
    expect(await refused('fileComplaint', { ...input, content: ' ', topic: '' }, desk.guard)).toMatchObject({
      code: 'COMPLAINT_DETAILS_MISSING',
      details: ['content', 'topic'],
    });
  });

  it('has a place in some command’s answer for every refusal that the rules know', () => {
    const answers = desk.service.sdl.match(/^union .*/gm)!.flatMap((line) => line.split(/ [=|] /).slice(1));
    expect(complaintRefusalCodes.filter((code) => !answers.includes(refusalTypeName(code)))).toEqual([]);
  });

  it('answers in the language of the request', async () => {
    const { id } = await desk.file(1);
    const source = `mutation { closeComplaint(input: { id: "${id}" }) { ... on Refusal { code message } } }`;
    const { data } = await desk.ask(desk.lin, source, {}, { locale: 'zh-CN' });
    expect(data!['closeComplaint']).toEqual({
      code: 'COMPLAINT_NOT_IN_REQUIRED_STATUS',
      message: '投诉目前为“已受理”，不能关闭投诉；须为：已解决。',
    });
  });

  it('lets nobody do what none of his roles allows', async () => {
    const { id } = await desk.file(1);
    const reader = staff('AUDITOR', desk.ours);
    const customers = await desk.customers(1);
    for (const command of commands) {
      const input =
        command === 'joinComplaint' ? { customers: [{ customerId: customers[0] }] } : inputs[command](desk);
      await expect(desk.command(reader, command, { id, ...input })).rejects.toMatchObject({
        extensions: { code: 'FORBIDDEN' },
      });
    }
    expect(await desk.case(id)).toMatchObject({ version: 1 });
  });

  it('answers to another project as if the case did not exist', async () => {
    const { id } = await desk.file(1);
    for (const command of commands) {
      await expect(
        desk.command(desk.stranger, command, { id, ...inputs[command](desk) }),
      ).rejects.toMatchObject({
        extensions: { code: 'NOT_FOUND' },
      });
    }
    await expect(
      desk.command(desk.stranger, 'fileComplaint', {
        projectId: desk.ours,
        causeClass: 'CLASS_1',
        topic: 'LIFT',
        content: 'Lift.',
        channel: 'PHONE',
        unitId: desk.unit,
      }),
    ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(await desk.case(id)).toMatchObject({ version: 1 });
  });

  it('gives the day’s numbers without gaps, by the day of receipt in the project', async () => {
    const early = { receivedAt: iso('2026-02-28 00:30') };
    const numberOf = async (id: string): Promise<unknown> => (await desk.case(id))['number'];
    const one = await desk.file(1, early);
    expect(
      await desk.command(desk.zhou, 'fileComplaint', {
        projectId: desk.ours,
        causeClass: 'CLASS_1',
        topic: 'LIFT',
        content: '',
        channel: 'PHONE',
        ...early,
      }),
    ).toMatchObject({ code: 'COMPLAINT_DETAILS_MISSING' });
    const two = await desk.file(1, early);
    expect([await numberOf(one.id), await numberOf(two.id)]).toEqual([
      'JX-C20260228-001',
      'JX-C20260228-002',
    ]);
  });

  it('names every reference that is unknown or of another project', async () => {
    const foreign = (await desk.customers(1, desk.theirs))[0]!;
    const input = {
      projectId: desk.ours,
      causeClass: 'CLASS_1',
      topic: 'LIFT',
      content: 'Lift.',
      channel: 'PHONE',
      customerIds: [foreign],
      namedStaffIds: [newId()],
    };
    await expect(desk.command(desk.zhou, 'fileComplaint', input)).rejects.toMatchObject({
      extensions: {
        code: 'BAD_USER_INPUT',
        problems: [{ field: 'input.customerIds.0' }, { field: 'input.namedStaffIds.0' }],
      },
    });
    await expect(
      desk.command(desk.zhou, 'fileComplaint', {
        ...input,
        customerIds: [],
        namedStaffIds: [],
        unitId: newId(),
      }),
    ).rejects.toMatchObject({ extensions: { problems: [{ field: 'input.unitId' }] } });
    const { id } = await desk.file(1);
    await expect(
      desk.command(desk.zhou, 'joinComplaint', { id, customers: [{ customerId: foreign }] }),
    ).rejects.toMatchObject({ extensions: { problems: [{ field: 'input.customers.0.customerId' }] } });
    await expect(desk.command(desk.zhou, 'joinComplaint', { id, customers: [] })).rejects.toMatchObject({
      extensions: { problems: [{ field: 'input.customers' }] },
    });
  }, 30_000);

  it('takes the building from the unit and refuses one that is not its own', async () => {
    const { id } = await desk.file(1, { unitId: desk.unit, buildingId: null });
    expect(await desk.case(id)).toMatchObject({ unit: { id: desk.unit }, building: { id: desk.building6 } });
    const other = await desk.build('7');
    await expect(desk.file(1, { unitId: desk.unit, buildingId: other })).rejects.toMatchObject({
      extensions: { problems: [{ field: 'input.buildingId' }] },
    });
  });

  rule(
    ['CMP-16', 'INS-04'],
    'what a case is about is a code, never words that events and figures would carry on',
    async () => {
      const notACode = (field: string): Row => ({
        extensions: { code: 'BAD_USER_INPUT', problems: [{ field, problem: 'is not a code' }] },
      });
      for (const topic of ['电梯', '王秀兰 13800138000', 'lift', 'X'.repeat(41)]) {
        await expect(desk.file(1, { topic })).rejects.toMatchObject(notACode('input.topic'));
      }
      const { id, customerIds } = await desk.file(2, { topic: ' LIFT_7 ' });
      expect(await desk.case(id)).toMatchObject({ topic: 'LIFT_7' });
      const own = { causeClass: 'CLASS_1', topic: '王秀兰', content: 'Theirs is the door.' };
      const split = { ...own, id, customerIds: customerIds.slice(0, 1), reason: 'Another matter.' };
      await expect(desk.command(desk.lin, 'splitComplaint', split)).rejects.toMatchObject(
        notACode('input.topic'),
      );
      const visit = { id, channel: 'PHONE', satisfaction: 5, newDemand: own };
      await expect(desk.command(desk.lin, 'recordReturnVisit', visit)).rejects.toMatchObject(
        notACode('input.newDemand.topic'),
      );
    },
  );

  it('refuses malformed input whole, and keeps odd but proper text as it was typed', async () => {
    const bad: Row[] = [
      { topic: 'x'.repeat(101) },
      { content: '长'.repeat(5_001) },
      { receivedAt: '9999-01-01T00:00:00Z' },
      { causeClass: 'CLASS_9' },
      { unitId: "1' or '1'='1" },
      { content: 'nul\u0000' },
    ];
    for (const change of bad) {
      await expect(desk.file(1, change)).rejects.toThrow();
    }
    const content = `'; drop table complaint; -- 👩‍👩‍👧 电梯 "}{ ${'梯'.repeat(100)}`;
    const { id } = await desk.file(1, { content });
    expect(await desk.case(id)).toMatchObject({ content });
  });

  it('keeps what people typed out of the events', async () => {
    const phone = '13812345678';
    const { id } = await desk.file(3, { content: `Call me at ${phone}.` });
    await desk.acknowledge(id);
    await desk.done(desk.lin, 'respondToComplaint', { id, channel: 'PHONE', text: phone });
    await desk.done(desk.lin, 'recordComplaintProgress', { id, text: phone });
    await desk.done(desk.lin, 'fileDemandForm', { id, demand: phone, measures: phone });
    await desk.done(desk.lin, 'raiseComplaintSeverity', { id, to: 'MAJOR', reason: phone });
    await desk.done(desk.lin, 'changeComplaintCauseClass', { id, to: 'CLASS_2', reason: phone });
    await desk.done(desk.lin, 'resolveComplaint', { id, result: phone });
    await desk.done(desk.lin, 'reopenComplaint', { id, reason: phone });
    expect(JSON.stringify(await desk.published(id))).not.toContain(phone);
    expect((await desk.case(id))['history']).toContainEqual(
      expect.objectContaining({ command: 'raiseComplaintSeverity', reason: phone }),
    );
  });
});
