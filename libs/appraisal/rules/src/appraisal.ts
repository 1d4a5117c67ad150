import {
  accept,
  isLocalDate,
  localDate,
  refuse,
  wrongStatus,
  type Decision,
  type LocalDate,
  type Refused,
} from '@anju/kernel';
import {
  appraisalTotal,
  appraisalTransitions,
  happened,
  pointsLeft,
  type AppraisalCommandName,
  type AppraisalFact,
  type AppraisalState,
} from './appraisal-state';
import type { AppraisalItem } from './dimensions';
import { overlaps, periodOf, yearOf, type AppraisalKind, type Days } from './period';
import { comparePoints, isPoints, pointsOf, hundredths, sumOfPoints } from './points';
import type { AppraisalEnvironment, AppraisalPolicy } from './policy';
import { missingText, type AppraisalRefusal, type AppraisalRefusalCode } from './refusals';
import { schemeInForce, type SchemeState, type StaffLevel } from './scheme';

export type AppraisalDecision<Code extends AppraisalRefusalCode> = Decision<
  AppraisalState,
  AppraisalFact,
  AppraisalRefusal<Code>
>;

/** What a command on an open sheet may always be refused with. */
export type ScoringCode = 'APPRAISAL_NOT_IN_REQUIRED_STATUS' | 'APPRAISES_HIMSELF';

/** An employee as he was when the period began, or when he joined during it. */
export interface AppraisedEmployee {
  readonly staffId: string;
  readonly level: StaffLevel;
  readonly position: string;
  readonly employments: readonly Days[];
}

export interface OpenAppraisal {
  readonly id: string;
  readonly projectId: string | null;
  readonly kind: AppraisalKind;
  /** A day of the period, `YYYY-MM-DD`: the checked day of a spot check, any day of a week, month or year. */
  readonly day: string;
  readonly by: string;
}

/** What is known beside the command. */
export interface OpeningFacts {
  readonly employee: AppraisedEmployee;
  readonly schemes: readonly SchemeState[];
  /** The employee's sheet of that kind and period which is not cancelled, if any; never of a spot check. */
  readonly existingId: string | null;
}

/** The refusal of whoever would judge himself (APR-11), or null. */
export function judgesHimself(
  staffId: string,
  by: string,
): Refused<AppraisalRefusal<'APPRAISES_HIMSELF'>> | null {
  return by === staffId ? refuse('APPRAISES_HIMSELF', { staffId }) : null;
}

function cannotScore(
  state: AppraisalState,
  command: AppraisalCommandName,
  by: string,
): Refused<AppraisalRefusal<ScoringCode>> | null {
  // First: his own sheet tells him nothing before it is announced.
  return judgesHimself(state.staffId, by) ?? wrongStatus(appraisalTransitions, command, state.status);
}

/** The day on which a scheme has to be in force: the period's first, or that of an employee who joined in it. */
export function schemeDay(
  periodFrom: LocalDate,
  periodTo: LocalDate,
  employments: readonly Days[],
): LocalDate {
  const [first] = employments
    .filter((days) => overlaps({ from: periodFrom, to: periodTo }, days))
    .map(({ from }) => (from > periodFrom ? from : periodFrom))
    .sort();
  return first ?? periodFrom;
}

/**
 * Opens a record sheet with full points (APR-03, 04), by the scheme that was in force when its period began
 * (APR-02). It may be opened once its period has begun, for an employee who was there on some day of it.
 */
export function openAppraisal(
  command: OpenAppraisal,
  known: OpeningFacts,
  at: Date,
  environment: AppraisalEnvironment,
): AppraisalDecision<
  | 'APPRAISES_HIMSELF'
  | 'APPRAISAL_DATE_NOT_VALID'
  | 'PERIOD_NOT_BEGUN'
  | 'PERIOD_OUTSIDE_EMPLOYMENT'
  | 'PERIOD_ALREADY_APPRAISED'
  | 'NO_SCHEME_IN_FORCE'
