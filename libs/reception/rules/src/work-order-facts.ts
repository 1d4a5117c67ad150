import type { AboutWorkOrder, Mover } from './work-order-state';

interface About extends AboutWorkOrder {
  readonly at: Date;
}

interface Agreed {
  readonly agreedFromAt: Date;
  readonly agreedToAt: Date;
}

export interface WorkOrderIssued extends About, Agreed {
  readonly type: 'WorkOrderIssued';
  /** CNY as `Money` writes it. */
  readonly estimate: string | null;
  readonly by: string;
}

export interface WorkOrderAccepted extends About {
  readonly type: 'WorkOrderAccepted';
  readonly by: string;
}

export interface WorkOrderOnSite extends About {
  readonly type: 'WorkOrderOnSite';
  readonly by: string;
}

export interface WorkOrderDone extends About {
  readonly type: 'WorkOrderDone';
  readonly issuedAt: Date;
  readonly agreedToAt: Date;
  /** No appointment was missed. */
  readonly onTime: boolean;
  readonly companyMoves: number;
  /** The entry in the follow-up register ends with this. */
  readonly leavesRegister: boolean;
  readonly by: string;
}

export interface WorkOrderConfirmed extends About {
  readonly type: 'WorkOrderConfirmed';
  readonly by: string;
}

export interface WorkOrderCancelled extends About {
  readonly type: 'WorkOrderCancelled';
  readonly leavesRegister: boolean;
  readonly by: string;
}

export interface WorkOrderRescheduled extends About, Agreed {
  readonly type: 'WorkOrderRescheduled';
  readonly movedBy: Mover;
  readonly previousFromAt: Date;
  readonly previousToAt: Date;
  readonly customerToldAt: Date | null;
  readonly by: string;
}

/** Once per missed appointment; the first makes an entry in the follow-up register. */
export interface WorkOrderOverdue extends About, Agreed {
  readonly type: 'WorkOrderOverdue';
  /** With this one. */
  readonly missedAppointments: number;
  readonly entersRegister: boolean;
}

/** Once per work order. */
export interface WorkOrderBreached extends About {
  readonly type: 'WorkOrderBreached';
  readonly companyMoves: number;
  readonly missedAppointments: number;
  /** The role that has to deal with it now. */
  readonly escalatedTo: 'SERVICE_SUPERVISOR';
}

/** What can have happened to a work order. */
export type WorkOrderFact =
  | WorkOrderIssued
  | WorkOrderAccepted
  | WorkOrderOnSite
  | WorkOrderDone
  | WorkOrderConfirmed
  | WorkOrderCancelled
  | WorkOrderRescheduled
  | WorkOrderOverdue
  | WorkOrderBreached;
