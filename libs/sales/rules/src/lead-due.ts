import { accept, isPending, type Decision, type DueTime } from '@anju/kernel';
import type { LeadFact, LeadState } from './lead-state';
import type { SalesPolicy } from './policy';
import type { SalesRefusal } from './refusals';

/** How many follow-ups a caller or a visitor is owed (SAL-01). */
export function requiredFollowUps({ kind }: Pick<LeadState, 'kind'>, policy: SalesPolicy): number {
  return kind === 'VISIT' ? policy.visitorFollowUps : policy.callerFollowUps;
}

/** The follow-ups that count: those in which the customer was reached (reading). */
export function countedFollowUps({ followUps }: Pick<LeadState, 'followUps'>): number {
  return followUps.filter(({ outcome }) => outcome !== 'NOT_REACHED').length;
}

/** Whether follow-ups are owed that were not made yet (SAL-01); none to who does not agree to be contacted. */
export function owesFollowUps(
  state: Pick<LeadState, 'kind' | 'contactConsent' | 'followUps'>,
  policy: SalesPolicy,
): boolean {
  return state.contactConsent && countedFollowUps(state) < requiredFollowUps(state, policy);
}

export const leadDeadlineKinds = ['LEAD_FOLLOW_UP', 'LEAD_FOLLOW_UPS'] as const;
export type LeadDeadlineKind = (typeof leadDeadlineKinds)[number];

/** What is still to fall due: the next follow-up, and all that are owed together. */
export function leadDeadlines(state: LeadState, policy: SalesPolicy): readonly DueTime<LeadDeadlineKind>[] {
  if (state.status === 'WON' || state.status === 'CLOSED') return [];
  const { nextFollowUpDueAt, followUpMissedAt, followUpsDueAt, underFollowedAt } = state;
  const due: DueTime<LeadDeadlineKind>[] = [];
  if (nextFollowUpDueAt && !followUpMissedAt) due.push({ kind: 'LEAD_FOLLOW_UP', dueAt: nextFollowUpDueAt });
  if (!underFollowedAt && owesFollowUps(state, policy))
    due.push({ kind: 'LEAD_FOLLOW_UPS', dueAt: followUpsDueAt });
  return due.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** Carries out what falls due at `dueAt`: what was not done is missed, once. What was done changes nothing. */
export function onLeadDeadline(
  state: LeadState,
  kind: string,
  dueAt: Date,
  policy: SalesPolicy,
): Decision<LeadState, LeadFact, SalesRefusal<never>> {
  if (!isPending(leadDeadlines(state, policy), kind, dueAt)) return accept(state);
  const happened = {
    leadId: state.id,
    projectId: state.projectId,
    consultantId: state.consultantId,
    at: dueAt,
  };
  if (kind === 'LEAD_FOLLOW_UP') {
    return accept({ ...state, followUpMissedAt: dueAt }, { type: 'LeadFollowUpMissed', ...happened, dueAt });
  }
  return accept(
    { ...state, underFollowedAt: dueAt },
    {
      type: 'LeadUnderFollowed',
      ...happened,
      kind: state.kind,
      followUps: countedFollowUps(state),
      required: requiredFollowUps(state, policy),
    },
  );
}

/** What a list of leads is made from (SAL-01): a follow-up that is past its time, and too few altogether. */
export function leadShortfall(
  state: LeadState,
  policy: SalesPolicy,
  at: Date,
): { readonly overdue: boolean; readonly underFollowed: boolean } {
  const active = state.status === 'OPEN' || state.status === 'SUBSCRIBED';
  return {
    overdue: active && state.nextFollowUpDueAt !== null && state.nextFollowUpDueAt <= at,
    underFollowed: active && state.followUpsDueAt <= at && owesFollowUps(state, policy),
  };
}
