import { accept, Money, refuse, wrongStatus, type Decision, type Transitions } from '@anju/kernel';
import { missingText, type ReceptionRefusal, type ReceptionRefusalCode } from './refusals';
import type { Drawer } from './shift';

export const paymentMethods = ['CASH', 'CARD', 'TRANSFER', 'WECHAT', 'ALIPAY'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** Who took the money: finance, or the desk while finance is away. */
export const collectors = ['FINANCE', 'DESK'] as const;
export type Collector = (typeof collectors)[number];

export const receiptStatuses = ['ISSUED', 'CANCELLED'] as const;
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** What a payment gives to one month's fee. `month` is `YYYY-MM`, `amount` in CNY as `Money` writes it. */
export type MonthPart = {
  readonly month: string;
  readonly amount: string;
};

/** A numbered receipt for a fee: 收据. Amounts in CNY as `Money` writes them; never changed once issued. */
export interface ReceiptState {
  readonly id: string;
  readonly projectId: string;
  readonly status: ReceiptStatus;
  readonly number: string;
  readonly unitId: string;
  readonly payerId: string;
  /** Whose fees were paid; often the payer's own. */
  readonly forCustomerId: string;
  readonly amount: string;
  readonly covers: readonly MonthPart[];
  /** What no month is owed for yet. */
  readonly prepaid: string;
  readonly method: PaymentMethod;
  readonly collectedBy: Collector;
  readonly takenBy: string;
  /** The desk's shift whose drawer the money went into; null where finance took it. */
  readonly shiftId: string | null;
  readonly issuedAt: Date;
  /** The desk gives a receipt only; the invoice follows to the home. */
  readonly invoiceToFollow: boolean;
  readonly invoiceDeliveredAt: Date | null;
  readonly invoiceDeliveredBy: string | null;
  readonly cancelledAt: Date | null;
  readonly cancelledBy: string | null;
  readonly cancelReason: string | null;
  /** The desk's shift whose drawer the money was given back from. */
  readonly cancelShiftId: string | null;
}

interface ReceiptFactBase {
  readonly receiptId: string;
  readonly projectId: string;
  readonly number: string;
  readonly unitId: string;
  readonly payerId: string;
  readonly forCustomerId: string;
  readonly amount: string;
  readonly method: PaymentMethod;
  readonly by: string;
  readonly at: Date;
}

export interface ReceiptIssued extends ReceiptFactBase {
  readonly type: 'ReceiptIssued';
  readonly covers: readonly MonthPart[];
  readonly prepaid: string;
  readonly collectedBy: Collector;
  readonly shiftId: string | null;
  readonly invoiceToFollow: boolean;
}
export interface InvoiceDelivered extends ReceiptFactBase {
  readonly type: 'InvoiceDelivered';
}
export interface ReceiptCancelled extends ReceiptFactBase {
  readonly type: 'ReceiptCancelled';
  readonly issuedAt: Date;
  readonly shiftId: string | null;
}

/** What can have happened to a receipt. */
export type ReceiptFact = ReceiptIssued | InvoiceDelivered | ReceiptCancelled;

export const receiptTransitions: Transitions<
  ReceiptStatus,
  'deliverInvoice' | 'cancel',
  'RECEIPT_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'RECEIPT_NOT_IN_REQUIRED_STATUS',
  initial: 'ISSUED',
  commands: {
    deliverInvoice: { from: ['ISSUED'], to: 'SAME' },
    cancel: { from: ['ISSUED'], to: 'CANCELLED' },
  },
};

type ReceiptDecision<Code extends ReceptionRefusalCode> = Decision<
  ReceiptState,
  ReceiptFact,
  ReceptionRefusal<Code>
>;

function about(state: ReceiptState): Omit<ReceiptFactBase, 'by' | 'at'> {
  const { id, projectId, number, unitId, payerId, forCustomerId, amount, method } = state;
  return { receiptId: id, projectId, number, unitId, payerId, forCustomerId, amount, method };
}

export type IssueReceipt = Pick<
  ReceiptState,
  | 'id'
  | 'projectId'
  | 'number'
  | 'unitId'
  | 'payerId'
  | 'forCustomerId'
  | 'covers'
  | 'method'
  | 'collectedBy'
  | 'takenBy'
  | 'shiftId'
> & {
  readonly amount: Money;
  readonly prepaid: Money;
  readonly financeAway: boolean;
};

/**
 * Gives a numbered receipt for a payment (REC-35). Finance takes payments; the desk does so only while finance
 * is away, in an open shift, and then the invoice follows.
 * @param command.covers with `command.prepaid`, what the fee account makes of the amount, see `allocationOf`
 */
export function issueReceipt(
  command: IssueReceipt,
  at: Date,
): ReceiptDecision<
  'AMOUNT_NOT_POSITIVE' | 'FINANCE_IS_PRESENT' | 'NO_OPEN_SHIFT' | 'RECEIPT_DOES_NOT_ADD_UP'
