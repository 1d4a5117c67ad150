import {
  accept,
  addDays,
  isPending,
  Money,
  refuse,
  statusAfter,
  wrongStatus,
  type Accepted,
  type Decision,
  type DueTime,
} from '@anju/kernel';
import type { ContractState } from './contract-state';
import { loanOf, mortgagePlanProblem, type MortgagePlan } from './contract-terms';
import { requiredDocuments, type MortgageDocument } from './mortgage-documents';
import {
  mortgageTransitions,
  planOf,
  type MortgageDocumentItem,
  type MortgageFact,
  type MortgageState,
  type MortgageStatus,
} from './mortgage-state';
import type { SalesPolicy } from './policy';
import { missingText, type SalesRefusal, type SalesRefusalCode } from './refusals';

type MortgageDecision<Code extends SalesRefusalCode> = Decision<
  MortgageState,
  MortgageFact,
  SalesRefusal<Code>
>;

function about(state: MortgageState): {
  readonly mortgageId: string;
  readonly projectId: string;
  readonly contractId: string;
  readonly unitId: string;
} {
  const { id, projectId, contractId, unitId } = state;
  return { mortgageId: id, projectId, contractId, unitId };
}

/** Days that a case may stand in a status; null where it is over. */
function limitOf(status: MortgageStatus, policy: SalesPolicy): number | null {
  const limits: Readonly<Record<MortgageStatus, number | null>> = {
    COLLECTING: policy.mortgageCollectingDays,
    SUBMITTED: policy.mortgageSubmittedDays,
    APPROVED: policy.mortgageApprovedDays,
    CONTRACT_SIGNED: policy.mortgageContractSignedDays,
    REGISTERED: policy.mortgageRegisteredDays,
    DISBURSED: null,
    REJECTED: null,
    WITHDRAWN: null,
  };
  return limits[status];
}

function chaseDue(status: MortgageStatus, at: Date, policy: SalesPolicy): Date | null {
  const days = limitOf(status, policy);
  return days === null ? null : addDays(at, days);
}

/** The list for a plan; what was received already stays received. */
function documentsFor(
  plan: MortgagePlan,
  received: readonly MortgageDocumentItem[],
  policy: SalesPolicy,
): readonly MortgageDocumentItem[] {
  return requiredDocuments(plan.loanKind, plan.borrowers, policy).map((needed) => {
    const there = received.find(
      ({ document, customerId }) => document === needed.document && customerId === needed.customerId,
    );
    return { ...needed, receivedAt: there?.receivedAt ?? null, receivedBy: there?.receivedBy ?? null };
  });
}

/** The documents of the list that are not there yet. */
export function missingDocuments(state: Pick<MortgageState, 'documents'>): readonly MortgageDocumentItem[] {
  return state.documents.filter(({ receivedAt }) => receivedAt === null);
}

/**
 * Opens the case of a filed contract that is paid with a loan, as soon as the contract is back (SAL-20): the
 * documents are computed from the kind of loan and each borrower's family state.
 * @param underWayId the case of this contract that has not failed; null where there is none
 */
