import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  loadHistory,
  stub,
  stubOrNull,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import type { ContractReads } from './contract-reads';
import { Contract } from './contract.entity';
import { AgencySignaturePart, Mortgage, MortgageDocumentPart } from './mortgage.entity';
import * as Schema from './mortgage.schema';
import type { MortgageService } from './mortgage.service';
import { CustomerStub, PartnerStub } from './stubs';

const read = 'sales.mortgage.read';
const handle = 'sales.mortgage.handle';

/** The mortgage ledger. */
@Resolver(() => Mortgage)
export class MortgageResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: ContractReads,
    private readonly service: MortgageService,
  ) {}

  @Requires(read)
  @Query(() => Mortgage, { nullable: true, description: 'Null where there is none that you may see.' })
  mortgage(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Mortgage | null> {
    return this.reads.one('Mortgage', id, context);
  }

  @Requires(read)
  @Query(() => Schema.MortgageConnection, {
    description: 'Mortgage cases (按揭), those opened last first (SAL-20, SAL-21).',
  })
  mortgages(
    @Args() page: PageArgs,
    @Arg('filter', () => Schema.MortgageFilter, { nullable: true })
    filter: Schema.MortgageFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Mortgage>> {
    return this.reads.list('Mortgage', Schema.mortgageConditions(filter), page, context);
  }

  @Requires(handle)
  @Mutation(() => Schema.OpenMortgageResult, {
    description: 'Opens another case of a filed contract, after one was rejected or withdrawn (SAL-20).',
  })
  openMortgage(
    @Arg('input', () => Schema.OpenMortgageInput) input: Schema.OpenMortgageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.OpenMortgageResult>> {
    return this.service.open(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.SignForByAgencyResult, {
    description: 'Records that the agency has signed for the filed contract (SAL-20).',
  })
  signForByAgency(
    @Arg('input', () => Schema.SignForByAgencyInput) input: Schema.SignForByAgencyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SignForByAgencyResult>> {
    return this.service.signForByAgency(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.ReceiveMortgageDocumentResult, {
    description: 'Records that a document of the list is there (SAL-20).',
  })
  receiveMortgageDocument(
    @Arg('input', () => Schema.ReceiveMortgageDocumentInput) input: Schema.ReceiveMortgageDocumentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ReceiveMortgageDocumentResult>> {
    return this.service.receiveDocument(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.ChangeMortgagePlanResult, {
    description:
      'Changes the loan, who borrows, or a family state; the list of documents is computed anew (SAL-20).',
  })
  changeMortgagePlan(
    @Arg('input', () => Schema.ChangeMortgagePlanInput) input: Schema.ChangeMortgagePlanInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ChangeMortgagePlanResult>> {
    return this.service.changePlan(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.SubmitMortgageResult, {
    description: 'Hands the case to the lender, with no document missing (SAL-20).',
  })
  submitMortgage(
    @Arg('input', () => Schema.SubmitMortgageInput) input: Schema.SubmitMortgageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SubmitMortgageResult>> {
    return this.service.submit(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.ApproveMortgageResult, { description: 'Records that the lender lends (SAL-20).' })
  approveMortgage(
    @Arg('input', () => Schema.ApproveMortgageInput) input: Schema.ApproveMortgageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.ApproveMortgageResult>> {
    return this.service.approve(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.SignLoanContractResult, {
    description: 'Records that the borrowers have signed the loan contract (SAL-20).',
  })
  signLoanContract(
    @Arg('input', () => Schema.SignLoanContractInput) input: Schema.SignLoanContractInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.SignLoanContractResult>> {
    return this.service.signLoanContract(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.RegisterMortgageResult, {
    description: 'Records that the mortgage stands in the register (抵押登记, SAL-20).',
  })
  registerMortgage(
    @Arg('input', () => Schema.RegisterMortgageInput) input: Schema.RegisterMortgageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RegisterMortgageResult>> {
    return this.service.register(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.DisburseMortgageResult, {
    description: 'Records that the loan is here (放款), to the fen (SAL-20).',
  })
  disburseMortgage(
    @Arg('input', () => Schema.DisburseMortgageInput) input: Schema.DisburseMortgageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.DisburseMortgageResult>> {
    return this.service.disburse(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.RejectMortgageResult, {
    description: 'Records that the lender does not lend; another case may be opened (SAL-20).',
  })
  rejectMortgage(
    @Arg('input', () => Schema.RejectMortgageInput) input: Schema.RejectMortgageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.RejectMortgageResult>> {
    return this.service.reject(input, actorOf(context));
  }

  @Requires(handle)
  @Mutation(() => Schema.WithdrawMortgageResult, {
    description: 'Records that the customer does without the loan (SAL-20).',
  })
  withdrawMortgage(
    @Arg('input', () => Schema.WithdrawMortgageInput) input: Schema.WithdrawMortgageInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof Schema.WithdrawMortgageResult>> {
    return this.service.withdraw(input, actorOf(context));
  }

  @Requires('sales.contract.read')
  @FieldResolver(() => Contract, { nullable: true, description: 'The contract whose price it pays.' })
  contract(@Root() { contractId }: Mortgage, @Ctx() context: RequestContext): Promise<Contract | null> {
    return this.reads.one('Contract', contractId, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() { id }: Mortgage, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Mortgage', id);
  }
}

@Resolver(() => MortgageDocumentPart)
export class MortgageDocumentResolver {
  @Requires(read)
  @FieldResolver(() => CustomerStub, {
    nullable: true,
    description: 'Whose; null for what concerns the contract.',
  })
  customer(@Root() { customerId }: MortgageDocumentPart): Stub | null {
    return stubOrNull(customerId);
  }
}

@Resolver(() => AgencySignaturePart)
export class AgencySignatureResolver {
  @Requires(read)
  @FieldResolver(() => PartnerStub, { nullable: true, description: 'The agency.' })
  partner(@Root() { partnerId }: AgencySignaturePart): Stub {
    return stub(partnerId);
  }
}
