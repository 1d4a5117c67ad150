import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  actorOf,
  principalOf,
  staffStub,
  type CommandAnswer,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { evidenceConditions } from './appraisal-lists';
import { Appraisal } from './appraisal.entity';
import { Evidence, EvidenceDecisionPart } from './evidence.entity';
import {
  DismissEvidenceInput,
  DismissEvidenceResult,
  EvidenceConnection,
  EvidenceFilter,
  ScoreEvidenceInput,
  ScoreEvidenceResult,
  StateEvidenceViewInput,
  StateEvidenceViewResult,
} from './evidence.schema';
import type { EvidenceService } from './evidence.service';
import { ownRead, type PersonalReads } from './personal-reads';
import { ProjectStub, StaffStub } from './stubs';

@Resolver(() => Evidence)
export class EvidenceResolver {
  constructor(
    private readonly reads: PersonalReads,
    private readonly service: EvidenceService,
  ) {}

  @Requires(ownRead)
  @Query(() => Evidence, { nullable: true, description: 'Null where there is none that you may see.' })
  evidence(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Evidence | null> {
    return this.reads.one('Evidence', id, context);
  }

  @Requires(ownRead)
  @Query(() => EvidenceConnection, { description: 'Evidence, what happened last first.' })
  evidenceList(
    @Args() page: PageArgs,
    @Arg('filter', () => EvidenceFilter, { nullable: true }) filter: EvidenceFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Evidence>> {
    const conditions = evidenceConditions(filter ?? {}, principalOf(context).staffId);
    return this.reads.list('Evidence', conditions, page, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Whom it concerns.' })
  staff(@Root() { staffId }: Evidence): Stub {
    return { id: staffId };
  }

  @Requires(ownRead)
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'Where it happened.' })
  project(@Root() { projectId }: Evidence): Stub | null {
    return projectId === null ? null : { id: projectId };
  }

  @Requires(ownRead)
  @FieldResolver(() => Appraisal, {
    nullable: true,
    description: 'The sheet that it is scored on; one’s own once it is announced.',
  })
  appraisal(
    @Root() { appraisalId }: Evidence,
    @Ctx() context: RequestContext,
  ): Promise<Appraisal | null> | null {
    return appraisalId === null ? null : this.reads.one('Appraisal', appraisalId, context);
  }

  @Requires(ownRead)
  @FieldResolver(() => [HistoryEntry], { nullable: true, description: 'Every step: who, when, what.' })
  history(@Root() { id }: Evidence, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return this.reads.history('Evidence', id, context);
  }

  @Requires('appraisal.own.answer')
  @Mutation(() => StateEvidenceViewResult, {
    description: 'The employee says how he sees it, until it is decided; nobody says it for him (APR-10).',
  })
  stateEvidenceView(
    @Arg('input', () => StateEvidenceViewInput) input: StateEvidenceViewInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof StateEvidenceViewResult>> {
    return this.service.stateView(input, actorOf(context));
  }

  @Requires('appraisal.evidence.review')
  @Mutation(() => ScoreEvidenceResult, {
    description: 'Scores it on an open sheet, once; the points are the reviewer’s (APR-10).',
  })
  scoreEvidence(
    @Arg('input', () => ScoreEvidenceInput) input: ScoreEvidenceInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ScoreEvidenceResult>> {
    return this.service.score(input, actorOf(context));
  }

  @Requires('appraisal.evidence.review')
  @Mutation(() => DismissEvidenceResult, { description: 'Finds that it is to have no effect (APR-10).' })
  dismissEvidence(
    @Arg('input', () => DismissEvidenceInput) input: DismissEvidenceInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof DismissEvidenceResult>> {
    return this.service.dismiss(input, actorOf(context));
  }
}

@Resolver(() => EvidenceDecisionPart)
export class EvidenceDecisionResolver {
  @Requires(ownRead)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The reviewer.' })
  byStaff(@Root() { by }: EvidenceDecisionPart): Stub | null {
    return staffStub(by);
  }
}
