import { rule } from '@anju/testing';
import {
  acknowledge,
  aReceipt,
  assign,
  customers,
  fileForm,
  resolve,
  respond,
  Story,
  type ComplaintCommand,
} from './complaint-story';
import {
  acknowledgeComplaint,
  assignComplaint,
  changeComplaintCauseClass,
  fileDemandForm,
  recordComplaintProgress,
  respondToComplaint,
} from './handling';
import { nameComplaintStaff } from './severity-commands';

const now = '2026-03-02 11:00';
const assignTo =
  (handlerId: string, responsibleDepartment = 'EQUIPMENT'): ComplaintCommand =>
  (state, at) =>
    assignComplaint(state, { by: 'staff-lin', responsibleDepartment, handlerId }, at);
const name =
  (...staffIds: string[]): ComplaintCommand =>
  (state, at) =>
    nameComplaintStaff(state, { by: 'staff-lin', staffIds }, at);

describe('first receipt', () => {
  rule('CMP-04', 'thanks and acknowledgement are recorded with who, when and how', () => {
    const story = new Story().at('2026-03-02 10:02', acknowledge);
    expect(story.state).toMatchObject({
      status: 'ACKNOWLEDGED',
      acknowledgement: { by: 'staff-zhou', channel: 'PHONE' },
    });
    expect(story.factsOf('ComplaintAcknowledged')).toMatchObject([
      { customerIds: story.state.members.map(({ customerId }) => customerId) },
    ]);
  });

  rule('CMP-04', 'without thanks there is no acknowledgement', () => {
    const thankless: ComplaintCommand = (state, at) =>
      acknowledgeComplaint(state, { by: 'staff-zhou', channel: 'PHONE', thanksGiven: false }, at);
    expect(new Story().refused(now, thankless).code).toBe('THANKS_NOT_GIVEN');
  });

  rule('CMP-04', 'a responsible department and one named handler are set, and can be changed', () => {
    const story = new Story().at(now, assign, assignTo('staff-wang'), assignTo('staff-wang', 'SECURITY'));
    expect(story.state).toMatchObject({ responsibleDepartment: 'SECURITY', handlerId: 'staff-wang' });
    expect(story.factsOf('ComplaintAssigned')).toMatchObject([
      { handlerId: 'staff-li', previousHandlerId: null },
      { handlerId: 'staff-wang', previousHandlerId: 'staff-li', previousDepartment: 'EQUIPMENT' },
      { responsibleDepartment: 'SECURITY', handlerId: 'staff-wang', previousHandlerId: 'staff-wang' },
    ]);
  });

  rule('CMP-04', 'neither department nor handler may be left out, nor set to what they are', () => {
    const story = new Story();
    expect(story.refused(now, assignTo('staff-li', ' ')).code).toBe('COMPLAINT_DEPARTMENT_MISSING');
    expect(story.refused(now, assignTo('')).code).toBe('COMPLAINT_HANDLER_MISSING');
    story.at(now, assign);
    expect(story.refused(now, assign)).toEqual({
      code: 'COMPLAINT_ALREADY_ASSIGNED',
      data: { responsibleDepartment: 'EQUIPMENT', handlerId: 'staff-li' },
    });
  });
});

describe('the handling response', () => {
  rule('CMP-05', 'given within one working day it keeps its clock', () => {
    const story = new Story().at('2026-03-03 09:59', acknowledge, assign, respond);
    expect(story.state.status).toBe('IN_HANDLING');
    expect(story.clocks('RESPONSE')).toMatchObject([{ missedAt: null }]);
    expect(story.factsOf('ComplaintClockMet')).toMatchObject([{ clock: 'RESPONSE', handlerId: 'staff-li' }]);
  });

  rule('CMP-05', 'a second response is kept too but has no clock', () => {
    const story = new Story().at(now, acknowledge, assign, respond, respond);
    expect(story.state.responses).toHaveLength(2);
    expect(story.factsOf('ComplaintClockMet')).toHaveLength(1);
  });

  rule('CMP-05', 'it says something, and somebody handles the case', () => {
    const silent: ComplaintCommand = (state, at, env) =>
      respondToComplaint(state, { by: 'staff-lin', channel: 'PHONE', text: '\n ' }, at, env);
    const story = new Story().at(now, acknowledge);
    expect(story.refused(now, silent).code).toBe('COMPLAINT_TEXT_MISSING');
    expect(story.refused(now, respond).code).toBe('COMPLAINT_HANDLER_MISSING');
  });

  rule('CMP-04', 'progress is recorded, with how the customer was told of it', () => {
    const progress =
      (text: string): ComplaintCommand =>
      (state, at, env) =>
        recordComplaintProgress(state, { by: 'staff-li', text, toldBy: 'WECHAT' }, at, env);
    const story = new Story().at(now, acknowledge, progress('Part ordered.'));
    expect(story.state.progress).toMatchObject([{ by: 'staff-li', toldBy: 'WECHAT' }]);
    expect(story.factsOf('ComplaintProgressRecorded')).toMatchObject([
      {
        toldBy: 'WECHAT',
        interactionIds: ['interaction-1'],
        customerIds: story.state.members.map(({ customerId }) => customerId),
      },
    ]);
    expect(story.refused(now, progress('')).code).toBe('COMPLAINT_TEXT_MISSING');
  });
});

