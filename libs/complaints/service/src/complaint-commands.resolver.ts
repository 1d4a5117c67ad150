import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Requires, actorOf, type CommandAnswer, type RequestContext } from '@anju/subgraph';
import {
  AcknowledgeComplaintInput,
  AddComplaintFactsInput,
  AssignComplaintInput,
  ChangeComplaintCauseClassInput,
  CloseComplaintInput,
  FileComplaintInput,
  FileDemandFormInput,
  JoinComplaintInput,
  NameComplaintStaffInput,
  RaiseComplaintSeverityInput,
  RecordComplaintProgressInput,
  RecordReturnVisitInput,
  ReopenComplaintInput,
  ResolveComplaintInput,
  RespondToComplaintInput,
  SubmitSpecialReportInput,
} from './complaint.inputs';
import {
  AcknowledgeComplaintResult,
  AddComplaintFactsResult,
  AssignComplaintResult,
  ChangeComplaintCauseClassResult,
  CloseComplaintResult,
  FileComplaintResult,
  FileDemandFormResult,
  JoinComplaintResult,
  NameComplaintStaffResult,
  RaiseComplaintSeverityResult,
  RecordComplaintProgressResult,
  RecordReturnVisitResult,
  ReopenComplaintResult,
  ResolveComplaintResult,
  RespondToComplaintResult,
  SubmitSpecialReportResult,
} from './complaint.schema';
import type { ComplaintService } from './complaint.service';

/** The commands on complaints. */
@Resolver()
export class ComplaintCommandsResolver {
  constructor(private readonly service: ComplaintService) {}

  @Requires('complaints.complaint.file')
  @Mutation(() => FileComplaintResult, {
    description: 'Passes on a complaint that one has heard; any role may (CMP-15).',
  })
  fileComplaint(
    @Arg('input', () => FileComplaintInput) input: FileComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof FileComplaintResult>> {
    return this.service.file(input, actorOf(context));
  }

  @Requires('complaints.complaint.acknowledge')
  @Mutation(() => AcknowledgeComplaintResult, {
    description: 'Records thanks and acknowledgement, with department and handler (CMP-04).',
  })
  acknowledgeComplaint(
    @Arg('input', () => AcknowledgeComplaintInput) input: AcknowledgeComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AcknowledgeComplaintResult>> {
    return this.service.acknowledge(input, actorOf(context));
  }

  @Requires('complaints.complaint.assign')
  @Mutation(() => AssignComplaintResult, {
    description: 'Gives the case to another department or handler (CMP-04).',
  })
  assignComplaint(
    @Arg('input', () => AssignComplaintInput) input: AssignComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AssignComplaintResult>> {
    return this.service.assign(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => RespondToComplaintResult, {
    description:
      'Records a handling response to the customer (CMP-05). What has to be approved before it goes out is drafted ' +
      'as a reply instead (CMP-08).',
  })
  respondToComplaint(
    @Arg('input', () => RespondToComplaintInput) input: RespondToComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RespondToComplaintResult>> {
    return this.service.respond(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => RecordComplaintProgressResult, { description: 'Records a step of the handling.' })
  recordComplaintProgress(
    @Arg('input', () => RecordComplaintProgressInput) input: RecordComplaintProgressInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RecordComplaintProgressResult>> {
    return this.service.recordProgress(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => AddComplaintFactsResult, {
    description: 'Adds what has become known; the severity follows at once (CMP-02).',
  })
  addComplaintFacts(
    @Arg('input', () => AddComplaintFactsInput) input: AddComplaintFactsInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AddComplaintFactsResult>> {
    return this.service.addFacts(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => NameComplaintStaffResult, {
    description: 'Notes employees whom the complaint names; none of them handles it (CMP-15).',
  })
  nameComplaintStaff(
    @Arg('input', () => NameComplaintStaffInput) input: NameComplaintStaffInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof NameComplaintStaffResult>> {
    return this.service.nameStaff(input, actorOf(context));
  }

  @Requires('complaints.severity.raise')
  @Mutation(() => RaiseComplaintSeverityResult, {
    description: 'Raises the severity above what the facts say, with a reason (CMP-02).',
  })
  raiseComplaintSeverity(
    @Arg('input', () => RaiseComplaintSeverityInput) input: RaiseComplaintSeverityInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RaiseComplaintSeverityResult>> {
    return this.service.raiseSeverity(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => ChangeComplaintCauseClassResult, {
    description: 'Corrects the cause class, with a reason (CMP-01).',
  })
  changeComplaintCauseClass(
    @Arg('input', () => ChangeComplaintCauseClassInput) input: ChangeComplaintCauseClassInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ChangeComplaintCauseClassResult>> {
    return this.service.changeCauseClass(input, actorOf(context));
  }

  @Requires('complaints.complaint.acknowledge')
  @Mutation(() => JoinComplaintResult, {
    description: 'Lets customers join a case; the severity follows at once (CMP-14).',
  })
  joinComplaint(
    @Arg('input', () => JoinComplaintInput) input: JoinComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof JoinComplaintResult>> {
    return this.service.join(input, actorOf(context));
  }

  @Requires('complaints.demandForm.file')
  @Mutation(() => FileDemandFormResult, { description: 'Sends the demand form 客户诉求处理表 (CMP-11).' })
  fileDemandForm(
    @Arg('input', () => FileDemandFormInput) input: FileDemandFormInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof FileDemandFormResult>> {
    return this.service.fileDemandForm(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => ResolveComplaintResult, {
    description: 'Records the result of the handling, which an answer to the customer has begun (CMP-12).',
  })
  resolveComplaint(
    @Arg('input', () => ResolveComplaintInput) input: ResolveComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ResolveComplaintResult>> {
    return this.service.resolve(input, actorOf(context));
  }

  @Requires('complaints.returnVisit.record')
  @Mutation(() => RecordReturnVisitResult, {
    description: 'Records a return visit 回访; a new demand opens a linked case (CMP-12).',
  })
  recordReturnVisit(
    @Arg('input', () => RecordReturnVisitInput) input: RecordReturnVisitInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RecordReturnVisitResult>> {
    return this.service.recordReturnVisit(input, actorOf(context));
  }

  @Requires('complaints.specialReport.submit')
  @Mutation(() => SubmitSpecialReportResult, {
    description: 'Submits the special report 专题报告, all six parts (CMP-11).',
  })
  submitSpecialReport(
    @Arg('input', () => SubmitSpecialReportInput) input: SubmitSpecialReportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof SubmitSpecialReportResult>> {
    return this.service.submitSpecialReport(input, actorOf(context));
  }

  @Requires('complaints.complaint.close')
  @Mutation(() => ReopenComplaintResult, {
    description: 'Takes a handled case up again: a second complaint (CMP-02, CMP-12).',
  })
  reopenComplaint(
    @Arg('input', () => ReopenComplaintInput) input: ReopenComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ReopenComplaintResult>> {
    return this.service.reopen(input, actorOf(context));
  }

  @Requires('complaints.complaint.close')
  @Mutation(() => CloseComplaintResult, {
    description:
      'Closes a resolved case that owes nothing any more, by its clocks and its class (CMP-09, CMP-12).',
  })
  closeComplaint(
    @Arg('input', () => CloseComplaintInput) input: CloseComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof CloseComplaintResult>> {
    return this.service.close(input, actorOf(context));
  }
}
