import { pdfPages, rule, withoutSpaces } from '@anju/testing';
import { AnotherDay, shanghai, type Refused } from './another-day';
import { Complaints, course, duties, type Case } from './another-day-case';
import { readFileAt } from './file-client';
import { signIn } from './graph-client';

const lift = { topic: 'LIFT', building: '6' };

/** The written parts of a case, and where they are printed. */
interface Papers {
  readonly number: string;
  readonly documents: readonly {
    readonly number: string;
    readonly pdfPath: string;
    readonly htmlPath: string;
  }[];
}

describe('complaints on other days', () => {
  let day: AnotherDay;
  let complaints: Complaints;

  beforeAll(async () => {
    day = await AnotherDay.from('2026-01-05 08:30');
    complaints = new Complaints(day);
  });

  afterAll(() => day?.close());

  describe('a group that grows, shrinks and grows again', () => {
    const seen = {} as Record<
      'one' | 'two' | 'three' | 'nine' | 'again' | 'ten' | 'formLate' | 'merged' | 'tenAgain',
      Case
    >;
    const offers: string[][] = [];
    let id = '';

    beforeAll(async () => {
      const supervisor = (field: string, input: object) => complaints.do('linfang', field, { id, ...input });
      await day.at('2026-01-06 09:00');
      offers.push(await complaints.offered('LIFT', '6'));
      id = await complaints.caseOf(await complaints.call('lift1', lift));
      seen.one = await complaints.of(id);
      await day.at('2026-01-06 10:00');
      const interactionId = await complaints.call('lift2', lift);
      offers.push(await complaints.offered('LIFT', '6'));
      seen.two = await complaints.do('zhoumin', 'joinComplaint', {
        id,
        customers: [{ customerId: day.customer('lift2'), interactionId }],
      });
      offers.push([await complaints.caseOf(interactionId)]);
      await day.at('2026-01-06 11:00');
      seen.three = await complaints.join(id, 'lift3');
      await supervisor('acknowledgeComplaint', {
        channel: 'PHONE',
        thanksGiven: true,
        responsibleDepartment: 'EQUIPMENT',
        handlerId: day.staff('linfang'),
      });
      await day.at('2026-01-06 12:00');
      seen.nine = await complaints.join(id, 'lift4', 'lift5', 'lift6', 'lift7', 'lift8', 'lift9');
      seen.again = await complaints.join(id, 'lift3', 'lift3', 'lift9');
      await day.at('2026-01-06 16:00');
      await supervisor('respondToComplaint', { channel: 'PHONE', text: '厂家明早到场' });
      await day.at('2026-01-07 10:59');
      await supervisor('fileDemandForm', { demand: '修复电梯', measures: '厂家到场' });
      await day.at('2026-01-07 14:00');
      seen.ten = await complaints.join(id, 'lift10');
      await day.at('2026-01-08 14:00');
      seen.formLate = await complaints.of(id);
      await supervisor('fileDemandForm', { demand: '修复电梯', measures: '更换门机板' });
      await day.at('2026-01-08 15:00');
      await day.do('linfang', 'mergeCustomers', 'Customer', {
        id: day.customer('lift9'),
        mergedId: day.customer('lift10'),
      });
      await day.settled();
      seen.merged = await complaints.of(id);
      await day.at('2026-01-08 16:00');
      seen.tenAgain = await complaints.join(id, 'lift11');
    });

    rule(['CMP-02', 'CMP-11', 'CMP-14'], 'one and two are general, three hot at once, nine still hot', () => {
      const response = 'RESPONSE 2026-01-06 18:00 RUNNING';
      const form = 'FORM(HOT) 2026-01-07 11:00 RUNNING';
      expect(seen.one).toMatchObject({ severity: 'GENERAL', groupSize: 1 });
      expect(duties(seen.one)).toEqual([response]);
      expect(seen.two).toMatchObject({ severity: 'GENERAL', groupSize: 2 });
      expect(duties(seen.two)).toEqual([response]);
      expect(seen.three).toMatchObject({ severity: 'HOT', groupSize: 3 });
      expect(duties(seen.three)).toEqual([response, form]);
      expect(seen.nine).toMatchObject({ severity: 'HOT', groupSize: 9 });
      expect(duties(seen.nine)).toEqual([response, form]);
    });

    rule('CMP-14', 'who is in the group already and complains again does not make it bigger', () => {
      expect(seen.again).toMatchObject({ severity: 'HOT', groupSize: 9 });
    });

    rule(['CMP-02', 'CMP-11'], 'the tenth makes it major, and asks for the form again', () => {
      expect(seen.ten).toMatchObject({
        severity: 'MAJOR',
        groupSize: 10,
        severityReasons: ['GROUP_OF_MAJOR_SIZE', 'GROUP_OF_HOT_SIZE'],
      });
      expect(duties(seen.ten)).toEqual([
        'RESPONSE 2026-01-06 18:00 MET',
        'FORM(HOT) 2026-01-07 11:00 MET',
        'FORM(MAJOR) 2026-01-08 14:00 RUNNING',
      ]);
    });

    rule('CMP-11', 'a form sent a minute before its due time is in time, one sent at it is late', () => {
      expect(duties(seen.ten)[1]).toBe('FORM(HOT) 2026-01-07 11:00 MET');
      expect(duties(seen.formLate)[2]).toBe('FORM(MAJOR) 2026-01-08 14:00 MISSED');
      expect(duties(seen.merged)[2]).toBe('FORM(MAJOR) 2026-01-08 14:00 MET_LATE');
    });

    rule(
      ['CMP-02', 'CMP-14', 'DIR-06'],
      'two members who turn out to be one customer leave nine: hot; a further one makes it major again',
      () => {
        expect(seen.merged).toMatchObject({ severity: 'HOT', groupSize: 9 });
        expect(seen.tenAgain).toMatchObject({ severity: 'MAJOR', groupSize: 10 });
        expect(duties(seen.tenAgain).slice(3)).toEqual(['FORM(MAJOR) 2026-01-09 16:00 RUNNING']);
      },
    );

    rule(
      'CMP-14',
      'the second caller is offered the open case; once he joined, his contact opens none',
      () => {
        expect(offers).toEqual([[], [id], [id]]);
      },
    );

    describe('and is closed with nothing missing', () => {
      const visit = { channel: 'PHONE', satisfaction: 4 };
      const report = {
        content: '电梯反复停运',
        cause: '门机板老化',
        process: '停梯检修',
        result: '更换门机板',
        lessons: '易损件未预警',
        correctiveActions: '建立台账',
      };
      const refusals = {} as Record<
        | 'inHandling'
        | 'noResult'
        | 'resolved'
        | 'formFiled'
        | 'partsMissing'
        | 'reported'
        | 'stranger'
        | 'six'
        | 'reportedTwice'
        | 'joinsClosed',
        Refused
      >;
      const later = {} as Record<'dissatisfied' | 'weekOld' | 'newDemand' | 'closed' | 'backAgain', Case>;
      let offeredWhileResolved: string[] = [];

      beforeAll(async () => {
        const supervisor = (field: string, input: object = {}) =>
          complaints.do('linfang', field, { id, ...input });
        const refused = (field: string, input: object = {}, selection = '') =>
          day.refused('linfang', field, { id, ...input }, selection);
        const close = () =>
          refused('closeComplaint', {}, '... on ComplaintClosingIncomplete { missing { clock dueAt } }');
        await day.at('2026-01-08 17:00');
        refusals.inHandling = await close();
        refusals.noResult = await refused('resolveComplaint', { result: ' ' });
        await day.at('2026-01-09 10:00');
        await supervisor('resolveComplaint', { result: '更换门机板' });
        refusals.resolved = await close();
        await day.at('2026-01-09 15:59');
        offeredWhileResolved = await complaints.offered('LIFT', '6');
        await supervisor('fileDemandForm', { demand: '修复电梯', measures: '已更换' });
        refusals.formFiled = await close();
        refusals.partsMissing = await refused(
          'submitSpecialReport',
          { ...report, lessons: ' ', cause: '' },
          '... on SpecialReportIncomplete { missing }',
        );
        await day.at('2026-01-12 09:00');
        await supervisor('submitSpecialReport', report);
        refusals.reported = await close();
        const stranger = { ...visit, customerId: day.customer('wangxiulan') };
        refusals.stranger = await refused('recordReturnVisit', stranger);
        const first = { ...visit, customerId: day.customer('lift1') };
        refusals.six = await refused('recordReturnVisit', { ...first, satisfaction: 6 });
        await day.at('2026-01-12 09:59');
        later.dissatisfied = await supervisor('recordReturnVisit', { ...first, satisfaction: 2 });
        await day.at('2026-01-13 09:00');
        later.weekOld = await supervisor('respondToComplaint', { channel: 'PHONE', text: '整机更换' });
        await day.at('2026-01-13 12:00');
        await supervisor('resolveComplaint', { result: '整机更换' });
        await day.at('2026-01-16 12:00');
        later.newDemand = await supervisor('recordReturnVisit', {
          ...visit,
          customerId: day.customer('lift2'),
          newDemand: { causeClass: 'CLASS_2', topic: 'PARKING', content: '车位不足' },
        });
        await day.at('2026-01-20 11:59');
        await supervisor('submitSpecialReport', report);
        refusals.reportedTwice = await refused('submitSpecialReport', report);
        later.closed = await supervisor('closeComplaint');
        refusals.joinsClosed = await refused('joinComplaint', {
          customers: [{ customerId: day.customer('lift12') }],
        });
        await day.at('2026-01-21 10:00');
        later.backAgain = await supervisor('reopenComplaint', { reason: '电梯又停运' });
        await day.at('2026-01-31 12:00');
      });

      rule(['CMP-12', 'CMP-11'], 'closing names all that is still owed, until nothing is', () => {
        const form = { clock: 'DEMAND_FORM', dueAt: shanghai('2026-01-09 16:00') };
        const returnVisit = { clock: 'RETURN_VISIT', dueAt: shanghai('2026-01-12 10:00') };
        const specialReport = { clock: 'SPECIAL_REPORT', dueAt: shanghai('2026-01-16 10:00') };
        expect(refusals.inHandling.code).toBe('COMPLAINT_NOT_IN_REQUIRED_STATUS');
        expect(refusals.resolved).toMatchObject({
          code: 'COMPLAINT_CLOSING_INCOMPLETE',
          missing: [form, returnVisit, specialReport],
        });
        expect(refusals.formFiled['missing']).toEqual([returnVisit, specialReport]);
        expect(refusals.reported['missing']).toEqual([returnVisit]);
        expect(later.closed.status).toBe('CLOSED');
      });

      rule('CMP-12', 'it is not resolved without a result, nor joined once it is closed', () => {
        expect(refusals.noResult.code).toBe('COMPLAINT_RESULT_MISSING');
        expect(refusals.joinsClosed.code).toBe('COMPLAINT_NOT_IN_REQUIRED_STATUS');
      });

      rule('CMP-11', 'a report lacks every part that is blank, and is submitted once', () => {
        expect(refusals.partsMissing).toMatchObject({
          code: 'SPECIAL_REPORT_INCOMPLETE',
          missing: ['cause', 'lessons'],
        });
        expect(refusals.reportedTwice.code).toBe('SPECIAL_REPORT_ALREADY_SUBMITTED');
      });

      rule('CMP-11', 'form and report are printed through the gateway with the same token', async () => {
        const source =
          'query($id: ID!) { complaint(id: $id) { number documents { number pdfPath htmlPath } } }';
        const { complaint } = await day.ask<{ complaint: Papers }>('linfang', source, { id });
        const { number, documents } = complaint;
        const marks = documents.map((one) => one.number.slice(number.length + 1));
        expect(marks).toEqual(['D1', 'D2', 'D3', 'S1', 'S2']);
        const [leader, guard] = [
          await signIn(day.platform, ['DIVISION_LEADER']),
          await signIn(day.platform, ['LOBBY_GUARD']),
        ];
        const { pdfPath, htmlPath } = documents[3]!;
        const pdf = await readFileAt(leader, `${pdfPath}?language=zh`);
        expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
        expect(pdf.headers.get('content-disposition')).toContain(
          `filename*=UTF-8''${encodeURIComponent('专题报告')}-${number}-S1.pdf`,
        );
        const text = withoutSpaces(pdfPages(pdf.body).join(''));
        for (const part of Object.values(report)) expect(text).toContain(part);
        expect(text).toContain('发出时间2026-01-1209:00');
        const html = await readFileAt(leader, htmlPath);
        expect(html.body.toString()).toContain('<h1>Special report</h1>');
        expect(await readFileAt(guard, pdfPath)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      });

      rule('CMP-12', 'a visit is to a customer of the case, with a satisfaction from 1 to 5', () => {
        expect(refusals.stranger.code).toBe('VISITED_CUSTOMER_NOT_IN_CASE');
        expect(refusals.six.code).toBe('SATISFACTION_OUT_OF_RANGE');
      });

      rule(
        ['CMP-12', 'CMP-02'],
        'a dissatisfied customer brings it back: a second complaint with its response',
        () => {
          expect(later.dissatisfied.status).toBe('REOPENED');
          expect(later.dissatisfied.severityReasons).toContain('SECOND_COMPLAINT');
          expect(duties(later.dissatisfied).slice(4)).toEqual([
            'RETURN_VISIT 2026-01-12 10:00 MET',
            'SPECIAL_REPORT 2026-01-16 10:00 MET',
            'RESPONSE 2026-01-13 09:59 RUNNING',
          ]);
        },
      );

      rule('CMP-03', 'reopened, it is a week old at the moment it would have been', () => {
        expect(later.weekOld.severityReasons).toContain('UNRESOLVED_FOR_A_WEEK');
        expect(course(later.weekOld)).toContain('deadline:BECOMES_HOT 2026-01-13 09:00');
      });

      rule('CMP-12', 'a return visit at its due time is late; a new demand opens a linked case', () => {
        expect(duties(later.newDemand).slice(7)).toEqual([
          'RETURN_VISIT 2026-01-16 12:00 MET_LATE',
          'SPECIAL_REPORT 2026-01-20 12:00 RUNNING',
        ]);
        expect(later.newDemand.linkedCases).toEqual([
          {
            relation: 'LED_TO',
            complaint: { number: 'JX-C20260116-001', channel: 'RETURN_VISIT', status: 'RECEIVED' },
          },
        ]);
      });

      rule('CMP-12', 'who complains again after closing gets a response within a working day', () => {
        expect(later.backAgain.status).toBe('REOPENED');
        expect(duties(later.backAgain).at(-1)).toBe('RESPONSE 2026-01-22 10:00 RUNNING');
      });

      rule('CMP-14', 'while resolved it is not offered to others', () => {
        expect(offeredWhileResolved).toEqual([]);
      });

      rule(['CMP-16', 'INS-01'], 'the metrics of January equal a count of this page', async () => {
        expect(await day.metrics('2026-01-01', '2026-01-31')).toMatchObject({
          contacts_received: '2/',
          // Both callers heard on the 6th at 16:00 and on the 13th at 09:00, and two days later nothing each time.
          customers_left_without_word: '4/',
          complaints_received: '2/',
          complaints_open: '2/',
          complaints_major: '1/',
          // In time on the 6th and the 13th; not on the 19th (the linked case) and the 22nd.
          responses_within_one_working_day: '2/4',
          // In time on the 7th and the 9th; not on the 8th, nor on the 26th (the linked case, hot on the 23rd).
          demand_forms_on_time: '2/4',
          special_reports_on_time: '2/2',
          return_visits_within_three_days: '1/2',
          satisfaction: '6/2',
          second_complaints: '1/1',
        });
      });
    });

    rule(
      'CMP-14',
      'offered are open cases of the same place or matter, those with more in common first, of the last thirty days',
      async () => {
        await day.at('2026-02-05 08:59');
        // The demand that came up at the visit is about the same building, and has less in common.
        const offered = await complaints.offered('LIFT', '6');
        const [, parking] = offered;
        expect(offered).toEqual([id, parking]);
        // The same building, or the same topic, is enough; neither is not.
        expect((await complaints.offered('NOISE', '6')).sort()).toEqual([...offered].sort());
        expect(await complaints.offered('LIFT', '5')).toEqual([id]);
        expect(await complaints.offered('NOISE', '5')).toEqual([]);
        const another = await day.do('guowei', 'fileComplaint', 'Complaint', {
          projectId: day.projectId,
          causeClass: 'CLASS_1',
          topic: 'LIFT',
          content: '电梯异响',
          channel: 'PATROL',
          buildingId: day.building('6'),
        });
        const { similarComplaints } = await day.ask<{ similarComplaints: unknown }>(
          'linfang',
          'query($id: ID!) { similarComplaints(id: $id) { complaint { id } inCommon } }',
          { id: another.id },
        );
        expect(similarComplaints).toEqual([
          { complaint: { id }, inCommon: ['BUILDING', 'TOPIC'] },
          { complaint: { id: parking }, inCommon: ['BUILDING'] },
        ]);
        await day.at('2026-02-05 09:01');
        expect(await complaints.offered('LIFT', '6')).toEqual([another.id, parking]);
      },
    );
  });

  describe('whoever hears of it', () => {
    const heard = () => ({
      projectId: day.projectId,
      causeClass: 'CLASS_1',
      topic: 'ATTITUDE',
      content: '服务态度差',
      channel: 'PHONE',
    });

    rule('CMP-15', 'passes it on, also who may not read complaints', async () => {
      await day.at('2026-02-06 09:00');
      for (const account of ['guowei', 'bi', 'sungong', 'liqiang', 'zhangli', 'hejing']) {
        const { number } = await day.do<{ number: string }>(
          account,
          'fileComplaint',
          'Complaint',
          heard(),
          'number',
        );
        expect(number).toMatch(/^JX-C20260206-00\d$/);
      }
    });

    rule('CMP-15', 'nobody whom it names handles it', async () => {
      const { id } = await complaints.do('zhoumin', 'fileComplaint', {
        ...heard(),
        namedStaffIds: [day.staff('linfang')],
      });
      const acknowledgement = {
        id,
        channel: 'PHONE',
        thanksGiven: true,
        responsibleDepartment: 'CUSTOMER_SERVICE',
      };
      expect(
        await day.refused('zhoumin', 'acknowledgeComplaint', {
          ...acknowledgement,
          handlerId: day.staff('linfang'),
        }),
      ).toMatchObject({ code: 'NAMED_EMPLOYEE_CANNOT_HANDLE' });
      await complaints.do('zhoumin', 'acknowledgeComplaint', {
        ...acknowledgement,
        handlerId: day.staff('zhaojianguo'),
      });
      const respond = { id, channel: 'PHONE', text: '已核实' };
      expect(await day.refused('linfang', 'respondToComplaint', respond)).toMatchObject({
        code: 'NAMED_EMPLOYEE_CANNOT_HANDLE',
      });
      await complaints.do('zhaojianguo', 'respondToComplaint', respond);
    });

    rule(
      ['CMP-03', 'CMP-05', 'CMP-11'],
      'what is entered nine days late is at once what it has become in that time',
      async () => {
        const late = await complaints.do('zhoumin', 'fileComplaint', {
          ...heard(),
          receivedAt: shanghai('2026-01-28 10:00'),
        });
        expect(late.severity).toBe('HOT');
        expect(duties(late)).toEqual([
          'RESPONSE 2026-01-29 10:00 MISSED',
          'FORM(HOT) 2026-02-05 10:00 MISSED',
        ]);
        expect(course(late)).toEqual([
          'fileComplaint 2026-02-06 09:00',
          'deadline:WARN:RESPONSE 2026-01-28 17:00',
          'deadline:RESPONSE 2026-01-29 10:00',
          'deadline:WARN:BECOMES_HOT 2026-02-03 10:00',
          'deadline:BECOMES_HOT 2026-02-04 10:00',
          'deadline:WARN:DEMAND_FORM 2026-02-04 17:00',
          'deadline:DEMAND_FORM 2026-02-05 10:00',
        ]);
      },
    );

    rule('CMP-02', 'what grows graver is raised, with a reason, and never lowered', async () => {
      const { id } = await complaints.do('zhoumin', 'fileComplaint', heard());
      const raise = (to: string, reason = '业主群已发酵') => ({ id, to, reason });
      expect(await day.refused('linfang', 'raiseComplaintSeverity', raise('HOT', ' '))).toMatchObject({
        code: 'COMPLAINT_REASON_MISSING',
      });
      const hot = await complaints.do('luhua', 'raiseComplaintSeverity', raise('HOT'));
      expect(hot).toMatchObject({ severity: 'HOT', severityReasons: ['RAISED_BY_HAND'] });
      const likely = { id, facts: ['MEDIA_EXPOSURE_LIKELY', 'LAWSUIT_LIKELY'] };
      expect(await complaints.do('linfang', 'addComplaintFacts', likely)).toMatchObject({ severity: 'HOT' });
      const exposed = await complaints.do('linfang', 'addComplaintFacts', { id, facts: ['MEDIA_EXPOSURE'] });
      expect(exposed.severity).toBe('MAJOR');
      expect(duties(exposed)).toEqual([
        'RESPONSE 2026-02-06 18:00 RUNNING',
        'FORM(HOT) 2026-02-06 18:00 RUNNING',
        'FORM(MAJOR) 2026-02-06 18:00 RUNNING',
      ]);
      for (const to of ['GENERAL', 'HOT', 'MAJOR']) {
        expect(await day.refused('linfang', 'raiseComplaintSeverity', raise(to))).toMatchObject({
          code: 'SEVERITY_NOT_HIGHER',
        });
      }
    });
  });
});
