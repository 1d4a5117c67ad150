import type { EntityManager } from 'typeorm';
import { badInput, type Actor } from '@anju/commands';
import {
  acceptComplaintHandOver,
  approveComplaintReply,
  confirmDocumentReceipt,
  draftComplaintReply,
  handOverComplaint,
  issueCompanyDemandForm,
  issueComplaintNotice,
  joinComplaintInto,
  linkComplaint,
  nameComplaintCoordinator,
  passOnComplaint,
  recordComplaintUrging,
  recordReturnVisitAttempt,
  refuseComplaintHandOver,
  reportCompanyMeasures,
  reportCompanyResult,
  reviseComplaintReply,
  reviseDemandForm,
  reviseSpecialReport,
  sendBackComplaintReply,
  sendComplaintReply,
  splitComplaint,
  submitComplaintReply,
  withdrawComplaintReply,
  type ComplaintState,
} from '@anju/complaints-rules';
import { newId } from '@anju/kernel';
import { ComplaintCommands, emptyList, handling, topicGiven } from './complaint-commands';
import { requestOf } from './complaint-request';
import type { ComplaintCommandInput } from './complaint.inputs';
import { lockContacts } from './contacts';
import { approverSteps, recipientsHeIs } from './functions-of-roles';
import type {
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

const drafting = 'complaints.reply.draft';
const approving = 'complaints.reply.approve';
const regrouping = 'complaints.complaint.regroup';
const answering = 'complaints.companyForm.answer';

/** The commands of the work on complaints: replies, documents, hand overs, links. */
export class ComplaintWorkService extends ComplaintCommands {
  /** A reply that has to be approved (CMP-08). */
  draftReply(input: DraftComplaintReplyInput, actor: Actor) {
    const { audience, statesMeasures, text } = input;
    const generalManagerAsked = input.generalManagerAsked ?? false;
    return this.change('draftComplaintReply', drafting, input, actor, (state, at) =>
      draftComplaintReply(state, { by: actor.id, audience, generalManagerAsked, statesMeasures, text }, at),
    );
  }

  /** Another wording; approvals of the one before count for nothing. */
  reviseReply(input: ReviseComplaintReplyInput, actor: Actor) {
    return this.change('reviseComplaintReply', drafting, input, actor, (state, at) =>
      reviseComplaintReply(state, { ...input, by: actor.id }, at),
    );
  }

  /** Puts the wording before its first approver. */
  submitReply(input: SubmitComplaintReplyInput, actor: Actor) {
    return this.change('submitComplaintReply', drafting, input, actor, (state, at, environment) =>
      submitComplaintReply(state, { ...input, by: actor.id }, at, environment),
    );
  }

  /** One approver's word on exactly one wording. */
  approveReply(input: ApproveComplaintReplyInput, actor: Actor) {
    const { sequence, revision } = input;
    const askGeneralManager = input.askGeneralManager ?? false;
    return this.change('approveComplaintReply', approving, input, actor, (state, at) => {
      const as = approverSteps(actor, state.projectId);
      return approveComplaintReply(state, { by: actor.id, sequence, revision, as, askGeneralManager }, at);
    });
  }

  /** One approver does not agree with the wording. */
  sendBackReply(input: SendBackComplaintReplyInput, actor: Actor) {
    const { sequence, revision, reason } = input;
    return this.change('sendBackComplaintReply', approving, input, actor, (state, at) => {
      const as = approverSteps(actor, state.projectId);
      return sendBackComplaintReply(state, { by: actor.id, sequence, revision, as, reason }, at);
    });
  }

  /** The customer-relations centre sends the approved wording. */
  sendReply(input: SendComplaintReplyInput, actor: Actor) {
    return this.change(
      'sendComplaintReply',
      'complaints.reply.send',
      input,
      actor,
      (state, at, environment) => sendComplaintReply(state, { ...input, by: actor.id }, at, environment),
    );
  }

  /** Gives a reply up. */
  withdrawReply(input: WithdrawComplaintReplyInput, actor: Actor) {
    return this.change('withdrawComplaintReply', drafting, input, actor, (state, at) =>
      withdrawComplaintReply(state, { ...input, by: actor.id }, at),
    );
  }

  /** A written notice by cause class (CMP-09). */
  issueNotice(input: IssueComplaintNoticeInput, actor: Actor) {
    const { kind, to, department = null, way, text } = input;
    return this.change('issueComplaintNotice', 'complaints.notice.issue', input, actor, (state, at) =>
      issueComplaintNotice(state, { by: actor.id, kind, to, department, way, text }, at),
    );
  }

  /** Who coordinates a case of class 3 (CMP-09). */
  nameCoordinator(input: NameComplaintCoordinatorInput, actor: Actor) {
    const permission = 'complaints.complaint.assign';
    const { coordinatorId } = input;
    return this.change(
      'nameComplaintCoordinator',
      permission,
      input,
      actor,
      (state, at) => nameComplaintCoordinator(state, { by: actor.id, coordinatorId }, at),
      async () => {
        const { projectId } = await this.caseOf(input, permission, actor);
        await this.checkHandler({ id: coordinatorId, field: 'input.coordinatorId', projectId });
      },
    );
  }

  /** The company's demand form (CMP-10). */
  issueCompanyForm(input: IssueCompanyDemandFormInput, actor: Actor) {
    const permission = 'complaints.companyForm.issue';
    return this.change('issueCompanyDemandForm', permission, input, actor, (state, at, environment) =>
      issueCompanyDemandForm(state, { ...input, by: actor.id }, at, environment),
    );
  }

  /** The measures on the company's demand form (CMP-10). */
  reportCompanyMeasures(input: ReportCompanyMeasuresInput, actor: Actor) {
    return this.change('reportCompanyMeasures', answering, input, actor, (state, at) =>
      reportCompanyMeasures(state, { ...input, by: actor.id }, at),
    );
  }

  /** The result on the company's demand form (CMP-10). */
  reportCompanyResult(input: ReportCompanyResultInput, actor: Actor) {
    return this.change('reportCompanyResult', answering, input, actor, (state, at) =>
      reportCompanyResult(state, { ...input, by: actor.id }, at),
    );
  }

  /** A further version of the demand form (CMP-11). */
  reviseDemandForm(input: ReviseDemandFormInput, actor: Actor) {
    return this.change('reviseDemandForm', 'complaints.demandForm.file', input, actor, (state, at) =>
      reviseDemandForm(state, { ...input, by: actor.id }, at),
    );
  }

  /** A further version of the special report (CMP-11). */
  reviseSpecialReport(input: ReviseSpecialReportInput, actor: Actor) {
    return this.change('reviseSpecialReport', 'complaints.specialReport.submit', input, actor, (state, at) =>
      reviseSpecialReport(state, { ...input, by: actor.id }, at),
    );
  }

  /** A document arrived (CMP-09, 10, 11). */
  confirmReceipt(input: ConfirmDocumentReceiptInput, actor: Actor) {
    const { document, sequence, recipient, signedBy = null } = input;
    const permission = 'complaints.document.receive';
    return this.change('confirmDocumentReceipt', permission, input, actor, (state, at) => {
      const as = recipientsHeIs(actor, state.projectId);
      return confirmDocumentReceipt(state, { by: actor.id, document, sequence, recipient, signedBy, as }, at);
    });
  }

  /** Offers the case to another handler or department (CMP-04). @throws Fault as `checkAssignment` */
  handOver(input: HandOverComplaintInput, actor: Actor) {
    const { toHandlerId, reason } = input;
    const toDepartment = input.toDepartment.trim();
    return this.change(
      'handOverComplaint',
      handling,
      input,
      actor,
      (state, at) => handOverComplaint(state, { by: actor.id, toDepartment, toHandlerId, reason }, at),
      () =>
        this.checkAssignment(input, handling, actor, {
          department: { code: toDepartment, field: 'input.toDepartment' },
          handler: { id: toHandlerId, field: 'input.toHandlerId' },
        }),
    );
  }

  /** Takes the case that is offered. */
  acceptHandOver(input: AcceptComplaintHandOverInput, actor: Actor) {
    return this.handle('acceptComplaintHandOver', input, actor, (state, at) =>
      acceptComplaintHandOver(state, { by: actor.id }, at),
    );
  }

  /** Does not take the case that is offered. */
  refuseHandOver(input: RefuseComplaintHandOverInput, actor: Actor) {
    const { reason } = input;
    return this.handle('refuseComplaintHandOver', input, actor, (state, at) =>
      refuseComplaintHandOver(state, { by: actor.id, reason }, at),
    );
  }

  /** The developer's customer-relations centre passes on what came in otherwise (CMP-07). */
  passOn(input: PassOnComplaintInput, actor: Actor) {
    const { passedOnBy, reference } = input;
    const permission = 'complaints.complaint.passOn';
    return this.change('passOnComplaint', permission, input, actor, (state, at, environment) => {
      const passing = { by: actor.id, passedOnAt: input.passedOnAt ?? at, passedOnBy, reference };
      return passOnComplaint(state, passing, at, environment);
    });
  }

  /** A customer urged (催办). */
  recordUrging(input: RecordComplaintUrgingInput, actor: Actor) {
    const { customerId = null, channel, interactionId = null, note = null } = input;
    return this.commands.change(this.aggregate, {
      ...requestOf('recordComplaintUrging', 'complaints.complaint.acknowledge', input, actor),
      prepare: (tx) => lockContacts(tx, [{ interactionId }]),
      decide: (state, at) =>
        recordComplaintUrging(state, { by: actor.id, customerId, channel, interactionId, note }, at),
    });
  }

  /** A return visit that did not come about (CMP-12). */
  recordVisitAttempt(input: RecordReturnVisitAttemptInput, actor: Actor) {
    const permission = 'complaints.returnVisit.record';
    const { customerId = null, channel, obstacle, remarks = null } = input;
    return this.change('recordReturnVisitAttempt', permission, input, actor, (state, at, environment) =>
      recordReturnVisitAttempt(
        state,
        { by: actor.id, customerId, channel, obstacle, remarks },
        at,
        environment,
      ),
    );
  }

  /** Two cases have to do with each other; both show it. */
  link(input: LinkComplaintInput, actor: Actor) {
    const { id, otherComplaintId } = input;
    return this.commands.change(this.aggregate, {
      ...requestOf('linkComplaint', regrouping, input, actor),
      check: () => this.checkOther(input, { id: otherComplaintId, field: 'input.otherComplaintId' }, actor),
      lockFirst: (tx) => lockCases(tx, [id, otherComplaintId]),
      decide: (state, at) => linkComplaint(state, { by: actor.id, otherComplaintId }, at),
    });
  }

  /** Ends the case in another one, which takes in what it leaves (CMP-14). */
  joinInto(input: JoinComplaintIntoInput, actor: Actor) {
    const { id, intoComplaintId, reason } = input;
    return this.commands.change(this.aggregate, {
      ...requestOf('joinComplaintInto', regrouping, input, actor),
      check: () => this.checkOther(input, { id: intoComplaintId, field: 'input.intoComplaintId' }, actor),
      lockFirst: (tx) => lockCases(tx, [id, intoComplaintId]),
      prepare: (tx) => statusOf(tx, intoComplaintId),
      decide: (state, at, environment, status) => {
        const into = { id: intoComplaintId, status };
        return joinComplaintInto(state, { by: actor.id, into, reason }, at, environment);
      },
    });
  }

  /** Gives members a case of their own (CMP-14). */
  split(input: SplitComplaintInput, actor: Actor) {
    const { customerIds, causeClass, content, reason } = input;
    if (customerIds.length === 0) throw emptyList('input.customerIds', 'at least one customer');
    const topic = topicGiven(input.topic, 'input.topic');
    return this.change('splitComplaint', regrouping, input, actor, (state, at, environment) => {
      const own = { complaintId: newId(), causeClass, topic, content };
      return splitComplaint(state, { by: actor.id, customerIds, reason, ...own }, at, environment);
    });
  }

  /** @throws Fault BAD_USER_INPUT where the other case is not one of the same project */
  private async checkOther(
    input: ComplaintCommandInput,
    other: { readonly id: string; readonly field: string },
    actor: Actor,
  ): Promise<void> {
    const { projectId } = await this.caseOf(input, regrouping, actor);
    const [row]: unknown[] = await this.dataSource.query(
      'select 1 from complaint where id = $1 and project_id = $2',
      [other.id, projectId],
    );
    if (row) return;
    throw badInput({
      field: other.field,
      problem: 'is not known in this project',
      expected: 'the id of a complaint of the project',
    });
  }
}

/** Both in the order of their ids, so that two who join the same two cases do not wait for each other. */
async function lockCases(tx: EntityManager, ids: readonly string[]): Promise<void> {
  await tx.query('select 1 from complaint where id = any($1::uuid[]) order by id for update', [ids]);
}

async function statusOf(tx: EntityManager, id: string): Promise<ComplaintState['status']> {
  const [row]: { status: ComplaintState['status'] }[] = await tx.query(
    'select status from complaint where id = $1',
    [id],
  );
  if (!row) throw new Error(`the case ${id} is gone`);
  return row.status;
}
