import { addHours } from '@anju/kernel';
import { accepted, asStored, factsOf, refusal, rule } from '@anju/testing';
import { messageChannels, messagePurposes } from './channels';
import { consentedMessages, isConsented, mergeConsents, recordConsent, type ConsentState } from './consent';
import { now, policy } from './spec-support';

const record = (
  state: ConsentState | null,
  granted: boolean,
  change: Partial<Parameters<typeof recordConsent>[1]> = {},
) =>
  recordConsent(
    state,
    {
      id: 'consent-1',
      customerId: 'customer-wang',
      channel: 'SMS',
      purpose: 'MARKETING',
      granted,
      by: 'staff-zhou',
      ...change,
    },
    now,
  );

describe('consent', () => {
  rule('COM-05', 'service goes without being asked for, marketing does not', () => {
    expect(isConsented(null, 'SMS', 'SERVICE_NOTICE', policy)).toBe(true);
    expect(isConsented(null, 'SMS', 'MARKETING', policy)).toBe(false);
    const assumed = messagePurposes.filter((purpose) => policy.consent[purpose] === 'ASSUMED');
    expect(consentedMessages(null, policy)).toHaveLength(assumed.length * messageChannels.length);
  });

  rule('COM-05', 'it is for a channel and a purpose, and for no other', () => {
    const state = accepted(record(null, true));
    expect(isConsented(state, 'SMS', 'MARKETING', policy)).toBe(true);
    expect(isConsented(state, 'WECHAT', 'MARKETING', policy)).toBe(false);
    expect(isConsented(state, 'SMS', 'SURVEY', policy)).toBe(false);
  });

  rule('COM-05', 'what was said last counts, and all is kept', () => {
    const state = accepted(record(accepted(record(accepted(record(null, true)), false)), true));
    expect(isConsented(state, 'SMS', 'MARKETING', policy)).toBe(true);
    expect(state.changes.map(({ granted }) => granted)).toEqual([true, false, true]);
    const objected = accepted(record(null, false, { purpose: 'SERVICE_NOTICE' }));
    expect(isConsented(objected, 'SMS', 'SERVICE_NOTICE', policy)).toBe(false);
    expect(asStored(state)).toEqual(state);
  });

  rule('COM-05', 'saying the same again changes nothing; an objection may be said before any consent', () => {
    expect(refusal(record(accepted(record(null, true)), true))).toEqual({
      code: 'CONSENT_UNCHANGED',
      data: { channel: 'SMS', purpose: 'MARKETING', granted: true },
    });
    expect(factsOf(record(null, false))).toEqual([
      {
        type: 'ConsentWithdrawn',
        projectId: null,
        customerId: 'customer-wang',
        channel: 'SMS',
        purpose: 'MARKETING',
        by: 'staff-zhou',
        at: now,
      },
    ]);
    expect(factsOf(record(null, true))).toMatchObject([{ type: 'ConsentGiven' }]);
  });

  rule(['COM-05', 'DIR-06'], 'of two records of one customer, what was said later counts', () => {
    const agreed = accepted(record(null, true));
    const objected = accepted(record(null, false, { id: 'consent-2', customerId: 'customer-new' }));
    const later = {
      ...objected,
      changes: objected.changes.map((change) => ({ ...change, changedAt: addHours(now, 1) })),
    };
    for (const merged of [mergeConsents(agreed, later), mergeConsents(later, agreed)]) {
      expect(isConsented(merged, 'SMS', 'MARKETING', policy)).toBe(false);
      expect(merged.changes).toHaveLength(2);
    }
    expect(mergeConsents(agreed, later).customerId).toBe('customer-wang');
  });
});
