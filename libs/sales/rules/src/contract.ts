import {
  accept,
  addDays,
  localDate,
  refuse,
  statusAfter,
  wrongStatus,
  type Decision,
  type Refused,
} from '@anju/kernel';
import {
  aboutContract,
  contractTransitions,
  termsOf,
  type ContractFact,
  type ContractState,
} from './contract-state';
import {
  freeDiscount,
  mortgagePlanProblem,
  needsApproval,
  priceOf,
  sumOfShares,
  wrongBuyers,
  type Buyer,
  type ContractPrice,
  type Discount,
  type MortgagePlan,
} from './contract-terms';
import type { SalesEnvironment, SalesPolicy } from './policy';
import { missingReadiness, type ReadinessState } from './readiness';
import { missingText, type SalesRefusal, type SalesRefusalCode } from './refusals';
import type { SaleState } from './sale-state';
import type { UnitOfferState } from './unit-offer';

/** What a command on a contract answers. */
export type ContractDecision<Code extends SalesRefusalCode> = Decision<
  ContractState,
  ContractFact,
  SalesRefusal<Code>
>;

type TermsCode =
  | 'BUYERS_NOT_VALID'
  | 'BUYER_NAMED_TWICE'
  | 'BUYER_SHARE_NOT_VALID'
  | 'SHARES_NOT_WHOLE'
  | 'BUYER_NOT_SUBSCRIBER'
  | 'DISCOUNT_NOT_VALID'
  | 'MORTGAGE_PLAN_NOT_VALID';

/** What is agreed: who buys in which shares, what is taken off the list price, and the loan if there is one. */
export interface ContractTerms {
  readonly buyers: readonly Buyer[];
  readonly discounts: readonly Discount[];
  readonly mortgage: MortgagePlan | null;
}

/** The price of right terms, or what is wrong with them. */
function settle(
  terms: ContractTerms,
  home: Pick<ContractState, 'area' | 'unitPrice'>,
  sale: Pick<SaleState, 'customerIds'>,
  policy: SalesPolicy,
): ContractPrice | Refused<SalesRefusal<TermsCode>> {
  const { buyers, discounts, mortgage } = terms;
  const wrong = wrongBuyers(buyers, policy);
  if (wrong) return wrong;
  if (!buyers.some(({ customerId }) => sale.customerIds.includes(customerId))) {
    return refuse('BUYER_NOT_SUBSCRIBER', { customerIds: sale.customerIds });
  }
  const price = priceOf(home.area, home.unitPrice, discounts);
  if ('outcome' in price) return price;
  const problem = mortgage && mortgagePlanProblem(mortgage, buyers, price.total);
  return problem ? refuse('MORTGAGE_PLAN_NOT_VALID', { problem, total: price.total }) : price;
}

/**
 * Drafts the contract of a sale whose unit is held (SAL-11): the price comes from the price list and the
 * pre-sale area. One of the buyers has subscribed (reading), so that a unit that is held goes to no stranger.
 * @param home the unit's line of the price list, and its pre-sale area as the directory has it
 */
export function draftContract(
  command: Pick<ContractState, 'id' | 'projectId' | 'number'> & {
    readonly terms: ContractTerms;
    readonly by: string;
  },
  sale: Pick<
    SaleState,
    'id' | 'projectId' | 'status' | 'unitId' | 'customerIds' | 'consultantId' | 'contractId'
  >,
  home: {
    readonly offer: Pick<UnitOfferState, 'unitId' | 'unitPrice'> | null;
    readonly preSaleArea: string | null;
  },
  at: Date,
  policy: SalesPolicy,
): ContractDecision<
  | TermsCode
  | 'UNIT_OF_ANOTHER_PROJECT'
  | 'UNIT_NOT_HELD'
  | 'SALE_HAS_CONTRACT'
  | 'UNIT_NOT_ON_PRICE_LIST'
  | 'UNIT_AREA_UNKNOWN'