describe('the cause class', () => {
  const change =
    (to: 'CLASS_1' | 'CLASS_2' | 'CLASS_3', reason: string): ComplaintCommand =>
    (state, at) =>
      changeComplaintCauseClass(state, { by: 'staff-lin', to, reason }, at);

  rule('CMP-01', 'is corrected with a reason, and what it was is kept', () => {
    const story = new Story().at(now, change('CLASS_2', 'The shaft was built crooked.'));
    expect(story.state).toMatchObject({
      causeClass: 'CLASS_2',
      causeClassChanges: [{ from: 'CLASS_1', to: 'CLASS_2', by: 'staff-lin' }],
    });
    expect(story.factsOf('ComplaintCauseClassChanged')).toMatchObject([{ from: 'CLASS_1', to: 'CLASS_2' }]);
  });

  rule('CMP-01', 'is not changed without a reason, nor to what it is', () => {
    expect(new Story().refused(now, change('CLASS_2', ' ')).code).toBe('COMPLAINT_REASON_MISSING');
    expect(new Story().refused(now, change('CLASS_1', 'Checked.')).code).toBe('CAUSE_CLASS_UNCHANGED');
  });
});

describe('an employee whom the complaint names', () => {
  rule('CMP-15', 'is not made the handler', () => {
    const story = new Story(aReceipt({ namedStaffIds: ['staff-qian'] }));
    expect(story.refused(now, assignTo('staff-qian'))).toEqual({
      code: 'NAMED_EMPLOYEE_CANNOT_HANDLE',
      data: { staffId: 'staff-qian' },
    });
  });

  rule(
    'CMP-15',
    'named later, hands the case back; until another handles it nothing is answered or resolved',
    () => {
      const story = new Story().at(now, acknowledge, assign, respond, name('staff-li', 'staff-qian'));
      expect(story.state).toMatchObject({ handlerId: null, responsibleDepartment: 'EQUIPMENT' });
      expect(story.factsOf('ComplaintStaffNamed')).toMatchObject([{ staffIds: ['staff-li', 'staff-qian'] }]);
      expect(story.factsOf('ComplaintAssigned').at(-1)).toMatchObject({
        handlerId: null,
        previousHandlerId: 'staff-li',
      });
      expect(story.refused(now, respond).code).toBe('COMPLAINT_HANDLER_MISSING');
      expect(
        story.refused(now, (state, at, env) => resolve({ ...state, namedStaffIds: [] }, at, env)).code,
      ).toBe('COMPLAINT_HANDLER_MISSING');
      story.at(now, assignTo('staff-wang'), respond);
    },
  );

  rule('CMP-15', 'leaves another handler where he is, and is named once', () => {
    const story = new Story().at(now, assign, name('staff-qian'));
    expect(story.state.handlerId).toBe('staff-li');
    expect(story.refused(now, name('staff-qian'))).toEqual({
      code: 'COMPLAINT_STAFF_ALREADY_NAMED',
      data: { staffIds: ['staff-qian'] },
    });
  });
});

describe('the demand form', () => {
  rule('CMP-11', 'goes to the quality centre and the division leader', () => {
    const story = new Story(aReceipt({ customerIds: customers(3) })).at(now, fileForm);
    expect(story.state.demandForms).toMatchObject([
      { sequence: 1, severity: 'HOT', sentTo: ['QUALITY_CENTRE', 'DIVISION_LEADER'] },
    ]);
    expect(story.factsOf('DemandFormFiled')).toMatchObject([
      { severity: 'HOT', sentTo: ['QUALITY_CENTRE', 'DIVISION_LEADER'] },
    ]);
  });

  rule('CMP-11', 'is not asked for while a complaint is general, nor twice for one rise', () => {
    expect(new Story().refused(now, fileForm)).toEqual({
      code: 'DEMAND_FORM_NOT_REQUIRED',
      data: { severity: 'GENERAL' },
    });
    const story = new Story(aReceipt({ customerIds: customers(3) })).at(now, fileForm);
    expect(story.refused(now, fileForm)).toEqual({
      code: 'DEMAND_FORM_NOT_REQUIRED',
      data: { severity: 'HOT' },
    });
  });

  rule('CMP-11', 'holds the demand and the measures; what is missing is named at once', () => {
    const empty: ComplaintCommand = (state, at, env) =>
      fileDemandForm(state, { by: 'staff-lin', demand: '', measures: ' ' }, at, env);
    expect(new Story(aReceipt({ customerIds: customers(3) })).refused(now, empty)).toEqual({
      code: 'DEMAND_FORM_INCOMPLETE',
      data: { missing: ['demand', 'measures'] },
    });
  });
});
