import { afterMillisOfTime, clockRules, millisOfTime, warningBefore } from './clock-rules';
import type { ClockParty, ComplaintClock, ComplaintClockKind, ComplaintState } from './complaint';
import { factOf, type ComplaintClockMet, type ComplaintFact } from './facts';
import type { ComplaintEnvironment } from './policy';
import type { RaisedSeverity } from './severity';

/** A state on its way through one decision, with what has happened so far. */
export interface Step {
  readonly state: ComplaintState;
  readonly facts: readonly ComplaintFact[];
}

export type ClockStatus = 'RUNNING' | 'PAUSED' | 'MET' | 'MISSED' | 'MET_LATE' | 'LAPSED';

/** What has become of a timed duty. `MISSED` is undone still; `LAPSED` fell away, in time or late. */
export function clockStatus(clock: ComplaintClock): ClockStatus {
  if (clock.lapsedAt) return 'LAPSED';
  if (clock.metAt) return clock.missedAt ? 'MET_LATE' : 'MET';
  if (clock.missedAt) return 'MISSED';
  return isPaused(clock) ? 'PAUSED' : 'RUNNING';
}

/** Whether the duty is still to be done, in time or late. */
export function isOutstanding(clock: ComplaintClock): boolean {
  return clock.metAt === null && clock.lapsedAt === null;
}

/** Whether the duty stands still because the customer is waited for. */
export function isPaused({ pauses }: ComplaintClock): boolean {
  return pauses.some((pause) => pause.resumedAt === null);
}

/** The duties still to be done, in the order in which they arose; of one kind, or of all. */
export function outstandingClocks(
  state: Pick<ComplaintState, 'clocks'>,
  kind?: ComplaintClockKind,
): readonly ComplaintClock[] {
  return state.clocks.filter((clock) => isOutstanding(clock) && (kind === undefined || clock.kind === kind));
}

/** Who waits for whom to do a duty; null once it is done or has fallen away. */
export function whoWaits(
  clock: ComplaintClock,
): { readonly waiting: ClockParty; readonly waitingFor: ClockParty } | null {
  if (!isOutstanding(clock)) return null;
  return isPaused(clock)
    ? { waiting: clock.waitingFor, waitingFor: 'CUSTOMER' }
    : { waiting: clockRules[clock.kind].waiting, waitingFor: clock.waitingFor };
}

/** What is particular about a duty that arises. */
export interface ClockParticulars {
  /** The severity whose reaching asks for a demand form. */
  readonly forSeverity?: RaisedSeverity;
  /** The date that a person has set (CMP-10), where the rule gives none. */
  readonly setDueAt?: Date;
  /** When it becomes known, where that is later than it arose. */
  readonly at?: Date;
}

/**
 * The case with one more duty, due by its rule, or when a person says where the rule leaves it to him.
 * @throws RangeError when neither says when it is due
 */
export function startClock(
  { state, facts }: Step,
  kind: ComplaintClockKind,
  startedAt: Date,
  environment: ComplaintEnvironment,
  { forSeverity, setDueAt, at = startedAt }: ClockParticulars = {},
): Step & { readonly dueAt: Date } {
  const { runsIn, waitingFor } = clockRules[kind];
  const dueAt = setDueAt ?? clockRules[kind].dueAt?.(startedAt, environment);
  if (!dueAt) throw new RangeError(`nobody has set when ${kind} is due`);
  const hours = environment.policy.warningHours[kind];
  const clock: ComplaintClock = {
    sequence: state.clocks.length + 1,
    kind,
    forSeverity: forSeverity ?? null,
    startedAt,
    dueAt,
    setDueAt: setDueAt ?? null,
    warnAt: warningBefore(runsIn, { startedAt, dueAt, hours }, environment),
    warnedAt: null,
    waitingFor,
    pauses: [],
    leftMillis: null,
    policyVersion: environment.policyVersion,
    calendarVersion: environment.calendarVersion,
    metAt: null,
    missedAt: null,
    lapsedAt: null,
    carriedAt: null,
  };
  const { warnAt, policyVersion, calendarVersion } = clock;
  const started = factOf('ComplaintClockStarted', state, at, {
    ...clockBody(state, clock),
    ...{ warnAt, waitingFor, policyVersion, calendarVersion },
  });
  return { state: { ...state, clocks: [...state.clocks, clock] }, facts: [...facts, started], dueAt };
}

/** The case with a duty that arose in another one, as it stood there; whoever had it there has it no longer. */
export function carryClock({ state, facts }: Step, carried: ComplaintClock, at: Date): Step {
  const { waitingFor } = clockRules[carried.kind];
  const sequence = state.clocks.length + 1;
  const clock: ComplaintClock = { ...carried, sequence, waitingFor, lapsedAt: null, carriedAt: at };
  const { warnAt, policyVersion, calendarVersion } = clock;
  const started = factOf('ComplaintClockStarted', state, at, {
    ...clockBody(state, clock),
    ...{ warnAt, waitingFor, policyVersion, calendarVersion },
  });
  return { state: { ...state, clocks: [...state.clocks, clock] }, facts: [...facts, started] };
}

