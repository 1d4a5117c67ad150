import { accept, refuse, wrongStatus, type DueTime, type Refused } from '@anju/kernel';
import { notPending } from './due-times';
import type { ReceptionPolicy } from './policy';
import { missingText, type ReceptionRefusal } from './refusals';
import type { WorkOrderFact } from './work-order-facts';
import {
  about,
  companyMoves,
  unfinishedStatuses,
  workOrderTransitions,
  type Appointment,
  type AppointmentCode,
  type AppointmentMove,
  type Mover,
  type WorkOrderChange,
  type WorkOrderState,
} from './work-order-state';

/** The refusal of an appointment that has no length or has passed, or null where it is possible. */
export function impossibleAppointment(
  { fromAt, toAt }: Appointment,
  at: Date,
): Refused<ReceptionRefusal<AppointmentCode>> | null {
  if (fromAt >= toAt) return refuse('APPOINTMENT_ENDS_BEFORE_IT_BEGINS', { fromAt, toAt });
  return toAt <= at ? refuse('APPOINTMENT_IN_THE_PAST', { toAt, decidedAt: at }) : null;
}

export interface RescheduleWorkOrder {
  readonly movedBy: Mover;
  readonly appointment: Appointment;
  /** When the customer was told; needed for the company's move, ignored for the customer's own. */
  readonly customerToldAt: Date | null;
  readonly reason: string;
  readonly by: string;
}

/** The appointments that the company has not kept: those that it moved, and those that it missed. */
function misses(state: WorkOrderState): number {
  return companyMoves(state) + state.missedAppointments.length;
}

/** When the appointment that stands was made. */
function agreedAt({ moves, issuedAt }: WorkOrderState): Date {
  return moves.at(-1)?.movedAt ?? issuedAt;
}

type CompanyMoveCode =
  | 'COMPANY_MOVE_USED_UP'
  | 'CUSTOMER_NOT_TOLD_OF_MOVE'
  | 'CUSTOMER_TOLD_BEFORE_APPOINTMENT'
  | 'CUSTOMER_TOLD_TOO_LATE'
  | 'CUSTOMER_TOLD_IN_FUTURE';

function companyMayNotMove(
  state: WorkOrderState,
  customerToldAt: Date | null,
  at: Date,
  policy: Pick<ReceptionPolicy, 'companyMoves'>,
): Refused<ReceptionRefusal<CompanyMoveCode>> | null {
  const agreedFromAt = state.appointment.fromAt;
  if (misses(state) >= policy.companyMoves) {
    return refuse('COMPANY_MOVE_USED_UP', {
      companyMoves: companyMoves(state),
      misses: state.missedAppointments.length,
      allowed: policy.companyMoves,
    });
  }
  if (!customerToldAt) return refuse('CUSTOMER_NOT_TOLD_OF_MOVE', { agreedFromAt });
  if (customerToldAt > at) return refuse('CUSTOMER_TOLD_IN_FUTURE', { customerToldAt, decidedAt: at });
  const madeAt = agreedAt(state);
  if (customerToldAt < madeAt) {
    return refuse('CUSTOMER_TOLD_BEFORE_APPOINTMENT', { customerToldAt, agreedAt: madeAt });
  }
  return customerToldAt < agreedFromAt
    ? null
    : refuse('CUSTOMER_TOLD_TOO_LATE', { customerToldAt, agreedFromAt });
}

/**
 * Moves the appointment (REC-12). The company may do so once, and only if it told the customer before the
 * agreed time began (reading: at its beginning he is already waiting) and after that time was agreed, because
 * before there was nothing to move; not any more once it has missed an appointment. What the customer himself wishes is always possible and does not count.
 */
export function rescheduleWorkOrder(
  state: WorkOrderState,
  command: RescheduleWorkOrder,
  at: Date,
  policy: Pick<ReceptionPolicy, 'companyMoves'>,
): WorkOrderChange<'RECEPTION_TEXT_MISSING' | AppointmentCode | CompanyMoveCode> {
  const { movedBy, appointment, reason, by } = command;
  const byCompany = movedBy === 'COMPANY';
  const refusal =
    wrongStatus(workOrderTransitions, 'reschedule', state.status) ??
    missingText('reason', reason) ??
    impossibleAppointment(appointment, at) ??
    (byCompany ? companyMayNotMove(state, command.customerToldAt, at, policy) : null);
  if (refusal) return refusal;
  const move: AppointmentMove = {
    movedBy,
    from: state.appointment,
    to: appointment,
    customerToldAt: byCompany ? command.customerToldAt : null,
    reason,
    by,
    movedAt: at,
  };
  return accept(
    { ...state, appointment, moves: [...state.moves, move] },
    {
      type: 'WorkOrderRescheduled',
      ...about(state),
      movedBy,
      previousFromAt: state.appointment.fromAt,
      previousToAt: state.appointment.toAt,
      agreedFromAt: appointment.fromAt,
      agreedToAt: appointment.toAt,
      customerToldAt: move.customerToldAt,
      by,
      at,
    },
  );
}

function isMissed(state: WorkOrderState): boolean {
  return state.missedAppointments.some(({ toAt }) => toAt.getTime() === state.appointment.toAt.getTime());
}

/**
 * The end of the agreed time, while the order is not done (REC-11). Done at this very moment is too late,
 * as with every due time.
 */
export function workOrderDeadlines(state: WorkOrderState): readonly DueTime[] {
  if (!unfinishedStatuses.includes(state.status) || isMissed(state)) return [];
  return [{ kind: 'APPOINTMENT_END', dueAt: state.appointment.toAt }];
}

/**
 * The agreed time has passed: the order enters the follow-up register, the first time only (REC-11). It is a
 * breach, recorded and escalated once, when the company did not keep an appointment before: it moved one or
 * missed one (REC-12).
 */
export function onWorkOrderDeadline(
  state: WorkOrderState,
  kind: string,
  dueAt: Date,
  policy: Pick<ReceptionPolicy, 'missesToBreach'>,
): WorkOrderChange<'RECEPTION_DEADLINE_NOT_PENDING'> {
  const stale = notPending(workOrderDeadlines(state), kind, dueAt);
  if (stale) return stale;
  const missed: WorkOrderState = {
    ...state,
    missedAppointments: [...state.missedAppointments, state.appointment],
    overdueAt: state.overdueAt ?? dueAt,
  };
  const breached = !state.breachedAt && misses(missed) >= policy.missesToBreach;
  const facts: WorkOrderFact[] = [
    {
      type: 'WorkOrderOverdue',
      ...about(state),
      agreedFromAt: state.appointment.fromAt,
      agreedToAt: state.appointment.toAt,
      missedAppointments: missed.missedAppointments.length,
      entersRegister: state.overdueAt === null,
      at: dueAt,
    },
  ];
  if (breached) {
    facts.push({
      type: 'WorkOrderBreached',
      ...about(state),
      companyMoves: companyMoves(state),
      missedAppointments: missed.missedAppointments.length,
      escalatedTo: 'SERVICE_SUPERVISOR',
      at: dueAt,
    });
  }
  return accept(breached ? { ...missed, breachedAt: dueAt } : missed, ...facts);
}
