import {
  accepted,
  asStored,
  at,
  factsOf,
  refusal,
  rule,
  unreachableStatuses,
  wrongCells,
} from '@anju/testing';
import {
  assignLead,
  changeLeadConsent,
  changeLeadNeed,
  closeLead,
  noteLeadSubscribed,
  noteLeadWon,
  noteSaleEnded,
  recordLead,
  recordLeadVisit,
  recordProposal,
  followUpLead,
  replaceLeadCustomer,
  type RecordLead,
} from './lead';
import { leadDeadlines, leadShortfall, onLeadDeadline, requiredFollowUps } from './lead-due';
import {
  leadStatuses,
  leadTransitions,
  type LeadFollowUpOutcome,
  type LeadState,
  type LeadStatus,
} from './lead-state';
import { leadNumber } from './daily-number';
import { defaultSalesPolicy as policy } from './policy';
import type { UnitForProposal } from './unit-proposals';

const visit: RecordLead = {
  id: 'lead-1',
  projectId: 'jx',
  number: leadNumber('JX', '2026-03-02', 1),
  kind: 'VISIT',
  customerId: 'ma',
  interactionId: null,
  receivedAt: at('2026-03-02 11:30'),
  consultantId: 'he',
  source: 'ADVERTISEMENT',
  need: { bedrooms: 3, smallestArea: '85.00', largestArea: '100.00', budget: '1600000.00' },
  contactConsent: true,
  by: 'he',
};
const now = at('2026-03-02 11:30');
const lead = (change: Partial<RecordLead> = {}) => accepted(recordLead({ ...visit, ...change }, now, policy));

const follow = (
  state: LeadState,
  when: string,
  outcome: LeadFollowUpOutcome = 'INTERESTED',
  nextAt: Date | null = null,
) =>
  followUpLead(state, { method: 'PHONE', outcome, result: '约周末看房', nextAt, by: 'he' }, at(when), policy);
const close = (state: LeadState, reason: 'NOT_INTERESTED' | 'DUPLICATE' = 'NOT_INTERESTED') =>
  closeLead(state, { reason, by: 'he' }, at('2026-03-20 10:00'), policy);
const followed = (state: LeadState, times: number): LeadState =>
  Array.from({ length: times }).reduce<LeadState>(
    (before, _, index) => accepted(follow(before, `2026-03-0${3 + index} 10:00`)),
    state,
  );

describe('a lead', () => {
  rule('SAL-01', 'keeps of a visitor what he needs, his budget, his source and his consultant', () => {
    expect(lead()).toMatchObject({
      number: 'JX-L20260302-001',
      status: 'OPEN',
      consultantId: 'he',
      source: 'ADVERTISEMENT',
      need: visit.need,
      nextFollowUpDueAt: at('2026-03-04 11:30'),
      followUpsDueAt: at('2026-04-01 11:30'),
    });
    expect(factsOf(recordLead(visit, now, policy))).toMatchObject([
      { type: 'LeadRecorded', leadId: 'lead-1', kind: 'VISIT', budget: '1600000.00', by: 'he', at: now },
    ]);
  });

  rule('SAL-01', 'a visitor is registered; a caller may stay unnamed', () => {
    expect(refusal(recordLead({ ...visit, customerId: null }, now, policy)).code).toBe(
      'LEAD_VISITOR_UNKNOWN',
    );
    expect(lead({ kind: 'CALL', customerId: null }).status).toBe('OPEN');
  });

  rule('SAL-01', 'a contact of the future is refused', () => {
    const receivedAt = at('2026-03-02 11:31');
    expect(refusal(recordLead({ ...visit, receivedAt }, now, policy))).toEqual({
      code: 'LEAD_RECEIVED_IN_FUTURE',
      data: { receivedAt, decidedAt: now },
    });
  });

  rule.each([
    { field: 'bedrooms', need: { bedrooms: -1 } },
    { field: 'smallestArea', need: { smallestArea: '八十' } },
    { field: 'largestArea', need: { largestArea: '84.99' } },
    { field: 'budget', need: { budget: '0' } },
    { field: 'budget', need: { budget: '1e6' } },
  ])('SAL-01', 'a need that cannot be is refused, with its field: $field', ({ field, need }) => {
    const wrong = { ...visit.need, ...need };
    expect(refusal(recordLead({ ...visit, need: wrong }, now, policy))).toEqual({
      code: 'LEAD_NEED_NOT_VALID',
      data: { field },
    });
    expect(refusal(changeLeadNeed(lead(), { need: wrong, by: 'he' }, now)).code).toBe('LEAD_NEED_NOT_VALID');
  });
});

