import { accept, refuse } from '@anju/kernel';
import type { ComplaintChannel, ComplaintState } from './complaint';
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
