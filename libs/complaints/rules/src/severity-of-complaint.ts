import { lapseClocks, outstandingClocks, startClock, type Step } from './clocks';
import { groupSize, isOver, isUnresolved, type ComplaintState } from './complaint';
import { factOf } from './facts';
import type { ComplaintEnvironment, ComplaintPolicy } from './policy';
import {
  compareSeverity,
  computeSeverity,
  moreSevere,
  type ComputedSeverity,
  type Severity,
} from './severity';

/** The severity of a case by what is known about it, with the reasons (CMP-02). */
export function severityOf(
  state: Pick<ComplaintState, 'facts' | 'members' | 'reopenings' | 'ageing' | 'raises'>,
  policy: ComplaintPolicy,
): ComputedSeverity {
  return computeSeverity(
    {
      reported: state.facts.map((known) => known.fact),
      groupSize: groupSize(state),
      secondComplaintCount: state.reopenings.length,
      unresolvedForAWeek: state.ageing.wasUnresolvedForAWeekAt !== null,
      unresolvedForAMonth: state.ageing.wasUnresolvedForAMonthAt !== null,
      raisedTo: state.raises.map((raise) => raise.to).reduce<Severity>(moreSevere, 'GENERAL'),
    },
    policy,
  );
}

/**
 * Notes that the case is unresolved at `at` although a week, or a month, has passed since its receipt. A
 * reopened case counts from its first receipt: what came back was not effectively resolved.
 */
export function noteAge(state: ComplaintState, at: Date): ComplaintState {
  if (!isUnresolved(state.status)) return state;
  const { ageing } = state;
  const reachesWeek = ageing.wasUnresolvedForAWeekAt === null && ageing.becomesHotAt <= at;
  const reachesMonth = ageing.wasUnresolvedForAMonthAt === null && ageing.becomesMajorAt <= at;
  if (!reachesWeek && !reachesMonth) return state;
  return {
    ...state,
    ageing: {
      ...ageing,
      wasUnresolvedForAWeekAt: reachesWeek ? at : ageing.wasUnresolvedForAWeekAt,
      wasUnresolvedForAMonthAt: reachesMonth ? at : ageing.wasUnresolvedForAMonthAt,
    },
  };
}

/**
 * Gives the case the severity that its facts now ask for, with the duties that follow (CMP-11): one demand
 * form per rise, and a special report when it was resolved already. It falls only when the group
 * becomes smaller, as two members are one customer or some get a case of their own; what was owed lapses when it
 * falls to general. A form that is still owed for the severity to which it rises again is that form, due when it was:
 * it shows the case as it stands when it is filed. A case that is over keeps its severity.
 */
export function recomputeSeverity(step: Step, at: Date, environment: ComplaintEnvironment): Step {
  const { state } = step;
  const { severity, reasons } = severityOf(state, environment.policy);
  if (severity === state.severity || isOver(state.status)) return step;
  let next: Step = { state: { ...state, severity }, facts: [] };
  let demandFormDueAt: Date | null = null;
  let specialReportDueAt: Date | null = null;
  if (severity === 'GENERAL') {
    next = { ...next, state: lapseClocks(next.state, ['DEMAND_FORM', 'SPECIAL_REPORT'], at) };
  } else if (compareSeverity(severity, state.severity) > 0) {
    const owed = outstandingClocks(state, 'DEMAND_FORM').find((clock) => clock.forSeverity === severity);
    const form = owed
      ? { ...next, dueAt: owed.dueAt }
      : startClock(next, 'DEMAND_FORM', at, environment, { forSeverity: severity });
    next = { state: form.state, facts: form.facts };
    demandFormDueAt = form.dueAt;
    if (owesSpecialReport(next.state)) {
      const report = startClock(next, 'SPECIAL_REPORT', at, environment);
      next = report;
      specialReportDueAt = report.dueAt;
    }
  }
  const changed = factOf('ComplaintSeverityChanged', state, at, {
    from: state.severity,
    to: severity,
    reasons,
    demandFormDueAt,
    specialReportDueAt,
  });
  return { state: next.state, facts: [...step.facts, changed, ...next.facts] };
}

/**
 * Whether a case that has just risen is resolved and nobody has been asked for its report. A case resolved
 * for the second time is hot at least, and was asked at its resolution.
 */
function owesSpecialReport(state: ComplaintState): boolean {
  const isAsked = state.clocks.some((clock) => clock.kind === 'SPECIAL_REPORT' && clock.lapsedAt === null);
  return state.status === 'RESOLVED' && !isAsked;
}
