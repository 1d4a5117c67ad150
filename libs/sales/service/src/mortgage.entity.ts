import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import {
  missingDocuments,
  type AgencySignature,
  type MortgageDocumentItem,
  type MortgageState,
} from '@anju/sales-rules';
import { AggregateEntity, DecimalScalar, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { LoanKindEnum, MortgageDocumentEnum, MortgageStatusEnum } from './contract-enums';
import { BorrowerPart } from './contract-parts';
import { PartnerStub, ProjectStub, UnitStub } from './stubs';

@ObjectType('MortgageDocumentItem', {
  simpleResolvers: true,
  description: 'A document that the case needs, and whether it is there (SAL-20).',
})
export class MortgageDocumentPart implements MortgageDocumentItem {
  @Field(() => MortgageDocumentEnum, { description: 'What.' })
  document: MortgageDocumentItem['document'];

  @Field(() => ID, { nullable: true, description: 'Whose; null for what concerns the contract.' })
  customerId: string | null;

  @Field(() => Int, { description: 'How many copies.' })
  copies: number;

  @Field(() => Date, { nullable: true, description: 'When it was received; null while it is missing.' })
  receivedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Who received it.' })
  receivedBy: string | null;
}

@ObjectType('AgencySignature', {
  simpleResolvers: true,
  description: "The agency's signature for the filed contract.",
})
export class AgencySignaturePart implements AgencySignature {
  @Field(() => ID, { description: 'The agency.' })
  partnerId: string;

  @Field(() => Date, { description: 'When.' })
  signedAt: Date;

  @Field(() => String, { description: 'Who recorded it.' })
  recordedBy: string;
}

/** 按揭 */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'The mortgage case (按揭) of a filed contract (SAL-20).' })
@Entity('mortgage')
export class Mortgage extends AggregateEntity implements MortgageState {
  @Field(() => ID, { description: 'The project that it belongs to.' })
  @Column('uuid')
  projectId: string;

  @Field(() => String, { description: 'Such as `JX-M20260320-001`.' })
  @Column('text')
  number: string;

  @Field(() => MortgageStatusEnum, { description: 'How far it has come.' })
  @Column('text')
  status: MortgageState['status'];

  @Column('uuid')
  contractId: string;

  @Column('uuid')
  unitId: string;

  @Field(() => LoanKindEnum, { description: 'Of a bank, of the provident fund, or of both.' })
  @Column('text')
  loanKind: MortgageState['loanKind'];

  @Field(() => DecimalScalar, { nullable: true, description: 'What is asked of the bank, in CNY.' })
  @Column('numeric', { precision: 17, scale: 2, nullable: true })
  commercialAmount: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What is asked of the provident fund, in CNY.' })
  @Column('numeric', { precision: 17, scale: 2, nullable: true })
  providentFundAmount: string | null;

  @Field(() => [BorrowerPart], { description: 'Who borrows.' })
  @JsonColumn()
  borrowers: MortgageState['borrowers'];

  @Field(() => [MortgageDocumentPart], { description: 'The documents that it needs.' })
  @JsonColumn()
  documents: MortgageState['documents'];

  @Field(() => Date, { description: 'When it was opened.' })
  @Column('timestamptz')
  openedAt: Date;

  @Field(() => AgencySignaturePart, { nullable: true, description: 'That the agency has signed.' })
  @JsonColumn({ nullable: true })
  agency: MortgageState['agency'];

  @Column('uuid', { nullable: true })
  lenderId: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What the lender lends, in CNY.' })
  @Column('numeric', { precision: 17, scale: 2, nullable: true })
  approvedAmount: string | null;

  @Field(() => Date, { description: 'Since when it has stood in its status.' })
  @Column('timestamptz')
  standsSinceAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it is to be chased unless it moves (SAL-21).' })
  @Column('timestamptz', { nullable: true })
  chaseDueAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Since when it has stood still too long; null if not.' })
  @Column('timestamptz', { nullable: true })
  chasedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the loan came.' })
  @Column('timestamptz', { nullable: true })
  disbursedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or withdrawn.' })
  @Column('text', { nullable: true })
  endReason: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was rejected or withdrawn.' })
  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  @Column('uuid', { array: true })
  customerIds: readonly string[];

  @Field(() => Int, { description: 'How many of its documents are not there yet.' })
  get documentsMissing(): number {
    return missingDocuments(this).length;
  }

  @Field(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true, description: 'The home.' })
  get unit(): Stub {
    return stub(this.unitId);
  }

  @Field(() => PartnerStub, {
    nullable: true,
    description: 'The bank or provident-fund centre that it was submitted to.',
  })
  get lender(): Stub | null {
    return stubOrNull(this.lenderId);
  }
}

/** Columns that lists ask by, from the state. */
export function mortgageQueryColumns({ borrowers }: MortgageState): Pick<Mortgage, 'customerIds'> {
  return { customerIds: borrowers.map(({ customerId }) => customerId) };
}
