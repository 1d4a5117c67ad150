import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs, Requires, type Connection, type RequestContext } from '@anju/subgraph';
import { Readiness } from './readiness.entity';
import type { SalesReads } from './sales-reads';
import { ProjectStub, UnitStub, type Stub } from './stubs';
import { UnitOffer } from './unit-offer.entity';
import { UnitOfferConnection, UnitOfferFilter, unitOfferConditions } from './unit-offer.schema';

/*
 * What sales add to the entities of the directory. Lists come for all parents of a request at once, and are null
 * with an error of their own for a reader without the right, who still sees the rest of the entity.
 */

@Resolver(() => UnitStub)
export class UnitSalesResolver {
  constructor(private readonly reads: SalesReads) {}

  @Requires('sales.offer.read')
  @FieldResolver(() => UnitOffer, { nullable: true, description: 'Its line of the price list.' })
  offer(@Root() unit: Stub, @Ctx() context: RequestContext): Promise<UnitOffer | null> {
    return this.reads.oneBy('UnitOffer', 'unitId', unit.id, context);
  }
}

@Resolver(() => ProjectStub)
export class ProjectSalesResolver {
  constructor(private readonly reads: SalesReads) {}

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
}
