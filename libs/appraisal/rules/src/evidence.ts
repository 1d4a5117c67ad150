import {
  accept,
  isRefused,
  localDate,
  refuse,
  wrongStatus,
  type Decision,
  type Refused,
  type Transitions,
} from '@anju/kernel';
import { commendAct, deductPoints, judgesHimself, type ScoringCode } from './appraisal';
import { periodOfAppraisal, type AppraisalFact, type AppraisalState } from './appraisal-state';
import type { AppraisalItem } from './dimensions';
import { suggestionFor, type EvidenceSource, type Suggestion } from './evidence-source';
import type { AppraisalEnvironment } from './policy';
import { missingText, type AppraisalRefusal, type AppraisalRefusalCode } from './refusals';

export const evidenceStatuses = ['SUGGESTED', 'SCORED', 'DISMISSED', 'WITHDRAWN'] as const;
export type EvidenceStatus = (typeof evidenceStatuses)[number];

/** What a reviewer made of it; the score is his, the suggestion no more than that. */
export interface EvidenceDecision {
  readonly by: string;
  readonly reason: string;
  readonly decidedAt: Date;
  /** Null when it was dismissed. */
  readonly scored: (Suggestion & { readonly appraisalId: string }) | null;
}

/** Something another service told of an employee, on its way to his appraisal (APR-10). */
export interface EvidenceState extends EvidenceSource {
  readonly id: string;
  readonly projectId: string | null;
  readonly status: EvidenceStatus;
  readonly staffId: string;
  /** As the policy was when it arrived. */
  readonly suggestion: Suggestion | null;
  readonly arrivedAt: Date;
  /** What the employee says of it; he may say it anew until it is decided. */
  readonly views: readonly { readonly text: string; readonly statedAt: Date }[];
  readonly decision: EvidenceDecision | null;
  /** When its source turned out to be wrong before anybody decided. */
  readonly withdrawnAt: Date | null;
}

interface EvidenceFactBase {
  readonly evidenceId: string;
  readonly projectId: string | null;
  readonly staffId: string;
  readonly kind: EvidenceSource['kind'];
  readonly at: Date;
}
export interface EvidenceArrived extends EvidenceFactBase {
  readonly type: 'EvidenceArrived';
  readonly context: string;
  readonly subjectId: string;
  readonly code: string | null;
  readonly satisfaction: number | null;
  readonly suggestion: Suggestion | null;
  readonly occurredAt: Date;
}
export interface EvidenceViewStated extends EvidenceFactBase {
  readonly type: 'EvidenceViewStated';
}
export interface EvidenceScored extends EvidenceFactBase {
  readonly type: 'EvidenceScored';
  readonly by: string;
  readonly appraisalId: string;
  readonly scored: Suggestion;
}
export interface EvidenceDismissed extends EvidenceFactBase {
  readonly type: 'EvidenceDismissed';
  readonly by: string;
}
export interface EvidenceWithdrawn extends EvidenceFactBase {
  readonly type: 'EvidenceWithdrawn';
}
export type EvidenceFact =
  EvidenceArrived | EvidenceViewStated | EvidenceScored | EvidenceDismissed | EvidenceWithdrawn;

export const evidenceTransitions: Transitions<
  EvidenceStatus,
  'stateEvidenceView' | 'scoreEvidence' | 'dismissEvidence' | 'withdrawEvidence',
  'EVIDENCE_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'EVIDENCE_NOT_IN_REQUIRED_STATUS',
  initial: 'SUGGESTED',
  commands: {
    stateEvidenceView: { from: ['SUGGESTED'], to: 'SAME' },
    scoreEvidence: { from: ['SUGGESTED'], to: 'SCORED' },
    dismissEvidence: { from: ['SUGGESTED'], to: 'DISMISSED' },
    withdrawEvidence: { from: ['SUGGESTED'], to: 'WITHDRAWN' },
  },
};

