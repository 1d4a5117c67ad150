import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { JsonColumn, type AggregateDefinition } from '@anju/commands';
import type { DirectoryPolicy, StaffFact, StaffState } from '@anju/directory-rules';
import { AggregateEntity } from '@anju/subgraph';
import { eventsOf } from './directory-events';
import { directoryPolicy } from './directory-policy';
import { StaffLevelEnum, StaffStatusEnum } from './graph-enums';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'An employee (员工) of the organisation (DIR-03).' })
@Entity('staff')
export class Staff extends AggregateEntity implements StaffState {
  @Column('uuid')
  organisationId: string;

  @Field(() => StaffStatusEnum, { description: 'Employed (在职) or left (离职).' })
  @Column('text')
  status: StaffState['status'];

  @Field(() => String, { description: 'Name (姓名).' })
  @Column('text')
  name: string;

  @Field(() => String, { description: 'Such as `CUSTOMER_SERVICE`; texts under `Department` in the labels.' })
  @Column('text')
  departmentCode: string;

  @Field(() => String, { description: 'A code such as `FRONT_DESK_AGENT`.' })
  @Column('text')
  position: string;

  @Field(() => StaffLevelEnum, { description: '操作层 or 管理层.' })
  @Column('text')
  level: StaffState['level'];

  @Column('uuid', { nullable: true })
  supervisorId: string | null;

  @Column('uuid', { array: true })
  projectIds: StaffState['projectIds'];

  @Column('uuid', { array: true })
  servedProjectIds: StaffState['servedProjectIds'];

  @Column('boolean')
  servedOrganisation: StaffState['servedOrganisation'];

  @JsonColumn()
  employments: StaffState['employments'];
}

export const staffAggregate: AggregateDefinition<StaffState, StaffFact, DirectoryPolicy, Staff> = {
  type: 'Staff',
  context: 'directory',
  entity: Staff,
  projectIds: (staff) => staff.projectIds,
  environment: directoryPolicy,
  events: eventsOf,
};
