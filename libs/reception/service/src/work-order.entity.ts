import { Directive, Field, Float, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn } from '@anju/commands';
import type { Appointment, AppointmentMove, Material, WorkOrderState } from '@anju/reception-rules';
import { AggregateEntity, DecimalScalar, stub, stubOrNull, type Stub } from '@anju/subgraph';
import { MaterialSupplierEnum, MoverEnum, WorkOrderStatusEnum } from './graph-enums';
import { BuildingStub, ProjectStub, StaffStub, UnitStub } from './stubs';

@ObjectType('WorkOrderAppointment', {
  simpleResolvers: true,
  description: 'The time agreed with the customer: work begins at its beginning and is done before its end.',
})
export class AppointmentPart implements Appointment {
  @Field(() => Date)
  fromAt: Date;

  @Field(() => Date)
  toAt: Date;
}

@ObjectType('WorkOrderMaterial', { simpleResolvers: true, description: 'Something that the repair needs.' })
export class MaterialPart implements Material {
  @Field(() => String)
  name: string;

  @Field(() => Float)
  quantity: number;

  @Field(() => MaterialSupplierEnum)
  suppliedBy: Material['suppliedBy'];
}

@ObjectType('WorkOrderAppointmentMove', {
  simpleResolvers: true,
  description: 'The appointment was moved (REC-12).',
})
export class AppointmentMovePart implements AppointmentMove {
  @Field(() => MoverEnum)
  movedBy: AppointmentMove['movedBy'];

  @Field(() => AppointmentPart)
  from: Appointment;

  @Field(() => AppointmentPart)
  to: Appointment;

  @Field(() => Date, { nullable: true, description: "Null for the customer's own wish." })
  customerToldAt: Date | null;

  @Field(() => String)
  reason: string;

  @Field(() => String, { description: 'A staff id.' })
  by: string;

  @Field(() => Date)
  movedAt: Date;
}

/** 服务工作单 */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: 'An own repair, given to a department (服务工作单, REC-10).',
})
@Entity('work_order')
export class WorkOrder extends AggregateEntity implements WorkOrderState {
  @Column('uuid')
  projectId: string;

  @Field(() => WorkOrderStatusEnum)
  @Column('text')
  status: WorkOrderState['status'];

  @Column('uuid')
  interactionId: string;

  @Column('uuid', { nullable: true })
  unitId: string | null;

  @Column('uuid', { nullable: true })
  buildingId: string | null;

  @Field(() => String)
  @Column('text')
  fault: string;

  @Field(() => String)
  @Column('text')
  place: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'By the price list, CNY; null where it is to be settled on site.',
  })
  @Column('numeric', { precision: 17, scale: 2, nullable: true })
  estimate: string | null;

  @Field(() => [MaterialPart])
  @JsonColumn()
  materials: readonly Material[];

  @Field(() => String)
  @Column('text')
  departmentCode: string;

  @Column('uuid', { nullable: true })
  technicianId: string | null;

  @Field(() => AppointmentPart)
  @JsonColumn()
  appointment: Appointment;

  @Field(() => [AppointmentMovePart], { description: 'Oldest first.' })
  @JsonColumn()
  moves: readonly AppointmentMove[];

  @Field(() => [AppointmentPart], { description: 'Appointments that ended with the order undone.' })
  @JsonColumn()
  missedAppointments: readonly Appointment[];

  @Field(() => Date)
  @Column('timestamptz')
  issuedAt: Date;

  @Column('uuid')
  issuedBy: string;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  acceptedAt: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  onSiteAt: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  doneAt: Date | null;

  @Column('uuid', { nullable: true })
  doneBy: string | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  result: string | null;

  @Field(() => Date, { nullable: true, description: 'When the customer confirmed that it is done.' })
  @Column('timestamptz', { nullable: true })
  confirmedAt: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  cancelledAt: Date | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  cancelReason: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it entered the follow-up register; stays after it has left (REC-11).',
  })
  @Column('timestamptz', { nullable: true })
  overdueAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the company did not keep a second appointment; the supervisor has to deal with it (REC-12).',
  })
  @Column('timestamptz', { nullable: true })
  breachedAt: Date | null;

  /** Of the appointment; for lists and filters. */
  @Column('timestamptz')
  agreedToAt: Date;

  @Field(() => ProjectStub, { nullable: true })
  get project(): Stub {
    return stub(this.projectId);
  }

  @Field(() => UnitStub, { nullable: true })
  get unit(): Stub | null {
    return stubOrNull(this.unitId);
  }

  @Field(() => BuildingStub, { nullable: true })
  get building(): Stub | null {
    return stubOrNull(this.buildingId);
  }

  @Field(() => StaffStub, { nullable: true, description: 'Named when the department accepts, or before.' })
  get technician(): Stub | null {
    return stubOrNull(this.technicianId);
  }

  @Field(() => StaffStub, { nullable: true, name: 'issuedBy', simple: false })
  get issuer(): Stub {
    return stub(this.issuedBy);
  }

  @Field(() => StaffStub, { name: 'doneBy', simple: false, nullable: true })
  get finisher(): Stub | null {
    return stubOrNull(this.doneBy);
  }
}
