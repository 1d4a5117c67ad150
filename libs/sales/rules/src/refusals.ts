import {
  isBlank,
  refusalCodes,
  refuse,
  type RefusalOf,
  type Refused,
  type StatusRefusalData,
} from '@anju/kernel';
import type { ContractStatus } from './contract-state';
import type { MortgagePlanProblem } from './contract-terms';
import type { MortgageDocument } from './mortgage-documents';
import type { ReadinessItem } from './readiness';
import type { SaleStatus } from './sale-state';
import type { UnitStatus } from './unit-status';

type Nothing = Record<never, never>;

/** Why a sales command is not carried out: each code with what its message needs. Amounts in CNY as text. */
export type SalesRefusals = {
  LEAD_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  UNIT_OFFER_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  SALE_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  CONTRACT_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  MORTGAGE_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  SALES_REPORT_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  /** A text that the rule asks for is blank. */
  SALES_TEXT_MISSING: { readonly field: string };

  LEAD_RECEIVED_IN_FUTURE: { readonly receivedAt: Date; readonly decidedAt: Date };
  LEAD_VISITOR_UNKNOWN: Nothing;
  LEAD_NEED_NOT_VALID: { readonly field: 'bedrooms' | 'smallestArea' | 'largestArea' | 'budget' };
  LEAD_CONTACT_NOT_CONSENTED: Nothing;
  LEAD_NEXT_FOLLOW_UP_IN_PAST: { readonly nextAt: Date; readonly decidedAt: Date };
  LEAD_OF_ANOTHER_CUSTOMER: { readonly customerId: string };
  LEAD_ALREADY_ASSIGNED: { readonly consultantId: string };
  LEAD_FOLLOW_UPS_OWED: { readonly made: number; readonly required: number };
  NO_UNIT_PROPOSED: Nothing;
  /** Not on the price list, not for sale any more, or asked for by a sale. */
  UNITS_NOT_PROPOSABLE: { readonly unitIds: readonly string[] };

  UNIT_PRICE_NOT_POSITIVE: { readonly unitPrice: string };
  UNIT_ALREADY_OFFERED: { readonly unitOfferId: string };

  UNIT_OF_ANOTHER_PROJECT: {
    readonly unitId: string;
    readonly unitProjectId: string;
    readonly projectId: string;
  };
  UNIT_ALREADY_SOLD: { readonly unitId: string; readonly unitStatus: UnitStatus };
  UNIT_NOT_HELD: { readonly unitId: string; readonly saleStatus: SaleStatus };
  UNIT_NOT_ON_PRICE_LIST: { readonly unitId: string };
  UNIT_AREA_UNKNOWN: { readonly unitId: string };
  UNIT_STEP_NOT_REFUSED: Nothing;
  SALE_CUSTOMER_MISSING: Nothing;
  SALE_HAS_CONTRACT: { readonly contractId: string };
  SALE_PAYMENT_NOT_POSITIVE: { readonly amount: string };
  SALE_PAYMENT_ALREADY_ENTERED: { readonly paymentId: string };
  SALE_PAYMENT_TOO_HIGH: { readonly amount: string; readonly outstanding: string };

  READINESS_ALREADY_OPENED: { readonly readinessId: string };
  READINESS_INCOMPLETE: { readonly missing: readonly ReadinessItem[] };
  READINESS_ITEM_NOT_RECORDED: { readonly item: ReadinessItem };
  CERTIFICATE_DATE_NOT_VALID: {
    readonly item: ReadinessItem;
    readonly issuedOn: string | null;
    readonly expiresOn: string | null;
    readonly today: string;
  };

  BUYERS_NOT_VALID: { readonly given: number; readonly most: number };
  BUYER_NAMED_TWICE: { readonly customerId: string };
  BUYER_SHARE_NOT_VALID: { readonly customerId: string; readonly share: string };
  /** In per cent, with two decimals. */
  SHARES_NOT_WHOLE: { readonly sum: string; readonly whole: string };
  /** `customerIds`: who has subscribed. */
  BUYER_NOT_SUBSCRIBER: { readonly customerIds: readonly string[] };
  /** `line` counts from 1; `priceBefore` is what was left to take the discount off. */
  DISCOUNT_NOT_VALID: {
    readonly line: number;
    readonly discountCode: string;
    readonly value: string;
    readonly priceBefore: string;
  };
  DISCOUNT_NOT_APPROVED: {
    readonly discountTotal: string;
    readonly discountPercent: string;
    readonly discountLimitPercent: string;
    /** The discount that needs no approval. */
    readonly allowed: string;
  };
  DISCOUNT_APPROVAL_NOT_NEEDED: {
    readonly discountTotal: string;
    readonly discountPercent: string;
    readonly discountLimitPercent: string;
  };
  DISCOUNT_ALREADY_APPROVED: { readonly approvedAt: Date };
  OWN_DISCOUNT: { readonly staffId: string };
  ONLINE_SIGNING_NUMBER_TAKEN: { readonly contractId: string };
  OWN_CONTRACT_CHECK: { readonly staffId: string };
  CONTRACT_FINDINGS_OPEN: Nothing;
  NO_FINDINGS_TO_CORRECT: Nothing;
  TOLD_CUSTOMER_NOT_BUYER: { readonly customerId: string };
  DEED_TAX_NOT_REMINDED: { readonly deedTaxDueOn: string | null };

  CONTRACT_NOT_FILED: { readonly contractStatus: ContractStatus };
  CONTRACT_WITHOUT_MORTGAGE: Nothing;
  MORTGAGE_UNDER_WAY: { readonly mortgageId: string };
  /** `total`: the price of the contract. */
  MORTGAGE_PLAN_NOT_VALID: { readonly problem: MortgagePlanProblem; readonly total: string };
  AGENCY_HAS_SIGNED: { readonly signedAt: Date };
  AGENCY_HAS_NOT_SIGNED: Nothing;
  DOCUMENT_NOT_REQUIRED: { readonly document: MortgageDocument; readonly customerId: string | null };
  DOCUMENT_ALREADY_RECEIVED: { readonly document: MortgageDocument; readonly receivedAt: Date };
  /** `customerId` is null for what concerns the contract. */
  MORTGAGE_DOCUMENTS_MISSING: {
    readonly missing: readonly { readonly document: MortgageDocument; readonly customerId: string | null }[];
  };
  APPROVED_AMOUNT_NOT_VALID: { readonly approvedAmount: string; readonly askedAmount: string };
  DISBURSED_AMOUNT_DIFFERS: { readonly amount: string; readonly approvedAmount: string | null };

  SALES_MONTH_NOT_VALID: { readonly month: string };
  SALES_MONTH_NOT_OVER: { readonly month: string; readonly endsAt: Date };
  SALES_REPORT_EXISTS: { readonly salesReportId: string; readonly month: string };
  SALES_REPORT_ALREADY_RIGHT: { readonly month: string };
};

