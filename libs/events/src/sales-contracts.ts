import { z } from 'zod';
import { defineEvent } from './contract';
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

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .describe('YYYY-MM');
const loanKind = z.enum(['COMMERCIAL', 'PROVIDENT_FUND', 'COMBINED']);
const tellingChannel = z.enum([
  'PHONE',
  'IN_PERSON',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'SMS',
  'NOTICE',
]);
const mortgageStatus = z.enum([
  'COLLECTING',
  'SUBMITTED',
  'APPROVED',
  'CONTRACT_SIGNED',
  'REGISTERED',
  'DISBURSED',
  'REJECTED',
  'WITHDRAWN',
]);
const contract = { contractId: id, projectId: id, saleId: id, unitId: id, at };
const mortgage = { mortgageId: id, projectId: id, contractId: id, unitId: id, at };
const report = { salesReportId: id, projectId: id, month, at };
const terms = {
  buyers: z.array(z.object({ customerId: id, share: z.string().describe('per cent; together 100') })),
  area: area.describe('pre-sale square metres'),
  unitPrice: money.describe('CNY per square metre by the price list'),
  listTotal: money,
  discountTotal: money,
  total: money,
  loanKind: loanKind.nullable().describe('null without a loan'),
};

/** Of `salesEvents` those on contracts, mortgages and the monthly report. */
export const salesContractEvents = {
  contractDrafted: defineEvent({
    type: 'contract-drafted.v1',
    context,
    description: 'A contract was drafted (SAL-11).',
    data: z.object({
      ...contract,
      ...terms,
      number: code.describe('such as JX-HT20260302-001'),
      consultantId: person,
      by,
    }),
  }),
  contractRevised: defineEvent({
    type: 'contract-revised.v1',
    context,
    description: 'A draft has other terms; an approval of its discount fell.',
    data: z.object({ ...contract, ...terms, by }),
  }),
  contractDiscountApproved: defineEvent({
    type: 'contract-discount-approved.v1',
    context,
    description: 'A discount beyond the limit was approved (SAL-11).',
    data: z.object({ ...contract, discountTotal: money, total: money, by }),
  }),
  contractSigned: defineEvent({
    type: 'contract-signed.v1',
    context,
    description: 'A contract was signed online (网签); the limit of its filing begins (SAL-11, 12).',
    data: z.object({
      ...contract,
      ...terms,
      number: code,
      consultantId: person,
      filingDueAt: instant,
      by,
    }),
  }),
  contractSigningCorrected: defineEvent({
    type: 'contract-signing-corrected.v1',
    context,
    description: 'A contract was signed online anew after a finding.',
    data: z.object({ ...contract, by }),
  }),
  contractChecked: defineEvent({
    type: 'contract-checked.v1',
    context,
    description: 'A second person checked a contract (SAL-11).',
    data: z.object({ ...contract, passed: z.boolean(), by }),
  }),
  contractFilingSubmitted: defineEvent({
    type: 'contract-filing-submitted.v1',
    context,
    description: 'A contract was handed in for filing (备案, SAL-12).',
    data: z.object({
      ...contract,
      signedAt: instant,
      filingDueAt: instant,
      inTime: z.boolean(),
      by,
    }),
  }),
  contractFilingSentBack: defineEvent({
    type: 'contract-filing-sent-back.v1',
    context,
    description: 'The housing bureau gave a contract back to be mended.',
    data: z.object({ ...contract, by }),
  }),
  contractFilingOverdue: defineEvent({
    type: 'contract-filing-overdue.v1',
    context,
    description: 'A contract was not handed in for filing by its time; `at` is the due time.',
    data: z.object({ ...contract, signedAt: instant, consultantId: person, signedBy: person }),
  }),
  contractFiled: defineEvent({
    type: 'contract-filed.v1',
    context,
    description: 'The filed contract is back; a mortgage case opens if there is a loan (SAL-12, 20).',
    data: z.object({
      ...contract,
      customerIds,
      signedAt: instant,
      filingDays: z.int().describe('local days from the signing'),
      total: money,
      deedTaxDueOn: date,
      tellDueAt: instant,
      loanKind: loanKind.nullable(),
      by,
    }),
  }),
  contractReturnTold: defineEvent({
    type: 'contract-return-told.v1',
    context,
    description: 'A buyer was told to collect the contract and reminded of the deed tax (SAL-12).',
    data: z.object({
      ...contract,
      customerId: id,
      channel: tellingChannel,
      deedTaxDueOn: date.nullable(),
      by,
    }),
  }),
  contractReturnNotTold: defineEvent({
    type: 'contract-return-not-told.v1',
    context,
    description: 'No buyer was told in time that the contract is back; `at` is the due time.',
    data: z.object({ ...contract, customerIds, consultantId: person }),
  }),
  contractCancelled: defineEvent({
    type: 'contract-cancelled.v1',
    context,
    description: 'A draft was given up.',
    data: z.object({ ...contract, by }),
  }),
  mortgageOpened: defineEvent({
    type: 'mortgage-opened.v1',
    context,
    description: 'The mortgage case (按揭) of a filed contract was opened (SAL-20).',
    data: z.object({
      ...mortgage,
      number: code.describe('such as JX-M20260320-001'),
      loanKind,
      commercialAmount: amount.nullable(),
      providentFundAmount: amount.nullable(),
      customerIds: customerIds.describe('who borrows'),
      documents: count.describe('on its list'),
      by,
    }),
  }),
  mortgageSignedForByAgency: defineEvent({
    type: 'mortgage-signed-for-by-agency.v1',
    context,
    description: 'The agency has signed for the filed contract (SAL-20).',
    data: z.object({ ...mortgage, partnerId: id, by }),
  }),
  mortgageDocumentReceived: defineEvent({
    type: 'mortgage-document-received.v1',
    context,
    description: 'A document of the list is there.',
    data: z.object({
      ...mortgage,
      document: code,
      customerId: id.nullable().describe('whose it is; null for the contract’s'),
      missing: count.describe('documents that are still missing'),
      by,
    }),
  }),
  mortgageDocumentsRecomputed: defineEvent({
    type: 'mortgage-documents-recomputed.v1',
    context,
    description: 'Loan, borrowers or a family state changed, and the list with them.',
    data: z.object({ ...mortgage, loanKind, missing: count, by }),
  }),
  mortgageMoved: defineEvent({
    type: 'mortgage-moved.v1',
    context,
    description: 'A mortgage case went on to another status (SAL-20).',
    data: z.object({
      ...mortgage,
      from: mortgageStatus,
      to: mortgageStatus,
      standingSince: instant.describe('since when it had stood in the status that it left'),
      loanKind,
      lenderId: id.nullable(),
      approvedAmount: money.nullable(),
      by,
    }),
  }),
  mortgageStoodStill: defineEvent({
    type: 'mortgage-stood-still.v1',
    context,
    description: 'A mortgage case stood still longer than its status allows (SAL-21); `at` is the due time.',
    data: z.object({ ...mortgage, status: mortgageStatus, standingSince: instant }),
  }),
  salesReportOpened: defineEvent({
    type: 'sales-report-opened.v1',
    context,
    description: "A month's sales report is to be made (SAL-50).",
    data: z.object({ ...report, dueAt: instant }),
  }),
  salesReportSent: defineEvent({
    type: 'sales-report-sent.v1',
    context,
    description: "A month's sales report was sent to finance and is frozen (SAL-50).",
    data: z.object({
      ...report,
      contracts: count,
      area,
      listTotal: money,
      discountTotal: money,
      total: money,
      loan: money,
      by,
    }),
  }),
  salesReportCorrected: defineEvent({
    type: 'sales-report-corrected.v1',
    context,
    description: 'Something of a report that was sent is otherwise (SAL-50).',
    data: z.object({
      ...report,
      contractIds: z.array(id).describe('whose line is otherwise; none where only payments are'),
      contractsBy: z.int(),
      totalBy: money,
      by,
    }),
  }),
  salesReportOverdue: defineEvent({
    type: 'sales-report-overdue.v1',
    context,
    description: 'A report was not sent by its time; `at` is the due time.',
    data: z.object(report),
  }),
} as const;
