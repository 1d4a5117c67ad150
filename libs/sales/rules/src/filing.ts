import {
  accept,
  addLocalDays,
  daysBetween,
  isPending,
  localDate,
  refuse,
  statusAfter,
  wrongStatus,
  type DueTime,
  type Refused,
} from '@anju/kernel';
import type { ContractDecision } from './contract';
import {
  aboutContract,
  contractTransitions,
  type ContractFiling,
  type ContractState,
  type TellingChannel,
} from './contract-state';
import type { SalesEnvironment } from './policy';
import { missingText, type SalesRefusal } from './refusals';

/** A signed contract with what signing has brought; the statuses after `DRAFT` are reached by signing alone. */
interface Signed {
  readonly filing: ContractFiling;
  readonly signedAt: Date;
  readonly signedBy: string;
}

function signedPart({ filing, signing }: ContractState): Signed {
  if (!filing || !signing) throw new Error('a contract past its draft is signed');
  return { filing, signedAt: signing.signedAt, signedBy: signing.by };
}

/** The refusal of a filing step that does not fit, also before signing: there is nothing to file then. */
function notNow(
  state: ContractState,
  command: 'submitFiling' | 'noteFilingSentBack' | 'noteFilingReturned' | 'tellContractReturned',
): Refused<SalesRefusal<'CONTRACT_NOT_IN_REQUIRED_STATUS'>> | null {
  return wrongStatus(contractTransitions, command, state.status);
}

/** Hands the checked contract in to the housing bureau (SAL-12); the limit is kept by doing so in time. */
export function submitFiling(
  state: ContractState,
  command: { readonly by: string },
  at: Date,
): ContractDecision<'CONTRACT_NOT_IN_REQUIRED_STATUS'> {
  const refusal = notNow(state, 'submitFiling');
  if (refusal) return refusal;
  const { filing, signedAt } = signedPart(state);
  const { by } = command;
  const submission = { submittedAt: at, by, sentBackAt: null, sentBackReason: null };
  return accept(
    {
      ...state,
      status: statusAfter(contractTransitions, 'submitFiling', state.status),
      filing: { ...filing, submissions: [...filing.submissions, submission] },
    },
    {
      type: 'ContractFilingSubmitted',
      ...aboutContract(state),
      ...{ signedAt, filingDueAt: filing.dueAt, inTime: at < filing.dueAt, by, at },
    },
  );
}

/** The bureau gives it back to be mended: it has to be submitted again, within the limit that ran before. */
export function noteFilingSentBack(
  state: ContractState,
  command: { readonly reason: string; readonly by: string },
  at: Date,
): ContractDecision<'CONTRACT_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING'> {
  const { reason, by } = command;
  const refusal = notNow(state, 'noteFilingSentBack') ?? missingText('reason', reason);
  if (refusal) return refusal;
  const { filing } = signedPart(state);
  const submissions = filing.submissions.map((submission, index) =>
    index === filing.submissions.length - 1
      ? { ...submission, sentBackAt: at, sentBackReason: reason }
      : submission,
  );
  return accept(
    {
      ...state,
      status: statusAfter(contractTransitions, 'noteFilingSentBack', state.status),
      filing: { ...filing, submissions },
    },
    { type: 'ContractFilingSentBack', ...aboutContract(state), by, at },
  );
}

/**
 * The filed contract is back (SAL-12). The customer is to be told at once; the legal date of the deed tax is
 * counted from the signing, when the tax arises.
 */
export function noteFilingReturned(
  state: ContractState,
  command: { readonly filingNumber: string; readonly by: string },
  at: Date,
  { policy, calendars, timeZone }: SalesEnvironment,
): ContractDecision<'CONTRACT_NOT_IN_REQUIRED_STATUS' | 'SALES_TEXT_MISSING'> {
  const { filingNumber, by } = command;
  const refusal = notNow(state, 'noteFilingReturned') ?? missingText('filingNumber', filingNumber);
  if (refusal) return refusal;
  const { filing, signedAt } = signedPart(state);
  const signedOn = localDate(signedAt, timeZone);
  const deedTaxDueOn = addLocalDays(signedOn, policy.deedTaxDays);
  const tellDueAt = calendars.office.addWorkingDays(at, policy.tellReturnWorkingDays);
  return accept(
    {
      ...state,
      status: statusAfter(contractTransitions, 'noteFilingReturned', state.status),
      filing: { ...filing, returnedAt: at, filingNumber, deedTaxDueOn, tellDueAt },
    },
    {
      type: 'ContractFiled',
      ...aboutContract(state),
      customerIds: state.buyers.map(({ customerId }) => customerId),
      ...{ signedAt, filingDays: daysBetween(signedOn, localDate(at, timeZone)) },
      ...{ total: state.price.total, deedTaxDueOn, tellDueAt, loanKind: state.mortgage?.loanKind ?? null },
      ...{ by, at },
    },
  );
}

