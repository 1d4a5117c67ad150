import { accept, type Accepted } from '@anju/kernel';
import { ageingRules, ageingWarning, isAgeing } from './ageing';
import { afterMillisOfTime, clockRules, millisOfTime, warningBefore } from './clock-rules';
import { clockStatus, type Step } from './clocks';
import type { ComplaintAgeing, ComplaintClock, ComplaintState } from './complaint';
import { factOf, type ClockChange, type ComplaintFact } from './facts';
import { ageingKinds, type AgeingKind, type ComplaintEnvironment } from './policy';

/**
 * What is still to fall due, as another policy or calendar has it: each running or paused duty from its start
 * on, its pauses taken out, and the ages of an unresolved case. What would be due in the past is due now: it is
 * missed at `at`, not before. What was met, missed or given up stays as it was, and so does the version with which
 * a due time was computed that is still the same. Done again with the same policy and calendar, it changes nothing.
 */
export function recomputeClocks(
  state: ComplaintState,
  environment: ComplaintEnvironment,
  at: Date,
): Accepted<ComplaintState, ComplaintFact> {
  const changes: ClockChange[] = [];
  let isChanged = false;
  const clocks = state.clocks.map((clock) => {
    const now = recomputed(clock, environment, at);
    isChanged ||= now !== clock;
    if (+now.dueAt !== +clock.dueAt) changes.push(changeOf(clock, now));
    return now;
  });
  const ageing = ageingKinds.reduce<ComplaintAgeing>((aged, kind) => {
    const now = recomputedAge(state, aged, kind, environment, at);
    const { dueAt } = ageingRules[kind];
    if (+now[dueAt] !== +aged[dueAt]) changes.push(changeOfAge(kind, state.ageing, now));
    return now;
  }, state.ageing);
  isChanged ||= ageing !== state.ageing;
  if (!isChanged) return accept(state);
  const step: Step = { state: { ...state, clocks, ageing }, facts: [] };
  if (changes.length === 0) return accept(step.state);
  const { policyVersion, calendarVersion } = environment;
  const fact = factOf('ComplaintClocksRecomputed', state, at, { policyVersion, calendarVersion, changes });
  return accept<ComplaintState, ComplaintFact>(step.state, fact);
}

function recomputed(clock: ComplaintClock, environment: ComplaintEnvironment, at: Date): ComplaintClock {
  const status = clockStatus(clock);
  if (status !== 'RUNNING' && status !== 'PAUSED') return clock;
  const { runsIn } = clockRules[clock.kind];
  // A paused duty cannot have been due before it was paused; a running one not before now.
  const earliest = clock.pauses.find((pause) => pause.resumedAt === null)?.pausedAt ?? at;
  const dueAt = notBefore(earliest, dueByRule(clock, environment), clock.dueAt);
  const warnAt = warningOf(clock, dueAt, environment, earliest);
  const leftMillis = status === 'PAUSED' ? millisOfTime(runsIn, earliest, dueAt, environment) : null;
  const isSame =
    +dueAt === +clock.dueAt && +(warnAt ?? 0) === +(clock.warnAt ?? 0) && leftMillis === clock.leftMillis;
  const { policyVersion, calendarVersion } = environment;
  return isSame ? clock : { ...clock, dueAt, warnAt, leftMillis, policyVersion, calendarVersion };
}

/** When a duty would be due that began when it did and stood still when it did. */
function dueByRule(clock: ComplaintClock, environment: ComplaintEnvironment): Date {
  const { runsIn, dueAt: byRule } = clockRules[clock.kind];
  const first = clock.setDueAt ?? byRule?.(clock.startedAt, environment) ?? clock.dueAt;
  return clock.pauses.reduce((dueAt, { pausedAt, resumedAt }) => {
    if (resumedAt === null) return dueAt;
    const left = millisOfTime(runsIn, pausedAt, dueAt, environment);
    return afterMillisOfTime(runsIn, resumedAt, left, environment);
  }, first);
}

/** What was warned of stays so; a warning that would be in the past comes now. */
function warningOf(
  clock: ComplaintClock,
  dueAt: Date,
  environment: ComplaintEnvironment,
  earliest: Date,
): Date | null {
  if (clock.warnedAt) return clock.warnAt;
  const { runsIn } = clockRules[clock.kind];
  const hours = environment.policy.warningHours[clock.kind];
  const startedAt = clock.pauses.findLast((pause) => pause.resumedAt !== null)?.resumedAt ?? clock.startedAt;
  const warnAt = warningBefore(runsIn, { startedAt, dueAt, hours }, environment);
  return warnAt && before(dueAt, notBefore(earliest, warnAt, clock.warnAt));
}

/** A warning that would come no earlier than what it warns of is none. */
function before(dueAt: Date, warnAt: Date): Date | null {
  return warnAt < dueAt ? warnAt : null;
}

/** @param was what has passed already is left as it is */
function notBefore(earliest: Date, due: Date, was: Date | null): Date {
  if (due >= earliest) return due;
  return was && was <= earliest ? was : earliest;
}

function recomputedAge(
  state: ComplaintState,
  ageing: ComplaintAgeing,
  kind: AgeingKind,
  environment: ComplaintEnvironment,
  at: Date,
): ComplaintAgeing {
  const rule = ageingRules[kind];
  if (ageing[rule.reachedAt] !== null) return ageing;
  const byRule = rule.after(ageing.countsFromAt, environment);
  const isRunning = isAgeing(state, kind);
  // While it is resolved it does not age; taken up again, it counts from its receipt.
  const dueAt = isRunning ? notBefore(at, byRule, ageing[rule.dueAt]) : byRule;
  const planned = ageingWarning(kind, ageing.countsFromAt, dueAt, environment);
  const wasWarned = ageing[rule.warnedAt] !== null;
  const coming = isRunning && planned ? before(dueAt, notBefore(at, planned, ageing[rule.warnAt])) : planned;
  const warnAt = wasWarned ? ageing[rule.warnAt] : coming;
  const isSame = +dueAt === +ageing[rule.dueAt] && +(warnAt ?? 0) === +(ageing[rule.warnAt] ?? 0);
  const { policyVersion, calendarVersion } = environment;
  return isSame
    ? ageing
    : { ...ageing, [rule.dueAt]: dueAt, [rule.warnAt]: warnAt, policyVersion, calendarVersion };
}

function changeOf(from: ComplaintClock, to: ComplaintClock): ClockChange {
  return {
    clock: from.kind,
    sequence: from.sequence,
    fromDueAt: from.dueAt,
    toDueAt: to.dueAt,
    fromPolicyVersion: from.policyVersion,
    fromCalendarVersion: from.calendarVersion,
  };
}

function changeOfAge(kind: AgeingKind, from: ComplaintAgeing, to: ComplaintAgeing): ClockChange {
  const { dueAt } = ageingRules[kind];
  return {
    clock: kind,
    sequence: null,
    fromDueAt: from[dueAt],
    toDueAt: to[dueAt],
    fromPolicyVersion: from.policyVersion,
    fromCalendarVersion: from.calendarVersion,
  };
}
