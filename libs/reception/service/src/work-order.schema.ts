import { Extensions, Field, Float, ID, InputType } from 'type-graphql';
import type { Material, Mover, WorkOrderStatus } from '@anju/reception-rules';
import {
  DecimalScalar,
  commandResult,
  connectionType,
  ChangeInput,
  CommandInput,
  FilterConditions,
} from '@anju/subgraph';
import { MaterialSupplierEnum, MoverEnum, WorkOrderStatusEnum } from './graph-enums';
import { refusing, type ReceptionGraphRefusal } from './reception.refusals';
import { WorkOrder } from './work-order.entity';

export const WorkOrderConnection = connectionType(WorkOrder, 'WorkOrder');

@InputType('AppointmentInput', { description: 'A time agreed with the customer.' })
export class AppointmentInput {
  @Field(() => Date)
  fromAt: Date;

  @Field(() => Date, { description: 'Not done before this, the order is overdue.' })
  toAt: Date;
}

@InputType({ description: 'Something that the repair needs.' })
export class WorkOrderMaterialInput {
  @Extensions({ maxLength: 200 })
  @Field(() => String)
  name: string;

  @Field(() => Float)
  quantity: number;

  @Field(() => MaterialSupplierEnum, { defaultValue: 'COMPANY' })
  suppliedBy: Material['suppliedBy'];
}

@InputType({ description: 'An own repair that a contact leads to (REC-10).' })
export class IssueWorkOrderInput extends CommandInput {
  @Field(() => ID)
  interactionId: string;

  @Field(() => String)
  fault: string;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { description: 'Where in the home or the common parts.' })
  place: string;

  @Field(() => AppointmentInput)
  appointment: AppointmentInput;

  @Field(() => DecimalScalar, { nullable: true, description: 'By the price list, CNY with two decimals.' })
  estimate?: string | null;

  @Field(() => [WorkOrderMaterialInput], { nullable: true })
  materials?: WorkOrderMaterialInput[] | null;

  @Extensions({ maxLength: 40 })
  @Field(() => String, {
    nullable: true,
    description: 'Code of the department; the equipment department (`EQUIPMENT`) unless told.',
  })
  departmentCode?: string | null;

  @Field(() => ID, { nullable: true, description: 'Where the desk knows him already.' })
  technicianId?: string | null;
}

@InputType({ description: 'A work order, and the guards of a command on it.' })
export abstract class WorkOrderChangeInput extends ChangeInput {
  @Field(() => ID)
  workOrderId: string;
}

@InputType()
export class AcceptWorkOrderInput extends WorkOrderChangeInput {
  @Field(() => ID, { nullable: true, description: 'Who goes; you unless told.' })
  technicianId?: string | null;
}

@InputType()
export class ArriveOnSiteInput extends WorkOrderChangeInput {}

@InputType()
export class FinishWorkOrderInput extends WorkOrderChangeInput {
  @Field(() => String, { description: 'What was done.' })
  result: string;
}

@InputType()
export class ConfirmWorkOrderInput extends WorkOrderChangeInput {}

@InputType({ description: 'Another appointment (REC-12).' })
export class RescheduleWorkOrderInput extends WorkOrderChangeInput {
  @Field(() => MoverEnum, { description: 'The company may move an appointment once.' })
  movedBy: Mover;

  @Field(() => AppointmentInput)
  appointment: AppointmentInput;

  @Field(() => Date, {
    nullable: true,
    description: "When the customer was told; needed for the company's move, before the agreed time begins.",
  })
  customerToldAt?: Date | null;

  @Field(() => String)
  reason: string;
}

@InputType()
export class CancelWorkOrderInput extends WorkOrderChangeInput {
  @Field(() => String)
  reason: string;
}

@InputType({ description: 'All conditions together.' })
export class WorkOrderFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => [WorkOrderStatusEnum], { nullable: true })
  status?: WorkOrderStatus[] | null;

  @Extensions({ maxLength: 40 })
  @Field(() => String, { nullable: true })
  departmentCode?: string | null;

  @Field(() => ID, { nullable: true })
  technicianId?: string | null;

  @Field(() => ID, { nullable: true })
  unitId?: string | null;

  @Field(() => ID, { nullable: true })
  interactionId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Unfinished after an agreed time (REC-11).' })
  overdue?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'The company did not keep two appointments (REC-12).',
  })
  breached?: boolean | null;

  @Field(() => Date, { nullable: true, description: 'The appointment ends at or after this.' })
  agreedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'The appointment ends before this.' })
  agreedBefore?: Date | null;

  @Field(() => Date, { nullable: true })
  issuedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  issuedBefore?: Date | null;
}

const isOverdue = `(t.overdue_at is not null and t.status in ('ISSUED', 'ACCEPTED', 'ON_SITE'))`;

/** What the filter asks of rows `t` of the table of work orders. */
export function workOrderConditions(filter: WorkOrderFilter | null | undefined): FilterConditions {
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.departmentCode, (code) => `t.department_code = ${code}`)
    .where(filter?.technicianId, (id) => `t.technician_id = ${id}`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.interactionId, (id) => `t.interaction_id = ${id}`)
    .either(filter?.overdue, isOverdue, `not ${isOverdue}`)
    .either(filter?.breached, 't.breached_at is not null', 't.breached_at is null')
    .where(filter?.agreedFrom, (at) => `t.agreed_to_at >= ${at}`)
    .where(filter?.agreedBefore, (at) => `t.agreed_to_at < ${at}`)
    .where(filter?.issuedFrom, (at) => `t.issued_at >= ${at}`)
    .where(filter?.issuedBefore, (at) => `t.issued_at < ${at}`);
}

const result = <const Codes extends ReceptionGraphRefusal>(command: string, ...codes: readonly Codes[]) =>
  commandResult<WorkOrder, Codes>(`${command}Result`, WorkOrder, 'WorkOrder', refusing<Codes>(...codes));

export const IssueWorkOrderResult = result(
  'IssueWorkOrder',
  'INTERACTION_NOT_IN_REQUIRED_STATUS',
  'WORK_ORDER_DETAILS_MISSING',
  'ESTIMATE_NEGATIVE',
  'MATERIAL_QUANTITY_NOT_POSITIVE',
  'APPOINTMENT_ENDS_BEFORE_IT_BEGINS',
  'APPOINTMENT_IN_THE_PAST',
);
export const AcceptWorkOrderResult = result('AcceptWorkOrder', 'WORK_ORDER_NOT_IN_REQUIRED_STATUS');
export const ArriveOnSiteResult = result('ArriveOnSite', 'WORK_ORDER_NOT_IN_REQUIRED_STATUS');
export const FinishWorkOrderResult = result(
  'FinishWorkOrder',
  'WORK_ORDER_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
);
export const ConfirmWorkOrderResult = result('ConfirmWorkOrder', 'WORK_ORDER_NOT_IN_REQUIRED_STATUS');
export const RescheduleWorkOrderResult = result(
  'RescheduleWorkOrder',
  'WORK_ORDER_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
  'APPOINTMENT_ENDS_BEFORE_IT_BEGINS',
  'APPOINTMENT_IN_THE_PAST',
  'COMPANY_MOVE_USED_UP',
  'CUSTOMER_NOT_TOLD_OF_MOVE',
  'CUSTOMER_TOLD_TOO_LATE',
  'CUSTOMER_TOLD_BEFORE_APPOINTMENT',
  'CUSTOMER_TOLD_IN_FUTURE',
);
export const CancelWorkOrderResult = result(
  'CancelWorkOrder',
  'WORK_ORDER_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
);
