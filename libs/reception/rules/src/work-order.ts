import { accept, isBlank, refuse, wrongStatus, type Money } from '@anju/kernel';
import type { InteractionItem } from './interaction-state';
import { missingText } from './refusals';
import { impossibleAppointment } from './work-order-appointment';
import {
  about,
  companyMoves,
  workOrderTransitions,
  type AppointmentCode,
  type WorkOrderChange,
  type WorkOrderDecision,
  type WorkOrderState,
} from './work-order-state';

export type IssueWorkOrder = Pick<
  WorkOrderState,
  | 'id'
  | 'projectId'
  | 'interactionId'
  | 'unitId'
  | 'buildingId'
  | 'fault'
  | 'place'
  | 'materials'
  | 'departmentCode'
  | 'technicianId'
  | 'appointment'
> & {
  /** By the price list; null where it is to be settled on site. */
  readonly estimate: Money | null;
  readonly by: string;
};

/** Issues a work order to a department, for the time agreed with the customer (REC-10). */
export function issueWorkOrder(
  command: IssueWorkOrder,
  at: Date,
): WorkOrderDecision<
  'WORK_ORDER_DETAILS_MISSING' | 'ESTIMATE_NEGATIVE' | 'MATERIAL_QUANTITY_NOT_POSITIVE' | AppointmentCode
> {
  const { estimate, by, ...details } = command;
  const missing = (['fault', 'place'] as const).filter((field) => isBlank(details[field]));
  if (missing.length > 0) return refuse('WORK_ORDER_DETAILS_MISSING', { missing });
  if (estimate?.isNegative()) return refuse('ESTIMATE_NEGATIVE', { estimate: estimate.toString() });
  const wrong = details.materials.find(({ quantity }) => !(quantity > 0));
  if (wrong) {
    return refuse('MATERIAL_QUANTITY_NOT_POSITIVE', { material: wrong.name, quantity: wrong.quantity });
  }
  const refusal = impossibleAppointment(details.appointment, at);
  if (refusal) return refusal;
  const state: WorkOrderState = {
    ...details,
    status: workOrderTransitions.initial,
    estimate: estimate?.toString() ?? null,
    moves: [],
    missedAppointments: [],
    issuedAt: at,
    issuedBy: by,
    acceptedAt: null,
    onSiteAt: null,
    doneAt: null,
    doneBy: null,
    result: null,
    confirmedAt: null,
    cancelledAt: null,
    cancelReason: null,
    overdueAt: null,
    breachedAt: null,
  };
  return accept(state, {
    type: 'WorkOrderIssued',
    ...about(state),
    estimate: state.estimate,
    agreedFromAt: state.appointment.fromAt,
    agreedToAt: state.appointment.toAt,
    by,
    at,
  });
}

/** The department takes the order on and names the technician (REC-10). */
export function acceptWorkOrder(
  state: WorkOrderState,
  command: { readonly technicianId: string; readonly by: string },
  at: Date,
): WorkOrderChange {
  const wrong = wrongStatus(workOrderTransitions, 'accept', state.status);
  if (wrong) return wrong;
  const next: WorkOrderState = {
    ...state,
    status: 'ACCEPTED',
    technicianId: command.technicianId,
    acceptedAt: at,
  };
  return accept(next, { type: 'WorkOrderAccepted', ...about(next), by: command.by, at });
}

/** The technician is at the place (REC-10). */
export function arriveOnSite(
  state: WorkOrderState,
  command: { readonly by: string },
  at: Date,
): WorkOrderChange {
  const wrong = wrongStatus(workOrderTransitions, 'arrive', state.status);
  if (wrong) return wrong;
  return accept(
    { ...state, status: 'ON_SITE', onSiteAt: at },
    { type: 'WorkOrderOnSite', ...about(state), by: command.by, at },
  );
}

/** The repair is done, with its result (REC-10); the order leaves the follow-up register (REC-11). */
export function finishWorkOrder(
  state: WorkOrderState,
  command: { readonly result: string; readonly by: string },
  at: Date,
): WorkOrderChange<'RECEPTION_TEXT_MISSING'> {
  const refusal =
    wrongStatus(workOrderTransitions, 'finish', state.status) ?? missingText('result', command.result);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'DONE', doneAt: at, doneBy: command.by, result: command.result },
    {
      type: 'WorkOrderDone',
      ...about(state),
      issuedAt: state.issuedAt,
      agreedToAt: state.appointment.toAt,
      onTime: state.missedAppointments.length === 0,
      companyMoves: companyMoves(state),
      leavesRegister: state.overdueAt !== null,
      by: command.by,
      at,
    },
  );
}

/** The customer confirms that the repair is done (REC-10). */
export function confirmWorkOrder(
  state: WorkOrderState,
  command: { readonly by: string },
  at: Date,
): WorkOrderChange {
  const wrong = wrongStatus(workOrderTransitions, 'confirm', state.status);
  if (wrong) return wrong;
  return accept(
    { ...state, status: 'CONFIRMED', confirmedAt: at },
    { type: 'WorkOrderConfirmed', ...about(state), by: command.by, at },
  );
}

/** Gives the order up, with a reason; it leaves the follow-up register (REC-10, REC-11). */
export function cancelWorkOrder(
  state: WorkOrderState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): WorkOrderChange<'RECEPTION_TEXT_MISSING'> {
  const refusal =
    wrongStatus(workOrderTransitions, 'cancel', state.status) ?? missingText('reason', command.reason);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'CANCELLED', cancelledAt: at, cancelReason: command.reason },
    {
      type: 'WorkOrderCancelled',
      ...about(state),
      leavesRegister: state.overdueAt !== null,
      by: command.by,
      at,
    },
  );
}

/** The work order as an item of its contact (REC-04): done when the work is done or given up. */
export function workOrderItem(state: WorkOrderState): InteractionItem {
  const doneAt = state.doneAt ?? state.cancelledAt;
  const item = { kind: 'WORK_ORDER', id: state.id } as const;
  return doneAt ? { ...item, status: 'DONE', doneAt } : { ...item, status: 'OPEN' };
}
