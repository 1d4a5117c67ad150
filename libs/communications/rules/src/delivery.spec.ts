import { addMinutes } from '@anju/kernel';
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
import fc from 'fast-check';
import {
  deliveryDeadlines,
  deliveryStatuses,
  deliveryTransitions,
  handOverAttempt,
  onDeliveryDeadline,
  planDelivery,
  recordAttemptOutcome,
  skipDelivery,
  skipReasonFor,
  skipReasons,
  type AttemptOutcome,
  type DeliveryState,
  type DeliveryStatus,
  type Recipient,
  type SkipReason,
} from './delivery';
import { aDraft, environment, now, policy } from './spec-support';

const plan = (skip: SkipReason | null = null, on = now) =>
  planDelivery(
    {
      id: 'delivery-1',
      projectId: 'project-jx',
      messageId: 'message-1',
      customerId: 'customer-wang',
      channel: 'SMS',
      purpose: 'SERVICE_NOTICE',
      skip,
    },
    on,
    environment,
  );
const recipient = { present: true, consent: null, hasAddress: true, values: { customerName: '王秀兰' } };
const objection = {
  changes: [{ channel: 'SMS', purpose: 'SERVICE_NOTICE', granted: false, by: 'staff-zhou', changedAt: now }],
} as const;
const waiting = accepted(plan());
/** What is due next, carried out. */
const fire = (state: DeliveryState, env = environment) => {
  const [due] = deliveryDeadlines(state);
  return onDeliveryDeadline(state, due?.kind ?? 'ATTEMPT', due?.dueAt ?? now, env);
};
const attempting = (state = waiting) => accepted(fire(state));
const handOver = (state: DeliveryState, attempt = state.attempts.length) =>
  handOverAttempt(state, { attempt }, state.attempts.at(-1)?.startedAt ?? now);
const outcome = (
  state: DeliveryState,
  said: AttemptOutcome,
  attempt = state.attempts.length,
  on = state.attempts.at(-1)?.startedAt ?? now,
) => recordAttemptOutcome(state, { attempt, outcome: said, code: '451' }, on, environment);

