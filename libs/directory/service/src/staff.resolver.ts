import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { projectScope } from '@anju/access';
import {
  actorOf,
  HistoryEntry,
  PageArgs,
  Requires,
  loadHistory,
  paginate,
  principalOf,
  type CommandAnswer,
  type Connection,
  type RequestContext,
} from '@anju/subgraph';
import { Duty } from './duty.entity';
import type { EntityLoads } from './entity-loads';
import { Project } from './project.entity';
import { Staff } from './staff.entity';
import {
  AssignStaffProjectsInput,
  AssignStaffProjectsResult,
  AssignSupervisorInput,
  AssignSupervisorResult,
  DutyConnection,
  DutyFilter,
  Employment,
  EndEmploymentInput,
  EndEmploymentResult,
  MoveStaffInput,
  MoveStaffResult,
  PlanDutyInput,
  PlanDutyResult,
  ReemployStaffInput,
  ReemployStaffResult,
  RegisterStaffInput,
  RegisterStaffResult,
  RenameStaffInput,
  RenameStaffResult,
  StaffConnection,
  StaffFilter,
  WithdrawDutyInput,
  WithdrawDutyResult,
} from './staff.schema';
import type { StaffService } from './staff.service';

/** Whether somebody serves one of the reader's projects now; of one who did before, only the name is his to see. */
function isColleague({ projectIds }: Staff, context: RequestContext): boolean {
  const scope = projectScope(principalOf(context), 'directory.staff.read');
  return scope === 'ALL' || projectIds.length === 0 || projectIds.some((id) => scope.includes(id));
}

