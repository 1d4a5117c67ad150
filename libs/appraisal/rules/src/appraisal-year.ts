import { accept, isRefused, refuse, type Decision, type Refused, type Transitions } from '@anju/kernel';
import { judgesHimself } from './appraisal';
import { overlaps, periodOf, type Days } from './period';
import type { AppraisalEnvironment } from './policy';
import { missingText, type AppraisalRefusal, type AppraisalRefusalCode } from './refusals';
import type { SchemeContent } from './scheme';
import { yearTotal, type YearResult, type YearSheet } from './year-total';

export const appraisalYearStatuses = ['CLOSED', 'CORRECTED'] as const;
export type AppraisalYearStatus = (typeof appraisalYearStatuses)[number];

export interface YearCorrection {
  readonly reason: string;
  readonly by: string;
  readonly correctedAt: Date;
  readonly totalBefore: string;
}

/** The year's total of one employee, as it was worked out; what is corrected later is a correction (APR-04). */
export interface AppraisalYearState {
  readonly id: string;
  readonly projectId: string | null;
  readonly status: AppraisalYearStatus;
  readonly staffId: string;
  readonly year: number;
  readonly schemeId: string;
  readonly schemeVersion: number;
  readonly result: YearResult;
  /** As they were told when it was last worked out. */
  readonly leaves: readonly Days[];
  readonly closedBy: string;
  readonly closedAt: Date;
  readonly corrections: readonly YearCorrection[];
}

interface YearFactBase {
  readonly appraisalYearId: string;
  readonly projectId: string | null;
  readonly staffId: string;
  readonly year: number;
  readonly total: string;
  /** Above the limit of the policy: an excellent employee (APR-05). */
  readonly excellent: boolean;
  readonly by: string;
  readonly at: Date;
}
export interface AppraisalYearClosed extends YearFactBase {
  readonly type: 'AppraisalYearClosed';
  readonly missingPeriods: number;
}
export interface AppraisalYearCorrected extends YearFactBase {
  readonly type: 'AppraisalYearCorrected';
  readonly totalBefore: string;
}
export type AppraisalYearFact = AppraisalYearClosed | AppraisalYearCorrected;

export const appraisalYearTransitions: Pick<
  Transitions<AppraisalYearStatus, 'correctAppraisalYear', never>,
  'initial' | 'commands'
> = {
  initial: 'CLOSED',
  commands: { correctAppraisalYear: { from: ['CLOSED', 'CORRECTED'], to: 'CORRECTED' } },
};

type YearDecision<Code extends AppraisalRefusalCode> = Decision<
  AppraisalYearState,
  AppraisalYearFact,
  AppraisalRefusal<Code>
>;

/** What the total is worked out from. */
export interface YearFacts {
  /** All sheets of the employee that count in the year. */
  readonly sheets: readonly YearSheet[];
  /** In force when the year began, or when the employee joined in it; or that none was. */
  readonly scheme:
    | { readonly schemeId: string; readonly version: SchemeContent & { readonly version: number } }
    | Refused<AppraisalRefusal<'NO_SCHEME_IN_FORCE'>>;
  readonly employments: readonly Days[];
  readonly leaves: readonly Days[];
}

function about(state: AppraisalYearState, by: string, at: Date): YearFactBase {
  const { id, projectId, staffId, year, result } = state;
  const { total, excellent } = result;
  return { appraisalYearId: id, projectId, staffId, year, total, excellent, by, at };
}

/** Works the year's total out and keeps it (APR-04). One for an employee and year is the service's unique key. */
export function closeAppraisalYear(
  command: {
    readonly id: string;
    readonly projectId: string | null;
    readonly staffId: string;
    readonly year: number;
    readonly by: string;
  },
  known: YearFacts,
  at: Date,
  environment: AppraisalEnvironment,
): YearDecision<
  | 'APPRAISES_HIMSELF'
  | 'PERIOD_OUTSIDE_EMPLOYMENT'
  | 'NO_SCHEME_IN_FORCE'
  | 'YEAR_SHEETS_NOT_FINAL'
  | 'YEAR_PARTS_WITHOUT_SCORE'
> {
  const { id, projectId, staffId, year, by } = command;
  const self = judgesHimself(staffId, by);
  if (self) return self;
  const { employments, leaves, scheme, sheets } = known;
  const { from, to } = periodOf('YEAR_END', `${String(year).padStart(4, '0')}-01-01`);
  if (!employments.some((days) => overlaps({ from, to }, days))) {
    return refuse('PERIOD_OUTSIDE_EMPLOYMENT', { from, to, employments });
  }
  if ('outcome' in scheme) return scheme;
  const result = yearTotal(sheets, scheme.version, { year, employments, leaves }, environment.policy);
  if ('outcome' in result) return result;
  const state: AppraisalYearState = {
    id,
    projectId,
    status: appraisalYearTransitions.initial,
    staffId,
    year,
    schemeId: scheme.schemeId,
    schemeVersion: scheme.version.version,
    result,
    leaves,
    closedBy: by,
    closedAt: at,
    corrections: [],
  };
  return accept(state, {
    type: 'AppraisalYearClosed',
    ...about(state, by, at),
    missingPeriods: result.missing.length,
  });
}

/** Works the total out again after a sheet of the year was added, with the reason; the old one is kept. */
export function correctAppraisalYear(
  state: AppraisalYearState,
  command: { readonly reason: string; readonly by: string },
  known: YearFacts,
  at: Date,
  environment: AppraisalEnvironment,
): YearDecision<
  | 'APPRAISES_HIMSELF'
  | 'APPRAISAL_TEXT_MISSING'
  | 'PERIOD_OUTSIDE_EMPLOYMENT'
  | 'NO_SCHEME_IN_FORCE'
  | 'YEAR_SHEETS_NOT_FINAL'
  | 'YEAR_PARTS_WITHOUT_SCORE'
  | 'YEAR_TOTAL_UNCHANGED'
> {
  const { reason, by } = command;
  const blank = missingText('reason', reason);
  if (blank) return blank;
  const { id, projectId, staffId, year } = state;
  const again = closeAppraisalYear({ id, projectId, staffId, year, by }, known, at, environment);
  if (isRefused(again)) return again;
  const { result, schemeId, schemeVersion, leaves } = again.state;
  const totalBefore = state.result.total;
  if (result.total === totalBefore && scoresOf(result) === scoresOf(state.result))
    return refuse('YEAR_TOTAL_UNCHANGED', { total: totalBefore });
  const correction = { reason, by, correctedAt: at, totalBefore };
  const next: AppraisalYearState = {
    ...state,
    ...{ status: 'CORRECTED', result, schemeId, schemeVersion, leaves },
    corrections: [...state.corrections, correction],
  };
  return accept(next, { type: 'AppraisalYearCorrected', ...about(next, by, at), totalBefore });
}

/** Which scores a total was made of. */
function scoresOf({ parts }: YearResult): string {
  return parts
    .flatMap(({ counted }) => counted.map(({ appraisalId, total }) => `${appraisalId} ${total}`))
    .join();
}
