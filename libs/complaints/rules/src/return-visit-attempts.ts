import { accept, isBlank, localDate, refuse } from '@anju/kernel';
import { keepCallback } from './callbacks';
import { lapseClocks, meetClocks, outstandingClocks, type Step } from './clocks';
import { customersOf, type ComplaintState, type TellingChannel } from './complaint';
import { factOf } from './facts';
import type { ComplaintEnvironment } from './policy';
import { notAdmitted, type ComplaintDecision } from './transitions';

/** Why a return visit did not come about. */
export const visitObstacles = ['NO_ANSWER', 'WRONG_CONTACT', 'ASKED_FOR_ANOTHER_TIME', 'DECLINED'] as const;
export type VisitObstacle = (typeof visitObstacles)[number];

/** Tried in vain: the customer was not reached. */
const inVain: readonly VisitObstacle[] = ['NO_ANSWER', 'WRONG_CONTACT'];

/** Why a case may be closed without a visit: its customers want none, or none of them can be reached. */
export const returnVisitReleases = ['DECLINED', 'UNREACHABLE'] as const;
export type ReturnVisitRelease = (typeof returnVisitReleases)[number];

/** A return visit that was tried and did not come about. */
export interface ReturnVisitAttempt {
  readonly at: Date;
  readonly by: string;
  readonly customerId: string | null;
  readonly channel: TellingChannel;
  readonly obstacle: VisitObstacle;
  readonly remarks: string | null;
  /** What it showed, with those before it, so that no visit is owed any more; null while one is. */
  readonly release: ReturnVisitRelease | null;
}

export type RecordReturnVisitAttempt = Omit<ReturnVisitAttempt, 'at' | 'release'>;

/**
 * Notes that a customer was not visited. The duty stays (CMP-12: every resolved case is visited), until nobody of the
 * case is left whom a visit could be made to. Reading: what the company owes is to come and ask. A customer who
 * declines was asked: the visit is kept, in time or late. One who was tried in vain on so many different days as the
 * policy says cannot be asked: the duty falls away, and is neither kept nor, if it was not before, missed. Of a group
 * every member counts, as a visit to any of them would do. A promised call (CMP-06) goes with the visit.
 */
export function recordReturnVisitAttempt(
  state: ComplaintState,
  command: RecordReturnVisitAttempt,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision<'VISITED_CUSTOMER_NOT_IN_CASE' | 'COMPLAINT_TEXT_MISSING'> {
  const refusal = notAdmitted(state, 'recordReturnVisitAttempt', command.by);
  if (refusal) return refusal;
  const { by, customerId, channel, obstacle, remarks } = command;
  const isMember = state.members.some((member) => member.customerId === customerId);
  const isAnonymous = customerId === null && state.members.length === 0;
  if (!isMember && !isAnonymous) return refuse('VISITED_CUSTOMER_NOT_IN_CASE', { customerId });
  if (obstacle === 'DECLINED' && isBlank(remarks)) {
    return refuse('COMPLAINT_TEXT_MISSING', { command: 'recordReturnVisitAttempt' });
  }
  const attempt: ReturnVisitAttempt = { at, by, customerId, channel, obstacle, remarks, release: null };
  const attempts = [...state.returnVisitAttempts, attempt];
  const isOwed = outstandingClocks(state, 'RETURN_VISIT').length > 0;
  const release = isOwed ? releaseBy({ ...state, returnVisitAttempts: attempts }, environment) : null;
  const noted = {
    ...state,
    returnVisitAttempts: [...state.returnVisitAttempts, { ...attempt, release }],
  };
  const { resolvedAt, causeClass, severity, handlerId } = state;
  const fact = factOf('ReturnVisitAttempted', state, at, {
    ...{ by, customerId, channel, obstacle, release },
    ...{ resolvedAt: resolvedAt ?? at, causeClass, severity, handlerId },
  });
  const told = obstacle === 'DECLINED' ? channel : null;
  const done = released(keepCallback({ state: noted, facts: [fact] }, told, at), release, at);
  return accept(done.state, ...done.facts);
}

/** What the attempts since the resolution show of all whom a visit could be made to; null while somebody is left. */
function releaseBy(state: ComplaintState, environment: ComplaintEnvironment): ReturnVisitRelease | null {
  const customers = state.members.length === 0 ? [null] : customersOf(state);
  const shown = customers.map((customerId) => shownOf(customerId, state, environment));
  if (shown.includes(null)) return null;
  return shown.includes('DECLINED') ? 'DECLINED' : 'UNREACHABLE';
}

function shownOf(
  customerId: string | null,
  { returnVisitAttempts, resolvedAt }: ComplaintState,
  { policy, calendars }: ComplaintEnvironment,
): ReturnVisitRelease | null {
  const own = returnVisitAttempts.filter(
    (attempt) => attempt.customerId === customerId && resolvedAt !== null && attempt.at >= resolvedAt,
  );
  if (own.some(({ obstacle }) => obstacle === 'DECLINED')) return 'DECLINED';
  const days = own
    .filter(({ obstacle }) => inVain.includes(obstacle))
    .map((attempt) => localDate(attempt.at, calendars.office.timeZone));
  return new Set(days).size >= policy.unreachableAfterDays ? 'UNREACHABLE' : null;
}

function released(step: Step, release: ReturnVisitRelease | null, at: Date): Step {
  if (release === null) return step;
  const { state, facts } = release === 'DECLINED' ? meetClocks(step, 'RETURN_VISIT', at) : step;
  return { state: lapseClocks(state, ['RETURN_VISIT', 'CALLBACK'], at), facts };
}
