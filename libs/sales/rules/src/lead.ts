import { accept, addDays, Money, refuse, statusAfter, wrongStatus, type Decision } from '@anju/kernel';
import { hundredthsOf } from './decimals';
import { countedFollowUps, owesFollowUps, requiredFollowUps } from './lead-due';
import {
  leadTransitions,
  type LeadClosingReason,
  type LeadFact,
  type LeadFollowUpMethod,
  type LeadFollowUpOutcome,
  type LeadNeed,
  type LeadState,
} from './lead-state';
import type { SalesPolicy } from './policy';
import { missingText, type SalesRefusal, type SalesRefusalCode } from './refusals';
import { canBeProposed, type UnitForProposal } from './unit-proposals';

type LeadDecision<Code extends SalesRefusalCode> = Decision<LeadState, LeadFact, SalesRefusal<Code>>;

function about(state: LeadState): { readonly leadId: string; readonly projectId: string } {
  return { leadId: state.id, projectId: state.projectId };
}

/** What is wrong with a need: the first field that cannot be, or null. */
function wrongNeed(need: LeadNeed): 'bedrooms' | 'smallestArea' | 'largestArea' | 'budget' | null {
  const { bedrooms, smallestArea, largestArea, budget } = need;
  if (bedrooms !== null && !(Number.isSafeInteger(bedrooms) && bedrooms >= 0)) return 'bedrooms';
  const smallest = smallestArea === null ? 0n : hundredthsOf(smallestArea);
  if (smallest === null) return 'smallestArea';
  const largest = largestArea === null ? smallest : hundredthsOf(largestArea);
  if (largest === null || largest < smallest) return 'largestArea';
  if (budget !== null && !(Money.isAmount(budget) && Money.of(budget).compare(Money.zero) > 0))
    return 'budget';
  return null;
}

export type RecordLead = Pick<
  LeadState,
  | 'id'
  | 'projectId'
  | 'number'
  | 'kind'
  | 'customerId'
  | 'interactionId'
  | 'receivedAt'
  | 'consultantId'
  | 'source'
  | 'need'
  | 'contactConsent'
> & { readonly by: string };

/**
 * Enters a call or a visit with what the customer looks for (SAL-01). A visitor is registered; a caller may
 * stay unnamed. Without his consent nobody follows up, and no follow-up is owed.
 */
export function recordLead(
  command: RecordLead,
  at: Date,
  policy: SalesPolicy,
): LeadDecision<'LEAD_RECEIVED_IN_FUTURE' | 'LEAD_VISITOR_UNKNOWN' | 'LEAD_NEED_NOT_VALID'> {
  const { by, ...details } = command;
  const { receivedAt, contactConsent, need } = details;
  if (receivedAt > at) return refuse('LEAD_RECEIVED_IN_FUTURE', { receivedAt, decidedAt: at });
  if (details.kind === 'VISIT' && details.customerId === null) return refuse('LEAD_VISITOR_UNKNOWN', {});
  const wrong = wrongNeed(need);
  if (wrong) return refuse('LEAD_NEED_NOT_VALID', { field: wrong });
  const state: LeadState = {
    ...details,
    status: leadTransitions.initial,
    followUps: [],
    proposals: [],
    nextFollowUpDueAt: contactConsent ? addDays(receivedAt, policy.firstFollowUpDays) : null,
    followUpMissedAt: null,
    followUpsDueAt: addDays(receivedAt, policy.followUpsWithinDays),
    underFollowedAt: null,
    saleId: null,
    closingReason: null,
    closedAt: null,
  };
  const { number, kind, source, consultantId, customerId, interactionId, nextFollowUpDueAt } = state;
  return accept(state, {
    type: 'LeadRecorded',
    ...about(state),
    ...{ number, kind, source, consultantId, customerId, interactionId, receivedAt, ...need },
    ...{ nextFollowUpDueAt, by, at },
  });
}

/**
 * A follow-up with its method and result (SAL-01). The next is due when agreed, else as the policy says while
 * some are owed.
 * @param command.nextAt when the customer is to be contacted again; null leaves it to the policy
 */
export function followUpLead(
  state: LeadState,
  command: {
    readonly method: LeadFollowUpMethod;
    readonly outcome: LeadFollowUpOutcome;
    readonly result: string;
    readonly nextAt: Date | null;
    readonly by: string;
  },
  at: Date,
  policy: SalesPolicy,
): LeadDecision<
  | 'LEAD_NOT_IN_REQUIRED_STATUS'
  | 'SALES_TEXT_MISSING'
  | 'LEAD_CONTACT_NOT_CONSENTED'
  | 'LEAD_NEXT_FOLLOW_UP_IN_PAST'
