import { rule } from '@anju/testing';
import { clockStatus } from './clocks';
import { specialReportParts } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  customers,
  fileForm,
  report,
  reportParts,
  resolve,
  respond,
  Story,
  visit,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import {
  issueCompanyForm,
  issueNotice,
  nameCoordinator,
  reportMeasures,
  reportResult,
} from './complaint-work-story';
import { recordComplaintProgress } from './handling';
import {
  recordReturnVisit,
  reopenComplaint,
  resolveComplaint,
  submitSpecialReport,
  type RecordReturnVisit,
} from './outcome';
import type { ReceiveComplaint } from './receive';

const now = '2026-03-02 11:00';
const reopen: ComplaintCommand = (state, at, env) =>
  reopenComplaint(state, { by: 'staff-lin', reason: 'The lift stands again.', channel: null }, at, env);
const visiting =
  (change: Partial<RecordReturnVisit>): ComplaintCommand =>
  (state, at, env) =>
    recordReturnVisit(
      state,
      {
        by: 'staff-lin',
        customerId: 'customer-1',
        channel: 'IN_PERSON',
        satisfaction: 4,
        remarks: 'Quick.',
        newDemand: null,
        ...change,
      },
      at,
      env,
    );

/** Resolved on Monday 2026-03-02 at 11:00. */
function resolved(change: Partial<ReceiveComplaint> = {}): Story {
  return new Story(aReceipt(change)).at(now, acknowledge, assign, respond, resolve);
}

describe('resolving', () => {
  rule('CMP-12', 'needs the result recorded', () => {
    const without: ComplaintCommand = (state, at, env) =>
      resolveComplaint(state, { by: 'staff-li', result: '' }, at, env);
    const story = new Story().at(now, acknowledge, assign, respond);
    expect(story.refused(now, without).code).toBe('COMPLAINT_RESULT_MISSING');
  });

  rule(['CMP-11', 'CMP-12'], 'a general case owes a return visit within 3 days and no report', () => {
    const story = resolved();
    expect(story.state).toMatchObject({ status: 'RESOLVED', resolvedAt: wall(now) });
    expect(story.factsOf('ComplaintResolved')).toMatchObject([
      { returnVisitDueAt: wall('2026-03-05 11:00'), specialReportDueAt: null, severity: 'GENERAL' },
    ]);
    expect(story.refused(now, report)).toEqual({
      code: 'SPECIAL_REPORT_NOT_REQUIRED',
      data: { severity: 'GENERAL' },
    });
  });

  rule('CMP-11', 'a hot case owes a special report within a week besides', () => {
    expect(resolved({ customerIds: customers(3) }).factsOf('ComplaintResolved')).toMatchObject([
      { specialReportDueAt: wall('2026-03-09 11:00'), severity: 'HOT' },
    ]);
  });
});

