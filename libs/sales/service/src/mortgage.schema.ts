import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { LoanKind, MortgageDocument, MortgageStatus } from '@anju/sales-rules';
import { ChangeInput, CommandInput, DecimalScalar, FilterConditions, connectionType } from '@anju/subgraph';
import { LoanKindEnum, MortgageDocumentEnum, MortgageStatusEnum } from './contract-enums';
import { MortgagePlanInput } from './contract.inputs';
import { Mortgage } from './mortgage.entity';
import { salesResult } from './sales.refusals';

export const MortgageConnection = connectionType(Mortgage, 'Mortgage');

@InputType({ description: 'Another case of a contract, after one was rejected or withdrawn.' })
export class OpenMortgageInput extends CommandInput {
  @Field(() => ID, { description: 'The filed contract.' })
  contractId: string;
}

@InputType({ description: 'A mortgage case, and the guards of a command on it.' })
export abstract class MortgageChangeInput extends ChangeInput {
  @Field(() => ID, { description: 'The case.' })
  mortgageId: string;
}

@InputType({ description: 'The agency signed for the filed contract.' })
export class SignForByAgencyInput extends MortgageChangeInput {
  @Field(() => ID, { description: 'The agency: a partner of that kind.' })
  partnerId: string;
}

@InputType({ description: 'A document of the list is there.' })
export class ReceiveMortgageDocumentInput extends MortgageChangeInput {
  @Field(() => MortgageDocumentEnum, { description: 'What.' })
  document: MortgageDocument;

  @Field(() => ID, { nullable: true, description: 'Whose; left out for what concerns the contract.' })
  customerId?: string | null;
}

@InputType({ description: 'Another loan; the list of documents is computed anew.' })
export class ChangeMortgagePlanInput extends MortgageChangeInput {
  @Field(() => MortgagePlanInput, { description: 'The whole loan.' })
  plan: MortgagePlanInput;
}

@InputType({ description: 'The case goes to the lender.' })
export class SubmitMortgageInput extends MortgageChangeInput {
  @Field(() => ID, { description: 'The bank or provident-fund centre: a partner of that kind.' })
  lenderId: string;
}

@InputType({ description: 'The lender lends.' })
export class ApproveMortgageInput extends MortgageChangeInput {
  @Field(() => DecimalScalar, { description: 'In CNY; what was asked for, or less.' })
  approvedAmount: string;
}

@InputType({ description: 'The borrowers have signed the loan contract.' })
export class SignLoanContractInput extends MortgageChangeInput {}

@InputType({ description: 'The mortgage stands in the register (抵押登记).' })
export class RegisterMortgageInput extends MortgageChangeInput {}

@InputType({ description: 'The loan is here (放款).' })
export class DisburseMortgageInput extends MortgageChangeInput {
  @Field(() => DecimalScalar, { description: 'In CNY; exactly what was approved.' })
  amount: string;
}

@InputType({ description: 'The end of a case without a loan.' })
export abstract class EndMortgageInput extends MortgageChangeInput {
  @Extensions({ maxLength: 5_000 })
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'The lender does not lend.' })
export class RejectMortgageInput extends EndMortgageInput {}

@InputType({ description: 'The customer does without the loan.' })
export class WithdrawMortgageInput extends EndMortgageInput {}

@InputType({ description: 'All conditions together.' })
export class MortgageFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => [MortgageStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: MortgageStatus[] | null;

  @Field(() => LoanKindEnum, { nullable: true, description: 'Of this kind of loan.' })
  loanKind?: LoanKind | null;

  @Field(() => ID, { nullable: true, description: 'Submitted to this bank or provident-fund centre.' })
  lenderId?: string | null;

  @Field(() => ID, { nullable: true, description: 'This customer borrows.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this contract.' })
  contractId?: string | null;

  @Field(() => String, { nullable: true, description: 'With this number.' })
  number?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: standing still too long (SAL-21).' })
  standingStill?: boolean | null;

  @Field(() => Date, { nullable: true, description: 'Opened then or later.' })
  openedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Opened before.' })
  openedBefore?: Date | null;
}

/** What the filter asks of rows `t` of the table of mortgages. */
export function mortgageConditions(filter: MortgageFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.loanKind, (kind) => `t.loan_kind = ${kind}`)
    .where(filter?.lenderId, (id) => `t.lender_id = ${id}`)
    .where(filter?.customerId, (id) => `t.customer_ids @> array[${id}::uuid]`)
    .where(filter?.contractId, (id) => `t.contract_id = ${id}`)
    .where(filter?.number, (number) => `t.number = ${number}`)
    .either(filter?.standingStill, 't.chased_at is not null', 't.chased_at is null')
    .where(filter?.openedFrom, (at) => `t.opened_at >= ${at}`)
    .where(filter?.openedBefore, (at) => `t.opened_at < ${at}`);
}

const wrongStatus = 'MORTGAGE_NOT_IN_REQUIRED_STATUS';

export const OpenMortgageResult = salesResult(
  'OpenMortgage',
  Mortgage,
  'CONTRACT_NOT_FILED',
  'CONTRACT_WITHOUT_MORTGAGE',
  'MORTGAGE_UNDER_WAY',
);
export const SignForByAgencyResult = salesResult(
  'SignForByAgency',
  Mortgage,
  wrongStatus,
  'AGENCY_HAS_SIGNED',
);
export const ReceiveMortgageDocumentResult = salesResult(
  'ReceiveMortgageDocument',
  Mortgage,
  wrongStatus,
  'DOCUMENT_NOT_REQUIRED',
  'DOCUMENT_ALREADY_RECEIVED',
);
export const ChangeMortgagePlanResult = salesResult(
  'ChangeMortgagePlan',
  Mortgage,
  wrongStatus,
  'MORTGAGE_PLAN_NOT_VALID',
);
export const SubmitMortgageResult = salesResult(
  'SubmitMortgage',
  Mortgage,
  wrongStatus,
  'AGENCY_HAS_NOT_SIGNED',
  'MORTGAGE_DOCUMENTS_MISSING',
);
export const ApproveMortgageResult = salesResult(
  'ApproveMortgage',
  Mortgage,
  wrongStatus,
  'APPROVED_AMOUNT_NOT_VALID',
);
export const SignLoanContractResult = salesResult('SignLoanContract', Mortgage, wrongStatus);
export const RegisterMortgageResult = salesResult('RegisterMortgage', Mortgage, wrongStatus);
export const DisburseMortgageResult = salesResult(
  'DisburseMortgage',
  Mortgage,
  wrongStatus,
  'DISBURSED_AMOUNT_DIFFERS',
);
export const RejectMortgageResult = salesResult(
  'RejectMortgage',
  Mortgage,
  wrongStatus,
  'SALES_TEXT_MISSING',
);
export const WithdrawMortgageResult = salesResult(
  'WithdrawMortgage',
  Mortgage,
  wrongStatus,
  'SALES_TEXT_MISSING',
);
