import { accept, refuse, wrongStatus, type Accepted, type Refused } from '@anju/kernel';
import { judgesHimself, type AppraisalDecision } from './appraisal';
import {
  appraisalTotal,
  appraisalTransitions,
  happened,
  pointsTaken,
  type AppealOutcome,
  type AppraisalCommandName,
  type AppraisalFact,
  type AppraisalState,
} from './appraisal-state';
import { comparePoints, hundredths, isPoints, pointsOf } from './points';
import { missingText, type AppraisalRefusal } from './refusals';

type AnswerCode = 'NOT_THE_APPRAISED' | 'ANSWER_TOO_LATE' | 'APPRAISAL_NOT_IN_REQUIRED_STATUS';

function cannotAnswer(
  state: AppraisalState,
  command: Extract<AppraisalCommandName, 'acknowledgeAppraisal' | 'appealAppraisal'>,
  by: string,
  at: Date,
): Refused<AppraisalRefusal<AnswerCode>> | null {
  if (by !== state.staffId) return refuse('NOT_THE_APPRAISED', { appraisalId: state.id });
  const { answerDueAt } = state;
  // The due time itself is too late, even if its deadline has not been carried out yet.
  const late = state.status === 'UNANSWERED' || (state.status === 'ANNOUNCED' && answerDueAt! <= at);
  if (late) return refuse('ANSWER_TOO_LATE', { answerDueAt: answerDueAt! });
  return wrongStatus(appraisalTransitions, command, state.status);
}

/** The employee agrees with his result (APR-11). Nobody does it for him. */
export function acknowledgeAppraisal(
  state: AppraisalState,
  command: { readonly by: string },
  at: Date,
): AppraisalDecision<AnswerCode> {
  const { by } = command;
  const refusal = cannotAnswer(state, 'acknowledgeAppraisal', by, at);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'ACKNOWLEDGED', acknowledgedAt: at },
    { type: 'AppraisalAcknowledged', ...happened(state, at), by, total: state.total },
  );
}

/** The employee appeals, saying why (APR-11). The quality centre decides. */
export function appealAppraisal(
  state: AppraisalState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): AppraisalDecision<AnswerCode | 'APPRAISAL_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal = cannotAnswer(state, 'appealAppraisal', by, at) ?? missingText('reason', reason);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'APPEALED', appeal: { reason, appealedAt: at } },
    { type: 'AppraisalAppealed', ...happened(state, at), by, total: state.total },
  );
}

/** Everybody who had a hand in the result. */
export function scorersOf(state: AppraisalState): readonly string[] {
  const given = [...state.deductions, ...state.commendations].flatMap(({ by, withdrawal }) => [
    by,
    ...(withdrawal ? [withdrawal.by] : []),
  ]);
  return [...new Set([state.openedBy, ...given, ...(state.announcedBy === null ? [] : [state.announcedBy])])];
}

/**
 * Decides an appeal, with the reason (APR-11): granted when deductions are reduced, dismissed when none is.
 * Neither the employee nor anybody who had a hand in the result decides.
 * @param command what is left of each deduction that the appeal changes; `0` lifts it
 */
export function decideAppeal(
  state: AppraisalState,
  command: {
    readonly reductions: readonly { readonly sequence: number; readonly to: string }[];
    readonly reason: string;
    readonly by: string;
  },
  at: Date,
): AppraisalDecision<
  | 'APPRAISAL_NOT_IN_REQUIRED_STATUS'
  | 'APPRAISES_HIMSELF'
  | 'APPEAL_DECIDED_BY_SCORER'
  | 'APPRAISAL_TEXT_MISSING'
  | 'POINTS_NOT_VALID'
  | 'DEDUCTION_UNKNOWN'
  | 'REDUCTION_NOT_LESS'
> {
  const { reductions, reason, by } = command;
  const wrong =
    wrongStatus(appraisalTransitions, 'decideAppeal', state.status) ?? judgesHimself(state.staffId, by);
  if (wrong) return wrong;
  const scorerIds = scorersOf(state);
  if (scorerIds.includes(by)) return refuse('APPEAL_DECIDED_BY_SCORER', { scorerIds });
  const blank = missingText('reason', reason);
  if (blank) return blank;

  const deductions = [...state.deductions];
  for (const [index, { sequence, to }] of reductions.entries()) {
    const place = deductions.findIndex((one) => one.sequence === sequence && one.withdrawal === null);
    const deduction = deductions[place];
    if (!deduction) {
      const known = deductions.filter(({ withdrawal }) => withdrawal === null);
      return refuse('DEDUCTION_UNKNOWN', { sequence, known: known.map((one) => one.sequence) });
    }
    if (!isPoints(to)) return refuse('POINTS_NOT_VALID', { field: `reductions.${index}.to` });
    const points = pointsTaken(deduction);
    if (comparePoints(to, '0') < 0 || comparePoints(to, points) >= 0) {
      return refuse('REDUCTION_NOT_LESS', { sequence, points, to });
    }
    deductions[place] = { ...deduction, reducedTo: pointsOf(hundredths(to)) };
  }

  const outcome: AppealOutcome = reductions.length > 0 ? 'GRANTED' : 'DISMISSED';
  const totalBefore = state.total;
  const total = appraisalTotal({ ...state, deductions });
  const appealDecision = { outcome, reason, by, decidedAt: at, totalBefore };
  return accept(
    { ...state, status: 'APPEAL_DECIDED', deductions, total, appealDecision },
    { type: 'AppealDecided', ...happened(state, at), by, outcome, totalBefore, total },
  );
}

export const appraisalDeadlineKinds = ['ANSWER'] as const;
export type AppraisalDeadlineKind = (typeof appraisalDeadlineKinds)[number];

/** What is still to fall due: the employee's answer to a result that was announced (APR-11). */
export function appraisalDeadlines(
  state: AppraisalState,
): readonly { readonly kind: AppraisalDeadlineKind; readonly dueAt: Date }[] {
  const { status, answerDueAt } = state;
  return status === 'ANNOUNCED' && answerDueAt ? [{ kind: 'ANSWER', dueAt: answerDueAt }] : [];
}

/**
 * The time for an answer has passed: the result stands (APR-11). Nothing happens to one that was answered.
 * @throws Error for a kind that is not in `appraisalDeadlineKinds`
 */
export function onAppraisalDeadline(
  state: AppraisalState,
  kind: string,
  dueAt: Date,
): Accepted<AppraisalState, AppraisalFact> {
  if (kind !== 'ANSWER') throw new Error(`not a deadline of an appraisal: ${kind}`);
  if (!appraisalDeadlines(state).some((due) => +due.dueAt === +dueAt)) return accept(state);
  return accept(
    { ...state, status: 'UNANSWERED', unansweredAt: dueAt },
    { type: 'AppraisalUnanswered', ...happened(state, dueAt), total: state.total },
  );
}
