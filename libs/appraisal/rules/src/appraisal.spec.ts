import fc from 'fast-check';
import { isRefused, type Decision } from '@anju/kernel';
import { accepted, asStored, at, factsOf, refusal, rule } from '@anju/testing';
import {
  cancelAppraisal,
  commendAct,
  deductPoints,
  openAppraisal,
  schemeDay,
  withdrawCommendation,
  withdrawDeduction,
  type OpenAppraisal,
  type OpeningFacts,
} from './appraisal';
import { appraisalTotal, pointsLeft, type AppraisalState } from './appraisal-state';
import { appraisalItems, type AppraisalItem } from './dimensions';
import { comparePoints, hundredths, pointsOf } from './points';
import { addSchemeVersion } from './scheme';
import { aScheme, aSheet, environment, policy, zhou } from './spec-support';

const now = at('2026-03-31 17:30');
const sheet = aSheet();

const open = (
  change: Partial<OpenAppraisal> = {},
  known: Partial<OpeningFacts> = {},
  time = at('2026-03-31 17:00'),
) =>
  openAppraisal(
    {
      id: 'sheet-2',
      projectId: 'project-jx',
      kind: 'MONTHLY',
      day: '2026-03-15',
      by: 'staff-qian',
      ...change,
    },
    { employee: zhou, schemes: [aScheme()], existingId: null, ...known },
    time,
    environment,
  );
const deduct = (
  state: AppraisalState,
  item: AppraisalItem,
  points: string,
  change: Partial<Parameters<typeof deductPoints>[1]> = {},
) =>
  deductPoints(
    state,
    { item, points, reason: '3月5日迟到', evidenceId: null, by: 'staff-qian', ...change },
    now,
  );
const commend = (
  state: AppraisalState,
  points: string,
  change: Partial<Parameters<typeof commendAct>[1]> = {},
) =>
  commendAct(
    state,
    { points, reason: '拾金不昧', evidenceId: null, by: 'staff-qian', ...change },
    now,
    policy,
  );

