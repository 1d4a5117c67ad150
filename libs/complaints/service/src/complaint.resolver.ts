import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { notFound } from '@anju/commands';
import { complaintDeadlines, severityOf, type SeverityReason } from '@anju/complaints-rules';
import type { Clock } from '@anju/kernel';
import type { References } from '@anju/references';
import {
  HistoryEntry,
  PageArgs,
  Requires,
  loadHistory,
  staffStub,
  stubOrNull,
  type Connection,
  type RequestContext,
  type Stub,
} from '@anju/subgraph';
import { AttachmentPart, AttachmentRemovalPart } from './attachments.schema';
import { ComplaintAssignmentPart } from './complaint-assignments.resolver';
import type { ComplaintLists } from './complaint-lists';
import {
  ClosingPart,
  ReopeningPart,
  ResolutionPart,
  ReturnVisitPart,
  ReturnVisitAttemptPart,
} from './complaint-outcome-parts';
import {
  DemandFormPart,
  SpecialReportPart,
  CompanyDemandFormPart,
  CompanyReportPart,
  ComplaintDocumentPart,
  ComplaintNoticePart,
  DocumentReceiptPart,
} from './complaint-paper-parts';
import {
  AcknowledgementPart,
  CallbackPromisePart,
  CauseClassChangePart,
  ClockPausePart,
  ComplaintMemberPart,
  ComplaintProgressPart,
  ComplaintResponsePart,
  DeadlinePart,
  KnownFactPart,
  LinkedCasePart,
  SeverityRaisePart,
} from './complaint-parts';
import { ReplyRevisionPart, ReplySendingPart } from './complaint-reply-parts';
import {
  ComplaintHandOverPart,
  ComplaintPassingPart,
  ComplaintSplitPart,
  ComplaintUrgingPart,
  JoinedIntoPart,
} from './complaint-work-parts';
import { complaintPolicies } from './complaint-policy';
import { Complaint } from './complaint.entity';
import { ComplaintFilter, ComplaintOrderEnum, type ComplaintOrder } from './complaint-filter.inputs';
import { ComplaintOverview } from './complaint-overview.schema';
import { ComingComplaintInput, ComplaintDeadlineFilter } from './complaint.inputs';
import { ComplaintConnection, SimilarComplaint } from './complaint.schema';
import { ContactWordsPart } from './contact-words-part';
import { SeverityReasonEnum } from './graph-enums';
import { BuildingStub, CustomerStub, InteractionStub, ProjectStub, StaffStub, UnitStub } from './stubs';

const read = 'complaints.complaint.read';

