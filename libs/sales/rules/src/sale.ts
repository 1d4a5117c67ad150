import {
  accept,
  addMinutes,
  isPending,
  Money,
  refuse,
  statusAfter,
  wrongStatus,
  type Accepted,
  type Decision,
  type DueTime,
} from '@anju/kernel';
import type { SalesPolicy } from './policy';
import { missingText, type SalesRefusal, type SalesRefusalCode } from './refusals';
import {
  isSaleOver,
  saleAnswers,
  saleTransitions,
  type SaleFact,
  type SalePaymentKind,
  type SaleState,
  type SaleUnitAnswer,
} from './sale-state';
import type { SaleUnitStep, UnitStatus } from './unit-status';

type SaleDecision<Code extends SalesRefusalCode> = Decision<SaleState, SaleFact, SalesRefusal<Code>>;

function about(state: SaleState): {
  readonly saleId: string;
  readonly projectId: string;
  readonly unitId: string;
} {
  return { saleId: state.id, projectId: state.projectId, unitId: state.unitId };
}

/** Asks the directory for a step: written down in the sale before it goes out. */
function request(
  state: SaleState,
  step: SaleUnitStep,
  at: Date,
  policy: SalesPolicy,
): { readonly state: SaleState; readonly fact: SaleFact } {
  const sequence = state.steps + 1;
  return {
    state: {
      ...state,
      steps: sequence,
      pending: {
        ...{ sequence, step, requestedAt: at, answerDueAt: addMinutes(at, policy.unitAnswerMinutes) },
        ...{ answerMissedAt: null, refusedAt: null },
      },
    },
    fact: { type: 'SaleUnitStepRequested', ...about(state), sequence, step, at },
  };
}

/** What is known of the unit, and of the sales of it, when somebody wants to subscribe. */
export interface UnitToSell {
  readonly unitId: string;
  readonly projectId: string;
  readonly status: UnitStatus;
  /** The sale that asks for it or has it (`claimsUnit`); null when there is none. */
  readonly claimedBySaleId: string | null;
}

/**
 * A subscription (认购): the unit is asked for, and held once the directory says so (SAL-03). Of several who
 * want it at the same instant, those who come after the first are refused here; should two sales pass all the
 * same, the directory gives the unit to one of them.
 */
export function openSale(
  command: Pick<
    SaleState,
    'id' | 'projectId' | 'number' | 'unitId' | 'customerIds' | 'consultantId' | 'leadId'
  > & {
    readonly by: string;
  },
  unit: UnitToSell,
  at: Date,
  policy: SalesPolicy,
): SaleDecision<'UNIT_OF_ANOTHER_PROJECT' | 'UNIT_ALREADY_SOLD' | 'SALE_CUSTOMER_MISSING'> {
  const { by, ...details } = command;
  const { unitId, projectId } = command;
  if (unit.projectId !== projectId) {
    return refuse('UNIT_OF_ANOTHER_PROJECT', { unitId, unitProjectId: unit.projectId, projectId });
  }
  if (unit.status !== 'FOR_SALE' || unit.claimedBySaleId !== null) {
    return refuse('UNIT_ALREADY_SOLD', { unitId, unitStatus: unit.status });
  }
  const customerIds = [...new Set(command.customerIds)];
  if (customerIds.length === 0) return refuse('SALE_CUSTOMER_MISSING', {});
  const opened: SaleState = {
    ...details,
    ...{ customerIds, status: saleTransitions.initial, openedAt: at, openedBy: by },
    ...{ pending: null, steps: 0, refusedBecause: null, heldAt: null },
    ...{ contractId: null, price: null, contractSignedAt: null, payments: [], paidAt: null },
    ...{ handedOverAt: null, withdrawReason: null, withdrawnAt: null },
  };
  const { state, fact } = request(opened, 'HOLD', at, policy);
  const { number, consultantId, leadId } = state;
  return accept(
    state,
    { type: 'SaleOpened', ...about(state), number, customerIds, consultantId, leadId, by, at },
    fact,
  );
}

/** The sale after a step that it waited for was done, and what that means. */
function stepDone(state: SaleState, step: SaleUnitStep, at: Date): Accepted<SaleState, SaleFact> {
  const next: SaleState = { ...state, status: saleAnswers[step].done, pending: null };
  const { customerIds, consultantId, leadId, contractId, price } = state;
  switch (step) {
    case 'HOLD':
      return accept(
        { ...next, heldAt: at },
        { type: 'SaleUnitHeld', ...about(state), customerIds, consultantId, leadId, at },
      );
    case 'CONTRACT':
      return accept(next, {
        type: 'SaleContracted',
        ...about(state),
        ...{ contractId, leadId, consultantId, price, at },
      });
    case 'HAND_OVER':
      return accept(
        { ...next, handedOverAt: at },
        { type: 'SaleHandedOver', ...about(state), contractId, at },
      );
    case 'RELEASE':
      return accept(
        { ...next, withdrawnAt: at },
        { type: 'SaleWithdrawn', ...about(state), customerIds, leadId, at },
      );
  }
}