> {
  const { id, projectId, number, terms, by } = command;
  const { unitId } = sale;
  if (sale.projectId !== projectId) {
    return refuse('UNIT_OF_ANOTHER_PROJECT', { unitId, unitProjectId: sale.projectId, projectId });
  }
  if (sale.status !== 'UNIT_HELD') return refuse('UNIT_NOT_HELD', { unitId, saleStatus: sale.status });
  if (sale.contractId !== null) return refuse('SALE_HAS_CONTRACT', { contractId: sale.contractId });
  const { offer, preSaleArea: area } = home;
  if (offer?.unitId !== unitId) return refuse('UNIT_NOT_ON_PRICE_LIST', { unitId });
  if (area === null) return refuse('UNIT_AREA_UNKNOWN', { unitId });
  const { unitPrice } = offer;
  const price = settle(terms, { area, unitPrice }, sale, policy);
  if ('outcome' in price) return price;
  const state: ContractState = {
    ...{ id, projectId, number, status: contractTransitions.initial, saleId: sale.id, unitId },
    ...{ consultantId: sale.consultantId, draftedBy: by, revisedBy: by, draftedAt: at },
    ...{ ...terms, area, unitPrice, price, discountApproval: null, signing: null },
    ...{ checks: [], corrections: [], filing: null, cancelReason: null, cancelledAt: null },
  };
  const { consultantId } = state;
  return accept(state, {
    type: 'ContractDrafted',
    ...aboutContract(state),
    ...termsOf(state),
    ...{ number, consultantId, by, at },
  });
}

/** Other terms. An approval holds for the price that it was given for and falls with it. */
export function reviseContract(
  state: ContractState,
  command: { readonly terms: ContractTerms; readonly by: string },
  sale: Pick<SaleState, 'customerIds'>,
  at: Date,
  policy: SalesPolicy,
): ContractDecision<TermsCode | 'CONTRACT_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(contractTransitions, 'reviseContract', state.status);
  if (refusal) return refusal;
  const { terms, by } = command;
  const price = settle(terms, state, sale, policy);
  if ('outcome' in price) return price;
  const next: ContractState = { ...state, ...terms, price, revisedBy: by, discountApproval: null };
  return accept(next, { type: 'ContractRevised', ...aboutContract(next), ...termsOf(next), by, at });
}

/** Approves a discount beyond the limit (SAL-11); whoever drafted or wrote the terms does not. */
export function approveDiscount(
  state: ContractState,
  command: { readonly by: string },
  at: Date,
  policy: SalesPolicy,
): ContractDecision<
  | 'CONTRACT_NOT_IN_REQUIRED_STATUS'
  | 'DISCOUNT_APPROVAL_NOT_NEEDED'
  | 'OWN_DISCOUNT'
  | 'DISCOUNT_ALREADY_APPROVED'
> {
  const refusal = wrongStatus(contractTransitions, 'approveDiscount', state.status);
  if (refusal) return refusal;
  const { price, discountApproval } = state;
  const { by } = command;
  if (!needsApproval(price, policy)) {
    const { discountTotal, discountPercent } = price;
    const { discountLimitPercent } = policy;
    return refuse('DISCOUNT_APPROVAL_NOT_NEEDED', { discountTotal, discountPercent, discountLimitPercent });
  }
  if (discountApproval)
    return refuse('DISCOUNT_ALREADY_APPROVED', { approvedAt: discountApproval.approvedAt });
  if (by === state.draftedBy || by === state.revisedBy) return refuse('OWN_DISCOUNT', { staffId: by });
  const { discountTotal, total } = price;
  return accept(
    { ...state, discountApproval: { by, approvedAt: at, discountTotal } },
    { type: 'ContractDiscountApproved', ...aboutContract(state), discountTotal, total, by, at },
  );
}

/** When the filing has to be submitted (SAL-12). */
export function filingDueAt(signedAt: Date, { policy, calendars }: SalesEnvironment): Date {
  const { filingLimit, filingLimitUnit } = policy;
  return filingLimitUnit === 'DAYS'
    ? addDays(signedAt, filingLimit)
    : calendars.office.addWorkingDays(signedAt, filingLimit);
}

