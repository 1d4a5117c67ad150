import { accepted, factsOf, rule } from '@anju/testing';
import type { ComplaintState } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  customers,
  environment,
  join,
  resolve,
  respond,
  Story,
  visit,
  wall,
} from './complaint-story';
import {
  acceptHandOver,
  draftReply,
  handOver,
  issueCompanyForm,
  joinInto,
  link,
  refuseHandOver,
  split,
  submitReply,
  tryVisit,
  urge,
} from './complaint-work-story';
import { noteComplaintLink, splitComplaint, takeInComplaint } from './linking';
import { receiveComplaint } from './receive';
import { addComplaintFacts, nameComplaintStaff } from './severity-commands';

const at = '2026-03-02 11:00';

/** Ends the first case in the second. */
function joined(
  one: Story,
  other: ComplaintState,
  when: string,
): { one: ComplaintState; other: ComplaintState } {
  one.at(when, joinInto(other.id, other.status));
  const taken = takeInComplaint(other, { by: 'staff-lin', from: one.state }, wall(when), environment);
  return { one: one.state, other: accepted(taken) };
}

describe('hand over of a case', () => {
  const handled = () => new Story().at(at, acknowledge, assign);

  rule('CMP-04', 'a case changes hands when the other accepts, not before', () => {
    const story = handled().at(at, handOver);
    expect(story.state.handlerId).toBe('staff-li');
    expect(story.refused(at, handOver).code).toBe('COMPLAINT_HAND_OVER_OPEN');
    story.at('2026-03-02 12:00', acceptHandOver);
    expect(story.state).toMatchObject({ handlerId: 'staff-he', responsibleDepartment: 'CUSTOMER_SERVICE' });
    expect(story.state.handOvers).toMatchObject([
      { outcome: 'ACCEPTED', answeredAt: wall('2026-03-02 12:00') },
    ]);
    expect(story.factsOf('ComplaintAssigned').at(-1)).toMatchObject({ previousHandlerId: 'staff-li' });
    expect(story.refused('2026-03-02 12:00', acceptHandOver).code).toBe('COMPLAINT_HAND_OVER_NOT_OPEN');
  });

  rule('CMP-04', 'a case that is not taken stays where it is', () => {
    const story = handled().at(at, handOver, refuseHandOver);
    expect(story.state).toMatchObject({
      handlerId: 'staff-li',
      handOvers: [{ outcome: 'REFUSED', answer: 'Too much already.' }],
    });
  });

  rule('CMP-04', 'an offer falls away when the case is given to somebody else', () => {
    const assigned = handled().at(at, handOver);
    assigned.at(at, (state, now, env) => assign({ ...state, handlerId: null }, now, env));
    expect(assigned.state.handOvers).toMatchObject([{ outcome: 'WITHDRAWN' }]);
  });

  rule('CMP-15', 'an offer to somebody whom the complaint turns out to name falls away', () => {
    const story = handled().at(at, handOver, (state, now) =>
      nameComplaintStaff(state, { by: 'staff-lin', staffIds: ['staff-he'] }, now),
    );
    expect(story.state.handOvers).toMatchObject([{ outcome: 'WITHDRAWN' }]);
    expect(story.refused(at, handOver).code).toBe('NAMED_EMPLOYEE_CANNOT_HANDLE');
  });
});

describe('urging and visits that were tried', () => {
  it('counts how often a customer urges, and keeps the contact', () => {
    const story = new Story().at(at, urge).at('2026-03-02 12:00', urge);
    expect(story.factsOf('ComplaintUrged').map(({ count }) => count)).toEqual([1, 2]);
    expect(story.state.interactionIds).toEqual(['interaction-1', 'interaction-9']);
    expect(story.state.severity).toBe('GENERAL');
    const stranger: typeof urge = (state, now, env) =>
      urge({ ...state, members: [{ customerId: 'x', joinedAt: now, interactionId: null }] }, now, env);
    expect(story.try(at, stranger).outcome).toBe('accepted');
  });

  rule('CMP-12', 'a visit that did not come about leaves the duty as it is', () => {
    const story = new Story().at(at, acknowledge, assign, respond, resolve).at('2026-03-03 11:00', tryVisit);
    expect(story.clocks('RETURN_VISIT')[0]?.metAt).toBeNull();
    story.at('2026-03-04 11:00', visit(4));
    expect(story.clocks('RETURN_VISIT')[0]?.metAt).toEqual(wall('2026-03-04 11:00'));
    expect(story.state.returnVisitAttempts).toMatchObject([{ obstacle: 'NO_ANSWER' }]);
  });
});