/** Every outstanding duty of the kind is done: in time, or late when it was missed. A pause ends with it. */
export function meetClocks({ state, facts }: Step, kind: ComplaintClockKind, at: Date): Step {
  // The due time itself is too late, even if its deadline has not been carried out yet.
  const overdue = outstandingClocks(state, kind).filter((clock) => clock.dueAt <= at);
  const missed = overdue.reduce<Step>((step, clock) => missClocks(step, kind, clock.dueAt), { state, facts });
  const met: ComplaintClockMet[] = [];
  const clocks = missed.state.clocks.map((clock) => {
    if (clock.kind !== kind || !isOutstanding(clock)) return clock;
    if (!clock.missedAt) met.push(factOf('ComplaintClockMet', state, at, clockBody(state, clock)));
    return { ...withoutPause(clock, at), metAt: at };
  });
  return { state: { ...missed.state, clocks }, facts: [...missed.facts, ...met] };
}

/** Every running duty of the kind that was due at this moment is missed, once. */
export function missClocks(step: Step, kind: ComplaintClockKind, dueAt: Date): Step {
  return markClocks(
    step,
    (clock) => clock.kind === kind && clockStatus(clock) === 'RUNNING' && +clock.dueAt === +dueAt,
    (clock) => ({
      clock: { ...clock, missedAt: dueAt },
      fact: factOf('ComplaintClockMissed', step.state, dueAt, clockBody(step.state, clock)),
    }),
  );
}

/** Of every running duty of the kind whose warning was due at this moment, it is given, once. */
export function warnOfClocks(step: Step, kind: ComplaintClockKind, warnAt: Date): Step {
  return markClocks(
    step,
    (clock) => clock.kind === kind && awaitsWarning(clock) && +clock.warnAt! === +warnAt,
    (clock) => ({
      clock: { ...clock, warnedAt: warnAt },
      fact: factOf('ComplaintClockWarned', step.state, warnAt, {
        ...clockBody(step.state, clock),
        waitingFor: clock.waitingFor,
      }),
    }),
  );
}

/** Whether the duty's warning is still to come. */
export function awaitsWarning(clock: ComplaintClock): boolean {
  return clockStatus(clock) === 'RUNNING' && clock.warnAt !== null && clock.warnedAt === null;
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
      kinds.includes(clock.kind) && isOutstanding(clock)
        ? { ...withoutPause(clock, at), lapsedAt: at }
        : clock,
    ),
  };
}

/** Another has to act on the outstanding duties of the kind now, such as the one who approves a reply (CMP-08). */
export function passClocks(
  state: ComplaintState,
  kind: ComplaintClockKind,
  waitingFor: ClockParty,
): ComplaintState {
  return {
    ...state,
    clocks: state.clocks.map((clock) =>
      clock.kind === kind && isOutstanding(clock) ? { ...clock, waitingFor } : clock,
    ),
  };
}

/** A running duty as it stands still from now on. */
export function pausedClock(
  clock: ComplaintClock,
  pause: { readonly pausedAt: Date; readonly by: string; readonly reason: string },
  environment: ComplaintEnvironment,
): ComplaintClock {
  const { runsIn } = clockRules[clock.kind];
  return {
    ...clock,
    pauses: [...clock.pauses, { ...pause, resumedAt: null }],
    leftMillis: millisOfTime(runsIn, pause.pausedAt, clock.dueAt, environment),
  };
}

/** A paused duty as it goes on: what was left of its own time begins now, and so does what was left to the warning. */
export function resumedClock(
  clock: ComplaintClock,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintClock {
  const { runsIn } = clockRules[clock.kind];
  const pausedAt = clock.pauses.at(-1)?.pausedAt ?? at;
  const after = (millis: number): Date => afterMillisOfTime(runsIn, at, millis, environment);
  const { warnAt, warnedAt } = clock;
  return {
    ...withoutPause(clock, at),
    dueAt: after(clock.leftMillis ?? 0),
    warnAt: warnAt && !warnedAt ? after(millisOfTime(runsIn, pausedAt, warnAt, environment)) : warnAt,
  };
}

/** The duty with its pause over, and nothing put off. */
function withoutPause(clock: ComplaintClock, at: Date): ComplaintClock {
  if (!isPaused(clock)) return clock;
  const pauses = clock.pauses.map((pause) =>
    pause.resumedAt === null ? { ...pause, resumedAt: at } : pause,
  );
  return { ...clock, pauses, leftMillis: null };
}

/** Changes those duties that it concerns, and tells of each. */
export function markClocks(
  { state, facts }: Step,
  concerns: (clock: ComplaintClock) => boolean,
  mark: (clock: ComplaintClock) => { readonly clock: ComplaintClock; readonly fact: ComplaintFact },
): Step {
  if (!state.clocks.some(concerns)) return { state, facts };
  const told: ComplaintFact[] = [];
  const clocks = state.clocks.map((clock) => {
    if (!concerns(clock)) return clock;
    const marked = mark(clock);
    told.push(marked.fact);
    return marked.clock;
  });
  return { state: { ...state, clocks }, facts: [...facts, ...told] };
}

/** What every fact about a duty tells of it and of its case. */
export function clockBody(state: ComplaintState, clock: ComplaintClock) {
  const { causeClass, severity, responsibleDepartment, handlerId } = state;
  const { kind, sequence, forSeverity, startedAt, dueAt } = clock;
  const who = { causeClass, severity, responsibleDepartment, handlerId };
  return { clock: kind, sequence, forSeverity, startedAt, dueAt, ...who };
}
