import { Field, ID, ObjectType } from 'type-graphql';
import type {
  Borrower,
  Buyer,
  ContractCheck,
  ContractDeadlineKind,
  ContractPrice,
  Discount,
  DiscountApproval,
  FilingSubmission,
  MortgagePlan,
  OnlineSigning,
  ReturnTelling,
  SigningCorrection,
} from '@anju/sales-rules';
import { DecimalScalar } from '@anju/subgraph';
import {
  ContractDeadlineKindEnum,
  ContractDiscountKindEnum,
  FamilyStateEnum,
  LoanKindEnum,
  TellingChannelEnum,
} from './contract-enums';

/* The parts of a contract as the graph shows them: the rules' own values, kept as JSON with the contract. */

const actor = { description: 'A staff id, or `system:` and what acted.' };

@ObjectType({ simpleResolvers: true, description: 'What somebody did to a contract.' })
export abstract class DoneBySomebody {
  @Field(() => String, actor)
  by: string;
}

@ObjectType('ContractBuyer', { simpleResolvers: true, description: 'A buyer with his share (SAL-11).' })
export class BuyerPart implements Buyer {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;

  @Field(() => DecimalScalar, { description: 'In per cent; all together are exactly 100.' })
  share: string;
}

@ObjectType('ContractDiscount', { simpleResolvers: true, description: 'Something taken off the price.' })
export class DiscountPart implements Discount {
  @Field(() => String, { description: 'The campaign or agreement that it comes from.' })
  code: string;

  @Field(() => ContractDiscountKindEnum, { description: 'How it is counted.' })
  kind: Discount['kind'];

  @Field(() => DecimalScalar, { description: 'Per cent, or CNY.' })
  value: string;
}

@ObjectType('ContractPrice', { simpleResolvers: true, description: 'The price of a home, in CNY.' })
export class PricePart implements ContractPrice {
  @Field(() => DecimalScalar, { description: 'By the price list and the pre-sale area.' })
  listTotal: string;

  @Field(() => DecimalScalar, { description: 'All discounts together.' })
  discountTotal: string;

  @Field(() => DecimalScalar, { description: 'What is to be paid.' })
  total: string;

  @Field(() => DecimalScalar, { description: 'The discounts in per cent of the list price, rounded.' })
  discountPercent: string;
}

@ObjectType('MortgageBorrower', { simpleResolvers: true, description: 'Who borrows (SAL-20).' })
export class BorrowerPart implements Borrower {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;

  @Field(() => FamilyStateEnum, { description: 'What his documents depend on.' })
  familyState: Borrower['familyState'];
}

@ObjectType('MortgagePlan', {
  simpleResolvers: true,
  description: 'The loan that the price is to be paid with, in CNY (SAL-20).',
})
export class MortgagePlanPart implements MortgagePlan {
  @Field(() => LoanKindEnum, { description: 'Of a bank, of the provident fund, or of both.' })
  loanKind: MortgagePlan['loanKind'];

  @Field(() => DecimalScalar, { nullable: true, description: "The bank's part." })
  commercialAmount: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: "The provident fund's part." })
  providentFundAmount: string | null;

  @Field(() => [BorrowerPart], { description: 'Who borrows.' })
  borrowers: readonly Borrower[];
}

@ObjectType('DiscountApproval', {
  simpleResolvers: true,
  description: 'The approval of a discount beyond the limit; it holds for these terms alone (SAL-11).',
})
export class DiscountApprovalPart extends DoneBySomebody implements DiscountApproval {
  @Field(() => Date, { description: 'When.' })
  approvedAt: Date;

  @Field(() => DecimalScalar, { description: 'What was approved, in CNY.' })
  discountTotal: string;
}

@ObjectType('OnlineSigning', { simpleResolvers: true, description: '网签 (SAL-11).' })
export class OnlineSigningPart extends DoneBySomebody implements OnlineSigning {
  @Field(() => String, { description: "The authority's number of it." })
  number: string;

  @Field(() => Date, { description: 'When.' })
  signedAt: Date;
}

@ObjectType('ContractCheck', {
  simpleResolvers: true,
  description: 'A check by a second person (SAL-11).',
})
export class ContractCheckPart extends DoneBySomebody implements ContractCheck {
  @Field(() => Date, { description: 'When.' })
  checkedAt: Date;

  @Field(() => String, { nullable: true, description: 'What is wrong; null where it passed.' })
  findings: string | null;
}

@ObjectType('SigningCorrection', {
  simpleResolvers: true,
  description: 'The contract was signed online anew after a finding.',
})
export class SigningCorrectionPart extends DoneBySomebody implements SigningCorrection {
  @Field(() => Date, { description: 'When.' })
  correctedAt: Date;

  @Field(() => String, { description: "The new signing's number." })
  number: string;

  afterCheck: number;
}

@ObjectType('FilingSubmission', { simpleResolvers: true, description: 'Handed in for filing (SAL-12).' })
export class FilingSubmissionPart extends DoneBySomebody implements FilingSubmission {
  @Field(() => Date, { description: 'When.' })
  submittedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the bureau gave it back to be mended.' })
  sentBackAt: Date | null;

  @Field(() => String, { nullable: true, description: 'What had to be mended.' })
  sentBackReason: string | null;
}

@ObjectType('ContractReturnTelling', {
  simpleResolvers: true,
  description: 'A buyer was told to collect the contract, and reminded of the deed tax (SAL-12).',
})
export class ReturnTellingPart extends DoneBySomebody implements ReturnTelling {
  @Field(() => Date, { description: 'When.' })
  toldAt: Date;

  @Field(() => ID, { description: 'Whom.' })
  customerId: string;

  @Field(() => TellingChannelEnum, { description: 'How.' })
  channel: ReturnTelling['channel'];
}

@ObjectType('ContractDeadline', { simpleResolvers: true, description: 'What is still to fall due.' })
export class ContractDeadlinePart {
  @Field(() => ContractDeadlineKindEnum, { description: 'What.' })
  kind: ContractDeadlineKind;

  @Field(() => Date, { description: 'Done before this instant, it is done in time.' })
  dueAt: Date;
}