describe('opening a sheet', () => {
  rule('APR-03', 'it begins with full points, out of 100', () => {
    expect(sheet).toMatchObject({
      status: 'OPEN',
      kind: 'MONTHLY',
      staffId: 'staff-zhou',
      periodFrom: '2026-03-01',
      periodTo: '2026-03-31',
      year: 2026,
      total: '100.00',
    });
    expect(factsOf(open())).toMatchObject([
      {
        type: 'AppraisalOpened',
        appraisalId: 'sheet-2',
        schemeId: 'scheme-1',
        schemeVersion: 1,
        by: 'staff-qian',
      },
    ]);
  });

  rule('APR-02', 'a period is scored with the scheme in force when it began, not with the newer one', () => {
    const content = {
      ...policy.standardScheme,
      items: { ...policy.standardScheme.items, ETHICS: '2', DISCIPLINE: '8' },
    };
    const changed = accepted(
      addSchemeVersion(
        aScheme(),
        { effectiveFrom: '2026-03-10', content, by: 'staff-quality' },
        at('2026-03-02 10:00'),
        environment,
      ),
    );
    const schemes = [changed];
    const march = accepted(open({}, { schemes }));
    expect([march.schemeVersion, march.maxima.ETHICS]).toEqual([1, '5']);
    const april = accepted(open({ day: '2026-04-02' }, { schemes }, at('2026-04-02 09:00')));
    expect([april.schemeVersion, april.maxima.ETHICS]).toEqual([2, '2']);
    const week = accepted(open({ kind: 'WEEKLY_CHECK', day: '2026-03-10' }, { schemes }));
    expect([week.periodFrom, week.schemeVersion]).toEqual(['2026-03-09', 1]);
    const spot = accepted(open({ kind: 'SPOT_CHECK', day: '2026-03-10' }, { schemes }));
    expect(spot.schemeVersion).toBe(2);
  });

  rule('APR-02', 'who joins in a period is scored with the scheme of his first day', () => {
    const schemes = [aScheme({ effectiveFrom: '2026-03-10' })];
    const joined = { ...zhou, employments: [{ from: '2026-03-16', to: null }] };
    expect(accepted(open({}, { schemes, employee: joined })).schemeVersion).toBe(1);
    expect(refusal(open({}, { schemes }))).toMatchObject({
      code: 'NO_SCHEME_IN_FORCE',
      data: { on: '2026-03-01' },
    });
    expect(schemeDay('2026-03-01', '2026-03-31', [{ from: '2026-04-01', to: null }])).toBe('2026-03-01');
    expect(
      schemeDay('2026-03-01', '2026-03-31', [
        { from: '2026-03-20', to: null },
        { from: '2025-01-01', to: '2026-03-04' },
      ]),
    ).toBe('2026-03-01');
  });

  rule.each([
    { what: 'left the day before', employments: [{ from: '2025-07-01', to: '2026-02-28' }] },
    { what: 'joins the day after', employments: [{ from: '2026-04-01', to: null }] },
    { what: 'was never employed', employments: [] },
  ])('APR-04', 'a period outside employment is refused: somebody who $what', ({ employments }) => {
    expect(refusal(open({}, { employee: { ...zhou, employments } }))).toEqual({
      code: 'PERIOD_OUTSIDE_EMPLOYMENT',
      data: { from: '2026-03-01', to: '2026-03-31', employments },
    });
  });

  rule.each([
    { what: 'left on the first day', employments: [{ from: '2025-07-01', to: '2026-03-01' }] },
    { what: 'joined on the last day', employments: [{ from: '2026-03-31', to: null }] },
  ])('APR-04', 'one day of employment is enough: somebody who $what', ({ employments }) => {
    expect(accepted(open({}, { employee: { ...zhou, employments } })).status).toBe('OPEN');
  });

  rule('APR-11', 'nobody opens a sheet on himself', () => {
    expect(refusal(open({ by: 'staff-zhou' }))).toEqual({
      code: 'APPRAISES_HIMSELF',
      data: { staffId: 'staff-zhou' },
    });
  });

  rule('APR-03', 'a period that has not begun, or is no date, is refused', () => {
    expect(refusal(open({ day: '2026-04-01' }))).toEqual({
      code: 'PERIOD_NOT_BEGUN',
      data: { from: '2026-04-01', today: '2026-03-31' },
    });
    expect(accepted(open({ day: '2026-04-30' }, {}, at('2026-04-01 00:00'))).periodFrom).toBe('2026-04-01');
    expect(refusal(open({ day: '2026-03-32' })).code).toBe('APPRAISAL_DATE_NOT_VALID');
  });

  rule('APR-03', 'a period has one sheet of each kind; spot checks as many as wanted', () => {
    expect(refusal(open({}, { existingId: 'sheet-1' }))).toEqual({
      code: 'PERIOD_ALREADY_APPRAISED',
      data: { appraisalId: 'sheet-1', kind: 'MONTHLY', from: '2026-03-01', to: '2026-03-31' },
    });
    expect(accepted(open({ kind: 'SPOT_CHECK' }, { existingId: 'sheet-1' })).kind).toBe('SPOT_CHECK');
  });
});

