import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { appraisalItems, pointsLeft, pointsTaken } from '@anju/appraisal-rules';
import {
  DecimalScalar,
  HistoryEntry,
  PageArgs,
  Requires,
  principalOf,
  staffStub,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { evidenceConditions, sheetConditions } from './appraisal-lists';
import { Appraisal } from './appraisal.entity';
import {
  AppealDecisionPart,
  CancellationPart,
  CommendationPart,
  DeductionPart,
  SheetItem,
  WithdrawalPart,
} from './appraisal.parts';
import { AppraisalConnection, AppraisalFilter } from './appraisal.schema';
import { Evidence } from './evidence.entity';
import { EvidenceConnection, EvidenceFilter } from './evidence.schema';
import { ownRead, type PersonalReads } from './personal-reads';
import { Scheme } from './scheme.entity';
import { itemMaxima, type SchemeReads } from './scheme.resolver';
import { ProjectStub, StaffStub } from './stubs';

/** Checks and appraisals as they are read. */
@Resolver(() => Appraisal)
export class AppraisalResolver {
  constructor(
    private readonly reads: PersonalReads,
    private readonly schemes: SchemeReads,
  ) {}

  @Requires(ownRead)
  @Query(() => Appraisal, {
    nullable: true,
    description: 'Null where there is none that you may see; your own once it is announced (APR-11).',
  })
  appraisal(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Appraisal | null> {
    return this.reads.one('Appraisal', id, context);
  }

  @Requires(ownRead)
  @Query(() => AppraisalConnection, { description: 'Sheets, those of the latest period first.' })
  appraisals(
    @Args() page: PageArgs,
    @Arg('filter', () => AppraisalFilter, { nullable: true }) filter: AppraisalFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Appraisal>> {
    return this.reads.list('Appraisal', sheetConditions(filter ?? {}), page, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who is appraised.' })
  staff(@Root() { staffId }: Appraisal): Stub {
    return { id: staffId };
  }

  @Requires(ownRead)
  @FieldResolver(() => ProjectStub, {
    nullable: true,
    description: 'The project; null for an employee of the whole organisation.',
  })
  project(@Root() { projectId }: Appraisal): Stub | null {
    return projectId === null ? null : { id: projectId };
  }

  @Requires('appraisal.scheme.read')
  @FieldResolver(() => Scheme, { nullable: true, description: 'By which it is scored (APR-02).' })
  scheme(@Root() { schemeId }: Appraisal, @Ctx() context: RequestContext): Promise<Scheme | null> {
    return this.schemes.one(schemeId, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => [SheetItem], {
    nullable: true,
    description: 'All sixteen, as the record sheet has them.',
  })
  items(@Root() sheet: Appraisal): SheetItem[] {
    const left = new Map(appraisalItems.map((item) => [item, pointsLeft(sheet, item)]));
    return itemMaxima(sheet.maxima).map((item) => ({ ...item, left: left.get(item.item)! }));
  }

  @Requires(ownRead)
  @FieldResolver(() => EvidenceConnection, {
    nullable: true,
    description: 'What was told of the employee in the period, scored or not, the latest first (APR-10).',
  })
  evidence(
    @Root() { id }: Appraisal,
    @Args() page: PageArgs,
    @Arg('filter', () => EvidenceFilter, { nullable: true }) filter: EvidenceFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Evidence>> {
    const conditions = evidenceConditions(filter ?? {}, principalOf(context).staffId);
    return this.reads.listOf('Evidence', { belongs: 'periodOfSheet', id }, conditions, page, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who began it.' })
  openedBy(@Root() sheet: Appraisal): Stub | null {
    return staffStub(sheet.openedBy);
  }

  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who told the employee his result.' })
  announcedBy(@Root() sheet: Appraisal): Stub | null {
    return staffStub(sheet.announcedBy);
  }

  @Requires(ownRead)
  @FieldResolver(() => [HistoryEntry], { nullable: true, description: 'Every step: who, when, what.' })
  history(@Root() { id }: Appraisal, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return this.reads.history('Appraisal', id, context);
  }
}

@Resolver(() => DeductionPart)
export class DeductionResolver {
  constructor(private readonly reads: PersonalReads) {}

  @Requires(ownRead)
  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'What it takes now: nothing when taken back, or what an appeal left of it.',
  })
  taken(@Root() deduction: DeductionPart): string {
    return pointsTaken(deduction);
  }

  @Requires(ownRead)
  @FieldResolver(() => Evidence, {
    nullable: true,
    description: 'What it rests on; null for what the appraiser saw himself (APR-10).',
  })
  evidence(
    @Root() { evidenceId }: DeductionPart,
    @Ctx() context: RequestContext,
  ): Promise<Evidence | null> | null {
    return evidenceId === null ? null : this.reads.one('Evidence', evidenceId, context);
  }
}

@Resolver(() => CommendationPart)
export class CommendationResolver {
  constructor(private readonly reads: PersonalReads) {}

  @Requires(ownRead)
  @FieldResolver(() => Evidence, {
    nullable: true,
    description: 'What it rests on; null for what the appraiser saw himself (APR-10).',
  })
  evidence(
    @Root() { evidenceId }: CommendationPart,
    @Ctx() context: RequestContext,
  ): Promise<Evidence | null> | null {
    return evidenceId === null ? null : this.reads.one('Evidence', evidenceId, context);
  }
}

/** `byStaff` for every part that somebody brought about. */
function actorResolver(part: new () => { readonly by: string }) {
  @Resolver(() => part)
  class PartActorResolver {
    @Requires(ownRead)
    @FieldResolver(() => StaffStub, { nullable: true, description: 'Who did it.' })
    byStaff(@Root() done: { readonly by: string }): Stub | null {
      return staffStub(done.by);
    }
  }
  return PartActorResolver;
}

export const sheetActorResolvers: readonly (new () => object)[] = [
  AppealDecisionPart,
  CancellationPart,
  CommendationPart,
  DeductionPart,
  WithdrawalPart,
].map(actorResolver);