/**
 * The directory has answered. What the sale does not wait for changes nothing, with one exception: a sale that
 * is over and learns that it holds the unit gives it back, so that a unit is never kept for nobody. A refused
 * subscription ends the sale; another step that was refused is kept as it is, and can be asked for again.
 */
export function applyUnitAnswer(
  state: SaleState,
  answer: SaleUnitAnswer,
  at: Date,
  policy: SalesPolicy,
): SaleDecision<never> {
  const { pending } = state;
  const { sequence, step, outcome, unitStatus } = answer;
  if (isSaleOver(state.status) && step === 'HOLD' && outcome === 'DONE') {
    const returned = request({ ...state, status: 'RELEASING' }, 'RELEASE', at, policy);
    return accept(returned.state, returned.fact);
  }
  if (pending?.sequence !== sequence || pending.step !== step || pending.refusedAt) return accept(state);
  if (outcome === 'DONE') return stepDone(state, step, at);
  if (step === 'HOLD') {
    const { customerIds, leadId } = state;
    return accept(
      { ...state, status: saleAnswers.HOLD.refused, pending: null, refusedBecause: unitStatus },
      { type: 'SaleUnitRefused', ...about(state), customerIds, leadId, unitStatus, at },
    );
  }
  return accept(
    { ...state, pending: { ...pending, refusedAt: at } },
    { type: 'SaleUnitStepRefused', ...about(state), sequence, step, unitStatus, at },
  );
}

/** Asks the directory once more for a step that it refused, after somebody has seen to the reason. */
export function retryUnitStep(
  state: SaleState,
  at: Date,
  policy: SalesPolicy,
): SaleDecision<'SALE_NOT_IN_REQUIRED_STATUS' | 'UNIT_STEP_NOT_REFUSED'> {
  const refusal = wrongStatus(saleTransitions, 'retryUnitStep', state.status);
  if (refusal) return refusal;
  if (!state.pending?.refusedAt) return refuse('UNIT_STEP_NOT_REFUSED', {});
  const again = request(state, state.pending.step, at, policy);
  return accept(again.state, again.fact);
}

/**
 * Gives the subscription up before a contract is signed; the unit goes back for sale (SAL-03). A draft is the
 * sale's no more, and falls with it.
 */
export function withdrawSale(
  state: SaleState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): SaleDecision<'SALE_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal = wrongStatus(saleTransitions, 'withdrawSale', state.status) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const status = statusAfter(saleTransitions, 'withdrawSale', state.status);
  const { contractId } = state;
  const given = { ...state, status, withdrawReason: reason, contractId: null };
  const released = request(given, 'RELEASE', at, policy);
  return accept(
    released.state,
    { type: 'SaleWithdrawalBegun', ...about(state), contractId, by, at },
    released.fact,
  );
}

/** A contract is drafted for the sale; there is one at a time. */
export function bindContract(
  state: SaleState,
  command: { readonly contractId: string },
): SaleDecision<'SALE_NOT_IN_REQUIRED_STATUS' | 'SALE_HAS_CONTRACT'> {
  const refusal = wrongStatus(saleTransitions, 'bindContract', state.status);
  if (refusal) return refusal;
  const { contractId } = command;
  if (state.contractId !== null) return refuse('SALE_HAS_CONTRACT', { contractId: state.contractId });
  return accept({ ...state, contractId });
}

/** The draft was given up. Another contract's end changes nothing. */
export function unbindContract(
  state: SaleState,
  command: { readonly contractId: string },
): SaleDecision<'SALE_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(saleTransitions, 'unbindContract', state.status);
  if (refusal) return refusal;
  return accept(state.contractId === command.contractId ? { ...state, contractId: null } : state);
}

/** Its contract is signed: in the same transaction the directory is asked to make the unit contracted. */
export function noteContractSigned(
  state: SaleState,
  command: { readonly contractId: string; readonly price: string },
  at: Date,
  policy: SalesPolicy,
): SaleDecision<'SALE_NOT_IN_REQUIRED_STATUS' | 'SALE_HAS_CONTRACT'> {
  const refusal = wrongStatus(saleTransitions, 'noteContractSigned', state.status);
  if (refusal) return refusal;
  const { contractId, price } = command;
  if (state.contractId !== null && state.contractId !== contractId) {
    return refuse('SALE_HAS_CONTRACT', { contractId: state.contractId });
  }
  const status = statusAfter(saleTransitions, 'noteContractSigned', state.status);
  const signed = request(
    { ...state, status, contractId, price, contractSignedAt: at },
    'CONTRACT',
    at,
    policy,
  );
  return accept(signed.state, signed.fact);
}

