import { addDays } from '@anju/kernel';
import type { ComplaintClock, ComplaintClockKind, ComplaintState } from './complaint';
import { factOf, type ComplaintClockMet, type ComplaintClockMissed, type ComplaintFact } from './facts';
import type { ComplaintEnvironment } from './policy';
import type { RaisedSeverity } from './severity';

interface ClockRule {
  /** When a duty that arises at `startedAt` is due. */
  readonly dueAt: (startedAt: Date, environment: ComplaintEnvironment) => Date;
  /** Whether the case stays open until the duty is done. */
  readonly holdsClosing: boolean;
}

/** The timed duties of a case. A new one is a row here and the command that starts and meets it. */
export const clockRules: Readonly<Record<ComplaintClockKind, ClockRule>> = {
  RESPONSE: {
    dueAt: (startedAt, { calendars, policy }) =>
      calendars.office.addWorkingDays(startedAt, policy.responseWorkingDays),
    holdsClosing: true,
  },
  DEMAND_FORM: {
    dueAt: (startedAt, { calendars, policy }) =>
      calendars.office.addWorkingDays(startedAt, policy.demandFormWorkingDays),
    holdsClosing: true,
  },
  SPECIAL_REPORT: {
    dueAt: (startedAt, { policy }) => addDays(startedAt, policy.specialReportDays),
    holdsClosing: true,
  },
  RETURN_VISIT: {
    dueAt: (startedAt, { policy }) => addDays(startedAt, policy.returnVisitDays),
    holdsClosing: true,
  },
};

/** A state on its way through one decision, with what has happened so far. */
export interface Step {
  readonly state: ComplaintState;
  readonly facts: readonly ComplaintFact[];
}

export type ClockStatus = 'RUNNING' | 'MET' | 'MISSED' | 'MET_LATE' | 'LAPSED';

/** What has become of a timed duty. `MISSED` is undone still; `LAPSED` fell away, in time or late. */
export function clockStatus(clock: ComplaintClock): ClockStatus {
  if (clock.lapsedAt) return 'LAPSED';
  if (clock.metAt) return clock.missedAt ? 'MET_LATE' : 'MET';
  return clock.missedAt ? 'MISSED' : 'RUNNING';
}

/** Whether the duty is still to be done, in time or late. */
export function isOutstanding(clock: ComplaintClock): boolean {
  return clock.metAt === null && clock.lapsedAt === null;
}

/** The duties still to be done, in the order in which they arose; of one kind, or of all. */
export function outstandingClocks(
  state: Pick<ComplaintState, 'clocks'>,
  kind?: ComplaintClockKind,
): readonly ComplaintClock[] {
  return state.clocks.filter((clock) => isOutstanding(clock) && (kind === undefined || clock.kind === kind));
}

/** The case with one more duty, due by its rule. */
export function startClock(
  state: ComplaintState,
  kind: ComplaintClockKind,
  startedAt: Date,
  environment: ComplaintEnvironment,
  forSeverity: RaisedSeverity | null = null,
): { readonly state: ComplaintState; readonly dueAt: Date } {
  const dueAt = clockRules[kind].dueAt(startedAt, environment);
  const clock: ComplaintClock = {
    sequence: state.clocks.length + 1,
    kind,
    forSeverity,
    startedAt,
    dueAt,
    metAt: null,
    missedAt: null,
    lapsedAt: null,
  };
  return { state: { ...state, clocks: [...state.clocks, clock] }, dueAt };
}

/** Every outstanding duty of the kind is done: in time, or late when it was missed. */
export function meetClocks({ state, facts }: Step, kind: ComplaintClockKind, at: Date): Step {
  // The due time itself is too late, even if its deadline has not been carried out yet.
  const overdue = outstandingClocks(state, kind).filter((clock) => clock.dueAt <= at);
  const missed = overdue.reduce<Step>((step, clock) => missClocks(step, kind, clock.dueAt), { state, facts });
  const met: ComplaintClockMet[] = [];
  const clocks = missed.state.clocks.map((clock) => {
    if (clock.kind !== kind || !isOutstanding(clock)) return clock;
    if (!clock.missedAt) met.push(factOf('ComplaintClockMet', state, at, clockBody(state, clock)));
    return { ...clock, metAt: at };
  });
  return { state: { ...missed.state, clocks }, facts: [...missed.facts, ...met] };
}

/** Every outstanding duty of the kind that was due at this moment is missed, once. */
export function missClocks({ state, facts }: Step, kind: ComplaintClockKind, dueAt: Date): Step {
  const missed: ComplaintClockMissed[] = [];
  const clocks = state.clocks.map((clock) => {
    const isMissed = clock.kind === kind && clockStatus(clock) === 'RUNNING' && +clock.dueAt === +dueAt;
    if (!isMissed) return clock;
    missed.push(factOf('ComplaintClockMissed', state, dueAt, clockBody(state, clock)));
    return { ...clock, missedAt: dueAt };
  });
  return missed.length === 0
    ? { state, facts }
    : { state: { ...state, clocks }, facts: [...facts, ...missed] };
}

/** The outstanding duties of these kinds fall away. */
export function lapseClocks(
  state: ComplaintState,
  kinds: readonly ComplaintClockKind[],
  at: Date,
): ComplaintState {
  return {
    ...state,
    clocks: state.clocks.map((clock) =>
      kinds.includes(clock.kind) && isOutstanding(clock) ? { ...clock, lapsedAt: at } : clock,
    ),
  };
}

function clockBody(state: ComplaintState, clock: ComplaintClock) {
  const { causeClass, severity, responsibleDepartment, handlerId } = state;
  const { kind, sequence, forSeverity, startedAt, dueAt } = clock;
  const who = { causeClass, severity, responsibleDepartment, handlerId };
  return { clock: kind, sequence, forSeverity, startedAt, dueAt, ...who };
}
