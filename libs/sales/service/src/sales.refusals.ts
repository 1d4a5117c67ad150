import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { MortgageDocument, SalesRefusalCode } from '@anju/sales-rules';
import { DateScalar, DecimalScalar, commandResult, refusalTypes, type RefusalType } from '@anju/subgraph';
import {
  ContractStatusEnum,
  MortgageDocumentEnum,
  MortgagePlanProblemEnum,
  MortgageStatusEnum,
  SalesReportStatusEnum,
} from './contract-enums';
import {
  LeadNeedFieldEnum,
  LeadStatusEnum,
  ReadinessItemEnum,
  SaleStatusEnum,
  UnitOfferStatusEnum,
  UnitStatusEnum,
} from './graph-enums';

@ObjectType({ simpleResolvers: true, description: 'A document that a mortgage case still needs.' })
export class MissingMortgageDocument {
  @Field(() => MortgageDocumentEnum, { description: 'What.' })
  document: MortgageDocument;

  @Field(() => ID, { nullable: true, description: 'Whose; null for what concerns the contract.' })
  customerId: string | null;
}

/**
 * Refusals of the sales context with their data; listed in `docs/errors.md`. A field that the entity of the same
 * union has too is nullable where the entity's is, so that both can be asked for at once.
 */
const refusals = refusalTypes({
  LEAD_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: LeadStatusEnum,
    allowedIn: [LeadStatusEnum],
  },
  UNIT_OFFER_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: UnitOfferStatusEnum,
    allowedIn: [UnitOfferStatusEnum],
  },
  SALE_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: SaleStatusEnum,
    allowedIn: [SaleStatusEnum],
  },
  CONTRACT_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: ContractStatusEnum,
    allowedIn: [ContractStatusEnum],
  },
  MORTGAGE_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: MortgageStatusEnum,
    allowedIn: [MortgageStatusEnum],
  },
  SALES_REPORT_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: SalesReportStatusEnum,
    allowedIn: [SalesReportStatusEnum],
  },
  SALES_TEXT_MISSING: { field: String },

  LEAD_RECEIVED_IN_FUTURE: { receivedAt: Date, decidedAt: Date },
  LEAD_VISITOR_UNKNOWN: {},
  LEAD_NEED_NOT_VALID: { field: LeadNeedFieldEnum },
  LEAD_CONTACT_NOT_CONSENTED: {},
  LEAD_NEXT_FOLLOW_UP_IN_PAST: { nextAt: Date, decidedAt: Date },
  LEAD_OF_ANOTHER_CUSTOMER: { customerId: ID },
  LEAD_ALREADY_ASSIGNED: { consultantId: ID },
  LEAD_FOLLOW_UPS_OWED: { made: Int, required: Int },
  NO_UNIT_PROPOSED: {},
  UNITS_NOT_PROPOSABLE: { unitIds: [ID] },

  UNIT_PRICE_NOT_POSITIVE: { unitPrice: DecimalScalar },
  UNIT_ALREADY_OFFERED: { unitOfferId: ID },

  UNIT_OF_ANOTHER_PROJECT: { unitId: ID, unitProjectId: ID, projectId: ID },
  UNIT_ALREADY_SOLD: { unitId: ID, unitStatus: UnitStatusEnum },
  UNIT_NOT_HELD: { unitId: ID, saleStatus: SaleStatusEnum },
  UNIT_NOT_ON_PRICE_LIST: { unitId: ID },
  UNIT_AREA_UNKNOWN: { unitId: ID },
  UNIT_STEP_NOT_REFUSED: {},
  SALE_CUSTOMER_MISSING: {},
  SALE_HAS_CONTRACT: { contractId: ID },
  SALE_PAYMENT_NOT_POSITIVE: { amount: DecimalScalar },
  SALE_PAYMENT_ALREADY_ENTERED: { paymentId: ID },
  SALE_PAYMENT_TOO_HIGH: { amount: DecimalScalar, outstanding: { type: DecimalScalar, nullable: true } },

  READINESS_ALREADY_OPENED: { readinessId: ID },
  READINESS_INCOMPLETE: { missing: [ReadinessItemEnum] },
  READINESS_ITEM_NOT_RECORDED: { item: ReadinessItemEnum },
  CERTIFICATE_DATE_NOT_VALID: {
    item: ReadinessItemEnum,
    issuedOn: { type: DateScalar, nullable: true },
    expiresOn: { type: DateScalar, nullable: true },
    today: DateScalar,
  },

  BUYERS_NOT_VALID: { given: Int, most: Int },
  BUYER_NAMED_TWICE: { customerId: ID },
  BUYER_SHARE_NOT_VALID: { customerId: ID, share: String },
  SHARES_NOT_WHOLE: { sum: DecimalScalar, whole: DecimalScalar },
  BUYER_NOT_SUBSCRIBER: { customerIds: [ID] },
  DISCOUNT_NOT_VALID: {
    line: { type: Int, description: 'Counted from 1.' },
    discountCode: String,
    value: String,
    priceBefore: { type: DecimalScalar, description: 'What was left to take the discount off.' },
  },
  DISCOUNT_NOT_APPROVED: {
    discountTotal: DecimalScalar,
    discountPercent: DecimalScalar,
    discountLimitPercent: DecimalScalar,
    allowed: { type: DecimalScalar, description: 'The discount that needs no approval.' },
  },
  DISCOUNT_APPROVAL_NOT_NEEDED: {
    discountTotal: DecimalScalar,
    discountPercent: DecimalScalar,
    discountLimitPercent: DecimalScalar,
  },
  DISCOUNT_ALREADY_APPROVED: { approvedAt: Date },
  OWN_DISCOUNT: { staffId: ID },
  ONLINE_SIGNING_NUMBER_TAKEN: { contractId: ID },
  OWN_CONTRACT_CHECK: { staffId: ID },
  CONTRACT_FINDINGS_OPEN: {},
  NO_FINDINGS_TO_CORRECT: {},
  TOLD_CUSTOMER_NOT_BUYER: { customerId: ID },
  DEED_TAX_NOT_REMINDED: { deedTaxDueOn: { type: DateScalar, nullable: true } },

  CONTRACT_NOT_FILED: { contractStatus: ContractStatusEnum },
  CONTRACT_WITHOUT_MORTGAGE: {},
  MORTGAGE_UNDER_WAY: { mortgageId: ID },
  MORTGAGE_PLAN_NOT_VALID: { problem: MortgagePlanProblemEnum, total: DecimalScalar },
  AGENCY_HAS_SIGNED: { signedAt: Date },
  AGENCY_HAS_NOT_SIGNED: {},
  DOCUMENT_NOT_REQUIRED: { document: MortgageDocumentEnum, customerId: { type: ID, nullable: true } },
  DOCUMENT_ALREADY_RECEIVED: { document: MortgageDocumentEnum, receivedAt: Date },
  MORTGAGE_DOCUMENTS_MISSING: { missing: [MissingMortgageDocument] },
  APPROVED_AMOUNT_NOT_VALID: {
    approvedAmount: { type: DecimalScalar, nullable: true },
    askedAmount: DecimalScalar,
  },
  DISBURSED_AMOUNT_DIFFERS: {
    amount: DecimalScalar,
    approvedAmount: { type: DecimalScalar, nullable: true },
  },

  SALES_MONTH_NOT_VALID: { month: String },
  SALES_MONTH_NOT_OVER: { month: String, endsAt: Date },
  SALES_REPORT_EXISTS: { salesReportId: ID, month: String },
  SALES_REPORT_ALREADY_RIGHT: { month: String },
} satisfies Record<SalesRefusalCode, object>);

/** Declares the result of a command: its entity, or one of these refusals of the sales rules. */
export function salesResult<Entity extends object, const Code extends SalesRefusalCode>(
  command: string,
  entity: new () => Entity,
  ...codes: readonly Code[]
) {
  const types = Object.fromEntries(codes.map((code) => [code, refusals[code]]));
  return commandResult(
    `${command}Result`,
    entity,
    entity.name,
    types as { readonly [C in Code]: RefusalType<C> },
  );
}
