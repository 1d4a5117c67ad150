import type { MetricDefinition, MetricDimension } from './metric';
import { policySql } from './policy';

const kind: MetricDimension = { id: 'kind', sql: 'f.kind' };
/** Sheets name their scheme, and schemes their level. */
const level: MetricDimension = { id: 'level', sql: "coalesce(s.level, 'UNKNOWN')" };
const withScheme = 'left join fact_scheme s on s.id = f.scheme_id';

const sheets = { owner: 'appraisal', facts: 'fact_appraisal' } as const;
const evidence = { owner: 'appraisal', facts: 'fact_evidence', unit: 'COUNT' } as const;

/**
 * How appraisals go, and never how somebody did. Points are shown for a whole group alone: all sheets of one kind,
 * period and level in a project, of which each employee has one (`PERIOD_ALREADY_APPRAISED`). The group shows
 * nothing while it is smaller than the policy allows, and nothing before the last of its results stands. The
 * groups do not overlap and are the finest rows that there are, so that no two questions differ by less than
 * one; were the day that of the announcement, the difference of two periods would be one person's points.
 * Spot checks have no such group and count in no mean. Appeals have no level: a project has few managers.
 */
export const appraisalMetrics = [
  {
    id: 'appraisals_announced',
    definition: ['公布的检查和考核结果数，按公布时间计', 'Results of checks and appraisals announced'],
    unit: 'COUNT',
    ...sheets,
    join: withScheme,
    day: 'f.announced_at',
    numerator: 'count(*)',
    dimensions: [kind, level],
    rules: ['APR-03', 'APR-04', 'APR-11'],
  },
  {
    id: 'appraisal_mean_total',
    definition: [
      '已定结果的平均分，按考核期最后一日计；抽检不计，人数过少或尚有未定结果的组不显示',
      'Mean total of the results that stand, by the last day of their period; no spot checks, no group that is small or has a result still open',
    ],
    unit: 'POINTS',
    ...sheets,
    join: withScheme,
    day: 'f.period_to',
    dayIs: 'DATE',
    where: "f.cancelled_at is null and f.kind <> 'SPOT_CHECK'",
    numerator: 'sum(f.total)',
    denominator: 'count(*)',
    having: `bool_and(f.final_at is not null) and count(*) >= ${policySql('smallestStaffGroup')}`,
    dimensions: [kind, level],
    rules: ['APR-03', 'APR-04', 'APR-05', 'INS-04'],
  },
  {
    id: 'appraisals_appealed',
    definition: ['申诉数，按申诉时间计', 'Results appealed against, counted when they were'],
    unit: 'COUNT',
    ...sheets,
    day: 'f.appealed_at',
    numerator: 'count(*)',
    dimensions: [kind],
    rules: ['APR-11'],
  },
  {
    id: 'appeals_granted',
    definition: [
      '裁决的申诉中申诉成立的比例，按裁决时间计',
      'Share of appeals granted, of those decided, counted then',
    ],
    unit: 'PERCENT',
    ...sheets,
    day: 'f.appeal_decided_at',
    numerator: "count(*) filter (where f.appeal_outcome = 'GRANTED')",
    denominator: 'count(*)',
    dimensions: [kind],
    rules: ['APR-11'],
  },
  {
    id: 'evidence_arrived',
    definition: ['各业务转来的考核依据数，按到达时间计', 'Evidence that arrived from the other services'],
    ...evidence,
    day: 'f.arrived_at',
    numerator: 'count(*)',
    dimensions: [kind],
    rules: ['APR-10'],
  },
  {
    id: 'evidence_decided',
    definition: ['审核完毕的考核依据数，按审核时间计', 'Evidence that a reviewer decided on'],
    ...evidence,
    day: 'f.decided_at',
    numerator: 'count(*)',
    dimensions: [kind, { id: 'decision', sql: 'f.decision' }],
    rules: ['APR-10'],
  },
  {
    id: 'evidence_waiting',
    definition: [
      '待审核的考核依据数，按到达时间计',
      'Evidence that nobody has decided on yet, by the day it arrived',
    ],
    ...evidence,
    day: 'f.arrived_at',
    where: 'f.decided_at is null and f.withdrawn_at is null',
    numerator: 'count(*)',
    dimensions: [kind],
    rules: ['APR-10'],
  },
] as const satisfies readonly MetricDefinition[];
