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
import { announceAppraisal } from './appraisal';
import type { AppraisalState } from './appraisal-state';
import {
  applyEvidence,
  dismissEvidence,
  evidenceStatuses,
  evidenceTransitions,
  receiveEvidence,
  scoreEvidence,
  stateEvidenceView,
  withdrawEvidence,
  type EvidenceState,
  type ScoreEvidence,
} from './evidence';
import { evidenceKinds, suggestionFor, type EvidenceSource } from './evidence-source';
import { announced, aSheet, environment, policy, zhou } from './spec-support';

const now = at('2026-03-31 17:30');

const source: EvidenceSource = {
  kind: 'CLOCK_MISSED',
  eventId: 'event-1',
  context: 'complaints',
  subjectId: 'complaint-1',
  code: 'RESPONSE',
  satisfaction: null,
  occurredAt: at('2026-03-03 10:05'),
};
const receive = (change: Partial<EvidenceSource> = {}) =>
  receiveEvidence(
    {
      id: 'evidence-1',
      projectId: 'project-jx',
      staffId: 'staff-zhou',
      source: { ...source, ...change },
    },
    at('2026-03-03 10:06'),
    environment,
  );
const evidence = accepted(receive());

const asSuggested = { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1' } as const;
const review = (change: Partial<ScoreEvidence> = {}): ScoreEvidence => ({
  score: asSuggested,
  reason: '客户未及时得到回应',
  by: 'staff-qian',
  ...change,
});
const score = (state: EvidenceState, change: Partial<ScoreEvidence> = {}, sheet: AppraisalState = aSheet()) =>
  scoreEvidence(state, sheet, review(change), now, environment);
const dismiss = (state: EvidenceState, by = 'staff-qian', reason = '非本人原因') =>
  dismissEvidence(state, { by, reason }, now);
const stateView = (state: EvidenceState, by = 'staff-zhou', text = '当时在处理电梯困人') =>
  stateEvidenceView(state, { by, text }, now);

describe('what is suggested', () => {
  rule.each([
    { kind: 'CLOCK_MISSED', suggested: { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1' } },
    { kind: 'APPOINTMENT_BREACHED', suggested: { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '2' } },
    { kind: 'PARTNER_LATE', suggested: null },
    {
      kind: 'NAMED_IN_CLASS_1_COMPLAINT',
      suggested: { direction: 'DEDUCTION', item: 'SERVICE_ATTITUDE', points: '2' },
    },
    { kind: 'PRAISE', suggested: { direction: 'ADDITION', points: '1' } },
    { kind: 'LEAD_UNDER_FOLLOWED', suggested: { direction: 'DEDUCTION', item: 'INITIATIVE', points: '1' } },
  ] as const)('APR-10', '$kind', ({ kind, suggested }) => {
    expect(suggestionFor({ kind, satisfaction: null }, policy)).toEqual(suggested);
  });

  rule('APR-10', 'a return visit of 1 or 2 takes, of 5 adds, of 3 or 4 is only to be known', () => {
    const suggested = [1, 2, 3, 4, 5, null].map(
      (satisfaction) =>
        suggestionFor({ kind: 'RETURN_VISIT_SCORE', satisfaction }, policy)?.direction ?? null,
    );
    expect(suggested).toEqual(['DEDUCTION', 'DEDUCTION', null, null, 'ADDITION', null]);
  });

  rule('APR-10', 'it can be changed, without touching what arrived before', () => {
    const stricter = { ...policy, suggestions: { ...policy.suggestions, CLOCK_MISSED: null } };
    expect(suggestionFor(source, stricter)).toBeNull();
    expect(evidence.suggestion).toEqual(asSuggested);
  });
});

describe('evidence', () => {
  rule('APR-10', 'it arrives with where it comes from and a suggestion, and scores nothing', () => {
    expect(evidence).toMatchObject({ status: 'SUGGESTED', staffId: 'staff-zhou', ...source, decision: null });
    expect(factsOf(receive())).toEqual([
      {
        type: 'EvidenceArrived',
        evidenceId: 'evidence-1',
        projectId: 'project-jx',
        staffId: 'staff-zhou',
        kind: 'CLOCK_MISSED',
        at: at('2026-03-03 10:06'),
        context: 'complaints',
        subjectId: 'complaint-1',
        code: 'RESPONSE',
        satisfaction: null,
        suggestion: asSuggested,
        occurredAt: source.occurredAt,
      },
    ]);
    expect(evidenceKinds.map((kind) => accepted(receive({ kind })).status)).toEqual(
      evidenceKinds.map(() => 'SUGGESTED'),
    );
    expect(refusal(receive({ occurredAt: at('2026-03-03 10:07') })).code).toBe('EVIDENCE_IN_FUTURE');
  });

  rule('APR-10', 'the employee says how he sees it, and nobody says it for him', () => {
    const seen = accepted(stateView(evidence));
    expect(seen.views).toEqual([{ text: '当时在处理电梯困人', statedAt: now }]);
    expect(accepted(stateView(seen, 'staff-zhou', '补充')).views).toHaveLength(2);
    expect(refusal(stateView(evidence, 'staff-qian'))).toEqual({
      code: 'EVIDENCE_NOT_OF_EMPLOYEE',
      data: { evidenceId: 'evidence-1' },
    });
    expect(refusal(stateView(evidence, 'staff-zhou', ' ')).code).toBe('APPRAISAL_TEXT_MISSING');
    expect(accepted(score(seen)).views).toEqual(seen.views);
  });

  rule('APR-10', 'a reviewer scores it on the sheet of its period, and both keep each other', () => {
    const decision = score(evidence);
    expect(accepted(decision)).toMatchObject({
      status: 'SCORED',
      decision: {
        by: 'staff-qian',
        reason: '客户未及时得到回应',
        decidedAt: now,
        scored: { ...asSuggested, appraisalId: 'sheet-1' },
      },
    });
    expect(factsOf(decision)).toMatchObject([
      { type: 'EvidenceScored', appraisalId: 'sheet-1', scored: asSuggested, by: 'staff-qian' },
    ]);
    const sheet = accepted(applyEvidence(aSheet(), evidence.id, review(), now, environment));
    expect(sheet).toMatchObject({
      total: '99.00',
      deductions: [{ evidenceId: 'evidence-1', item: 'EFFICIENCY' }],
    });
  });

  rule('APR-10', 'the reviewer may score otherwise than suggested', () => {
    const milder = { direction: 'DEDUCTION', item: 'INITIATIVE', points: '0.5' } as const;
    expect(accepted(score(evidence, { score: milder })).decision?.scored).toMatchObject(milder);
    const praise = { direction: 'ADDITION', points: '10' } as const;
    expect(accepted(score(evidence, { score: praise })).decision?.scored).toMatchObject(praise);
    expect(
      accepted(applyEvidence(aSheet(), 'evidence-1', review({ score: praise }), now, environment)),
    ).toMatchObject({ total: '110.00', commendations: [{ evidenceId: 'evidence-1' }] });
  });

  rule('APR-11', 'nobody reviews what concerns himself', () => {
    for (const decision of [score(evidence, { by: 'staff-zhou' }), dismiss(evidence, 'staff-zhou')]) {
      expect(refusal(decision)).toEqual({ code: 'APPRAISES_HIMSELF', data: { staffId: 'staff-zhou' } });
    }
  });

  rule('APR-10', 'what the sheet would refuse, the review refuses', () => {
    const check = aSheet({ kind: 'MONTHLY_CHECK' });
    const refused = [
      score(evidence, { score: { ...asSuggested, points: '7.51' } }),
      score(evidence, { score: { ...asSuggested, points: '-1' } }),
      score(evidence, { score: { ...asSuggested, points: '1.001' } }),
      score(evidence, { score: { direction: 'ADDITION', points: '11' } }),
      score(evidence, { score: { direction: 'ADDITION', points: '1' } }, check),
      score(evidence, { reason: '' }),
      score(evidence, {}, announced()),
    ];
    expect(refused.map((decision) => refusal(decision).code)).toEqual([
      'DEDUCTION_EXCEEDS_ITEM',
      'DEDUCTION_NOT_POSITIVE',
      'POINTS_NOT_VALID',
      'COMMENDATION_OUT_OF_RANGE',
      'COMMENDATION_NOT_FOR_CHECK',
      'APPRAISAL_TEXT_MISSING',
      'SHEET_NOT_OPEN',
    ]);
  });

  rule('APR-10', 'it counts for the employee concerned and in the period in which it happened', () => {
    const other = aSheet({}, { ...zhou, staffId: 'staff-he' });
    expect(refusal(score(evidence, {}, other)).code).toBe('EVIDENCE_NOT_OF_EMPLOYEE');
    const lastNight = accepted(
      receiveEvidence(
        {
          id: 'evidence-2',
          projectId: 'project-jx',
          staffId: 'staff-zhou',
          source: { ...source, occurredAt: at('2026-02-28 23:59') },
        },
        now,
        environment,
      ),
    );
    expect(refusal(score(lastNight))).toEqual({
      code: 'EVIDENCE_OUTSIDE_PERIOD',
      data: { occurredOn: '2026-02-28', from: '2026-03-01', to: '2026-03-31' },
    });
    expect(accepted(score(lastNight, {}, aSheet({ kind: 'YEAR_END' }))).status).toBe('SCORED');
    const midnight = accepted(receive({ occurredAt: at('2026-03-01 00:00') }));
    expect(accepted(score(midnight)).status).toBe('SCORED');
  });

  rule('APR-10', 'it may be dismissed, with the reason, and is kept', () => {
    expect(accepted(dismiss(evidence))).toMatchObject({
      status: 'DISMISSED',
      ...source,
      decision: { reason: '非本人原因', scored: null },
    });
    expect(refusal(dismiss(evidence, 'staff-qian', '')).code).toBe('APPRAISAL_TEXT_MISSING');
  });

  rule('APR-10', 'each piece is decided once', () => {
    const states = {
      SUGGESTED: evidence,
      SCORED: accepted(score(evidence)),
      DISMISSED: accepted(dismiss(evidence)),
      WITHDRAWN: accepted(withdrawEvidence(evidence, now)),
    };
    expect(
      wrongCells({
        table: evidenceTransitions,
        states,
        commands: {
          stateEvidenceView: (state) => stateView(state),
          scoreEvidence: (state) => score(state),
          dismissEvidence: (state) => dismiss(state),
          withdrawEvidence: (state) => withdrawEvidence(state, now),
        },
      }),
    ).toEqual([]);
    expect(unreachableStatuses(evidenceTransitions, evidenceStatuses)).toEqual([]);
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });

  rule('APR-10', 'a result that was announced takes no more evidence', () => {
    const sheet = accepted(announceAppraisal(aSheet(), { by: 'staff-qian' }, now, environment));
    expect(refusal(score(evidence, {}, sheet)).code).toBe('SHEET_NOT_OPEN');
  });
});
