import { accept, type Accepted } from '@anju/kernel';
import { ageingRules, isAgeing, warnOfAge } from './ageing';
import { awaitsWarning, clockStatus, missClocks, warnOfClocks, type Step } from './clocks';
import { complaintClockKinds, type ComplaintClock, type ComplaintState } from './complaint';
import type { ComplaintFact } from './facts';
import { ageingKinds, type AgeingKind, type ComplaintEnvironment } from './policy';
import { noteAge, recomputeSeverity } from './severity-of-complaint';

/** What can fall due: a clock, or an age. */
export const complaintDeadlineKinds = [...complaintClockKinds, ...ageingKinds] as const;
export type ComplaintDeadlineKind = (typeof complaintDeadlineKinds)[number];

export interface ComplaintDeadline {
  readonly kind: ComplaintDeadlineKind;
  readonly dueAt: Date;
}

/** Before the name of what a warning is of, as a kind of due time. */
const warning = 'WARN:';
/** Between the name of a duty and its place in the case, where the name alone has come about at that moment. */
const placed = '#';

/**
 * What is still to fall due for the case, earliest first, each kind and instant once: its running clocks,
 * and while it is unresolved the ages at which it becomes hot and major (CMP-03).
 */
export function complaintDeadlines(state: ComplaintState): readonly ComplaintDeadline[] {
  const clocks = state.clocks.filter(isRunning).map(({ kind, dueAt }) => ({ kind, dueAt }));
  const ages = ageingKinds
    .filter((kind) => isAgeing(state, kind))
    .map((kind) => ({ kind, dueAt: state.ageing[ageingRules[kind].dueAt] }));
  return inOrder([...clocks, ...ages]);
}

/** The warnings that are still to be given, earliest first, each kind and instant once. */
export function complaintWarnings(state: ComplaintState): readonly ComplaintDeadline[] {
  const clocks = state.clocks.filter(awaitsWarning).map(({ kind, warnAt }) => ({ kind, dueAt: warnAt! }));
  const ages = ageingKinds.flatMap((kind) => {
    const { warnAt, warnedAt } = ageingRules[kind];
    const dueAt = state.ageing[warnAt];
    return isAgeing(state, kind) && dueAt && !state.ageing[warnedAt] ? [{ kind, dueAt }] : [];
  });
  return inOrder([...clocks, ...ages]);
}

/** A moment of a case by its name; of one case the same name at the same instant comes about once. */
export interface ComplaintMoment {
  readonly kind: string;
  readonly dueAt: Date;
}

/**
 * Every moment at which something happens to the case by itself: a warning, then what it warns of. Duties of a kind
 * that are due together are one moment. A duty that came into the case, or was put off, to an instant at which one of
 * its kind has been missed or warned of already has a moment of its own, named by its place in the case.
 */
export function complaintMoments(state: ComplaintState): readonly ComplaintMoment[] {
  return [
    ...complaintWarnings(state).flatMap(({ kind, dueAt }) =>
      momentsOf(state, kind, dueAt, 'warnedAt', awaitsWarning, 'warnAt').map((moment): ComplaintMoment => ({
        ...moment,
        kind: warning + moment.kind,
      })),
    ),
    ...complaintDeadlines(state).flatMap(({ kind, dueAt }) =>
      momentsOf(state, kind, dueAt, 'missedAt', isRunning, 'dueAt'),
    ),
  ].sort((a, b) => +a.dueAt - +b.dueAt);
}

function momentsOf(
  { clocks }: ComplaintState,
  kind: ComplaintDeadlineKind,
  dueAt: Date,
  cameAbout: 'warnedAt' | 'missedAt',
  isToCome: (clock: ComplaintClock) => boolean,
  comesAt: 'warnAt' | 'dueAt',
): readonly ComplaintMoment[] {
  const own = clocks.filter((clock) => clock.kind === kind);
  if (!own.some((clock) => +(clock[cameAbout] ?? 0) === +dueAt)) return [{ kind, dueAt }];
  return own
    .filter((clock) => isToCome(clock) && +clock[comesAt]! === +dueAt)
    .map(({ sequence }) => ({ kind: `${kind}${placed}${sequence}`, dueAt }));
}

function isRunning(clock: ComplaintClock): boolean {
  return clockStatus(clock) === 'RUNNING';
}

/**
 * Carries out what falls due at `dueAt`: a warning is given, an undone duty is missed, an unresolved case grows
 * more severe. Nothing happens when it was done before.
 * @param kind of `complaintMoments`
 * @throws Error for another kind
 */
export function onComplaintDeadline(
  state: ComplaintState,
  kind: string,
  dueAt: Date,
  environment: ComplaintEnvironment,
): Accepted<ComplaintState, ComplaintFact> {
  const step: Step = { state, facts: [] };
  const isWarning = kind.startsWith(warning);
  const [of = kind] = (isWarning ? kind.slice(warning.length) : kind).split(placed);
  if (!isDeadlineKind(of)) throw new Error(`not a deadline of a complaint: ${kind}`);
  const done = isWarning ? warn(step, of, dueAt) : fallDue(step, of, dueAt, environment);
  return accept(done.state, ...done.facts);
}

function warn(step: Step, kind: ComplaintDeadlineKind, warnAt: Date): Step {
  return isAge(kind) ? warnOfAge(step, kind, warnAt) : warnOfClocks(step, kind, warnAt);
}

function fallDue(
  { state, facts }: Step,
  kind: ComplaintDeadlineKind,
  dueAt: Date,
  environment: ComplaintEnvironment,
): Step {
  return isAge(kind)
    ? recomputeSeverity({ state: noteAge(state, dueAt), facts }, dueAt, environment)
    : missClocks({ state, facts }, kind, dueAt);
}

function isAge(kind: ComplaintDeadlineKind): kind is AgeingKind {
  return ageingKinds.some((known) => known === kind);
}

function isDeadlineKind(kind: string): kind is ComplaintDeadlineKind {
  return complaintDeadlineKinds.some((known) => known === kind);
}

function inOrder(due: readonly ComplaintDeadline[]): readonly ComplaintDeadline[] {
  return due
    .filter((one, index) => due.findIndex((other) => isSame(other, one)) === index)
    .sort((a, b) => +a.dueAt - +b.dueAt || order(a.kind) - order(b.kind));
}

function isSame(a: ComplaintDeadline, b: ComplaintDeadline): boolean {
  return a.kind === b.kind && +a.dueAt === +b.dueAt;
}

function order(kind: ComplaintDeadlineKind): number {
  return complaintDeadlineKinds.indexOf(kind);
}
