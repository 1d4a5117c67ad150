import type { Transitions } from '@anju/kernel';
import { appraisalItems, type AppraisalItem, type ItemPoints } from './dimensions';
import type { AppraisalKind, AppraisalPeriod } from './period';
import { hundredths, pointsOf } from './points';

export const appraisalStatuses = [
  'OPEN',
  'ANNOUNCED',
  'ACKNOWLEDGED',
  'UNANSWERED',
  'APPEALED',
  'APPEAL_DECIDED',
  'CANCELLED',
] as const;
export type AppraisalStatus = (typeof appraisalStatuses)[number];

/** Taken back by somebody before the result was announced; it stays on record. */
export interface Withdrawal {
  readonly by: string;
  readonly reason: string;
  readonly withdrawnAt: Date;
}

export interface Deduction {
  /** 1, 2, 3 … within the appraisal. */
  readonly sequence: number;
  readonly item: AppraisalItem;
  readonly points: string;
  readonly reason: string;
  /** What it rests on; null for what the appraiser saw himself. */
  readonly evidenceId: string | null;
  readonly by: string;
  readonly givenAt: Date;
  readonly withdrawal: Withdrawal | null;
  /** The points that an appeal left of it; null when none changed it. */
  readonly reducedTo: string | null;
}

/** 嘉奖 */
export interface Commendation {
  readonly sequence: number;
  readonly points: string;
  readonly reason: string;
  readonly evidenceId: string | null;
  readonly by: string;
  readonly givenAt: Date;
  readonly withdrawal: Withdrawal | null;
}

export const appealOutcomes = ['GRANTED', 'DISMISSED'] as const;
export type AppealOutcome = (typeof appealOutcomes)[number];

export interface AppealDecision {
  readonly outcome: AppealOutcome;
  readonly reason: string;
  readonly by: string;
  readonly decidedAt: Date;
  readonly totalBefore: string;
}

/**
 * One record sheet of one employee: a check or an appraisal (APR-03, 04). It holds a copy of the maxima of the
 * scheme that was in force when its period began, so that no later scheme changes it (APR-02).
 */
export interface AppraisalState {
  readonly id: string;
  readonly projectId: string | null;
  readonly status: AppraisalStatus;
  readonly kind: AppraisalKind;
  /** Who is appraised. */
  readonly staffId: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  /** The year that it counts in. */
  readonly year: number;
  readonly schemeId: string;
  readonly schemeVersion: number;
  readonly maxima: ItemPoints;
  readonly deductions: readonly Deduction[];
  readonly commendations: readonly Commendation[];
  /** `95.40`; brought up to date with every change. */
  readonly total: string;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly announcedBy: string | null;
  readonly announcedAt: Date | null;
  /** Until then the employee acknowledges or appeals (APR-11). */
  readonly answerDueAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly unansweredAt: Date | null;
  readonly appeal: { readonly reason: string; readonly appealedAt: Date } | null;
  readonly appealDecision: AppealDecision | null;
  readonly cancellation: { readonly by: string; readonly reason: string; readonly cancelledAt: Date } | null;
}

interface Happened {
  readonly appraisalId: string;
  readonly projectId: string | null;
  readonly staffId: string;
  readonly kind: AppraisalKind;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly at: Date;
}
interface Done extends Happened {
  readonly by: string;
}

export interface AppraisalOpened extends Done {
  readonly type: 'AppraisalOpened';
  readonly schemeId: string;
  readonly schemeVersion: number;
}
export interface PointsDeducted extends Done {
  readonly type: 'PointsDeducted';
  readonly sequence: number;
  readonly item: AppraisalItem;
  readonly points: string;
  readonly evidenceId: string | null;
  readonly total: string;
}
export interface DeductionWithdrawn extends Done {
  readonly type: 'DeductionWithdrawn';
  readonly sequence: number;
  readonly evidenceId: string | null;
  readonly total: string;
}
export interface ActCommended extends Done {
  readonly type: 'ActCommended';
  readonly sequence: number;
  readonly points: string;
  readonly evidenceId: string | null;
  readonly total: string;
}
export interface CommendationWithdrawn extends Done {
  readonly type: 'CommendationWithdrawn';
  readonly sequence: number;
  readonly evidenceId: string | null;
  readonly total: string;
}
export interface AppraisalAnnounced extends Done {
  readonly type: 'AppraisalAnnounced';
  readonly total: string;
  readonly answerDueAt: Date;
}
export interface AppraisalAcknowledged extends Done {
  readonly type: 'AppraisalAcknowledged';
  readonly total: string;
}
export interface AppraisalAppealed extends Done {
  readonly type: 'AppraisalAppealed';
  readonly total: string;
}
export interface AppraisalUnanswered extends Happened {
  readonly type: 'AppraisalUnanswered';
  readonly total: string;
}
export interface AppealDecided extends Done {
  readonly type: 'AppealDecided';
  readonly outcome: AppealOutcome;
  readonly totalBefore: string;
  readonly total: string;
}
export interface AppraisalCancelled extends Done {
  readonly type: 'AppraisalCancelled';
}