describe('cases that have to do with each other', () => {
  it('are linked once, and the other end shows it', () => {
    const story = new Story().at(at, link('case-2'));
    expect(story.refused(at, link('case-2')).code).toBe('COMPLAINT_ALREADY_LINKED');
    expect(story.refused(at, link('case-1')).code).toBe('COMPLAINT_IS_ITSELF');
    const other = noteComplaintLink(new Story(aReceipt({ id: 'case-2' })).state, 'case-1');
    expect(other.linkedCases).toEqual([{ complaintId: 'case-1', relation: 'RELATED' }]);
    expect(noteComplaintLink(other, 'case-1')).toBe(other);
  });

  rule(
    ['CMP-13', 'CMP-14'],
    'a case that is the same ends in the other, which has its members, contacts and facts',
    () => {
      const one = new Story(aReceipt({ customerIds: customers(2), facts: ['MEDIA_EXPOSURE_LIKELY'] }));
      const into = new Story(
        aReceipt({ id: 'case-2', customerIds: customers(2, 2), interactionId: 'interaction-2' }),
      );
      const after = joined(one, into.state, at);
      expect(after.one).toMatchObject({
        status: 'JOINED',
        resolvedAt: null,
        joinedInto: { complaintId: 'case-2', reason: 'The same lift.' },
        linkedCases: [{ complaintId: 'case-2', relation: 'JOINED_INTO' }],
      });
      expect(after.one.clocks.every(({ lapsedAt }) => lapsedAt !== null)).toBe(true);
      expect(after.other).toMatchObject({
        severity: 'HOT',
        interactionIds: ['interaction-2', 'interaction-1'],
        facts: [{ fact: 'MEDIA_EXPOSURE_LIKELY' }],
        linkedCases: [{ complaintId: 'case-1', relation: 'TOOK_IN' }],
      });
      expect(after.other.members.map(({ customerId }) => customerId)).toEqual([
        'customer-2',
        'customer-3',
        'customer-1',
      ]);
    },
  );

  rule(['CMP-03', 'CMP-14'], 'joined cases are as old as the older one, and as severe as either', () => {
    const old = new Story(aReceipt({ id: 'case-1', receivedAt: wall('2026-02-25 10:00') }));
    const young = new Story(aReceipt({ id: 'case-2' })).until('2026-03-05 10:00');
    old.until('2026-03-05 10:00');
    expect([old.state.severity, young.state.severity]).toEqual(['HOT', 'GENERAL']);
    const { other } = joined(old, young.state, '2026-03-05 10:00');
    expect(other).toMatchObject({
      severity: 'HOT',
      ageing: { becomesMajorAt: wall('2026-03-25 10:00'), wasUnresolvedForAWeekAt: wall('2026-03-04 10:00') },
    });
  });

  rule(['CMP-07', 'CMP-14'], 'what the customers of the one are still owed is owed by the other', () => {
    const web = new Story(aReceipt({ channel: 'WEB' }));
    const other = new Story(aReceipt({ id: 'case-2' })).at(at, acknowledge, assign, respond).state;
    const after = joined(web, other, at);
    const due = (state: ComplaintState) =>
      state.clocks.filter(({ lapsedAt }) => !lapsedAt).map(({ kind, dueAt }) => [kind, dueAt]);
    expect(due(after.one)).toEqual([]);
    expect(due(after.other)).toEqual([
      ['RESPONSE', wall('2026-03-03 10:00')],
      ['REPLY', wall('2026-03-02 14:00')],
      ['MEASURES', wall('2026-03-02 18:00')],
    ]);
  });

  rule(['CMP-07', 'CMP-08', 'CMP-14'], 'what was missed before stays missed there, and is owed here', () => {
    const web = new Story(aReceipt({ channel: 'WEB' })).at(at, acknowledge, assign, draftReply, submitReply);
    const other = new Story(aReceipt({ id: 'case-2' })).at(at, acknowledge, assign, respond).state;
    const joinedAt = '2026-03-02 15:00';
    const after = joined(web, other, joinedAt);
    const [missed] = web.clocks('REPLY');
    expect(missed).toMatchObject({
      missedAt: wall('2026-03-02 14:00'),
      lapsedAt: wall(joinedAt),
      carriedAt: null,
    });
    // Who was to approve it there has nothing to approve here.
    expect(after.other.clocks.find(({ kind }) => kind === 'REPLY')).toMatchObject({
      ...{ missedAt: wall('2026-03-02 14:00'), metAt: null, lapsedAt: null },
      ...{ carriedAt: wall(joinedAt), waitingFor: 'HANDLER' },
    });
  });

  rule(
    ['CMP-10', 'CMP-14'],
    'a demand form of the company is answered before its case ends in another',
    () => {
      const story = new Story().at(at, issueCompanyForm);
      expect(story.refused(at, joinInto('case-2')).code).toBe('COMPANY_DEMAND_FORM_STILL_OPEN');
    },
  );

  rule('CMP-15', 'who is named in the one does not handle the other', () => {
    const one = new Story(aReceipt({ namedStaffIds: ['staff-li'] }));
    const other = new Story(aReceipt({ id: 'case-2' })).at(at, acknowledge, assign).state;
    one.at(at, joinInto('case-2'));
    const taken = takeInComplaint(other, { by: 'staff-lin', from: one.state }, wall(at), environment);
    expect(accepted(taken).handlerId).toBeNull();
    expect(factsOf(taken).map(({ type }) => type)).toContain('ComplaintAssigned');
  });

  rule('CMP-14', 'nothing is joined into itself or into what is resolved or over', () => {
    const story = new Story();
    expect(story.refused(at, joinInto('case-1')).code).toBe('COMPLAINT_IS_ITSELF');
    for (const status of ['RESOLVED', 'CLOSED', 'JOINED'] as const) {
      expect(story.refused(at, joinInto('case-2', status))).toEqual({
        code: 'COMPLAINT_TO_JOIN_NOT_OPEN',
        data: { otherStatus: status },
      });
    }
  });

  rule(
    'CMP-14',
    'members whose complaint is another one get a case of their own, as old as the first',
    () => {
      const story = new Story(aReceipt({ customerIds: customers(3) })).at(at, split('customer-3'));
      expect(story.state).toMatchObject({
        severity: 'GENERAL',
        linkedCases: [{ complaintId: 'case-3', relation: 'SPLIT_INTO' }],
      });
      expect(story.state.members).toHaveLength(2);
      expect(story.clocks('DEMAND_FORM').every(({ lapsedAt }) => lapsedAt)).toBe(true);
      const [off] = story.state.splits;
      const { ageing } = story.state;
      const own = receiveComplaint(
        {
          ...aReceipt({
            id: 'case-3',
            customerIds: ['customer-3'],
            interactionId: null,
            content: off!.content,
          }),
          receivedAt: wall(at),
          cameFromComplaintId: 'case-1',
          splitOff: { members: off!.members, ageing, answersNeedApproval: false },
        },
        wall(at),
        environment,
      );
      expect(accepted(own)).toMatchObject({
        receivedAt: wall(at),
        ageing: { becomesHotAt: wall('2026-03-09 10:00') },
        interactionIds: ['interaction-1'],
        members: [{ customerId: 'customer-3', joinedAt: wall('2026-03-02 10:00') }],
        linkedCases: [{ complaintId: 'case-1', relation: 'SPLIT_FROM' }],
      });
    },
  );

  rule('CMP-14', 'a split names all that it lacks at once', () => {
    const story = new Story(aReceipt({ customerIds: customers(2) }));
    const lacks = { by: 'staff-lin', complaintId: 'case-3', customerIds: ['customer-2'] };
    const blank = { ...lacks, causeClass: 'CLASS_1', topic: ' ', content: '', reason: '' } as const;
    expect(story.refused(at, (state) => splitComplaint(state, blank, wall(at), environment))).toEqual({
      code: 'COMPLAINT_DETAILS_MISSING',
      data: { missing: ['content', 'topic', 'reason'] },
    });
    const unreasoned = { ...blank, topic: 'NOISE', content: 'The noise.' };
    expect(story.refused(at, (state) => splitComplaint(state, unreasoned, wall(at), environment)).code).toBe(
      'COMPLAINT_REASON_MISSING',
    );
  });

  rule('CMP-14', 'a split leaves somebody, and takes nobody who is not there', () => {
    const story = new Story(aReceipt({ customerIds: customers(2) }));
    expect(story.refused(at, split('customer-1', 'customer-2')).code).toBe('SPLIT_LEAVES_NOBODY');
    expect(story.refused(at, split('customer-9'))).toEqual({
      code: 'SPLIT_CUSTOMERS_NOT_IN_CASE',
      data: { customerIds: ['customer-9'] },
    });
  });

  rule('CMP-02', 'a case that took in another is never less severe than its facts say', () => {
    const media = new Story(aReceipt({ facts: ['MEDIA_EXPOSURE'] }));
    const other = new Story(aReceipt({ id: 'case-2' })).at(at, join('customer-7')).state;
    expect(joined(media, other, at).other.severity).toBe('MAJOR');
    const again = addComplaintFacts(
      joined(new Story(aReceipt({ facts: ['MEDIA_EXPOSURE'] })), other, at).other,
      { by: 'staff-li', facts: ['MEDIA_EXPOSURE'], note: null },
      wall(at),
      environment,
    );
    expect(again.outcome).toBe('refused');
  });
});
