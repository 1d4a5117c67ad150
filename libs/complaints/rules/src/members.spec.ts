import fc from 'fast-check';
import { rule } from '@anju/testing';
import { groupSize } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  customers,
  fileForm,
  join,
  resolve,
  respond,
  report,
  Story,
  visit,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import { joinComplaint, replaceComplaintCustomer } from './members';
import { raiseComplaintSeverity } from './severity-commands';

const now = '2026-03-02 11:00';
const merge =
  (customerId: string, intoCustomerId: string): ComplaintCommand =>
  (state, at, env) =>
    replaceComplaintCustomer(state, { customerId, intoCustomerId }, at, env);

describe('joining', () => {
  rule.each([
    { people: 2, severity: 'GENERAL', forms: [] },
    { people: 3, severity: 'HOT', forms: ['HOT'] },
    { people: 9, severity: 'HOT', forms: ['HOT'] },
    { people: 10, severity: 'MAJOR', forms: ['HOT', 'MAJOR'] },
  ])(
    ['CMP-02', 'CMP-11', 'CMP-14'],
    'one after the other, $people people make it $severity with forms for $forms',
    ({ people, severity, forms }) => {
      const story = new Story();
      for (const customer of customers(people - 1, 2)) story.at(now, join(customer));
      expect(story.state.severity).toBe(severity);
      expect(story.clocks('DEMAND_FORM').map((clock) => clock.forSeverity)).toEqual(forms);
      expect(story.factsOf('ComplaintCustomerJoined').at(-1)).toMatchObject({ groupSize: people });
    },
  );

  rule(['CMP-11', 'CMP-14'], 'ten at once are one rise, from general to major, with one form', () => {
    const story = new Story().at(now, join(...customers(9, 2)));
    expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([
      { from: 'GENERAL', to: 'MAJOR', demandFormDueAt: wall('2026-03-03 11:00'), specialReportDueAt: null },
    ]);
    expect(story.clocks('DEMAND_FORM')).toHaveLength(1);
  });

  rule('CMP-14', 'a customer who is in the case stays one member, since the first joining', () => {
    const story = new Story()
      .at(now, join('customer-2'))
      .at('2026-03-02 12:00', join('customer-2', 'customer-1'));
    expect(story.state.members.map(({ customerId, joinedAt }) => [customerId, joinedAt])).toEqual([
      ['customer-1', wall('2026-03-02 10:00')],
      ['customer-2', wall(now)],
    ]);
    expect(story.factsOf('ComplaintCustomerJoined')).toHaveLength(1);
  });

  rule('CMP-14', 'joining again changes nothing at all', () => {
    const story = new Story();
    const decision = story.try(now, join('customer-1'));
    expect(decision).toEqual({ outcome: 'accepted', state: story.state, facts: [] });
    expect(decision.outcome === 'accepted' && decision.state).toBe(story.state);
  });

  rule('CMP-14', 'a further contact of a member is added to the contacts of the case', () => {
    const again: ComplaintCommand = (state, at, env) =>
      joinComplaint(
        state,
        { by: 'staff-zhou', customers: [{ customerId: 'customer-1', interactionId: 'interaction-9' }] },
        at,
        env,
      );
    const { state } = new Story().at(now, again);
    expect(state.interactionIds).toEqual(['interaction-1', 'interaction-9']);
    expect(state.members).toHaveLength(1);
  });

  rule('CMP-14', 'is still possible when resolved, no longer when closed', () => {
    const story = new Story().at(
      now,
      acknowledge,
      assign,
      respond,
      resolve,
      join('customer-2'),
      visit(5),
      close,
    );
    expect(story.refused(now, join('customer-3'))).toMatchObject({
      code: 'COMPLAINT_NOT_IN_REQUIRED_STATUS',
      data: { status: 'CLOSED' },
    });
  });

  rule(['CMP-02', 'CMP-14'], 'in any order, in any portions, the severity is the same', () => {
    const portions = fc
      .shuffledSubarray(customers(14, 2))
      .chain((people) =>
        fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
      )
      .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), fc.integer({ min: 1, max: 5 })));
    fc.assert(
      fc.property(portions, ([some, shuffled, size]) => {
        const together = new Story().at(now, join(...some));
        const apart = new Story();
        for (let i = 0; i < shuffled.length; i += size) apart.at(now, join(...shuffled.slice(i, i + size)));
        expect(apart.state.severity).toBe(together.state.severity);
        expect(groupSize(apart.state)).toBe(groupSize(together.state));
        expect(groupSize(apart.state)).toBe(1 + some.length);
      }),
    );
  });
});