> {
  const { amount, prepaid, financeAway, ...details } = command;
  const atDesk = details.collectedBy === 'DESK';
  if (amount.compare(Money.zero) <= 0) return refuse('AMOUNT_NOT_POSITIVE', { amount: amount.toString() });
  if (atDesk && !financeAway) return refuse('FINANCE_IS_PRESENT', {});
  if (atDesk && !details.shiftId) return refuse('NO_OPEN_SHIFT', {});
  const parts = details.covers.map((part) => Money.of(part.amount));
  const covered = Money.sum(parts);
  if (
    prepaid.isNegative() ||
    parts.some((part) => part.compare(Money.zero) <= 0) ||
    !covered.plus(prepaid).equals(amount)
  ) {
    return refuse('RECEIPT_DOES_NOT_ADD_UP', {
      amount: amount.toString(),
      covered: covered.toString(),
      prepaid: prepaid.toString(),
    });
  }
  const state: ReceiptState = {
    ...details,
    status: receiptTransitions.initial,
    amount: amount.toString(),
    prepaid: prepaid.toString(),
    shiftId: atDesk ? details.shiftId : null,
    issuedAt: at,
    invoiceToFollow: atDesk,
    invoiceDeliveredAt: null,
    invoiceDeliveredBy: null,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    cancelShiftId: null,
  };
  return accept(state, {
    type: 'ReceiptIssued',
    ...about(state),
    covers: state.covers,
    prepaid: state.prepaid,
    collectedBy: state.collectedBy,
    shiftId: state.shiftId,
    invoiceToFollow: state.invoiceToFollow,
    by: state.takenBy,
    at,
  });
}

/** The invoice that was to follow has been brought to the home (REC-35). */
export function deliverInvoice(
  state: ReceiptState,
  command: { readonly by: string },
  at: Date,
): ReceiptDecision<'RECEIPT_NOT_IN_REQUIRED_STATUS' | 'INVOICE_NOT_TO_FOLLOW' | 'INVOICE_ALREADY_DELIVERED'> {
  const wrong = wrongStatus(receiptTransitions, 'deliverInvoice', state.status);
  if (wrong) return wrong;
  if (!state.invoiceToFollow) return refuse('INVOICE_NOT_TO_FOLLOW', {});
  const { invoiceDeliveredAt } = state;
  if (invoiceDeliveredAt) return refuse('INVOICE_ALREADY_DELIVERED', { deliveredAt: invoiceDeliveredAt });
  return accept(
    { ...state, invoiceDeliveredAt: at, invoiceDeliveredBy: command.by },
    { type: 'InvoiceDelivered', ...about(state), by: command.by, at },
  );
}

/**
 * Takes a receipt back, with a reason (REC-35). Nothing on it is changed: the money goes back as a reversal,
 * out of the drawer of the shift in which that happens.
 * @param command.shiftId the open shift at the desk, where the money is given back there
 */
export function cancelReceipt(
  state: ReceiptState,
  command: { readonly reason: string; readonly by: string; readonly shiftId: string | null },
  at: Date,
): ReceiptDecision<'RECEIPT_NOT_IN_REQUIRED_STATUS' | 'RECEPTION_TEXT_MISSING' | 'NO_OPEN_SHIFT'> {
  const { reason, by } = command;
  const refusal = wrongStatus(receiptTransitions, 'cancel', state.status) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const atDesk = state.collectedBy === 'DESK';
  if (atDesk && !command.shiftId) return refuse('NO_OPEN_SHIFT', {});
  const shiftId = atDesk ? command.shiftId : null;
  return accept(
    {
      ...state,
      status: 'CANCELLED',
      cancelledAt: at,
      cancelledBy: by,
      cancelReason: reason,
      cancelShiftId: shiftId,
    },
    { type: 'ReceiptCancelled', ...about(state), issuedAt: state.issuedAt, shiftId, by, at },
  );
}

/**
 * What the receipts say must be in a shift's drawer (REC-23, REC-35): the cash that was taken less the cash
 * that was given back, and the number of receipts given out, cancelled ones included.
 * @param receipts all that name the shift, by issue or by cancellation; others are passed over
 */
export function drawerOf(
  receipts: readonly ReceiptState[],
  shiftId: string,
): Pick<Drawer, 'cash' | 'receipts'> {
  const issued = receipts.filter((receipt) => receipt.shiftId === shiftId);
  const givenBack = receipts.filter((receipt) => receipt.cancelShiftId === shiftId);
  const cashIn = (some: readonly ReceiptState[]): Money =>
    Money.sum(some.filter(({ method }) => method === 'CASH').map(({ amount }) => Money.of(amount)));
  return { cash: cashIn(issued).minus(cashIn(givenBack)).toString(), receipts: issued.length };
}
