import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { leadDeadlines, leadShortfall, requiredFollowUps, type SalesPolicy } from '@anju/sales-rules';
import type { Clock } from '@anju/kernel';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  loadHistory,
  principalOf,
  staffStub,
  stub,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { salesPolicies } from './environment';
import { Lead, LeadDeadlinePart, LeadFollowUpPart, UnitProposalPart } from './lead.entity';
import { LeadConnection, LeadFilter, leadConditions } from './lead.schema';
import { Sale } from './sale.entity';
import type { SalesReads } from './sales-reads';
import { StaffStub, UnitStub } from './stubs';
import { SuitableUnit, SuitableUnitType, type SuitableUnits } from './suitable-units';

const read = 'sales.lead.read';

/** Prospects as they are read. */
@Resolver(() => Lead)
export class LeadResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly reads: SalesReads,
    private readonly suitable: SuitableUnits,
  ) {}

  @Requires(read)
  @Query(() => Lead, { nullable: true, description: 'Null where there is none that you may see.' })
  lead(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Lead | null> {
    return this.reads.one('Lead', id, context);
  }

  @Requires(read)
  @Query(() => LeadConnection, { description: 'Prospects, those received last first (SAL-01).' })
  leads(
    @Args() page: PageArgs,
    @Arg('filter', () => LeadFilter, { nullable: true }) filter: LeadFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Lead>> {
    return this.reads.list('Lead', leadConditions(filter, principalOf(context).staffId), page, context);
  }

  @Requires(read)
  @FieldResolver(() => Int, { nullable: true, description: 'How many follow-ups are owed altogether.' })
  async requiredFollowUps(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<number> {
    return requiredFollowUps(lead, await this.policyOf(lead, context));
  }

  @Requires(read)
  @FieldResolver(() => Boolean, { nullable: true, description: 'A follow-up is past its time.' })
  async overdue(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<boolean> {
    return leadShortfall(lead, await this.policyOf(lead, context), this.clock.now()).overdue;
  }

  @Requires(read)
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Too few follow-ups after the term for them.',
  })
  async underFollowed(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<boolean> {
    return leadShortfall(lead, await this.policyOf(lead, context), this.clock.now()).underFollowed;
  }

  @Requires(read)
  @FieldResolver(() => [LeadDeadlinePart], {
    nullable: true,
    description: 'What is still to fall due, the earliest first.',
  })
  async deadlines(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<readonly LeadDeadlinePart[]> {
    return leadDeadlines(lead, await this.policyOf(lead, context));
  }

  @Requires('sales.offer.read')
  @FieldResolver(() => [SuitableUnit], {
    nullable: true,
    description: 'Homes that suit the need and are for sale, best first (SAL-02).',
  })
  suitableUnits(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<SuitableUnit[]> {
    return this.suitable.of(lead.projectId, lead.need, context);
  }

  @Requires('sales.offer.read')
  @FieldResolver(() => [SuitableUnitType], {
    nullable: true,
    description: 'The unit types (户型) of these homes, in the order of their best one (SAL-02).',
  })
  suitableUnitTypes(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<SuitableUnitType[]> {
    return this.suitable.typesOf(lead.projectId, lead.need, context);
  }

  @Requires('sales.sale.read')
  @FieldResolver(() => Sale, { nullable: true, description: 'The sale by which it was subscribed or won.' })
  async sale(@Root() { saleId }: Lead, @Ctx() context: RequestContext): Promise<Sale | null> {
    return saleId === null ? null : this.reads.one('Sale', saleId, context);
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every accepted command, oldest first.',
  })
  history(@Root() lead: Lead, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Lead', lead.id);
  }

  private policyOf({ projectId }: Lead, context: RequestContext): Promise<SalesPolicy> {
    return context.loaders.load('sales policy', projectId, (ids) =>
      salesPolicies.ofEach(ids, this.dataSource.manager),
    );
  }
}

@Resolver(() => LeadFollowUpPart)
export class LeadFollowUpResolver {
  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The employee who made it.' })
  byStaff(@Root() done: LeadFollowUpPart): Stub | null {
    return staffStub(done.by);
  }
}

@Resolver(() => UnitProposalPart)
export class UnitProposalResolver {
  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The employee who proposed them.' })
  byStaff(@Root() done: UnitProposalPart): Stub | null {
    return staffStub(done.by);
  }

  @Requires(read)
  @FieldResolver(() => [UnitStub], { nullable: 'itemsAndList', description: 'The homes, best first.' })
  units(@Root() { unitIds }: UnitProposalPart): readonly Stub[] {
    return unitIds.map(stub);
  }
}
