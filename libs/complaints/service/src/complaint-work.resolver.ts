import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Requires, actorOf, type CommandAnswer, type RequestContext } from '@anju/subgraph';
import type { ComplaintWorkService } from './complaint-work.service';
import {
  AcceptComplaintHandOverInput,
  ApproveComplaintReplyInput,
  ConfirmDocumentReceiptInput,
  DraftComplaintReplyInput,
  HandOverComplaintInput,
  IssueCompanyDemandFormInput,
  IssueComplaintNoticeInput,
  JoinComplaintIntoInput,
  LinkComplaintInput,
  NameComplaintCoordinatorInput,
  PassOnComplaintInput,
  RecordComplaintUrgingInput,
  RecordReturnVisitAttemptInput,
  RefuseComplaintHandOverInput,
  ReportCompanyMeasuresInput,
  ReportCompanyResultInput,
  ReviseComplaintReplyInput,
  ReviseDemandFormInput,
  ReviseSpecialReportInput,
  SendBackComplaintReplyInput,
  SendComplaintReplyInput,
  SplitComplaintInput,
  SubmitComplaintReplyInput,
  WithdrawComplaintReplyInput,
} from './work.inputs';
import {
  AcceptComplaintHandOverResult,
  ApproveComplaintReplyResult,
  ConfirmDocumentReceiptResult,
  DraftComplaintReplyResult,
  HandOverComplaintResult,
  IssueCompanyDemandFormResult,
  IssueComplaintNoticeResult,
  JoinComplaintIntoResult,
  LinkComplaintResult,
  NameComplaintCoordinatorResult,
  PassOnComplaintResult,
  RecordComplaintUrgingResult,
  RecordReturnVisitAttemptResult,
  RefuseComplaintHandOverResult,
  ReportCompanyMeasuresResult,
  ReportCompanyResultResult,
  ReviseComplaintReplyResult,
  ReviseDemandFormResult,
  ReviseSpecialReportResult,
  SendBackComplaintReplyResult,
  SendComplaintReplyResult,
  SplitComplaintResult,
  SubmitComplaintReplyResult,
  WithdrawComplaintReplyResult,
} from './work.schema';

/** The commands of the work on complaints: replies, documents, hand overs, links. */
@Resolver()
export class ComplaintWorkResolver {
  constructor(private readonly service: ComplaintWorkService) {}

