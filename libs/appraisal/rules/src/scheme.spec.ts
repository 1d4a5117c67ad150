import fc from 'fast-check';
import { addLocalDays } from '@anju/kernel';
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
import { appraisalDimensions, appraisalItems, dimensionItems, type AppraisalItem } from './dimensions';
import { sumOfPoints } from './points';
import {
  addSchemeVersion,
  createScheme,
  retireScheme,
  schemeInForce,
  schemeProblem,
  schemeStatuses,
  schemeTransitions,
  versionInForce,
  type SchemeContent,
  type SchemeState,
} from './scheme';
import { aScheme, environment, policy, zhou } from './spec-support';

const standard = policy.standardScheme;
const items = (change: Partial<Record<AppraisalItem, string>>): SchemeContent => ({
  ...standard,
  items: { ...standard.items, ...change },
});
const now = at('2026-03-02 10:00');
const add = (state: SchemeState, effectiveFrom: string, content = standard, time = now) =>
  addSchemeVersion(state, { effectiveFrom, content, by: 'staff-quality' }, time, environment);
const retire = (state: SchemeState) => retireScheme(state, { by: 'staff-quality' }, now, environment);

describe('a scheme', () => {
  rule('APR-01', 'four dimensions, 20, 20, 30 and 30 points, with four items each', () => {
    expect(policy.dimensionPoints).toEqual({ CONDUCT: '20', DILIGENCE: '20', ABILITY: '30', RESULTS: '30' });
    expect(appraisalDimensions.map((dimension) => dimensionItems[dimension].length)).toEqual([4, 4, 4, 4]);
    expect(new Set(appraisalItems).size).toBe(16);
    expect(sumOfPoints(Object.values(policy.dimensionPoints))).toBe('100.00');
    expect(schemeProblem(standard, policy)).toBeNull();
  });

  rule('APR-01', 'items may weigh differently, as long as they make their dimension', () => {
    expect(schemeProblem(items({ ETHICS: '2.5', SERVICE_ATTITUDE: '7.5' }), policy)).toBeNull();
  });

  rule.each([
    {
      what: 'one item more',
      content: items({ ETHICS: '5.01' }),
      code: 'SCHEME_ITEMS_DO_NOT_ADD_UP',
      data: { dimension: 'CONDUCT', sum: '20.01', expected: '20' },
    },
    {
      what: 'points moved to another dimension',
      content: items({ WORK_EFFECT: '2.5', ETHICS: '10' }),
      code: 'SCHEME_ITEMS_DO_NOT_ADD_UP',
      data: { dimension: 'CONDUCT', sum: '25.00', expected: '20' },
    },
    {
      what: 'an item of nothing',
      content: items({ OTHER_RESULTS: '0', WORK_EFFECT: '15' }),
      code: 'SCHEME_ITEM_NOT_POSITIVE',
      data: { item: 'OTHER_RESULTS', points: '0' },
    },
    {
      what: 'an item below zero',
      content: items({ OTHER_RESULTS: '-1' }),
      code: 'SCHEME_ITEM_NOT_POSITIVE',
      data: { item: 'OTHER_RESULTS', points: '-1' },
    },
    {
      what: 'three decimals',
      content: items({ ETHICS: '5.001' }),
      code: 'POINTS_NOT_VALID',
      data: { field: 'items.ETHICS' },
    },
  ])('APR-01', '$what is refused', ({ content, code, data }) => {
    expect(schemeProblem(content, policy)).toMatchObject({ refusal: { code, data } });
  });

  rule.each([
    {
      what: 'shares of the year that make 99.99 %',
      content: { yearShares: { CHECKS: '20', MONTHS: '30', YEAR_END: '49.99' } },
      code: 'SCHEME_SHARES_DO_NOT_ADD_UP',
      data: { sum: '99.99', expected: '100' },
    },
    {
      what: 'a share below zero',
      content: { yearShares: { CHECKS: '-10', MONTHS: '60', YEAR_END: '50' } },
      code: 'SCHEME_SHARE_NEGATIVE',
      data: { part: 'CHECKS', share: '-10' },
    },
    {
      what: 'a share that is no number',
      content: { yearShares: { CHECKS: '20%', MONTHS: '30', YEAR_END: '50' } },
      code: 'POINTS_NOT_VALID',
      data: { field: 'yearShares.CHECKS' },
    },
    {
      what: 'a weight of nothing',
      content: { checkWeights: { WEEKLY_CHECK: '0', MONTHLY_CHECK: '1' } },
      code: 'SCHEME_WEIGHT_NOT_POSITIVE',
      data: { weightOf: 'checkWeights.WEEKLY_CHECK', weight: '0' },
    },
    {
      what: 'a weight that is no number',
      content: { checkWeights: { WEEKLY_CHECK: '1', MONTHLY_CHECK: 'x' } },
      code: 'POINTS_NOT_VALID',
      data: { field: 'checkWeights.MONTHLY_CHECK' },
    },
    {
      what: 'weights for eleven months',
      content: { monthWeights: standard.monthWeights.slice(1) },
      code: 'SCHEME_MONTHS_NOT_TWELVE',
      data: { given: 11, needed: 12 },
    },
  ])('APR-04', '$what are refused', ({ content, code, data }) => {
    expect(schemeProblem({ ...standard, ...content }, policy)).toMatchObject({
      refusal: { code, data },
    });
  });

  rule('APR-01', 'whatever the items are, they are taken exactly when they make their dimensions', () => {
    const points = fc.integer({ min: 1, max: 4 }).map(String);
    fc.assert(
      fc.property(fc.tuple(points, points, points, points), ([a, b, c, d]) => {
        const problem = schemeProblem(
          items({ ETHICS: `${a}.5`, SERVICE_ATTITUDE: `${b}.5`, DISCIPLINE: c, RELATIONS: `1${d}` }),
          policy,
        );
        const sum = Number(a) + Number(b) + Number(c) + Number(d) + 11;
        expect(problem === null).toBe(sum === 20);
      }),
    );
  });
});

