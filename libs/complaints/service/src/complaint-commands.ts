import type { DataSource } from 'typeorm';
import { isRole, mayIn, roleGrants, roles, type Permission } from '@anju/access';
import { badInput, notFound, type Actor, type CommandRunner, type Fault } from '@anju/commands';
import { askOften } from '@anju/database';
import type {
  ComplaintCommandName,
  ComplaintEnvironment,
  ComplaintFact,
  ComplaintState,
} from '@anju/complaints-rules';
import type { Decision, Refusal } from '@anju/kernel';
import type { References } from '@anju/references';
import { requestOf } from './complaint-request';
import type { ComplaintAggregate } from './complaint.aggregate';
import type { ComplaintCommandInput } from './complaint.inputs';

export type Decide<R extends Refusal> = (
  state: ComplaintState,
  at: Date,
  environment: ComplaintEnvironment,
) => Decision<ComplaintState, ComplaintFact, R>;

export const handling = 'complaints.complaint.handle';

/** To whom a case is given, each with the input's field that says so. */
export interface AssignedTo {
  readonly department: { readonly code?: string | null; readonly field: string };
  readonly handler: { readonly id?: string | null; readonly field: string };
}

/** What the commands on complaints have in common. */
export abstract class ComplaintCommands {
  constructor(
    protected readonly dataSource: DataSource,
    protected readonly commands: CommandRunner,
    protected readonly references: References,
    protected readonly aggregate: ComplaintAggregate,
  ) {}

  /** Commands of the handling proper share one right. */
  protected handle<R extends Refusal>(
    command: ComplaintCommandName,
    input: ComplaintCommandInput,
    actor: Actor,
    decide: Decide<R>,
  ) {
    return this.change(command, handling, input, actor, decide);
  }

  protected change<R extends Refusal>(
    command: ComplaintCommandName,
    permission: Permission,
    input: ComplaintCommandInput & { readonly reason?: string },
    actor: Actor,
    decide: Decide<R>,
    check?: () => Promise<void>,
  ) {
    return this.commands.change(this.aggregate, {
      ...requestOf(command, permission, input, actor),
      check,
      decide,
    });
  }

  /** @throws Fault NOT_FOUND also for a case of a project in which the actor may not do this */
  protected async caseOf(
    { id }: ComplaintCommandInput,
    permission: Permission,
    { principal }: Actor,
  ): Promise<{ projectId: string; handlerId: string | null }> {
    const [row]: { projectId: string; handlerId: string | null }[] = await askOften(
      this.dataSource.manager,
      `select project_id as "projectId", handler_id as "handlerId" from complaint where id = $1`,
      [id],
    );
    if (!row || (principal && !mayIn(principal, permission, row.projectId))) throw notFound('Complaint', id);
    return row;
  }

  /**
   * The responsible department serves the project, and the one named handler is employed there and handles
   * complaints in his position (CMP-04; source 4, 4.5.5.2: he follows the case and tells the customer). Reading:
   * he may be of another department than the responsible one; of a position that the platform does not know as a
   * role nothing is said.
   */
  protected async checkAssignment(
    input: ComplaintCommandInput,
    permission: Permission,
    actor: Actor,
    { department, handler }: AssignedTo,
  ): Promise<void> {
    const { projectId, handlerId: current } = await this.caseOf(input, permission, actor);
    const handlerId = handler.id ?? current;
    if (handlerId) await this.checkHandler({ id: handlerId, field: handler.field, projectId });
    const code = department.code?.trim();
    if (code) await this.references.checkDepartment(code, { field: department.field, projectId });
  }

  /** @throws Fault BAD_USER_INPUT for somebody who is not employed, or does not handle complaints */
  protected async checkHandler(employee: { id: string; field: string; projectId: string }): Promise<void> {
    const { data } = await this.references.checkEmployed(employee);
    if (!isRole(data.position) || roleGrants(data.position, handling)) return;
    throw badInput({
      field: employee.field,
      problem: `does not handle complaints as ${data.position}`,
      expected: `somebody in a position such as ${roles.filter((role) => roleGrants(role, handling)).join(', ')}`,
    });
  }
}

const topicCode = /^[A-Z][A-Z0-9_]{0,39}$/;

/**
 * What a complaint is about is told in events and figures, to people who see no complaint: a code, never words.
 * Whether it may be missing is a matter of the rules.
 * @throws Fault BAD_USER_INPUT
 */
export function topicGiven(given: string, field: string): string {
  const topic = given.trim();
  if (topic === '' || topicCode.test(topic)) return topic;
  throw badInput({
    field,
    problem: 'is not a code',
    expected: 'at most 40 capital letters, digits and underscores, such as LIFT',
  });
}

export function emptyList(field: string, expected: string): Fault {
  return badInput({ field, problem: 'is empty', expected });
}
