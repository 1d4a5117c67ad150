import fc from 'fast-check';
import { isRefused } from '@anju/kernel';
import { accepted, asStored, at, factsOf, refusal, rule, unreachableStatuses } from '@anju/testing';
import {
  appraisalYearStatuses,
  appraisalYearTransitions,
  closeAppraisalYear,
  correctAppraisalYear,
  type YearFacts,
} from './appraisal-year';
import type { AppraisalStatus } from './appraisal-state';
import { periodsOfYear, type AppraisalKind, type Days } from './period';
import { comparePoints, pointsOf } from './points';
import type { SchemeContent } from './scheme';
import { aScheme, environment, policy } from './spec-support';
import { yearTotal, type YearResult, type YearSheet } from './year-total';

const always: readonly Days[] = [{ from: '2020-01-01', to: null }];
const standard = policy.standardScheme;

function sheets(kind: AppraisalKind, totals: readonly string[], status: AppraisalStatus = 'ACKNOWLEDGED') {
  const periods = periodsOfYear(kind, 2026);
  return totals.map((total, index): YearSheet => ({
    id: `${kind}-${index + 1}`,
    kind,
    status,
    periodFrom: periods[index]!.from,
    periodTo: periods[index]!.to,
    year: 2026,
    total,
  }));
}

/** Checks, months and year-end of the worked example. */
const example = [
  ...sheets('WEEKLY_CHECK', ['95', '88']),
  ...sheets('MONTHLY_CHECK', ['92', '90']),
  ...sheets('MONTHLY', ['93', '101.5', '97']),
  ...sheets('YEAR_END', ['96']),
];

const work = (
  all: readonly YearSheet[],
  content: Partial<SchemeContent> = {},
  known: { employments?: readonly Days[]; leaves?: readonly Days[] } = {},
) =>
  yearTotal(
    all,
    { ...standard, ...content },
    { year: 2026, employments: always, leaves: [], ...known },
    policy,
  );

function result(...given: Parameters<typeof work>): YearResult {
  const worked = work(...given);
  if ('outcome' in worked) throw new Error(JSON.stringify(worked.refusal));
  return worked;
}

const totalOf = (checks: string, month: string, yearEnd: string, content: Partial<SchemeContent> = {}) =>
  result(
    [...sheets('WEEKLY_CHECK', [checks]), ...sheets('MONTHLY', [month]), ...sheets('YEAR_END', [yearEnd])],
    content,
  );

