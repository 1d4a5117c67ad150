import { changeRequest, commandRequest } from '@anju/subgraph';
import type { EntityManager } from 'typeorm';
import { mayEverywhere, mayIn, type Permission } from '@anju/access';
import { badInput, type Actor, type CommandRunner } from '@anju/commands';
import {
  assignProjects,
  assignSupervisor,
  endEmployment,
  moveStaff,
  planDuty,
  reemployStaff,
  registerStaff,
  renameStaff,
  withdrawDuty,
} from '@anju/directory-rules';
import { requireInProjects, requireToMove } from './command-request';
import { Duty, dutyAggregate } from './duty.entity';
import { unlessItExists, type UniqueEntry } from './entry-exists';
import { requireOrganisation, requireProjectsOf } from './organisation-projects';
import { Staff, staffAggregate } from './staff.entity';
import type {
  AssignStaffProjectsInput,
  AssignSupervisorInput,
  EndEmploymentInput,
  MoveStaffInput,
  PlanDutyInput,
  ReemployStaffInput,
  RegisterStaffInput,
  RenameStaffInput,
  WithdrawDutyInput,
} from './staff.schema';
import { requireProject } from './structure.service';

const writing: Permission = 'directory.staff.write';

/** Whether an employee serves the project, or another in which the actor sees who does. */
function isColleague({ projectIds }: Staff, projectId: string, { principal }: Actor): boolean {
  if (!principal || projectIds.length === 0 || projectIds.includes(projectId)) return true;
  return (
    mayEverywhere(principal, 'directory.staff.read') ||
    projectIds.some((id) => mayIn(principal, 'directory.staff.read', id))
  );
}

/** Commands on employees and the duty roster (DIR-03). */
export class StaffService {
  constructor(private readonly commands: CommandRunner) {}

  async register(input: RegisterStaffInput, actor: Actor) {
    const { organisationId, name, departmentCode, position, level, projectIds, employedFrom } = input;
    requireInProjects(actor, writing, projectIds);
    const unique: UniqueEntry = {
      entry: 'STAFF',
      constraint: 'staff_pkey',
      field: 'id',
      value: input.id ?? '',
      existing: async () => input.id ?? null,
    };
    return unlessItExists(unique, () =>
      this.commands.create(staffAggregate, {
        ...commandRequest(actor, 'registerStaff', writing, input),
        projectId: projectIds[0] ?? null,
        id: input.id ?? undefined,
        prepare: async (tx) => {
          await requireOrganisation(organisationId, tx);
          await requireProjectsOf(organisationId, projectIds, tx);
          return this.supervisor(input.supervisorId, organisationId, tx);
        },
        decide: (staffId, _at, policy, supervisor) => {
          const who = { staffId, organisationId, name, departmentCode };
          return registerStaff({ ...who, position, level, projectIds, employedFrom }, supervisor, policy);
        },
      }),
    );
  }

  rename(input: RenameStaffInput, actor: Actor) {
    return this.commands.change(staffAggregate, {
      ...changeRequest(actor, 'renameStaff', writing, input.id, input),
      decide: (state, _at, policy) => renameStaff(state, input, policy),
    });
  }

  move(input: MoveStaffInput, actor: Actor) {
    const { departmentCode, position, level } = input;
    const to = {
      departmentCode: departmentCode ?? undefined,
      position: position ?? undefined,
      level: level ?? undefined,
    };
    return this.commands.change(staffAggregate, {
      ...changeRequest(actor, 'moveStaff', writing, input.id, input),
      decide: (state, _at, policy) => moveStaff(state, to, policy),
    });
  }

  /** One change of lines at a time in an organisation: two at once could close a circle that neither sees. */
  assignSupervisor(input: AssignSupervisorInput, actor: Actor) {
    return this.commands.change(staffAggregate, {
      ...changeRequest(actor, 'assignSupervisor', writing, input.id, input),
      prepare: async (tx, { organisationId }) => {
        await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`staff:${organisationId}`]);
        const supervisor = await this.supervisor(input.supervisorId, organisationId, tx);
        const lines: { id: string; supervisor_id: string | null }[] = await tx.query(
          `with recursive line as (
             select id, supervisor_id from staff where id = $1
             union select staff.id, staff.supervisor_id from staff join line on staff.id = line.supervisor_id
           ) select id, supervisor_id from line`,
          [input.supervisorId],
        );
        return { supervisor, above: new Map(lines.map((line) => [line.id, line.supervisor_id])) };
      },
      decide: (state, _at, _policy, { supervisor, above }) =>
        assignSupervisor(state, supervisor, (id) => above.get(id) ?? null),
    });
  }

  assignProjects(input: AssignStaffProjectsInput, actor: Actor) {
    const { projectIds } = input;
    return this.commands.change(staffAggregate, {
      ...changeRequest(actor, 'assignStaffProjects', writing, input.id, input),
      prepare: async (tx, { organisationId, projectIds: before }) => {
        requireToMove(actor, writing, before, projectIds);
        await requireProjectsOf(organisationId, projectIds, tx);
      },
      decide: (state) => assignProjects(state, { projectIds }),
    });
  }

  endEmployment(input: EndEmploymentInput, actor: Actor) {
    return this.commands.change(staffAggregate, {
      ...changeRequest(actor, 'endEmployment', writing, input.id, input),
      decide: (state, at, policy) => endEmployment(state, input, at, policy),
    });
  }

  reemploy(input: ReemployStaffInput, actor: Actor) {
    return this.commands.change(staffAggregate, {
      ...changeRequest(actor, 'reemployStaff', writing, input.id, input),
      decide: (state, _at, policy) => reemployStaff(state, input, policy),
    });
  }

  planDuty(input: PlanDutyInput, actor: Actor) {
    const { projectId, staffId, date } = input;
    const hours = input.hours ? { from: input.hours.from, to: input.hours.to } : null;
    return this.commands.create(dutyAggregate, {
      ...commandRequest(actor, 'planDuty', 'directory.duty.write', input),
      projectId,
      prepare: async (tx) => {
        const project = await requireProject(projectId, 'input.projectId', tx);
        const { organisationId } = project;
        // Locked, so that of two overlapping duties planned at once the second sees the first.
        const staff = await tx.findOne(Staff, {
          where: { id: staffId, organisationId },
          lock: { mode: 'pessimistic_write' },
        });
        if (!staff || !isColleague(staff, projectId, actor)) {
          throw badInput({
            field: 'input.staffId',
            problem: 'is not known',
            expected: 'the id of an employee',
          });
        }
        return { project, staff, planned: await tx.findBy(Duty, { staffId, date }) };
      },
      decide: (dutyId, _at, policy, { project, staff, planned }) =>
        planDuty(project, staff, planned, { dutyId, date, hours }, policy),
    });
  }

  withdrawDuty(input: WithdrawDutyInput, actor: Actor) {
    return this.commands.change(dutyAggregate, {
      ...changeRequest(actor, 'withdrawDuty', 'directory.duty.write', input.id, input),
      decide: withdrawDuty,
    });
  }

  private async supervisor(
    id: string | null | undefined,
    organisationId: string,
    tx: EntityManager,
  ): Promise<Staff | null> {
    if (!id) return null;
    const supervisor = await tx.findOneBy(Staff, { id, organisationId });
    if (supervisor) return supervisor;
    throw badInput({
      field: 'input.supervisorId',
      problem: 'is not known',
      expected: 'the id of an employee of the organisation',
    });
  }
}
