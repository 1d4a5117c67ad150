import { z } from 'zod';
import { defineEvent } from './contract';
import { salesContractEvents } from './sales-contracts';
import {
  amount,
  area,
  at,
  by,
  code,
  context,
  count,
  customerIds,
  date,
  id,
  instant,
  money,
  person,
} from './sales-vocabulary';

const unitStatus = z.enum(['FOR_SALE', 'SUBSCRIBED', 'CONTRACTED', 'HANDED_OVER']);
const foundStatus = unitStatus.nullable().describe('null where the directory has no such unit');
const leadKind = z.enum(['CALL', 'VISIT']).describe('来电, 来访');
const leadSource = z.enum([
  'ADVERTISEMENT',
  'WEB',
  'REFERRAL',
  'PASSING_BY',
  'AGENCY',
  'EXISTING_OWNER',
  'OTHER',
]);
const unitStep = z.enum(['HOLD', 'CONTRACT', 'HAND_OVER', 'RELEASE']);
const readinessItem = z.enum([
  'LAND_USE_CERTIFICATE',
  'LAND_PLANNING_PERMIT',
  'WORKS_PLANNING_PERMIT',
  'CONSTRUCTION_PERMIT',
  'PRE_SALE_PERMIT',
  'CONTRACT_TEMPLATE',
  'PRICE_LIST',
  'PRELIMINARY_MANAGEMENT_AGREEMENT',
  'FILING_SYSTEM_LINK',
]);
const lead = { leadId: id, projectId: id, at };
const offer = { unitOfferId: id, projectId: id, unitId: id, by, at };
const sale = { saleId: id, projectId: id, unitId: id, at };
const readiness = { readinessId: id, projectId: id, by, at };
const need = {
  bedrooms: count.nullable(),
  smallestArea: area.nullable(),
  largestArea: area.nullable(),
  budget: amount.nullable(),
};