describe('merged customers', () => {
  rule(['CMP-14', 'DIR-06'], 'the member carries the record that stayed', () => {
    const story = new Story().at(now, merge('customer-1', 'customer-7'));
    expect(story.state.members).toEqual([
      { customerId: 'customer-7', joinedAt: wall('2026-03-02 10:00'), interactionId: 'interaction-1' },
    ]);
    expect(story.factsOf('ComplaintCustomerReplaced')).toMatchObject([
      { customerId: 'customer-1', intoCustomerId: 'customer-7', groupSize: 1 },
    ]);
  });

  rule(['CMP-14', 'DIR-06'], 'two members who are one customer make the group one smaller', () => {
    const story = new Story().at(now, join('customer-2'), merge('customer-1', 'customer-2'));
    expect(story.state.members).toEqual([
      { customerId: 'customer-2', joinedAt: wall('2026-03-02 10:00'), interactionId: 'interaction-1' },
    ]);
    const kept = new Story().at(now, join('customer-2'), merge('customer-2', 'customer-1'));
    expect(kept.state.members).toEqual([
      { customerId: 'customer-1', joinedAt: wall('2026-03-02 10:00'), interactionId: 'interaction-1' },
    ]);
  });

  rule(['CMP-02', 'DIR-06'], 'ten who turn out to be nine are hot again, and the form is still owed', () => {
    const story = new Story(aReceipt({ customerIds: customers(10) })).at(
      now,
      merge('customer-10', 'customer-1'),
    );
    expect(story.state.severity).toBe('HOT');
    expect(story.factsOf('ComplaintSeverityChanged')).toMatchObject([
      { from: 'MAJOR', to: 'HOT', reasons: ['GROUP_OF_HOT_SIZE'], demandFormDueAt: null },
    ]);
    story.at(now, fileForm);
  });

  rule(
    ['CMP-11', 'DIR-06'],
    'three who turn out to be two are general, and owe neither form nor report',
    () => {
      const story = new Story(aReceipt({ customerIds: customers(3) }))
        .at(now, acknowledge, assign, respond, resolve)
        .at('2026-03-02 12:00', merge('customer-3', 'customer-1'));
      expect(story.state.severity).toBe('GENERAL');
      expect(story.clocks('DEMAND_FORM')).toMatchObject([
        { lapsedAt: wall('2026-03-02 12:00'), missedAt: null },
      ]);
      expect(story.clocks('SPECIAL_REPORT')).toMatchObject([{ lapsedAt: wall('2026-03-02 12:00') }]);
      story.at('2026-03-03 12:00', visit(5), close);
      expect(story.factsOf('ComplaintClockMissed')).toEqual([]);
    },
  );

  rule(['CMP-11', 'DIR-06'], 'hot again after that, form and report are owed again', () => {
    const story = new Story(aReceipt({ customerIds: customers(3) }))
      .at(now, acknowledge, assign, respond, resolve, merge('customer-3', 'customer-1'))
      .at('2026-03-02 12:00', join('customer-4'));
    expect(story.refused('2026-03-02 12:00', close)).toMatchObject({
      data: { missing: [{ clock: 'RETURN_VISIT' }, { clock: 'DEMAND_FORM' }, { clock: 'SPECIAL_REPORT' }] },
    });
  });

  rule(['CMP-11', 'DIR-06'], 'general after its report was sent, it needs no other', () => {
    const story = new Story(aReceipt({ customerIds: customers(3) })).at(
      now,
      ...[acknowledge, assign, respond, resolve, report, merge('customer-3', 'customer-1')],
    );
    expect(story.refused(now, report).code).toBe('SPECIAL_REPORT_NOT_REQUIRED');
  });

  rule('DIR-06', 'raised by hand a case stays as severe as it was raised', () => {
    const raise: ComplaintCommand = (state, at, env) =>
      raiseComplaintSeverity(state, { by: 'staff-lin', to: 'MAJOR', reason: 'An old feud.' }, at, env);
    const story = new Story(aReceipt({ customerIds: customers(3) })).at(
      now,
      raise,
      merge('customer-3', 'customer-1'),
    );
    expect(story.state.severity).toBe('MAJOR');
    expect(story.factsOf('ComplaintSeverityChanged')).toHaveLength(1);
  });

  rule('DIR-06', 'a closed case has the right group and keeps the severity that it was handled with', () => {
    const story = new Story(aReceipt({ customerIds: customers(3) }))
      .at(now, acknowledge, assign, respond, fileForm, resolve, visit(5), report, close)
      .at('2026-03-05 10:00', merge('customer-3', 'customer-1'));
    expect(groupSize(story.state)).toBe(2);
    expect(story.state).toMatchObject({ status: 'CLOSED', severity: 'HOT' });
  });

  rule('DIR-06', 'nothing happens to a case without that customer, nor a second time', () => {
    const story = new Story();
    expect(story.try(now, merge('customer-8', 'customer-9'))).toMatchObject({ facts: [] });
    expect(story.try(now, merge('customer-1', 'customer-1'))).toMatchObject({ facts: [] });
    story.at(now, merge('customer-1', 'customer-9'));
    const { state } = story;
    expect(story.try(now, merge('customer-1', 'customer-9'))).toEqual({
      outcome: 'accepted',
      state,
      facts: [],
    });
  });

  rule('DIR-06', 'after any merges the group is the number of different customers', () => {
    const some = fc.integer({ min: 1, max: 12 }).map((n) => `customer-${n}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(some, some), { maxLength: 15 }), (merges) => {
        const story = new Story(aReceipt({ customerIds: customers(12) }));
        const stayed = new Map<string, string>(customers(12).map((each) => [each, each]));
        for (const [gone, into] of merges) {
          story.at(now, merge(gone, into));
          for (const [each, now] of stayed) if (now === gone) stayed.set(each, into);
        }
        const expected = new Set(stayed.values());
        expect(story.state.members).toHaveLength(expected.size);
        expect(new Set(story.state.members.map((member) => member.customerId))).toEqual(expected);
      }),
    );
  });
});
