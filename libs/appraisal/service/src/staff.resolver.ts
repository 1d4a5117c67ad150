import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import {
  PageArgs,
  Requires,
  principalOf,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { evidenceConditions, sheetConditions, yearConditions } from './appraisal-lists';
import { AppraisalYear } from './appraisal-year.entity';
import { AppraisalYearConnection, AppraisalYearFilter } from './appraisal-year.schema';
import { Appraisal } from './appraisal.entity';
import { AppraisalConnection, AppraisalFilter } from './appraisal.schema';
import { Evidence } from './evidence.entity';
import { EvidenceConnection, EvidenceFilter } from './evidence.schema';
import { ownRead, type PersonalReads } from './personal-reads';
import { StaffStub } from './stubs';

/** What is kept of an employee, at the employee. All are nullable: who may see none still gets the colleague. */
@Resolver(() => StaffStub)
export class StaffAppraisalResolver {
  constructor(private readonly reads: PersonalReads) {}

  @Requires(ownRead)
  @FieldResolver(() => EvidenceConnection, {
    nullable: true,
    description: 'Evidence on the employee that you may see, what happened last first (APR-10).',
  })
  evidence(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => EvidenceFilter, { nullable: true }) filter: EvidenceFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Evidence>> {
    const conditions = evidenceConditions(filter ?? {}, principalOf(context).staffId);
    return this.reads.listOf('Evidence', { belongs: 'staff', id }, conditions, page, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => AppraisalConnection, {
    nullable: true,
    description: 'Checks and appraisals of the employee that you may see, the latest period first (APR-11).',
  })
  appraisals(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => AppraisalFilter, { nullable: true }) filter: AppraisalFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Appraisal>> {
    return this.reads.listOf(
      'Appraisal',
      { belongs: 'staff', id },
      sheetConditions(filter ?? {}),
      page,
      context,
    );
  }

  @Requires(ownRead)
  @FieldResolver(() => AppraisalYearConnection, {
    nullable: true,
    description: 'Totals of years of the employee that you may see, the latest first (APR-04).',
  })
  appraisalYears(
    @Root() { id }: Stub,
    @Args() page: PageArgs,
    @Arg('filter', () => AppraisalYearFilter, { nullable: true }) filter: AppraisalYearFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AppraisalYear>> {
    return this.reads.listOf(
      'AppraisalYear',
      { belongs: 'staff', id },
      yearConditions(filter ?? {}),
      page,
      context,
    );
  }
}
