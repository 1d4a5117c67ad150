import {
  accept,
  addLocalDays,
  isLocalDate,
  localDate,
  refuse,
  wrongStatus,
  type Decision,
  type LocalDate,
  type Refused,
  type Transitions,
} from '@anju/kernel';
import { appraisalDimensions, appraisalItems, dimensionItems, type ItemPoints } from './dimensions';
import type { AppraisalEnvironment, AppraisalPolicy } from './policy';
import { comparePoints, isPoints, sumOfPoints } from './points';
import type { AppraisalRefusal, AppraisalRefusalCode } from './refusals';

/** What a year's total is made of (APR-04). */
export const yearParts = ['CHECKS', 'MONTHS', 'YEAR_END'] as const;
export type YearPart = (typeof yearParts)[number];

/** 操作层, 管理层. */
export const staffLevels = ['OPERATIONAL', 'MANAGEMENT'] as const;
export type StaffLevel = (typeof staffLevels)[number];

/** What an appraisal is scored by. Points, shares and weights are decimals with at most two places. */
export interface SchemeContent {
  /** Maximum points; those of a dimension make its points, and all together 100 (APR-01). */
  readonly items: ItemPoints;
  /** Per cent of the year's total; together 100 (APR-04). */
  readonly yearShares: Readonly<Record<YearPart, string>>;
  /** What one check counts within the mean of the checks. */
  readonly checkWeights: Readonly<Record<'WEEKLY_CHECK' | 'MONTHLY_CHECK', string>>;
  /** What each month's appraisal counts within the mean of the months, January first. */
  readonly monthWeights: readonly string[];
}

export interface SchemeVersion extends SchemeContent {
  /** 1, 2, 3 … */
  readonly version: number;
  /** The first day on which a period that begins is scored with it. */
  readonly effectiveFrom: LocalDate;
  readonly addedBy: string;
  readonly addedAt: Date;
}

export const schemeStatuses = ['IN_USE', 'RETIRED'] as const;
export type SchemeStatus = (typeof schemeStatuses)[number];

/** How a level, or one position of it, is appraised: dated versions, of which none is ever changed (APR-02). */
export interface SchemeState {
  readonly id: string;
  /** Schemes are the organisation's, so that the same work is measured alike in every project. */
  readonly projectId: null;
  readonly organisationId: string;
  readonly status: SchemeStatus;
  readonly level: StaffLevel;
  /** A position's code; null for every position of the level that has no scheme of its own. */
  readonly position: string | null;
  /** The earliest first. */
  readonly versions: readonly SchemeVersion[];
  /** The last day on which a period may begin with it; null while it is in use. */
  readonly lastDay: LocalDate | null;
}

interface SchemeFactBase {
  readonly schemeId: string;
  readonly projectId: null;
  readonly level: StaffLevel;
  readonly position: string | null;
  readonly by: string;
  readonly at: Date;
}

export interface SchemeVersionAdded extends SchemeFactBase {
  readonly type: 'SchemeVersionAdded';
  readonly version: number;
  readonly effectiveFrom: LocalDate;
}
export interface SchemeRetired extends SchemeFactBase {
  readonly type: 'SchemeRetired';
  readonly lastDay: LocalDate;
}
export type SchemeFact = SchemeVersionAdded | SchemeRetired;

export const schemeTransitions: Transitions<
  SchemeStatus,
  'addSchemeVersion' | 'retireScheme',
  'SCHEME_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'SCHEME_NOT_IN_REQUIRED_STATUS',
  initial: 'IN_USE',
  commands: {
    addSchemeVersion: { from: ['IN_USE'], to: 'SAME' },
    retireScheme: { from: ['IN_USE'], to: 'RETIRED' },
  },
};

type SchemeDecision<Code extends AppraisalRefusalCode> = Decision<
  SchemeState,
  SchemeFact,
  AppraisalRefusal<Code>
>;

