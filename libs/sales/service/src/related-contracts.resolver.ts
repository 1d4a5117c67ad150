import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import {
  FilterConditions,
  PageArgs,
  Requires,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import type { ContractReads } from './contract-reads';
import { Contract } from './contract.entity';
import { ContractFilter } from './contract.inputs';
import { ContractConnection, contractConditions } from './contract.schema';
import { Sale } from './sale.entity';
import { SalesReport } from './sales-report.entity';
import { SalesReportConnection, SalesReportFilter, salesReportConditions } from './sales-report.schema';
import { CustomerStub, ProjectStub, StaffStub, UnitStub } from './stubs';

/*
 * What contracts add to the entities of the directory. Lists come for all parents of a request at once, and are null
 * with an error of their own for a reader without the right, who still sees the rest of the entity.
 */

@Resolver(() => CustomerStub)
export class CustomerContractsResolver {
  constructor(private readonly reads: ContractReads) {}

  @Requires('sales.contract.read')
  @FieldResolver(() => ContractConnection, {
    nullable: true,
    description: 'Contracts in which the customer buys, those drafted last first.',
  })
  contracts(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => ContractFilter, { nullable: true }) filter: ContractFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Contract>> {
    const parent = { field: 'Customer.contracts', id, belongs: 't.customer_ids @> array[p.id]' };
    return this.reads.listOf('Contract', parent, contractConditions(filter), page, context);
  }
}

@Resolver(() => UnitStub)
export class UnitContractsResolver {
  constructor(private readonly reads: ContractReads) {}

  @Requires('sales.contract.read')
  @FieldResolver(() => ContractConnection, {
    nullable: true,
    description: 'Contracts of the home, those drafted last first; drafts that were given up are among them.',
  })
  contracts(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => ContractFilter, { nullable: true }) filter: ContractFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Contract>> {
    const parent = { field: 'Unit.contracts', id, belongs: 't.unit_id = p.id' };
    return this.reads.listOf('Contract', parent, contractConditions(filter), page, context);
  }
}

/** From the draft until a buyer knows that the filed contract is back. */
const inHand = `(t.status not in ('FILED', 'CANCELLED') or t.untold_since_at is not null)`;

@Resolver(() => StaffStub)
export class StaffContractsResolver {
  constructor(private readonly reads: ContractReads) {}

  @Requires('sales.contract.read')
  @FieldResolver(() => ContractConnection, {
    nullable: true,
    description:
      'Contracts that the employee sells, drafted or signed, and that are not filed yet or of whose return no buyer knows.',
  })
  contractsInHand(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Contract>> {
    const belongs = `t.staff_ids @> array[p.id] and ${inHand}`;
    const parent = { field: 'Staff.contractsInHand', id, belongs };
    return this.reads.listOf('Contract', parent, new FilterConditions(), page, context);
  }
}

@Resolver(() => ProjectStub)
export class ProjectContractsResolver {
  constructor(private readonly reads: ContractReads) {}

  @Requires('sales.contract.read')
  @FieldResolver(() => ContractConnection, {
    nullable: true,
    description: 'The contract ledger of the project, those drafted last first (SAL-11).',
  })
  contracts(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => ContractFilter, { nullable: true }) filter: ContractFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Contract>> {
    const parent = { field: 'Project.contracts', id, belongs: 't.project_id = p.id' };
    return this.reads.listOf('Contract', parent, contractConditions(filter), page, context);
  }

  @Requires('sales.report.read')
  @FieldResolver(() => SalesReportConnection, {
    nullable: true,
    description: 'The monthly sales reports of the project, the latest month first (SAL-50).',
  })
  salesReports(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => SalesReportFilter, { nullable: true }) filter: SalesReportFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<SalesReport>> {
    const parent = { field: 'Project.salesReports', id, belongs: 't.project_id = p.id' };
    return this.reads.listOf('SalesReport', parent, salesReportConditions(filter), page, context);
  }
}

@Resolver(() => Sale)
export class SaleContractResolver {
  constructor(private readonly reads: ContractReads) {}

  @Requires('sales.contract.read')
  @FieldResolver(() => Contract, {
    nullable: true,
    description: 'The contract that is drafted or signed for it; null where there is none.',
  })
  async contract(@Root() { contractId }: Sale, @Ctx() context: RequestContext): Promise<Contract | null> {
    return contractId === null ? null : this.reads.one('Contract', contractId, context);
  }
}
