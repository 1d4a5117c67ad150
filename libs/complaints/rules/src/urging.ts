import { accept, isBlank, refuse } from '@anju/kernel';
import type { ComplaintChannel, ComplaintState, TellingChannel } from './complaint';
import { factOf } from './facts';
import { unique } from './plain';
import { notAdmitted, type ComplaintDecision } from './transitions';

/** 催办: the customer asks again where his complaint stands. */
export interface ComplaintUrging {
  readonly at: Date;
  readonly by: string;
  /** Who urged; null when it is not known. */
  readonly customerId: string | null;
  readonly channel: ComplaintChannel;
  readonly interactionId: string | null;
  readonly note: string | null;
}

export interface RecordComplaintUrging {
  readonly by: string;
  readonly customerId: string | null;
  readonly channel: ComplaintChannel;
  readonly interactionId: string | null;
  readonly note: string | null;
}

/** Counts that the customer urged; no second complaint, as nothing was handled yet. */
export function recordComplaintUrging(
  state: ComplaintState,
  command: RecordComplaintUrging,
  at: Date,
): ComplaintDecision<'URGING_CUSTOMER_NOT_IN_CASE'> {
  const refusal = notAdmitted(state, 'recordComplaintUrging', command.by);
  if (refusal) return refusal;
  const { by, customerId, channel, interactionId, note } = command;
  const isKnown = customerId === null || state.members.some((member) => member.customerId === customerId);
  if (!isKnown) return refuse('URGING_CUSTOMER_NOT_IN_CASE', { customerId });
  const urgings = [...state.urgings, { at, by, customerId, channel, interactionId, note }];
  const interactionIds =
    interactionId === null ? state.interactionIds : unique([...state.interactionIds, interactionId]);
  return accept(
    { ...state, urgings, interactionIds },
    factOf('ComplaintUrged', state, at, { by, customerId, channel, interactionId, count: urgings.length }),
  );
}

/** Why a return visit did not come about. */
export const visitObstacles = ['NO_ANSWER', 'WRONG_CONTACT', 'ASKED_FOR_ANOTHER_TIME', 'DECLINED'] as const;
export type VisitObstacle = (typeof visitObstacles)[number];

/** A return visit that was tried and did not come about; its duty stays. */
export interface ReturnVisitAttempt {
  readonly at: Date;
  readonly by: string;
  readonly customerId: string | null;
  readonly channel: TellingChannel;
  readonly obstacle: VisitObstacle;
  readonly remarks: string | null;
}

export type RecordReturnVisitAttempt = Omit<ReturnVisitAttempt, 'at'>;

/** Notes that a customer was not reached. Every resolved case is visited (CMP-12): its clock runs on. */
export function recordReturnVisitAttempt(
  state: ComplaintState,
  command: RecordReturnVisitAttempt,
  at: Date,
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
  const attempt = { at, by, customerId, channel, obstacle, remarks };
  return accept(
    { ...state, returnVisitAttempts: [...state.returnVisitAttempts, attempt] },
    factOf('ReturnVisitAttempted', state, at, { by, customerId, channel, obstacle }),
  );
}
