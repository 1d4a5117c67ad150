import type { EntityManager } from 'typeorm';
import { badInput, requireIn, type Actor } from '@anju/commands';
import {
  acknowledgeComplaint,
  addComplaintFacts,
  assignComplaint,
  changeComplaintCauseClass,
  closeComplaint,
  fileDemandForm,
  joinComplaint,
  nameComplaintStaff,
  raiseComplaintSeverity,
  receiveComplaint,
  recordComplaintProgress,
  recordReturnVisit,
  reopenComplaint,
  resolveComplaint,
  respondToComplaint,
  submitSpecialReport,
  type ComplaintDecision,
  type ComplaintState,
  type RaisedSeverity,
} from '@anju/complaints-rules';
import { accept, isRefused, newId } from '@anju/kernel';
import { currentCustomers } from '@anju/references';
import { ComplaintCommands, emptyList, handling, topicGiven, type AssignedTo } from './complaint-commands';
import { requestOf } from './complaint-request';
import type {
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
import { lockContacts } from './contacts';
import { numberFor, type Receipt } from './receipts';

/** The commands on complaints from receipt to closing, as people give them. */
export class ComplaintService extends ComplaintCommands {
  /** Opens a case that an employee passes on (CMP-15). */
  file(input: FileComplaintInput, actor: Actor) {
    const permission = 'complaints.complaint.file';
    const { projectId } = input;
    requireIn(actor, permission, projectId);
    const topic = topicGiven(input.topic, 'input.topic');
    const customerIds = input.customerIds ?? [];
    const namedStaffIds = input.namedStaffIds ?? [];
    const { unitId = null, buildingId = null } = input;
    return this.commands.create(this.aggregate, {
      actor,
      command: 'fileComplaint',
      permission,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          ...customerIds.map((id, n) => ({
            kind: 'customer' as const,
            id,
            field: `input.customerIds.${n}`,
            projectId,
          })),
          ...namedStaffIds.map((id, n) => ({
            kind: 'staff' as const,
            id,
            field: `input.namedStaffIds.${n}`,
          })),
          unitId !== null && { kind: 'unit', id: unitId, field: 'input.unitId', projectId },
          buildingId !== null && { kind: 'building', id: buildingId, field: 'input.buildingId', projectId },
        ]),
      prepare: async (tx, at, surroundings) => {
        const place = await this.place(unitId, buildingId, tx);
        const receipt: Receipt = {
          projectId,
          causeClass: input.causeClass,
          subject: { topic, ...place },
          content: input.content,
          channel: input.channel,
          receivedAt: input.receivedAt ?? at,
          receivedBy: actor.id,
          customerIds: [...(await currentCustomers(tx, customerIds)).values()],
          interactionId: null,
          facts: input.facts ?? [],
          namedStaffIds,
          responsibleDepartment: null,
          handlerId: null,
          cameFromComplaintId: null,
        };
        return { ...receipt, number: await numberFor(receipt, tx, at, surroundings) };
      },
      decide: (id, at, surroundings, receipt) => receiveComplaint({ ...receipt, id }, at, surroundings),
    });
  }

  /** Thanks and acknowledgement, with department and handler in the same step (CMP-04). */
  acknowledge(input: AcknowledgeComplaintInput, actor: Actor) {
    const permission = 'complaints.complaint.acknowledge';
    const by = actor.id;
    const decide = (
      state: ComplaintState,
      at: Date,
    ): ComplaintDecision<
      | 'THANKS_NOT_GIVEN'
      | 'COMPLAINT_DEPARTMENT_MISSING'
      | 'COMPLAINT_HANDLER_MISSING'
      | 'COMPLAINT_ALREADY_ASSIGNED'
    > => {
      const acknowledged = acknowledgeComplaint(state, { ...input, by }, at);
      if (isRefused(acknowledged)) return acknowledged;
      const responsibleDepartment = input.responsibleDepartment?.trim() ?? state.responsibleDepartment ?? '';
      const handlerId = input.handlerId ?? state.handlerId ?? '';
      const isAsBefore =
        handlerId !== '' &&
        handlerId === state.handlerId &&
        responsibleDepartment === state.responsibleDepartment;
      if (isAsBefore) return acknowledged;
      const assigned = assignComplaint(acknowledged.state, { by, responsibleDepartment, handlerId }, at);
      if (isRefused(assigned)) return assigned;
      return accept(assigned.state, ...acknowledged.facts, ...assigned.facts);
    };
    const check = () => this.checkAssignment(input, permission, actor, assignedTo(input));
    return this.change('acknowledgeComplaint', permission, input, actor, decide, check);
  }

  /** Another department or handler (CMP-04, 15). @throws Fault BAD_USER_INPUT as `checkAssignment` */
  assign(input: AssignComplaintInput, actor: Actor) {
    const permission = 'complaints.complaint.assign';
    const { handlerId } = input;
    const command = { by: actor.id, responsibleDepartment: input.responsibleDepartment.trim(), handlerId };
    return this.change(
      'assignComplaint',
      permission,
      input,
      actor,
      (state, at) => assignComplaint(state, command, at),
      () => this.checkAssignment(input, permission, actor, assignedTo(input)),
    );
  }

  /** A handling response to the customer (CMP-05). */
  respond(input: RespondToComplaintInput, actor: Actor) {
    return this.handle('respondToComplaint', input, actor, (state, at, environment) =>
      respondToComplaint(state, { ...input, by: actor.id }, at, environment),
    );
  }

  /** A step of the handling, told to the customer or not. */
  recordProgress(input: RecordComplaintProgressInput, actor: Actor) {
    const { text, toldBy = null } = input;
    return this.handle('recordComplaintProgress', input, actor, (state, at, environment) =>
      recordComplaintProgress(state, { by: actor.id, text, toldBy }, at, environment),
    );
  }

  /** What has become known; severity follows at once (CMP-02). */
  addFacts(input: AddComplaintFactsInput, actor: Actor) {
    const { facts, note = null } = input;
    if (facts.length === 0) throw emptyList('input.facts', 'at least one fact');
    return this.handle('addComplaintFacts', input, actor, (state, at, environment) =>
      addComplaintFacts(state, { by: actor.id, facts, note }, at, environment),
    );
  }

  /** Employees whom the complaint names (CMP-15). */
  nameStaff(input: NameComplaintStaffInput, actor: Actor) {
    const { staffIds } = input;
    if (staffIds.length === 0) throw emptyList('input.staffIds', 'at least one employee');
    return this.change(
      'nameComplaintStaff',
      handling,
      input,
      actor,
      (state, at) => nameComplaintStaff(state, { by: actor.id, staffIds }, at),
      async () => {
        await this.caseOf(input, handling, actor);
        await this.references.check(
          staffIds.map((id, n) => ({ kind: 'staff' as const, id, field: `input.staffIds.${n}` })),
        );
      },
    );
  }

  /** A higher severity than the facts say (CMP-02). */
  raiseSeverity(input: RaiseComplaintSeverityInput, actor: Actor) {
    const { reason } = input;
    // The rule refuses GENERAL like every severity that is not higher.
    const to = input.to as RaisedSeverity;
    const permission = 'complaints.severity.raise';
    return this.change('raiseComplaintSeverity', permission, input, actor, (state, at, environment) =>
      raiseComplaintSeverity(state, { by: actor.id, to, reason }, at, environment),
    );
  }

  /** The right cause class (CMP-01). */
  changeCauseClass(input: ChangeComplaintCauseClassInput, actor: Actor) {
    return this.handle('changeComplaintCauseClass', input, actor, (state, at) =>
      changeComplaintCauseClass(state, { ...input, by: actor.id }, at),
    );
  }

  /** Customers join a case because a person says so (CMP-14). */
  join(input: JoinComplaintInput, actor: Actor) {
    const permission = 'complaints.complaint.acknowledge';
    if (input.customers.length === 0) throw emptyList('input.customers', 'at least one customer');
    return this.commands.change(this.aggregate, {
      ...requestOf('joinComplaint', permission, input, actor),
      check: async () => {
        const { projectId } = await this.caseOf(input, permission, actor);
        await this.references.check(
          input.customers.map(({ customerId }, n) => ({
            kind: 'customer' as const,
            id: customerId,
            field: `input.customers.${n}.customerId`,
            projectId,
          })),
        );
      },
      prepare: async (tx) => {
        await lockContacts(tx, input.customers);
        const current = await currentCustomers(
          tx,
          input.customers.map(({ customerId }) => customerId),
        );
        return input.customers.map(({ customerId, interactionId = null }) => ({
          customerId: current.get(customerId) ?? customerId,
          interactionId,
        }));
      },
      decide: (state, at, environment, customers) =>
        joinComplaint(state, { by: actor.id, customers }, at, environment),
    });
  }

  /** The demand form of a hot or major case (CMP-11). */
  fileDemandForm(input: FileDemandFormInput, actor: Actor) {
    const permission = 'complaints.demandForm.file';
    return this.change('fileDemandForm', permission, input, actor, (state, at, environment) =>
      fileDemandForm(state, { ...input, by: actor.id }, at, environment),
    );
  }

  /** The result of the handling (CMP-12). */
  resolve(input: ResolveComplaintInput, actor: Actor) {
    return this.handle('resolveComplaint', input, actor, (state, at, environment) =>
      resolveComplaint(state, { ...input, by: actor.id }, at, environment),
    );
  }

  /** Records a return visit; a new demand opens its case in the same transaction. */
  recordReturnVisit(input: RecordReturnVisitInput, actor: Actor) {
    const permission = 'complaints.returnVisit.record';
    const { customerId = null, channel, satisfaction, remarks = null, newDemand: given } = input;
    const demand = given ? { ...given, topic: topicGiven(given.topic, 'input.newDemand.topic') } : null;
    return this.change('recordReturnVisit', permission, input, actor, (state, at, environment) => {
      const newDemand = demand && { ...demand, complaintId: newId() };
      const visit = { by: actor.id, customerId, channel, satisfaction, remarks, newDemand };
      return recordReturnVisit(state, visit, at, environment);
    });
  }

  /** The special report on a resolved hot or major case (CMP-11). */
  submitSpecialReport(input: SubmitSpecialReportInput, actor: Actor) {
    const permission = 'complaints.specialReport.submit';
    return this.change('submitSpecialReport', permission, input, actor, (state, at, environment) =>
      submitSpecialReport(state, { ...input, by: actor.id }, at, environment),
    );
  }

  /** The customer complains again after handling (CMP-02, 12). */
  reopen(input: ReopenComplaintInput, actor: Actor) {
    const permission = 'complaints.complaint.close';
    const { reason, channel = null } = input;
    return this.change('reopenComplaint', permission, input, actor, (state, at, environment) =>
      reopenComplaint(state, { by: actor.id, reason, channel }, at, environment),
    );
  }

  /** The end of a resolved case that owes nothing any more (CMP-12). */
  close(input: CloseComplaintInput, actor: Actor) {
    const permission = 'complaints.complaint.close';
    return this.change('closeComplaint', permission, input, actor, (state, at, environment) =>
      closeComplaint(state, { by: actor.id }, at, environment),
    );
  }

  /** Unit and building that belong together; the building follows from the unit. */
  private async place(
    unitId: string | null,
    buildingId: string | null,
    tx: EntityManager,
  ): Promise<{ unitId: string | null; buildingId: string | null }> {
    const unit = unitId === null ? null : await this.references.find('unit', unitId, tx);
    if (unit && buildingId !== null && buildingId !== unit.data.buildingId) {
      throw badInput({
        field: 'input.buildingId',
        problem: 'is not the building of the unit',
        expected: 'the building of the unit, or none',
      });
    }
    return { unitId, buildingId: unit?.data.buildingId ?? buildingId };
  }
}

function assignedTo({
  responsibleDepartment: code,
  handlerId: id,
}: Pick<AcknowledgeComplaintInput, 'responsibleDepartment' | 'handlerId'>): AssignedTo {
  return {
    department: { code, field: 'input.responsibleDepartment' },
    handler: { id, field: 'input.handlerId' },
  };
}
