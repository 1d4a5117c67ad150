import { isRefused } from '@anju/kernel';
import { rule } from '@anju/testing';
import { complaintNumber } from './complaint';
import { aReceipt, customers, environment, Story, wall } from './complaint-story';
import { receiveComplaint, type ReceiveComplaint } from './receive';

function receive(change: Partial<ReceiveComplaint>, at = wall('2026-03-02 10:00')) {
  return receiveComplaint(aReceipt(change), at, environment);
}

function refusalOf(change: Partial<ReceiveComplaint>, at?: Date) {
  const decision = receive(change, at);
  return isRefused(decision) ? decision.refusal : null;
}

describe('receiving a complaint', () => {
  rule('CMP-04', 'a complaint is entered at once with its number, class, subject and customers', () => {
    const { state } = new Story();
    expect(state).toMatchObject({
      number: 'JX-C20260302-001',
      status: 'RECEIVED',
      causeClass: 'CLASS_1',
      severity: 'GENERAL',
      subject: { topic: 'LIFT', unitId: null, buildingId: 'building-6' },
      members: [{ customerId: 'customer-1', interactionId: 'interaction-1' }],
      interactionIds: ['interaction-1'],
    });
  });

  rule.each([
    { receivedOn: '2026-03-02', sequence: 1, number: 'JX-C20260302-001' },
    { receivedOn: '2026-12-31', sequence: 42, number: 'JX-C20261231-042' },
    { receivedOn: '2026-03-02', sequence: 1000, number: 'JX-C20260302-1000' },
  ])('CMP-04', 'the case number is $number', ({ receivedOn, sequence, number }) => {
    expect(complaintNumber('JX', receivedOn, sequence)).toBe(number);
  });

  it('has no number for a sequence that is none', () => {
    for (const sequence of [0, -1, 1.5, Number.NaN]) {
      expect(() => complaintNumber('JX', '2026-03-02', sequence)).toThrow(RangeError);
    }
  });

  rule(
    ['CMP-02', 'CMP-11'],
    '12 residents about the lift are a major complaint at once, with its demand form',
    () => {
      const receivedAt = wall('2026-03-02 10:05');
      const story = new Story(aReceipt({ receivedAt, customerIds: customers(12) }));
      expect(story.state.severity).toBe('MAJOR');
      expect(story.facts).toEqual([
        expect.objectContaining({
          type: 'ComplaintReceived',
          severity: 'MAJOR',
          severityReasons: ['GROUP_OF_MAJOR_SIZE', 'GROUP_OF_HOT_SIZE'],
          groupSize: 12,
          responseDueAt: wall('2026-03-03 10:05'),
          demandFormDueAt: wall('2026-03-03 10:05'),
          becomesHotAt: wall('2026-03-09 10:05'),
          becomesMajorAt: wall('2026-04-02 10:05'),
        }),
        expect.objectContaining({ type: 'ComplaintClockStarted', clock: 'RESPONSE' }),
        expect.objectContaining({ type: 'ComplaintClockStarted', clock: 'DEMAND_FORM' }),
      ]);
      expect(story.clocks('DEMAND_FORM')).toMatchObject([{ forSeverity: 'MAJOR' }]);
    },
  );

  rule('CMP-11', 'a general complaint owes no demand form', () => {
    const story = new Story(aReceipt({ customerIds: customers(2) }));
    expect(story.factsOf('ComplaintReceived')).toMatchObject([
      { severity: 'GENERAL', demandFormDueAt: null },
    ]);
    expect(story.clocks('DEMAND_FORM')).toEqual([]);
  });

  rule('CMP-14', 'the same customer named twice counts once', () => {
    const { state } = new Story(aReceipt({ customerIds: ['customer-1', 'customer-2', 'customer-1'] }));
    expect(state.members).toHaveLength(2);
    expect(state.severity).toBe('GENERAL');
  });

  rule('CMP-04', 'an anonymous complaint is taken too', () => {
    const story = new Story(
      aReceipt({ customerIds: [], interactionId: null, content: 'No light in the yard.' }),
    );
    expect(story.factsOf('ComplaintReceived')).toMatchObject([{ groupSize: 0, customerIds: [] }]);
  });

  rule('CMP-05', 'entered later than received, the clocks run from the receipt', () => {
    const decision = receive({}, wall('2026-03-12 09:00'));
    expect(decision).toMatchObject({
      outcome: 'accepted',
      state: {
        receivedAt: wall('2026-03-02 10:00'),
        clocks: [{ kind: 'RESPONSE', dueAt: wall('2026-03-03 10:00') }],
      },
      facts: [
        { type: 'ComplaintReceived', at: wall('2026-03-12 09:00') },
        {
          type: 'ComplaintClockStarted',
          at: wall('2026-03-12 09:00'),
          startedAt: wall('2026-03-02 10:00'),
        },
      ],
    });
  });

  it('is not received in the future', () => {
    expect(refusalOf({}, wall('2026-03-02 09:59'))).toEqual({
      code: 'COMPLAINT_RECEIVED_IN_FUTURE',
      data: { receivedAt: wall('2026-03-02 10:00'), now: wall('2026-03-02 09:59') },
    });
  });

  it('names everything that is missing at once', () => {
    const subject = { topic: ' ', unitId: null, buildingId: null };
    expect(refusalOf({ interactionId: null, content: '  ', subject })).toEqual({
      code: 'COMPLAINT_DETAILS_MISSING',
      data: { missing: ['content', 'topic'] },
    });
  });

  it('needs no words of its own where a contact or another case holds them', () => {
    expect(refusalOf({ interactionId: 'interaction-1', content: null })).toBeNull();
    expect(refusalOf({ interactionId: null, cameFromComplaintId: 'case-0', content: null })).toBeNull();
  });

  rule('CMP-12', 'the case of a new demand names the case that it came from', () => {
    const story = new Story(aReceipt({ cameFromComplaintId: 'case-0' }));
    expect(story.state.linkedCases).toEqual([{ complaintId: 'case-0', relation: 'CAME_FROM' }]);
    expect(story.factsOf('ComplaintReceived')).toMatchObject([{ cameFromComplaintId: 'case-0' }]);
  });

  rule('CMP-15', 'an employee whom the complaint names may file it but not be its handler', () => {
    expect(refusalOf({ namedStaffIds: ['staff-li'], handlerId: 'staff-li' })).toEqual({
      code: 'NAMED_EMPLOYEE_CANNOT_HANDLE',
      data: { staffId: 'staff-li' },
    });
    expect(refusalOf({ namedStaffIds: ['staff-zhou'], receivedBy: 'staff-zhou' })).toBeNull();
  });
});
