import { changeRequest } from '@anju/subgraph';
import { badInput, projectOf, type Actor, type AggregateDefinition, type Reaction } from '@anju/commands';
import { receptionEvents } from '@anju/events';
import { Money } from '@anju/kernel';
import {
  acceptWorkOrder,
  arriveOnSite,
  cancelWorkOrder,
  confirmWorkOrder,
  enterOverdueWorkOrder,
  finishWorkOrder,
  issueWorkOrder,
  leaveWithWorkOrder,
  onWorkOrderDeadline,
  rescheduleWorkOrder,
  workOrderDeadlines,
  type WorkOrderFact,
  type WorkOrderState,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import type { Platform } from '@anju/subgraph';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { eventsOfFacts } from '@anju/outbox';
import { FollowUp } from './follow-up.entity';
import type { FollowUpAggregate } from './follow-up.service';
import { Interaction } from './interaction.entity';
import { contactOfItem, mustBeCarriedOut, whileOpen } from './item-of-contact';
import { WorkOrder } from './work-order.entity';
import type * as Inputs from './work-order.schema';

export type WorkOrderAggregate = AggregateDefinition<
  WorkOrderState,
  WorkOrderFact,
  ReceptionEnvironment,
  WorkOrder
>;

/** An overdue order enters the register at that very moment, and leaves it when done or given up (REC-11). */
async function keepRegister(
  followUps: FollowUpAggregate,
  fact: WorkOrderFact,
  order: WorkOrderState,
  { tx, commands, actor, at }: Reaction,
): Promise<void> {
  const request = { tx, at, actor: { id: actor.id }, permission: 'reception.followUp.handle' } as const;
  const { id: workOrderId, projectId, interactionId } = order;
  if (fact.type === 'WorkOrderOverdue' && fact.entersRegister) {
    const entered = await commands.create(followUps, {
      ...request,
      command: 'enterOverdueWorkOrder',
      projectId,
      decide: (id) => enterOverdueWorkOrder({ id, projectId, interactionId, workOrderId }, at),
    });
    mustBeCarriedOut(entered);
  } else if ((fact.type === 'WorkOrderDone' || fact.type === 'WorkOrderCancelled') && fact.leavesRegister) {
    const entry = await tx.createQueryBuilder(FollowUp, 'f').where({ workOrderId }).getOneOrFail();
    const outcome = fact.type === 'WorkOrderDone' ? 'DONE' : 'CANCELLED';
    const left = await commands.change(followUps, {
      ...request,
      command: 'leaveWithWorkOrder',
      id: entry.id,
      decide: (state) => leaveWithWorkOrder(state, outcome, at),
    });
    mustBeCarriedOut(left);
  }
}

export function workOrderAggregate(references: References, followUps: FollowUpAggregate): WorkOrderAggregate {
  return {
    type: 'WorkOrder',
    context: 'reception',
    entity: WorkOrder,
    environment: receptionEnvironment(references),
    events: eventsOfFacts<WorkOrderFact>()({
      WorkOrderIssued: receptionEvents.workOrderIssued,
      WorkOrderAccepted: receptionEvents.workOrderAccepted,
      WorkOrderOnSite: receptionEvents.workOrderOnSite,
      WorkOrderDone: receptionEvents.workOrderDone,
      WorkOrderConfirmed: receptionEvents.workOrderConfirmed,
      WorkOrderCancelled: receptionEvents.workOrderCancelled,
      WorkOrderRescheduled: receptionEvents.workOrderRescheduled,
      WorkOrderOverdue: receptionEvents.workOrderOverdue,
      WorkOrderBreached: receptionEvents.workOrderBreached,
    }),
    react: (fact, order, reaction) => keepRegister(followUps, fact, order, reaction),
    deadlines: workOrderDeadlines,
    onDeadline: (order, kind, dueAt, { policy }) => onWorkOrderDeadline(order, kind, dueAt, policy),
    queryColumns: ({ appointment }) => ({ agreedToAt: appointment.toAt }),
  };
}

const issue = 'reception.workOrder.issue';
const perform = 'reception.workOrder.perform';

const departmentCode = /^[A-Z][A-Z0-9_]{1,39}$/;
/** 设备管理部 (REC-10) */
const equipmentDepartment = 'EQUIPMENT';

function checkedDepartment(code: string | null | undefined): string {
  if (code == null) return equipmentDepartment;
  if (departmentCode.test(code)) return code;
  throw badInput({
    field: 'input.departmentCode',
    problem: 'is not a code',
    expected: 'two to forty capital letters, digits and underscores, such as EQUIPMENT',
  });
}

function checkedEstimate(amount: string | null | undefined): Money | null {
  if (amount == null) return null;
  if (Money.isAmount(amount)) return Money.of(amount);
  throw badInput({
    field: 'input.estimate',
    problem: 'is not an amount of money',
    expected: 'an amount with at most two decimals, such as 35.00',
  });
}

/** Own repairs, from the desk to the equipment department and back (REC-10, REC-11, REC-12). */
export class WorkOrderService {
  constructor(
    private readonly platform: Pick<Platform, 'commands' | 'dataSource'>,
    private readonly references: References,
    private readonly aggregate: WorkOrderAggregate,
  ) {}

  async issue(input: Inputs.IssueWorkOrderInput, actor: Actor) {
    const { interactionId, fault, place, appointment, technicianId } = input;
    const department = checkedDepartment(input.departmentCode);
    const estimate = checkedEstimate(input.estimate);
    const projectId = await projectOf(this.platform.dataSource, Interaction, interactionId, actor, issue);
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'issueWorkOrder',
      permission: issue,
      projectId,
      idempotencyKey: input.idempotencyKey,
      input,
      check: async () => {
        await this.checkTechnician(technicianId, projectId);
        if (input.departmentCode == null) return;
        await this.references.checkDepartment(department, { field: 'input.departmentCode', projectId });
      },
      prepare: (tx) => contactOfItem(tx, interactionId),
      decide: (id, at, _environment, contact) =>
        whileOpen(contact, () =>
          issueWorkOrder(
            {
              id,
              projectId,
              interactionId,
              unitId: contact.unitId,
              buildingId: contact.buildingId,
              fault,
              place,
              estimate,
              materials: (input.materials ?? []).map(({ name, quantity, suppliedBy }) => ({
                name,
                quantity,
                suppliedBy,
              })),
              departmentCode: department,
              technicianId: technicianId ?? null,
              appointment: { fromAt: appointment.fromAt, toAt: appointment.toAt },
              by: actor.id,
            },
            at,
          ),
        ),
    });
  }

  accept(input: Inputs.AcceptWorkOrderInput, actor: Actor) {
    const technicianId = input.technicianId ?? actor.id;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'acceptWorkOrder', perform, input.workOrderId, input),
      check: async () => {
        if (input.technicianId == null) return;
        const { dataSource } = this.platform;
        const projectId = await projectOf(dataSource, WorkOrder, input.workOrderId, actor, perform);
        await this.checkTechnician(input.technicianId, projectId);
      },
      decide: (order, at) => acceptWorkOrder(order, { technicianId, by: actor.id }, at),
    });
  }

  arrive(input: Inputs.ArriveOnSiteInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'arriveOnSite', perform, input.workOrderId, input),
      decide: (order, at) => arriveOnSite(order, { by: actor.id }, at),
    });
  }

  finish(input: Inputs.FinishWorkOrderInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'finishWorkOrder', perform, input.workOrderId, input),
      decide: (order, at) => finishWorkOrder(order, { result: input.result, by: actor.id }, at),
    });
  }

  confirm(input: Inputs.ConfirmWorkOrderInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'confirmWorkOrder', issue, input.workOrderId, input),
      decide: (order, at) => confirmWorkOrder(order, { by: actor.id }, at),
    });
  }

  reschedule(input: Inputs.RescheduleWorkOrderInput, actor: Actor) {
    const { movedBy, customerToldAt = null, reason } = input;
    const { fromAt, toAt } = input.appointment;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'rescheduleWorkOrder', issue, input.workOrderId, input),
      reason,
      decide: (order, at, { policy }) =>
        rescheduleWorkOrder(
          order,
          { movedBy, appointment: { fromAt, toAt }, customerToldAt, reason, by: actor.id },
          at,
          policy,
        ),
    });
  }

  cancel(input: Inputs.CancelWorkOrderInput, actor: Actor) {
    const { reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'cancelWorkOrder', issue, input.workOrderId, input),
      reason,
      decide: (order, at) => cancelWorkOrder(order, { reason, by: actor.id }, at),
    });
  }

  private async checkTechnician(id: string | null | undefined, projectId: string): Promise<void> {
    if (id != null) await this.references.checkEmployed({ id, field: 'input.technicianId', projectId });
  }
}