/** What the sales context publishes. Each is a fact of the sales rules, its instants as text. */
export const salesEvents = {
  leadRecorded: defineEvent({
    type: 'lead-recorded.v1',
    context,
    description: 'A prospect called or visited (SAL-01).',
    data: z.object({
      ...lead,
      number: code.describe('such as JX-L20260302-001'),
      kind: leadKind,
      source: leadSource,
      consultantId: person,
      customerId: id.nullable().describe('null where a caller has not said who he is'),
      interactionId: id.nullable(),
      receivedAt: instant,
      ...need,
      nextFollowUpDueAt: instant.nullable(),
      by,
    }),
  }),
  leadFollowedUp: defineEvent({
    type: 'lead-followed-up.v1',
    context,
    description: 'A prospect was followed up (SAL-01).',
    data: z.object({
      ...lead,
      consultantId: person,
      customerId: id.nullable(),
      method: z.enum(['PHONE', 'LETTER', 'HOME_VISIT', 'INVITED_VISIT', 'MESSAGE']),
      outcome: z.enum(['INTERESTED', 'CONSIDERING', 'APPOINTMENT_MADE', 'NOT_INTERESTED', 'NOT_REACHED']),
      followUps: count.describe('those that count, with this one'),
      required: count,
      nextFollowUpDueAt: instant.nullable(),
      by,
    }),
  }),
  leadFollowUpMissed: defineEvent({
    type: 'lead-follow-up-missed.v1',
    context,
    description: 'A follow-up was not made by its time; `at` is the due time.',
    data: z.object({ ...lead, consultantId: person, dueAt: instant }),
  }),
  leadUnderFollowed: defineEvent({
    type: 'lead-under-followed.v1',
    context,
    description: 'The term ended with fewer follow-ups than are owed (SAL-01).',
    data: z.object({ ...lead, consultantId: person, kind: leadKind, followUps: count, required: count }),
  }),
  leadUnitsProposed: defineEvent({
    type: 'lead-units-proposed.v1',
    context,
    description: 'Homes were proposed to a prospect, best first (SAL-02).',
    data: z.object({ ...lead, customerId: id.nullable(), unitIds: z.array(id).min(1), by }),
  }),
  leadVisited: defineEvent({
    type: 'lead-visited.v1',
    context,
    description: 'A caller has come and is owed what a visitor is.',
    data: z.object({ ...lead, customerId: id, required: count, by }),
  }),
  leadNeedChanged: defineEvent({
    type: 'lead-need-changed.v1',
    context,
    description: 'The prospect looks for something else.',
    data: z.object({ ...lead, ...need, by }),
  }),
  leadConsentChanged: defineEvent({
    type: 'lead-consent-changed.v1',
    context,
    description: 'The prospect agrees to be contacted, or does not any more.',
    data: z.object({ ...lead, customerId: id.nullable(), contactConsent: z.boolean(), by }),
  }),
  leadAssigned: defineEvent({
    type: 'lead-assigned.v1',
    context,
    description: 'Another consultant has the lead.',
    data: z.object({ ...lead, consultantId: person, previousConsultantId: person, by }),
  }),
  leadSubscribed: defineEvent({
    type: 'lead-subscribed.v1',
    context,
    description: 'The prospect has subscribed a unit.',
    data: z.object({ ...lead, saleId: id, consultantId: person }),
  }),
  leadReturned: defineEvent({
    type: 'lead-returned.v1',
    context,
    description: 'His sale came to nothing; the lead is open again.',
    data: z.object({ ...lead, saleId: id }),
  }),
  leadWon: defineEvent({
    type: 'lead-won.v1',
    context,
    description: 'The prospect has signed a contract.',
    data: z.object({
      ...lead,
      saleId: id,
      consultantId: person,
      kind: leadKind,
      source: leadSource,
      receivedAt: instant,
    }),
  }),
  leadClosed: defineEvent({
    type: 'lead-closed.v1',
    context,
    description: 'The lead was given up.',
    data: z.object({
      ...lead,
      consultantId: person,
      reason: z.enum([
        'BOUGHT_ELSEWHERE',
        'NOT_INTERESTED',
        'NO_SUITABLE_UNIT',
        'NOT_REACHABLE',
        'DUPLICATE',
        'CONSENT_WITHDRAWN',
      ]),
      by,
    }),
  }),
  unitOffered: defineEvent({
    type: 'unit-offered.v1',
    context,
    description: 'A unit is on the price list.',
    data: z.object({ ...offer, unitTypeCode: code, bedrooms: count, unitPrice: money }),
  }),
  unitOfferPriceChanged: defineEvent({
    type: 'unit-offer-price-changed.v1',
    context,
    description: 'The list price of a unit changed.',
    data: z.object({ ...offer, unitPrice: money, previousUnitPrice: money }),
  }),
  unitOfferWithdrawn: defineEvent({
    type: 'unit-offer-withdrawn.v1',
    context,
    description: 'A unit was taken off the price list.',
    data: z.object(offer),
  }),
  saleOpened: defineEvent({
    type: 'sale-opened.v1',
    context,
    description: 'Somebody subscribes a unit; the directory is asked for it (SAL-03).',
    data: z.object({
      ...sale,
      number: code.describe('such as JX-S20260302-001'),
      customerIds,
      consultantId: person,
      leadId: id.nullable(),
      by,
    }),
  }),
  saleUnitStepRequested: defineEvent({
    type: 'sale-unit-step-requested.v1',
    context,
    description: 'A sale asks the directory to move its unit; each sequence of a sale is answered once.',
    data: z.object({ ...sale, sequence: z.int().min(1), step: unitStep }),
  }),
  saleUnitAnswerOverdue: defineEvent({
    type: 'sale-unit-answer-overdue.v1',
    context,
    description: 'The directory has not answered in time; the request stands.',
    data: z.object({ ...sale, sequence: z.int().min(1), step: unitStep, requestedAt: instant }),
  }),
  saleUnitStepRefused: defineEvent({
    type: 'sale-unit-step-refused.v1',
    context,
    description: 'The directory refused a step; the sale waits for somebody to see to it.',
    data: z.object({ ...sale, sequence: z.int().min(1), step: unitStep, unitStatus: foundStatus }),
  }),
  saleUnitHeld: defineEvent({
    type: 'sale-unit-held.v1',
    context,
    description: "The subscription is in force: the unit is this sale's.",
    data: z.object({ ...sale, customerIds, consultantId: person, leadId: id.nullable() }),
  }),
  saleUnitRefused: defineEvent({
    type: 'sale-unit-refused.v1',
    context,
    description: "The unit was somebody else's; this sale is over.",
    data: z.object({ ...sale, customerIds, leadId: id.nullable(), unitStatus: foundStatus }),
  }),
  saleContracted: defineEvent({
    type: 'sale-contracted.v1',
    context,
    description: 'The unit is contracted.',
    data: z.object({
      ...sale,
      contractId: id.nullable(),
      leadId: id.nullable(),
      consultantId: person,
      price: money.nullable(),
    }),
  }),
  salePaymentRecorded: defineEvent({
    type: 'sale-payment-recorded.v1',
    context,
    description: 'A payment on the price was entered.',
    data: z.object({
      ...sale,
      paymentId: id,
      kind: z.enum(['OWN_FUNDS', 'MORTGAGE', 'PROVIDENT_FUND']),
      amount: money,
      outstanding: money,
      by,
    }),
  }),
  salePaid: defineEvent({
    type: 'sale-paid.v1',
    context,
    description: 'The price is paid in full.',
    data: z.object({ ...sale, contractId: id.nullable(), price: money }),
  }),
  saleHandedOver: defineEvent({
    type: 'sale-handed-over.v1',
    context,
    description: 'The home is handed over.',
    data: z.object({ ...sale, contractId: id.nullable() }),
  }),
  saleWithdrawalBegun: defineEvent({
    type: 'sale-withdrawal-begun.v1',
    context,
    description: 'The subscription is given up; the unit is asked back.',
    data: z.object({ ...sale, contractId: id.nullable().describe('the draft that falls with it'), by }),
  }),
  saleWithdrawn: defineEvent({
    type: 'sale-withdrawn.v1',
    context,
    description: 'The unit is for sale again, and this sale is over.',
    data: z.object({ ...sale, customerIds, leadId: id.nullable() }),
  }),
  readinessOpened: defineEvent({
    type: 'readiness-opened.v1',
    context,
    description: 'The readiness list (五证等) of a project was begun (SAL-10).',
    data: z.object(readiness),
  }),
  readinessItemRecorded: defineEvent({
    type: 'readiness-item-recorded.v1',
    context,
    description: 'Something that signing needs is there.',
    data: z.object({
      ...readiness,
      item: readinessItem,
      issuedOn: date.nullable(),
      expiresOn: date.nullable().describe('last day of validity'),
      complete: z.boolean().describe('nothing is missing any more'),
    }),
  }),
  readinessItemWithdrawn: defineEvent({
    type: 'readiness-item-withdrawn.v1',
    context,
    description: 'Something that signing needs was taken back.',
    data: z.object({ ...readiness, item: readinessItem }),
  }),
  ...salesContractEvents,
} as const;
