import { Extensions, Field, ID, InputType } from 'type-graphql';
import type {
  ContractDiscountKind,
  ContractStatus,
  FamilyState,
  LoanKind,
  TellingChannel,
} from '@anju/sales-rules';
import { ChangeInput, CommandInput, DecimalScalar } from '@anju/subgraph';
import {
  ContractDiscountKindEnum,
  ContractStatusEnum,
  FamilyStateEnum,
  LoanKindEnum,
  TellingChannelEnum,
} from './contract-enums';

/** As long as the numbers of authorities and the codes of campaigns are at most. */
const codeLength = { maxLength: 100 };
const textLength = { maxLength: 5_000 };

@InputType({ description: 'A buyer with his share.' })
export class ContractBuyerInput {
  @Field(() => ID, { description: 'A customer of the project.' })
  customerId: string;

  @Field(() => DecimalScalar, {
    description: 'In per cent with at most two decimals; all together are exactly 100.',
  })
  share: string;
}

@InputType({ description: 'Something taken off the price.' })
export class ContractDiscountInput {
  @Extensions(codeLength)
  @Field(() => String, { description: 'The campaign or agreement that it comes from, such as `ON_TIME`.' })
  code: string;

  @Field(() => ContractDiscountKindEnum, { description: 'How it is counted.' })
  kind: ContractDiscountKind;

  @Field(() => DecimalScalar, { description: 'Per cent with at most two decimals, or CNY.' })
  value: string;
}

@InputType({ description: 'Who borrows, with what his documents depend on.' })
export class MortgageBorrowerInput {
  @Field(() => ID, { description: 'One of the buyers.' })
  customerId: string;

  @Field(() => FamilyStateEnum, { description: 'His family state.' })
  familyState: FamilyState;
}

@InputType({ description: 'The loan that the price is to be paid with; less than the price altogether.' })
export class MortgagePlanInput {
  @Field(() => LoanKindEnum, { description: 'Of a bank, of the provident fund, or of both.' })
  loanKind: LoanKind;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The bank's part in CNY; left out for PROVIDENT_FUND.",
  })
  commercialAmount?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The provident fund's part in CNY; left out for COMMERCIAL.",
  })
  providentFundAmount?: string | null;

  @Field(() => [MortgageBorrowerInput], { description: 'Who borrows.' })
  borrowers: MortgageBorrowerInput[];
}

@InputType({ description: 'The contract of a sale whose unit is held (SAL-11). The price comes by itself.' })
export class DraftContractInput extends CommandInput {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => ID, { description: 'The sale; its unit is the one that is sold.' })
  saleId: string;

  @Field(() => [ContractBuyerInput], { description: 'Who buys; at least one has subscribed.' })
  buyers: ContractBuyerInput[];

  @Field(() => [ContractDiscountInput], { nullable: true, description: 'In the order in which they apply.' })
  discounts?: ContractDiscountInput[] | null;

  @Field(() => MortgagePlanInput, {
    nullable: true,
    description: 'Left out where it is paid without a loan.',
  })
  mortgagePlan?: MortgagePlanInput | null;
}

@InputType({ description: 'A contract, and the guards of a command on it.' })
export abstract class ContractChangeInput extends ChangeInput {
  @Field(() => ID, { description: 'The contract.' })
  contractId: string;
}

@InputType({ description: 'Other terms of a draft, all of them; an approval of its discount falls.' })
export class ReviseContractInput extends ContractChangeInput {
  @Field(() => [ContractBuyerInput], { description: 'Who buys; at least one has subscribed.' })
  buyers: ContractBuyerInput[];

  @Field(() => [ContractDiscountInput], { nullable: true, description: 'In the order in which they apply.' })
  discounts?: ContractDiscountInput[] | null;

  @Field(() => MortgagePlanInput, {
    nullable: true,
    description: 'Left out where it is paid without a loan.',
  })
  mortgagePlan?: MortgagePlanInput | null;
}

@InputType({ description: 'Approval of a discount beyond the limit, as the contract has it now.' })
export class ApproveDiscountInput extends ContractChangeInput {}

@InputType({ description: 'The online signing (网签) of a contract.' })
export class SignContractInput extends ContractChangeInput {
  @Extensions(codeLength)
  @Field(() => String, { description: "The authority's number; no other contract has it." })
  onlineSigningNumber: string;
}

@InputType({ description: 'The contract was signed online anew after a finding.' })
export class CorrectSigningInput extends ContractChangeInput {
  @Extensions(codeLength)
  @Field(() => String, { description: 'The number of the new signing.' })
  onlineSigningNumber: string;
}

@InputType({ description: 'The check of a signed contract by a second person.' })
export class CheckContractInput extends ContractChangeInput {
  @Extensions(textLength)
  @Field(() => String, { nullable: true, description: 'What is wrong; left out where it passes.' })
  findings?: string | null;
}

@InputType({ description: 'Gives a draft up.' })
export class CancelContractInput extends ContractChangeInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

@InputType({ description: 'Hands a checked contract in to the housing bureau (备案).' })
export class SubmitFilingInput extends ContractChangeInput {}

@InputType({ description: 'The bureau gave the contract back to be mended.' })
export class NoteFilingSentBackInput extends ContractChangeInput {
  @Extensions(textLength)
  @Field(() => String, { description: 'What has to be mended.' })
  reason: string;
}

@InputType({ description: 'The filed contract is back.' })
export class NoteFilingReturnedInput extends ContractChangeInput {
  @Extensions(codeLength)
  @Field(() => String, { description: "The bureau's number of the filing." })
  filingNumber: string;
}

@InputType({ description: 'A buyer was told to collect the contract, and reminded of the deed tax.' })
export class TellContractReturnedInput extends ContractChangeInput {
  @Field(() => ID, { description: 'The buyer.' })
  customerId: string;

  @Field(() => TellingChannelEnum, { description: 'How he was told.' })
  channel: TellingChannel;

  @Field(() => Boolean, { description: 'That he was reminded to pay the deed tax by its date.' })
  deedTaxReminded: boolean;
}

@InputType({ description: 'All conditions together.' })
export class ContractFilter {
  @Field(() => ID, { nullable: true, description: 'Of this project.' })
  projectId?: string | null;

  @Field(() => [ContractStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: ContractStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this home.' })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'This customer is one of the buyers.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Sold by this consultant.' })
  consultantId?: string | null;

  @Field(() => String, { nullable: true, description: 'With this number in the ledger.' })
  number?: string | null;

  @Field(() => String, { nullable: true, description: 'With this online signing number.' })
  onlineSigningNumber?: string | null;

  @Field(() => Date, { nullable: true, description: 'Signed then or later.' })
  signedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Signed before.' })
  signedBefore?: Date | null;

  @Field(() => Date, { nullable: true, description: 'The filed contract came back then or later.' })
  filedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'The filed contract came back before.' })
  filedBefore?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: past the time of its filing, which is undone.',
  })
  filingOverdue?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: back, and no buyer has been told.' })
  notTold?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: paid with a loan. False: without one.' })
  withLoan?: boolean | null;
}