/** A buyer is told to collect the contract, and reminded of the deed tax and its date (SAL-12). */
export function tellContractReturned(
  state: ContractState,
  command: {
    readonly customerId: string;
    readonly channel: TellingChannel;
    /** That he was reminded to pay the deed tax by its date. */
    readonly deedTaxReminded: boolean;
    readonly by: string;
  },
  at: Date,
): ContractDecision<'CONTRACT_NOT_IN_REQUIRED_STATUS' | 'TOLD_CUSTOMER_NOT_BUYER' | 'DEED_TAX_NOT_REMINDED'> {
  const refusal = notNow(state, 'tellContractReturned');
  if (refusal) return refusal;
  const { customerId, channel, deedTaxReminded, by } = command;
  const { filing } = signedPart(state);
  const { deedTaxDueOn } = filing;
  if (!state.buyers.some((buyer) => buyer.customerId === customerId)) {
    return refuse('TOLD_CUSTOMER_NOT_BUYER', { customerId });
  }
  if (!deedTaxReminded) return refuse('DEED_TAX_NOT_REMINDED', { deedTaxDueOn });
  const telling = { toldAt: at, by, customerId, channel };
  return accept(
    { ...state, filing: { ...filing, tellings: [...filing.tellings, telling] } },
    { type: 'ContractReturnTold', ...aboutContract(state), customerId, channel, deedTaxDueOn, by, at },
  );
}

export const contractDeadlineKinds = ['CONTRACT_FILING', 'CONTRACT_RETURN_TELLING'] as const;
export type ContractDeadlineKind = (typeof contractDeadlineKinds)[number];

/** What is still to fall due: the filing of a signed contract, and the word to the customer of a filed one. */
export function contractDeadlines(state: ContractState): readonly DueTime<ContractDeadlineKind>[] {
  const { status, filing } = state;
  if (!filing) return [];
  const { dueAt, missedAt, submissions, tellDueAt, tellMissedAt, tellings } = filing;
  // What was in time, and came back to be mended when the time was up, was in time.
  const sentBackAt = submissions.at(-1)?.sentBackAt;
  const kept = !!sentBackAt && sentBackAt >= dueAt;
  if ((status === 'SIGNED' || status === 'CHECKED') && !missedAt && !kept) {
    return [{ kind: 'CONTRACT_FILING', dueAt }];
  }
  if (status === 'FILED' && tellDueAt && !tellMissedAt && tellings.length === 0) {
    return [{ kind: 'CONTRACT_RETURN_TELLING', dueAt: tellDueAt }];
  }
  return [];
}

/** Carries out what falls due at `dueAt`: what was not done is missed, once. What was done changes nothing. */
export function onContractDeadline(state: ContractState, kind: string, dueAt: Date): ContractDecision<never> {
  if (!isPending(contractDeadlines(state), kind, dueAt)) return accept(state);
  const { filing, signedAt, signedBy } = signedPart(state);
  const { consultantId } = state;
  if (kind === 'CONTRACT_FILING') {
    return accept(
      { ...state, filing: { ...filing, missedAt: dueAt } },
      {
        type: 'ContractFilingOverdue',
        ...aboutContract(state),
        ...{ signedAt, consultantId, signedBy, at: dueAt },
      },
    );
  }
  const customerIds = state.buyers.map(({ customerId }) => customerId);
  return accept(
    { ...state, filing: { ...filing, tellMissedAt: dueAt } },
    { type: 'ContractReturnNotTold', ...aboutContract(state), customerIds, consultantId, at: dueAt },
  );
}
