import type { ProjectCalendars } from '@anju/kernel';
import type { AppraisalDimension } from './dimensions';
import type { EvidenceKind, Suggestion } from './evidence-source';
import type { SchemeContent } from './scheme';

/** Every number of the appraisal rules; per organisation, overridable per project. Points are decimals as text. */
export interface AppraisalPolicy {
  /** What the items of each dimension add up to (APR-01). */
  readonly dimensionPoints: Readonly<Record<AppraisalDimension, string>>;
  /** The scheme that a new one starts from. */
  readonly standardScheme: SchemeContent;
  /** What one commended act adds (APR-05), both ends included. */
  readonly commendationLowest: string;
  readonly commendationHighest: string;
  /** A year's total above it, after rounding, makes an excellent employee (APR-05). */
  readonly excellentAbove: string;
  /** Working days that the employee has to acknowledge or appeal (APR-11). */
  readonly answerWorkingDays: number;
  /** What each kind of evidence suggests (APR-10). */
  readonly suggestions: Readonly<Record<Exclude<EvidenceKind, 'RETURN_VISIT_SCORE'>, Suggestion | null>>;
  readonly returnVisitSuggestion: {
    /** The highest satisfaction that suggests a deduction, and the lowest that suggests an addition. */
    readonly dissatisfiedUpTo: number;
    readonly delightedFrom: number;
    readonly dissatisfied: Suggestion;
    readonly delighted: Suggestion;
  };
}

/** The defaults of the rulebook: source 2, 4.5–4.10; maxima of items are equal within their dimension. */
export const defaultAppraisalPolicy: AppraisalPolicy = {
  dimensionPoints: { CONDUCT: '20', DILIGENCE: '20', ABILITY: '30', RESULTS: '30' },
  standardScheme: {
    items: {
      ETHICS: '5',
      SERVICE_ATTITUDE: '5',
      DISCIPLINE: '5',
      RELATIONS: '5',
      ATTENDANCE: '5',
      PARTICIPATION: '5',
      INITIATIVE: '5',
      COORDINATION: '5',
      PROFESSIONAL: '7.5',
      ORGANISING: '7.5',
      MANAGING: '7.5',
      INNOVATING: '7.5',
      EFFICIENCY: '7.5',
      TRAINING_EFFECT: '7.5',
      WORK_EFFECT: '7.5',
      OTHER_RESULTS: '7.5',
    },
    yearShares: { CHECKS: '20', MONTHS: '30', YEAR_END: '50' },
    checkWeights: { WEEKLY_CHECK: '1', MONTHLY_CHECK: '1' },
    monthWeights: ['1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'],
  },
  commendationLowest: '1',
  commendationHighest: '10',
  excellentAbove: '100',
  answerWorkingDays: 5,
  suggestions: {
    CLOCK_MISSED: { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '1' },
    APPOINTMENT_BREACHED: { direction: 'DEDUCTION', item: 'EFFICIENCY', points: '2' },
    PARTNER_LATE: null,
    NAMED_IN_CLASS_1_COMPLAINT: { direction: 'DEDUCTION', item: 'SERVICE_ATTITUDE', points: '2' },
    PRAISE: { direction: 'ADDITION', points: '1' },
    LEAD_UNDER_FOLLOWED: { direction: 'DEDUCTION', item: 'INITIATIVE', points: '1' },
  },
  returnVisitSuggestion: {
    dissatisfiedUpTo: 2,
    delightedFrom: 5,
    dissatisfied: { direction: 'DEDUCTION', item: 'WORK_EFFECT', points: '1' },
    delighted: { direction: 'ADDITION', points: '1' },
  },
};

/** What holds in the employee's project, and which the rules take as an argument. */
export interface AppraisalEnvironment {
  readonly policy: AppraisalPolicy;
  readonly calendars: ProjectCalendars;
}