/** What signing depends on besides the contract itself. */
export interface SigningContext {
  /** Read under the same lock: signing makes the sale ask for the unit in the same transaction. */
  readonly sale: Pick<SaleState, 'id' | 'status'>;
  /** The project's list; null where none was begun. */
  readonly readiness: Pick<ReadinessState, 'items'> | null;
  /** Another contract that has the same online signing number; null where none has. */
  readonly numberUsedByContractId: string | null;
}

function numberTaken(
  number: string,
  usedBy: string | null,
): Refused<SalesRefusal<'SALES_TEXT_MISSING' | 'ONLINE_SIGNING_NUMBER_TAKEN'>> | null {
  return (
    missingText('onlineSigningNumber', number) ??
    (usedBy === null ? null : refuse('ONLINE_SIGNING_NUMBER_TAKEN', { contractId: usedBy }))
  );
}

/**
 * Signs the contract online (网签, SAL-11): only with everything ready in the project (SAL-10), the unit held by
 * the contract's own sale, and a discount beyond the limit approved. The time limit of the filing begins.
 */
export function signContract(
  state: ContractState,
  command: { readonly onlineSigningNumber: string; readonly by: string },
  context: SigningContext,
  at: Date,
  environment: SalesEnvironment,
): ContractDecision<
  | 'CONTRACT_NOT_IN_REQUIRED_STATUS'
  | 'SALES_TEXT_MISSING'
  | 'ONLINE_SIGNING_NUMBER_TAKEN'
  | 'READINESS_INCOMPLETE'
  | 'UNIT_NOT_HELD'
  | 'DISCOUNT_NOT_APPROVED'
> {
  const { onlineSigningNumber: number, by } = command;
  const { sale, readiness, numberUsedByContractId } = context;
  const refusal =
    wrongStatus(contractTransitions, 'signContract', state.status) ??
    numberTaken(number, numberUsedByContractId);
  if (refusal) return refusal;
  const missing = missingReadiness(readiness, localDate(at, environment.timeZone));
  if (missing.length > 0) return refuse('READINESS_INCOMPLETE', { missing });
  if (sale.id !== state.saleId || sale.status !== 'UNIT_HELD') {
    return refuse('UNIT_NOT_HELD', { unitId: state.unitId, saleStatus: sale.status });
  }
  const { price, consultantId } = state;
  const { policy } = environment;
  if (needsApproval(price, policy) && !state.discountApproval) {
    const { discountTotal, discountPercent } = price;
    return refuse('DISCOUNT_NOT_APPROVED', {
      ...{ discountTotal, discountPercent, discountLimitPercent: policy.discountLimitPercent },
      allowed: freeDiscount(price, policy).toString(),
    });
  }
  const dueAt = filingDueAt(at, environment);
  const next: ContractState = {
    ...state,
    status: statusAfter(contractTransitions, 'signContract', state.status),
    signing: { number, by, signedAt: at },
    filing: {
      ...{ dueAt, missedAt: null, submissions: [], returnedAt: null, filingNumber: null },
      ...{ deedTaxDueOn: null, tellDueAt: null, tellMissedAt: null, tellings: [] },
    },
  };
  return accept(next, {
    type: 'ContractSigned',
    ...aboutContract(next),
    ...termsOf(next),
    ...{ number: state.number, consultantId, filingDueAt: dueAt, by, at },
  });
}

/** Whether the last check found something that has not been put right since. */
function openFindings(state: ContractState): string | null {
  const { checks, corrections } = state;
  return corrections.at(-1)?.afterCheck === checks.length ? null : (checks.at(-1)?.findings ?? null);
}

/** Signed online anew after a finding; the limit of the filing still runs from the first signing. */
export function correctSigning(
  state: ContractState,
  command: { readonly onlineSigningNumber: string; readonly by: string },
  context: Pick<SigningContext, 'numberUsedByContractId'>,
  at: Date,
): ContractDecision<
  | 'CONTRACT_NOT_IN_REQUIRED_STATUS'
  | 'SALES_TEXT_MISSING'
  | 'ONLINE_SIGNING_NUMBER_TAKEN'
  | 'NO_FINDINGS_TO_CORRECT'
