import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { notFound } from '@anju/commands';
import {
  classDuties,
  documentsOf,
  stepDelayMillis,
  type ClassDuty,
  type HandlerProposal,
} from '@anju/complaints-rules';
import type { Clock } from '@anju/kernel';
import { Requires, stubOrNull, type RequestContext, type Stub } from '@anju/subgraph';
import type { ComplaintLists } from './complaint-lists';
import { ComplaintDocumentPart } from './complaint-paper-parts';
import { paperPath } from './complaint-paper.files';
import { ReplyStepPart } from './complaint-reply-parts';
import { ClassDutyPart, HandlerProposalPart } from './complaint-work-parts';
import { complaintPolicies } from './complaint-policy';
import { Complaint } from './complaint.entity';
import type { HandlerProposals } from './handler-proposals';
import { StaffStub } from './stubs';

const read = 'complaints.complaint.read';

/** What is worked out about the work on a case when somebody reads it. */
@Resolver(() => Complaint)
export class ComplaintWorkReadingResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lists: ComplaintLists,
    private readonly proposals: HandlerProposals,
  ) {}

  @Requires(read)
  @Query(() => [HandlerProposalPart], {
    description:
      'Who may handle a case, the one to be preferred first: by topic and class, and by load (CMP-04); nobody ' +
      'whom it names (CMP-15). At most as many as the policy says.',
  })
  async handlerProposals(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<readonly HandlerProposal[]> {
    const found = await this.lists.one(id, context);
    if (!found) throw notFound('Complaint', id);
    return this.proposals.of(found);
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, {
    nullable: true,
    description: 'Who coordinates a case of class 3 with those outside (CMP-09).',
  })
  coordinator(@Root() complaint: Complaint): Stub | null {
    return stubOrNull(complaint.coordinatorId);
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'To whom the case is offered now.' })
  offeredTo(@Root() complaint: Complaint): Stub | null {
    return stubOrNull(complaint.offeredToId);
  }

  @Requires(read)
  @FieldResolver(() => [ComplaintDocumentPart], {
    nullable: true,
    description: 'All written parts of the case, in the order in which they went out, with who has them.',
  })
  documents(@Root() complaint: Complaint): readonly ComplaintDocumentPart[] {
    return documentsOf(complaint).map((one) => ({
      ...one,
      pdfPath: paperPath(complaint.id, one, 'pdf'),
      htmlPath: paperPath(complaint.id, one, 'html'),
    }));
  }

  @Requires(read)
  @FieldResolver(() => [ClassDutyPart], {
    nullable: true,
    description: 'What its cause class asks for, done or not (CMP-09).',
  })
  async classDuties(
    @Root() complaint: Complaint,
    @Ctx() context: RequestContext,
  ): Promise<readonly ClassDuty[]> {
    const policy = await context.loaders.load('complaint:policy', complaint.projectId, (ids) =>
      complaintPolicies.ofEach(ids, this.dataSource.manager),
    );
    return classDuties(complaint, policy);
  }
}

@Resolver(() => ReplyStepPart)
export class ReplyStepResolver {
  constructor(private readonly clock: Clock) {}

  @Requires(read)
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Whole minutes that it took him, or has taken so far; nobody else’s time is in it.',
  })
  waitedMinutes(@Root() step: ReplyStepPart): number {
    return Math.floor(stepDelayMillis(step, this.clock.now()) / 60_000);
  }
}

@Resolver(() => HandlerProposalPart)
export class HandlerProposalResolver {
  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The employee.' })
  staff(@Root() proposal: HandlerProposalPart): Stub {
    return { id: proposal.staffId };
  }
}