type ContentCode =
  | 'POINTS_NOT_VALID'
  | 'SCHEME_ITEM_NOT_POSITIVE'
  | 'SCHEME_ITEMS_DO_NOT_ADD_UP'
  | 'SCHEME_SHARE_NEGATIVE'
  | 'SCHEME_SHARES_DO_NOT_ADD_UP'
  | 'SCHEME_WEIGHT_NOT_POSITIVE'
  | 'SCHEME_MONTHS_NOT_TWELVE'
  | 'APPRAISAL_DATE_NOT_VALID';

const WHOLE = '100';
const MONTHS = 12;

/** Why a scheme cannot be used as it is, or null: items make their dimension, shares make 100 (APR-01, 04). */
export function schemeProblem(
  content: SchemeContent,
  policy: AppraisalPolicy,
): Refused<AppraisalRefusal<ContentCode>> | null {
  for (const item of appraisalItems) {
    const points = content.items[item];
    if (!isPoints(points)) return refuse('POINTS_NOT_VALID', { field: `items.${item}` });
    if (comparePoints(points, '0') <= 0) return refuse('SCHEME_ITEM_NOT_POSITIVE', { item, points });
  }
  for (const dimension of appraisalDimensions) {
    const sum = sumOfPoints(dimensionItems[dimension].map((item) => content.items[item]));
    const expected = policy.dimensionPoints[dimension];
    if (comparePoints(sum, expected) !== 0) {
      return refuse('SCHEME_ITEMS_DO_NOT_ADD_UP', { dimension, sum, expected });
    }
  }
  for (const part of yearParts) {
    const share = content.yearShares[part];
    if (!isPoints(share)) return refuse('POINTS_NOT_VALID', { field: `yearShares.${part}` });
    if (comparePoints(share, '0') < 0) return refuse('SCHEME_SHARE_NEGATIVE', { part, share });
  }
  const sum = sumOfPoints(Object.values(content.yearShares));
  if (comparePoints(sum, WHOLE) !== 0) return refuse('SCHEME_SHARES_DO_NOT_ADD_UP', { sum, expected: WHOLE });
  if (content.monthWeights.length !== MONTHS) {
    return refuse('SCHEME_MONTHS_NOT_TWELVE', { given: content.monthWeights.length, needed: MONTHS });
  }
  const weights: readonly (readonly [string, string])[] = [
    ...Object.entries(content.checkWeights).map(
      ([kind, weight]) => [`checkWeights.${kind}`, weight] as const,
    ),
    ...content.monthWeights.map((weight, index) => [`monthWeights.${index}`, weight] as const),
  ];
  for (const [weightOf, weight] of weights) {
    if (!isPoints(weight)) return refuse('POINTS_NOT_VALID', { field: weightOf });
    if (comparePoints(weight, '0') <= 0) return refuse('SCHEME_WEIGHT_NOT_POSITIVE', { weightOf, weight });
  }
  return null;
}

function versionOf(
  content: SchemeContent,
  version: number,
  effectiveFrom: LocalDate,
  addedBy: string,
  addedAt: Date,
): SchemeVersion {
  const { items, yearShares, checkWeights, monthWeights } = content;
  return { version, effectiveFrom, items, yearShares, checkWeights, monthWeights, addedBy, addedAt };
}

function about(state: SchemeState, by: string, at: Date): SchemeFactBase {
  return { schemeId: state.id, projectId: null, level: state.level, position: state.position, by, at };
}

/**
 * Makes a scheme with its first version (APR-02). That one may begin in the past: nothing has been scored by
 * the scheme yet. One scheme for a level and position is the service's unique key.
 * @param command `effectiveFrom` as `YYYY-MM-DD`
 */
export function createScheme(
  command: {
    readonly id: string;
    readonly organisationId: string;
    readonly level: StaffLevel;
    readonly position: string | null;
    readonly effectiveFrom: string;
    readonly content: SchemeContent;
    readonly by: string;
  },
  at: Date,
  environment: AppraisalEnvironment,
): SchemeDecision<ContentCode> {
  const { id, organisationId, level, position, effectiveFrom, content, by } = command;
  if (!isLocalDate(effectiveFrom)) return refuse('APPRAISAL_DATE_NOT_VALID', { field: 'effectiveFrom' });
  const problem = schemeProblem(content, environment.policy);
  if (problem) return problem;
  const state: SchemeState = {
    id,
    projectId: null,
    organisationId,
    status: schemeTransitions.initial,
    level,
    position,
    versions: [versionOf(content, 1, effectiveFrom, by, at)],
    lastDay: null,
  };
  return accept(state, { type: 'SchemeVersionAdded', ...about(state, by, at), version: 1, effectiveFrom });
}

