import {
  accept,
  endOfLocalDay,
  isLocalDate,
  localDate,
  refuse,
  wrongStatus,
  type Decision,
  type LocalDate,
  type Transitions,
} from '@anju/kernel';
import type { CommunicationsEnvironment, CommunicationsPolicy } from './policy';
import { missingText, type CommunicationsRefusal, type CommunicationsRefusalCode } from './refusals';

export const customerVisitStatuses = ['BEING_FOLLOWED_UP', 'FOLLOWED_UP'] as const;
export type CustomerVisitStatus = (typeof customerVisitStatuses)[number];

/** What is done about a suggestion, followed to the end (COM-02). */
export interface VisitAction {
  readonly ownerId: string;
  readonly dueOn: LocalDate;
  /** The end of that day. */
  readonly dueAt: Date;
  readonly plannedBy: string;
  readonly plannedAt: Date;
  readonly missedAt: Date | null;
  readonly result: string | null;
  readonly doneBy: string | null;
  readonly doneAt: Date | null;
}

export interface VisitSuggestion {
  readonly sequence: number;
  readonly text: string;
  readonly action: VisitAction | null;
}

/** 访谈: a customer was visited (COM-02). */
export interface CustomerVisitState {
  readonly id: string;
  readonly projectId: string;
  readonly status: CustomerVisitStatus;
  readonly customerId: string;
  readonly unitId: string | null;
  readonly visitedBy: string;
  readonly visitedAt: Date;
  /** 深入访谈: counts towards the project manager's visits. */
  readonly inDepth: boolean;
  readonly content: string;
  readonly suggestions: readonly VisitSuggestion[];
  readonly recordedAt: Date;
}

interface VisitFactBase {
  readonly visitId: string;
  readonly projectId: string;
  readonly customerId: string;
  readonly at: Date;
}
export interface CustomerVisitRecorded extends VisitFactBase {
  readonly type: 'CustomerVisitRecorded';
  readonly unitId: string | null;
  readonly by: string;
  readonly visitedAt: Date;
  readonly inDepth: boolean;
  readonly suggestions: number;
}
export interface VisitActionPlanned extends VisitFactBase {
  readonly type: 'VisitActionPlanned';
  readonly sequence: number;
  readonly ownerId: string;
  readonly dueOn: LocalDate;
  readonly by: string;
}
export interface VisitActionMissed extends VisitFactBase {
  readonly type: 'VisitActionMissed';
  readonly sequence: number;
  readonly ownerId: string;
  readonly dueOn: LocalDate;
}
export interface VisitActionDone extends VisitFactBase {
  readonly type: 'VisitActionDone';
  readonly sequence: number;
  readonly ownerId: string;
  readonly late: boolean;
  readonly by: string;
}
export type CustomerVisitFact =
  CustomerVisitRecorded | VisitActionPlanned | VisitActionMissed | VisitActionDone;

export const customerVisitTransitions: Transitions<
  CustomerVisitStatus,
  'planVisitAction' | 'completeVisitAction',
  'CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS',
  initial: 'BEING_FOLLOWED_UP',
  commands: {
    planVisitAction: { from: ['BEING_FOLLOWED_UP'], to: 'SAME' },
    // The last one leads to `FOLLOWED_UP`.
    completeVisitAction: { from: ['BEING_FOLLOWED_UP'], to: 'FOLLOWED_UP' },
  },
};

type VisitDecision<Code extends CommunicationsRefusalCode> = Decision<
  CustomerVisitState,
  CustomerVisitFact,
  CommunicationsRefusal<Code>
>;

function about(state: CustomerVisitState, at: Date): VisitFactBase {
  return { visitId: state.id, projectId: state.projectId, customerId: state.customerId, at };
}

function isDone({ action }: VisitSuggestion): boolean {
  return action !== null && action.doneAt !== null;
}

