import { accept, isBlank, refuse, type Accepted } from '@anju/kernel';
import { carryClock, isPaused, lapseClocks, outstandingClocks, resumedClock, type Step } from './clocks';
import { openCompanyForm } from './company-form';
import {
  complaintClockKinds,
  customersOf,
  groupSize,
  isUnresolved,
  type CauseClass,
  type ComplaintAgeing,
  type ComplaintClockKind,
  type ComplaintMember,
  type ComplaintState,
  type LinkedCase,
} from './complaint';
import { factOf, type ComplaintCustomerJoined, type ComplaintFact } from './facts';
import { withdrawHandOver } from './hand-over';
import { lacking, unique } from './plain';
import type { ComplaintEnvironment } from './policy';
import { withoutNamedStaff } from './severity-commands';
import { recomputeSeverity } from './severity-of-complaint';
import { notAdmitted, statusAfter, type ComplaintDecision } from './transitions';

/** Members who were taken out of a case because theirs is another complaint. */
export interface ComplaintSplit {
  /** The case that they got. */
  readonly complaintId: string;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
  readonly causeClass: CauseClass;
  readonly topic: string;
  readonly content: string | null;
  readonly members: readonly ComplaintMember[];
}

/** The end of a case that turned out to be the same as another. */
export interface JoinedInto {
  readonly complaintId: string;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

export interface LinkComplaint {
  readonly by: string;
  readonly otherComplaintId: string;
}

/** Notes that two cases have to do with each other; the service notes it in both. */
export function linkComplaint(
  state: ComplaintState,
  { by, otherComplaintId }: LinkComplaint,
  at: Date,
): ComplaintDecision<'COMPLAINT_IS_ITSELF' | 'COMPLAINT_ALREADY_LINKED'> {
  const refusal = notAdmitted(state, 'linkComplaint', by);
  if (refusal) return refusal;
  if (otherComplaintId === state.id) return refuse('COMPLAINT_IS_ITSELF', { command: 'linkComplaint' });
  if (state.linkedCases.some(({ complaintId }) => complaintId === otherComplaintId)) {
    return refuse('COMPLAINT_ALREADY_LINKED', { linkedComplaintId: otherComplaintId });
  }
  return accept(
    withLink(state, otherComplaintId, 'RELATED'),
    factOf('ComplaintLinked', state, at, { by, linkedComplaintId: otherComplaintId }),
  );
}

/** The other end of a link. Nothing to do where it is there already. */
export function noteComplaintLink(state: ComplaintState, fromComplaintId: string): ComplaintState {
  return state.linkedCases.some(({ complaintId }) => complaintId === fromComplaintId)
    ? state
    : withLink(state, fromComplaintId, 'RELATED');
}

export interface JoinComplaintInto {
  readonly by: string;
  /** The case that goes on. */
  readonly into: Pick<ComplaintState, 'id' | 'status'>;
  readonly reason: string;
}

/**
 * Ends a case that turned out to be the same as another one, which goes on: see `takeInComplaint`. A demand form of
 * the company has to be answered first.
 */
export function joinComplaintInto(
  state: ComplaintState,
  { by, into, reason }: JoinComplaintInto,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<
  | 'COMPLAINT_IS_ITSELF'
  | 'COMPLAINT_REASON_MISSING'
  | 'COMPLAINT_TO_JOIN_NOT_OPEN'
  | 'COMPANY_DEMAND_FORM_STILL_OPEN'
> {
  const refusal = notAdmitted(state, 'joinComplaintInto', by);
  if (refusal) return refusal;
  if (into.id === state.id) return refuse('COMPLAINT_IS_ITSELF', { command: 'joinComplaintInto' });
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'joinComplaintInto' });
  if (!isUnresolved(into.status)) return refuse('COMPLAINT_TO_JOIN_NOT_OPEN', { otherStatus: into.status });
  const form = openCompanyForm(state);
  if (form) return refuse('COMPANY_DEMAND_FORM_STILL_OPEN', { issuedAt: form.issuedAt });
  // A pause puts a duty off for the other case, too.
  const clocks = state.clocks.map((clock) =>
    isPaused(clock) ? resumedClock(clock, at, environment) : clock,
  );
  const lapsed = lapseClocks({ ...state, clocks }, complaintClockKinds, at);
  const ended: ComplaintState = {
    ...withLink(withdrawHandOver(lapsed, by, at), into.id, 'JOINED_INTO'),
    status: statusAfter(state, 'joinComplaintInto'),
    resolvedAt: null,
    joinedInto: { complaintId: into.id, at, by, reason },
  };
  return accept(
    ended,
    factOf('ComplaintJoinedInto', state, at, {
      by,
      intoComplaintId: into.id,
      customerIds: customersOf(state),
      interactionIds: state.interactionIds,
    }),
  );
}

export interface TakeInComplaint {
  readonly by: string;
  /** The case that ended. */
  readonly from: ComplaintState;
}

/**
 * Takes in what a case that was the same leaves: members, contacts with their words, facts, raisings, employees named, second
 * complaints, what its customers are still owed, and the earlier of the two receipts for its age. So it is as severe as either was. Follows upon
 * `joinComplaintInto`, which asks whether this one is open.
 */