/**
 * Adds the version for periods to come (APR-02). It begins after the latest one and not before tomorrow, so
 * that no period which has begun is scored by another scheme than was in force then.
 */
export function addSchemeVersion(
  state: SchemeState,
  command: { readonly effectiveFrom: string; readonly content: SchemeContent; readonly by: string },
  at: Date,
  environment: AppraisalEnvironment,
): SchemeDecision<
  'SCHEME_NOT_IN_REQUIRED_STATUS' | 'SCHEME_VERSION_NOT_LATER' | 'SCHEME_VERSION_IN_PAST' | ContentCode
> {
  const { effectiveFrom, content, by } = command;
  const wrong = wrongStatus(schemeTransitions, 'addSchemeVersion', state.status);
  if (wrong) return wrong;
  if (!isLocalDate(effectiveFrom)) return refuse('APPRAISAL_DATE_NOT_VALID', { field: 'effectiveFrom' });
  const latestFrom = state.versions.at(-1)!.effectiveFrom;
  if (effectiveFrom <= latestFrom) {
    return refuse('SCHEME_VERSION_NOT_LATER', { effectiveFrom, latestFrom });
  }
  const earliest = addLocalDays(localDate(at, environment.calendars.office.timeZone), 1);
  if (effectiveFrom < earliest) return refuse('SCHEME_VERSION_IN_PAST', { effectiveFrom, earliest });
  const problem = schemeProblem(content, environment.policy);
  if (problem) return problem;
  const version = state.versions.length + 1;
  const next = {
    ...state,
    versions: [...state.versions, versionOf(content, version, effectiveFrom, by, at)],
  };
  return accept(next, { type: 'SchemeVersionAdded', ...about(state, by, at), version, effectiveFrom });
}

/** Ends a scheme (APR-02): from tomorrow on no period begins with it; those that have begun keep it. */
export function retireScheme(
  state: SchemeState,
  command: { readonly by: string },
  at: Date,
  environment: AppraisalEnvironment,
): SchemeDecision<'SCHEME_NOT_IN_REQUIRED_STATUS'> {
  const wrong = wrongStatus(schemeTransitions, 'retireScheme', state.status);
  if (wrong) return wrong;
  const lastDay = localDate(at, environment.calendars.office.timeZone);
  return accept(
    { ...state, status: 'RETIRED', lastDay },
    { type: 'SchemeRetired', ...about(state, command.by, at), lastDay },
  );
}

/** A version with the scheme that it is of. */
export interface SchemeInForce {
  readonly schemeId: string;
  readonly version: SchemeVersion;
}

/** The version that was in force on a day; null before the first, and after a scheme's last day. */
export function versionInForce(state: SchemeState, on: LocalDate): SchemeVersion | null {
  if (state.lastDay !== null && on > state.lastDay) return null;
  return state.versions.findLast(({ effectiveFrom }) => effectiveFrom <= on) ?? null;
}

/**
 * The scheme for an employee on the day on which a period begins (APR-02): that of his position, else that of
 * his level as a whole.
 */
export function schemeInForce(
  schemes: readonly SchemeState[],
  employee: { readonly level: StaffLevel; readonly position: string },
  on: LocalDate,
): SchemeInForce | Refused<AppraisalRefusal<'NO_SCHEME_IN_FORCE'>> {
  const { level, position } = employee;
  for (const wanted of [position, null]) {
    for (const scheme of schemes) {
      if (scheme.level !== level || scheme.position !== wanted) continue;
      const version = versionInForce(scheme, on);
      if (version) return { schemeId: scheme.id, version };
    }
  }
  return refuse('NO_SCHEME_IN_FORCE', { level, position, on });
}