/** Records a visit with what the customer suggested (COM-02); one without suggestions needs nothing more. */
export function recordCustomerVisit(
  command: {
    readonly id: string;
    readonly projectId: string;
    readonly customerId: string;
    readonly unitId: string | null;
    readonly visitedAt: Date;
    readonly inDepth: boolean;
    readonly content: string;
    readonly suggestions: readonly string[];
    readonly by: string;
  },
  at: Date,
): VisitDecision<'COMMUNICATION_IN_FUTURE' | 'COMMUNICATION_TEXT_MISSING'> {
  const { id, projectId, customerId, unitId, visitedAt, inDepth, content, by } = command;
  if (visitedAt > at) return refuse('COMMUNICATION_IN_FUTURE', { givenAt: visitedAt, now: at });
  const blank = missingText('content', content);
  if (blank) return blank;
  for (const suggestion of command.suggestions) {
    const empty = missingText('suggestions', suggestion);
    if (empty) return empty;
  }
  const suggestions = command.suggestions.map((text, index) => ({ sequence: index + 1, text, action: null }));
  const state: CustomerVisitState = {
    ...{ id, projectId, status: suggestions.length > 0 ? 'BEING_FOLLOWED_UP' : 'FOLLOWED_UP' },
    ...{ customerId, unitId, visitedBy: by, visitedAt, inDepth, content, suggestions, recordedAt: at },
  };
  return accept(state, {
    type: 'CustomerVisitRecorded',
    ...about(state, at),
    ...{ unitId, by, visitedAt, inDepth, suggestions: suggestions.length },
  });
}

/** Says who does what about a suggestion until when (COM-02). */
export function planVisitAction(
  state: CustomerVisitState,
  command: {
    readonly sequence: number;
    readonly ownerId: string;
    /** `YYYY-MM-DD`, the last day. */
    readonly dueOn: string;
    readonly by: string;
  },
  at: Date,
  environment: CommunicationsEnvironment,
): VisitDecision<
  | 'CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS'
  | 'VISIT_SUGGESTION_UNKNOWN'
  | 'VISIT_ACTION_ALREADY_PLANNED'
  | 'VISIT_ACTION_DATE_NOT_VALID'
  | 'VISIT_ACTION_DUE_IN_PAST'
> {
  const { sequence, ownerId, dueOn, by } = command;
  const wrong = wrongStatus(customerVisitTransitions, 'planVisitAction', state.status);
  if (wrong) return wrong;
  const suggestion = state.suggestions.find((one) => one.sequence === sequence);
  if (!suggestion) {
    return refuse('VISIT_SUGGESTION_UNKNOWN', {
      sequence,
      known: state.suggestions.map((one) => one.sequence),
    });
  }
  if (suggestion.action) {
    return refuse('VISIT_ACTION_ALREADY_PLANNED', { sequence, ownerId: suggestion.action.ownerId });
  }
  if (!isLocalDate(dueOn)) return refuse('VISIT_ACTION_DATE_NOT_VALID', { field: 'dueOn' });
  const { timeZone } = environment;
  const today = localDate(at, timeZone);
  if (dueOn < today) return refuse('VISIT_ACTION_DUE_IN_PAST', { dueOn, today });
  const action: VisitAction = {
    ...{ ownerId, dueOn, dueAt: endOfLocalDay(dueOn, timeZone), plannedBy: by, plannedAt: at },
    ...{ missedAt: null, result: null, doneBy: null, doneAt: null },
  };
  return accept(withAction(state, sequence, action), {
    type: 'VisitActionPlanned',
    ...about(state, at),
    ...{ sequence, ownerId, dueOn, by },
  });
}

function withAction(state: CustomerVisitState, sequence: number, action: VisitAction): CustomerVisitState {
  const suggestions = state.suggestions.map((one) => (one.sequence === sequence ? { ...one, action } : one));
  return { ...state, suggestions, status: suggestions.every(isDone) ? 'FOLLOWED_UP' : state.status };
}

/** Records the result of an action, in time or late; the visit is followed up with the last one (COM-02). */
export function completeVisitAction(
  state: CustomerVisitState,
  command: { readonly sequence: number; readonly result: string; readonly by: string },
  at: Date,
): VisitDecision<
  'CUSTOMER_VISIT_NOT_IN_REQUIRED_STATUS' | 'COMMUNICATION_TEXT_MISSING' | 'VISIT_ACTION_NOT_OPEN'