describe('a delivery', () => {
  rule('COM-05', 'it is tried at once, and its start is on record before the carrier is asked', () => {
    expect(waiting).toMatchObject({ status: 'WAITING', nextAttemptAt: now, attempts: [] });
    const started = fire(waiting);
    expect(accepted(started)).toMatchObject({
      status: 'ATTEMPTING',
      attempts: [{ attempt: 1, startedAt: now, outcome: null }],
      timeoutAt: addMinutes(now, 10),
    });
    expect(factsOf(started)).toMatchObject([{ type: 'DeliveryAttemptStarted', attempt: 1 }]);
  });

  rule('COM-05', 'what the carrier takes is delivered', () => {
    const decision = outcome(attempting(), 'ACCEPTED');
    expect(accepted(decision)).toMatchObject({
      status: 'DELIVERED',
      attempts: [{ outcome: 'ACCEPTED', code: '451', endedAt: now }],
      finishedAt: now,
    });
    expect(factsOf(decision)).toMatchObject([{ type: 'MessageDelivered', attempts: 1 }]);
    expect(deliveryDeadlines(accepted(decision))).toEqual([]);
  });

  rule('COM-05', 'what he refuses for good is not tried again', () => {
    const decision = outcome(attempting(), 'REJECTED');
    expect(accepted(decision)).toMatchObject({ status: 'FAILED', finishedAt: now });
    expect(factsOf(decision)).toMatchObject([{ type: 'DeliveryFailed', attempts: 1, outcome: 'REJECTED' }]);
  });

  rule(
    'COM-05',
    'a temporary failure is tried again after 1, 5, 30 and 120 minutes, then it has failed',
    () => {
      let state = waiting;
      const starts: Date[] = [];
      for (let attempt = 1; attempt <= 5; attempt++) {
        state = attempting(state);
        starts.push(state.attempts.at(-1)!.startedAt);
        state = accepted(outcome(state, 'TRY_AGAIN'));
      }
      expect(starts).toEqual([0, 1, 6, 36, 156].map((minutes) => addMinutes(now, minutes)));
      expect(state).toMatchObject({ status: 'FAILED', nextAttemptAt: null });
      expect(state.attempts).toHaveLength(5);
    },
  );

  rule('COM-05', 'a further attempt waits for the end of quiet hours too', () => {
    const late = attempting(accepted(plan(null, at('2026-03-02 20:59'))));
    const decision = outcome(late, 'TRY_AGAIN');
    expect(accepted(decision).nextAttemptAt).toEqual(at('2026-03-03 08:00'));
    expect(factsOf(decision)).toMatchObject([
      { type: 'DeliveryPostponed', attempt: 1, outcome: 'TRY_AGAIN', nextAttemptAt: at('2026-03-03 08:00') },
    ]);
    expect(accepted(plan(null, at('2026-03-02 23:00'))).nextAttemptAt).toEqual(at('2026-03-03 08:00'));
    const quiet = { ...environment, policy: { ...policy, quietHours: { from: '09:00', to: '11:00' } } };
    expect(accepted(fire(waiting, quiet))).toMatchObject({
      status: 'WAITING',
      nextAttemptAt: at('2026-03-02 11:00'),
      attempts: [],
    });
  });

  rule('COM-05', 'what the carrier was asked for and nobody heard of again is not sent twice', () => {
    const asked = accepted(handOver(attempting()));
    for (const decision of [fire(asked), outcome(asked, 'UNKNOWN')]) {
      expect(accepted(decision)).toMatchObject({ status: 'FAILED', attempts: [{ outcome: 'UNKNOWN' }] });
      expect(factsOf(decision)).toMatchObject([{ type: 'DeliveryFailed', outcome: 'UNKNOWN' }]);
    }
  });

  rule('COM-05', 'one sender asks the carrier, and no other for the same attempt', () => {
    const decision = handOver(attempting());
    expect(accepted(decision).attempts).toMatchObject([{ handedOverAt: now, outcome: null }]);
    expect(factsOf(decision)).toMatchObject([{ type: 'DeliveryHandedOver', attempt: 1 }]);
    expect(refusal(handOver(accepted(decision))).code).toBe('DELIVERY_ATTEMPT_NOT_RUNNING');
    expect(refusal(handOver(attempting(), 2)).code).toBe('DELIVERY_ATTEMPT_NOT_RUNNING');
    const tooLate = skipDelivery(accepted(decision), { reason: 'NO_CONSENT' }, now);
    expect(refusal(tooLate).code).toBe('DELIVERY_ATTEMPT_NOT_RUNNING');
    const inTime = accepted(skipDelivery(attempting(), { reason: 'NO_CONSENT' }, now));
    expect(inTime).toMatchObject({ status: 'SKIPPED', attempts: [], timeoutAt: null });
  });

  rule('COM-05', 'an attempt that no sender took up is made again', () => {
    const decision = fire(attempting());
    expect(accepted(decision)).toMatchObject({
      status: 'WAITING',
      attempts: [{ outcome: 'TRY_AGAIN', endedAt: addMinutes(now, 10) }],
      nextAttemptAt: addMinutes(now, 11),
    });
    expect(refusal(outcome(attempting(accepted(decision)), 'ACCEPTED', 1))).toEqual({
      code: 'DELIVERY_ATTEMPT_NOT_RUNNING',
      data: { attempt: 1 },
    });
    expect(() => onDeliveryDeadline(waiting, 'OTHER', now, environment)).toThrow('not a deadline');
    expect(onDeliveryDeadline(waiting, 'ATTEMPT', at('2026-03-01 10:00'), environment)).toMatchObject({
      state: waiting,
      facts: [],
    });
  });

  rule.each<{ what: string; change: Partial<Recipient>; reason: SkipReason | null }>([
    { what: 'nothing against it', change: {}, reason: null },
    {
      what: 'a customer who is gone',
      change: { present: false, hasAddress: false },
      reason: 'CUSTOMER_GONE',
    },
    { what: 'an objection', change: { consent: objection, hasAddress: false }, reason: 'NO_CONSENT' },
    { what: 'no number', change: { hasAddress: false, values: {} }, reason: 'NO_ADDRESS' },
    { what: 'no name', change: { values: { customerName: ' ' } }, reason: 'VALUE_MISSING' },
  ])('COM-05', 'with $what the reason for not sending is $reason', ({ change, reason }) => {
    expect(skipReasonFor(aDraft(), { ...recipient, ...change }, '安居物业', policy)).toBe(reason);
  });

  rule('COM-05', 'what needs consent is not sent to one who said nothing', () => {
    const survey = { ...aDraft(), purpose: 'SURVEY' as const };
    expect(skipReasonFor(survey, recipient, '安居物业', policy)).toBe('NO_CONSENT');
  });

  rule('COM-05', 'without consent, address or a value nothing is sent, and the reason is on record', () => {
    for (const reason of skipReasons) {
      const decision = plan(reason);
      expect(accepted(decision)).toMatchObject({ status: 'SKIPPED', skipReason: reason, finishedAt: now });
      expect(factsOf(decision)).toMatchObject([{ type: 'DeliverySkipped', reason }]);
      expect(deliveryDeadlines(accepted(decision))).toEqual([]);
    }
    const withdrawn = skipDelivery(waiting, { reason: 'NO_CONSENT' }, now);
    expect(accepted(withdrawn)).toMatchObject({ status: 'SKIPPED', nextAttemptAt: null });
  });

  rule(
    'COM-05',
    'whatever the carrier says, no recipient gets more attempts than the policy has, none in quiet hours',
    () => {
      const said = fc.constantFrom(
        'ACCEPTED' as const,
        'TRY_AGAIN' as const,
        'REJECTED' as const,
        'NOTHING' as const,
      );
      fc.assert(
        fc.property(fc.array(said, { maxLength: 12 }), fc.nat(1_440), (words, minutes) => {
          let state = accepted(plan(null, addMinutes(now, minutes)));
          for (const word of words) {
            if (deliveryDeadlines(state).length === 0) break;
            state = accepted(fire(state));
            state = accepted(word === 'NOTHING' ? fire(state) : outcome(state, word));
          }
          expect(state.attempts.length).toBeLessThanOrEqual(policy.retryMinutes.length + 1);
          for (const { startedAt } of state.attempts) {
            const hour = new Date(+startedAt + 8 * 3_600_000).getUTCHours();
            expect(hour >= 8 && hour < 21).toBe(true);
          }
          expect(deliveryDeadlines(state).length).toBe(state.finishedAt === null ? 1 : 0);
          expect(asStored(state)).toEqual(state);
        }),
      );
    },
  );

  it('each command is possible where the table says so, and refused everywhere else', () => {
    const states: Record<DeliveryStatus, DeliveryState> = {
      WAITING: waiting,
      ATTEMPTING: attempting(),
      DELIVERED: accepted(outcome(attempting(), 'ACCEPTED')),
      FAILED: accepted(outcome(attempting(), 'REJECTED')),
      SKIPPED: accepted(plan('NO_CONSENT')),
    };
    const untouched = Object.fromEntries(
      deliveryStatuses.map((status) => [`startAttempt in ${status}`, status]),
    );
    expect(unreachableStatuses(deliveryTransitions, deliveryStatuses)).toEqual([]);
    expect(
      wrongCells({
        table: deliveryTransitions,
        states,
        commands: {
          startAttempt: (state) =>
            onDeliveryDeadline(state, 'ATTEMPT', state.nextAttemptAt ?? now, environment),
          handOverAttempt: (state) => handOver(state, 1),
          acceptAttempt: (state) => outcome(state, 'ACCEPTED', 1),
          rejectAttempt: (state) => outcome(state, 'REJECTED', 1),
          retryAttempt: (state) => outcome(state, 'TRY_AGAIN', 1),
          skipDelivery: (state) => skipDelivery(state, { reason: 'CUSTOMER_GONE' }, now),
        },
        otherwise: untouched,
      }),
    ).toEqual([]);
  });
});
