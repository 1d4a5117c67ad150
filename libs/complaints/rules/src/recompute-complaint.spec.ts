import { accepted, factsOf, rule } from '@anju/testing';
import { Story, aReceipt, customers, environment, wall } from './complaint-story';
import type { ComplaintEnvironment } from './policy';
import { recomputeComplaint } from './recompute-complaint';

const at = wall('2026-03-02 12:00');

function under(change: Partial<ComplaintEnvironment['policy']>): ComplaintEnvironment {
  return { ...environment, policy: { ...environment.policy, ...change }, policyVersion: 1 };
}

describe('an open case under another policy', () => {
  rule(['CMP-02', 'CMP-05'], 'has the due times and the severity that the new numbers give', () => {
    const { state } = new Story(aReceipt({ customerIds: customers(3) }));
    const decision = recomputeComplaint(state, under({ hotGroupSize: 4, responseWorkingDays: 2 }), at);
    const changed = accepted(decision);
    expect(changed.severity).toBe('GENERAL');
    expect(changed.clocks).toMatchObject([
      { kind: 'RESPONSE', dueAt: wall('2026-03-04 10:00'), policyVersion: 1, lapsedAt: null },
      { kind: 'DEMAND_FORM', lapsedAt: at },
    ]);
    expect(factsOf(decision).map(({ type }) => type)).toEqual([
      'ComplaintClocksRecomputed',
      'ComplaintSeverityChanged',
    ]);
  });

  rule(
    ['CMP-02', 'CMP-11'],
    'that is more severe by it owes what such a case owes, by the new numbers',
    () => {
      const { state } = new Story(aReceipt({ customerIds: customers(2) }));
      const stricter = under({ hotGroupSize: 2, demandFormWorkingDays: 3 });
      const changed = accepted(recomputeComplaint(state, stricter, at));
      expect(changed).toMatchObject({ severity: 'HOT' });
      expect(changed.clocks.at(-1)).toMatchObject({
        ...{ kind: 'DEMAND_FORM', startedAt: at, dueAt: wall('2026-03-05 12:00'), policyVersion: 1 },
      });
    },
  );

  rule('CMP-13', 'that nothing changes in is the same case, and so is one that is computed twice', () => {
    const { state } = new Story(aReceipt({ customerIds: customers(3) }));
    expect(recomputeComplaint(state, under({ similarWithinDays: 9 }), at)).toEqual({
      ...{ outcome: 'accepted', state, facts: [] },
    });
    const changed = under({ hotGroupSize: 5, responseWorkingDays: 3 });
    const once = accepted(recomputeComplaint(state, changed, at));
    const again = recomputeComplaint(once, changed, at);
    expect(accepted(again)).toBe(once);
    expect(factsOf(again)).toEqual([]);
  });
});