> {
  const { method, outcome, result, nextAt, by } = command;
  const refusal = wrongStatus(leadTransitions, 'followUpLead', state.status) ?? missingText('result', result);
  if (refusal) return refusal;
  if (!state.contactConsent) return refuse('LEAD_CONTACT_NOT_CONSENTED', {});
  if (nextAt && nextAt <= at) return refuse('LEAD_NEXT_FOLLOW_UP_IN_PAST', { nextAt, decidedAt: at });
  const followed = { ...state, followUps: [...state.followUps, { at, by, method, outcome, result }] };
  const byPolicy = owesFollowUps(followed, policy) ? addDays(at, policy.nextFollowUpDays) : null;
  const next: LeadState = { ...followed, nextFollowUpDueAt: nextAt ?? byPolicy, followUpMissedAt: null };
  return accept(next, {
    type: 'LeadFollowedUp',
    ...about(next),
    consultantId: next.consultantId,
    customerId: next.customerId,
    method,
    outcome,
    followUps: countedFollowUps(next),
    required: requiredFollowUps(next, policy),
    nextFollowUpDueAt: next.nextFollowUpDueAt,
    by,
    at,
  });
}

/**
 * Keeps which units were proposed to the customer (SAL-02).
 * @param homes what is known of them; one that the price list does not have is left out
 */
export function recordProposal(
  state: LeadState,
  command: { readonly unitIds: readonly string[]; readonly by: string },
  homes: readonly UnitForProposal[],
  at: Date,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS' | 'NO_UNIT_PROPOSED' | 'UNITS_NOT_PROPOSABLE'> {
  const refusal = wrongStatus(leadTransitions, 'proposeUnits', state.status);
  if (refusal) return refusal;
  const { by } = command;
  const unitIds = [...new Set(command.unitIds)];
  if (unitIds.length === 0) return refuse('NO_UNIT_PROPOSED', {});
  const possible = new Set(homes.filter(canBeProposed).map(({ offer }) => offer.unitId));
  const others = unitIds.filter((unitId) => !possible.has(unitId));
  if (others.length > 0) return refuse('UNITS_NOT_PROPOSABLE', { unitIds: others });
  return accept(
    { ...state, proposals: [...state.proposals, { at, by, unitIds }] },
    { type: 'LeadUnitsProposed', ...about(state), customerId: state.customerId, unitIds, by, at },
  );
}

