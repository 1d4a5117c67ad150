import {
  isBlank,
  refusalCodes,
  refuse,
  type LocalDate,
  type RefusalOf,
  type Refused,
  type StatusRefusalData,
} from '@anju/kernel';
import type { AppraisalStatus } from './appraisal-state';
import type { AppraisalDimension, AppraisalItem } from './dimensions';
import type { AppraisalKind, AppraisalPeriod, Days } from './period';
import type { StaffLevel, YearPart } from './scheme';

/** Why an appraisal command is not carried out: each code with what its message needs. */
export type AppraisalRefusals = {
  SCHEME_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  APPRAISAL_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  EVIDENCE_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  /** A text that the rule asks for is blank. */
  APPRAISAL_TEXT_MISSING: { readonly field: string };
  /** More than two decimals, or no number at all. */
  POINTS_NOT_VALID: { readonly field: string };

  SCHEME_ITEM_NOT_POSITIVE: { readonly item: AppraisalItem; readonly points: string };
  SCHEME_ITEMS_DO_NOT_ADD_UP: {
    readonly dimension: AppraisalDimension;
    readonly sum: string;
    readonly expected: string;
  };
  SCHEME_SHARE_NEGATIVE: { readonly part: YearPart; readonly share: string };
  SCHEME_SHARES_DO_NOT_ADD_UP: { readonly sum: string; readonly expected: string };
  SCHEME_WEIGHT_NOT_POSITIVE: { readonly weightOf: string; readonly weight: string };
  SCHEME_MONTHS_NOT_TWELVE: { readonly given: number; readonly needed: number };
  APPRAISAL_DATE_NOT_VALID: { readonly field: string };
  SCHEME_VERSION_NOT_LATER: { readonly effectiveFrom: LocalDate; readonly latestFrom: LocalDate };
  SCHEME_VERSION_IN_PAST: { readonly effectiveFrom: LocalDate; readonly earliest: LocalDate };
  NO_SCHEME_IN_FORCE: { readonly level: string; readonly position: string; readonly on: LocalDate };
  /** One scheme in use for a level and position of an organisation. */
  SCHEME_EXISTS: {
    readonly schemeId: string;
    readonly level: StaffLevel;
    readonly position: string | null;
  };

  /** For whoever scores, announces, reviews, or decides an appeal. */
  APPRAISES_HIMSELF: { readonly staffId: string };
  PERIOD_NOT_BEGUN: { readonly from: LocalDate; readonly today: LocalDate };
  PERIOD_OUTSIDE_EMPLOYMENT: {
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly employments: readonly Days[];
  };
  PERIOD_ALREADY_APPRAISED: { readonly appraisalId: string; readonly kind: AppraisalKind } & AppraisalPeriod;
  /** Nothing is deducted below zero, nor by less than nothing. */
  DEDUCTION_NOT_POSITIVE: { readonly item: AppraisalItem; readonly points: string };
  DEDUCTION_EXCEEDS_ITEM: {
    readonly item: AppraisalItem;
    readonly points: string;
    readonly left: string;
    readonly maximum: string;
  };
  DEDUCTION_UNKNOWN: { readonly sequence: number; readonly known: readonly number[] };
  COMMENDATION_NOT_FOR_CHECK: { readonly check: AppraisalKind };
  COMMENDATION_OUT_OF_RANGE: { readonly points: string; readonly lowest: string; readonly highest: string };
  COMMENDATION_UNKNOWN: { readonly sequence: number; readonly known: readonly number[] };
  APPRAISAL_KEEPS_EVIDENCE: { readonly evidenceIds: readonly string[] };
  NOT_THE_APPRAISED: { readonly appraisalId: string };
  ANSWER_TOO_LATE: { readonly answerDueAt: Date };
  APPEAL_DECIDED_BY_SCORER: { readonly scorerIds: readonly string[] };
  REDUCTION_NOT_LESS: { readonly sequence: number; readonly points: string; readonly to: string };

  EVIDENCE_IN_FUTURE: { readonly occurredAt: Date; readonly now: Date };
  EVIDENCE_NOT_OF_EMPLOYEE: { readonly evidenceId: string };
  /** Evidence is scored on a sheet that is still being made. */
  SHEET_NOT_OPEN: { readonly appraisalId: string; readonly sheetStatus: AppraisalStatus };
  EVIDENCE_OUTSIDE_PERIOD: { readonly occurredOn: LocalDate } & AppraisalPeriod;

  YEAR_SHEETS_NOT_FINAL: { readonly appraisalIds: readonly string[] };
  YEAR_PARTS_WITHOUT_SCORE: { readonly withoutScore: readonly YearPart[] };
  YEAR_TOTAL_UNCHANGED: { readonly total: string };
  /** One total for an employee and year; what changes later is a correction. */
  YEAR_ALREADY_CLOSED: { readonly appraisalYearId: string; readonly year: number };
};