/** What is still to be paid of a contracted sale, in CNY; null before the contract. */
export function outstandingOf(state: Pick<SaleState, 'price' | 'payments'>): Money | null {
  if (state.price === null) return null;
  return Money.of(state.price).minus(Money.sum(state.payments.map(({ amount }) => Money.of(amount))));
}

/** A payment on the price; with the last fen the sale is paid (SAL-03). More than is owed is not taken. */
export function recordSalePayment(
  state: SaleState,
  command: {
    readonly paymentId: string;
    readonly kind: SalePaymentKind;
    readonly amount: Money;
    readonly by: string;
  },
  at: Date,
): SaleDecision<
  | 'SALE_NOT_IN_REQUIRED_STATUS'
  | 'SALE_PAYMENT_NOT_POSITIVE'
  | 'SALE_PAYMENT_ALREADY_ENTERED'
  | 'SALE_PAYMENT_TOO_HIGH'
> {
  const refusal = wrongStatus(saleTransitions, 'recordSalePayment', state.status);
  if (refusal) return refusal;
  const { paymentId, kind, by } = command;
  const amount = command.amount.toString();
  if (command.amount.compare(Money.zero) <= 0) return refuse('SALE_PAYMENT_NOT_POSITIVE', { amount });
  if (state.payments.some((payment) => payment.paymentId === paymentId)) {
    return refuse('SALE_PAYMENT_ALREADY_ENTERED', { paymentId });
  }
  const owed = outstandingOf(state) ?? Money.zero;
  if (command.amount.compare(owed) > 0) {
    return refuse('SALE_PAYMENT_TOO_HIGH', { amount, outstanding: owed.toString() });
  }
  const left = owed.minus(command.amount);
  const payment = { paymentId, kind, amount, paidAt: at, by };
  const next: SaleState = { ...state, payments: [...state.payments, payment] };
  const recorded: SaleFact = {
    type: 'SalePaymentRecorded',
    ...about(state),
    ...{ paymentId, kind, amount, outstanding: left.toString(), by, at },
  };
  if (!left.isZero()) return accept(next, recorded);
  const { contractId, price } = state;
  const paid: SaleFact = {
    type: 'SalePaid',
    ...about(state),
    ...{ contractId, price: price ?? owed.toString(), at },
  };
  return accept<SaleState, SaleFact>({ ...next, status: 'PAID', paidAt: at }, recorded, paid);
}

/** The home is handed over: asked of the directory, done with its answer (SAL-03). */
export function handOverUnit(
  state: SaleState,
  at: Date,
  policy: SalesPolicy,
): SaleDecision<'SALE_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(saleTransitions, 'handOverUnit', state.status);
  if (refusal) return refusal;
  const status = statusAfter(saleTransitions, 'handOverUnit', state.status);
  const asked = request({ ...state, status }, 'HAND_OVER', at, policy);
  return accept(asked.state, asked.fact);
}

/** Two records of one customer were made one. */
export function replaceSaleCustomer(
  state: SaleState,
  command: { readonly customerId: string; readonly intoCustomerId: string },
): SaleDecision<never> {
  const { customerId, intoCustomerId } = command;
  if (!state.customerIds.includes(customerId)) return accept(state);
  const replaced = state.customerIds.map((id) => (id === customerId ? intoCustomerId : id));
  return accept({ ...state, customerIds: [...new Set(replaced)] });
}

export const saleDeadlineKinds = ['SALE_UNIT_ANSWER'] as const;
export type SaleDeadlineKind = (typeof saleDeadlineKinds)[number];

/** Until when the directory should have answered what the sale waits for. */
export function saleDeadlines(state: SaleState): readonly DueTime<SaleDeadlineKind>[] {
  const { pending } = state;
  if (!pending || pending.answerMissedAt || pending.refusedAt) return [];
  return [{ kind: 'SALE_UNIT_ANSWER', dueAt: pending.answerDueAt }];
}

/** No answer in time: flagged, once. The request stands, because the directory may have carried it out. */
export function onSaleDeadline(state: SaleState, kind: string, dueAt: Date): SaleDecision<never> {
  const { pending } = state;
  if (!pending || !isPending(saleDeadlines(state), kind, dueAt)) return accept(state);
  const { sequence, step, requestedAt } = pending;
  return accept(
    { ...state, pending: { ...pending, answerMissedAt: dueAt } },
    { type: 'SaleUnitAnswerOverdue', ...about(state), sequence, step, requestedAt, at: dueAt },
  );
}
