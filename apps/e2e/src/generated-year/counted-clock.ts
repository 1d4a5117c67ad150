import { day, hour, type RunningTime } from './naive-calendar';
import type { Surroundings } from './year-world';

/** A timed duty as counted by hand. */
export interface CountedClock {
  readonly kind: string;
  readonly startedAt: number;
  /** The date that the quality centre has set (CMP-10). */
  readonly setDueAt: number | null;
  /** As grave as the case became, where a form was asked for by that (CMP-11). */
  askedFor: string | null;
  dueAt: number;
  warnAt: number | null;
  warnedAt: number | null;
  /** Each from when to when; the last one can go on. */
  readonly pauses: { readonly from: number; to: number | null }[];
  /** Of its own time, while it stands still. */
  left: number | null;
  policyVersion: number;
  calendarVersion: number;
  /** Who has to act, where that can change: the one who has the reply. */
  waitsFor: string;
  /** Due where it was only because it would have been due before that moment. */
  isPutOff: boolean;
  metAt: number | null;
  missedAt: number | null;
  lapsedAt: number | null;
  /** As the case was when it was told that the duty was kept or missed; null: it was told of another case. */
  told: { readonly severity: string; readonly causeClass: string } | null;
}

type Allowance = (startedAt: number, surroundings: Surroundings) => number;

/** In which time each duty runs, and how much of it there is. */
const duties: Readonly<Record<string, { readonly time: RunningTime; readonly allowed: Allowance }>> = {
  // CMP-05, CMP-11, CMP-10
  RESPONSE: workingDays(({ policy }) => policy.responseWorkingDays),
  DEMAND_FORM: workingDays(({ policy }) => policy.demandFormWorkingDays),
  COMPANY_MEASURES: workingDays(({ policy }) => policy.companyMeasuresWorkingDays),
  // CMP-07
  REPLY: { time: 'DESK', allowed: (_, { policy }) => policy.replyDeskHours * hour },
  MEASURES: {
    time: 'DESK',
    allowed: (at, { calendar }) => calendar.between('DESK', at, calendar.deskClosingAfter(at)),
  },
  // CMP-06, CMP-12, CMP-11
  CALLBACK: { time: 'ALWAYS', allowed: (_, { policy }) => policy.callbackHours * hour },
  RETURN_VISIT: { time: 'ALWAYS', allowed: (_, { policy }) => policy.returnVisitDays * day },
  SPECIAL_REPORT: { time: 'ALWAYS', allowed: (_, { policy }) => policy.specialReportDays * day },
};

function workingDays(count: (surroundings: Surroundings) => number) {
  const allowed: Allowance = (_, surroundings) => count(surroundings) * surroundings.calendar.workingDay;
  return { time: 'OFFICE' as const, allowed };
}

export function timeOf(kind: string): RunningTime {
  return duties[kind]?.time ?? 'ALWAYS';
}

/** Undone, in time or late. */
export function isOwed({ metAt, lapsedAt }: CountedClock): boolean {
  return metAt === null && lapsedAt === null;
}

export function isPaused({ pauses }: CountedClock): boolean {
  return pauses.at(-1)?.to === null;
}

/** Undone, not missed yet, and not standing still. */
export function isRunning(clock: CountedClock): boolean {
  return isOwed(clock) && clock.missedAt === null && !isPaused(clock);
}

/** A duty that arises. */
export function startedClock(
  kind: string,
  startedAt: number,
  surroundings: Surroundings,
  setDueAt: number | null,
): CountedClock {
  const { policyVersion, calendarVersion } = surroundings;
  const none = {
    left: null,
    warnAt: null,
    warnedAt: null,
    metAt: null,
    missedAt: null,
    lapsedAt: null,
    told: null,
  };
  const clock: CountedClock = {
    ...{ kind, startedAt, setDueAt, dueAt: 0, pauses: [], policyVersion, calendarVersion, ...none },
    ...{ isPutOff: false, waitsFor: 'HANDLER', askedFor: null },
  };
  clock.dueAt = runOut(clock, surroundings);
  clock.warnAt = warningOf(clock, surroundings);
  return clock;
}