/** What can have happened to an appraisal. None holds a reason's words: facts become events. */
export type AppraisalFact =
  | AppraisalOpened
  | PointsDeducted
  | DeductionWithdrawn
  | ActCommended
  | CommendationWithdrawn
  | AppraisalAnnounced
  | AppraisalAcknowledged
  | AppraisalAppealed
  | AppraisalUnanswered
  | AppealDecided
  | AppraisalCancelled;

type Command =
  | 'deductPoints'
  | 'withdrawDeduction'
  | 'commendAct'
  | 'withdrawCommendation'
  | 'announceAppraisal'
  | 'acknowledgeAppraisal'
  | 'appealAppraisal'
  | 'passAnswerTime'
  | 'decideAppeal'
  | 'cancelAppraisal';

export const appraisalTransitions: Transitions<AppraisalStatus, Command, 'APPRAISAL_NOT_IN_REQUIRED_STATUS'> =
  {
    refusal: 'APPRAISAL_NOT_IN_REQUIRED_STATUS',
    initial: 'OPEN',
    commands: {
      deductPoints: { from: ['OPEN'], to: 'SAME' },
      withdrawDeduction: { from: ['OPEN'], to: 'SAME' },
      commendAct: { from: ['OPEN'], to: 'SAME' },
      withdrawCommendation: { from: ['OPEN'], to: 'SAME' },
      announceAppraisal: { from: ['OPEN'], to: 'ANNOUNCED' },
      acknowledgeAppraisal: { from: ['ANNOUNCED'], to: 'ACKNOWLEDGED' },
      appealAppraisal: { from: ['ANNOUNCED'], to: 'APPEALED' },
      passAnswerTime: { from: ['ANNOUNCED'], to: 'UNANSWERED' },
      decideAppeal: { from: ['APPEALED'], to: 'APPEAL_DECIDED' },
      cancelAppraisal: { from: ['OPEN'], to: 'CANCELLED' },
    },
  };

export type AppraisalCommandName = keyof (typeof appraisalTransitions)['commands'];

/** Whether the result stands: acknowledged, left unanswered, or decided on appeal. */
export function isFinal(status: AppraisalStatus): boolean {
  return status === 'ACKNOWLEDGED' || status === 'UNANSWERED' || status === 'APPEAL_DECIDED';
}

/** What a deduction takes now: nothing when withdrawn, what the appeal left of it, or its points. */
export function pointsTaken({ points, withdrawal, reducedTo }: Deduction): string {
  return withdrawal ? '0' : (reducedTo ?? points);
}

/** What is left of an item. */
export function pointsLeft(
  state: Pick<AppraisalState, 'maxima' | 'deductions'>,
  item: AppraisalItem,
): string {
  return pointsOf(
    state.deductions
      .filter((deduction) => deduction.item === item)
      .reduce((left, deduction) => left - hundredths(pointsTaken(deduction)), hundredths(state.maxima[item])),
  );
}

/** What is left of all items, and what commended acts add; may be above 100 (APR-03, 05). */
export function appraisalTotal(
  state: Pick<AppraisalState, 'maxima' | 'deductions' | 'commendations'>,
): string {
  const left = appraisalItems.reduce((sum, item) => sum + hundredths(pointsLeft(state, item)), 0n);
  const added = state.commendations
    .filter(({ withdrawal }) => withdrawal === null)
    .reduce((sum, { points }) => sum + hundredths(points), 0n);
  return pointsOf(left + added);
}

/** The period of an appraisal. */
export function periodOfAppraisal({
  periodFrom,
  periodTo,
}: Pick<AppraisalState, 'periodFrom' | 'periodTo'>): AppraisalPeriod {
  return { from: periodFrom, to: periodTo };
}

/** What every fact of an appraisal says of it. */
export function happened(state: AppraisalState, at: Date): Happened {
  const { id, projectId, staffId, kind, periodFrom, periodTo } = state;
  return { appraisalId: id, projectId, staffId, kind, periodFrom, periodTo, at };
}
