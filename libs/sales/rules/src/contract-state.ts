import type { LocalDate, Transitions } from '@anju/kernel';
import type { Buyer, ContractPrice, Discount, MortgagePlan } from './contract-terms';
import type { LoanKind } from './mortgage-documents';

export const contractStatuses = [
  'DRAFT',
  'SIGNED',
  'CHECKED',
  'FILING_SUBMITTED',
  'FILED',
  'CANCELLED',
] as const;
export type ContractStatus = (typeof contractStatuses)[number];

/** How a customer is told. */
export const tellingChannels = [
  'PHONE',
  'IN_PERSON',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'SMS',
  'NOTICE',
] as const;
export type TellingChannel = (typeof tellingChannels)[number];

export interface DiscountApproval {
  readonly by: string;
  readonly approvedAt: Date;
  /** The discount that was approved, in CNY; it holds for these terms alone. */
  readonly discountTotal: string;
}

/** 网签. */
export interface OnlineSigning {
  readonly number: string;
  readonly by: string;
  readonly signedAt: Date;
}

export interface ContractCheck {
  readonly by: string;
  readonly checkedAt: Date;
  /** What is wrong; null where it passed. */
  readonly findings: string | null;
}

export interface SigningCorrection {
  readonly by: string;
  readonly correctedAt: Date;
  /** The signing that took the other's place. */
  readonly number: string;
  /** How many checks there had been: it answers the last of them. */
  readonly afterCheck: number;
}

/** 备案 with the housing bureau (SAL-12). */
export interface ContractFiling {
  readonly dueAt: Date;
  /** `dueAt`, once that has passed with nothing submitted. */
  readonly missedAt: Date | null;
  readonly submissions: readonly FilingSubmission[];
  readonly returnedAt: Date | null;
  /** The bureau's number of the filing. */
  readonly filingNumber: string | null;
  /** The legal date of the deed tax. */
  readonly deedTaxDueOn: LocalDate | null;
  /** Until when the customer has to be told that the contract is back. */
  readonly tellDueAt: Date | null;
  readonly tellMissedAt: Date | null;
  readonly tellings: readonly ReturnTelling[];
}

export interface FilingSubmission {
  readonly submittedAt: Date;
  readonly by: string;
  /** When the bureau gave it back to be mended; null where it did not. */
  readonly sentBackAt: Date | null;
  readonly sentBackReason: string | null;
}

export interface ReturnTelling {
  readonly toldAt: Date;
  readonly by: string;
  readonly customerId: string;
  readonly channel: TellingChannel;
}

/** 商品房买卖合同 of one unit (SAL-11). */
export interface ContractState {
  readonly id: string;
  readonly projectId: string;
  /** In the contract ledger, such as `JX-HT20260302-001`. */
  readonly number: string;
  readonly status: ContractStatus;
  readonly saleId: string;
  readonly unitId: string;
  readonly consultantId: string;
  /** Who drafted it, and who wrote its terms as they stand. */
  readonly draftedBy: string;
  readonly revisedBy: string;
  readonly draftedAt: Date;
  readonly buyers: readonly Buyer[];
  /** Square metres, pre-sale, with two decimals. */
  readonly area: string;
  /** CNY per square metre by the price list. */
  readonly unitPrice: string;
  readonly discounts: readonly Discount[];
  readonly price: ContractPrice;
  readonly discountApproval: DiscountApproval | null;
  /** Null where it is paid without a loan. */
  readonly mortgage: MortgagePlan | null;
  readonly signing: OnlineSigning | null;
  readonly checks: readonly ContractCheck[];
  readonly corrections: readonly SigningCorrection[];
  /** Null before signing. */
  readonly filing: ContractFiling | null;
  readonly cancelReason: string | null;
  readonly cancelledAt: Date | null;
}

interface Happened {
  readonly contractId: string;
  readonly projectId: string;
  readonly saleId: string;
  readonly unitId: string;
  readonly at: Date;
}
interface Done extends Happened {
  readonly by: string;
}
interface Terms {
  readonly buyers: readonly Buyer[];
  readonly area: string;
  readonly unitPrice: string;
  readonly listTotal: string;
  readonly discountTotal: string;
  readonly total: string;
  readonly loanKind: LoanKind | null;
}

