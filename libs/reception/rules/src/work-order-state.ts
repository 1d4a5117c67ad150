import type { Decision, Transitions } from '@anju/kernel';
import type { ReceptionRefusal, ReceptionRefusalCode } from './refusals';
import type { WorkOrderFact } from './work-order-facts';

export const workOrderStatuses = ['ISSUED', 'ACCEPTED', 'ON_SITE', 'DONE', 'CONFIRMED', 'CANCELLED'] as const;
export type WorkOrderStatus = (typeof workOrderStatuses)[number];

/** Whose wish it is that an appointment is moved. */
export const movers = ['COMPANY', 'CUSTOMER'] as const;
export type Mover = (typeof movers)[number];

/** The time agreed with the customer: work begins at `fromAt` and is done before `toAt`. */
export interface Appointment {
  readonly fromAt: Date;
  readonly toAt: Date;
}

export interface Material {
  readonly name: string;
  readonly quantity: number;
  readonly suppliedBy: 'COMPANY' | 'CUSTOMER';
}

export interface AppointmentMove {
  readonly movedBy: Mover;
  readonly from: Appointment;
  readonly to: Appointment;
  /** When the customer was told of the company's move; null for his own. */
  readonly customerToldAt: Date | null;
  readonly reason: string;
  readonly by: string;
  readonly movedAt: Date;
}

/** An own repair, to the equipment department: 服务工作单. */
export interface WorkOrderState {
  readonly id: string;
  readonly projectId: string;
  readonly status: WorkOrderStatus;
  /** The contact that led to it. */
  readonly interactionId: string;
  readonly unitId: string | null;
  readonly buildingId: string | null;
  readonly fault: string;
  readonly place: string;
  /** By the price list, CNY as `Money` writes it; null where it is to be settled on site. */
  readonly estimate: string | null;
  readonly materials: readonly Material[];
  readonly departmentCode: string;
  readonly technicianId: string | null;
  readonly appointment: Appointment;
  readonly moves: readonly AppointmentMove[];
  readonly missedAppointments: readonly Appointment[];
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly acceptedAt: Date | null;
  readonly onSiteAt: Date | null;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly result: string | null;
  readonly confirmedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  /** When it entered the follow-up register; stays as a record after it has left. */
  readonly overdueAt: Date | null;
  readonly breachedAt: Date | null;
}

type Command = 'accept' | 'arrive' | 'finish' | 'confirm' | 'reschedule' | 'cancel' | 'missAppointment';

/** An appointment is still to be kept. */
export const unfinishedStatuses: readonly WorkOrderStatus[] = ['ISSUED', 'ACCEPTED', 'ON_SITE'];

export const workOrderTransitions: Transitions<
  WorkOrderStatus,
  Command,
  'WORK_ORDER_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'WORK_ORDER_NOT_IN_REQUIRED_STATUS',
  initial: 'ISSUED',
  commands: {
    accept: { from: ['ISSUED'], to: 'ACCEPTED' },
    arrive: { from: ['ACCEPTED'], to: 'ON_SITE' },
    finish: { from: ['ON_SITE'], to: 'DONE' },
    confirm: { from: ['DONE'], to: 'CONFIRMED' },
    reschedule: { from: unfinishedStatuses, to: 'SAME' },
    cancel: { from: unfinishedStatuses, to: 'CANCELLED' },
    missAppointment: { from: unfinishedStatuses, to: 'SAME' },
  },
};

export type WorkOrderDecision<Code extends ReceptionRefusalCode> = Decision<
  WorkOrderState,
  WorkOrderFact,
  ReceptionRefusal<Code>
>;
/** The decision on an order that exists. */
export type WorkOrderChange<Code extends ReceptionRefusalCode = never> = WorkOrderDecision<
  'WORK_ORDER_NOT_IN_REQUIRED_STATUS' | Code
>;
export type AppointmentCode = 'APPOINTMENT_ENDS_BEFORE_IT_BEGINS' | 'APPOINTMENT_IN_THE_PAST';

/** What every fact of a work order says. */
export interface AboutWorkOrder {
  readonly workOrderId: string;
  readonly projectId: string;
  readonly interactionId: string;
  readonly unitId: string | null;
  readonly departmentCode: string;
  readonly technicianId: string | null;
}

export function about(state: WorkOrderState): AboutWorkOrder {
  const { id, projectId, interactionId, unitId, departmentCode, technicianId } = state;
  return { workOrderId: id, projectId, interactionId, unitId, departmentCode, technicianId };
}

/** How often the company moved the appointment. */
export function companyMoves(state: WorkOrderState): number {
  return state.moves.filter((move) => move.movedBy === 'COMPANY').length;
}