type EvidenceDecided<Code extends AppraisalRefusalCode> = Decision<
  EvidenceState,
  EvidenceFact,
  AppraisalRefusal<Code>
>;

function about(state: EvidenceState, at: Date): EvidenceFactBase {
  return { evidenceId: state.id, projectId: state.projectId, staffId: state.staffId, kind: state.kind, at };
}

/**
 * Evidence arrives, with what the policy suggests (APR-10). It scores nothing by itself. One event brings one
 * piece of evidence for each employee concerned; the service's unique key is event and employee.
 */
export function receiveEvidence(
  command: {
    readonly id: string;
    readonly projectId: string | null;
    readonly staffId: string;
    readonly source: EvidenceSource;
  },
  at: Date,
  environment: AppraisalEnvironment,
): EvidenceDecided<'EVIDENCE_IN_FUTURE'> {
  const { id, projectId, staffId } = command;
  const { kind, eventId, context, subjectId, code, satisfaction, occurredAt } = command.source;
  if (occurredAt > at) return refuse('EVIDENCE_IN_FUTURE', { occurredAt, now: at });
  const suggestion = suggestionFor({ kind, satisfaction }, environment.policy);
  const state: EvidenceState = {
    id,
    projectId,
    status: evidenceTransitions.initial,
    staffId,
    ...{ kind, eventId, context, subjectId, code, satisfaction, occurredAt },
    suggestion,
    arrivedAt: at,
    views: [],
    decision: null,
    withdrawnAt: null,
  };
  return accept(state, {
    type: 'EvidenceArrived',
    ...about(state, at),
    ...{ context, subjectId, code, satisfaction, suggestion, occurredAt },
  });
}

/** The employee says how he sees it, before it is decided (APR-10). Nobody says it for him. */
export function stateEvidenceView(
  state: EvidenceState,
  command: { readonly text: string; readonly by: string },
  at: Date,
): EvidenceDecided<
  'EVIDENCE_NOT_IN_REQUIRED_STATUS' | 'EVIDENCE_NOT_OF_EMPLOYEE' | 'APPRAISAL_TEXT_MISSING'
> {
  const { text, by } = command;
  if (by !== state.staffId) return refuse('EVIDENCE_NOT_OF_EMPLOYEE', { evidenceId: state.id });
  const refusal =
    wrongStatus(evidenceTransitions, 'stateEvidenceView', state.status) ?? missingText('text', text);
  if (refusal) return refusal;
  return accept(
    { ...state, views: [...state.views, { text, statedAt: at }] },
    { type: 'EvidenceViewStated', ...about(state, at) },
  );
}

function cannotReview(
  state: EvidenceState,
  command: 'scoreEvidence' | 'dismissEvidence',
  by: string,
  reason: string,
): Refused<
  AppraisalRefusal<'EVIDENCE_NOT_IN_REQUIRED_STATUS' | 'APPRAISES_HIMSELF' | 'APPRAISAL_TEXT_MISSING'>
> | null {
  return (
    wrongStatus(evidenceTransitions, command, state.status) ??
    judgesHimself(state.staffId, by) ??
    missingText('reason', reason)
  );
}

type ReviewCode =
  | ScoringCode
  | 'EVIDENCE_NOT_IN_REQUIRED_STATUS'
  | 'EVIDENCE_NOT_OF_EMPLOYEE'
  | 'EVIDENCE_OUTSIDE_PERIOD'
  | 'APPRAISAL_TEXT_MISSING'
  | 'POINTS_NOT_VALID'
  | 'DEDUCTION_NOT_POSITIVE'
  | 'DEDUCTION_EXCEEDS_ITEM'
  | 'COMMENDATION_NOT_FOR_CHECK'
  | 'COMMENDATION_OUT_OF_RANGE';