export interface ContractDrafted extends Done, Terms {
  readonly type: 'ContractDrafted';
  readonly number: string;
  readonly consultantId: string;
}
export interface ContractRevised extends Done, Terms {
  readonly type: 'ContractRevised';
}
export interface ContractDiscountApproved extends Done {
  readonly type: 'ContractDiscountApproved';
  readonly discountTotal: string;
  readonly total: string;
}
export interface ContractSigned extends Done, Terms {
  readonly type: 'ContractSigned';
  readonly number: string;
  readonly consultantId: string;
  readonly filingDueAt: Date;
}
export interface ContractSigningCorrected extends Done {
  readonly type: 'ContractSigningCorrected';
}
export interface ContractChecked extends Done {
  readonly type: 'ContractChecked';
  readonly passed: boolean;
}
export interface ContractFilingSubmitted extends Done {
  readonly type: 'ContractFilingSubmitted';
  readonly signedAt: Date;
  readonly filingDueAt: Date;
  /** Whether it was submitted before its time was up. */
  readonly inTime: boolean;
}
export interface ContractFilingSentBack extends Done {
  readonly type: 'ContractFilingSentBack';
}
export interface ContractFilingOverdue extends Happened {
  readonly type: 'ContractFilingOverdue';
  readonly signedAt: Date;
  readonly consultantId: string;
  readonly signedBy: string;
}
/** The filed contract is back. With a loan, its mortgage case opens now (SAL-20). */
export interface ContractFiled extends Done {
  readonly type: 'ContractFiled';
  readonly customerIds: readonly string[];
  readonly signedAt: Date;
  /** Local days from the day of signing to this one. */
  readonly filingDays: number;
  readonly total: string;
  readonly deedTaxDueOn: LocalDate;
  readonly tellDueAt: Date;
  readonly loanKind: LoanKind | null;
}
export interface ContractReturnTold extends Done {
  readonly type: 'ContractReturnTold';
  readonly customerId: string;
  readonly channel: TellingChannel;
  readonly deedTaxDueOn: LocalDate | null;
}
export interface ContractReturnNotTold extends Happened {
  readonly type: 'ContractReturnNotTold';
  readonly customerIds: readonly string[];
  readonly consultantId: string;
}
export interface ContractCancelled extends Done {
  readonly type: 'ContractCancelled';
}

/** What can have happened to a contract. No free text, no number of another authority: facts become events. */
export type ContractFact =
  | ContractDrafted
  | ContractRevised
  | ContractDiscountApproved
  | ContractSigned
  | ContractSigningCorrected
  | ContractChecked
  | ContractFilingSubmitted
  | ContractFilingSentBack
  | ContractFilingOverdue
  | ContractFiled
  | ContractReturnTold
  | ContractReturnNotTold
  | ContractCancelled;

type Command =
  | 'reviseContract'
  | 'approveDiscount'
  | 'signContract'
  | 'correctSigning'
  | 'passContractCheck'
  | 'failContractCheck'
  | 'submitFiling'
  | 'noteFilingSentBack'
  | 'noteFilingReturned'
  | 'tellContractReturned'
  | 'cancelContract';

/** A signed contract is ended by voiding (SAL-13), not by cancelling the draft. */
export const contractTransitions: Transitions<ContractStatus, Command, 'CONTRACT_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'CONTRACT_NOT_IN_REQUIRED_STATUS',
  initial: 'DRAFT',
  commands: {
    reviseContract: { from: ['DRAFT'], to: 'SAME' },
    approveDiscount: { from: ['DRAFT'], to: 'SAME' },
    signContract: { from: ['DRAFT'], to: 'SIGNED' },
    correctSigning: { from: ['SIGNED'], to: 'SAME' },
    passContractCheck: { from: ['SIGNED'], to: 'CHECKED' },
    failContractCheck: { from: ['SIGNED'], to: 'SAME' },
    submitFiling: { from: ['CHECKED'], to: 'FILING_SUBMITTED' },
    noteFilingSentBack: { from: ['FILING_SUBMITTED'], to: 'CHECKED' },
    noteFilingReturned: { from: ['FILING_SUBMITTED'], to: 'FILED' },
    tellContractReturned: { from: ['FILED'], to: 'SAME' },
    cancelContract: { from: ['DRAFT'], to: 'CANCELLED' },
  },
};

/** What every fact of a contract carries. */
export function aboutContract(state: ContractState): Omit<Happened, 'at'> {
  const { id, projectId, saleId, unitId } = state;
  return { contractId: id, projectId, saleId, unitId };
}

/** The terms as a fact tells them. */
export function termsOf(state: ContractState): Terms {
  const { buyers, area, unitPrice, price, mortgage } = state;
  const { listTotal, discountTotal, total } = price;
  return { buyers, area, unitPrice, listTotal, discountTotal, total, loanKind: mortgage?.loanKind ?? null };
}