describe('deductions', () => {
  rule('APR-03', 'a deduction takes points off an item, with the reason', () => {
    const decision = deduct(sheet, 'ATTENDANCE', '1.5');
    expect(accepted(decision)).toMatchObject({
      total: '98.50',
      deductions: [
        { sequence: 1, item: 'ATTENDANCE', points: '1.50', reason: '3月5日迟到', by: 'staff-qian' },
      ],
    });
    expect(factsOf(decision)).toEqual([
      {
        type: 'PointsDeducted',
        appraisalId: 'sheet-1',
        projectId: 'project-jx',
        staffId: 'staff-zhou',
        kind: 'MONTHLY',
        periodFrom: '2026-03-01',
        periodTo: '2026-03-31',
        at: now,
        by: 'staff-qian',
        sequence: 1,
        item: 'ATTENDANCE',
        points: '1.50',
        evidenceId: null,
        total: '98.50',
      },
    ]);
  });

  rule('APR-03', 'an item can be taken to 0 and not below', () => {
    const less = accepted(deduct(sheet, 'ATTENDANCE', '4'));
    expect(refusal(deduct(less, 'ATTENDANCE', '1.01'))).toEqual({
      code: 'DEDUCTION_EXCEEDS_ITEM',
      data: { item: 'ATTENDANCE', points: '1.01', left: '1.00', maximum: '5' },
    });
    const none = accepted(deduct(less, 'ATTENDANCE', '1'));
    expect([pointsLeft(none, 'ATTENDANCE'), none.total]).toEqual(['0.00', '95.00']);
    expect(refusal(deduct(none, 'ATTENDANCE', '0.01')).code).toBe('DEDUCTION_EXCEEDS_ITEM');
    expect(accepted(deduct(none, 'DISCIPLINE', '5')).total).toBe('90.00');
  });

  rule.each(['-1', '-0.01', '0', '0.00'])('APR-03', 'a deduction of %s is refused', (points) => {
    expect(refusal(deduct(sheet, 'ATTENDANCE', points))).toMatchObject({
      code: 'DEDUCTION_NOT_POSITIVE',
      data: { item: 'ATTENDANCE' },
    });
  });

  rule('APR-03', 'without a reason, or with what are no points, nothing is deducted', () => {
    expect(refusal(deduct(sheet, 'ATTENDANCE', '1', { reason: ' ' }))).toEqual({
      code: 'APPRAISAL_TEXT_MISSING',
      data: { field: 'reason' },
    });
    for (const points of ['1.005', 'all', '']) {
      expect(refusal(deduct(sheet, 'ATTENDANCE', points))).toEqual({
        code: 'POINTS_NOT_VALID',
        data: { field: 'points' },
      });
    }
  });

  rule('APR-11', 'nobody scores himself', () => {
    const self = { by: 'staff-zhou' };
    const decisions = [
      deduct(sheet, 'ATTENDANCE', '1', self),
      commend(sheet, '5', self),
      withdrawDeduction(sheet, { sequence: 1, reason: '误记', ...self }, now),
      withdrawCommendation(sheet, { sequence: 1, reason: '误记', ...self }, now),
      cancelAppraisal(sheet, { reason: '误开', ...self }, now),
    ];
    expect(decisions.map((decision) => refusal(decision).code)).toEqual(
      decisions.map(() => 'APPRAISES_HIMSELF'),
    );
  });

  rule('APR-03', 'a deduction that was a mistake is taken back and stays on record', () => {
    const less = accepted(deduct(sheet, 'ATTENDANCE', '5'));
    const withdraw = (sequence: number, reason = '记错人') =>
      withdrawDeduction(less, { sequence, reason, by: 'staff-qian' }, now);
    const restored = accepted(withdraw(1));
    expect(restored).toMatchObject({
      total: '100.00',
      deductions: [{ sequence: 1, points: '5.00', withdrawal: { by: 'staff-qian', reason: '记错人' } }],
    });
    expect(accepted(deduct(restored, 'ATTENDANCE', '5')).deductions.map(({ sequence }) => sequence)).toEqual([
      1, 2,
    ]);
    expect(refusal(withdraw(2))).toEqual({ code: 'DEDUCTION_UNKNOWN', data: { sequence: 2, known: [1] } });
    expect(refusal(withdraw(1, '')).code).toBe('APPRAISAL_TEXT_MISSING');
    expect(
      refusal(withdrawDeduction(restored, { sequence: 1, reason: '再次', by: 'staff-qian' }, now)),
    ).toEqual({ code: 'DEDUCTION_UNKNOWN', data: { sequence: 1, known: [] } });
  });
});

