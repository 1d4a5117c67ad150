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
  acknowledgeAppraisal,
  appealAppraisal,
  appraisalDeadlines,
  decideAppeal,
  onAppraisalDeadline,
  scorersOf,
} from './answer';
import {
  announceAppraisal,
  cancelAppraisal,
  commendAct,
  deductPoints,
  withdrawCommendation,
  withdrawDeduction,
} from './appraisal';
import { appraisalStatuses, appraisalTransitions, isFinal, type AppraisalState } from './appraisal-state';
import { acknowledged, announced, aSheet, environment, policy } from './spec-support';

const now = at('2026-04-02 10:00');
const by = 'staff-zhou';

/** A sheet with 3 and 2 points off, and a commendation. */
function scored(): AppraisalState {
  const rest = { reason: '检查发现', evidenceId: null, by: 'staff-qian' };
  const first = accepted(deductPoints(aSheet(), { item: 'ATTENDANCE', points: '3', ...rest }, now));
  const second = accepted(deductPoints(first, { item: 'DISCIPLINE', points: '2', ...rest }, now));
  return accepted(commendAct(second, { points: '4', ...rest, reason: '受客户表扬' }, now, policy));
}

const acknowledge = (state: AppraisalState, who = by, time = now) =>
  acknowledgeAppraisal(state, { by: who }, time);
const appeal = (state: AppraisalState, reason = '当日已请假', who = by, time = now) =>
  appealAppraisal(state, { reason, by: who }, time);
const decide = (
  state: AppraisalState,
  reductions: Parameters<typeof decideAppeal>[1]['reductions'] = [],
  change: { by?: string; reason?: string } = {},
) => decideAppeal(state, { reductions, reason: '查阅请假单', by: 'staff-quality', ...change }, now);
const appealed = () => accepted(appeal(announced(scored())));
const unanswered = (state = announced()) =>
  accepted(onAppraisalDeadline(state, 'ANSWER', state.answerDueAt!));

describe('announcing a result', () => {
  rule.each([
    { why: 'over a weekend', on: '2026-03-31 17:30', due: '2026-04-08 17:30' },
    { why: 'before Labour Day, with a make-up Saturday', on: '2026-04-29 10:00', due: '2026-05-09 10:00' },
    { why: 'on a Saturday', on: '2026-03-14 11:00', due: '2026-03-20 18:00' },
  ])('APR-11', 'the employee has five working days: $why until $due', ({ on, due }) => {
    const state = announced(aSheet(), on);
    expect(state).toMatchObject({ status: 'ANNOUNCED', announcedBy: 'staff-qian', answerDueAt: at(due) });
    expect(appraisalDeadlines(state)).toEqual([{ kind: 'ANSWER', dueAt: at(due) }]);
  });

  rule('APR-11', 'nobody announces his own', () => {
    expect(refusal(announceAppraisal(aSheet(), { by }, now, environment)).code).toBe('APPRAISES_HIMSELF');
  });

  rule('APR-11', 'the fact says the total and the time for an answer', () => {
    expect(
      factsOf(announceAppraisal(scored(), { by: 'staff-qian' }, at('2026-04-01 10:00'), environment)),
    ).toMatchObject([{ type: 'AppraisalAnnounced', total: '99.00', answerDueAt: at('2026-04-09 10:00') }]);
  });
});

describe('the employee’s answer', () => {
  rule('APR-11', 'he acknowledges, or appeals with a reason', () => {
    expect(accepted(acknowledge(announced()))).toMatchObject({ status: 'ACKNOWLEDGED', acknowledgedAt: now });
    expect(accepted(appeal(announced()))).toMatchObject({
      status: 'APPEALED',
      appeal: { reason: '当日已请假', appealedAt: now },
    });
    expect(refusal(appeal(announced(), ' '))).toEqual({
      code: 'APPRAISAL_TEXT_MISSING',
      data: { field: 'reason' },
    });
  });

  rule('APR-11', 'nobody answers for him, neither the appraiser nor a colleague', () => {
    for (const who of ['staff-qian', 'staff-lin']) {
      expect(refusal(acknowledge(announced(), who))).toEqual({
        code: 'NOT_THE_APPRAISED',
        data: { appraisalId: 'sheet-1' },
      });
      expect(refusal(appeal(announced(), '不公平', who)).code).toBe('NOT_THE_APPRAISED');
    }
  });

  rule('APR-11', 'a moment before the five working days are over is in time, that moment is too late', () => {
    const state = announced();
    const due = state.answerDueAt!;
    const before = new Date(+due - 1);
    expect(accepted(acknowledge(state, by, before)).status).toBe('ACKNOWLEDGED');
    expect(accepted(appeal(state, '迟到有因', by, before)).status).toBe('APPEALED');
    for (const decision of [
      acknowledge(state, by, due),
      appeal(state, '迟到有因', by, due),
      acknowledge(unanswered(state), by, before),
      appeal(unanswered(state), '迟到有因', by, before),
    ]) {
      expect(refusal(decision)).toEqual({ code: 'ANSWER_TOO_LATE', data: { answerDueAt: due } });
    }
  });

  rule('APR-11', 'left unanswered, the result stands from that moment, once', () => {
    const state = announced();
    const due = state.answerDueAt!;
    const decision = onAppraisalDeadline(state, 'ANSWER', due);
    expect(decision.state).toMatchObject({ status: 'UNANSWERED', unansweredAt: due });
    expect(decision.facts).toMatchObject([{ type: 'AppraisalUnanswered', at: due, total: '100.00' }]);
    expect(appraisalDeadlines(decision.state)).toEqual([]);
    for (const answered of [decision.state, acknowledged(), appealed()]) {
      expect(onAppraisalDeadline(answered, 'ANSWER', due)).toEqual({
        outcome: 'accepted',
        state: answered,
        facts: [],
      });
    }
    expect(() => onAppraisalDeadline(state, 'OTHER', due)).toThrow('not a deadline');
  });
});