export function openMortgage(
  command: Pick<MortgageState, 'id' | 'number'> & { readonly by: string },
  contract: Pick<ContractState, 'id' | 'projectId' | 'unitId' | 'status' | 'mortgage'>,
  underWayId: string | null,
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'CONTRACT_NOT_FILED' | 'CONTRACT_WITHOUT_MORTGAGE' | 'MORTGAGE_UNDER_WAY'> {
  const { id, number, by } = command;
  const { mortgage: plan, projectId, unitId } = contract;
  if (contract.status !== 'FILED') return refuse('CONTRACT_NOT_FILED', { contractStatus: contract.status });
  if (!plan) return refuse('CONTRACT_WITHOUT_MORTGAGE', {});
  if (underWayId !== null) return refuse('MORTGAGE_UNDER_WAY', { mortgageId: underWayId });
  const status = mortgageTransitions.initial;
  const state: MortgageState = {
    ...{ id, projectId, number, status, contractId: contract.id, unitId, ...plan },
    ...{ documents: documentsFor(plan, [], policy), openedAt: at, agency: null, lenderId: null },
    ...{ approvedAmount: null, standsSinceAt: at, chaseDueAt: chaseDue(status, at, policy), chasedAt: null },
    ...{ disbursedAt: null, endReason: null, endedAt: null },
  };
  const { loanKind, commercialAmount, providentFundAmount, borrowers, documents } = state;
  return accept(state, {
    type: 'MortgageOpened',
    ...about(state),
    ...{ number, loanKind, commercialAmount, providentFundAmount, by, at },
    customerIds: borrowers.map(({ customerId }) => customerId),
    documents: documents.length,
  });
}

/** The agency has signed for the filed contract (SAL-20). */
export function signForByAgency(
  state: MortgageState,
  command: { readonly partnerId: string; readonly by: string },
  at: Date,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'AGENCY_HAS_SIGNED'> {
  const refusal = wrongStatus(mortgageTransitions, 'signForByAgency', state.status);
  if (refusal) return refusal;
  const { partnerId, by } = command;
  if (state.agency) return refuse('AGENCY_HAS_SIGNED', { signedAt: state.agency.signedAt });
  return accept(
    { ...state, agency: { partnerId, signedAt: at, recordedBy: by } },
    { type: 'MortgageSignedForByAgency', ...about(state), partnerId, by, at },
  );
}

/** A document of the list is there. */
export function receiveMortgageDocument(
  state: MortgageState,
  command: { readonly document: MortgageDocument; readonly customerId: string | null; readonly by: string },
  at: Date,
): MortgageDecision<
  'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'DOCUMENT_NOT_REQUIRED' | 'DOCUMENT_ALREADY_RECEIVED'
> {
  const refusal = wrongStatus(mortgageTransitions, 'receiveMortgageDocument', state.status);
  if (refusal) return refusal;
  const { document, customerId, by } = command;
  const item = state.documents.find((one) => one.document === document && one.customerId === customerId);
  if (!item) return refuse('DOCUMENT_NOT_REQUIRED', { document, customerId });
  if (item.receivedAt) return refuse('DOCUMENT_ALREADY_RECEIVED', { document, receivedAt: item.receivedAt });
  const documents = state.documents.map((one) =>
    one === item ? { ...one, receivedAt: at, receivedBy: by } : one,
  );
  const next: MortgageState = { ...state, documents };
  const missing = missingDocuments(next).length;
  return accept(next, {
    type: 'MortgageDocumentReceived',
    ...about(state),
    ...{ document, customerId, missing, by, at },
  });
}

/** Another loan, other borrowers or another family state: the list is computed anew (SAL-20). */
export function changeMortgagePlan(
  state: MortgageState,
  command: { readonly plan: MortgagePlan; readonly by: string },
  contract: Pick<ContractState, 'buyers' | 'price'>,
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'MORTGAGE_PLAN_NOT_VALID'> {
  const refusal = wrongStatus(mortgageTransitions, 'changeMortgagePlan', state.status);
  if (refusal) return refusal;
  const { plan, by } = command;
  const { total } = contract.price;
  const problem = mortgagePlanProblem(plan, contract.buyers, total);
  if (problem) return refuse('MORTGAGE_PLAN_NOT_VALID', { problem, total });
  const next = { ...state, ...plan, documents: documentsFor(plan, state.documents, policy) };
  const missing = missingDocuments(next).length;
  const { loanKind } = plan;
  return accept(next, { type: 'MortgageDocumentsRecomputed', ...about(state), loanKind, missing, by, at });
}

type Move =
  'submitMortgage' | 'approveMortgage' | 'signLoanContract' | 'registerMortgage' | 'disburseMortgage';

/** On to the next status; what it is chased for begins anew. */
function move(
  state: MortgageState,
  command: Move | 'rejectMortgage' | 'withdrawMortgage',
  change: Partial<MortgageState>,
  by: string,
  at: Date,
  policy: SalesPolicy,
): Accepted<MortgageState, MortgageFact> {
  const to = statusAfter(mortgageTransitions, command, state.status);
  const next: MortgageState = {
    ...state,
    ...change,
    ...{ status: to, standsSinceAt: at, chaseDueAt: chaseDue(to, at, policy), chasedAt: null },
  };
  const { loanKind, lenderId, approvedAmount } = next;
  return accept(next, {
    type: 'MortgageMoved',
    ...about(state),
    ...{ from: state.status, to, standingSince: state.standsSinceAt },
    ...{ loanKind, lenderId, approvedAmount, by, at },
  });
}

/** Hands the case to the lender: signed for by the agency, and with no document missing (SAL-20). */
export function submitMortgage(
  state: MortgageState,
  command: { readonly lenderId: string; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<
  'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'AGENCY_HAS_NOT_SIGNED' | 'MORTGAGE_DOCUMENTS_MISSING'
> {
  const refusal = wrongStatus(mortgageTransitions, 'submitMortgage', state.status);
  if (refusal) return refusal;
  if (!state.agency) return refuse('AGENCY_HAS_NOT_SIGNED', {});
  const missing = missingDocuments(state).map(({ document, customerId }) => ({ document, customerId }));
  if (missing.length > 0) return refuse('MORTGAGE_DOCUMENTS_MISSING', { missing });
  return move(state, 'submitMortgage', { lenderId: command.lenderId }, command.by, at, policy);
}

/** The lender lends: what was asked for, or less. */
export function approveMortgage(
  state: MortgageState,
  command: { readonly approvedAmount: Money; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'APPROVED_AMOUNT_NOT_VALID'> {
  const refusal = wrongStatus(mortgageTransitions, 'approveMortgage', state.status);
  if (refusal) return refusal;
  const asked = loanOf(planOf(state));
  const approvedAmount = command.approvedAmount.toString();
  if (command.approvedAmount.compare(Money.zero) <= 0 || command.approvedAmount.compare(asked) > 0) {
    return refuse('APPROVED_AMOUNT_NOT_VALID', { approvedAmount, askedAmount: asked.toString() });
  }
  return move(state, 'approveMortgage', { approvedAmount }, command.by, at, policy);
}

/** The borrowers have signed the loan contract. */
export function signLoanContract(
  state: MortgageState,
  command: { readonly by: string },
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(mortgageTransitions, 'signLoanContract', state.status);
  return refusal ?? move(state, 'signLoanContract', {}, command.by, at, policy);
}

/** The mortgage stands in the register (抵押登记). */
export function registerMortgage(
  state: MortgageState,
  command: { readonly by: string },
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS'> {
  const refusal = wrongStatus(mortgageTransitions, 'registerMortgage', state.status);
  return refusal ?? move(state, 'registerMortgage', {}, command.by, at, policy);
}

/** The loan is here (放款): exactly what was approved, to the fen. */
export function disburseMortgage(
  state: MortgageState,
  command: { readonly amount: Money; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'DISBURSED_AMOUNT_DIFFERS'> {
  const refusal = wrongStatus(mortgageTransitions, 'disburseMortgage', state.status);
  if (refusal) return refusal;
  const { approvedAmount } = state;
  const amount = command.amount.toString();
  if (amount !== approvedAmount) return refuse('DISBURSED_AMOUNT_DIFFERS', { amount, approvedAmount });
  return move(state, 'disburseMortgage', { disbursedAt: at }, command.by, at, policy);
}

/** The lender does not lend. Another case may be opened, with another lender. */
export function rejectMortgage(
  state: MortgageState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal =
    wrongStatus(mortgageTransitions, 'rejectMortgage', state.status) ?? missingText('reason', reason);
  return refusal ?? move(state, 'rejectMortgage', { endReason: reason, endedAt: at }, by, at, policy);
}

/** The customer does without the loan. */
export function withdrawMortgage(
  state: MortgageState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
  policy: SalesPolicy,
): MortgageDecision<'MORTGAGE_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal =
    wrongStatus(mortgageTransitions, 'withdrawMortgage', state.status) ?? missingText('reason', reason);
  return refusal ?? move(state, 'withdrawMortgage', { endReason: reason, endedAt: at }, by, at, policy);
}

/** Two records of one customer were made one: he borrows once, and what was received of either is there. */
export function replaceMortgageCustomer(
  state: MortgageState,
  command: { readonly customerId: string; readonly intoCustomerId: string },
): MortgageDecision<never> {
  const { customerId, intoCustomerId } = command;
  const borrowers = state.borrowers
    .map((one) => (one.customerId === customerId ? { ...one, customerId: intoCustomerId } : one))
    .filter((one, index, all) => all.findIndex((other) => other.customerId === one.customerId) === index);
  const documents = state.documents
    .map((one) => (one.customerId === customerId ? { ...one, customerId: intoCustomerId } : one))
    .sort((a, b) => Number(b.receivedAt !== null) - Number(a.receivedAt !== null))
    .filter(
      (one, index, all) =>
        all.findIndex((other) => other.document === one.document && other.customerId === one.customerId) ===
        index,
    );
  return accept({ ...state, borrowers, documents });
}

export const mortgageDeadlineKinds = ['MORTGAGE_CHASE'] as const;
export type MortgageDeadlineKind = (typeof mortgageDeadlineKinds)[number];

/** When a case that has not moved is to be chased (SAL-21). */
export function mortgageDeadlines(state: MortgageState): readonly DueTime<MortgageDeadlineKind>[] {
  const { chaseDueAt, chasedAt } = state;
  return chaseDueAt && !chasedAt ? [{ kind: 'MORTGAGE_CHASE', dueAt: chaseDueAt }] : [];
}

/** The case has stood still longer than its status allows: on the list of those to chase, once. */
export function onMortgageDeadline(state: MortgageState, kind: string, dueAt: Date): MortgageDecision<never> {
  if (!isPending(mortgageDeadlines(state), kind, dueAt)) return accept(state);
  const { status, standsSinceAt: standingSince } = state;
  return accept(
    { ...state, chasedAt: dueAt },
    { type: 'MortgageStoodStill', ...about(state), status, standingSince, at: dueAt },
  );
}