describe('the year’s total', () => {
  rule(
    'APR-04',
    'checks 95, 88, 92, 90; months 93, 101.5, 97; year-end 96; equal weights: 18.25 + 29.15 + 48.00 = 95.40',
    () => {
      const { total, excellent, parts } = result(example);
      expect(parts.map(({ part, share, mean, contribution }) => [part, share, mean, contribution])).toEqual([
        ['CHECKS', '20', '91.25', '18.25'],
        ['MONTHS', '30', '97.17', '29.15'],
        ['YEAR_END', '50', '96.00', '48.00'],
      ]);
      expect([total, excellent]).toEqual(['95.40', false]);
    },
  );

  rule('APR-05', 'a month of 102 counts as such in the mean', () => {
    expect(totalOf('100', '102', '100').total).toBe('100.60');
  });

  rule.each([
    { yearEnd: '100', total: '100.00', excellent: false },
    { yearEnd: '100.02', total: '100.01', excellent: true },
    { yearEnd: '100.01', total: '100.01', excellent: true },
    { yearEnd: '99.98', total: '99.99', excellent: false },
  ])('APR-05', 'a total of $total: excellent is $excellent', ({ yearEnd, total, excellent }) => {
    expect(totalOf('100', '100', yearEnd)).toMatchObject({ total, excellent });
  });

  rule('APR-05', 'what rounds to 100.00 is not over 100', () => {
    const thirds = [
      ...sheets('WEEKLY_CHECK', ['100.01', '100', '100']),
      ...sheets('MONTHLY', ['100']),
      ...sheets('YEAR_END', ['100']),
    ];
    expect(result(thirds)).toMatchObject({ total: '100.00', excellent: false });
  });

  rule('APR-04', 'it is rounded half-up, and only at the end', () => {
    // 20 % × 0.01 + 30 % × 0.01 = 0.005; parts rounded on their own would make 0.00.
    expect(totalOf('0.01', '0.01', '0').total).toBe('0.01');
  });

  rule('APR-04', 'weights inside a mean are the scheme’s', () => {
    const monthWeights = ['1', '3', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'];
    const months = [
      ...sheets('WEEKLY_CHECK', ['90']),
      ...sheets('MONTHLY', ['80', '100']),
      ...sheets('YEAR_END', ['90']),
    ];
    expect(result(months, { monthWeights }).parts[1]).toMatchObject({
      mean: '95.00',
      counted: [{ weight: '1' }, { weight: '3' }],
    });
    const checkWeights = { WEEKLY_CHECK: '1', MONTHLY_CHECK: '4' };
    expect(result(example, { checkWeights }).parts[0]).toMatchObject({ mean: '91.10' });
  });

  rule('APR-04', 'a scheme with other shares gives another total', () => {
    expect(
      totalOf('100', '50', '80', { yearShares: { CHECKS: '10', MONTHS: '40', YEAR_END: '50' } }).total,
    ).toBe('70.00');
  });

  rule('APR-04', 'spot checks, cancelled sheets and other years are not counted', () => {
    const more = [
      ...example,
      { ...sheets('SPOT_CHECK', ['10'])[0]!, status: 'OPEN' as const },
      ...sheets('MONTHLY', ['0'], 'CANCELLED'),
      { ...sheets('MONTHLY', ['0'])[0]!, year: 2025 },
    ];
    expect(result(more)).toEqual(result(example));
  });

  rule('APR-04', 'periods without a score are left out of the mean and shown, each with why', () => {
    const known = {
      employments: [{ from: '2026-03-16', to: null }],
      leaves: [{ from: '2026-05-01', to: '2026-06-15' }],
    };
    const some = example.filter(({ kind }) => kind !== 'MONTHLY_CHECK');
    const { missing, total } = result(some, {}, known);
    const months = missing.filter(({ kind }) => kind === 'MONTHLY');
    expect(months).toHaveLength(9);
    expect(months.slice(0, 3)).toMatchObject([
      { from: '2026-04-01', to: '2026-04-30', reason: 'NOT_APPRAISED' },
      { from: '2026-05-01', to: '2026-05-31', reason: 'ON_LEAVE' },
      { from: '2026-06-01', to: '2026-06-30', reason: 'NOT_APPRAISED' },
    ]);
    const checks = missing.filter(({ kind }) => kind === 'MONTHLY_CHECK');
    expect(checks.map(({ reason }) => reason).slice(0, 4)).toEqual([
      'NOT_EMPLOYED',
      'NOT_EMPLOYED',
      'NOT_APPRAISED',
      'NOT_APPRAISED',
    ]);
    expect(missing.filter(({ kind }) => kind === 'WEEKLY_CHECK')).toHaveLength(50);
    expect(total).toBe(result(some).total);
  });

  rule('APR-04', 'a part without any score makes no total', () => {
    expect(work(example.filter(({ kind }) => kind === 'MONTHLY'))).toMatchObject({
      refusal: { code: 'YEAR_PARTS_WITHOUT_SCORE', data: { withoutScore: ['CHECKS', 'YEAR_END'] } },
    });
    const yearShares = { CHECKS: '0', MONTHS: '50', YEAR_END: '50' };
    expect(
      result(
        example.filter(({ kind }) => !kind.endsWith('CHECK')),
        { yearShares },
      ).total,
    ).toBe('96.58');
  });

  rule('APR-11', 'a result that may still change makes no total', () => {
    for (const status of ['OPEN', 'ANNOUNCED', 'APPEALED'] as const) {
      const open = [...example, { ...sheets('MONTHLY', ['1', '1', '1', '90'], status)[3]! }];
      expect(work(open)).toMatchObject({
        refusal: { code: 'YEAR_SHEETS_NOT_FINAL', data: { appraisalIds: ['MONTHLY-4'] } },
      });
    }
  });

  rule(
    'APR-04',
    'whatever the scores and weights, the total lies between the least and the most, and order does not matter',
    () => {
      const score = fc.integer({ min: 0, max: 12_000 }).map((amount) => pointsOf(BigInt(amount)));
      const weight = fc.integer({ min: 1, max: 999 }).map((amount) => pointsOf(BigInt(amount)));
      const some = (max: number) => fc.array(score, { minLength: 1, maxLength: max });
      fc.assert(
        fc.property(
          some(52),
          some(12),
          some(12),
          score,
          fc.array(weight, { minLength: 12, maxLength: 12 }),
          (weekly, monthlyChecks, months, yearEnd, monthWeights) => {
            const all = [
              ...sheets('WEEKLY_CHECK', weekly),
              ...sheets('MONTHLY_CHECK', monthlyChecks),
              ...sheets('MONTHLY', months),
              ...sheets('YEAR_END', [yearEnd]),
            ];
            const { total } = result(all, { monthWeights });
            const sorted = all.map((sheet) => sheet.total).sort(comparePoints);
            expect(comparePoints(total, sorted[0]!)).toBeGreaterThanOrEqual(0);
            expect(comparePoints(total, sorted.at(-1)!)).toBeLessThanOrEqual(0);
            expect(result([...all].reverse(), { monthWeights }).total).toBe(total);
          },
        ),
      );
    },
  );
});

describe('closing the year', () => {
  const known: YearFacts = {
    sheets: example,
    scheme: { schemeId: 'scheme-1', version: aScheme().versions[0]! },
    employments: always,
    leaves: [],
  };
  const now = at('2027-01-05 10:00');
  const close = (change: Partial<YearFacts> = {}, by = 'staff-qian') =>
    closeAppraisalYear(
      { id: 'year-1', projectId: 'project-jx', staffId: 'staff-zhou', year: 2026, by },
      { ...known, ...change },
      now,
      environment,
    );
  const correct = (change: Partial<YearFacts>, reason = '补记2月考核', by = 'staff-qian') =>
    correctAppraisalYear(accepted(close()), { reason, by }, { ...known, ...change }, now, environment);
  const more = [...example, sheets('MONTHLY', ['0', '0', '0', '91.5'])[3]!];

  rule('APR-04', 'the total is kept with the scheme and the scores that made it', () => {
    const decision = close();
    expect(accepted(decision)).toMatchObject({
      status: 'CLOSED',
      schemeId: 'scheme-1',
      schemeVersion: 1,
      result: { total: '95.40', excellent: false },
    });
    expect(factsOf(decision)).toMatchObject([
      { type: 'AppraisalYearClosed', staffId: 'staff-zhou', year: 2026, total: '95.40', missingPeriods: 69 },
    ]);
    expect(asStored(accepted(decision))).toEqual(accepted(decision));
  });

  rule('APR-11', 'nobody closes or corrects his own year', () => {
    expect(refusal(close({}, 'staff-zhou')).code).toBe('APPRAISES_HIMSELF');
    expect(refusal(correct({ sheets: more }, '补记', 'staff-zhou')).code).toBe('APPRAISES_HIMSELF');
  });

  rule('APR-04', 'a year outside employment is refused, as is one with open or missing scores', () => {
    expect(refusal(close({ employments: [{ from: '2027-01-01', to: null }] }))).toMatchObject({
      code: 'PERIOD_OUTSIDE_EMPLOYMENT',
      data: { from: '2026-01-01', to: '2026-12-31' },
    });
    expect(refusal(close({ sheets: sheets('MONTHLY', ['90'], 'OPEN') })).code).toBe('YEAR_SHEETS_NOT_FINAL');
    expect(refusal(close({ sheets: [] })).code).toBe('YEAR_PARTS_WITHOUT_SCORE');
  });

  rule('APR-04', 'a later score makes a correction, with its reason, beside the total before', () => {
    const decision = correct({ sheets: more });
    expect(accepted(decision)).toMatchObject({
      status: 'CORRECTED',
      result: { total: '94.98' },
      corrections: [{ reason: '补记2月考核', by: 'staff-qian', totalBefore: '95.40' }],
    });
    expect(factsOf(decision)).toMatchObject([
      { type: 'AppraisalYearCorrected', totalBefore: '95.40', total: '94.98' },
    ]);
    const again = correctAppraisalYear(
      accepted(decision),
      { reason: '复核', by: 'staff-qian' },
      known,
      now,
      environment,
    );
    expect(accepted(again)).toMatchObject({ status: 'CORRECTED', result: { total: '95.40' } });
    expect(refusal(correct({}))).toEqual({ code: 'YEAR_TOTAL_UNCHANGED', data: { total: '95.40' } });
    expect(refusal(correct({ sheets: more }, ' ')).code).toBe('APPRAISAL_TEXT_MISSING');
    expect(isRefused(correct({ sheets: [] }))).toBe(true);
  });

  it('every status is reachable', () => {
    expect(unreachableStatuses(appraisalYearTransitions, appraisalYearStatuses)).toEqual([]);
  });
});
