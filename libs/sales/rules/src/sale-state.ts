import type { Transitions } from '@anju/kernel';
import type { SaleUnitOutcome, SaleUnitStep, UnitStatus } from './unit-status';

export const saleStatuses = [
  'UNIT_REQUESTED',
  'UNIT_HELD',
  'UNIT_REFUSED',
  'CONTRACT_REQUESTED',
  'CONTRACTED',
  'PAID',
  'HANDOVER_REQUESTED',
  'HANDED_OVER',
  'RELEASING',
  'WITHDRAWN',
] as const;
export type SaleStatus = (typeof saleStatuses)[number];

/** What the sale has asked the directory and has no answer to, or one that it cannot go on with. */
export interface PendingUnitStep {
  /** 1, 2, 3 … within the sale: the directory carries out a sale's requests in this order, each once. */
  readonly sequence: number;
  readonly step: SaleUnitStep;
  readonly requestedAt: Date;
  /** Until when an answer is expected. */
  readonly answerDueAt: Date;
  /** `answerDueAt`, once that has passed without one; the request stands. */
  readonly answerMissedAt: Date | null;
  /** When the directory refused it, where the sale waits for somebody to see to it. */
  readonly refusedAt: Date | null;
}

export const salePaymentKinds = ['OWN_FUNDS', 'MORTGAGE', 'PROVIDENT_FUND'] as const;
export type SalePaymentKind = (typeof salePaymentKinds)[number];

export interface SalePayment {
  readonly paymentId: string;
  readonly kind: SalePaymentKind;
  /** CNY as `Money` writes it, above 0. */
  readonly amount: string;
  readonly paidAt: Date;
  readonly by: string;
}

/**
 * The sale of one unit, from the subscription to the handover: a saga across sales and directory. The unit's
 * status is the directory's; the sale asks for each step of it and moves on with the answer. What has been
 * asked and not been answered is in `pending`, so that no sale is ever half done without saying so.
 */
export interface SaleState {
  readonly id: string;
  readonly projectId: string;
  /** Such as `JX-S20260302-001`. */
  readonly number: string;
  readonly status: SaleStatus;
  readonly unitId: string;
  /** Who subscribes. */
  readonly customerIds: readonly string[];
  readonly consultantId: string;
  readonly leadId: string | null;
  readonly openedAt: Date;
  readonly openedBy: string;
  readonly pending: PendingUnitStep | null;
  /** How many steps have been asked for. */
  readonly steps: number;
  /** The status of the unit that stood in the way of the subscription. */
  readonly refusedBecause: UnitStatus | null;
  readonly heldAt: Date | null;
  /** The contract that is drafted or signed for it. */
  readonly contractId: string | null;
  /** CNY; null before the contract is signed. */
  readonly price: string | null;
  readonly contractSignedAt: Date | null;
  readonly payments: readonly SalePayment[];
  readonly paidAt: Date | null;
  readonly handedOverAt: Date | null;
  readonly withdrawReason: string | null;
  readonly withdrawnAt: Date | null;
}

interface Happened {
  readonly saleId: string;
  readonly projectId: string;
  readonly unitId: string;
  readonly at: Date;
}
interface Done extends Happened {
  readonly by: string;
}

export interface SaleOpened extends Done {
  readonly type: 'SaleOpened';
  readonly number: string;
  readonly customerIds: readonly string[];
  readonly consultantId: string;
  readonly leadId: string | null;
}
/** Asks the directory to move the unit; answered once, by an event of the directory. */
export interface SaleUnitStepRequested extends Happened {
  readonly type: 'SaleUnitStepRequested';
  readonly sequence: number;
  readonly step: SaleUnitStep;
}
export interface SaleUnitAnswerOverdue extends Happened {
  readonly type: 'SaleUnitAnswerOverdue';
  readonly sequence: number;
  readonly step: SaleUnitStep;
  readonly requestedAt: Date;
}
export interface SaleUnitStepRefused extends Happened {
  readonly type: 'SaleUnitStepRefused';
  readonly sequence: number;
  readonly step: SaleUnitStep;
  readonly unitStatus: UnitStatus | null;
}
/** The subscription is in force: the unit is this sale's and nobody else's. */
export interface SaleUnitHeld extends Happened {
  readonly type: 'SaleUnitHeld';
  readonly customerIds: readonly string[];
  readonly consultantId: string;
  readonly leadId: string | null;
}
/** The unit was somebody else's; this sale is over. */
export interface SaleUnitRefused extends Happened {
  readonly type: 'SaleUnitRefused';
  readonly customerIds: readonly string[];
  readonly leadId: string | null;
  readonly unitStatus: UnitStatus | null;
}
export interface SaleContracted extends Happened {
  readonly type: 'SaleContracted';
  readonly contractId: string | null;
  readonly leadId: string | null;
  readonly consultantId: string;
  readonly price: string | null;
}
export interface SalePaymentRecorded extends Done {
  readonly type: 'SalePaymentRecorded';
  readonly paymentId: string;
  readonly kind: SalePaymentKind;
  readonly amount: string;
  readonly outstanding: string;
}
export interface SalePaid extends Happened {
  readonly type: 'SalePaid';
  readonly contractId: string | null;
  readonly price: string;
}
export interface SaleHandedOver extends Happened {
  readonly type: 'SaleHandedOver';
  readonly contractId: string | null;
}
export interface SaleWithdrawalBegun extends Done {
  readonly type: 'SaleWithdrawalBegun';
  /** The draft that falls with it. */
  readonly contractId: string | null;
}
export interface SaleWithdrawn extends Happened {
  readonly type: 'SaleWithdrawn';
  readonly customerIds: readonly string[];
  readonly leadId: string | null;
}

