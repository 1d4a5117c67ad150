import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  staffStub,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { yearConditions } from './appraisal-lists';
import {
  AppraisalYear,
  MissingPeriodEntry,
  YearCorrectionPart,
  YearPartEntry,
} from './appraisal-year.entity';
import {
  AppraisalYearConnection,
  AppraisalYearFilter,
  CloseAppraisalYearInput,
  CloseAppraisalYearResult,
  CorrectAppraisalYearInput,
  CorrectAppraisalYearResult,
} from './appraisal-year.schema';
import type { AppraisalYearService } from './appraisal-year.service';
import { ownRead, type PersonalReads } from './personal-reads';
import { Scheme } from './scheme.entity';
import type { SchemeReads } from './scheme.resolver';
import { ProjectStub, StaffStub } from './stubs';

@Resolver(() => AppraisalYear)
export class AppraisalYearResolver {
  constructor(
    private readonly reads: PersonalReads,
    private readonly schemes: SchemeReads,
    private readonly service: AppraisalYearService,
  ) {}

  @Requires(ownRead)
  @Query(() => AppraisalYear, { nullable: true, description: 'Null where there is none that you may see.' })
  appraisalYear(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<AppraisalYear | null> {
    return this.reads.one('AppraisalYear', id, context);
  }

  @Requires(ownRead)
  @Query(() => AppraisalYearConnection, { description: 'Totals of years, the latest year first.' })
  appraisalYears(
    @Args() page: PageArgs,
    @Arg('filter', () => AppraisalYearFilter, { nullable: true }) filter: AppraisalYearFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AppraisalYear>> {
    return this.reads.list('AppraisalYear', yearConditions(filter ?? {}), page, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Whose.' })
  staff(@Root() { staffId }: AppraisalYear): Stub {
    return { id: staffId };
  }

  @Requires(ownRead)
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that he is appraised in.' })
  project(@Root() { projectId }: AppraisalYear): Stub | null {
    return projectId === null ? null : { id: projectId };
  }

  @Requires('appraisal.scheme.read')
  @FieldResolver(() => Scheme, { nullable: true, description: 'By which it was worked out (APR-02).' })
  scheme(@Root() { schemeId }: AppraisalYear, @Ctx() context: RequestContext): Promise<Scheme | null> {
    return this.schemes.one(schemeId, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => [YearPartEntry], {
    nullable: true,
    description: 'What the total is made of (APR-04).',
  })
  parts(@Root() { result }: AppraisalYear): readonly YearPartEntry[] {
    return result.parts;
  }

  @Requires(ownRead)
  @FieldResolver(() => [MissingPeriodEntry], {
    nullable: true,
    description: 'Periods without a score, left out of their means (APR-04).',
  })
  missing(@Root() { result }: AppraisalYear): readonly MissingPeriodEntry[] {
    return result.missing;
  }

  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who worked it out first.' })
  closedBy(@Root() year: AppraisalYear): Stub | null {
    return staffStub(year.closedBy);
  }

  @Requires(ownRead)
  @FieldResolver(() => [HistoryEntry], { nullable: true, description: 'Every step: who, when, what.' })
  history(@Root() { id }: AppraisalYear, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return this.reads.history('AppraisalYear', id, context);
  }

  @Requires('appraisal.year.close')
  @Mutation(() => CloseAppraisalYearResult, {
    description: 'Works the year’s total out and keeps it (APR-04).',
  })
  closeAppraisalYear(
    @Arg('input', () => CloseAppraisalYearInput) input: CloseAppraisalYearInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof CloseAppraisalYearResult>> {
    return this.service.close(input, actorOf(context));
  }

  @Requires('appraisal.year.close')
  @Mutation(() => CorrectAppraisalYearResult, {
    description: 'Works it out again after a sheet of the year was added; the old total is kept.',
  })
  correctAppraisalYear(
    @Arg('input', () => CorrectAppraisalYearInput) input: CorrectAppraisalYearInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof CorrectAppraisalYearResult>> {
    return this.service.correct(input, actorOf(context));
  }
}

@Resolver(() => YearCorrectionPart)
export class YearCorrectionResolver {
  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who corrected it.' })
  byStaff(@Root() { by }: YearCorrectionPart): Stub | null {
    return staffStub(by);
  }
}
