import { addCalendarMonth, addDays } from '@anju/kernel';
import { warningBefore } from './clock-rules';
import { isUnresolved, type ComplaintAgeing, type ComplaintState } from './complaint';
import { factOf } from './facts';
import { ageingKinds, type AgeingKind, type ComplaintEnvironment } from './policy';
import type { RaisedSeverity } from './severity';
import type { Step } from './clocks';

/** What an age makes of a case, and where the case keeps it. */
export const ageingRules = {
  BECOMES_HOT: {
    becomes: 'HOT',
    dueAt: 'becomesHotAt',
    warnAt: 'hotWarnAt',
    warnedAt: 'warnedOfHotAt',
    reachedAt: 'wasUnresolvedForAWeekAt',
    /** CMP-03: so many days of 24 hours after receipt. */
    after: (receivedAt: Date, { policy }: ComplaintEnvironment): Date =>
      addDays(receivedAt, policy.hotAfterDays),
  },
  BECOMES_MAJOR: {
    becomes: 'MAJOR',
    dueAt: 'becomesMajorAt',
    warnAt: 'majorWarnAt',
    warnedAt: 'warnedOfMajorAt',
    reachedAt: 'wasUnresolvedForAMonthAt',
    /** CMP-03: so many months of the project's calendar after receipt. */
    after: (receivedAt: Date, { policy, calendars }: ComplaintEnvironment): Date =>
      addCalendarMonth(receivedAt, policy.majorAfterMonths, calendars.office.timeZone),
  },
} as const satisfies Record<AgeingKind, AgeingRule>;

interface AgeingRule {
  readonly becomes: RaisedSeverity;
  readonly dueAt: keyof ComplaintAgeing;
  readonly warnAt: keyof ComplaintAgeing;
  readonly warnedAt: keyof ComplaintAgeing;
  readonly reachedAt: keyof ComplaintAgeing;
  readonly after: (receivedAt: Date, environment: ComplaintEnvironment) => Date;
}

/** When an unresolved case grows more severe by its age alone, and is warned of it (CMP-03). */
export function ageingFrom(receivedAt: Date, environment: ComplaintEnvironment): ComplaintAgeing {
  const becomesHotAt = ageingRules.BECOMES_HOT.after(receivedAt, environment);
  const becomesMajorAt = ageingRules.BECOMES_MAJOR.after(receivedAt, environment);
  return {
    countsFromAt: receivedAt,
    becomesHotAt,
    becomesMajorAt,
    hotWarnAt: ageingWarning('BECOMES_HOT', receivedAt, becomesHotAt, environment),
    majorWarnAt: ageingWarning('BECOMES_MAJOR', receivedAt, becomesMajorAt, environment),
    warnedOfHotAt: null,
    warnedOfMajorAt: null,
    wasUnresolvedForAWeekAt: null,
    wasUnresolvedForAMonthAt: null,
    policyVersion: environment.policyVersion,
    calendarVersion: environment.calendarVersion,
  };
}

/** When to warn that a case will be that old. */
export function ageingWarning(
  kind: AgeingKind,
  startedAt: Date,
  dueAt: Date,
  environment: ComplaintEnvironment,
): Date | null {
  const hours = environment.policy.warningHours[kind];
  return warningBefore('ELAPSED', { startedAt, dueAt, hours }, environment);
}

/** Whether the case is still to grow that old. */
export function isAgeing({ ageing, status }: ComplaintState, kind: AgeingKind): boolean {
  return isUnresolved(status) && ageing[ageingRules[kind].reachedAt] === null;
}

/**
 * The case as its age counts again from `at`: a warning that would have come while it did not count comes now, before
 * what it warns of.
 */
export function ageAgain(state: ComplaintState, at: Date): ComplaintState {
  const ageing = ageingKinds.reduce((known, kind) => {
    const { warnAt, warnedAt } = ageingRules[kind];
    const instant = known[warnAt];
    const isLate = isAgeing(state, kind) && instant !== null && instant < at && known[warnedAt] === null;
    return isLate ? { ...known, [warnAt]: at } : known;
  }, state.ageing);
  return ageing === state.ageing ? state : { ...state, ageing };
}

/** The warning of an age is given, once, unless the case is resolved or that old already. */
export function warnOfAge(step: Step, kind: AgeingKind, warnAt: Date): Step {
  const { state, facts } = step;
  const rule = ageingRules[kind];
  if (!isAgeing(state, kind) || state.ageing[rule.warnedAt] !== null) return step;
  const { severity, responsibleDepartment, handlerId } = state;
  const fact = factOf('ComplaintAgeingWarned', state, warnAt, {
    becomes: rule.becomes,
    dueAt: state.ageing[rule.dueAt],
    ...{ severity, responsibleDepartment, handlerId },
  });
  return {
    state: { ...state, ageing: { ...state.ageing, [rule.warnedAt]: warnAt } },
    facts: [...facts, fact],
  };
}
