import { Field, ID, Int, ObjectType, type ClassType } from 'type-graphql';
import type { AppraisalRefusalCode, Days } from '@anju/appraisal-rules';
import { DateScalar, DecimalScalar, commandResult, refusalTypes, type RefusalType } from '@anju/subgraph';
import {
  AppraisalDimensionEnum,
  AppraisalItemEnum,
  AppraisalKindEnum,
  AppraisalStatusEnum,
  EvidenceStatusEnum,
  SchemeStatusEnum,
  StaffLevelEnum,
  YearPartEnum,
} from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'From the first to the last day, both included.' })
export class EmployedDays implements Days {
  @Field(() => DateScalar, { description: 'First day.' })
  from: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day; null while it goes on.' })
  to: string | null;
}

const period = { from: DateScalar, to: DateScalar };
const item = { item: AppraisalItemEnum };

/** Refusals of appraisals and of what they rest on, with their data; listed in `docs/errors.md`. */
const refusals = refusalTypes({
  SCHEME_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: SchemeStatusEnum,
    allowedIn: [SchemeStatusEnum],
  },
  APPRAISAL_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: AppraisalStatusEnum,
    allowedIn: [AppraisalStatusEnum],
  },
  EVIDENCE_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: EvidenceStatusEnum,
    allowedIn: [EvidenceStatusEnum],
  },
  APPRAISAL_TEXT_MISSING: { field: String },
  POINTS_NOT_VALID: { field: String },
  SCHEME_ITEM_NOT_POSITIVE: { ...item, points: DecimalScalar },
  SCHEME_ITEMS_DO_NOT_ADD_UP: {
    dimension: AppraisalDimensionEnum,
    sum: DecimalScalar,
    expected: DecimalScalar,
  },
  SCHEME_SHARE_NEGATIVE: { part: YearPartEnum, share: DecimalScalar },
  SCHEME_SHARES_DO_NOT_ADD_UP: { sum: DecimalScalar, expected: DecimalScalar },
  SCHEME_WEIGHT_NOT_POSITIVE: { weightOf: String, weight: DecimalScalar },
  SCHEME_MONTHS_NOT_TWELVE: { given: Int, needed: Int },
  APPRAISAL_DATE_NOT_VALID: { field: String },
  SCHEME_VERSION_NOT_LATER: { effectiveFrom: DateScalar, latestFrom: DateScalar },
  SCHEME_VERSION_IN_PAST: { effectiveFrom: DateScalar, earliest: DateScalar },
  NO_SCHEME_IN_FORCE: { level: StaffLevelEnum, position: String, on: DateScalar },
  SCHEME_EXISTS: {
    schemeId: ID,
    level: StaffLevelEnum,
    position: { type: String, nullable: true },
  },
  APPRAISES_HIMSELF: { staffId: ID },
  PERIOD_NOT_BEGUN: { from: DateScalar, today: DateScalar },
  PERIOD_OUTSIDE_EMPLOYMENT: { ...period, employments: [EmployedDays] },
  PERIOD_ALREADY_APPRAISED: { ...period, appraisalId: ID, kind: AppraisalKindEnum },
  DEDUCTION_NOT_POSITIVE: { ...item, points: DecimalScalar },
  DEDUCTION_EXCEEDS_ITEM: { ...item, points: DecimalScalar, left: DecimalScalar, maximum: DecimalScalar },
  DEDUCTION_UNKNOWN: { sequence: Int, known: [Int] },
  COMMENDATION_NOT_FOR_CHECK: { check: AppraisalKindEnum },
  COMMENDATION_OUT_OF_RANGE: { points: DecimalScalar, lowest: DecimalScalar, highest: DecimalScalar },
  COMMENDATION_UNKNOWN: { sequence: Int, known: [Int] },
  APPRAISAL_KEEPS_EVIDENCE: { evidenceIds: [ID] },
  NOT_THE_APPRAISED: { appraisalId: ID },
  ANSWER_TOO_LATE: { answerDueAt: { type: Date, nullable: true } },
  APPEAL_DECIDED_BY_SCORER: { scorerIds: [ID] },
  REDUCTION_NOT_LESS: { sequence: Int, points: DecimalScalar, to: DecimalScalar },
  EVIDENCE_IN_FUTURE: { occurredAt: Date, now: Date },
  EVIDENCE_NOT_OF_EMPLOYEE: { evidenceId: ID },
  SHEET_NOT_OPEN: { appraisalId: ID, sheetStatus: AppraisalStatusEnum },
  EVIDENCE_OUTSIDE_PERIOD: { ...period, occurredOn: DateScalar },
  YEAR_SHEETS_NOT_FINAL: { appraisalIds: [ID] },
  YEAR_PARTS_WITHOUT_SCORE: { withoutScore: [YearPartEnum] },
  YEAR_TOTAL_UNCHANGED: { total: DecimalScalar },
  YEAR_ALREADY_CLOSED: { appraisalYearId: ID, year: Int },
} satisfies Record<AppraisalRefusalCode, object>);

/** Declares the union of commands on an entity: the entity, or one of these refusals. */
export function resultsOf<Entity extends object>(entity: ClassType<Entity>, entityName: string) {
  return <const Code extends AppraisalRefusalCode>(name: string, ...codes: readonly Code[]) => {
    const types = Object.fromEntries(codes.map((code) => [code, refusals[code]]));
    return commandResult(name, entity, entityName, types as { readonly [C in Code]: RefusalType<C> });
  };
}