/** What can have happened to a sale. No free text: facts become events. */
export type SaleFact =
  | SaleOpened
  | SaleUnitStepRequested
  | SaleUnitAnswerOverdue
  | SaleUnitStepRefused
  | SaleUnitHeld
  | SaleUnitRefused
  | SaleContracted
  | SalePaymentRecorded
  | SalePaid
  | SaleHandedOver
  | SaleWithdrawalBegun
  | SaleWithdrawn;

/** What the directory says to a request: the unit's status after it, whoever has it; null where it has no such unit. */
export interface SaleUnitAnswer {
  readonly sequence: number;
  readonly step: SaleUnitStep;
  readonly outcome: SaleUnitOutcome;
  readonly unitStatus: UnitStatus | null;
}

type Command =
  | 'bindContract'
  | 'unbindContract'
  | 'noteContractSigned'
  | 'recordSalePayment'
  | 'handOverUnit'
  | 'withdrawSale'
  | 'retryUnitStep';

/** What people ask of a sale. A payment that is the last one leads on to `PAID`. */
export const saleTransitions: Transitions<SaleStatus, Command, 'SALE_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'SALE_NOT_IN_REQUIRED_STATUS',
  initial: 'UNIT_REQUESTED',
  commands: {
    bindContract: { from: ['UNIT_HELD'], to: 'SAME' },
    unbindContract: { from: ['UNIT_HELD', 'RELEASING', 'WITHDRAWN'], to: 'SAME' },
    noteContractSigned: { from: ['UNIT_HELD'], to: 'CONTRACT_REQUESTED' },
    recordSalePayment: { from: ['CONTRACTED'], to: 'SAME' },
    handOverUnit: { from: ['PAID'], to: 'HANDOVER_REQUESTED' },
    withdrawSale: { from: ['UNIT_REQUESTED', 'UNIT_HELD'], to: 'RELEASING' },
    retryUnitStep: { from: ['CONTRACT_REQUESTED', 'HANDOVER_REQUESTED', 'RELEASING'], to: 'SAME' },
  },
};

/** Where each answer of the directory leads, from the one status that waits for it. */
export const saleAnswers = {
  HOLD: { from: 'UNIT_REQUESTED', done: 'UNIT_HELD', refused: 'UNIT_REFUSED' },
  CONTRACT: { from: 'CONTRACT_REQUESTED', done: 'CONTRACTED', refused: 'CONTRACT_REQUESTED' },
  HAND_OVER: { from: 'HANDOVER_REQUESTED', done: 'HANDED_OVER', refused: 'HANDOVER_REQUESTED' },
  RELEASE: { from: 'RELEASING', done: 'WITHDRAWN', refused: 'RELEASING' },
} as const satisfies Record<
  SaleUnitStep,
  { readonly from: SaleStatus; readonly done: SaleStatus; readonly refused: SaleStatus }
>;

/** A sale that is over holds no unit. */
export function isSaleOver(status: SaleStatus): boolean {
  return status === 'UNIT_REFUSED' || status === 'WITHDRAWN';
}

/**
 * Whether a sale asks for its unit or means to keep it: there is at most one such sale of a unit. One that is
 * giving it back does not count: until the directory has it back, its status keeps others off.
 */
export function claimsUnit(status: SaleStatus): boolean {
  return !isSaleOver(status) && status !== 'RELEASING';
}