> {
  const { onlineSigningNumber: number, by } = command;
  const refusal =
    wrongStatus(contractTransitions, 'correctSigning', state.status) ??
    numberTaken(number, context.numberUsedByContractId);
  if (refusal) return refusal;
  const { signing } = state;
  if (!signing || openFindings(state) === null) return refuse('NO_FINDINGS_TO_CORRECT', {});
  return accept(
    {
      ...state,
      signing: { ...signing, number },
      corrections: [...state.corrections, { by, correctedAt: at, number, afterCheck: state.checks.length }],
    },
    { type: 'ContractSigningCorrected', ...aboutContract(state), by, at },
  );
}

/** Who had a hand in the contract, and so is no second person. */
function hands(state: ContractState): readonly string[] {
  const { draftedBy, revisedBy, signing, corrections } = state;
  return [draftedBy, revisedBy, ...(signing ? [signing.by] : []), ...corrections.map(({ by }) => by)];
}

/**
 * The check by a second person before filing (SAL-11): by nobody who drafted, signed or corrected it (reading).
 * @param command.findings what is wrong; null where nothing is
 */
export function checkContract(
  state: ContractState,
  command: { readonly findings: string | null; readonly by: string },
  at: Date,
): ContractDecision<
  'CONTRACT_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING' | 'OWN_CONTRACT_CHECK' | 'CONTRACT_FINDINGS_OPEN'
> {
  const { findings, by } = command;
  const name = findings === null ? 'passContractCheck' : 'failContractCheck';
  const refusal =
    wrongStatus(contractTransitions, name, state.status) ??
    (findings === null ? null : missingText('findings', findings));
  if (refusal) return refusal;
  if (hands(state).includes(by)) return refuse('OWN_CONTRACT_CHECK', { staffId: by });
  if (findings === null && openFindings(state) !== null) return refuse('CONTRACT_FINDINGS_OPEN', {});
  return accept(
    {
      ...state,
      status: statusAfter(contractTransitions, name, state.status),
      checks: [...state.checks, { by, checkedAt: at, findings }],
    },
    { type: 'ContractChecked', ...aboutContract(state), passed: findings === null, by, at },
  );
}

/** Gives a draft up; with the subscription withdrawn it falls by itself. */
export function cancelContract(
  state: ContractState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): ContractDecision<'CONTRACT_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal =
    wrongStatus(contractTransitions, 'cancelContract', state.status) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const status = statusAfter(contractTransitions, 'cancelContract', state.status);
  return accept(
    { ...state, status, cancelReason: reason, cancelledAt: at },
    { type: 'ContractCancelled', ...aboutContract(state), by, at },
  );
}

/** Two records of one customer were made one: the shares of both come together. */
export function replaceContractCustomer(
  state: ContractState,
  command: { readonly customerId: string; readonly intoCustomerId: string },
): ContractDecision<never> {
  const { customerId, intoCustomerId } = command;
  const into = (id: string) => (id === customerId ? intoCustomerId : id);
  const buyers = state.buyers.map((buyer) => ({ ...buyer, customerId: into(buyer.customerId) }));
  const borrowers = state.mortgage?.borrowers.map((one) => ({ ...one, customerId: into(one.customerId) }));
  const once = <One extends { readonly customerId: string }>(all: readonly One[]): One[] =>
    all.filter((one, index) => all.findIndex((other) => other.customerId === one.customerId) === index);
  return accept({
    ...state,
    buyers: once(buyers).map((buyer) => ({
      ...buyer,
      share: sumOfShares(buyers.filter((other) => other.customerId === buyer.customerId)),
    })),
    mortgage: state.mortgage && { ...state.mortgage, borrowers: once(borrowers ?? []) },
  });
}
