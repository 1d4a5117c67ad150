import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { DutyState, StaffLevel, StaffState } from '@anju/directory-rules';
import { DateScalar, commandResult, connectionType, CommandInput } from '@anju/subgraph';
import { OpeningHoursInput } from './calendar.schema';
import { EntityChangeInput } from './command-request';
import { refusing, type RefusalCode } from './directory-refusals';
import { Duty } from './duty.entity';
import { DutyStatusEnum, StaffLevelEnum, StaffStatusEnum } from './graph-enums';
import { Staff } from './staff.entity';

export const StaffConnection = connectionType(Staff, 'Staff');
export const DutyConnection = connectionType(Duty, 'Duty');

@ObjectType({
  simpleResolvers: true,
  description: 'One time of employment; the first and the last day belong to it.',
})
export class Employment {
  @Field(() => DateScalar, { description: 'The first day (入职日期).' })
  from: string;

  @Field(() => DateScalar, { nullable: true, description: 'Null while it lasts.' })
  to: string | null;
}

@InputType({ description: 'Which employees to list.' })
export class StaffFilter {
  @Field(() => String, { nullable: true, description: 'A part of the name.' })
  name?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who serves this project.' })
  projectId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this department.' })
  departmentCode?: string | null;

  @Field(() => String, { nullable: true, description: 'In this position.' })
  position?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who reports to this employee.' })
  supervisorId?: string | null;

  @Field(() => StaffStatusEnum, { nullable: true, description: 'Employed, or left.' })
  status?: StaffState['status'] | null;
}

@InputType({ description: 'An employee (DIR-03).' })
export class RegisterStaffInput extends CommandInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The id that the identity provider has for him; a new one unless told.',
  })
  id?: string | null;

  @Field(() => ID, { description: 'The employer.' })
  organisationId: string;

  @Field(() => String, { description: 'Name (姓名).' })
  name: string;

  @Field(() => String, {
    description: 'Such as `CUSTOMER_SERVICE`; listed under `Department` in the labels.',
  })
  departmentCode: string;

  @Field(() => String, { description: 'A code such as `FRONT_DESK_AGENT`.' })
  position: string;

  @Field(() => StaffLevelEnum, { description: '操作层 or 管理层.' })
  level: StaffLevel;

  @Field(() => ID, { nullable: true, description: 'Null at the top.' })
  supervisorId?: string | null;

  @Field(() => [ID], { description: 'Projects that he serves; none for the whole organisation.' })
  projectIds: string[];

  @Field(() => DateScalar, { description: 'The first day.' })
  employedFrom: string;
}

@InputType({ description: 'Another name for an employee.' })
export class RenameStaffInput extends EntityChangeInput {
  @Field(() => String, { description: 'The name from now on.' })
  name: string;
}

@InputType({ description: 'Another department, position or level; what is not given stays.' })
export class MoveStaffInput extends EntityChangeInput {
  @Field(() => String, { nullable: true, description: 'Such as `CUSTOMER_SERVICE`.' })
  departmentCode?: string | null;

  @Field(() => String, { nullable: true, description: 'A code such as `FRONT_DESK_AGENT`.' })
  position?: string | null;

  @Field(() => StaffLevelEnum, { nullable: true, description: '操作层 or 管理层.' })
  level?: StaffLevel | null;
}

@InputType({ description: 'Whom an employee reports to.' })
export class AssignSupervisorInput extends EntityChangeInput {
  @Field(() => ID, { nullable: true, description: 'Null at the top.' })
  supervisorId: string | null;
}

@InputType({ description: 'The projects that an employee serves from now on, all of them.' })
export class AssignStaffProjectsInput extends EntityChangeInput {
  @Field(() => [ID], { description: 'None: the whole organisation.' })
  projectIds: string[];
}

@InputType({ description: 'The last day of an employment; on that day or after it.' })
export class EndEmploymentInput extends EntityChangeInput {
  @Field(() => DateScalar, { description: 'Today or before (离职日期).' })
  lastDay: string;
}

@InputType({ description: 'A new employment of somebody who had left.' })
export class ReemployStaffInput extends EntityChangeInput {
  @Field(() => DateScalar, { description: 'After the last day of the employment before.' })
  employedFrom: string;
}

@InputType({ description: 'Which duties to list.' })
export class DutyFilter {
  @Field(() => ID, { nullable: true, description: 'In this project.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this employee.' })
  staffId?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The first day.' })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The last day.' })
  to?: string | null;

  @Field(() => DutyStatusEnum, { nullable: true, description: '`PLANNED` unless told.' })
  status?: DutyState['status'] | null;
}

@InputType({ description: 'A duty on a weekend or holiday (DIR-03).' })
export class PlanDutyInput extends CommandInput {
  @Field(() => ID, { description: 'Where the duty is.' })
  projectId: string;

  @Field(() => ID, { description: 'Who has it.' })
  staffId: string;

  @Field(() => DateScalar, { description: 'A weekend day, or another day that the office is closed.' })
  date: string;

  @Field(() => OpeningHoursInput, { nullable: true, description: "The service desk's that day unless told." })
  hours?: OpeningHoursInput | null;
}

@InputType({ description: 'A planned duty that is not to be.' })
export class WithdrawDutyInput extends EntityChangeInput {}

function result<const Codes extends RefusalCode>(name: string, ...codes: Codes[]) {
  return commandResult(name, Staff, 'Staff', refusing(...codes));
}

export const RegisterStaffResult = result(
  'RegisterStaffResult',
  'DIRECTORY_ENTRY_EXISTS',
  'SUPERVISOR_CYCLE',
  'SUPERVISOR_NOT_EMPLOYED',
);
export const RenameStaffResult = result('RenameStaffResult', 'STAFF_STATUS_OUT_OF_ORDER');
export const MoveStaffResult = result('MoveStaffResult', 'STAFF_STATUS_OUT_OF_ORDER');
export const AssignSupervisorResult = result(
  'AssignSupervisorResult',
  'STAFF_STATUS_OUT_OF_ORDER',
  'SUPERVISOR_CYCLE',
  'SUPERVISOR_NOT_EMPLOYED',
);
export const AssignStaffProjectsResult = result('AssignStaffProjectsResult', 'STAFF_STATUS_OUT_OF_ORDER');
export const EndEmploymentResult = result('EndEmploymentResult', 'STAFF_STATUS_OUT_OF_ORDER');
export const ReemployStaffResult = result('ReemployStaffResult', 'STAFF_STATUS_OUT_OF_ORDER');

export const PlanDutyResult = commandResult(
  'PlanDutyResult',
  Duty,
  'Duty',
  refusing('OFFICE_OPEN_THAT_DAY', 'STAFF_NOT_EMPLOYED_THAT_DAY', 'STAFF_NOT_OF_PROJECT', 'DUTY_OVERLAPS'),
);
export const WithdrawDutyResult = commandResult(
  'WithdrawDutyResult',
  Duty,
  'Duty',
  refusing('DUTY_STATUS_OUT_OF_ORDER'),
);