describe('commended acts', () => {
  rule('APR-05', 'a month of 94 with a commendation of 8 is 102', () => {
    const month = accepted(deduct(accepted(deduct(sheet, 'ATTENDANCE', '5')), 'DISCIPLINE', '1'));
    expect(month.total).toBe('94.00');
    const decision = commend(month, '8');
    expect(accepted(decision).total).toBe('102.00');
    expect(factsOf(decision)).toMatchObject([{ type: 'ActCommended', points: '8.00', total: '102.00' }]);
  });

  rule('APR-05', 'an act adds 1 to 10 points, both included', () => {
    expect(['1', '10', '7.5'].map((points) => accepted(commend(sheet, points)).total)).toEqual([
      '101.00',
      '110.00',
      '107.50',
    ]);
    for (const points of ['0.99', '10.01', '0', '-1']) {
      expect(refusal(commend(sheet, points))).toMatchObject({
        code: 'COMMENDATION_OUT_OF_RANGE',
        data: { lowest: '1', highest: '10' },
      });
    }
  });

  rule('APR-05', 'each act counts', () => {
    expect(accepted(commend(accepted(commend(sheet, '10')), '10')).total).toBe('120.00');
  });

  rule.each(['WEEKLY_CHECK', 'MONTHLY_CHECK', 'SPOT_CHECK'] as const)(
    'APR-03',
    'a %s is out of 100 and by deductions alone',
    (kind) => {
      expect(refusal(commend(aSheet({ kind }), '5'))).toEqual({
        code: 'COMMENDATION_NOT_FOR_CHECK',
        data: { check: kind },
      });
    },
  );

  rule('APR-05', 'a year-end appraisal may be commended as well', () => {
    expect(accepted(commend(aSheet({ kind: 'YEAR_END' }), '3')).total).toBe('103.00');
  });

  rule('APR-05', 'a commendation needs a reason and can be taken back', () => {
    expect(refusal(commend(sheet, '5', { reason: '' })).code).toBe('APPRAISAL_TEXT_MISSING');
    expect(refusal(commend(sheet, '5.555')).code).toBe('POINTS_NOT_VALID');
    const more = accepted(commend(sheet, '5'));
    const withdraw = (sequence: number, reason = '不属实') =>
      withdrawCommendation(more, { sequence, reason, by: 'staff-qian' }, now);
    expect(accepted(withdraw(1)).total).toBe('100.00');
    expect(refusal(withdraw(1, ' ')).code).toBe('APPRAISAL_TEXT_MISSING');
    expect(refusal(withdraw(3))).toEqual({ code: 'COMMENDATION_UNKNOWN', data: { sequence: 3, known: [1] } });
  });
});

describe('giving a sheet up', () => {
  rule('APR-10', 'one that evidence was decided for is kept', () => {
    const cancel = (state: AppraisalState, reason = '重复') =>
      cancelAppraisal(state, { reason, by: 'staff-qian' }, now);
    expect(accepted(cancel(sheet))).toMatchObject({ status: 'CANCELLED', cancellation: { reason: '重复' } });
    expect(refusal(cancel(sheet, '')).code).toBe('APPRAISAL_TEXT_MISSING');
    const scored = accepted(deduct(sheet, 'EFFICIENCY', '1', { evidenceId: 'evidence-1' }));
    expect(refusal(cancel(scored))).toEqual({
      code: 'APPRAISAL_KEEPS_EVIDENCE',
      data: { evidenceIds: ['evidence-1'] },
    });
  });
});

describe('laws of a sheet', () => {
  const step = fc.record({
    item: fc.constantFrom(...appraisalItems),
    points: fc.integer({ min: -200, max: 900 }).map((amount) => pointsOf(BigInt(amount))),
    kind: fc.constantFrom('deduct', 'commend', 'withdraw'),
  });

  rule(
    ['APR-03', 'APR-05'],
    'whatever is deducted, commended and taken back, no item is below 0 or above its maximum, and the total is what is left and added',
    () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          let state = sheet;
          for (const { item, points, kind } of steps) {
            const decision: Decision<AppraisalState, unknown> =
              kind === 'deduct'
                ? deduct(state, item, points)
                : kind === 'commend'
                  ? commend(state, points)
                  : withdrawDeduction(state, { sequence: 1, reason: '误记', by: 'staff-qian' }, now);
            if (isRefused(decision)) continue;
            state = decision.state;
            let left = 0n;
            for (const each of appraisalItems) {
              const points = pointsLeft(state, each);
              expect(comparePoints(points, '0')).toBeGreaterThanOrEqual(0);
              expect(comparePoints(points, state.maxima[each])).toBeLessThanOrEqual(0);
              left += hundredths(points);
            }
            const added = state.commendations.reduce((sum, one) => sum + hundredths(one.points), 0n);
            expect(state.total).toBe(pointsOf(left + added));
            expect(appraisalTotal(state)).toBe(state.total);
          }
          expect(asStored(state)).toEqual(state);
        }),
      );
    },
  );
});
