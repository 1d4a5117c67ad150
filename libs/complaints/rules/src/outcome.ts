import { accept, isBlank, refuse } from '@anju/kernel';
import { ageAgain } from './ageing';
import { keepCallback } from './callbacks';
import { classDuties } from './class-duties';
import { clockRules } from './clock-rules';
import { lapseClocks, meetClocks, outstandingClocks, startClock, type Step } from './clocks';
import { specialReportParts, type ComplaintState, type NewDemand } from './complaint';
import type {
  ComplaintChannel,
  LinkedCase,
  Reopening,
  ReturnVisit,
  SpecialReportPart,
  TellingChannel,
} from './complaint';
import { factOf, type ComplaintFact } from './facts';
import type { ComplaintEnvironment } from './policy';
import { owesReply, startReplyDuties } from './reply-duties';
import { noteAge, recomputeSeverity } from './severity-of-complaint';
import { notAdmitted, statusAfter, type ComplaintDecision } from './transitions';

/**
 * Reading: satisfaction is given from 1 to 5 everywhere. The scale is a word between services and years (appraisal has
 * its own thresholds on it, metrics and reports means), not a number that a project sets; what is dissatisfied is one.
 */
const lowestSatisfaction = 1;
const highestSatisfaction = 5;

export interface ResolveComplaint {
  readonly by: string;
  readonly result: string;
}

/**
 * Records the result (CMP-12). From now the return visit is timed, and for a hot or major case the special
 * report (CMP-11).
 */