describe('following up', () => {
  rule('SAL-01', 'a caller is owed two follow-ups, a visitor three', () => {
    expect(requiredFollowUps({ kind: 'CALL' }, policy)).toBe(2);
    expect(requiredFollowUps({ kind: 'VISIT' }, policy)).toBe(3);
  });

  rule('SAL-01', 'each has its method and its result; the next is due while some are owed', () => {
    const first = follow(lead(), '2026-03-03 10:00');
    expect(factsOf(first)).toMatchObject([
      { type: 'LeadFollowedUp', method: 'PHONE', outcome: 'INTERESTED', followUps: 1, required: 3 },
    ]);
    expect(accepted(first).nextFollowUpDueAt).toEqual(at('2026-03-10 10:00'));
    expect(followed(lead(), 3).nextFollowUpDueAt).toBeNull();
    const without = followUpLead(
      lead(),
      { method: 'PHONE', outcome: 'INTERESTED', result: ' ', nextAt: null, by: 'he' },
      now,
      policy,
    );
    expect(refusal(without)).toEqual({ code: 'SALES_TEXT_MISSING', data: { field: 'result' } });
  });

  rule('SAL-01', 'an attempt that did not reach the customer is kept and does not count', () => {
    const tried = accepted(follow(lead(), '2026-03-03 10:00', 'NOT_REACHED'));
    expect(tried.followUps).toHaveLength(1);
    expect(leadShortfall(followed(tried, 2), policy, at('2026-04-01 11:30')).underFollowed).toBe(true);
  });

  rule('SAL-01', 'an agreed time comes before the policy’s, and lies in the future', () => {
    const nextAt = at('2026-03-07 14:00');
    expect(
      accepted(follow(lead(), '2026-03-03 10:00', 'APPOINTMENT_MADE', nextAt)).nextFollowUpDueAt,
    ).toEqual(nextAt);
    expect(refusal(follow(lead(), '2026-03-07 14:00', 'APPOINTMENT_MADE', nextAt)).code).toBe(
      'LEAD_NEXT_FOLLOW_UP_IN_PAST',
    );
  });

  rule('SAL-01', 'a follow-up that is not made by its time is missed at that moment, once', () => {
    const [due] = leadDeadlines(lead(), policy);
    expect(due).toEqual({ kind: 'LEAD_FOLLOW_UP', dueAt: at('2026-03-04 11:30') });
    const missed = onLeadDeadline(lead(), due!.kind, due!.dueAt, policy);
    expect(factsOf(missed)).toMatchObject([
      { type: 'LeadFollowUpMissed', consultantId: 'he', at: due!.dueAt },
    ]);
    const state = accepted(missed);
    expect(factsOf(onLeadDeadline(state, due!.kind, due!.dueAt, policy))).toEqual([]);
    expect(leadShortfall(state, policy, at('2026-03-04 11:30')).overdue).toBe(true);
    expect(leadShortfall(lead(), policy, at('2026-03-04 11:29')).overdue).toBe(false);
    expect(accepted(follow(state, '2026-03-05 10:00')).followUpMissedAt).toBeNull();
  });

  rule('SAL-01', 'fewer than are owed by the end of the term: under-followed, with its consultant', () => {
    const state = followed(lead(), 2);
    expect(leadDeadlines(state, policy)).toContainEqual({
      kind: 'LEAD_FOLLOW_UPS',
      dueAt: at('2026-04-01 11:30'),
    });
    const decision = onLeadDeadline(state, 'LEAD_FOLLOW_UPS', at('2026-04-01 11:30'), policy);
    expect(factsOf(decision)).toMatchObject([
      { type: 'LeadUnderFollowed', consultantId: 'he', followUps: 2, required: 3 },
    ]);
    expect(leadDeadlines(followed(lead(), 3), policy)).toEqual([]);
  });

  rule('SAL-01', 'a caller who visits is owed what a visitor is', () => {
    const caller = followed(lead({ kind: 'CALL', customerId: null }), 2);
    expect(leadDeadlines(caller, policy)).toEqual([]);
    const visited = accepted(
      recordLeadVisit(caller, { customerId: 'ma', by: 'he' }, at('2026-03-05 10:00'), policy),
    );
    expect(visited).toMatchObject({ kind: 'VISIT', customerId: 'ma' });
    expect(visited.nextFollowUpDueAt).toEqual(at('2026-03-12 10:00'));
    expect(
      refusal(recordLeadVisit(lead(), { customerId: 'li', by: 'he' }, at('2026-03-05 10:00'), policy)).code,
    ).toBe('LEAD_OF_ANOTHER_CUSTOMER');
  });

  rule('SAL-01', 'nobody follows up without the customer’s consent, and nothing is owed then', () => {
    const state = lead({ contactConsent: false });
    expect(leadDeadlines(state, policy)).toEqual([]);
    expect(refusal(follow(state, '2026-03-03 10:00')).code).toBe('LEAD_CONTACT_NOT_CONSENTED');
    expect(accepted(close(state)).status).toBe('CLOSED');
    const agreed = changeLeadConsent(state, { contactConsent: true, by: 'he' }, now, policy);
    expect(accepted(agreed).nextFollowUpDueAt).toEqual(at('2026-03-04 11:30'));
    const again = changeLeadConsent(accepted(agreed), { contactConsent: false, by: 'he' }, now, policy);
    expect(accepted(again).nextFollowUpDueAt).toBeNull();
  });
});