export function takeInComplaint(
  state: ComplaintState,
  { by, from }: TakeInComplaint,
  at: Date,
  environment: ComplaintEnvironment,
): Accepted<ComplaintState, ComplaintFact> {
  let members = state.members;
  const joined: ComplaintCustomerJoined[] = [];
  for (const member of from.members) {
    const { customerId, interactionId } = member;
    if (members.some((one) => one.customerId === customerId)) continue;
    members = [...members, { ...member, joinedAt: at }];
    const size = groupSize({ members });
    joined.push(
      factOf('ComplaintCustomerJoined', state, at, { by, customerId, interactionId, groupSize: size }),
    );
  }
  const known = state.facts.map(({ fact }) => fact);
  const contacts = state.contactWords.map(({ interactionId }) => interactionId);
  const taken: ComplaintState = {
    ...withLink(state, from.id, 'TOOK_IN'),
    members,
    interactionIds: unique([...state.interactionIds, ...from.interactionIds]),
    facts: [...state.facts, ...from.facts.filter(({ fact }) => !known.includes(fact))],
    content: state.content ?? from.content,
    contactWords: [
      ...state.contactWords,
      ...from.contactWords.filter(({ interactionId }) => !contacts.includes(interactionId)),
    ],
    raises: [...state.raises, ...from.raises],
    reopenings: [...state.reopenings, ...from.reopenings],
    namedStaffIds: unique([...state.namedStaffIds, ...from.namedStaffIds]),
    answersNeedApproval: state.answersNeedApproval || from.answersNeedApproval,
    passings: [...state.passings, ...from.passings],
    ageing: olderOf(state.ageing, from.ageing),
  };
  const tookIn = factOf('ComplaintTookIn', state, at, {
    by,
    fromComplaintId: from.id,
    secondComplaintCount: taken.reopenings.length,
    answersNeedApproval: taken.answersNeedApproval,
    interactionIds: from.interactionIds,
  });
  const owing = takeOverDuties({ state: taken, facts: [tookIn, ...joined] }, from, at);
  const freed = withoutNamedStaff(owing, by, at);
  const done = recomputeSeverity(freed, at, environment);
  return accept(done.state, ...done.facts);
}

export interface SplitComplaint {
  readonly by: string;
  /** The id that the new case is to get. */
  readonly complaintId: string;
  readonly customerIds: readonly string[];
  readonly causeClass: CauseClass;
  readonly topic: string;
  /** Their complaint in words; required, as the contact's words are those of the first case. */
  readonly content: string;
  readonly reason: string;
}

/** Takes members out of a case whose complaint is another one, and asks for a case of their own. */
export function splitComplaint(
  state: ComplaintState,
  command: SplitComplaint,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<
  | 'COMPLAINT_REASON_MISSING'
  | 'COMPLAINT_DETAILS_MISSING'
  | 'SPLIT_CUSTOMERS_NOT_IN_CASE'
  | 'SPLIT_LEAVES_NOBODY'
> {
  const refusal = notAdmitted(state, 'splitComplaint', command.by);
  if (refusal) return refusal;
  const { by, complaintId, causeClass, topic, content, reason } = command;
  const missing = (['content', 'topic'] as const).filter((part) => isBlank(command[part]));
  if (missing.length > 0) return refuse('COMPLAINT_DETAILS_MISSING', { missing: lacking(missing, reason) });
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'splitComplaint' });
  const customerIds = unique(command.customerIds);
  const strangers = customerIds.filter((id) => !state.members.some(({ customerId }) => customerId === id));
  if (strangers.length > 0) return refuse('SPLIT_CUSTOMERS_NOT_IN_CASE', { customerIds: strangers });
  const leaving = state.members.filter(({ customerId }) => customerIds.includes(customerId));
  const members = state.members.filter((member) => !leaving.includes(member));
  if (members.length === 0) return refuse('SPLIT_LEAVES_NOBODY', {});
  const split = { complaintId, at, by, reason, causeClass, topic, content, members: leaving };
  const left: ComplaintState = {
    ...withLink(state, complaintId, 'SPLIT_INTO'),
    members,
    splits: [...state.splits, split],
  };
  const fact = factOf('ComplaintSplitOff', state, at, {
    by,
    linkedComplaintId: complaintId,
    customerIds,
    causeClass,
    topic,
    groupSize: groupSize({ members }),
  });
  const done = recomputeSeverity({ state: left, facts: [fact] }, at, environment);
  return accept(done.state, ...done.facts);
}

function withLink(
  state: ComplaintState,
  complaintId: string,
  relation: LinkedCase['relation'],
): ComplaintState {
  return { ...state, linkedCases: [...state.linkedCases, { complaintId, relation }] };
}

/** Of two ages the older one; what either was unresolved for, the whole is. */
function olderOf(a: ComplaintAgeing, b: ComplaintAgeing): ComplaintAgeing {
  const [older, younger] = b.countsFromAt < a.countsFromAt ? [b, a] : [a, b];
  return {
    ...older,
    wasUnresolvedForAWeekAt: older.wasUnresolvedForAWeekAt ?? younger.wasUnresolvedForAWeekAt,
    wasUnresolvedForAMonthAt: older.wasUnresolvedForAMonthAt ?? younger.wasUnresolvedForAMonthAt,
  };
}

/** What the customers of a case are owed, whatever case it is. */
const owedToCustomers: readonly ComplaintClockKind[] = ['REPLY', 'MEASURES', 'CALLBACK'];

/** What was still owed to the customers of the one is owed by the other, if it does not owe the same already. */
function takeOverDuties(step: Step, from: ComplaintState, at: Date): Step {
  return from.clocks
    .filter(
      ({ kind, metAt, lapsedAt }) => owedToCustomers.includes(kind) && !metAt && +(lapsedAt ?? 0) === +at,
    )
    .reduce<Step>((taken, clock) => {
      const isOwed = outstandingClocks(taken.state, clock.kind).length > 0;
      return isOwed ? taken : carryClock(taken, clock, at);
    }, step);
}
