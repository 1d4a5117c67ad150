import type { ProjectCalendars } from '@anju/kernel';
import type { MortgageDocument } from './mortgage-documents';

/** How a limit is counted: days of 24 hours (CAL-04), or working days of the office (CAL-02). */
export type FilingLimitUnit = 'DAYS' | 'WORKING_DAYS';

/** Every number of the sales rules; per organisation, overridable per project. */
export interface SalesPolicy {
  /** SAL-01: follow-ups that a caller and a visitor are owed. */
  readonly callerFollowUps: number;
  readonly visitorFollowUps: number;
  /** SAL-01: elapsed days from the contact to the first follow-up, and from each to the next that is owed. */
  readonly firstFollowUpDays: number;
  readonly nextFollowUpDays: number;
  /** SAL-01: elapsed days from the contact in which all that are owed have to be made. */
  readonly followUpsWithinDays: number;
  /** SAL-02: units proposed at once, at most. */
  readonly mostProposals: number;
  /** SAL-02: how far above the budget a home may be and still be proposed, in per cent with two decimals. */
  readonly budgetTolerancePercent: string;
  /** SAL-03: elapsed minutes in which the directory has to answer what a sale asks of it. */
  readonly unitAnswerMinutes: number;
  /** SAL-11: the discount off the list price that needs no approval, in per cent; the limit itself included. */
  readonly discountLimitPercent: string;
  /** SAL-11: buyers of one contract, at most. */
  readonly mostBuyers: number;
  /** SAL-12: from signing to the submission of the filing. */
  readonly filingLimit: number;
  readonly filingLimitUnit: FilingLimitUnit;
  /** SAL-12: working days from the contract's return in which the customer has to be told of it. */
  readonly tellReturnWorkingDays: number;
  /** SAL-12: local days from signing to the legal date of the deed tax. */
  readonly deedTaxDays: number;
  /** SAL-21: elapsed days in each status after which a mortgage case that has not moved is chased. */
  readonly mortgageCollectingDays: number;
  readonly mortgageSubmittedDays: number;
  readonly mortgageApprovedDays: number;
  readonly mortgageContractSignedDays: number;
  readonly mortgageRegisteredDays: number;
  /** SAL-20: copies of each document; one where nothing is said. */
  readonly mortgageDocumentCopies: Readonly<Partial<Record<MortgageDocument, number>>>;
  /** SAL-50: working days from the start of a month to the report of the month before. */
  readonly reportWorkingDays: number;
}

/**
 * The defaults of the rulebook (SAL-01, SAL-12) and, where the sources give no number, what is usual: they
 * are there to be edited.
 */
export const defaultSalesPolicy: SalesPolicy = {
  callerFollowUps: 2,
  visitorFollowUps: 3,
  firstFollowUpDays: 2,
  nextFollowUpDays: 7,
  followUpsWithinDays: 30,
  mostProposals: 10,
  budgetTolerancePercent: '5.00',
  unitAnswerMinutes: 5,
  discountLimitPercent: '3.00',
  mostBuyers: 10,
  filingLimit: 30,
  filingLimitUnit: 'DAYS',
  tellReturnWorkingDays: 1,
  deedTaxDays: 90,
  mortgageCollectingDays: 10,
  mortgageSubmittedDays: 15,
  mortgageApprovedDays: 10,
  mortgageContractSignedDays: 20,
  mortgageRegisteredDays: 10,
  mortgageDocumentCopies: { IDENTITY_CARD: 3, SPOUSE_IDENTITY_CARD: 3, HOUSEHOLD_REGISTER: 2 },
  reportWorkingDays: 3,
};

/** What holds in the project of a sale, and which the rules take as an argument. */
export interface SalesEnvironment {
  readonly policy: SalesPolicy;
  readonly calendars: ProjectCalendars;
  /** IANA name; the zone of dates and months. */
  readonly timeZone: string;
}