/** A reviewer's score for a piece of evidence; it need not be the suggested one. */
export interface ScoreEvidence {
  readonly score:
    | { readonly direction: 'DEDUCTION'; readonly item: AppraisalItem; readonly points: string }
    | { readonly direction: 'ADDITION'; readonly points: string };
  readonly reason: string;
  readonly by: string;
}

/** The sheet with the score of a piece of evidence on it. To be saved together with `scoreEvidence`'s state. */
export function applyEvidence(
  appraisal: AppraisalState,
  evidenceId: string,
  command: ScoreEvidence,
  at: Date,
  environment: AppraisalEnvironment,
): Decision<AppraisalState, AppraisalFact, AppraisalRefusal<ReviewCode>> {
  const { score, reason, by } = command;
  return score.direction === 'DEDUCTION'
    ? deductPoints(appraisal, { item: score.item, points: score.points, reason, evidenceId, by }, at)
    : commendAct(appraisal, { points: score.points, reason, evidenceId, by }, at, environment.policy);
}

/**
 * A reviewer scores the evidence on an open sheet of the employee whose period the event falls in (APR-10).
 * Refused as the sheet would refuse the score; nobody reviews himself (APR-11). Each piece counts once.
 */
export function scoreEvidence(
  state: EvidenceState,
  appraisal: AppraisalState,
  command: ScoreEvidence,
  at: Date,
  environment: AppraisalEnvironment,
): EvidenceDecided<Exclude<ReviewCode, 'APPRAISAL_NOT_IN_REQUIRED_STATUS'> | 'SHEET_NOT_OPEN'> {
  const { reason, by } = command;
  const refusal = cannotReview(state, 'scoreEvidence', by, reason);
  if (refusal) return refusal;
  if (appraisal.staffId !== state.staffId) {
    return refuse('EVIDENCE_NOT_OF_EMPLOYEE', { evidenceId: state.id });
  }
  const occurredOn = localDate(state.occurredAt, environment.calendars.office.timeZone);
  const { from, to } = periodOfAppraisal(appraisal);
  if (occurredOn < from || occurredOn > to) {
    return refuse('EVIDENCE_OUTSIDE_PERIOD', { occurredOn, from, to });
  }
  const applied = applyEvidence(appraisal, state.id, command, at, environment);
  if (isRefused(applied)) {
    const { refusal } = applied;
    // Of the sheet, and not of what the command is on.
    if (refusal.code === 'APPRAISAL_NOT_IN_REQUIRED_STATUS') {
      return refuse('SHEET_NOT_OPEN', { appraisalId: appraisal.id, sheetStatus: appraisal.status });
    }
    return { outcome: 'refused', refusal };
  }
  const scored = command.score;
  const appraisalId = appraisal.id;
  return accept(
    {
      ...state,
      status: 'SCORED',
      decision: { by, reason, decidedAt: at, scored: { ...scored, appraisalId } },
    },
    { type: 'EvidenceScored', ...about(state, at), by, appraisalId, scored },
  );
}

/** A reviewer finds that it is to have no effect, and says why (APR-10). The evidence is kept. */
export function dismissEvidence(
  state: EvidenceState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): EvidenceDecided<'EVIDENCE_NOT_IN_REQUIRED_STATUS' | 'APPRAISES_HIMSELF' | 'APPRAISAL_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal = cannotReview(state, 'dismissEvidence', by, reason);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'DISMISSED', decision: { by, reason, decidedAt: at, scored: null } },
    { type: 'EvidenceDismissed', ...about(state, at), by },
  );
}

/** Its source was corrected, such as a complaint that is not of class 1 after all, before anybody decided. */
export function withdrawEvidence(
  state: EvidenceState,
  at: Date,
): EvidenceDecided<'EVIDENCE_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(evidenceTransitions, 'withdrawEvidence', state.status);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'WITHDRAWN', withdrawnAt: at },
    { type: 'EvidenceWithdrawn', ...about(state, at) },
  );
}