describe('versions of a scheme', () => {
  const first = aScheme();

  rule('APR-02', 'the first version may begin in the past, for nothing was scored by it', () => {
    expect(first.versions).toMatchObject([{ version: 1, effectiveFrom: '2025-01-01' }]);
  });

  rule('APR-02', 'a new version leaves the old one as it was', () => {
    const decision = add(first, '2026-04-01', items({ ETHICS: '4', DISCIPLINE: '6' }));
    const next = accepted(decision);
    expect(next.versions[0]).toEqual(first.versions[0]);
    expect(factsOf(decision)).toEqual([
      {
        type: 'SchemeVersionAdded',
        schemeId: 'scheme-1',
        projectId: null,
        level: 'OPERATIONAL',
        position: null,
        by: 'staff-quality',
        at: now,
        version: 2,
        effectiveFrom: '2026-04-01',
      },
    ]);
    expect(
      ['2024-12-31', '2025-01-01', '2026-03-31', '2026-04-01'].map((on) => versionInForce(next, on)?.version),
    ).toEqual([undefined, 1, 1, 2]);
  });

  rule('APR-02', 'a version begins tomorrow at the earliest, by the clock of the place', () => {
    expect(refusal(add(first, '2026-03-02'))).toEqual({
      code: 'SCHEME_VERSION_IN_PAST',
      data: { effectiveFrom: '2026-03-02', earliest: '2026-03-03' },
    });
    expect(accepted(add(first, '2026-03-03')).versions).toHaveLength(2);
    const midnight = at('2026-03-03 00:00');
    expect(refusal(add(first, '2026-03-03', standard, midnight)).code).toBe('SCHEME_VERSION_IN_PAST');
  });

  rule('APR-02', 'a version begins after the one before it', () => {
    const next = accepted(add(first, '2026-05-01'));
    for (const effectiveFrom of ['2026-04-30', '2026-05-01']) {
      expect(refusal(add(next, effectiveFrom))).toEqual({
        code: 'SCHEME_VERSION_NOT_LATER',
        data: { effectiveFrom, latestFrom: '2026-05-01' },
      });
    }
  });

  rule('APR-02', 'what is no date, and what does not add up, makes no version', () => {
    expect(refusal(add(first, '2026-02-30'))).toEqual({
      code: 'APPRAISAL_DATE_NOT_VALID',
      data: { field: 'effectiveFrom' },
    });
    expect(refusal(add(first, '2026-05-01', items({ ETHICS: '6' }))).code).toBe('SCHEME_ITEMS_DO_NOT_ADD_UP');
    const command = {
      id: 'scheme-2',
      organisationId: 'organisation-1',
      level: 'OPERATIONAL',
      position: null,
      by: 'staff-quality',
    } as const;
    expect(
      refusal(createScheme({ ...command, effectiveFrom: 'soon', content: standard }, now, environment)).code,
    ).toBe('APPRAISAL_DATE_NOT_VALID');
    expect(
      refusal(
        createScheme(
          { ...command, effectiveFrom: '2026-01-01', content: items({ ETHICS: '6' }) },
          now,
          environment,
        ),
      ).code,
    ).toBe('SCHEME_ITEMS_DO_NOT_ADD_UP');
  });

  rule('APR-02', 'a retired scheme serves periods that began until then, and no later ones', () => {
    const retired = accepted(retire(first));
    expect(versionInForce(retired, '2026-03-02')?.version).toBe(1);
    expect(versionInForce(retired, '2026-03-03')).toBeNull();
  });

  rule('APR-02', 'a position’s own scheme goes before that of its level', () => {
    const own = aScheme({ id: 'scheme-desk', position: 'FRONT_DESK_AGENT', effectiveFrom: '2026-02-01' });
    const managers = aScheme({ id: 'scheme-management', level: 'MANAGEMENT' });
    const schemes = [managers, first, own];
    expect(schemeInForce(schemes, zhou, '2026-02-01')).toMatchObject({ schemeId: 'scheme-desk' });
    expect(schemeInForce(schemes, zhou, '2026-01-31')).toMatchObject({ schemeId: 'scheme-1' });
    expect(schemeInForce(schemes, { ...zhou, position: 'TECHNICIAN' }, '2026-02-01')).toMatchObject({
      schemeId: 'scheme-1',
    });
    expect(schemeInForce(schemes, { ...zhou, level: 'MANAGEMENT' }, '2026-02-01')).toMatchObject({
      schemeId: 'scheme-management',
    });
  });

  rule('APR-02', 'without a scheme in force nothing is scored', () => {
    expect(schemeInForce([first], zhou, '2024-12-31')).toMatchObject({
      refusal: {
        code: 'NO_SCHEME_IN_FORCE',
        data: { level: 'OPERATIONAL', position: 'FRONT_DESK_AGENT', on: '2024-12-31' },
      },
    });
  });

  rule('APR-02', 'whatever versions are added, each day has the latest that has begun', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 8 }), fc.nat(900), (gaps, day) => {
        let scheme = first;
        let from = '2026-03-02';
        for (const gap of gaps) {
          from = addLocalDays(from, gap);
          scheme = accepted(add(scheme, from));
        }
        const on = addLocalDays('2026-01-01', day);
        const begun = scheme.versions.filter(({ effectiveFrom }) => effectiveFrom <= on);
        expect(versionInForce(scheme, on)).toBe(begun.at(-1));
      }),
    );
  });

  it('every status is reachable, and every command is refused in every other', () => {
    expect(unreachableStatuses(schemeTransitions, schemeStatuses)).toEqual([]);
    expect(
      wrongCells({
        table: schemeTransitions,
        states: { IN_USE: first, RETIRED: accepted(retire(first)) },
        commands: { addSchemeVersion: (state) => add(state, '2026-05-01'), retireScheme: retire },
      }),
    ).toEqual([]);
  });

  it('survives being stored', () => {
    const scheme = accepted(retire(accepted(add(first, '2026-05-01'))));
    expect(asStored(scheme)).toEqual(scheme);
  });
});