export type SalesRefusalCode = keyof SalesRefusals;

/** The refusal of one code, or of any of several. */
export type SalesRefusal<Code extends SalesRefusalCode = SalesRefusalCode> = RefusalOf<SalesRefusals, Code>;

/** Every refusal code of the sales context, for the error list and the labels. */
export const salesRefusalCodes = refusalCodes<SalesRefusalCode>({
  LEAD_NOT_IN_REQUIRED_STATUS: true,
  UNIT_OFFER_NOT_IN_REQUIRED_STATUS: true,
  SALE_NOT_IN_REQUIRED_STATUS: true,
  CONTRACT_NOT_IN_REQUIRED_STATUS: true,
  MORTGAGE_NOT_IN_REQUIRED_STATUS: true,
  SALES_REPORT_NOT_IN_REQUIRED_STATUS: true,
  SALES_TEXT_MISSING: true,
  LEAD_RECEIVED_IN_FUTURE: true,
  LEAD_VISITOR_UNKNOWN: true,
  LEAD_NEED_NOT_VALID: true,
  LEAD_CONTACT_NOT_CONSENTED: true,
  LEAD_NEXT_FOLLOW_UP_IN_PAST: true,
  LEAD_OF_ANOTHER_CUSTOMER: true,
  LEAD_ALREADY_ASSIGNED: true,
  LEAD_FOLLOW_UPS_OWED: true,
  NO_UNIT_PROPOSED: true,
  UNITS_NOT_PROPOSABLE: true,
  UNIT_PRICE_NOT_POSITIVE: true,
  UNIT_ALREADY_OFFERED: true,
  UNIT_OF_ANOTHER_PROJECT: true,
  UNIT_ALREADY_SOLD: true,
  UNIT_NOT_HELD: true,
  UNIT_NOT_ON_PRICE_LIST: true,
  UNIT_AREA_UNKNOWN: true,
  UNIT_STEP_NOT_REFUSED: true,
  SALE_CUSTOMER_MISSING: true,
  SALE_HAS_CONTRACT: true,
  SALE_PAYMENT_NOT_POSITIVE: true,
  SALE_PAYMENT_ALREADY_ENTERED: true,
  SALE_PAYMENT_TOO_HIGH: true,
  READINESS_ALREADY_OPENED: true,
  READINESS_INCOMPLETE: true,
  READINESS_ITEM_NOT_RECORDED: true,
  CERTIFICATE_DATE_NOT_VALID: true,
  BUYERS_NOT_VALID: true,
  BUYER_NAMED_TWICE: true,
  BUYER_SHARE_NOT_VALID: true,
  SHARES_NOT_WHOLE: true,
  BUYER_NOT_SUBSCRIBER: true,
  DISCOUNT_NOT_VALID: true,
  DISCOUNT_NOT_APPROVED: true,
  DISCOUNT_APPROVAL_NOT_NEEDED: true,
  DISCOUNT_ALREADY_APPROVED: true,
  OWN_DISCOUNT: true,
  ONLINE_SIGNING_NUMBER_TAKEN: true,
  OWN_CONTRACT_CHECK: true,
  CONTRACT_FINDINGS_OPEN: true,
  NO_FINDINGS_TO_CORRECT: true,
  TOLD_CUSTOMER_NOT_BUYER: true,
  DEED_TAX_NOT_REMINDED: true,
  CONTRACT_NOT_FILED: true,
  CONTRACT_WITHOUT_MORTGAGE: true,
  MORTGAGE_UNDER_WAY: true,
  MORTGAGE_PLAN_NOT_VALID: true,
  AGENCY_HAS_SIGNED: true,
  AGENCY_HAS_NOT_SIGNED: true,
  DOCUMENT_NOT_REQUIRED: true,
  DOCUMENT_ALREADY_RECEIVED: true,
  MORTGAGE_DOCUMENTS_MISSING: true,
  APPROVED_AMOUNT_NOT_VALID: true,
  DISBURSED_AMOUNT_DIFFERS: true,
  SALES_MONTH_NOT_VALID: true,
  SALES_MONTH_NOT_OVER: true,
  SALES_REPORT_EXISTS: true,
  SALES_REPORT_ALREADY_RIGHT: true,
});

/** The refusal of a blank text, or null where something is written. */
export function missingText(
  field: string,
  text: string | null | undefined,
): Refused<SalesRefusal<'SALES_TEXT_MISSING'>> | null {
  return isBlank(text) ? refuse('SALES_TEXT_MISSING', { field }) : null;
}
