import type { SalesPolicy } from './policy';

/** 商业贷款, 公积金贷款, 组合贷款. */
export const loanKinds = ['COMMERCIAL', 'PROVIDENT_FUND', 'COMBINED'] as const;
export type LoanKind = (typeof loanKinds)[number];

export const familyStates = ['SINGLE', 'MARRIED', 'DIVORCED', 'WIDOWED'] as const;
export type FamilyState = (typeof familyStates)[number];

export const mortgageDocuments = [
  'FILED_CONTRACT',
  'DOWN_PAYMENT_INVOICE',
  'IDENTITY_CARD',
  'HOUSEHOLD_REGISTER',
  'INCOME_PROOF',
  'BANK_STATEMENT',
  'CREDIT_REPORT_CONSENT',
  'PROVIDENT_FUND_RECORD',
  'PROVIDENT_FUND_APPLICATION',
  'SINGLE_DECLARATION',
  'MARRIAGE_CERTIFICATE',
  'SPOUSE_IDENTITY_CARD',
  'SPOUSE_CONSENT',
  'DIVORCE_CERTIFICATE',
  'DIVORCE_SETTLEMENT',
  'SPOUSE_DEATH_CERTIFICATE',
] as const;
export type MortgageDocument = (typeof mortgageDocuments)[number];

/** A document that a case needs; of one borrower, or of the contract where `customerId` is null. */
export interface RequiredDocument {
  readonly document: MortgageDocument;
  readonly customerId: string | null;
  readonly copies: number;
}

/** Of the contract, once. */
const ofContract: readonly MortgageDocument[] = ['FILED_CONTRACT', 'DOWN_PAYMENT_INVOICE'];

/** Of everybody who borrows. */
const ofBorrower: readonly MortgageDocument[] = ['IDENTITY_CARD', 'HOUSEHOLD_REGISTER'];

/** What a bank asks for, and what the provident-fund centre does; both loans together ask for both. */
const ofBank: readonly MortgageDocument[] = ['INCOME_PROOF', 'BANK_STATEMENT', 'CREDIT_REPORT_CONSENT'];
const ofFund: readonly MortgageDocument[] = [
  'CREDIT_REPORT_CONSENT',
  'PROVIDENT_FUND_RECORD',
  'PROVIDENT_FUND_APPLICATION',
];
const ofLoan: Readonly<Record<LoanKind, readonly MortgageDocument[]>> = {
  COMMERCIAL: ofBank,
  PROVIDENT_FUND: ofFund,
  COMBINED: [...ofBank, ...ofFund.filter((document) => !ofBank.includes(document))],
};

const ofFamily: Readonly<Record<FamilyState, readonly MortgageDocument[]>> = {
  SINGLE: ['SINGLE_DECLARATION'],
  MARRIED: ['MARRIAGE_CERTIFICATE', 'SPOUSE_IDENTITY_CARD', 'SPOUSE_CONSENT'],
  DIVORCED: ['DIVORCE_CERTIFICATE', 'DIVORCE_SETTLEMENT'],
  WIDOWED: ['SPOUSE_DEATH_CERTIFICATE'],
};

/**
 * The documents that a loan needs, by its kind and each borrower's family state (SAL-20): what concerns the
 * contract first, then each borrower's in turn. Which they are is usual practice, the sources name none.
 */
export function requiredDocuments(
  loanKind: LoanKind,
  borrowers: readonly { readonly customerId: string; readonly familyState: FamilyState }[],
  policy: SalesPolicy,
): readonly RequiredDocument[] {
  const item = (document: MortgageDocument, customerId: string | null): RequiredDocument => ({
    ...{ document, customerId, copies: policy.mortgageDocumentCopies[document] ?? 1 },
  });
  return [
    ...ofContract.map((document) => item(document, null)),
    ...borrowers.flatMap(({ customerId, familyState }) =>
      [...ofBorrower, ...ofLoan[loanKind], ...ofFamily[familyState]].map((document) =>
        item(document, customerId),
      ),
    ),
  ];
}