/** A caller has come: from now on he is owed what a visitor is, in a term that begins now (SAL-01). */
export function recordLeadVisit(
  state: LeadState,
  command: { readonly customerId: string; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS' | 'LEAD_OF_ANOTHER_CUSTOMER'> {
  const refusal = wrongStatus(leadTransitions, 'recordLeadVisit', state.status);
  if (refusal) return refusal;
  const { customerId, by } = command;
  if (state.customerId !== null && state.customerId !== customerId) {
    return refuse('LEAD_OF_ANOTHER_CUSTOMER', { customerId: state.customerId });
  }
  const visited: LeadState = { ...state, kind: 'VISIT', customerId };
  // What is owed from now on has a term of its own.
  const owesMore = state.kind === 'CALL' && owesFollowUps(visited, policy);
  const next: LeadState = {
    ...visited,
    ...(owesMore && { followUpsDueAt: addDays(at, policy.followUpsWithinDays), underFollowedAt: null }),
    nextFollowUpDueAt:
      visited.nextFollowUpDueAt ??
      (owesFollowUps(visited, policy) ? addDays(at, policy.nextFollowUpDays) : null),
  };
  return accept(next, {
    type: 'LeadVisited',
    ...about(next),
    customerId,
    required: requiredFollowUps(next, policy),
    by,
    at,
  });
}

/** What the customer looks for now. */
export function changeLeadNeed(
  state: LeadState,
  command: { readonly need: LeadNeed; readonly by: string },
  at: Date,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS' | 'LEAD_NEED_NOT_VALID'> {
  const refusal = wrongStatus(leadTransitions, 'changeLeadNeed', state.status);
  if (refusal) return refusal;
  const { need, by } = command;
  const wrong = wrongNeed(need);
  if (wrong) return refuse('LEAD_NEED_NOT_VALID', { field: wrong });
  return accept({ ...state, need }, { type: 'LeadNeedChanged', ...about(state), ...need, by, at });
}

/** The customer agrees to be contacted, from when on it is owed; or does not any more, and nothing is due. */
export function changeLeadConsent(
  state: LeadState,
  command: { readonly contactConsent: boolean; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(leadTransitions, 'changeLeadConsent', state.status);
  if (refusal) return refusal;
  const { contactConsent, by } = command;
  if (contactConsent === state.contactConsent) return accept(state);
  const changed: LeadState = { ...state, contactConsent, nextFollowUpDueAt: null, followUpMissedAt: null };
  const next: LeadState = owesFollowUps(changed, policy)
    ? {
        ...changed,
        nextFollowUpDueAt: addDays(at, policy.firstFollowUpDays),
        followUpsDueAt: addDays(at, policy.followUpsWithinDays),
        underFollowedAt: null,
      }
    : changed;
  const { customerId } = state;
  return accept(next, { type: 'LeadConsentChanged', ...about(state), customerId, contactConsent, by, at });
}

/** Gives the lead to another consultant. */
export function assignLead(
  state: LeadState,
  command: { readonly consultantId: string; readonly by: string },
  at: Date,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS' | 'LEAD_ALREADY_ASSIGNED'> {
  const refusal = wrongStatus(leadTransitions, 'assignLead', state.status);
  if (refusal) return refusal;
  const { consultantId, by } = command;
  const previousConsultantId = state.consultantId;
  if (consultantId === previousConsultantId) return refuse('LEAD_ALREADY_ASSIGNED', { consultantId });
  return accept(
    { ...state, consultantId },
    { type: 'LeadAssigned', ...about(state), consultantId, previousConsultantId, by, at },
  );
}

/** The customer has subscribed a unit. */
export function noteLeadSubscribed(
  state: LeadState,
  command: { readonly saleId: string },
  at: Date,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(leadTransitions, 'noteLeadSubscribed', state.status);
  if (refusal) return refusal;
  const { saleId } = command;
  const status = statusAfter(leadTransitions, 'noteLeadSubscribed', state.status);
  const { consultantId } = state;
  return accept(
    { ...state, status, saleId },
    { type: 'LeadSubscribed', ...about(state), saleId, consultantId, at },
  );
}

/** His sale has come to nothing: the unit was refused, or he has withdrawn. Another sale's end changes nothing. */
export function noteSaleEnded(
  state: LeadState,
  command: { readonly saleId: string },
  at: Date,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(leadTransitions, 'noteSaleEnded', state.status);
  if (refusal) return refusal;
  const { saleId } = command;
  if (saleId !== state.saleId) return accept(state);
  const status = statusAfter(leadTransitions, 'noteSaleEnded', state.status);
  return accept({ ...state, status, saleId: null }, { type: 'LeadReturned', ...about(state), saleId, at });
}

/** His contract is signed; nothing is owed any more. Another sale's contract changes nothing. */
export function noteLeadWon(
  state: LeadState,
  command: { readonly saleId: string },
  at: Date,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(leadTransitions, 'noteLeadWon', state.status);
  if (refusal) return refusal;
  const { saleId } = command;
  if (saleId !== state.saleId) return accept(state);
  const { consultantId, kind, source, receivedAt } = state;
  const status = statusAfter(leadTransitions, 'noteLeadWon', state.status);
  return accept(
    { ...state, status, closedAt: at },
    {
      type: 'LeadWon',
      ...about(state),
      ...{ saleId, consultantId, kind, source, receivedAt, at },
    },
  );
}

/** What a lead may be given up for although follow-ups are still owed: they could not reach him, or must not. */
const closesUnderFollowed: readonly LeadClosingReason[] = [
  'DUPLICATE',
  'CONSENT_WITHDRAWN',
  'BOUGHT_ELSEWHERE',
];

/** Gives the lead up. Refused while follow-ups are owed that could still be made (SAL-01). */
export function closeLead(
  state: LeadState,
  command: { readonly reason: LeadClosingReason; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): LeadDecision<'LEAD_NOT_IN_REQUIRED_STATUS' | 'LEAD_FOLLOW_UPS_OWED'> {
  const refusal = wrongStatus(leadTransitions, 'closeLead', state.status);
  if (refusal) return refusal;
  const { reason, by } = command;
  if (owesFollowUps(state, policy) && !closesUnderFollowed.includes(reason)) {
    return refuse('LEAD_FOLLOW_UPS_OWED', {
      made: countedFollowUps(state),
      required: requiredFollowUps(state, policy),
    });
  }
  const { consultantId } = state;
  return accept(
    { ...state, status: 'CLOSED', closingReason: reason, closedAt: at },
    { type: 'LeadClosed', ...about(state), consultantId, reason, by, at },
  );
}

/** Two records of one customer were made one. */
export function replaceLeadCustomer(
  state: LeadState,
  command: { readonly customerId: string; readonly intoCustomerId: string },
): LeadDecision<never> {
  const { customerId, intoCustomerId } = command;
  return accept(state.customerId === customerId ? { ...state, customerId: intoCustomerId } : state);
}
