import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { projectScope } from '@anju/access';
import { appraisalDimensions, dimensionItems, yearParts, type ItemPoints } from '@anju/appraisal-rules';
import { isId } from '@anju/kernel';
import {
  DecimalScalar,
  FilterConditions,
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  inOrderOf,
  loadHistory,
  paginate,
  principalOf,
  staffStub,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { Scheme } from './scheme.entity';
import { ItemMaximum, SchemeVersionPart, YearShare } from './scheme.parts';
import {
  AddSchemeVersionInput,
  AddSchemeVersionResult,
  AppraisalSchemeFilter,
  CreateSchemeInput,
  CreateSchemeResult,
  RetireSchemeInput,
  RetireSchemeResult,
  SchemeConnection,
} from './scheme.schema';
import type { SchemeService } from './scheme.service';
import { OrganisationStub, StaffStub } from './stubs';

const read = 'appraisal.scheme.read';
const write = 'appraisal.scheme.write';

/** The maxima as the record sheet has them: dimension by dimension. */
export function itemMaxima(items: ItemPoints): ItemMaximum[] {
  return appraisalDimensions.flatMap((dimension) =>
    dimensionItems[dimension].map((item) => ({ dimension, item, maximum: items[item] })),
  );
}

/** Reading schemes: those of the organisations in whose projects the reader holds the right. */
export class SchemeReads {
  constructor(private readonly dataSource: DataSource) {}

  one(id: string, context: RequestContext): Promise<Scheme | null> {
    return context.loaders.load('scheme', id, (ids) => this.byIds(ids, context));
  }

  async byIds(ids: readonly string[], context: RequestContext): Promise<(Scheme | null)[]> {
    const rows = await this.visible(context)
      .andWhere('t.id = any(:ids)', { ids: ids.filter(isId) })
      .getMany();
    return inOrderOf(ids, rows, (row) => row.id);
  }

  page(filter: AppraisalSchemeFilter, page: PageArgs, context: RequestContext): Promise<Connection<Scheme>> {
    const conditions = new FilterConditions()
      .where(filter.organisationId, (value) => `t.organisation_id = ${value}`)
      .where(filter.level, (value) => `t.level = ${value}`)
      .where(filter.position, (value) => `t.position = ${value}`)
      .where(filter.status, (value) => `t.status = ${value}`);
    return paginate(conditions.addTo(this.visible(context)), { by: 'createdAt', direction: 'DESC' }, page);
  }

  history(id: string, context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'AppraisalScheme', id);
  }

  private visible(context: RequestContext): SelectQueryBuilder<Scheme> {
    const query = this.dataSource.createQueryBuilder(Scheme, 't');
    const scope = projectScope(principalOf(context), read);
    if (scope === 'ALL') return query;
    return query.andWhere(
      't.organisation_id in (select organisation_id from organisation_project where project_id = any(:scope::uuid[]))',
      { scope },
    );
  }
}

@Resolver(() => Scheme)
export class SchemeResolver {
  constructor(
    private readonly reads: SchemeReads,
    private readonly service: SchemeService,
  ) {}

  @Requires(read)
  @Query(() => Scheme, { nullable: true, description: 'Null where there is none that you may see.' })
  appraisalScheme(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Scheme | null> {
    return this.reads.one(id, context);
  }

  @Requires(read)
  @Query(() => SchemeConnection, { description: 'Schemes, those made last first.' })
  appraisalSchemes(
    @Args() page: PageArgs,
    @Arg('filter', () => AppraisalSchemeFilter, { nullable: true }) filter: AppraisalSchemeFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Scheme>> {
    return this.reads.page(filter ?? {}, page, context);
  }

  @Requires(read)
  @FieldResolver(() => OrganisationStub, { nullable: true, description: 'Whose it is.' })
  organisation(@Root() scheme: Scheme): Stub {
    return { id: scheme.organisationId };
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], { nullable: true, description: 'Every step: who, when, what.' })
  history(@Root() scheme: Scheme, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return this.reads.history(scheme.id, context);
  }

  @Requires(write)
  @Mutation(() => CreateSchemeResult, {
    description: 'Makes the scheme of a level, or of one position, with its first version (APR-02).',
  })
  createScheme(
    @Arg('input', () => CreateSchemeInput) input: CreateSchemeInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof CreateSchemeResult>> {
    return this.service.create(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => AddSchemeVersionResult, {
    description: 'Adds the version for periods that begin from a day on (APR-02).',
  })
  addSchemeVersion(
    @Arg('input', () => AddSchemeVersionInput) input: AddSchemeVersionInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AddSchemeVersionResult>> {
    return this.service.addVersion(input, actorOf(context));
  }

  @Requires(write)
  @Mutation(() => RetireSchemeResult, {
    description: 'Ends a scheme: from tomorrow on no period begins with it (APR-02).',
  })
  retireScheme(
    @Arg('input', () => RetireSchemeInput) input: RetireSchemeInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RetireSchemeResult>> {
    return this.service.retire(input, actorOf(context));
  }
}

@Resolver(() => SchemeVersionPart)
export class SchemeVersionResolver {
  @Requires(read)
  @FieldResolver(() => [ItemMaximum], { nullable: true, description: 'All sixteen items (APR-01).' })
  items(@Root() version: SchemeVersionPart): ItemMaximum[] {
    return itemMaxima(version.items);
  }

  @Requires(read)
  @FieldResolver(() => [YearShare], { nullable: true, description: 'Together 100 (APR-04).' })
  yearShares(@Root() { yearShares }: SchemeVersionPart): YearShare[] {
    return yearParts.map((part) => ({ part, share: yearShares[part] }));
  }

  @Requires(read)
  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'What one weekly check counts in their mean.',
  })
  weeklyCheckWeight(@Root() { checkWeights }: SchemeVersionPart): string {
    return checkWeights.WEEKLY_CHECK;
  }

  @Requires(read)
  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'What one monthly check counts in their mean.',
  })
  monthlyCheckWeight(@Root() { checkWeights }: SchemeVersionPart): string {
    return checkWeights.MONTHLY_CHECK;
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who added it.' })
  addedBy(@Root() version: SchemeVersionPart): Stub | null {
    return staffStub(version.addedBy);
  }
}