/** Complaints as they are read. */
@Resolver(() => Complaint)
export class ComplaintResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lists: ComplaintLists,
    private readonly references: References,
    private readonly clock: Clock,
  ) {}

  @Requires(read)
  @Query(() => Complaint, { nullable: true, description: 'Null where there is none that you may see.' })
  complaint(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Complaint | null> {
    return this.lists.one(id, context);
  }

  @Requires(read)
  @Query(() => ComplaintConnection, {
    description: 'Complaints, those received last first unless told otherwise.',
  })
  complaints(
    @Args() page: PageArgs,
    @Arg('filter', () => ComplaintFilter, { nullable: true }) filter: ComplaintFilter | null,
    @Arg('orderBy', () => ComplaintOrderEnum, { defaultValue: 'RECEIVED_LAST_FIRST' })
    orderBy: ComplaintOrder,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Complaint>> {
    return this.lists.page(filter ?? {}, orderBy, page, context);
  }

  @Requires(read)
  @Query(() => ComplaintOverview, {
    description:
      'How many complaints a filter leaves, and of which kinds: beside the list, to choose further.',
  })
  complaintOverview(
    @Arg('filter', () => ComplaintFilter, { nullable: true }) filter: ComplaintFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<ComplaintOverview> {
    return this.lists.overview(filter ?? {}, context);
  }

  @Requires(read)
  @Query(() => ComplaintConnection, {
    description: 'Complaints of which something falls due soon, the earliest first; see their `deadlines`.',
  })
  complaintDeadlines(
    @Args() page: PageArgs,
    @Arg('filter', () => ComplaintDeadlineFilter) filter: ComplaintDeadlineFilter,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Complaint>> {
    return this.lists.dueSoon(filter, page, this.clock.now(), context);
  }

  @Requires(read)
  @Query(() => [SimilarComplaint], {
    description:
      'Open cases of the project that a case may belong together with, of the same place or topic and the last 30 ' +
      'days, those with most in common first; a person decides who joins (CMP-14).',
  })
  async similarComplaints(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
  ): Promise<readonly SimilarComplaint[]> {
    const found = await this.lists.one(id, context);
    if (!found) throw notFound('Complaint', id);
    const policy = await complaintPolicies.of(found.projectId, this.dataSource.manager);
    return this.lists.similar(found, this.clock.now(), policy, context);
  }

  @Requires(read)
  @Query(() => [SimilarComplaint], {
    description:
      'Open cases that a complaint which is just coming in may belong to, before it is one (CMP-14).',
  })
  async casesToJoin(
    @Arg('input', () => ComingComplaintInput) input: ComingComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<readonly SimilarComplaint[]> {
    const { projectId, topic, unitId = null } = input;
    const unit = unitId === null ? null : await this.references.find('unit', unitId);
    const buildingId = input.buildingId ?? unit?.data.buildingId ?? null;
    const coming = { id: null, projectId, subject: { topic, unitId, buildingId } };
    const policy = await complaintPolicies.of(projectId, this.dataSource.manager);
    return this.lists.similar(coming, this.clock.now(), policy, context);
  }

  @Requires(read)
  @FieldResolver(() => [SeverityReasonEnum], {
    nullable: true,
    description: 'Why it is hot or major (CMP-02).',
  })
  async severityReasons(
    @Root() complaint: Complaint,
    @Ctx() context: RequestContext,
  ): Promise<readonly SeverityReason[]> {
    const policy = await context.loaders.load('complaint:policy', complaint.projectId, (ids) =>
      complaintPolicies.ofEach(ids, this.dataSource.manager),
    );
    return severityOf(complaint, policy).reasons;
  }

  @Requires(read)
  @FieldResolver(() => [DeadlinePart], {
    nullable: true,
    description: 'What is still to fall due, the earliest first.',
  })
  deadlines(@Root() complaint: Complaint): readonly DeadlinePart[] {
    return complaintDeadlines(complaint);
  }

  @Requires(read)
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that it belongs to.' })
  project(@Root() complaint: Complaint): Stub {
    return { id: complaint.projectId };
  }

  @Requires(read)
  @FieldResolver(() => UnitStub, { nullable: true, description: 'The home that it is about.' })
  unit(@Root() complaint: Complaint): Stub | null {
    return stubOrNull(complaint.unitId);
  }

  @Requires(read)
  @FieldResolver(() => BuildingStub, { nullable: true, description: 'The building that it is about.' })
  building(@Root() complaint: Complaint): Stub | null {
    return stubOrNull(complaint.buildingId);
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'Who received it.' })
  receivedBy(@Root() complaint: Complaint): Stub | null {
    return staffStub(complaint.receivedBy);
  }

  @Requires(read)
  @FieldResolver(() => StaffStub, { nullable: true, description: 'The one named handler (CMP-04).' })
  handler(@Root() complaint: Complaint): Stub | null {
    return stubOrNull(complaint.handlerId);
  }

  @Requires(read)
  @FieldResolver(() => [StaffStub], {
    nullable: 'itemsAndList',
    description: 'Employees whom it names; none handles it (CMP-15).',
  })
  namedStaff(@Root() complaint: Complaint): readonly Stub[] {
    return complaint.namedStaffIds.map((id) => ({ id }));
  }

  @Requires(read)
  @FieldResolver(() => [InteractionStub], {
    nullable: 'itemsAndList',
    description: 'Every contact that led to this case.',
  })
  interactions(@Root() complaint: Complaint): readonly Stub[] {
    return complaint.interactionIds.map((id) => ({ id }));
  }

  @Requires(read)
  @FieldResolver(() => [HistoryEntry], {
    nullable: true,
    description: 'Every step: who, when, from what to what (CMP-13).',
  })
  history(@Root() complaint: Complaint, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Complaint', complaint.id);
  }
}

@Resolver(() => ComplaintMemberPart)
export class ComplaintMemberResolver {
  @Requires(read)
  @FieldResolver(() => CustomerStub, { nullable: true, description: 'The customer.' })
  customer(@Root() member: ComplaintMemberPart): Stub {
    return { id: member.customerId };
  }

  @Requires(read)
  @FieldResolver(() => InteractionStub, {
    nullable: true,
    description: 'The contact through which he joined.',
  })
  interaction(@Root() member: ComplaintMemberPart): Stub | null {
    return stubOrNull(member.interactionId);
  }
}

@Resolver(() => ReturnVisitPart)
export class ReturnVisitResolver {
  @Requires(read)
  @FieldResolver(() => CustomerStub, { nullable: true, description: 'The customer visited.' })
  customer(@Root() visit: ReturnVisitPart): Stub | null {
    return stubOrNull(visit.customerId);
  }
}

@Resolver(() => ContactWordsPart)
export class ContactWordsResolver {
  @Requires(read)
  @FieldResolver(() => InteractionStub, { nullable: true, description: 'The contact.' })
  interaction(@Root() said: ContactWordsPart): Stub {
    return { id: said.interactionId };
  }
}

@Resolver(() => LinkedCasePart)
export class LinkedCaseResolver {
  constructor(private readonly lists: ComplaintLists) {}

  @Requires(read)
  @FieldResolver(() => Complaint, { nullable: true, description: 'The other case.' })
  complaint(@Root() linked: LinkedCasePart, @Ctx() context: RequestContext): Promise<Complaint | null> {
    return this.lists.one(linked.complaintId, context);
  }
}

/** `byStaff` beside `by`, for every part of a case that somebody brought about. */
function actorResolver(part: new () => { readonly by: string }) {
  @Resolver(() => part)
  class PartActorResolver {
    @Requires(read)
    @FieldResolver(() => StaffStub, {
      nullable: true,
      description: 'The employee who did it; null for the platform itself.',
    })
    byStaff(@Root() done: { readonly by: string }): Stub | null {
      return staffStub(done.by);
    }
  }
  return PartActorResolver;
}

export const partActorResolvers: readonly (new () => object)[] = [
  AcknowledgementPart,
  AttachmentPart,
  AttachmentRemovalPart,
  CallbackPromisePart,
  CauseClassChangePart,
  ClockPausePart,
  ClosingPart,
  ComplaintProgressPart,
  ComplaintResponsePart,
  DemandFormPart,
  KnownFactPart,
  ReopeningPart,
  ResolutionPart,
  ReturnVisitPart,
  SeverityRaisePart,
  SpecialReportPart,
  CompanyDemandFormPart,
  CompanyReportPart,
  ComplaintAssignmentPart,
  ComplaintDocumentPart,
  ComplaintHandOverPart,
  ComplaintNoticePart,
  ComplaintPassingPart,
  ComplaintSplitPart,
  ComplaintUrgingPart,
  DocumentReceiptPart,
  JoinedIntoPart,
  ReplyRevisionPart,
  ReplySendingPart,
  ReturnVisitAttemptPart,
].map(actorResolver);
