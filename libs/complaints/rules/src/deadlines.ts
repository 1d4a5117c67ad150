import { accept, type Accepted } from '@anju/kernel';
import { clockStatus, missClocks } from './clocks';
import { complaintClockKinds, isUnresolved, type ComplaintClockKind, type ComplaintState } from './complaint';
import type { ComplaintFact } from './facts';
import type { ComplaintEnvironment } from './policy';
import { noteAge, recomputeSeverity } from './severity-of-complaint';

/** What can fall due: a clock, or an age. */
export const complaintDeadlineKinds = [...complaintClockKinds, 'BECOMES_HOT', 'BECOMES_MAJOR'] as const;
export type ComplaintDeadlineKind = (typeof complaintDeadlineKinds)[number];

export interface ComplaintDeadline {
  readonly kind: ComplaintDeadlineKind;
  readonly dueAt: Date;
}

/**
 * What is still to fall due for the case, earliest first, each kind and instant once: its running clocks,
 * and while it is unresolved the ages at which it becomes hot and major (CMP-03).
 */
export function complaintDeadlines(state: ComplaintState): readonly ComplaintDeadline[] {
  const { clocks, ageing, status } = state;
  const due: ComplaintDeadline[] = clocks
    .filter((clock) => clockStatus(clock) === 'RUNNING')
    .map(({ kind, dueAt }) => ({ kind, dueAt }));
  if (isUnresolved(status)) {
    if (!ageing.wasUnresolvedForAWeekAt) due.push({ kind: 'BECOMES_HOT', dueAt: ageing.becomesHotAt });
    if (!ageing.wasUnresolvedForAMonthAt) due.push({ kind: 'BECOMES_MAJOR', dueAt: ageing.becomesMajorAt });
  }
  return due
    .filter((one, index) => due.findIndex((other) => isSame(other, one)) === index)
    .sort((a, b) => +a.dueAt - +b.dueAt || order(a.kind) - order(b.kind));
}

/**
 * Carries out what falls due at `dueAt`: an undone duty is missed, an unresolved case grows more severe.
 * Nothing happens when it was done before.
 * @throws Error for a kind that is not in `complaintDeadlineKinds`
 */
export function onComplaintDeadline(
  state: ComplaintState,
  kind: string,
  dueAt: Date,
  environment: ComplaintEnvironment,
): Accepted<ComplaintState, ComplaintFact> {
  if (kind === 'BECOMES_HOT' || kind === 'BECOMES_MAJOR') {
    const aged = recomputeSeverity({ state: noteAge(state, dueAt), facts: [] }, dueAt, environment);
    return accept(aged.state, ...aged.facts);
  }
  if (!isClockKind(kind)) throw new Error(`not a deadline of a complaint: ${kind}`);
  const missed = missClocks({ state, facts: [] }, kind, dueAt);
  return accept(missed.state, ...missed.facts);
}

function isClockKind(kind: string): kind is ComplaintClockKind {
  return complaintClockKinds.some((known) => known === kind);
}

function isSame(a: ComplaintDeadline, b: ComplaintDeadline): boolean {
  return a.kind === b.kind && +a.dueAt === +b.dueAt;
}

function order(kind: ComplaintDeadlineKind): number {
  return complaintDeadlineKinds.indexOf(kind);
}
