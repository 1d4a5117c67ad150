import { accept, isBlank, refuse } from '@anju/kernel';
import type { ComplaintState } from './complaint';
import { factOf, type ComplaintFact } from './facts';
import { notAdmitted, type ComplaintDecision } from './transitions';

export const handOverOutcomes = ['OFFERED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'] as const;
export type HandOverOutcome = (typeof handOverOutcomes)[number];

/** A case offered to another handler; it stays with the one who has it until the other accepts (CMP-04). */
export interface ComplaintHandOver {
  /** 1, 2, 3 … within the case. */
  readonly sequence: number;
  readonly offeredAt: Date;
  readonly by: string;
  readonly toDepartment: string;
  readonly toHandlerId: string;
  readonly fromDepartment: string | null;
  readonly fromHandlerId: string | null;
  readonly reason: string;
  readonly outcome: HandOverOutcome;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  /** Why it was refused or withdrawn. */
  readonly answer: string | null;
}

/** The offer that is not answered yet; null when there is none. */
export function openHandOver({ handOvers }: Pick<ComplaintState, 'handOvers'>): ComplaintHandOver | null {
  return handOvers.find(({ outcome }) => outcome === 'OFFERED') ?? null;
}

export interface HandOverComplaint {
  readonly by: string;
  readonly toDepartment: string;
  readonly toHandlerId: string;
  readonly reason: string;
}

/** Offers the case to another handler or department, with the reason. One offer at a time. */
export function handOverComplaint(
  state: ComplaintState,
  command: HandOverComplaint,
  at: Date,
): ComplaintDecision<
  | 'COMPLAINT_REASON_MISSING'
  | 'COMPLAINT_HANDLER_MISSING'
  | 'COMPLAINT_ALREADY_ASSIGNED'
  | 'COMPLAINT_HAND_OVER_OPEN'
> {
  const refusal = notAdmitted(state, 'handOverComplaint', command.by);
  if (refusal) return refusal;
  const { by, toDepartment, toHandlerId, reason } = command;
  const { responsibleDepartment, handlerId } = state;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'handOverComplaint' });
  if (handlerId === null) return refuse('COMPLAINT_HANDLER_MISSING', { responsibleDepartment });
  if (state.namedStaffIds.includes(toHandlerId)) {
    return refuse('NAMED_EMPLOYEE_CANNOT_HANDLE', { staffId: toHandlerId });
  }
  if (toDepartment === responsibleDepartment && toHandlerId === handlerId) {
    return refuse('COMPLAINT_ALREADY_ASSIGNED', { responsibleDepartment, handlerId });
  }
  const open = openHandOver(state);
  if (open) return refuse('COMPLAINT_HAND_OVER_OPEN', { offeredToId: open.toHandlerId });
  const sequence = state.handOvers.length + 1;
  const offer: ComplaintHandOver = {
    ...{ sequence, offeredAt: at, by, toDepartment, toHandlerId, reason },
    fromDepartment: responsibleDepartment,
    fromHandlerId: handlerId,
    ...{ outcome: 'OFFERED', answeredAt: null, answeredBy: null, answer: null },
  };
  return accept(
    { ...state, handOvers: [...state.handOvers, offer] },
    factOf('ComplaintHandOverOffered', state, at, { by, sequence, toDepartment, toHandlerId }),
  );
}

export interface AnswerComplaintHandOver {
  readonly by: string;
}

/** The one to whom the case was offered takes it; from now on it is his. */
export function acceptComplaintHandOver(
  state: ComplaintState,
  { by }: AnswerComplaintHandOver,
  at: Date,
): ComplaintDecision<'COMPLAINT_HAND_OVER_NOT_OPEN' | 'COMPLAINT_HAND_OVER_OF_ANOTHER'> {
  const refusal = notAdmitted(state, 'acceptComplaintHandOver', by);
  if (refusal) return refusal;
  const open = openHandOver(state);
  if (!open) return refuse('COMPLAINT_HAND_OVER_NOT_OPEN', { command: 'acceptComplaintHandOver' });
  const { sequence, toDepartment, toHandlerId } = open;
  if (by !== toHandlerId) return refuse('COMPLAINT_HAND_OVER_OF_ANOTHER', { offeredToId: toHandlerId });
  return accept<ComplaintState, ComplaintFact>(
    {
      ...answered(state, open, { outcome: 'ACCEPTED', answeredAt: at, answeredBy: by, answer: null }),
      responsibleDepartment: toDepartment,
      handlerId: toHandlerId,
    },
    factOf('ComplaintHandOverAnswered', state, at, { by, sequence, outcome: 'ACCEPTED' }),
    factOf('ComplaintAssigned', state, at, {
      by,
      responsibleDepartment: toDepartment,
      handlerId: toHandlerId,
      previousDepartment: state.responsibleDepartment,
      previousHandlerId: state.handlerId,
    }),
  );
}

export interface RefuseComplaintHandOver extends AnswerComplaintHandOver {
  readonly reason: string;
}

/** The one to whom the case was offered does not take it, and says why; it stays where it is. */
export function refuseComplaintHandOver(
  state: ComplaintState,
  { by, reason }: RefuseComplaintHandOver,
  at: Date,
): ComplaintDecision<
  'COMPLAINT_REASON_MISSING' | 'COMPLAINT_HAND_OVER_NOT_OPEN' | 'COMPLAINT_HAND_OVER_OF_ANOTHER'
> {
  const refusal = notAdmitted(state, 'refuseComplaintHandOver', by);
  if (refusal) return refusal;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'refuseComplaintHandOver' });
  const open = openHandOver(state);
  if (!open) return refuse('COMPLAINT_HAND_OVER_NOT_OPEN', { command: 'refuseComplaintHandOver' });
  const { sequence, toHandlerId } = open;
  if (by !== toHandlerId) return refuse('COMPLAINT_HAND_OVER_OF_ANOTHER', { offeredToId: toHandlerId });
  return accept(
    answered(state, open, { outcome: 'REFUSED', answeredAt: at, answeredBy: by, answer: reason }),
    factOf('ComplaintHandOverAnswered', state, at, { by, sequence, outcome: 'REFUSED' }),
  );
}

/** An offer falls away that nobody is to answer any more: the case got another handler, or ended. */
export function withdrawHandOver(state: ComplaintState, by: string, at: Date): ComplaintState {
  const open = openHandOver(state);
  if (!open) return state;
  return answered(state, open, { outcome: 'WITHDRAWN', answeredAt: at, answeredBy: by, answer: null });
}

function answered(
  state: ComplaintState,
  open: ComplaintHandOver,
  answer: Pick<ComplaintHandOver, 'outcome' | 'answeredAt' | 'answeredBy' | 'answer'>,
): ComplaintState {
  return { ...state, handOvers: state.handOvers.map((one) => (one === open ? { ...one, ...answer } : one)) };
}