export function resolveComplaint(
  state: ComplaintState,
  command: ResolveComplaint,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'COMPLAINT_RESULT_MISSING' | 'COMPLAINT_HANDLER_MISSING'> {
  const refusal = notAdmitted(state, 'resolveComplaint', command.by);
  if (refusal) return refusal;
  const { by, result } = command;
  if (isBlank(result)) return refuse('COMPLAINT_RESULT_MISSING', {});
  if (state.handlerId === null) {
    return refuse('COMPLAINT_HANDLER_MISSING', { responsibleDepartment: state.responsibleDepartment });
  }
  // Resolved at the very moment at which a week or a month is over is not resolved within it.
  const aged = recomputeSeverity({ state: noteAge(state, at), facts: [] }, at, environment);
  const resolved: ComplaintState = {
    ...aged.state,
    status: statusAfter(state, 'resolveComplaint'),
    resolvedAt: at,
    resolutions: [...state.resolutions, { at, by, result }],
  };
  const { severity } = resolved;
  const visit = startClock({ state: resolved, facts: [] }, 'RETURN_VISIT', at, environment);
  const report =
    severity === 'GENERAL' ? { ...visit, dueAt: null } : startClock(visit, 'SPECIAL_REPORT', at, environment);
  const fact = factOf('ComplaintResolved', state, at, {
    by,
    receivedAt: state.receivedAt,
    causeClass: state.causeClass,
    severity,
    handlerId: state.handlerId,
    interactionIds: state.interactionIds,
    returnVisitDueAt: visit.dueAt,
    specialReportDueAt: report.dueAt,
  });
  return accept<ComplaintState, ComplaintFact>(report.state, ...aged.facts, fact, ...report.facts);
}

export interface RecordReturnVisit {
  readonly by: string;
  /** The member visited; null only when the case has no known customer. */
  readonly customerId: string | null;
  readonly channel: TellingChannel;
  /** 1 (worst) to 5. */
  readonly satisfaction: number;
  readonly remarks: string | null;
  readonly newDemand: NewDemand | null;
}

/**
 * Records a return visit (CMP-12). The first after a resolution meets its clock; others of a group may be
 * visited too. A dissatisfied customer reopens the case; a new demand asks for a linked one.
 */
export function recordReturnVisit(
  state: ComplaintState,
  command: RecordReturnVisit,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'SATISFACTION_OUT_OF_RANGE' | 'VISITED_CUSTOMER_NOT_IN_CASE' | 'NEW_DEMAND_INCOMPLETE'> {
  const refusal = notAdmitted(state, 'recordReturnVisit', command.by);
  if (refusal) return refusal;
  const { by, customerId, channel, satisfaction, remarks, newDemand } = command;
  if (
    !Number.isInteger(satisfaction) ||
    satisfaction < lowestSatisfaction ||
    satisfaction > highestSatisfaction
  ) {
    const range = { lowest: lowestSatisfaction, highest: highestSatisfaction };
    return refuse('SATISFACTION_OUT_OF_RANGE', { given: satisfaction, ...range });
  }
  const isMember = state.members.some((member) => member.customerId === customerId);
  const isAnonymous = customerId === null && state.members.length === 0;
  if (!isMember && !isAnonymous) return refuse('VISITED_CUSTOMER_NOT_IN_CASE', { customerId });
  if (newDemand) {
    const missing = (['content', 'topic'] as const).filter((part) => isBlank(newDemand[part]));
    if (missing.length > 0) return refuse('NEW_DEMAND_INCOMPLETE', { missing });
  }
  const dissatisfied = satisfaction <= environment.policy.dissatisfiedUpTo;
  const visit: ReturnVisit = { at, by, customerId, channel, satisfaction, remarks, newDemand };
  const linked: LinkedCase[] = newDemand ? [{ complaintId: newDemand.complaintId, relation: 'LED_TO' }] : [];
  const visited: ComplaintState = {
    ...state,
    returnVisits: [...state.returnVisits, visit],
    linkedCases: [...state.linkedCases, ...linked],
  };
  const facts: ComplaintFact[] = [
    factOf('ReturnVisitRecorded', state, at, {
      by,
      customerId,
      channel,
      satisfaction,
      dissatisfied,
      ledToComplaintId: newDemand?.complaintId ?? null,
      resolvedAt: state.resolvedAt ?? at,
      causeClass: state.causeClass,
      severity: state.severity,
      handlerId: state.handlerId,
    }),
  ];
  if (newDemand) {
    facts.push(
      factOf('LinkedCaseRequested', state, at, {
        by,
        linkedComplaintId: newDemand.complaintId,
        causeClass: newDemand.causeClass,
        topic: newDemand.topic,
        unitId: state.subject.unitId,
        buildingId: state.subject.buildingId,
        customerId,
      }),
    );
  }
  const met = keepCallback(meetClocks({ state: visited, facts }, 'RETURN_VISIT', at), channel, at);
  const done = dissatisfied
    ? reopen(
        met,
        { at, by, cause: 'DISSATISFIED_AT_RETURN_VISIT', reason: remarks, channel: null },
        environment,
      )
    : met;
  return accept(done.state, ...done.facts);
}

export interface SubmitSpecialReport extends Readonly<Record<SpecialReportPart, string>> {
  readonly by: string;
}

/** Submits the special report on the resolution of a hot or major case; all six parts or none (CMP-11). */
export function submitSpecialReport(
  state: ComplaintState,
  command: SubmitSpecialReport,
  at: Date,
  { policy }: ComplaintEnvironment,
): ComplaintDecision<
  'SPECIAL_REPORT_NOT_REQUIRED' | 'SPECIAL_REPORT_ALREADY_SUBMITTED' | 'SPECIAL_REPORT_INCOMPLETE'
> {
  const refusal = notAdmitted(state, 'submitSpecialReport', command.by);
  if (refusal) return refusal;
  const { severity } = state;
  if (outstandingClocks(state, 'SPECIAL_REPORT').length === 0) {
    const last = state.specialReports.at(-1);
    return severity === 'GENERAL' || !last
      ? refuse('SPECIAL_REPORT_NOT_REQUIRED', { severity })
      : refuse('SPECIAL_REPORT_ALREADY_SUBMITTED', { submittedAt: last.submittedAt });
  }
  const missing = specialReportParts.filter((part) => isBlank(command[part]));
  if (missing.length > 0) return refuse('SPECIAL_REPORT_INCOMPLETE', { missing });
  const { by, content, cause, process, result, lessons, correctiveActions } = command;
  const sentTo = policy.reportRecipients;
  const parts = { content, cause, process, result, lessons, correctiveActions };
  const sequence = state.specialReports.length + 1;
  const first = { version: 1, revisedBecause: null };
  const report = { sequence, ...first, submittedAt: at, by, ...parts, sentTo };
  const fact = factOf('SpecialReportSubmitted', state, at, { by, severity, sentTo });
  const met = meetClocks(
    { state: { ...state, specialReports: [...state.specialReports, report] }, facts: [fact] },
    'SPECIAL_REPORT',
    at,
  );
  return accept(met.state, ...met.facts);
}

export interface ReopenComplaint {
  readonly by: string;
  readonly reason: string;
  /** How the customer complained again; null where nobody says. */
  readonly channel: ComplaintChannel | null;
}

/** The customer complains again after handling, also after closing: a second complaint (CMP-02, 12). */
export function reopenComplaint(
  state: ComplaintState,
  command: ReopenComplaint,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'COMPLAINT_REASON_MISSING'> {
  const refusal = notAdmitted(state, 'reopenComplaint', command.by);
  if (refusal) return refusal;
  const { by, reason, channel } = command;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'reopenComplaint' });
  const again: Reopening = { at, by, cause: 'COMPLAINED_AGAIN', reason, channel };
  const done = reopen({ state, facts: [] }, again, environment);
  return accept(done.state, ...done.facts);
}

export interface CloseComplaint {
  readonly by: string;
}

/**
 * Closes a resolved case once everything it owes is done: its duties with a due time (CMP-12), and those of its cause
 * class (CMP-09). Names all that is missing at once. Reading: a result is recorded when it is there, so that no paper
 * that is missing keeps a case unresolved; it keeps the case open.
 */
export function closeComplaint(
  state: ComplaintState,
  command: CloseComplaint,
  at: Date,
  { policy }: ComplaintEnvironment,
): ComplaintDecision<'COMPLAINT_CLOSING_INCOMPLETE'> {
  const refusal = notAdmitted(state, 'closeComplaint', command.by);
  if (refusal) return refusal;
  const owed = outstandingClocks(state);
  const missing = owed
    .filter((clock) => clockRules[clock.kind].holdsClosing)
    .map((clock) => ({ clock: clock.kind, dueAt: clock.dueAt }));
  const missingByClass = classDuties(state, policy).filter(({ isDone }) => !isDone);
  if (missing.length + missingByClass.length > 0) {
    return refuse('COMPLAINT_CLOSING_INCOMPLETE', { missing, missingByClass });
  }
  const { by } = command;
  const fallsAway = owed.map((clock) => clock.kind);
  return accept(
    {
      ...lapseClocks(state, fallsAway, at),
      status: statusAfter(state, 'closeComplaint'),
      closings: [...state.closings, { at, by }],
      closedAt: at,
    },
    factOf('ComplaintClosed', state, at, {
      by,
      receivedAt: state.receivedAt,
      causeClass: state.causeClass,
      severity: state.severity,
      interactionIds: state.interactionIds,
    }),
  );
}

/**
 * Back to handling. What was owed for the resolution that did not hold falls away, demand forms do not; a
 * second complaint is a complaint, so it gets a response within the time of one (CMP-05), and where it comes on the web,
 * or the case is answered by approved replies already, a reply and measures within the time of those (CMP-07).
 */
function reopen({ state, facts }: Step, reopening: Reopening, environment: ComplaintEnvironment): Step {
  const { at, by, cause, channel } = reopening;
  const reopened: ComplaintState = {
    ...lapseClocks(state, ['RETURN_VISIT', 'SPECIAL_REPORT'], at),
    status: statusAfter(state, 'reopenComplaint'),
    resolvedAt: null,
    closedAt: null,
    reopenings: [...state.reopenings, reopening],
  };
  const response = startClock({ state: reopened, facts: [] }, 'RESPONSE', at, environment);
  const isOnTheWeb = channel !== null && owesReply(channel, environment.policy);
  const owing =
    state.answersNeedApproval || isOnTheWeb
      ? startReplyDuties(response, at, at, environment, 'A_SECOND')
      : response;
  const fact = factOf('ComplaintReopened', state, at, {
    by,
    cause,
    channel,
    secondComplaintCount: reopened.reopenings.length,
    responseDueAt: response.dueAt,
    answersNeedApproval: owing.state.answersNeedApproval,
  });
  const told = [...facts, fact, ...owing.facts];
  const aged = ageAgain(noteAge(owing.state, at), at);
  return recomputeSeverity({ state: aged, facts: told }, at, environment);
}