describe('deciding an appeal', () => {
  rule('APR-11', 'a granted one leaves less of a deduction, or nothing', () => {
    const decision = decide(appealed(), [
      { sequence: 1, to: '0' },
      { sequence: 2, to: '0.5' },
    ]);
    expect(accepted(decision)).toMatchObject({
      status: 'APPEAL_DECIDED',
      total: '103.50',
      deductions: [
        { points: '3.00', reducedTo: '0.00' },
        { points: '2.00', reducedTo: '0.50' },
      ],
      appealDecision: { outcome: 'GRANTED', by: 'staff-quality', totalBefore: '99.00' },
    });
    expect(factsOf(decision)).toMatchObject([
      { type: 'AppealDecided', outcome: 'GRANTED', totalBefore: '99.00', total: '103.50' },
    ]);
  });

  rule('APR-11', 'a dismissed one leaves the result as it was', () => {
    expect(accepted(decide(appealed()))).toMatchObject({
      total: '99.00',
      appealDecision: { outcome: 'DISMISSED', totalBefore: '99.00' },
    });
  });

  rule('APR-11', 'neither he who appealed nor anybody who scored decides', () => {
    expect(refusal(decide(appealed(), [], { by })).code).toBe('APPRAISES_HIMSELF');
    expect(refusal(decide(appealed(), [], { by: 'staff-qian' }))).toEqual({
      code: 'APPEAL_DECIDED_BY_SCORER',
      data: { scorerIds: ['staff-qian'] },
    });
    const helped = accepted(
      withdrawDeduction(scored(), { sequence: 1, reason: '记错', by: 'staff-lin' }, now),
    );
    expect(scorersOf(helped)).toEqual(['staff-qian', 'staff-lin']);
  });

  rule('APR-11', 'an appeal never makes a result worse', () => {
    for (const to of ['3', '3.01', '-1']) {
      expect(refusal(decide(appealed(), [{ sequence: 1, to }]))).toEqual({
        code: 'REDUCTION_NOT_LESS',
        data: { sequence: 1, points: '3.00', to },
      });
    }
    expect(refusal(decide(appealed(), [{ sequence: 1, to: '1.001' }]))).toEqual({
      code: 'POINTS_NOT_VALID',
      data: { field: 'reductions.0.to' },
    });
    const twice = [
      { sequence: 1, to: '2' },
      { sequence: 1, to: '2' },
    ];
    expect(refusal(decide(appealed(), twice)).code).toBe('REDUCTION_NOT_LESS');
    expect(refusal(decide(appealed(), [{ sequence: 9, to: '0' }]))).toEqual({
      code: 'DEDUCTION_UNKNOWN',
      data: { sequence: 9, known: [1, 2] },
    });
    expect(refusal(decide(appealed(), [], { reason: '' })).code).toBe('APPRAISAL_TEXT_MISSING');
  });
});

describe('the course of an appraisal', () => {
  const rest = { reason: '检查发现', evidenceId: null, by: 'staff-qian' };
  const states: Record<AppraisalState['status'], AppraisalState> = {
    OPEN: scored(),
    ANNOUNCED: announced(scored()),
    ACKNOWLEDGED: acknowledged(scored()),
    UNANSWERED: unanswered(announced(scored())),
    APPEALED: appealed(),
    APPEAL_DECIDED: accepted(decide(appealed())),
    CANCELLED: accepted(cancelAppraisal(scored(), { reason: '重复', by: 'staff-qian' }, now)),
  };

  it('every status is reachable', () => {
    expect(unreachableStatuses(appraisalTransitions, appraisalStatuses)).toEqual([]);
  });

  rule('APR-11', 'each command is possible where the table says so, and refused everywhere else', () => {
    const untouched = Object.fromEntries(
      appraisalStatuses
        .filter((status) => status !== 'ANNOUNCED')
        .map((status) => [`passAnswerTime in ${status}`, status]),
    );
    expect(
      wrongCells({
        table: appraisalTransitions,
        states,
        commands: {
          deductPoints: (state) => deductPoints(state, { item: 'ETHICS', points: '1', ...rest }, now),
          withdrawDeduction: (state) =>
            withdrawDeduction(state, { sequence: 1, reason: '误记', by: 'staff-qian' }, now),
          commendAct: (state) => commendAct(state, { points: '1', ...rest }, now, policy),
          withdrawCommendation: (state) =>
            withdrawCommendation(state, { sequence: 1, reason: '误记', by: 'staff-qian' }, now),
          announceAppraisal: (state) => announceAppraisal(state, { by: 'staff-qian' }, now, environment),
          acknowledgeAppraisal: acknowledge,
          appealAppraisal: (state) => appeal(state),
          passAnswerTime: (state) => onAppraisalDeadline(state, 'ANSWER', state.answerDueAt ?? now),
          decideAppeal: (state) => decide(state),
          cancelAppraisal: (state) => cancelAppraisal(state, { reason: '重复', by: 'staff-qian' }, now),
        },
        otherwise: {
          ...untouched,
          'acknowledgeAppraisal in UNANSWERED': 'ANSWER_TOO_LATE',
          'appealAppraisal in UNANSWERED': 'ANSWER_TOO_LATE',
        },
      }),
    ).toEqual([]);
  });

  it('is final when acknowledged, unanswered or decided', () => {
    expect(appraisalStatuses.filter(isFinal)).toEqual(['ACKNOWLEDGED', 'UNANSWERED', 'APPEAL_DECIDED']);
  });

  it('survives being stored', () => {
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });
});