> {
  const { id, projectId, kind, day, by } = command;
  const { employee, schemes, existingId } = known;
  const self = judgesHimself(employee.staffId, by);
  if (self) return self;
  if (!isLocalDate(day)) return refuse('APPRAISAL_DATE_NOT_VALID', { field: 'day' });
  const { from, to } = periodOf(kind, day);
  const today = localDate(at, environment.calendars.office.timeZone);
  if (from > today) return refuse('PERIOD_NOT_BEGUN', { from, today });
  const { employments } = employee;
  if (!employments.some((days) => overlaps({ from, to }, days))) {
    return refuse('PERIOD_OUTSIDE_EMPLOYMENT', { from, to, employments });
  }
  if (existingId !== null && kind !== 'SPOT_CHECK') {
    return refuse('PERIOD_ALREADY_APPRAISED', { appraisalId: existingId, kind, from, to });
  }
  const scheme = schemeInForce(schemes, employee, schemeDay(from, to, employments));
  if ('outcome' in scheme) return scheme;
  const state: AppraisalState = {
    id,
    projectId,
    status: appraisalTransitions.initial,
    kind,
    staffId: employee.staffId,
    periodFrom: from,
    periodTo: to,
    year: yearOf({ from }),
    schemeId: scheme.schemeId,
    schemeVersion: scheme.version.version,
    maxima: scheme.version.items,
    deductions: [],
    commendations: [],
    total: sumOfPoints(Object.values(scheme.version.items)),
    openedBy: by,
    openedAt: at,
    announcedBy: null,
    announcedAt: null,
    answerDueAt: null,
    acknowledgedAt: null,
    unansweredAt: null,
    appeal: null,
    appealDecision: null,
    cancellation: null,
  };
  const { schemeId, schemeVersion } = state;
  return accept(state, { type: 'AppraisalOpened', ...happened(state, at), by, schemeId, schemeVersion });
}

/** The same state with its total brought up to date. */
function totalled(state: AppraisalState): AppraisalState {
  return { ...state, total: appraisalTotal(state) };
}

/**
 * Takes points off an item, with the reason (APR-03). Never below zero: neither by less than nothing, nor by
 * more than the item has left.
 * @param command `points` as a decimal with at most two places
 */
export function deductPoints(
  state: AppraisalState,
  command: {
    readonly item: AppraisalItem;
    readonly points: string;
    readonly reason: string;
    readonly evidenceId: string | null;
    readonly by: string;
  },
  at: Date,
): AppraisalDecision<
  | ScoringCode
  | 'APPRAISAL_TEXT_MISSING'
  | 'POINTS_NOT_VALID'
  | 'DEDUCTION_NOT_POSITIVE'
  | 'DEDUCTION_EXCEEDS_ITEM'
> {
  const { item, reason, evidenceId, by } = command;
  const refusal = cannotScore(state, 'deductPoints', by) ?? missingText('reason', reason);
  if (refusal) return refusal;
  if (!isPoints(command.points)) return refuse('POINTS_NOT_VALID', { field: 'points' });
  const points = pointsOf(hundredths(command.points));
  if (comparePoints(points, '0') <= 0) return refuse('DEDUCTION_NOT_POSITIVE', { item, points });
  const left = pointsLeft(state, item);
  if (comparePoints(points, left) > 0) {
    return refuse('DEDUCTION_EXCEEDS_ITEM', { item, points, left, maximum: state.maxima[item] });
  }
  const sequence = state.deductions.length + 1;
  const deduction = { sequence, item, points, reason, evidenceId, by, givenAt: at };
  const next = totalled({
    ...state,
    deductions: [...state.deductions, { ...deduction, withdrawal: null, reducedTo: null }],
  });
  return accept(next, {
    type: 'PointsDeducted',
    ...happened(next, at),
    by,
    sequence,
    item,
    points,
    evidenceId,
    total: next.total,
  });
}

/** Takes a deduction back before the result is announced; it stays on record with the reason. */
export function withdrawDeduction(
  state: AppraisalState,
  command: { readonly sequence: number; readonly reason: string; readonly by: string },
  at: Date,
): AppraisalDecision<ScoringCode | 'APPRAISAL_TEXT_MISSING' | 'DEDUCTION_UNKNOWN'> {
  const { sequence, reason, by } = command;
  const refusal = cannotScore(state, 'withdrawDeduction', by) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const known = state.deductions.filter(({ withdrawal }) => withdrawal === null);
  const withdrawn = known.find((deduction) => deduction.sequence === sequence);
  if (!withdrawn) {
    return refuse('DEDUCTION_UNKNOWN', { sequence, known: known.map((deduction) => deduction.sequence) });
  }
  const withdrawal = { by, reason, withdrawnAt: at };
  const next = totalled({
    ...state,
    deductions: state.deductions.map((one) => (one === withdrawn ? { ...one, withdrawal } : one)),
  });
  const { evidenceId } = withdrawn;
  const { total } = next;
  return accept(next, { type: 'DeductionWithdrawn', ...happened(next, at), by, sequence, evidenceId, total });
}

/**
 * Adds points for a commended act to the total (APR-05), which may then exceed 100. Checks are out of 100 and
 * by deductions alone (APR-03): an act is commended in a monthly or year-end appraisal.
 */
