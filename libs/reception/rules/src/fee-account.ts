import { accept, Money, refuse, type Decision } from '@anju/kernel';
import type { MonthPart } from './receipt';
import { missingText, type ReceptionRefusal, type ReceptionRefusalCode } from './refusals';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** What one receipt has given to a month's fee, or has left over. Amounts in CNY as `Money` writes them. */
export interface ReceiptPart {
  readonly receiptId: string;
  readonly amount: string;
}

/** The management fee of one month, owed by one customer. */
export interface FeeCharge {
  /** `YYYY-MM` */
  readonly month: string;
  readonly amount: string;
  readonly liableCustomerId: string;
  readonly dueAt: Date;
  readonly paidBy: readonly ReceiptPart[];
}

/** Money that a customer has paid ahead and that no month has used yet. */
export interface FeeCredit extends ReceiptPart {
  readonly customerId: string;
}

export interface FeePayment {
  readonly receiptId: string;
  readonly amount: string;
  readonly payerId: string;
  readonly forCustomerId: string;
  readonly paidAt: Date;
  readonly reversedAt: Date | null;
}

/** What is owed and paid for a unit's management fee. */
export interface FeeAccountState {
  readonly id: string;
  readonly projectId: string;
  readonly status: 'OPEN';
  readonly unitId: string;
  /** By month. */
  readonly charges: readonly FeeCharge[];
  readonly credits: readonly FeeCredit[];
  readonly payments: readonly FeePayment[];
}

/** What a customer owes: months not paid in full, and what is missing of them, in CNY as `Money` writes it. */
export type Arrears = {
  readonly months: number;
  readonly amount: string;
};

interface FeeFactBase {
  readonly feeAccountId: string;
  readonly projectId: string;
  readonly unitId: string;
  readonly at: Date;
}

export interface FeeAccountOpened extends FeeFactBase {
  readonly type: 'FeeAccountOpened';
}
export interface FeeCharged extends FeeFactBase {
  readonly type: 'FeeCharged';
  readonly month: string;
  readonly amount: string;
  readonly liableCustomerId: string;
  readonly dueAt: Date;
}
export interface FeePaid extends FeeFactBase {
  readonly type: 'FeePaid';
  readonly receiptId: string;
  readonly payerId: string;
  readonly forCustomerId: string;
  readonly amount: string;
  readonly covers: readonly MonthPart[];
  readonly prepaid: string;
}
export interface FeePaymentReversed extends FeeFactBase {
  readonly type: 'FeePaymentReversed';
  readonly receiptId: string;
  readonly amount: string;
  readonly by: string;
}

/** What can have happened to a fee account. */
export type FeeAccountFact = FeeAccountOpened | FeeCharged | FeePaid | FeePaymentReversed;

type FeeDecision<Code extends ReceptionRefusalCode> = Decision<
  FeeAccountState,
  FeeAccountFact,
  ReceptionRefusal<Code>
>;

function about(state: FeeAccountState): Omit<FeeFactBase, 'at'> {
  return { feeAccountId: state.id, projectId: state.projectId, unitId: state.unitId };
}

function sumOf(parts: readonly { readonly amount: string }[]): Money {
  return Money.sum(parts.map(({ amount }) => Money.of(amount)));
}

function openPartOf(charge: FeeCharge): Money {
  return Money.of(charge.amount).minus(sumOf(charge.paidBy));
}

/** Uses what was paid ahead for the months of the same customer, oldest money and oldest month first. */
export function settleCredits(state: FeeAccountState): FeeAccountState {
  const charges = [...state.charges].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
  const credits: FeeCredit[] = [];
  for (const credit of state.credits) {
    let left = Money.of(credit.amount);
    for (const [index, charge] of charges.entries()) {
      const open = openPartOf(charge);
      if (charge.liableCustomerId !== credit.customerId || open.isZero()) continue;
      if (left.isZero()) break;
      const used = left.compare(open) < 0 ? left : open;
      left = left.minus(used);
      const part = { receiptId: credit.receiptId, amount: used.toString() };
      charges[index] = { ...charge, paidBy: [...charge.paidBy, part] };
    }
    if (!left.isZero()) credits.push({ ...credit, amount: left.toString() });
  }
  return { ...state, charges, credits };
}

/** Who owes a unit's management fee: the tenant where his tenancy's clause says so, else the owner (DIR-02). */
export function liableForFee(
  ownerId: string,
  tenancy: { readonly tenantId: string; readonly feePayer: 'OWNER' | 'TENANT' } | null,
): string {
  return tenancy?.feePayer === 'TENANT' ? tenancy.tenantId : ownerId;
}

/** Opens the account of a unit; nothing is owed on it. */
export function openFeeAccount(
  command: Pick<FeeAccountState, 'id' | 'projectId' | 'unitId'>,
  at: Date,
): FeeDecision<never> {
  const { id, projectId, unitId } = command;
  const state: FeeAccountState = {
    id,
    projectId,
    status: 'OPEN',
    unitId,
    charges: [],
    credits: [],
    payments: [],
  };
  return accept(state, { type: 'FeeAccountOpened', ...about(state), at });
}

