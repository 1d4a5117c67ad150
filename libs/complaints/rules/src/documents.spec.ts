import { rule } from '@anju/testing';
import { classDuties } from './class-duties';
import {
  acknowledge,
  aReceipt,
  assign,
  fileForm,
  report,
  reportParts,
  resolve,
  respond,
  Story,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import {
  confirmReceipt,
  issueCompanyForm,
  issueNotice,
  nameCoordinator,
  replied,
  reportMeasures,
  reportResult,
  reviseForm,
  reviseReport,
} from './complaint-work-story';
import {
  confirmDocumentReceipt,
  documentsOf,
  reviseDemandForm,
  reviseSpecialReport,
  versionsOf,
} from './documents';
import { recordComplaintProgress } from './handling';
import { defaultComplaintPolicy } from './policy';
import { addComplaintFacts, nameComplaintStaff } from './severity-commands';

const at = '2026-03-02 11:00';
const hot = () => new Story(aReceipt({ facts: ['LAWSUIT_LIKELY'] }));
const ofClass = (causeClass: 'CLASS_1' | 'CLASS_2' | 'CLASS_3') => new Story(aReceipt({ causeClass }));
const dutiesOf = (story: Story) => classDuties(story.state, defaultComplaintPolicy);

describe('what the cause class asks for', () => {
  rule('CMP-09', 'class 1 asks for nothing beside what every case has', () => {
    expect(dutiesOf(ofClass('CLASS_1'))).toEqual([]);
  });

  rule.each([
    { kind: 'HOUSING_QUALITY_NOTICE', number: 'JX-C20260302-001-N1' },
    { kind: 'FACILITIES_REPORT', number: 'JX-C20260302-001-N1' },
  ] as const)('CMP-09', 'class 2 is notified to the developer in writing: $kind', ({ kind, number }) => {
    const story = ofClass('CLASS_2');
    expect(dutiesOf(story)).toMatchObject([{ duty: 'NOTICE_TO_DEVELOPER', isDone: false }]);
    story.at(at, issueNotice({ kind }));
    expect(dutiesOf(story)).toMatchObject([{ isDone: true }]);
    expect(documentsOf(story.state)).toMatchObject([
      { document: 'WRITTEN_NOTICE', number, sentAt: wall(at), sentTo: ['DEVELOPER_CUSTOMER_RELATIONS'] },
    ]);
    expect(JSON.stringify(story.facts)).not.toContain('cracked');
  });

  rule('CMP-09', 'a notice of another class, or to somebody whom it is not meant for, is refused', () => {
    expect(ofClass('CLASS_1').refused(at, issueNotice())).toEqual({
      code: 'COMPLAINT_NOTICE_NOT_OF_CAUSE_CLASS',
      data: { noticeKind: 'HOUSING_QUALITY_NOTICE', causeClass: 'CLASS_1', kinds: [] },
    });
    expect(ofClass('CLASS_2').refused(at, issueNotice({ to: 'QUALITY_CENTRE' }))).toMatchObject({
      code: 'COMPLAINT_NOTICE_ADDRESSEE_NOT_MEANT',
      data: { meant: ['DEVELOPER_CUSTOMER_RELATIONS'] },
    });
    const outside = { kind: 'IMPACT_REPORT', to: 'OUTSIDE_DEPARTMENT' } as const;
    expect(ofClass('CLASS_3').refused(at, issueNotice(outside)).code).toBe(
      'COMPLAINT_NOTICE_DEPARTMENT_MISSING',
    );
    expect(
      ofClass('CLASS_3').refused(at, issueNotice({ ...outside, department: '城管', text: ' ' })),
    ).toEqual({
      code: 'COMPLAINT_TEXT_MISSING',
      data: { command: 'issueComplaintNotice' },
    });
  });

  rule('CMP-09', 'class 3 has a coordinator, reports according to impact, and progress that is told', () => {
    const story = ofClass('CLASS_3');
    const progress =
      (toldBy: 'PHONE' | null): ComplaintCommand =>
      (state, now, env) =>
        recordComplaintProgress(state, { by: 'staff-li', text: 'Asked the city.', toldBy }, now, env);
    story.at(at, acknowledge, assign, progress(null));
    expect(dutiesOf(story).map(({ duty, recipient, isDone }) => [duty, recipient, isDone])).toEqual([
      ['COORDINATOR_NAMED', null, false],
      ['IMPACT_REPORT_SENT', 'MANAGEMENT_OFFICE', false],
      ['PROGRESS_TOLD', null, false],
    ]);
    const toOffice = issueNotice({ kind: 'IMPACT_REPORT', to: 'MANAGEMENT_OFFICE' });
    story.at(at, nameCoordinator, toOffice, progress('PHONE'));
    expect(dutiesOf(story).every(({ isDone }) => isDone)).toBe(true);
    story.until('2026-03-09 10:00');
    expect(dutiesOf(story).filter(({ isDone }) => !isDone)).toEqual([
      { duty: 'IMPACT_REPORT_SENT', recipient: 'QUALITY_CENTRE', isDone: false },
    ]);
  });

  rule(
    ['CMP-08', 'CMP-09'],
    'of a case of class 3 on the web, a further approved reply tells the progress',
    () => {
      const story = new Story(aReceipt({ causeClass: 'CLASS_3', channel: 'WEB' }));
      const isTold = () => dutiesOf(story).find(({ duty }) => duty === 'PROGRESS_TOLD')?.isDone;
      story.at(at, acknowledge, assign, replied());
      expect(isTold()).toBe(false);
      story.at(at, replied());
      expect(isTold()).toBe(true);
    },
  );

  rule(['CMP-09', 'CMP-15'], 'nobody whom the complaint names coordinates it', () => {
    const named = (state: Story['state'], now: Date) =>
      nameComplaintStaff(state, { by: 'staff-lin', staffIds: ['staff-he'] }, now);
    const story = ofClass('CLASS_3').at(at, nameCoordinator);
    expect(story.refused(at, nameCoordinator).code).toBe('COMPLAINT_COORDINATOR_UNCHANGED');
    expect(story.at(at, named).state.coordinatorId).toBeNull();
    expect(story.refused(at, nameCoordinator).code).toBe('NAMED_EMPLOYEE_CANNOT_HANDLE');
    expect(ofClass('CLASS_1').refused(at, nameCoordinator).code).toBe('COMPLAINT_COORDINATOR_NOT_NEEDED');
  });
});

describe('the demand form of the company', () => {
  rule('CMP-10', 'the service centre reports its measures, then the result', () => {
    const story = ofClass('CLASS_1').at(at, issueCompanyForm);
    const due = () => story.state.clocks.slice(1).map(({ kind, dueAt, metAt }) => [kind, dueAt, metAt]);
    expect(due()).toEqual([
      ['COMPANY_MEASURES', wall('2026-03-03 11:00'), null],
      ['COMPANY_RESULT', wall('2026-03-07 11:00'), null],
    ]);
    expect(story.refused(at, reportResult).code).toBe('COMPANY_MEASURES_NOT_REPORTED');
    expect(story.refused(at, issueCompanyForm).code).toBe('COMPANY_DEMAND_FORM_STILL_OPEN');
    story.at('2026-03-03 09:00', reportMeasures);
    expect(story.refused('2026-03-03 09:00', reportMeasures)).toEqual({
      code: 'COMPANY_MEASURES_ALREADY_REPORTED',
      data: { reportedAt: wall('2026-03-03 09:00') },
    });
    story.at('2026-03-05 09:00', reportResult);
    expect(due().map(([, , metAt]) => metAt)).toEqual([wall('2026-03-03 09:00'), wall('2026-03-05 09:00')]);
    expect(story.state.companyForms).toMatchObject([
      {
        issuedAt: wall(at),
        finishAt: wall('2026-03-07 11:00'),
        measures: { at: wall('2026-03-03 09:00') },
        result: { at: wall('2026-03-05 09:00') },
      },
    ]);
    expect(story.refused('2026-03-05 09:00', reportResult).code).toBe('COMPANY_DEMAND_FORM_NOT_OPEN');
  });
});

describe('documents and their way', () => {
  rule('CMP-11', 'a form that was corrected goes out as another version, to the same recipients', () => {
    const story = hot();
    expect(story.refused(at, reviseForm).code).toBe('DEMAND_FORM_NOT_FILED');
    story.at(at, fileForm).at('2026-03-02 12:00', reviseForm);
    expect(documentsOf(story.state)).toMatchObject([
      { number: 'JX-C20260302-001-D1', version: 1 },
      { number: 'JX-C20260302-001-D2', version: 2, sentTo: ['QUALITY_CENTRE', 'DIVISION_LEADER'] },
    ]);
    expect(story.state.demandForms[1]).toMatchObject({ revisedBecause: 'It is the motor.' });
  });

  rule('CMP-11', 'a form has its own versions, and not those of the form before', () => {
    const graver = (state: Story['state'], now: Date, env: Story['env']) =>
      addComplaintFacts(state, { by: 'staff-lin', facts: ['LAWSUIT_FILED'], note: null }, now, env);
    const story = hot().at(at, fileForm, reviseForm, graver, fileForm, reviseForm, reviseForm);
    const versions = (sequence: number) =>
      versionsOf(story.state, { document: 'DEMAND_FORM', sequence }).map((one) => [
        one.sequence,
        one.version,
        one.by,
      ]);
    const first = [
      [1, 1, 'staff-lin'],
      [2, 2, 'staff-lin'],
    ];
    const second = [3, 4, 5].map((sequence, index) => [sequence, index + 1, 'staff-lin']);
    expect([1, 2].map(versions)).toEqual([first, first]);
    expect([3, 4, 5].map(versions)).toEqual([second, second, second]);
  });

  rule('CMP-11', 'a special report that was corrected has all six parts again', () => {
    const story = hot().at(at, acknowledge, assign, respond, fileForm, resolve);
    expect(story.refused(at, reviseReport).code).toBe('SPECIAL_REPORT_NOT_SUBMITTED');
    story.at(at, report, reviseReport);
    expect(story.state.specialReports.map(({ version }) => version)).toEqual([1, 2]);
  });

  rule('CMP-11', 'a revision names all that it lacks at once, its reason, too', () => {
    const blank = { by: 'staff-lin', demand: ' ', measures: 'A new motor.', reason: '' };
    const story = hot().at(at, acknowledge, assign, respond, fileForm, resolve, report);
    expect(story.refused(at, (state) => reviseDemandForm(state, blank, wall(at)))).toEqual({
      code: 'DEMAND_FORM_INCOMPLETE',
      data: { missing: ['demand', 'reason'] },
    });
    const parts = { ...reportParts, by: 'staff-lin', lessons: ' ', reason: ' ' };
    expect(story.refused(at, (state) => reviseSpecialReport(state, parts, wall(at)))).toEqual({
      code: 'SPECIAL_REPORT_INCOMPLETE',
      data: { missing: ['lessons', 'reason'] },
    });
    const whole = { ...parts, lessons: 'Motors wear.' };
    expect(story.refused(at, (state) => reviseSpecialReport(state, whole, wall(at))).code).toBe(
      'COMPLAINT_REASON_MISSING',
    );
  });

  rule('CMP-11', 'each recipient confirms to have got a document, once and himself', () => {
    const story = hot().at(at, fileForm);
    expect(story.refused(at, confirmReceipt('DIVISION_LEADER'))).toEqual({
      code: 'COMPLAINT_DOCUMENT_OF_ANOTHER',
      data: { recipient: 'DIVISION_LEADER' },
    });
    expect(story.refused(at, confirmReceipt('MANAGEMENT_OFFICE')).code).toBe(
      'COMPLAINT_DOCUMENT_NOT_SENT_TO',
    );
    story.at('2026-03-02 12:00', confirmReceipt());
    expect(story.refused('2026-03-02 12:00', confirmReceipt())).toEqual({
      code: 'COMPLAINT_DOCUMENT_ALREADY_RECEIVED',
      data: { receivedAt: wall('2026-03-02 12:00') },
    });
    expect(documentsOf(story.state)[0]?.receipts).toMatchObject([{ recipient: 'QUALITY_CENTRE' }]);
  });

  rule('CMP-09', 'what went outside is received with the name of who signed for it', () => {
    const outside = { kind: 'IMPACT_REPORT', to: 'OUTSIDE_DEPARTMENT', department: '城管' } as const;
    const story = ofClass('CLASS_3').at(at, issueNotice(outside));
    const receive =
      (signedBy: string | null, sequence = 1) =>
      (state: Story['state'], now: Date) =>
        confirmDocumentReceipt(
          state,
          {
            ...{ by: 'staff-li', document: 'WRITTEN_NOTICE' as const, sequence, signedBy, as: [] },
            recipient: 'OUTSIDE_DEPARTMENT',
          },
          now,
        );
    expect(story.refused(at, receive(' ')).code).toBe('COMPLAINT_DOCUMENT_SIGNATURE_MISSING');
    expect(story.refused(at, receive('王科长', 2)).code).toBe('COMPLAINT_DOCUMENT_NOT_FOUND');
    story.at(at, receive('王科长'));
    expect(story.state.documentReceipts).toMatchObject([{ signedBy: '王科长' }]);
    expect(JSON.stringify(story.facts)).not.toContain('王');
  });
});
