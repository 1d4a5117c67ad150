import { accept, isBlank, refuse } from '@anju/kernel';
import type { Step } from './clocks';
import type { ComplaintState } from './complaint';
import { factOf } from './facts';
import { openHandOver, withdrawHandOver } from './hand-over';
import { unique } from './plain';
import type { ComplaintEnvironment } from './policy';
import { compareSeverity, type RaisedSeverity, type ReportableFact } from './severity';
import { recomputeSeverity } from './severity-of-complaint';
import { notAdmitted, type ComplaintDecision } from './transitions';

export interface AddComplaintFacts {
  readonly by: string;
  readonly facts: readonly ReportableFact[];
  readonly note: string | null;
}

/** Adds what has become known; severity follows at once (CMP-02). What is known already is left as it is. */
export function addComplaintFacts(
  state: ComplaintState,
  command: AddComplaintFacts,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'COMPLAINT_FACTS_ALREADY_KNOWN'> {
  const refusal = notAdmitted(state, 'addComplaintFacts', command.by);
  if (refusal) return refusal;
  const { by, note } = command;
  const known = state.facts.map(({ fact }) => fact);
  const facts = unique(command.facts).filter((fact) => !known.includes(fact));
  if (facts.length === 0) return refuse('COMPLAINT_FACTS_ALREADY_KNOWN', { knownFacts: command.facts });
  const added = {
    ...state,
    facts: [...state.facts, ...facts.map((fact) => ({ fact, knownAt: at, by, note }))],
  };
  const fact = factOf('ComplaintFactsAdded', state, at, { by, facts });
  const done = recomputeSeverity({ state: added, facts: [fact] }, at, environment);
  return accept(done.state, ...done.facts);
}

export interface RaiseComplaintSeverity {
  readonly by: string;
  readonly to: RaisedSeverity;
  readonly reason: string;
}

/** Raises the severity above what it is, with a reason; nobody can lower it (CMP-02). */
export function raiseComplaintSeverity(
  state: ComplaintState,
  command: RaiseComplaintSeverity,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'COMPLAINT_REASON_MISSING' | 'SEVERITY_NOT_HIGHER'> {
  const refusal = notAdmitted(state, 'raiseComplaintSeverity', command.by);
  if (refusal) return refusal;
  const { by, to, reason } = command;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'raiseComplaintSeverity' });
  if (compareSeverity(to, state.severity) <= 0) {
    return refuse('SEVERITY_NOT_HIGHER', { severity: state.severity, asked: to });
  }
  const raised = { ...state, raises: [...state.raises, { to, reason, at, by }] };
  const done = recomputeSeverity({ state: raised, facts: [] }, at, environment);
  return accept(done.state, ...done.facts);
}

export interface NameComplaintStaff {
  readonly by: string;
  readonly staffIds: readonly string[];
}

/** Notes the employees whom the complaint names; what they have of the case they give back (CMP-15). */
export function nameComplaintStaff(
  state: ComplaintState,
  command: NameComplaintStaff,
  at: Date,
): ComplaintDecision<'COMPLAINT_STAFF_ALREADY_NAMED'> {
  const refusal = notAdmitted(state, 'nameComplaintStaff', command.by);
  if (refusal) return refusal;
  const { by } = command;
  const staffIds = unique(command.staffIds).filter((staffId) => !state.namedStaffIds.includes(staffId));
  if (staffIds.length === 0) return refuse('COMPLAINT_STAFF_ALREADY_NAMED', { staffIds: command.staffIds });
  const named = { ...state, namedStaffIds: [...state.namedStaffIds, ...staffIds] };
  const fact = factOf('ComplaintStaffNamed', state, at, { by, staffIds });
  const done = withoutNamedStaff({ state: named, facts: [fact] }, by, at);
  return accept(done.state, ...done.facts);
}

/** Nobody whom the complaint names is or becomes its handler or its coordinator (CMP-15). */
export function withoutNamedStaff({ state, facts }: Step, by: string, at: Date): Step {
  const { namedStaffIds, handlerId, coordinatorId, responsibleDepartment } = state;
  const isNamed = (staffId: string | null): boolean => staffId !== null && namedStaffIds.includes(staffId);
  const offered = openHandOver(state);
  let next = offered && isNamed(offered.toHandlerId) ? withdrawHandOver(state, by, at) : state;
  if (isNamed(coordinatorId)) next = { ...next, coordinatorId: null };
  if (!isNamed(handlerId)) return { state: next, facts };
  const withdrawn = factOf('ComplaintAssigned', state, at, {
    by,
    responsibleDepartment,
    handlerId: null,
    previousDepartment: responsibleDepartment,
    previousHandlerId: handlerId,
  });
  return { state: { ...withdrawHandOver(next, by, at), handlerId: null }, facts: [...facts, withdrawn] };
}