/** Charges a month's fee to the customer who owes it; what he has paid ahead is used at once (REC-35). */
export function chargeFee(
  state: FeeAccountState,
  command: {
    readonly month: string;
    readonly amount: Money;
    readonly liableCustomerId: string;
    readonly dueAt: Date;
  },
  at: Date,
): FeeDecision<'FEE_MONTH_INVALID' | 'AMOUNT_NOT_POSITIVE' | 'FEE_MONTH_ALREADY_CHARGED'> {
  const { month, liableCustomerId, dueAt } = command;
  const amount = command.amount.toString();
  if (!MONTH.test(month)) return refuse('FEE_MONTH_INVALID', { month });
  if (command.amount.compare(Money.zero) <= 0) return refuse('AMOUNT_NOT_POSITIVE', { amount });
  const charged = state.charges.find(
    (charge) => charge.month === month && charge.liableCustomerId === liableCustomerId,
  );
  if (charged) return refuse('FEE_MONTH_ALREADY_CHARGED', { month, amount: charged.amount });
  const charge: FeeCharge = { month, amount, liableCustomerId, dueAt, paidBy: [] };
  return accept(settleCredits({ ...state, charges: [...state.charges, charge] }), {
    type: 'FeeCharged',
    ...about(state),
    month,
    amount,
    liableCustomerId,
    dueAt,
    at,
  });
}

/** What an account would make of a payment: the months that it goes to, oldest first, and what is left over. */
export interface Allocation {
  readonly covers: readonly MonthPart[];
  readonly prepaid: Money;
}

function partsOf(state: FeeAccountState, receiptId: string): Allocation {
  const covers = state.charges.flatMap(({ month, paidBy }) =>
    paidBy.filter((part) => part.receiptId === receiptId).map(({ amount }) => ({ month, amount })),
  );
  return { covers, prepaid: sumOf(state.credits.filter((credit) => credit.receiptId === receiptId)) };
}

function withPayment(state: FeeAccountState, payment: FeePayment): FeeAccountState {
  const { receiptId, amount, forCustomerId } = payment;
  return settleCredits({
    ...state,
    payments: [...state.payments, payment],
    credits: [...state.credits, { receiptId, amount, customerId: forCustomerId }],
  });
}

/**
 * What a payment for a customer's fees would go to, for the receipt (REC-35). Nothing is entered.
 * @param amount above 0
 */
export function allocationOf(
  state: FeeAccountState,
  command: { readonly receiptId: string; readonly amount: Money; readonly forCustomerId: string },
  at: Date,
): Allocation {
  const { receiptId, forCustomerId } = command;
  const payment = { receiptId, amount: command.amount.toString(), forCustomerId, payerId: forCustomerId };
  return partsOf(withPayment(state, { ...payment, paidAt: at, reversedAt: null }), receiptId);
}

/** Enters a payment, matched to the customer's months oldest first; what is left over is paid ahead (REC-35). */
export function enterPayment(
  state: FeeAccountState,
  command: {
    readonly receiptId: string;
    readonly amount: Money;
    readonly payerId: string;
    readonly forCustomerId: string;
  },
  at: Date,
): FeeDecision<'AMOUNT_NOT_POSITIVE' | 'PAYMENT_ALREADY_ENTERED'> {
  const { receiptId, payerId, forCustomerId } = command;
  const amount = command.amount.toString();
  if (command.amount.compare(Money.zero) <= 0) return refuse('AMOUNT_NOT_POSITIVE', { amount });
  if (state.payments.some((payment) => payment.receiptId === receiptId)) {
    return refuse('PAYMENT_ALREADY_ENTERED', { receiptId });
  }
  const payment = { receiptId, amount, payerId, forCustomerId, paidAt: at, reversedAt: null };
  const next = withPayment(state, payment);
  const { covers, prepaid } = partsOf(next, receiptId);
  return accept(next, {
    type: 'FeePaid',
    ...about(state),
    receiptId,
    payerId,
    forCustomerId,
    amount,
    covers,
    prepaid: prepaid.toString(),
    at,
  });
}

/** Takes a payment back with its receipt: its months are owed again; other money paid ahead is used for them. */
export function reversePayment(
  state: FeeAccountState,
  command: { readonly receiptId: string; readonly reason: string; readonly by: string },
  at: Date,
): FeeDecision<'RECEPTION_TEXT_MISSING' | 'PAYMENT_UNKNOWN' | 'PAYMENT_ALREADY_REVERSED'> {
  const { receiptId, reason, by } = command;
  const missing = missingText('reason', reason);
  if (missing) return missing;
  const payment = state.payments.find((one) => one.receiptId === receiptId);
  if (!payment) return refuse('PAYMENT_UNKNOWN', { receiptId });
  const { reversedAt } = payment;
  if (reversedAt) return refuse('PAYMENT_ALREADY_REVERSED', { receiptId, reversedAt });
  const without = <Part extends ReceiptPart>(parts: readonly Part[]): Part[] =>
    parts.filter((part) => part.receiptId !== receiptId);
  const next = settleCredits({
    ...state,
    charges: state.charges.map((charge) => ({ ...charge, paidBy: without(charge.paidBy) })),
    credits: without(state.credits),
    payments: state.payments.map((one) => (one === payment ? { ...one, reversedAt: at } : one)),
  });
  return accept(next, {
    type: 'FeePaymentReversed',
    ...about(state),
    receiptId,
    amount: payment.amount,
    by,
    at,
  });
}

/** What a customer owes on the account at an instant; a fee that is due at this very moment counts. */
export function arrears(state: FeeAccountState, customerId: string, at: Date): Arrears {
  const owed = state.charges.filter(
    (charge) => charge.liableCustomerId === customerId && charge.dueAt <= at && !openPartOf(charge).isZero(),
  );
  return {
    months: new Set(owed.map(({ month }) => month)).size,
    amount: Money.sum(owed.map(openPartOf)).toString(),
  };
}
