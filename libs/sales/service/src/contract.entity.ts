import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import { isId } from '@anju/kernel';
import { contractDeadlines, type ContractState } from '@anju/sales-rules';
import { AggregateEntity, DateScalar, DecimalScalar, staffStub, stub, type Stub } from '@anju/subgraph';
import { ContractStatusEnum } from './contract-enums';
import {
  BuyerPart,
  ContractCheckPart,
  ContractDeadlinePart,
  DiscountApprovalPart,
  DiscountPart,
  FilingSubmissionPart,
  MortgagePlanPart,
  OnlineSigningPart,
  PricePart,
  ReturnTellingPart,
  SigningCorrectionPart,
} from './contract-parts';
import { ProjectStub, StaffStub, UnitStub } from './stubs';

/** 商品房买卖合同 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'The contract of sale of a home (商品房买卖合同) with its filing (SAL-11, SAL-12).',
})
@Entity('contract')
export class Contract extends AggregateEntity implements ContractState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Field(() => String, { description: 'In the contract ledger, such as `JX-HT20260302-001`.' })
  @Column('text')
  number: string;

  @Field(() => ContractStatusEnum, { description: 'How far it has come.' })
  @Column('text')
  status: ContractState['status'];

  @Column('uuid')
  saleId: string;

  @Column('uuid')
  unitId: string;

  @Column('text')
  consultantId: string;

  @Column('text')
  draftedBy: string;

  @Column('text')
  revisedBy: string;

  @Field(() => Date, { description: 'When it was drafted.' })
  @Column('timestamptz')
  draftedAt: Date;

  @Field(() => [BuyerPart], { description: 'Who buys, in which shares.' })
  @JsonColumn()
  buyers: ContractState['buyers'];

  @Field(() => DecimalScalar, { description: 'Square metres, pre-sale.' })
  @Column('numeric', { precision: 10, scale: 2 })
  area: string;

  @Field(() => DecimalScalar, { description: 'CNY per square metre by the price list.' })
  @Column('numeric', { precision: 14, scale: 2 })
  unitPrice: string;

  @Field(() => [DiscountPart], { description: 'Each is taken off what those before have left.' })
  @JsonColumn()
  discounts: ContractState['discounts'];

  @Field(() => PricePart, { description: 'What it comes to.' })
  @JsonColumn()
  price: ContractState['price'];

  @Field(() => DiscountApprovalPart, { nullable: true, description: 'Of a discount beyond the limit.' })
  @JsonColumn({ nullable: true })
  discountApproval: ContractState['discountApproval'];

  @Field(() => MortgagePlanPart, {
    name: 'mortgagePlan',
    simple: false,
    nullable: true,
    description: 'The loan that is asked for; null where it is paid without one.',
  })
  @JsonColumn({ nullable: true })
  mortgage: ContractState['mortgage'];

  @Field(() => OnlineSigningPart, { nullable: true, description: '网签; null for a draft.' })
  @JsonColumn({ nullable: true })
  signing: ContractState['signing'];

  @Field(() => [ContractCheckPart], { description: 'Checks by a second person, the latest last.' })
  @JsonColumn()
  checks: ContractState['checks'];

  @Field(() => [SigningCorrectionPart], { description: 'What was done about findings.' })
  @JsonColumn()
  corrections: ContractState['corrections'];

  @JsonColumn({ nullable: true })
  filing: ContractState['filing'];

  @Field(() => String, { nullable: true, description: 'Why the draft was given up.' })
  @Column('text', { nullable: true })
  cancelReason: string | null;

  @Field(() => Date, { nullable: true, description: 'When the draft was given up.' })
  @Column('timestamptz', { nullable: true })
  cancelledAt: Date | null;

  @Column('uuid', { array: true })
  customerIds: readonly string[];

  /** Who sells, drafted and signed it: those in whose hands it is until it is filed. */
  @Column('uuid', { array: true })
  staffIds: readonly string[];

  /** That of `signing`: no two contracts have the same. */
  @Column('text', { nullable: true })
  onlineSigningNumber: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was signed online.' })
  @Column('timestamptz', { nullable: true })
  signedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the filed contract came back.' })
  @Column('timestamptz', { nullable: true })
  filedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when it has to be submitted for filing (SAL-12).',
  })
  @Column('timestamptz', { nullable: true })
  filingDueAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when its filing is overdue and still not submitted; null when it is not.',
  })
  @Column('timestamptz', { nullable: true })
  filingOverdueSinceAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it is back without any buyer having been told; null once one was.',
  })
  @Column('timestamptz', { nullable: true })
  untoldSinceAt: Date | null;

  @Field(() => [FilingSubmissionPart], { description: 'Each handing in for filing, the latest last.' })
  get filingSubmissions(): readonly FilingSubmissionPart[] {
    return this.filing?.submissions ?? [];
  }

  @Field(() => Date, { nullable: true, description: 'The due time of the filing that was missed.' })
  get filingMissedAt(): Date | null {
    return this.filing?.missedAt ?? null;
  }

  @Field(() => String, { nullable: true, description: "The bureau's number of the filing." })
  get filingNumber(): string | null {
    return this.filing?.filingNumber ?? null;
  }

  @Field(() => DateScalar, { nullable: true, description: 'The legal date of the deed tax (SAL-12).' })
  get deedTaxDueOn(): string | null {
    return this.filing?.deedTaxDueOn ?? null;
  }

  @Field(() => Date, { nullable: true, description: 'Until when a buyer has to be told that it is back.' })
  get tellDueAt(): Date | null {
    return this.filing?.tellDueAt ?? null;
  }

  @Field(() => Date, { nullable: true, description: 'That due time, where it was missed.' })
  get tellMissedAt(): Date | null {
    return this.filing?.tellMissedAt ?? null;
  }

  @Field(() => [ReturnTellingPart], { description: 'Who was told that it is back, the latest last.' })
  get returnTellings(): readonly ReturnTellingPart[] {
    return this.filing?.tellings ?? [];
  }

  @Field(() => [ContractDeadlinePart], { description: 'What is still to fall due.' })
  get deadlines(): readonly ContractDeadlinePart[] {
    return contractDeadlines(this);
  }

  @Field(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true, description: 'The home.' })
  get unit(): Stub {
    return stub(this.unitId);
  }

  @Field(() => StaffStub, { nullable: true, description: 'The consultant whose sale it is.' })
  get consultant(): Stub {
    return stub(this.consultantId);
  }

  @Field(() => StaffStub, {
    name: 'draftedBy',
    simple: false,
    nullable: true,
    description: 'Who drafted it.',
  })
  get drafter(): Stub | null {
    return staffStub(this.draftedBy);
  }

  @Field(() => StaffStub, {
    name: 'revisedBy',
    simple: false,
    nullable: true,
    description: 'Who wrote its terms as they stand.',
  })
  get reviser(): Stub | null {
    return staffStub(this.revisedBy);
  }
}

/** Columns that lists, filters and unique indexes ask by, from the state. */
export function contractQueryColumns({
  status,
  consultantId,
  draftedBy,
  buyers,
  signing,
  filing,
}: ContractState): Pick<
  Contract,
  | 'customerIds'
  | 'staffIds'
  | 'onlineSigningNumber'
  | 'signedAt'
  | 'filedAt'
  | 'filingDueAt'
  | 'filingOverdueSinceAt'
  | 'untoldSinceAt'
> {
  const toBeSubmitted = status === 'SIGNED' || status === 'CHECKED';
  const untold = status === 'FILED' && filing?.tellings.length === 0;
  return {
    customerIds: buyers.map(({ customerId }) => customerId),
    staffIds: [...new Set([consultantId, draftedBy, signing?.by ?? draftedBy])].filter(isId),
    onlineSigningNumber: signing?.number ?? null,
    signedAt: signing?.signedAt ?? null,
    filedAt: filing?.returnedAt ?? null,
    filingDueAt: filing?.dueAt ?? null,
    filingOverdueSinceAt: toBeSubmitted ? (filing?.missedAt ?? null) : null,
    untoldSinceAt: untold ? (filing?.returnedAt ?? null) : null,
  };
}
