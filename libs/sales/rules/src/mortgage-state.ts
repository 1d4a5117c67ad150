import type { Transitions } from '@anju/kernel';
import type { Borrower, MortgagePlan } from './contract-terms';
import type { LoanKind, MortgageDocument, RequiredDocument } from './mortgage-documents';

export const mortgageStatuses = [
  'COLLECTING',
  'SUBMITTED',
  'APPROVED',
  'CONTRACT_SIGNED',
  'REGISTERED',
  'DISBURSED',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type MortgageStatus = (typeof mortgageStatuses)[number];

/** A document that is needed, and whether it is there. */
export interface MortgageDocumentItem extends RequiredDocument {
  readonly receivedAt: Date | null;
  readonly receivedBy: string | null;
}

/** The agency's signature for the filed contract. */
export interface AgencySignature {
  readonly partnerId: string;
  readonly signedAt: Date;
  readonly recordedBy: string;
}

/** 按揭 of one filed contract (SAL-20). */
export interface MortgageState {
  readonly id: string;
  readonly projectId: string;
  /** Such as `JX-M20260320-001`. */
  readonly number: string;
  readonly status: MortgageStatus;
  readonly contractId: string;
  readonly unitId: string;
  readonly loanKind: LoanKind;
  /** CNY asked for; null for a part that the kind does not have. */
  readonly commercialAmount: string | null;
  readonly providentFundAmount: string | null;
  readonly borrowers: readonly Borrower[];
  readonly documents: readonly MortgageDocumentItem[];
  readonly openedAt: Date;
  readonly agency: AgencySignature | null;
  /** The bank or the provident-fund centre that it was submitted to, by its id in the directory. */
  readonly lenderId: string | null;
  /** CNY; what the lender lends altogether. */
  readonly approvedAmount: string | null;
  /** Since when it has stood in its status. */
  readonly standsSinceAt: Date;
  /** When it is to be chased if it has not moved by then; null when it is over. */
  readonly chaseDueAt: Date | null;
  readonly chasedAt: Date | null;
  readonly disbursedAt: Date | null;
  readonly endReason: string | null;
  readonly endedAt: Date | null;
}

interface Happened {
  readonly mortgageId: string;
  readonly projectId: string;
  readonly contractId: string;
  readonly unitId: string;
  readonly at: Date;
}
interface Done extends Happened {
  readonly by: string;
}

export interface MortgageOpened extends Done {
  readonly type: 'MortgageOpened';
  readonly number: string;
  readonly loanKind: LoanKind;
  readonly commercialAmount: string | null;
  readonly providentFundAmount: string | null;
  readonly customerIds: readonly string[];
  readonly documents: number;
}
export interface MortgageSignedForByAgency extends Done {
  readonly type: 'MortgageSignedForByAgency';
  readonly partnerId: string;
}
export interface MortgageDocumentReceived extends Done {
  readonly type: 'MortgageDocumentReceived';
  readonly document: MortgageDocument;
  readonly customerId: string | null;
  /** Documents that are still missing. */
  readonly missing: number;
}
export interface MortgageDocumentsRecomputed extends Done {
  readonly type: 'MortgageDocumentsRecomputed';
  readonly loanKind: LoanKind;
  readonly missing: number;
}
/** It went on to another status. */
export interface MortgageMoved extends Done {
  readonly type: 'MortgageMoved';
  readonly from: MortgageStatus;
  readonly to: MortgageStatus;
  /** Since when it had stood in the one that it left. */
  readonly standingSince: Date;
  readonly loanKind: LoanKind;
  readonly lenderId: string | null;
  readonly approvedAmount: string | null;
}
export interface MortgageStoodStill extends Happened {
  readonly type: 'MortgageStoodStill';
  readonly status: MortgageStatus;
  readonly standingSince: Date;
}

/** What can have happened to a mortgage case. No free text: facts become events. */
export type MortgageFact =
  | MortgageOpened
  | MortgageSignedForByAgency
  | MortgageDocumentReceived
  | MortgageDocumentsRecomputed
  | MortgageMoved
  | MortgageStoodStill;

type Command =
  | 'signForByAgency'
  | 'receiveMortgageDocument'
  | 'changeMortgagePlan'
  | 'submitMortgage'
  | 'approveMortgage'
  | 'signLoanContract'
  | 'registerMortgage'
  | 'disburseMortgage'
  | 'rejectMortgage'
  | 'withdrawMortgage';

/** After registration a case is ended by its cancellation (SAL-23), not by withdrawing. */
export const mortgageTransitions: Transitions<MortgageStatus, Command, 'MORTGAGE_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'MORTGAGE_NOT_IN_REQUIRED_STATUS',
  initial: 'COLLECTING',
  commands: {
    signForByAgency: { from: ['COLLECTING'], to: 'SAME' },
    receiveMortgageDocument: { from: ['COLLECTING'], to: 'SAME' },
    changeMortgagePlan: { from: ['COLLECTING'], to: 'SAME' },
    submitMortgage: { from: ['COLLECTING'], to: 'SUBMITTED' },
    approveMortgage: { from: ['SUBMITTED'], to: 'APPROVED' },
    signLoanContract: { from: ['APPROVED'], to: 'CONTRACT_SIGNED' },
    registerMortgage: { from: ['CONTRACT_SIGNED'], to: 'REGISTERED' },
    disburseMortgage: { from: ['REGISTERED'], to: 'DISBURSED' },
    rejectMortgage: { from: ['SUBMITTED'], to: 'REJECTED' },
    withdrawMortgage: { from: ['COLLECTING', 'SUBMITTED', 'APPROVED', 'CONTRACT_SIGNED'], to: 'WITHDRAWN' },
  },
};

/** Whether a case is under way or has come to its loan: a contract has one such; after one that failed, another. */
export function hasMortgageNotFailed(status: MortgageStatus): boolean {
  return status !== 'REJECTED' && status !== 'WITHDRAWN';
}

/** The loan of a case, as the contract's terms write it. */
export function planOf(state: MortgageState): MortgagePlan {
  const { loanKind, commercialAmount, providentFundAmount, borrowers } = state;
  return { loanKind, commercialAmount, providentFundAmount, borrowers };
}