  @Requires('complaints.reply.draft')
  @Mutation(() => DraftComplaintReplyResult, {
    description: 'Writes a reply that has to be approved before it goes out (CMP-08).',
  })
  draftComplaintReply(
    @Arg('input', () => DraftComplaintReplyInput) input: DraftComplaintReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof DraftComplaintReplyResult>> {
    return this.service.draftReply(input, actorOf(context));
  }

  @Requires('complaints.reply.draft')
  @Mutation(() => ReviseComplaintReplyResult, {
    description: 'Gives a reply another wording; what was approved before counts for nothing (CMP-08).',
  })
  reviseComplaintReply(
    @Arg('input', () => ReviseComplaintReplyInput) input: ReviseComplaintReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ReviseComplaintReplyResult>> {
    return this.service.reviseReply(input, actorOf(context));
  }

  @Requires('complaints.reply.draft')
  @Mutation(() => SubmitComplaintReplyResult, {
    description: 'Puts a reply before the first of its approvers (CMP-08).',
  })
  submitComplaintReply(
    @Arg('input', () => SubmitComplaintReplyInput) input: SubmitComplaintReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof SubmitComplaintReplyResult>> {
    return this.service.submitReply(input, actorOf(context));
  }

  @Requires('complaints.reply.approve')
  @Mutation(() => ApproveComplaintReplyResult, {
    description: 'Approves exactly one wording, at one’s step of the ladder (CMP-08).',
  })
  approveComplaintReply(
    @Arg('input', () => ApproveComplaintReplyInput) input: ApproveComplaintReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ApproveComplaintReplyResult>> {
    return this.service.approveReply(input, actorOf(context));
  }

  @Requires('complaints.reply.approve')
  @Mutation(() => SendBackComplaintReplyResult, {
    description: 'Sends a wording back to who wrote it (CMP-08).',
  })
  sendBackComplaintReply(
    @Arg('input', () => SendBackComplaintReplyInput) input: SendBackComplaintReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof SendBackComplaintReplyResult>> {
    return this.service.sendBackReply(input, actorOf(context));
  }

  @Requires('complaints.reply.send')
  @Mutation(() => SendComplaintReplyResult, {
    description: 'Sends an approved reply to the customers (CMP-08).',
  })
  sendComplaintReply(
    @Arg('input', () => SendComplaintReplyInput) input: SendComplaintReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof SendComplaintReplyResult>> {
    return this.service.sendReply(input, actorOf(context));
  }

  @Requires('complaints.reply.draft')
  @Mutation(() => WithdrawComplaintReplyResult, {
    description: 'Gives a reply up that has not gone out.',
  })
  withdrawComplaintReply(
    @Arg('input', () => WithdrawComplaintReplyInput) input: WithdrawComplaintReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof WithdrawComplaintReplyResult>> {
    return this.service.withdrawReply(input, actorOf(context));
  }

  @Requires('complaints.notice.issue')
  @Mutation(() => IssueComplaintNoticeResult, {
    description: 'Notifies the developer or departments concerned in writing (书面通知, CMP-09).',
  })
  issueComplaintNotice(
    @Arg('input', () => IssueComplaintNoticeInput) input: IssueComplaintNoticeInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof IssueComplaintNoticeResult>> {
    return this.service.issueNotice(input, actorOf(context));
  }

  @Requires('complaints.complaint.assign')
  @Mutation(() => NameComplaintCoordinatorResult, {
    description: 'Names who coordinates a case of class 3 (CMP-09).',
  })
  nameComplaintCoordinator(
    @Arg('input', () => NameComplaintCoordinatorInput) input: NameComplaintCoordinatorInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof NameComplaintCoordinatorResult>> {
    return this.service.nameCoordinator(input, actorOf(context));
  }

  @Requires('complaints.companyForm.issue')
  @Mutation(() => IssueCompanyDemandFormResult, {
    description: 'Issues the company’s demand form to the service centre (CMP-10).',
  })
  issueCompanyDemandForm(
    @Arg('input', () => IssueCompanyDemandFormInput) input: IssueCompanyDemandFormInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof IssueCompanyDemandFormResult>> {
    return this.service.issueCompanyForm(input, actorOf(context));
  }

  @Requires('complaints.companyForm.answer')
  @Mutation(() => ReportCompanyMeasuresResult, {
    description: 'Reports the measures on the company’s demand form (CMP-10).',
  })
  reportCompanyMeasures(
    @Arg('input', () => ReportCompanyMeasuresInput) input: ReportCompanyMeasuresInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ReportCompanyMeasuresResult>> {
    return this.service.reportCompanyMeasures(input, actorOf(context));
  }

  @Requires('complaints.companyForm.answer')
  @Mutation(() => ReportCompanyResultResult, {
    description: 'Reports the result on the company’s demand form (CMP-10).',
  })
  reportCompanyResult(
    @Arg('input', () => ReportCompanyResultInput) input: ReportCompanyResultInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ReportCompanyResultResult>> {
    return this.service.reportCompanyResult(input, actorOf(context));
  }

  @Requires('complaints.demandForm.file')
  @Mutation(() => ReviseDemandFormResult, {
    description: 'Sends a further version of the demand form (CMP-11).',
  })
  reviseDemandForm(
    @Arg('input', () => ReviseDemandFormInput) input: ReviseDemandFormInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ReviseDemandFormResult>> {
    return this.service.reviseDemandForm(input, actorOf(context));
  }

  @Requires('complaints.specialReport.submit')
  @Mutation(() => ReviseSpecialReportResult, {
    description: 'Sends a further version of the special report (CMP-11).',
  })
  reviseSpecialReport(
    @Arg('input', () => ReviseSpecialReportInput) input: ReviseSpecialReportInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ReviseSpecialReportResult>> {
    return this.service.reviseSpecialReport(input, actorOf(context));
  }

  @Requires('complaints.document.receive')
  @Mutation(() => ConfirmDocumentReceiptResult, {
    description: 'Confirms that a document of the case arrived (CMP-09, 10, 11).',
  })
  confirmDocumentReceipt(
    @Arg('input', () => ConfirmDocumentReceiptInput) input: ConfirmDocumentReceiptInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ConfirmDocumentReceiptResult>> {
    return this.service.confirmReceipt(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => HandOverComplaintResult, {
    description: 'Offers the case to another handler or department (移交); it changes hands when he accepts.',
  })
  handOverComplaint(
    @Arg('input', () => HandOverComplaintInput) input: HandOverComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof HandOverComplaintResult>> {
    return this.service.handOver(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => AcceptComplaintHandOverResult, {
    description: 'Takes the case that is offered to one.',
  })
  acceptComplaintHandOver(
    @Arg('input', () => AcceptComplaintHandOverInput) input: AcceptComplaintHandOverInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AcceptComplaintHandOverResult>> {
    return this.service.acceptHandOver(input, actorOf(context));
  }

  @Requires('complaints.complaint.handle')
  @Mutation(() => RefuseComplaintHandOverResult, {
    description: 'Does not take the case that is offered to one, with the reason.',
  })
  refuseComplaintHandOver(
    @Arg('input', () => RefuseComplaintHandOverInput) input: RefuseComplaintHandOverInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RefuseComplaintHandOverResult>> {
    return this.service.refuseHandOver(input, actorOf(context));
  }

  @Requires('complaints.complaint.passOn')
  @Mutation(() => PassOnComplaintResult, {
    description:
      'Records that the developer’s customer-relations centre passed the complaint on (转发): a reply within four ' +
      'desk hours and measures by closing time are owed from then (CMP-07).',
  })
  passOnComplaint(
    @Arg('input', () => PassOnComplaintInput) input: PassOnComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof PassOnComplaintResult>> {
    return this.service.passOn(input, actorOf(context));
  }

  @Requires('complaints.complaint.acknowledge')
  @Mutation(() => RecordComplaintUrgingResult, {
    description: 'Counts that a customer asked again where the complaint stands (催办).',
  })
  recordComplaintUrging(
    @Arg('input', () => RecordComplaintUrgingInput) input: RecordComplaintUrgingInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RecordComplaintUrgingResult>> {
    return this.service.recordUrging(input, actorOf(context));
  }

  @Requires('complaints.returnVisit.record')
  @Mutation(() => RecordReturnVisitAttemptResult, {
    description: 'Notes a return visit that did not come about; its duty stays (CMP-12).',
  })
  recordReturnVisitAttempt(
    @Arg('input', () => RecordReturnVisitAttemptInput) input: RecordReturnVisitAttemptInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RecordReturnVisitAttemptResult>> {
    return this.service.recordVisitAttempt(input, actorOf(context));
  }

  @Requires('complaints.complaint.regroup')
  @Mutation(() => LinkComplaintResult, {
    description: 'Notes in both that two cases have to do with each other.',
  })
  linkComplaint(
    @Arg('input', () => LinkComplaintInput) input: LinkComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof LinkComplaintResult>> {
    return this.service.link(input, actorOf(context));
  }

  @Requires('complaints.complaint.regroup')
  @Mutation(() => JoinComplaintIntoResult, {
    description:
      'Ends a case in another one that is the same; members, contacts and facts go there (并案, CMP-14).',
  })
  joinComplaintInto(
    @Arg('input', () => JoinComplaintIntoInput) input: JoinComplaintIntoInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof JoinComplaintIntoResult>> {
    return this.service.joinInto(input, actorOf(context));
  }

  @Requires('complaints.complaint.regroup')
  @Mutation(() => SplitComplaintResult, {
    description: 'Gives members of a case a linked case of their own (CMP-14).',
  })
  splitComplaint(
    @Arg('input', () => SplitComplaintInput) input: SplitComplaintInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof SplitComplaintResult>> {
    return this.service.split(input, actorOf(context));
  }
}
