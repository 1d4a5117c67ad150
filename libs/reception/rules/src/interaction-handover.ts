import { accept, refuse, wrongStatus, type Refused } from '@anju/kernel';
import { about, interactionTransitions, type InteractionChange } from './interaction';
import type { InteractionState } from './interaction-state';
import { missingText, type ReceptionRefusal } from './refusals';

/**
 * Offers the contact to a colleague (REC-03); the owner stays until it is accepted. A new offer takes the
 * place of one that is not answered yet.
 * @param command.bySupervisor a supervisor may offer what belongs to somebody who is away
 */
export function offerHandover(
  state: InteractionState,
  command: {
    readonly toId: string;
    readonly by: string;
    readonly bySupervisor: boolean;
    readonly note: string | null;
  },
  at: Date,
): InteractionChange<'NOT_THE_OWNER' | 'HANDOVER_TO_THE_OWNER'> {
  const wrong = wrongStatus(interactionTransitions, 'offerHandover', state.status);
  if (wrong) return wrong;
  const { ownerId } = state;
  if (command.by !== ownerId && !command.bySupervisor) return refuse('NOT_THE_OWNER', { ownerId });
  if (command.toId === ownerId) return refuse('HANDOVER_TO_THE_OWNER', { ownerId });
  const { toId, by, note } = command;
  return accept(
    { ...state, handoverOffer: { toId, byId: by, note, offeredAt: at } },
    { type: 'InteractionHandoverOffered', ...about(state), toId, by, at },
  );
}

function notOfferedTo(
  state: InteractionState,
  by: string,
): Refused<ReceptionRefusal<'NO_HANDOVER_OFFERED' | 'HANDOVER_OFFERED_TO_ANOTHER'>> | null {
  const offer = state.handoverOffer;
  if (!offer) return refuse('NO_HANDOVER_OFFERED', { ownerId: state.ownerId });
  return offer.toId === by ? null : refuse('HANDOVER_OFFERED_TO_ANOTHER', { offeredToId: offer.toId });
}

/** The colleague takes the contact over; from this moment it is his (REC-03). */
export function acceptHandover(
  state: InteractionState,
  command: { readonly by: string },
  at: Date,
): InteractionChange<'NO_HANDOVER_OFFERED' | 'HANDOVER_OFFERED_TO_ANOTHER'> {
  const wrong = wrongStatus(interactionTransitions, 'acceptHandover', state.status);
  if (wrong) return wrong;
  const notHis = notOfferedTo(state, command.by);
  if (notHis) return notHis;
  return accept(
    { ...state, ownerId: command.by, handoverOffer: null },
    {
      type: 'InteractionHandedOver',
      interactionId: state.id,
      projectId: state.projectId,
      fromId: state.ownerId,
      toId: command.by,
      at,
    },
  );
}

/** The colleague does not take the contact over; it stays with its owner (REC-03). */
export function declineHandover(
  state: InteractionState,
  command: { readonly by: string; readonly reason: string },
  at: Date,
): InteractionChange<'NO_HANDOVER_OFFERED' | 'HANDOVER_OFFERED_TO_ANOTHER' | 'RECEPTION_TEXT_MISSING'> {
  const wrong = wrongStatus(interactionTransitions, 'declineHandover', state.status);
  if (wrong) return wrong;
  const { by, reason } = command;
  const refusal = notOfferedTo(state, by) ?? missingText('reason', reason);
  if (refusal) return refusal;
  return accept(
    { ...state, handoverOffer: null },
    { type: 'InteractionHandoverDeclined', ...about(state), by, at },
  );
}
