import { refuse, type Refused } from '@anju/kernel';
import { isFinal, type AppraisalState } from './appraisal-state';
import { isWithin, overlaps, periodsOfYear } from './period';
import type { AppraisalKind, AppraisalPeriod, Days } from './period';
import {
  comparePoints,
  percentOf,
  roundedHalfUp,
  sumOfFractions,
  weightedMean,
  type Fraction,
} from './points';
import type { AppraisalPolicy } from './policy';
import type { AppraisalRefusal } from './refusals';
import { yearParts, type SchemeContent, type YearPart } from './scheme';

/** Of a sheet, what the year's total needs. */
export type YearSheet = Pick<
  AppraisalState,
  'id' | 'kind' | 'status' | 'periodFrom' | 'periodTo' | 'year' | 'total'
>;

export const missingReasons = ['NOT_EMPLOYED', 'ON_LEAVE', 'NOT_APPRAISED'] as const;
export type MissingReason = (typeof missingReasons)[number];

/** A period of the year that has no score, and is left out of its mean. */
export interface MissingPeriod extends AppraisalPeriod {
  readonly kind: AppraisalKind;
  readonly reason: MissingReason;
}

/** A part of the year's total. Both numbers are rounded half-up to be shown; the total is not made of them. */
export interface YearPartResult {
  readonly part: YearPart;
  /** Per cent. */
  readonly share: string;
  readonly mean: string;
  readonly contribution: string;
  readonly counted: readonly {
    readonly appraisalId: string;
    readonly total: string;
    readonly weight: string;
  }[];
}

export interface YearResult {
  readonly parts: readonly YearPartResult[];
  /** Rounded half-up to two decimals, once, at the end. */
  readonly total: string;
  /** 优秀员工 */
  readonly excellent: boolean;
  readonly missing: readonly MissingPeriod[];
}

/** Which sheets a part is made of; spot checks are in none (APR-04 names weekly and monthly checks). */
const kindsOfPart = {
  CHECKS: ['WEEKLY_CHECK', 'MONTHLY_CHECK'],
  MONTHS: ['MONTHLY'],
  YEAR_END: ['YEAR_END'],
} as const satisfies Record<YearPart, readonly AppraisalKind[]>;

/** The weight of a sheet within the mean of its part. */
function weightOf(sheet: YearSheet, content: Pick<SchemeContent, 'checkWeights' | 'monthWeights'>): string {
  switch (sheet.kind) {
    case 'WEEKLY_CHECK':
    case 'MONTHLY_CHECK':
      return content.checkWeights[sheet.kind];
    case 'MONTHLY':
      return content.monthWeights[Number(sheet.periodFrom.slice(5, 7)) - 1]!;
    case 'SPOT_CHECK':
    case 'YEAR_END':
      return '1';
  }
}

function missingPeriods(
  sheets: readonly YearSheet[],
  year: number,
  employments: readonly Days[],
  leaves: readonly Days[],
): readonly MissingPeriod[] {
  return yearParts
    .flatMap((part): readonly AppraisalKind[] => kindsOfPart[part])
    .flatMap((kind) =>
      periodsOfYear(kind, year)
        .filter(({ from }) => !sheets.some((sheet) => sheet.kind === kind && sheet.periodFrom === from))
        .map((period): MissingPeriod => {
          const employed = employments.some((days) => overlaps(period, days));
          const onLeave = leaves.some((days) => isWithin(period, days));
          return {
            kind,
            ...period,
            reason: !employed ? 'NOT_EMPLOYED' : onLeave ? 'ON_LEAVE' : 'NOT_APPRAISED',
          };
        }),
    );
}

/**
 * The year's total of one employee (APR-04): each part's weighted mean times its share, all exact, rounded
 * half-up to two decimals only at the end. Periods without a score are left out of their mean and listed. Only
 * scores that stand count: a sheet that may still change refuses the total, and so does a part without any
 * score, for nothing says what would stand in its place.
 * @param sheets of one employee; those of another year, spot checks and cancelled ones are not looked at
 * @param content of the scheme that was in force when the year began
 * @param leaves in which a whole period may lie
 */
export function yearTotal(
  sheets: readonly YearSheet[],
  content: SchemeContent,
  known: {
    readonly year: number;
    readonly employments: readonly Days[];
    readonly leaves: readonly Days[];
  },
  policy: AppraisalPolicy,
): YearResult | Refused<AppraisalRefusal<'YEAR_SHEETS_NOT_FINAL' | 'YEAR_PARTS_WITHOUT_SCORE'>> {
  const { year, employments, leaves } = known;
  const counting = sheets.filter(
    (sheet) => sheet.year === year && sheet.status !== 'CANCELLED' && sheet.kind !== 'SPOT_CHECK',
  );
  const open = counting.filter(({ status }) => !isFinal(status));
  if (open.length > 0) return refuse('YEAR_SHEETS_NOT_FINAL', { appraisalIds: open.map(({ id }) => id) });

  const contributions: Fraction[] = [];
  const parts: YearPartResult[] = [];
  const withoutScore: YearPart[] = [];
  for (const part of yearParts) {
    const share = content.yearShares[part];
    const kinds: readonly AppraisalKind[] = kindsOfPart[part];
    const counted = counting
      .filter(({ kind }) => kinds.includes(kind))
      .map((sheet) => ({ appraisalId: sheet.id, total: sheet.total, weight: weightOf(sheet, content) }));
    const mean = weightedMean(counted.map(({ total, weight }) => ({ points: total, weight })));
    if (mean === null) {
      // A part that has no share is not missed.
      if (comparePoints(share, '0') > 0) withoutScore.push(part);
      continue;
    }
    const contribution = percentOf(mean, share);
    contributions.push(contribution);
    parts.push({
      part,
      share,
      mean: roundedHalfUp(mean),
      contribution: roundedHalfUp(contribution),
      counted,
    });
  }
  if (withoutScore.length > 0) return refuse('YEAR_PARTS_WITHOUT_SCORE', { withoutScore });
  const total = roundedHalfUp(sumOfFractions(contributions));
  return {
    parts,
    total,
    excellent: comparePoints(total, policy.excellentAbove) > 0,
    missing: missingPeriods(counting, year, employments, leaves),
  };
}
