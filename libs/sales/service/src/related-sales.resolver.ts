import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import {
  FilterConditions,
  PageArgs,
  Requires,
  principalOf,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { Lead } from './lead.entity';
import { LeadConnection, LeadFilter, leadConditions } from './lead.schema';
import { Readiness } from './readiness.entity';
import type { SaleLists } from './sale-lists';
import { Sale } from './sale.entity';
import { SaleConnection, SaleCounts, SaleFilter, saleConditions } from './sale.schema';
import type { SalesReads } from './sales-reads';
import { CustomerStub, InteractionStub, ProjectStub, StaffStub, UnitStub } from './stubs';
import { UnitOffer } from './unit-offer.entity';
import { UnitOfferConnection, UnitOfferFilter, unitOfferConditions } from './unit-offer.schema';

/*
 * What sales add to the entities of the directory. Lists come for all parents of a request at once, and are null
 * with an error of their own for a reader without the right, who still sees the rest of the entity.
 */

@Resolver(() => CustomerStub)
export class CustomerSalesResolver {
  constructor(private readonly reads: SalesReads) {}

  @Requires('sales.sale.read')
  @FieldResolver(() => SaleConnection, {
    nullable: true,
    description: 'Sales in which the customer subscribes, those opened last first.',
  })
  sales(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => SaleFilter, { nullable: true }) filter: SaleFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Sale>> {
    const parent = { field: 'Customer.sales', id, belongs: 't.customer_ids @> array[p.id]' };
    const conditions = saleConditions(filter, principalOf(context).staffId);
    return this.reads.listOf('Sale', parent, conditions, page, context);
  }

  @Requires('sales.lead.read')
  @FieldResolver(() => LeadConnection, {
    nullable: true,
    description: 'The customer’s calls and visits as a prospect, those received last first.',
  })
  leads(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => LeadFilter, { nullable: true }) filter: LeadFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Lead>> {
    const parent = { field: 'Customer.leads', id, belongs: 't.customer_id = p.id' };
    const conditions = leadConditions(filter, principalOf(context).staffId);
    return this.reads.listOf('Lead', parent, conditions, page, context);
  }
}

@Resolver(() => UnitStub)
export class UnitSalesResolver {
  constructor(
    private readonly reads: SalesReads,
    private readonly lists: SaleLists,
  ) {}

  @Requires('sales.offer.read')
  @FieldResolver(() => UnitOffer, { nullable: true, description: 'Its line of the price list.' })
  offer(@Root() unit: Stub, @Ctx() context: RequestContext): Promise<UnitOffer | null> {
    return this.reads.oneBy('UnitOffer', 'unitId', unit.id, context);
  }

  @Requires('sales.sale.read')
  @FieldResolver(() => Sale, { nullable: true, description: 'The sale that asks for it or has it.' })
  currentSale(@Root() unit: Stub, @Ctx() context: RequestContext): Promise<Sale | null> {
    return this.lists.currentOf(unit.id, context);
  }

  @Requires('sales.sale.read')
  @FieldResolver(() => SaleConnection, {
    nullable: true,
    description: 'All sales of it, those opened last first.',
  })
  sales(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => SaleFilter, { nullable: true }) filter: SaleFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Sale>> {
    const parent = { field: 'Unit.sales', id, belongs: 't.unit_id = p.id' };
    const conditions = saleConditions(filter, principalOf(context).staffId);
    return this.reads.listOf('Sale', parent, conditions, page, context);
  }
}

@Resolver(() => StaffStub)
export class StaffSalesResolver {
  constructor(private readonly reads: SalesReads) {}

  @Requires('sales.lead.read')
  @FieldResolver(() => LeadConnection, {
    nullable: true,
    description: 'Prospects of the consultant who are neither won nor given up, those received last first.',
  })
  leadsInHand(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Lead>> {
    const belongs = `t.consultant_id = p.id and t.status in ('OPEN', 'SUBSCRIBED')`;
    const parent = { field: 'Staff.leadsInHand', id, belongs };
    return this.reads.listOf('Lead', parent, new FilterConditions(), page, context);
  }
}

@Resolver(() => ProjectStub)
export class ProjectSalesResolver {
  constructor(
    private readonly reads: SalesReads,
    private readonly lists: SaleLists,
  ) {}

  @Requires('sales.readiness.read')
  @FieldResolver(() => Readiness, {
    nullable: true,
    description: 'What it has of what signing needs (五证等, SAL-10); null where no list was begun.',
  })
  readiness(@Root() project: Stub, @Ctx() context: RequestContext): Promise<Readiness | null> {
    return this.reads.oneBy('Readiness', 'projectId', project.id, context);
  }

  @Requires('sales.offer.read')
  @FieldResolver(() => UnitOfferConnection, {
    nullable: true,
    description: 'Its price list (一房一价), the newest line first.',
  })
  unitOffers(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => UnitOfferFilter, { nullable: true }) filter: UnitOfferFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<UnitOffer>> {
    const parent = { field: 'Project.unitOffers', id, belongs: 't.project_id = p.id' };
    return this.reads.listOf('UnitOffer', parent, unitOfferConditions(filter), page, context);
  }

  @Requires('sales.sale.read')
  @FieldResolver(() => SaleCounts, { nullable: true, description: 'How many sales it has in each status.' })
  saleCounts(@Root() project: Stub, @Ctx() context: RequestContext): Promise<SaleCounts | null> {
    return this.lists.countsOf(project.id, context);
  }
}

@Resolver(() => InteractionStub)
export class InteractionLeadsResolver {
  constructor(private readonly reads: SalesReads) {}

  @Requires('sales.lead.read')
  @FieldResolver(() => [Lead], {
    nullable: true,
    description: 'Prospects that the contact at the desk led to, the one entered first first (SAL-01).',
  })
  leads(@Root() interaction: Stub, @Ctx() context: RequestContext): Promise<Lead[]> {
    return this.reads.all('Lead', 'interactionId', interaction.id, context);
  }
}