export type AppraisalRefusalCode = keyof AppraisalRefusals;

/** The refusal of one code, or of any of several. */
export type AppraisalRefusal<Code extends AppraisalRefusalCode = AppraisalRefusalCode> = RefusalOf<
  AppraisalRefusals,
  Code
>;

/** Every refusal code of the appraisal context, for the error list and the labels. */
export const appraisalRefusalCodes = refusalCodes<AppraisalRefusalCode>({
  SCHEME_NOT_IN_REQUIRED_STATUS: true,
  APPRAISAL_NOT_IN_REQUIRED_STATUS: true,
  EVIDENCE_NOT_IN_REQUIRED_STATUS: true,
  APPRAISAL_TEXT_MISSING: true,
  POINTS_NOT_VALID: true,
  SCHEME_ITEM_NOT_POSITIVE: true,
  SCHEME_ITEMS_DO_NOT_ADD_UP: true,
  SCHEME_SHARE_NEGATIVE: true,
  SCHEME_SHARES_DO_NOT_ADD_UP: true,
  SCHEME_WEIGHT_NOT_POSITIVE: true,
  SCHEME_MONTHS_NOT_TWELVE: true,
  APPRAISAL_DATE_NOT_VALID: true,
  SCHEME_VERSION_NOT_LATER: true,
  SCHEME_VERSION_IN_PAST: true,
  NO_SCHEME_IN_FORCE: true,
  SCHEME_EXISTS: true,
  APPRAISES_HIMSELF: true,
  PERIOD_NOT_BEGUN: true,
  PERIOD_OUTSIDE_EMPLOYMENT: true,
  PERIOD_ALREADY_APPRAISED: true,
  DEDUCTION_NOT_POSITIVE: true,
  DEDUCTION_EXCEEDS_ITEM: true,
  DEDUCTION_UNKNOWN: true,
  COMMENDATION_NOT_FOR_CHECK: true,
  COMMENDATION_OUT_OF_RANGE: true,
  COMMENDATION_UNKNOWN: true,
  APPRAISAL_KEEPS_EVIDENCE: true,
  NOT_THE_APPRAISED: true,
  ANSWER_TOO_LATE: true,
  APPEAL_DECIDED_BY_SCORER: true,
  REDUCTION_NOT_LESS: true,
  EVIDENCE_IN_FUTURE: true,
  EVIDENCE_NOT_OF_EMPLOYEE: true,
  SHEET_NOT_OPEN: true,
  EVIDENCE_OUTSIDE_PERIOD: true,
  YEAR_SHEETS_NOT_FINAL: true,
  YEAR_PARTS_WITHOUT_SCORE: true,
  YEAR_TOTAL_UNCHANGED: true,
  YEAR_ALREADY_CLOSED: true,
});

/** The refusal of a blank text, or null where something is written. */
export function missingText(
  field: string,
  text: string | null | undefined,
): Refused<AppraisalRefusal<'APPRAISAL_TEXT_MISSING'>> | null {
  return isBlank(text) ? refuse('APPRAISAL_TEXT_MISSING', { field }) : null;
}
