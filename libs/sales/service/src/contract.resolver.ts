import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import {
  FilterConditions,
  HistoryEntry,
  PageArgs,
  Requires,
  loadHistory,
  staffStub,
  stub,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import {
  BorrowerPart,
  BuyerPart,
  ContractCheckPart,
  DiscountApprovalPart,
  FilingSubmissionPart,
  OnlineSigningPart,
  ReturnTellingPart,
  SigningCorrectionPart,
} from './contract-parts';
import type { ContractReads } from './contract-reads';
import { Contract } from './contract.entity';
import { ContractFilter } from './contract.inputs';
import { ContractConnection, contractConditions } from './contract.schema';
import { Mortgage } from './mortgage.entity';
import { MortgageConnection } from './mortgage.schema';
import { Sale } from './sale.entity';
import type { SalesReads } from './sales-reads';
import { CustomerStub, StaffStub } from './stubs';

const read = 'sales.contract.read';

/** The contract ledger. */
@Resolver(() => Contract)
export class ContractResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reads: ContractReads,
    private readonly sales: SalesReads,
  ) {}

  @Requires(read)
  @Query(() => Contract, { nullable: true, description: 'Null where there is none that you may see.' })
  contract(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Contract | null> {
    return this.reads.one('Contract', id, context);
  }

  @Requires(read)
  @Query(() => ContractConnection, { description: 'The contract ledger, those drafted last first (SAL-11).' })
  contracts(
    @Args() page: PageArgs,
    @Arg('filter', () => ContractFilter, { nullable: true }) filter: ContractFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Contract>> {
    return this.reads.list('Contract', contractConditions(filter), page, context);
  }

  @Requires('sales.sale.read')
  @FieldResolver(() => Sale, { nullable: true, description: 'The sale that it is of.' })
  sale(@Root() { saleId }: Contract, @Ctx() context: RequestContext): Promise<Sale | null> {
    return this.sales.one('Sale', saleId, context);
  }

  @Requires('sales.mortgage.read')
  @FieldResolver(() => MortgageConnection, {
    nullable: true,
    description: 'Its mortgage cases, the latest first; one at most has not failed (SAL-20).',
  })
  mortgages(
    @Root() { id }: Contract,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Mortgage>> {
    const parent = { field: 'Contract.mortgages', id, belongs: 't.contract_id = p.id' };
    return this.reads.listOf('Mortgage', parent, new FilterConditions(), page, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() { id }: Contract, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Contract', id);
  }
}

/** `customer` beside `customerId`, for every part that names one. */
function customerResolver(part: new () => { readonly customerId: string }) {
  @Resolver(() => part)
  class PartCustomerResolver {
    @Requires(read)
    @FieldResolver(() => CustomerStub, { nullable: true, description: 'The customer.' })
    customer(@Root() { customerId }: { readonly customerId: string }): Stub {
      return stub(customerId);
    }
  }
  return PartCustomerResolver;
}

/** `byStaff` beside `by`, for every part that somebody brought about. */
function actorResolver(part: new () => { readonly by: string }) {
  @Resolver(() => part)
  class PartActorResolver {
    @Requires(read)
    @FieldResolver(() => StaffStub, {
      nullable: true,
      description: 'The employee who did it; null for the platform itself.',
    })
    byStaff(@Root() { by }: { readonly by: string }): Stub | null {
      return staffStub(by);
    }
  }
  return PartActorResolver;
}

export const contractPartResolvers: readonly (new () => object)[] = [
  ...[BuyerPart, BorrowerPart, ReturnTellingPart].map(customerResolver),
  ...[
    ContractCheckPart,
    DiscountApprovalPart,
    FilingSubmissionPart,
    OnlineSigningPart,
    ReturnTellingPart,
    SigningCorrectionPart,
  ].map(actorResolver),
];
