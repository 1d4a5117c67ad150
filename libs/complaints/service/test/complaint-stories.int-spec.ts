import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { iso, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

const report = {
  content: 'The lift stood still three times in a week.',
  cause: 'A worn door sensor.',
  process: 'Inspected, part ordered, replaced.',
  result: 'Runs without fault for three days.',
  lessons: 'The sensor was not on the inspection list.',
  correctiveActions: 'It is on the list now.',
};

describe('cases from receipt to closing', () => {
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

  rule(
    ['REC-17', 'CMP-02', 'CMP-04', 'CMP-05', 'CMP-11', 'CMP-12', 'CMP-13', 'CMP-14'],
    'the lift of building 6: twelve residents on Mon 10:05, every clock kept, closed on 03-12',
    async () => {
      await begin('2026-03-02 10:05');
      const { lin, li, zhou } = desk;
      const residents = await desk.customers(12);
      const interactionId = await desk.classify({ customerIds: residents, channel: 'VISIT' });
      const opened = (await desk.caseOf(interactionId))!;
      const id = opened['id'] as string;
      expect(opened).toMatchObject({
        number: 'JX-C20260302-001',
        status: 'RECEIVED',
        severity: 'MAJOR',
        severityReasons: ['GROUP_OF_MAJOR_SIZE', 'GROUP_OF_HOT_SIZE'],
        causeClass: 'CLASS_1',
        groupSize: 12,
        building: { id: desk.building6 },
        project: { id: desk.ours },
        receivedBy: { id: zhou.staffId },
        interactions: [{ id: interactionId }],
        clocks: [
          { kind: 'RESPONSE', dueAt: iso('2026-03-03 10:05'), status: 'RUNNING' },
          { kind: 'DEMAND_FORM', forSeverity: 'MAJOR', dueAt: iso('2026-03-03 10:05'), status: 'RUNNING' },
        ],
        nextDueAt: iso('2026-03-03 10:05'),
      });
      expect((opened['members'] as Row[]).map((member) => member['customer'])).toEqual(
        residents.map((customer) => ({ id: customer })),
      );

      await desk.until('2026-03-02 10:10');
      await desk.acknowledge(id);
      await desk.until('2026-03-03 09:30');
      await desk.respond(id);
      await desk.fileForm(id);
      await desk.until('2026-03-06 10:00');
      await desk.resolve(id);
      expect((await desk.case(id))['deadlines']).toEqual([
        { kind: 'RETURN_VISIT', dueAt: iso('2026-03-09 10:00') },
        { kind: 'SPECIAL_REPORT', dueAt: iso('2026-03-13 10:00') },
      ]);
      await desk.until('2026-03-09 09:00');
      const visit = { id, customerId: residents[0], channel: 'IN_PERSON', satisfaction: 4 };
      await desk.done(lin, 'recordReturnVisit', visit);
      const early = await desk.command(
        lin,
        'closeComplaint',
        { id },
        'id',
        '... on ComplaintClosingIncomplete { missing { clock dueAt } }',
      );
      expect(early).toMatchObject({
        code: 'COMPLAINT_CLOSING_INCOMPLETE',
        missing: [{ clock: 'SPECIAL_REPORT', dueAt: iso('2026-03-13 10:00') }],
      });
      await desk.until('2026-03-12 16:00');
      await desk.done(lin, 'submitSpecialReport', { id, ...report });
      await desk.done(lin, 'closeComplaint', { id });

      const closed = await desk.case(id);
      expect(closed).toMatchObject({
        status: 'CLOSED',
        severity: 'MAJOR',
        closedAt: iso('2026-03-12 16:00'),
        handler: { id: li.staffId },
        demandForms: [{ severity: 'MAJOR', sentTo: ['QUALITY_CENTRE', 'DIVISION_LEADER'] }],
        nextDueAt: null,
        overdueSinceAt: null,
      });
      expect((closed['clocks'] as Row[]).map((clock) => [clock['kind'], clock['status']])).toEqual([
        ['RESPONSE', 'MET'],
        ['DEMAND_FORM', 'MET'],
        ['RETURN_VISIT', 'MET'],
        ['SPECIAL_REPORT', 'MET'],
      ]);
      expect((closed['history'] as Row[]).map((step) => [step['command'], step['from'], step['to']])).toEqual(
        [
          ['openComplaint', null, 'RECEIVED'],
          ['acknowledgeComplaint', 'RECEIVED', 'ACKNOWLEDGED'],
          ['deadline:WARN:DEMAND_FORM', 'ACKNOWLEDGED', 'ACKNOWLEDGED'],
          ['deadline:WARN:RESPONSE', 'ACKNOWLEDGED', 'ACKNOWLEDGED'],
          ['respondToComplaint', 'ACKNOWLEDGED', 'IN_HANDLING'],
          ['fileDemandForm', 'IN_HANDLING', 'IN_HANDLING'],
          ['resolveComplaint', 'IN_HANDLING', 'RESOLVED'],
          ['deadline:WARN:RETURN_VISIT', 'RESOLVED', 'RESOLVED'],
          ['recordReturnVisit', 'RESOLVED', 'RESOLVED'],
          ['deadline:WARN:SPECIAL_REPORT', 'RESOLVED', 'RESOLVED'],
          ['submitSpecialReport', 'RESOLVED', 'RESOLVED'],
          ['closeComplaint', 'RESOLVED', 'CLOSED'],
        ],
      );
      expect((await desk.published(id)).map((event) => event.type)).toEqual([
        'complaint-received.v1',
        'complaint-clock-started.v1',
        'complaint-clock-started.v1',
        'complaint-acknowledged.v1',
        'complaint-assigned.v1',
        'complaint-clock-warned.v1',
        'complaint-clock-warned.v1',
        'complaint-responded.v1',
        'complaint-clock-met.v1',
        'demand-form-filed.v1',
        'complaint-clock-met.v1',
        'complaint-resolved.v1',
        'complaint-clock-started.v1',
        'complaint-clock-started.v1',
        'complaint-clock-warned.v1',
        'return-visit-recorded.v1',
        'complaint-clock-met.v1',
        'complaint-clock-warned.v1',
        'special-report-submitted.v1',
        'complaint-clock-met.v1',
        'complaint-closed.v1',
      ]);
    },
  );

  rule(
    ['CMP-03', 'CMP-05', 'CMP-11', 'CMP-12'],
    'received Mon 2026-03-02 10:00 and touched by nobody: hot after a week, major after a month, to the minute',
    async () => {
      await begin('2026-03-02 10:00');
      const { id } = await desk.file(1);
      await desk.until('2026-03-09 09:59');
      expect(await desk.case(id)).toMatchObject({
        severity: 'GENERAL',
        overdueSinceAt: iso('2026-03-03 10:00'),
        nextDueAt: iso('2026-03-09 10:00'),
      });
      await desk.until('2026-03-09 10:00');
      expect(await desk.case(id)).toMatchObject({
        severity: 'HOT',
        severityReasons: ['UNRESOLVED_FOR_A_WEEK'],
        ageing: { wasUnresolvedForAWeekAt: iso('2026-03-09 10:00') },
      });
      await desk.until('2026-04-03 15:00');
      expect(
        (await desk.published(id)).slice(1).map(({ type, time, data }) => [type, time, data['to']]),
      ).toEqual([
        ['complaint-clock-started.v1', iso('2026-03-02 10:00'), undefined],
        ['complaint-clock-warned.v1', iso('2026-03-02 17:00'), undefined],
        ['complaint-clock-missed.v1', iso('2026-03-03 10:00'), undefined],
        ['complaint-ageing-warned.v1', iso('2026-03-08 10:00'), undefined],
        ['complaint-severity-changed.v1', iso('2026-03-09 10:00'), 'HOT'],
        ['complaint-clock-started.v1', iso('2026-03-09 10:00'), undefined],
        ['complaint-clock-warned.v1', iso('2026-03-09 17:00'), undefined],
        ['complaint-clock-missed.v1', iso('2026-03-10 10:00'), undefined],
        ['complaint-ageing-warned.v1', iso('2026-03-30 10:00'), undefined],
        ['complaint-severity-changed.v1', iso('2026-04-02 10:00'), 'MAJOR'],
        ['complaint-clock-started.v1', iso('2026-04-02 10:00'), undefined],
        ['complaint-clock-warned.v1', iso('2026-04-02 17:00'), undefined],
        ['complaint-clock-missed.v1', iso('2026-04-03 10:00'), undefined],
      ]);
      await desk.acknowledge(id);
      await desk.respond(id);
      await desk.resolve(id);
      const resolved = await desk.case(id);
      expect(resolved['deadlines']).toEqual([
        { kind: 'RETURN_VISIT', dueAt: iso('2026-04-06 15:00') },
        { kind: 'SPECIAL_REPORT', dueAt: iso('2026-04-10 15:00') },
      ]);
      expect(
        (resolved['clocks'] as Row[]).map((clock) => [clock['kind'], clock['status'], clock['dueAt']]),
      ).toEqual([
        ['RESPONSE', 'MET_LATE', iso('2026-03-03 10:00')],
        ['DEMAND_FORM', 'MISSED', iso('2026-03-10 10:00')],
        ['DEMAND_FORM', 'MISSED', iso('2026-04-03 10:00')],
        ['RETURN_VISIT', 'RUNNING', iso('2026-04-06 15:00')],
        ['SPECIAL_REPORT', 'RUNNING', iso('2026-04-10 15:00')],
      ]);
    },
  );
});