describe('a term', () => {
  const may = at('2026-05-04 10:00');

  rule('SAL-01', 'begins anew when a caller visits long after, and is not over at once', () => {
    const caller = followed(lead({ kind: 'CALL' }), 2);
    const visited = accepted(recordLeadVisit(caller, { customerId: 'ma', by: 'he' }, may, policy));
    expect(leadDeadlines(visited, policy).map(({ dueAt }) => dueAt)).toEqual([
      at('2026-05-11 10:00'),
      at('2026-06-03 10:00'),
    ]);
  });

  rule('SAL-01', 'begins anew when the customer agrees to be contacted again', () => {
    const silent = lead({ contactConsent: false });
    const agreed = accepted(changeLeadConsent(silent, { contactConsent: true, by: 'he' }, may, policy));
    expect(leadDeadlines(agreed, policy).map(({ dueAt }) => dueAt)).toEqual([
      at('2026-05-06 10:00'),
      at('2026-06-03 10:00'),
    ]);
    expect(leadShortfall(agreed, policy, may)).toEqual({ overdue: false, underFollowed: false });
  });
});

describe('the end of a lead', () => {
  rule('SAL-01', 'it is not given up while follow-ups are owed', () => {
    expect(refusal(close(followed(lead(), 2)))).toEqual({
      code: 'LEAD_FOLLOW_UPS_OWED',
      data: { made: 2, required: 3 },
    });
    expect(accepted(close(followed(lead(), 3))).status).toBe('CLOSED');
    expect(accepted(close(lead(), 'DUPLICATE')).closingReason).toBe('DUPLICATE');
  });

  const home = (unitId: string): UnitForProposal => ({
    offer: { unitId, status: 'OFFERED', unitTypeCode: 'B2', bedrooms: 3, unitPrice: '15800.00' },
    ...{ unitStatus: 'FOR_SALE', preSaleArea: '89.32', claimed: false },
  });
  const homes = ['u1', 'u2'].map(home);

  rule('SAL-02', 'what was proposed is kept, best first, each home once', () => {
    const decision = recordProposal(lead(), { unitIds: ['u2', 'u1', 'u2'], by: 'he' }, homes, now);
    expect(accepted(decision).proposals).toEqual([{ at: now, by: 'he', unitIds: ['u2', 'u1'] }]);
    expect(refusal(recordProposal(lead(), { unitIds: [], by: 'he' }, homes, now)).code).toBe(
      'NO_UNIT_PROPOSED',
    );
  });

  rule('SAL-02', 'only what is offered, for sale and asked for by no sale can be proposed', () => {
    const gone: UnitForProposal[] = [
      { ...home('u3'), unitStatus: 'SUBSCRIBED' },
      { ...home('u4'), claimed: true },
      { ...home('u5'), offer: { ...home('u5').offer, status: 'WITHDRAWN' } },
    ];
    const unitIds = ['u1', 'u3', 'u4', 'u5', 'u6'];
    expect(refusal(recordProposal(lead(), { unitIds, by: 'he' }, [...homes, ...gone], now))).toEqual({
      code: 'UNITS_NOT_PROPOSABLE',
      data: { unitIds: ['u3', 'u4', 'u5', 'u6'] },
    });
  });

  const subscribe = (state: LeadState) => noteLeadSubscribed(state, { saleId: 'sale-1' }, now);

  rule('SAL-03', 'a sale that comes to nothing gives the lead back; another sale does not', () => {
    const subscribed = accepted(subscribe(lead()));
    expect(accepted(noteSaleEnded(subscribed, { saleId: 'sale-9' }, now))).toEqual(subscribed);
    expect(accepted(noteSaleEnded(subscribed, { saleId: 'sale-1' }, now))).toMatchObject({
      status: 'OPEN',
      saleId: null,
    });
  });

  rule('SAL-03', 'the contract of his sale wins the lead; that of another sale does not', () => {
    const subscribed = accepted(subscribe(lead()));
    expect(accepted(noteLeadWon(subscribed, { saleId: 'sale-9' }, now))).toEqual(subscribed);
    expect(accepted(noteLeadWon(subscribed, { saleId: 'sale-1' }, now)).status).toBe('WON');
  });

  const states: Record<LeadStatus, LeadState> = {
    OPEN: followed(lead(), 3),
    SUBSCRIBED: accepted(subscribe(lead())),
    WON: accepted(noteLeadWon(accepted(subscribe(lead())), { saleId: 'sale-1' }, now)),
    CLOSED: accepted(close(followed(lead(), 3))),
  };

  rule('SAL-01', 'a lead goes its way, and no other', () => {
    expect(
      wrongCells({
        table: leadTransitions,
        states,
        commands: {
          followUpLead: (state: LeadState) => follow(state, '2026-03-06 10:00'),
          proposeUnits: (state) => recordProposal(state, { unitIds: ['u1'], by: 'he' }, homes, now),
          recordLeadVisit: (state) => recordLeadVisit(state, { customerId: 'ma', by: 'he' }, now, policy),
          changeLeadNeed: (state) => changeLeadNeed(state, { need: visit.need, by: 'he' }, now),
          changeLeadConsent: (state) =>
            changeLeadConsent(state, { contactConsent: false, by: 'he' }, now, policy),
          assignLead: (state) => assignLead(state, { consultantId: 'li', by: 'he' }, now),
          noteLeadSubscribed: subscribe,
          noteSaleEnded: (state) => noteSaleEnded(state, { saleId: 'sale-1' }, now),
          noteLeadWon: (state) => noteLeadWon(state, { saleId: 'sale-1' }, now),
          closeLead: (state) => close(state),
        },
      }),
    ).toEqual([]);
    expect(unreachableStatuses(leadTransitions, leadStatuses)).toEqual([]);
  });

  rule('SAL-01', 'a lead comes back from the database as it was', () => {
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });

  rule('DIR-06', 'a lead follows its customer into the record that stays', () => {
    const merge = { customerId: 'ma', intoCustomerId: 'ma-2' };
    expect(accepted(replaceLeadCustomer(lead(), merge)).customerId).toBe('ma-2');
    expect(accepted(replaceLeadCustomer(lead({ customerId: 'li' }), merge)).customerId).toBe('li');
    expect(refusal(assignLead(lead(), { consultantId: 'he', by: 'he' }, now)).code).toBe(
      'LEAD_ALREADY_ASSIGNED',
    );
  });
});
