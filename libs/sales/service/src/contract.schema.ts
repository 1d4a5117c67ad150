import { FilterConditions, connectionType } from '@anju/subgraph';
import { Contract } from './contract.entity';
import type { ContractFilter } from './contract.inputs';
import { salesResult } from './sales.refusals';

export const ContractConnection = connectionType(Contract, 'Contract');

const wrongStatus = 'CONTRACT_NOT_IN_REQUIRED_STATUS';
const terms = [
  'BUYERS_NOT_VALID',
  'BUYER_NAMED_TWICE',
  'BUYER_SHARE_NOT_VALID',
  'SHARES_NOT_WHOLE',
  'BUYER_NOT_SUBSCRIBER',
  'DISCOUNT_NOT_VALID',
  'MORTGAGE_PLAN_NOT_VALID',
] as const;

export const DraftContractResult = salesResult(
  'DraftContract',
  Contract,
  ...terms,
  'UNIT_OF_ANOTHER_PROJECT',
  'UNIT_NOT_HELD',
  'SALE_HAS_CONTRACT',
  'UNIT_NOT_ON_PRICE_LIST',
  'UNIT_AREA_UNKNOWN',
);
export const ReviseContractResult = salesResult('ReviseContract', Contract, wrongStatus, ...terms);
export const ApproveDiscountResult = salesResult(
  'ApproveDiscount',
  Contract,
  wrongStatus,
  'DISCOUNT_APPROVAL_NOT_NEEDED',
  'OWN_DISCOUNT',
  'DISCOUNT_ALREADY_APPROVED',
);
export const SignContractResult = salesResult(
  'SignContract',
  Contract,
  wrongStatus,
  'SALES_TEXT_MISSING',
  'ONLINE_SIGNING_NUMBER_TAKEN',
  'READINESS_INCOMPLETE',
  'UNIT_NOT_HELD',
  'DISCOUNT_NOT_APPROVED',
);
export const CorrectSigningResult = salesResult(
  'CorrectSigning',
  Contract,
  wrongStatus,
  'SALES_TEXT_MISSING',
  'ONLINE_SIGNING_NUMBER_TAKEN',
  'NO_FINDINGS_TO_CORRECT',
);
export const CheckContractResult = salesResult(
  'CheckContract',
  Contract,
  wrongStatus,
  'SALES_TEXT_MISSING',
  'OWN_CONTRACT_CHECK',
  'CONTRACT_FINDINGS_OPEN',
);
export const CancelContractResult = salesResult(
  'CancelContract',
  Contract,
  wrongStatus,
  'SALES_TEXT_MISSING',
);
export const SubmitFilingResult = salesResult('SubmitFiling', Contract, wrongStatus);
export const NoteFilingSentBackResult = salesResult(
  'NoteFilingSentBack',
  Contract,
  wrongStatus,
  'SALES_TEXT_MISSING',
);
export const NoteFilingReturnedResult = salesResult(
  'NoteFilingReturned',
  Contract,
  wrongStatus,
  'SALES_TEXT_MISSING',
);
export const TellContractReturnedResult = salesResult(
  'TellContractReturned',
  Contract,
  wrongStatus,
  'TOLD_CUSTOMER_NOT_BUYER',
  'DEED_TAX_NOT_REMINDED',
);

/** What the filter asks of rows `t` of the table of contracts. */
export function contractConditions(filter: ContractFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.customerId, (id) => `t.customer_ids @> array[${id}::uuid]`)
    .where(filter?.consultantId, (id) => `t.consultant_id = ${id}`)
    .where(filter?.number, (number) => `t.number = ${number}`)
    .where(filter?.onlineSigningNumber, (number) => `t.online_signing_number = ${number}`)
    .where(filter?.signedFrom, (at) => `t.signed_at >= ${at}`)
    .where(filter?.signedBefore, (at) => `t.signed_at < ${at}`)
    .where(filter?.filedFrom, (at) => `t.filed_at >= ${at}`)
    .where(filter?.filedBefore, (at) => `t.filed_at < ${at}`)
    .either(
      filter?.filingOverdue,
      't.filing_overdue_since_at is not null',
      't.filing_overdue_since_at is null',
    )
    .either(filter?.notTold, 't.untold_since_at is not null', 't.untold_since_at is null')
    .either(filter?.withLoan, 't.mortgage is not null', 't.mortgage is null');
}