export function commendAct(
  state: AppraisalState,
  command: {
    readonly points: string;
    readonly reason: string;
    readonly evidenceId: string | null;
    readonly by: string;
  },
  at: Date,
  policy: AppraisalPolicy,
): AppraisalDecision<
  | ScoringCode
  | 'APPRAISAL_TEXT_MISSING'
  | 'POINTS_NOT_VALID'
  | 'COMMENDATION_NOT_FOR_CHECK'
  | 'COMMENDATION_OUT_OF_RANGE'
> {
  const { reason, evidenceId, by } = command;
  const refusal = cannotScore(state, 'commendAct', by) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const { kind } = state;
  if (kind !== 'MONTHLY' && kind !== 'YEAR_END') return refuse('COMMENDATION_NOT_FOR_CHECK', { check: kind });
  if (!isPoints(command.points)) return refuse('POINTS_NOT_VALID', { field: 'points' });
  const points = pointsOf(hundredths(command.points));
  const { commendationLowest: lowest, commendationHighest: highest } = policy;
  if (comparePoints(points, lowest) < 0 || comparePoints(points, highest) > 0) {
    return refuse('COMMENDATION_OUT_OF_RANGE', { points, lowest, highest });
  }
  const sequence = state.commendations.length + 1;
  const commendation = { sequence, points, reason, evidenceId, by, givenAt: at, withdrawal: null };
  const next = totalled({ ...state, commendations: [...state.commendations, commendation] });
  const { total } = next;
  return accept(next, {
    type: 'ActCommended',
    ...happened(next, at),
    by,
    sequence,
    points,
    evidenceId,
    total,
  });
}

/** Takes a commendation back before the result is announced; it stays on record with the reason. */
export function withdrawCommendation(
  state: AppraisalState,
  command: { readonly sequence: number; readonly reason: string; readonly by: string },
  at: Date,
): AppraisalDecision<ScoringCode | 'APPRAISAL_TEXT_MISSING' | 'COMMENDATION_UNKNOWN'> {
  const { sequence, reason, by } = command;
  const refusal = cannotScore(state, 'withdrawCommendation', by) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const known = state.commendations.filter(({ withdrawal }) => withdrawal === null);
  const withdrawn = known.find((commendation) => commendation.sequence === sequence);
  if (!withdrawn) {
    return refuse('COMMENDATION_UNKNOWN', { sequence, known: known.map((one) => one.sequence) });
  }
  const withdrawal = { by, reason, withdrawnAt: at };
  const next = totalled({
    ...state,
    commendations: state.commendations.map((one) => (one === withdrawn ? { ...one, withdrawal } : one)),
  });
  const { evidenceId } = withdrawn;
  const { total } = next;
  return accept(next, {
    type: 'CommendationWithdrawn',
    ...happened(next, at),
    by,
    sequence,
    evidenceId,
    total,
  });
}

/** Announces the result to the employee, who has some working days to acknowledge or appeal (APR-11). */
export function announceAppraisal(
  state: AppraisalState,
  command: { readonly by: string },
  at: Date,
  environment: AppraisalEnvironment,
): AppraisalDecision<ScoringCode> {
  const { by } = command;
  const refusal = cannotScore(state, 'announceAppraisal', by);
  if (refusal) return refusal;
  const { calendars, policy } = environment;
  const answerDueAt = calendars.office.addWorkingDays(at, policy.answerWorkingDays);
  return accept(
    { ...state, status: 'ANNOUNCED', announcedBy: by, announcedAt: at, answerDueAt },
    { type: 'AppraisalAnnounced', ...happened(state, at), by, total: state.total, answerDueAt },
  );
}

/** Gives up a sheet that was opened by mistake. One that evidence was decided for is kept (APR-10). */
export function cancelAppraisal(
  state: AppraisalState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): AppraisalDecision<ScoringCode | 'APPRAISAL_TEXT_MISSING' | 'APPRAISAL_KEEPS_EVIDENCE'> {
  const { reason, by } = command;
  const refusal = cannotScore(state, 'cancelAppraisal', by) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const evidenceIds = [...state.deductions, ...state.commendations].flatMap((one) => one.evidenceId ?? []);
  if (evidenceIds.length > 0) return refuse('APPRAISAL_KEEPS_EVIDENCE', { evidenceIds });
  return accept(
    { ...state, status: 'CANCELLED', cancellation: { by, reason, cancelledAt: at } },
    { type: 'AppraisalCancelled', ...happened(state, at), by },
  );
}