> {
  const { sequence, result, by } = command;
  const refusal =
    wrongStatus(customerVisitTransitions, 'completeVisitAction', state.status) ??
    missingText('result', result);
  if (refusal) return refusal;
  const open = state.suggestions.filter((one) => one.action !== null && !isDone(one));
  const action = open.find((one) => one.sequence === sequence)?.action;
  if (!action) return refuse('VISIT_ACTION_NOT_OPEN', { sequence, open: open.map((one) => one.sequence) });
  const late = action.dueAt <= at;
  const missedAt = late ? action.dueAt : action.missedAt;
  const next = withAction(state, sequence, { ...action, missedAt, result, doneBy: by, doneAt: at });
  const { ownerId, dueOn } = action;
  const done = { type: 'VisitActionDone', ...about(state, at), sequence, ownerId, late, by } as const;
  if (!late || action.missedAt) return accept<CustomerVisitState, CustomerVisitFact>(next, done);
  return accept<CustomerVisitState, CustomerVisitFact>(
    next,
    { type: 'VisitActionMissed', ...about(state, action.dueAt), sequence, ownerId, dueOn },
    done,
  );
}

export const customerVisitDeadlineKinds = ['VISIT_ACTION'] as const;
export type CustomerVisitDeadlineKind = (typeof customerVisitDeadlineKinds)[number];

function runningUntil({ action }: VisitSuggestion): Date | null {
  return action && action.doneAt === null && action.missedAt === null ? action.dueAt : null;
}

/** What is still to fall due, earliest first, each moment once: the ends of the actions' last days. */
export function customerVisitDeadlines(
  state: CustomerVisitState,
): readonly { readonly kind: CustomerVisitDeadlineKind; readonly dueAt: Date }[] {
  const moments = state.suggestions.flatMap((one) => runningUntil(one) ?? []).map(Number);
  return [...new Set(moments)]
    .sort((a, b) => a - b)
    .map((moment) => ({ kind: 'VISIT_ACTION', dueAt: new Date(moment) }));
}

/**
 * Actions whose last day is over without a result are missed (COM-02).
 * @throws Error for a kind that is not in `customerVisitDeadlineKinds`
 */
export function onCustomerVisitDeadline(
  state: CustomerVisitState,
  kind: string,
  dueAt: Date,
): VisitDecision<never> {
  if (kind !== 'VISIT_ACTION') throw new Error(`not a deadline of a visit: ${kind}`);
  const missed = state.suggestions.filter((one) => Number(runningUntil(one) ?? NaN) === +dueAt);
  const next = missed.reduce(
    (visit, { sequence, action }) => withAction(visit, sequence, { ...action!, missedAt: dueAt }),
    state,
  );
  const facts = missed.map(({ sequence, action }): VisitActionMissed => {
    const { ownerId, dueOn } = action!;
    return { type: 'VisitActionMissed', ...about(state, dueAt), sequence, ownerId, dueOn };
  });
  return accept<CustomerVisitState, CustomerVisitFact>(next, ...facts);
}

/** Two records of one customer became one: visits to the one that went are visits to the one that stayed. */
export function replaceVisitCustomer(
  state: CustomerVisitState,
  command: { readonly customerId: string; readonly intoCustomerId: string },
): CustomerVisitState {
  return state.customerId === command.customerId ? { ...state, customerId: command.intoCustomerId } : state;
}

/** A project manager's month of in-depth visits. */
export interface VisitDuty {
  readonly visits: number;
  readonly customers: number;
  readonly required: number;
  readonly met: boolean;
}

/**
 * Whether a project manager made his in-depth visits of a month (COM-02). Different customers count: source 3
 * asks for visits to at least three customers, and who is visited twice is one.
 * @param month `YYYY-MM` by the project's wall calendar
 */
export function visitDuty(
  visits: readonly Pick<CustomerVisitState, 'customerId' | 'visitedBy' | 'visitedAt' | 'inDepth'>[],
  managerId: string,
  month: string,
  environment: { readonly policy: CommunicationsPolicy; readonly timeZone: string },
): VisitDuty {
  const counted = visits.filter(
    ({ inDepth, visitedBy, visitedAt }) =>
      inDepth &&
      visitedBy === managerId &&
      localDate(visitedAt, environment.timeZone).startsWith(`${month}-`),
  );
  const customers = new Set(counted.map(({ customerId }) => customerId)).size;
  const required = environment.policy.inDepthVisitsPerMonth;
  return { visits: counted.length, customers, required, met: customers >= required };
}