/** When what is allowed has run out, whatever time it stood still left out. A pause that goes on is not known of. */
function runOut({ kind, startedAt, setDueAt, pauses }: CountedClock, surroundings: Surroundings): number {
  const { calendar } = surroundings;
  const time = timeOf(kind);
  let left = setDueAt === null ? duties[kind]!.allowed(startedAt, surroundings) : setDueAt - startedAt;
  let from = startedAt;
  for (const pause of pauses) {
    if (pause.to === null) break;
    const ran = calendar.between(time, from, pause.from);
    if (ran >= left) return calendar.after(time, from, left);
    left -= ran;
    from = pause.to;
  }
  return calendar.after(time, from, left);
}

/** So many hours of its own time before; none that would come before it last began to run. */
function warningOf(clock: CountedClock, { policy, calendar }: Surroundings): number | null {
  const time = timeOf(clock.kind);
  const hours = policy.warningHours[clock.kind]!;
  const from = clock.pauses.findLast(({ to }) => to !== null)?.to ?? clock.startedAt;
  const until = calendar.between(time, from, clock.dueAt) - hours * hour;
  return hours > 0 && until > 0 ? calendar.after(time, from, until) : null;
}

/** From now on the customer is waited for. */
export function pause(clock: CountedClock, at: number, { calendar }: Surroundings): void {
  clock.pauses.push({ from: at, to: null });
  clock.left = calendar.between(timeOf(clock.kind), at, clock.dueAt);
}

/** The pause is over, and puts nothing off: the duty is done, or has fallen away. */
export function endPause(clock: CountedClock, at: number): void {
  const last = clock.pauses.at(-1);
  if (last?.to === null) last.to = at;
  clock.left = null;
}

/** What was left of its own time when it stood still begins now, and what was left to the warning, too. */
export function resume(clock: CountedClock, at: number, { calendar }: Surroundings): void {
  const time = timeOf(clock.kind);
  const { from } = clock.pauses.at(-1)!;
  const later = (instant: number): number => calendar.after(time, at, calendar.between(time, from, instant));
  // Where another rule has left nothing of it, it is due at once, whatever the hour.
  if (calendar.between(time, from, clock.dueAt) === 0) clock.isPutOff = true;
  clock.dueAt = later(clock.dueAt);
  if (clock.warnAt !== null && clock.warnedAt === null) clock.warnAt = later(clock.warnAt);
  endPause(clock, at);
}

/**
 * Another policy or calendar holds: the duty is due when it would always have been by it, but never before now, and
 * one that stands still not before it came to stand still.
 * @returns whether anything became different, and whether the due time did
 */
export function recompute(
  clock: CountedClock,
  at: number,
  surroundings: Surroundings,
): 'NOTHING' | 'SOMETHING' | 'DUE' {
  if (!isOwed(clock) || clock.missedAt !== null) return 'NOTHING';
  const { dueAt, warnAt, left } = clock;
  const standsSince = isPaused(clock) ? clock.pauses.at(-1)!.from : null;
  const earliest = standsSince ?? at;
  const byRule = runOut(clock, surroundings);
  clock.dueAt = Math.max(byRule, earliest);
  if (clock.warnedAt === null) {
    const warning = warningOf(clock, surroundings);
    clock.warnAt = warning === null ? null : Math.max(warning, earliest);
    // One that would not come before what it warns of is none.
    if (clock.warnAt !== null && clock.warnAt >= clock.dueAt) clock.warnAt = null;
  }
  if (standsSince !== null) {
    clock.left = surroundings.calendar.between(timeOf(clock.kind), standsSince, clock.dueAt);
  }
  if (clock.dueAt === dueAt && clock.warnAt === warnAt && clock.left === left) return 'NOTHING';
  clock.isPutOff = byRule < earliest;
  clock.policyVersion = surroundings.policyVersion;
  clock.calendarVersion = surroundings.calendarVersion;
  return clock.dueAt === dueAt ? 'SOMETHING' : 'DUE';
}