@Resolver(() => Staff)
export class StaffResolver {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: EntityLoads,
    private readonly service: StaffService,
  ) {}

  @Requires('directory.staff.read')
  @Query(() => Staff, {
    nullable: true,
    description: 'An employee by his id, also one who has gone elsewhere.',
  })
  staff(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Staff | null> {
    return this.loads.one('Staff', id, context);
  }

  @Requires('directory.staff.read')
  @Query(() => StaffConnection, { description: 'Employees, by name.' })
  staffMembers(
    @Args() page: PageArgs,
    @Arg('filter', () => StaffFilter, { nullable: true }) filter: StaffFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Staff>> {
    const { name, projectId, departmentCode, position, supervisorId, status } = filter ?? {};
    const query = this.loads.queryIn('Staff', projectId, context);
    if (name) query.andWhere('position(:name in staff.name) > 0', { name });
    if (projectId) query.andWhere('staff.projectIds @> array[:projectId]::uuid[]', { projectId });
    if (departmentCode) query.andWhere('staff.departmentCode = :departmentCode', { departmentCode });
    if (position) query.andWhere('staff.position = :position', { position });
    if (supervisorId) query.andWhere('staff.supervisorId = :supervisorId', { supervisorId });
    if (status) query.andWhere('staff.status = :status', { status });
    return paginate(query, { by: 'name', direction: 'ASC' }, page);
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => Staff, { nullable: true, description: 'Whom he reports to; null at the top.' })
  async supervisor(@Root() { supervisorId }: Staff, @Ctx() context: RequestContext): Promise<Staff | null> {
    return supervisorId ? this.loads.one('Staff', supervisorId, context) : null;
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => [Staff], { description: 'Who reports to him, by name.' })
  reports(@Root() { id }: Staff, @Ctx() context: RequestContext): Promise<Staff[]> {
    return context.loaders.load('Staff.reports', id, async (ids) => {
      const rows = await this.loads
        .query('Staff', context)
        .andWhere('staff.supervisorId = any(:ids)', { ids })
        .orderBy('staff.name')
        .addOrderBy('staff.id')
        .getMany();
      return ids.map((one) => rows.filter(({ supervisorId }) => supervisorId === one));
    });
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => [Project], {
    nullable: true,
    description: 'Projects that he serves; none for the whole organisation. Null for a former colleague.',
  })
  async projects(@Root() staff: Staff, @Ctx() context: RequestContext): Promise<Project[] | null> {
    return isColleague(staff, context) ? this.loads.several('Project', staff.projectIds, context) : null;
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => [Employment], {
    nullable: true,
    description: 'The latest last. Null for a former colleague.',
  })
  employments(@Root() staff: Staff, @Ctx() context: RequestContext): Employment[] | null {
    return isColleague(staff, context) ? [...staff.employments] : null;
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => [HistoryEntry], { description: 'What happened to the record.' })
  history(@Root() { id }: Staff, @Ctx() context: RequestContext): Promise<HistoryEntry[]> {
    return loadHistory(this.dataSource, context, 'Staff', id, 'directory.staff.read');
  }

  @Requires('directory.staff.write')
  @Mutation(() => RegisterStaffResult, { description: 'Puts an employee on record (DIR-03).' })
  registerStaff(
    @Arg('input', () => RegisterStaffInput) input: RegisterStaffInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RegisterStaffResult>> {
    return this.service.register(input, actorOf(context));
  }

  @Requires('directory.staff.write')
  @Mutation(() => RenameStaffResult, { description: 'Gives an employee another name.' })
  renameStaff(
    @Arg('input', () => RenameStaffInput) input: RenameStaffInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof RenameStaffResult>> {
    return this.service.rename(input, actorOf(context));
  }

  @Requires('directory.staff.write')
  @Mutation(() => MoveStaffResult, {
    description: 'Moves an employee to another department, position or level.',
  })
  moveStaff(
    @Arg('input', () => MoveStaffInput) input: MoveStaffInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof MoveStaffResult>> {
    return this.service.move(input, actorOf(context));
  }

  @Requires('directory.staff.write')
  @Mutation(() => AssignSupervisorResult, { description: 'Sets whom an employee reports to.' })
  assignSupervisor(
    @Arg('input', () => AssignSupervisorInput) input: AssignSupervisorInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AssignSupervisorResult>> {
    return this.service.assignSupervisor(input, actorOf(context));
  }

  @Requires('directory.staff.write')
  @Mutation(() => AssignStaffProjectsResult, { description: 'Sets the projects that an employee serves.' })
  assignStaffProjects(
    @Arg('input', () => AssignStaffProjectsInput) input: AssignStaffProjectsInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof AssignStaffProjectsResult>> {
    return this.service.assignProjects(input, actorOf(context));
  }

  @Requires('directory.staff.write')
  @Mutation(() => EndEmploymentResult, { description: 'Records that an employee has left.' })
  endEmployment(
    @Arg('input', () => EndEmploymentInput) input: EndEmploymentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof EndEmploymentResult>> {
    return this.service.endEmployment(input, actorOf(context));
  }

  @Requires('directory.staff.write')
  @Mutation(() => ReemployStaffResult, { description: 'Employs somebody again who had left.' })
  reemployStaff(
    @Arg('input', () => ReemployStaffInput) input: ReemployStaffInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof ReemployStaffResult>> {
    return this.service.reemploy(input, actorOf(context));
  }
}

@Resolver(() => Duty)
export class DutyResolver {
  constructor(
    private readonly loads: EntityLoads,
    private readonly service: StaffService,
  ) {}

  @Requires('directory.duty.read')
  @Query(() => DutyConnection, { description: 'The duty roster of weekends and holidays, by date (DIR-03).' })
  duties(
    @Args() page: PageArgs,
    @Arg('filter', () => DutyFilter, { nullable: true }) filter: DutyFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Duty>> {
    const query = this.loads.query('Duty', context);
    const { projectId, staffId, from, to, status } = filter ?? {};
    query.andWhere('duty.status = :status', { status: status ?? 'PLANNED' });
    if (projectId) query.andWhere('duty.projectId = :projectId', { projectId });
    if (staffId) query.andWhere('duty.staffId = :staffId', { staffId });
    if (from) query.andWhere('duty.date >= :from', { from });
    if (to) query.andWhere('duty.date <= :to', { to });
    return paginate(query, { by: 'date', direction: 'ASC' }, page);
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => Staff, { nullable: true, description: 'Who has the duty.' })
  staff(@Root() { staffId }: Duty, @Ctx() context: RequestContext): Promise<Staff | null> {
    return this.loads.one('Staff', staffId, context);
  }

  @Requires('directory.duty.write')
  @Mutation(() => PlanDutyResult, { description: 'Plans a duty on a weekend or holiday (DIR-03).' })
  planDuty(
    @Arg('input', () => PlanDutyInput) input: PlanDutyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof PlanDutyResult>> {
    return this.service.planDuty(input, actorOf(context));
  }

  @Requires('directory.duty.write')
  @Mutation(() => WithdrawDutyResult, { description: 'Takes a planned duty back; it stays on record.' })
  withdrawDuty(
    @Arg('input', () => WithdrawDutyInput) input: WithdrawDutyInput,
    @Ctx() context: RequestContext,
  ): Promise<CommandAnswer<typeof WithdrawDutyResult>> {
    return this.service.withdrawDuty(input, actorOf(context));
  }
}
