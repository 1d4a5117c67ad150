import { accept, type Accepted } from '@anju/kernel';
import { groupSize, type ComplaintMember, type ComplaintState } from './complaint';
import { factOf, type ComplaintCustomerJoined, type ComplaintFact } from './facts';
import { unique } from './plain';
import type { ComplaintEnvironment } from './policy';
import { recomputeSeverity } from './severity-of-complaint';
import { notAdmitted, type ComplaintDecision } from './transitions';

export interface JoinComplaint {
  readonly by: string;
  readonly customers: readonly { readonly customerId: string; readonly interactionId: string | null }[];
}

/**
 * Several customers join one case; severity follows at once (CMP-14). A customer who is in the case already
 * stays a single member; a further contact of theirs is only added to the case's contacts.
 */
export function joinComplaint(
  state: ComplaintState,
  command: JoinComplaint,
  at: Date,
  environment: ComplaintEnvironment,
): ComplaintDecision {
  const refusal = notAdmitted(state, 'joinComplaint', command.by);
  if (refusal) return refusal;
  const { by, customers } = command;
  let members = state.members;
  const joined: ComplaintCustomerJoined[] = [];
  for (const { customerId, interactionId } of customers) {
    if (members.some((member) => member.customerId === customerId)) continue;
    members = [...members, { customerId, joinedAt: at, interactionId }];
    const size = groupSize({ members });
    joined.push(
      factOf('ComplaintCustomerJoined', state, at, { by, customerId, interactionId, groupSize: size }),
    );
  }
  const interactionIds = unique([
    ...state.interactionIds,
    ...customers.flatMap(({ interactionId }) => (interactionId === null ? [] : [interactionId])),
  ]);
  if (joined.length === 0 && interactionIds.length === state.interactionIds.length) return accept(state);
  const done = recomputeSeverity(
    { state: { ...state, members, interactionIds }, facts: joined },
    at,
    environment,
  );
  return accept(done.state, ...done.facts);
}

export interface ReplaceComplaintCustomer {
  /** The record that went. */
  readonly customerId: string;
  readonly intoCustomerId: string;
}

/**
 * Two customer records were found to be one customer and merged: the member carries the record that stayed,
 * since the earlier of the two joinings. When both were in the case the group is one smaller, and severity
 * follows, unless the case is closed. Idempotent; nothing to do when the customer is not in the case.
 */
export function replaceComplaintCustomer(
  state: ComplaintState,
  { customerId, intoCustomerId }: ReplaceComplaintCustomer,
  at: Date,
  environment: ComplaintEnvironment,
): Accepted<ComplaintState, ComplaintFact> {
  const isConcerned = customerId !== intoCustomerId && state.members.some((m) => m.customerId === customerId);
  if (!isConcerned) return accept(state);
  const same = state.members.filter((m) => m.customerId === customerId || m.customerId === intoCustomerId);
  const first = same.reduce((a, b) => (b.joinedAt < a.joinedAt ? b : a));
  const members = state.members.flatMap((member): ComplaintMember[] => {
    if (!same.includes(member)) return [member];
    return member === first ? [{ ...member, customerId: intoCustomerId }] : [];
  });
  const fact = factOf('ComplaintCustomerReplaced', state, at, {
    customerId,
    intoCustomerId,
    groupSize: groupSize({ members }),
  });
  const done = recomputeSeverity({ state: { ...state, members }, facts: [fact] }, at, environment);
  return accept(done.state, ...done.facts);
}