describe('the return visit', () => {
  rule.each([0, 6, -1, 3.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'CMP-12',
    'satisfaction is 1 to 5, not %p',
    (satisfaction) => {
      expect(resolved().refused(now, visiting({ satisfaction }))).toEqual({
        code: 'SATISFACTION_OUT_OF_RANGE',
        data: { given: satisfaction, lowest: 1, highest: 5 },
      });
    },
  );

  rule.each([
    { satisfaction: 1, status: 'REOPENED' },
    { satisfaction: 2, status: 'REOPENED' },
    { satisfaction: 3, status: 'RESOLVED' },
    { satisfaction: 5, status: 'RESOLVED' },
  ])('CMP-12', 'with $satisfaction of 5 the case is $status', ({ satisfaction, status }) => {
    const story = resolved().at('2026-03-03 10:00', visiting({ satisfaction }));
    expect(story.state.status).toBe(status);
    expect(story.factsOf('ReturnVisitRecorded')).toMatchObject([
      { satisfaction, dissatisfied: status === 'REOPENED', customerId: 'customer-1' },
    ]);
    expect(story.factsOf('ComplaintClockMet').at(-1)).toMatchObject({ clock: 'RETURN_VISIT' });
  });

  rule('CMP-12', 'is paid to a customer of the case', () => {
    for (const customerId of ['customer-2', null]) {
      expect(resolved().refused(now, visiting({ customerId }))).toEqual({
        code: 'VISITED_CUSTOMER_NOT_IN_CASE',
        data: { customerId },
      });
    }
    resolved({ customerIds: [] }).at(now, visiting({ customerId: null }));
  });

  rule('CMP-12', 'others of a group may be visited too, and any of them can be dissatisfied', () => {
    const story = resolved({ customerIds: customers(2) })
      .at('2026-03-03 10:00', visiting({ satisfaction: 5 }))
      .at('2026-03-03 11:00', visiting({ customerId: 'customer-2', satisfaction: 2 }));
    expect(story.state).toMatchObject({ status: 'REOPENED', severity: 'HOT' });
    expect(story.state.returnVisits).toHaveLength(2);
    expect(story.clocks('RETURN_VISIT')).toHaveLength(1);
  });

  rule('CMP-12', 'a new demand asks for a linked case of its own', () => {
    const newDemand = {
      complaintId: 'case-2',
      causeClass: 'CLASS_3' as const,
      topic: 'NOISE',
      content: 'The road is loud at night.',
    };
    const story = resolved().at('2026-03-03 10:00', visiting({ newDemand }));
    expect(story.state).toMatchObject({
      status: 'RESOLVED',
      linkedCases: [{ complaintId: 'case-2', relation: 'LED_TO' }],
    });
    expect(story.factsOf('ReturnVisitRecorded')).toMatchObject([{ ledToComplaintId: 'case-2' }]);
    expect(story.factsOf('LinkedCaseRequested')).toMatchObject([
      {
        linkedComplaintId: 'case-2',
        causeClass: 'CLASS_3',
        topic: 'NOISE',
        buildingId: 'building-6',
        customerId: 'customer-1',
      },
    ]);
    expect(JSON.stringify(story.facts)).not.toContain('The road is loud');
    const empty = { ...newDemand, topic: ' ', content: '' };
    expect(story.refused('2026-03-03 11:00', visiting({ newDemand: empty }))).toEqual({
      code: 'NEW_DEMAND_INCOMPLETE',
      data: { missing: ['content', 'topic'] },
    });
  });
});

describe('the special report', () => {
  const submit =
    (change: Partial<typeof reportParts>): ComplaintCommand =>
    (state, at, env) =>
      submitSpecialReport(state, { by: 'staff-lin', ...reportParts, ...change }, at, env);

  rule('CMP-11', 'has six parts and goes to the quality centre and the division leader', () => {
    const story = resolved({ customerIds: customers(3) }).at(now, report);
    expect(story.state.specialReports).toMatchObject([
      { ...reportParts, by: 'staff-lin', sentTo: ['QUALITY_CENTRE', 'DIVISION_LEADER'] },
    ]);
    expect(story.factsOf('SpecialReportSubmitted')).toMatchObject([{ severity: 'HOT' }]);
    expect(story.refused('2026-03-03 09:00', report)).toEqual({
      code: 'SPECIAL_REPORT_ALREADY_SUBMITTED',
      data: { submittedAt: wall(now) },
    });
  });

  rule.each(specialReportParts.map((part) => ({ part })))(
    'CMP-11',
    'is refused without $part',
    ({ part }) => {
      expect(resolved({ customerIds: customers(3) }).refused(now, submit({ [part]: ' ' }))).toEqual({
        code: 'SPECIAL_REPORT_INCOMPLETE',
        data: { missing: [part] },
      });
    },
  );

  rule('CMP-11', 'names all that is missing at once', () => {
    expect(
      resolved({ customerIds: customers(3) }).refused(now, submit({ cause: '', lessons: '', content: '' })),
    ).toMatchObject({ data: { missing: ['content', 'cause', 'lessons'] } });
  });
});

describe('closing', () => {
  rule(['CMP-11', 'CMP-12'], 'is refused while anything is outstanding, and names it all at once', () => {
    const story = resolved({ customerIds: customers(3) });
    expect(story.refused(now, close)).toEqual({
      code: 'COMPLAINT_CLOSING_INCOMPLETE',
      data: {
        missing: [
          { clock: 'DEMAND_FORM', dueAt: wall('2026-03-03 10:00') },
          { clock: 'RETURN_VISIT', dueAt: wall('2026-03-05 11:00') },
          { clock: 'SPECIAL_REPORT', dueAt: wall('2026-03-09 11:00') },
        ],
        missingByClass: [],
      },
    });
    story.at(now, fileForm);
    expect(story.refused(now, close)).toMatchObject({
      data: { missing: [{ clock: 'RETURN_VISIT' }, { clock: 'SPECIAL_REPORT' }] },
    });
    story.at(now, visit(4));
    expect(story.refused(now, close)).toMatchObject({ data: { missing: [{ clock: 'SPECIAL_REPORT' }] } });
    story.at(now, report, close);
    expect(story.state).toMatchObject({ status: 'CLOSED', closedAt: wall(now) });
  });

  rule(
    ['CMP-09', 'CMP-12'],
    'what the cause class asks for holds the case as well, named at once with the rest',
    () => {
      const story = resolved({ causeClass: 'CLASS_3' });
      expect(story.refused(now, close)).toEqual({
        code: 'COMPLAINT_CLOSING_INCOMPLETE',
        data: {
          missing: [{ clock: 'RETURN_VISIT', dueAt: wall('2026-03-05 11:00') }],
          missingByClass: [
            { duty: 'COORDINATOR_NAMED', recipient: null, isDone: false },
            { duty: 'IMPACT_REPORT_SENT', recipient: 'MANAGEMENT_OFFICE', isDone: false },
            { duty: 'PROGRESS_TOLD', recipient: null, isDone: false },
          ],
        },
      });
      const tell: ComplaintCommand = (state, at, env) =>
        recordComplaintProgress(
          state,
          { by: 'staff-li', text: 'The street is mended.', toldBy: 'SMS' },
          at,
          env,
        );
      const reported = issueNotice({ kind: 'IMPACT_REPORT', to: 'MANAGEMENT_OFFICE' });
      story.at(now, visit(4), nameCoordinator, reported, tell, close);
      expect(story.state.status).toBe('CLOSED');
    },
  );

  rule('CMP-10', 'a company-level case is closed once measures and result were reported back', () => {
    const story = new Story().at(now, acknowledge, assign, respond, issueCompanyForm, resolve, visit(4));
    expect(story.refused(now, close)).toMatchObject({
      data: { missing: [{ clock: 'COMPANY_MEASURES' }, { clock: 'COMPANY_RESULT' }], missingByClass: [] },
    });
    expect(story.refused(now, reportResult).code).toBe('COMPANY_MEASURES_NOT_REPORTED');
    expect(story.at(now, reportMeasures, reportResult, close).state.status).toBe('CLOSED');
  });

  rule('CMP-09', 'a case of class 2 is closed once the developer was notified in writing', () => {
    const story = resolved({ causeClass: 'CLASS_2' }).at(now, visit(4));
    expect(story.refused(now, close)).toMatchObject({
      data: { missing: [], missingByClass: [{ duty: 'NOTICE_TO_DEVELOPER' }] },
    });
    expect(story.at(now, issueNotice({ kind: 'FACILITIES_REPORT' }), close).state.status).toBe('CLOSED');
  });

  rule('CMP-12', 'what was missed is still to be done before closing', () => {
    const story = resolved().until('2026-03-20 09:00');
    expect(story.factsOf('ComplaintClockMissed')).toMatchObject([
      { clock: 'RETURN_VISIT', at: wall('2026-03-05 11:00') },
    ]);
    expect(story.refused('2026-03-20 09:00', close)).toMatchObject({
      data: { missing: [{ clock: 'RETURN_VISIT' }] },
    });
    story.at('2026-03-20 10:00', visit(3), close);
    expect(story.clocks('RETURN_VISIT')).toMatchObject([
      { metAt: wall('2026-03-20 10:00'), missedAt: wall('2026-03-05 11:00') },
    ]);
    expect(story.factsOf('ComplaintClockMet').map((fact) => fact.clock)).toEqual(['RESPONSE']);
  });
});

describe('reopening', () => {
  rule(
    ['CMP-02', 'CMP-12'],
    'a dissatisfied customer makes it a second complaint: hot, with its form',
    () => {
      const story = resolved().at('2026-03-03 10:00', visit(2));
      expect(story.state).toMatchObject({
        status: 'REOPENED',
        severity: 'HOT',
        resolvedAt: null,
        reopenings: [{ cause: 'DISSATISFIED_AT_RETURN_VISIT' }],
      });
      expect(story.factsOf('ComplaintReopened')).toMatchObject([
        { cause: 'DISSATISFIED_AT_RETURN_VISIT', secondComplaintCount: 1 },
      ]);
      expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([
        { reasons: ['SECOND_COMPLAINT'], demandFormDueAt: wall('2026-03-04 10:00') },
      ]);
    },
  );

  rule(['CMP-05', 'CMP-12'], 'a second complaint gets a response within one working day too', () => {
    const story = resolved().at('2026-03-03 10:00', visit(1));
    expect(story.factsOf('ComplaintReopened')).toMatchObject([{ responseDueAt: wall('2026-03-04 10:00') }]);
    expect(story.refused('2026-03-03 11:00', resolve).code).toBe('COMPLAINT_NOT_IN_REQUIRED_STATUS');
    story.at('2026-03-04 09:00', respond, resolve);
    expect(story.clocks('RESPONSE').map((clock) => clock.metAt)).toEqual([
      wall(now),
      wall('2026-03-04 09:00'),
    ]);
  });

  rule(
    'CMP-12',
    'when the customer complains again before the visit, visit and report are no longer owed',
    () => {
      const story = resolved({ customerIds: customers(3) }).at('2026-03-03 09:00', fileForm, reopen);
      expect(story.clocks('RETURN_VISIT')).toMatchObject([
        { metAt: null, lapsedAt: wall('2026-03-03 09:00') },
      ]);
      expect(story.clocks('SPECIAL_REPORT')).toMatchObject([
        { metAt: null, lapsedAt: wall('2026-03-03 09:00') },
      ]);
      story.until('2026-03-31 09:00');
      expect(story.factsOf('ComplaintClockMissed').map((fact) => fact.clock)).toEqual(['RESPONSE']);
    },
  );

  rule('CMP-11', 'each resolution of a hot case has its own return visit and special report', () => {
    const story = resolved({ customerIds: customers(3) })
      .at('2026-03-03 09:00', fileForm, report, visit(2))
      .at('2026-03-04 09:00', respond, resolve);
    expect(story.refused('2026-03-04 09:00', close)).toMatchObject({
      data: { missing: [{ clock: 'RETURN_VISIT' }, { clock: 'SPECIAL_REPORT' }] },
    });
    for (const kind of ['RETURN_VISIT', 'SPECIAL_REPORT'] as const) {
      expect(story.clocks(kind).map(clockStatus)).toEqual(['MET', 'RUNNING']);
    }
    story.at('2026-03-05 09:00', visit(4), report, close);
    expect(story.state.specialReports.map((each) => each.sequence)).toEqual([1, 2]);
    expect(story.state.resolutions).toHaveLength(2);
  });

  rule('CMP-11', 'a demand form that was owed is owed still', () => {
    const story = resolved({ customerIds: customers(3) }).at('2026-03-02 12:00', reopen);
    expect(story.clocks('DEMAND_FORM')).toMatchObject([{ metAt: null, lapsedAt: null }]);
  });

  rule('CMP-12', 'a closed case can come back, with a reason', () => {
    const story = resolved().at('2026-03-03 10:00', visit(5), close);
    const without: ComplaintCommand = (state, at, env) =>
      reopenComplaint(state, { by: 'staff-lin', reason: '', channel: null }, at, env);
    expect(story.refused('2026-03-04 10:00', without).code).toBe('COMPLAINT_REASON_MISSING');
    story.at('2026-03-04 10:00', reopen);
    expect(story.state).toMatchObject({
      status: 'REOPENED',
      severity: 'HOT',
      closedAt: null,
      resolvedAt: null,
    });
    expect(story.state.closings).toMatchObject([{ by: 'staff-lin' }]);
  });
});
