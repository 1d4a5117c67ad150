import type { DataSource } from 'typeorm';
import { mayIn } from '@anju/access';
import { badInput, notFound, requireIn, type Actor, type CommandRunner } from '@anju/commands';
import {
  completeVisitAction,
  planVisitAction,
  recordCustomerVisit,
  visitDuty,
  type VisitDuty,
} from '@anju/communications-rules';
import { parseLocalDateTime } from '@anju/kernel';
import { currentCustomers, type References } from '@anju/references';
import { changeRequest, commandRequest } from '@anju/subgraph';
import { CustomerVisit, type VisitAggregate } from './customer-visit.entity';
import type * as Schema from './customer-visit.schema';
import { communicationsEnvironment } from './environment';

const permission = 'communications.visit.record';

/** Visits to customers, and what is done about their suggestions to the end (COM-02). */
export class CustomerVisitService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly references: References,
    private readonly aggregate: VisitAggregate,
  ) {}

  record(input: Schema.RecordCustomerVisitInput, actor: Actor) {
    const { projectId, customerId, unitId = null, visitedAt, inDepth, content, suggestions } = input;
    requireIn(actor, permission, projectId);
    return this.commands.create(this.aggregate, {
      ...commandRequest(actor, 'recordCustomerVisit', permission, input),
      projectId,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          { kind: 'customer', id: customerId, field: 'input.customerId', projectId },
          unitId !== null && { kind: 'unit', id: unitId, field: 'input.unitId', projectId },
        ]),
      prepare: async (tx) => (await currentCustomers(tx, [customerId])).get(customerId)!,
      decide: (id, at, _environment, current) =>
        recordCustomerVisit(
          {
            ...{ id, projectId, customerId: current, unitId, visitedAt: visitedAt ?? at, inDepth, content },
            ...{ suggestions: suggestions ?? [], by: actor.id },
          },
          at,
        ),
    });
  }

  plan(input: Schema.PlanVisitActionInput, actor: Actor) {
    const { visitId, sequence, ownerId, dueOn } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'planVisitAction', permission, visitId, input),
      check: async () => {
        await this.references.checkEmployed({
          id: ownerId,
          field: 'input.ownerId',
          projectId: await this.projectOf(visitId, actor),
        });
      },
      decide: (state, at, environment) =>
        planVisitAction(state, { sequence, ownerId, dueOn, by: actor.id }, at, environment),
    });
  }

  complete(input: Schema.CompleteVisitActionInput, actor: Actor) {
    const { visitId, sequence, result } = input;
    return this.commands.change(this.aggregate, {
      ...changeRequest(actor, 'completeVisitAction', permission, visitId, input),
      decide: (state, at) => completeVisitAction(state, { sequence, result, by: actor.id }, at),
    });
  }

  /** @param month `YYYY-MM`. @throws Fault BAD_USER_INPUT where it is none, or the project is not known */
  async dutyOf(projectId: string, managerId: string, month: string): Promise<VisitDuty> {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
      throw badInput({ field: 'month', problem: 'is no month', expected: 'YYYY-MM' });
    }
    const { manager } = this.dataSource;
    const environment = await communicationsEnvironment(this.references)(projectId, manager);
    const [year = 0, number = 0] = month.split('-').map(Number);
    const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
    const visits = await this.dataSource
      .createQueryBuilder(CustomerVisit, 'v')
      .where('v.projectId = :projectId and v.visitedBy = :managerId and v.inDepth', { projectId, managerId })
      .andWhere('v.visitedAt >= :from and v.visitedAt < :to', {
        from: parseLocalDateTime(`${month}-01 00:00`, environment.timeZone),
        to: parseLocalDateTime(`${next}-01 00:00`, environment.timeZone),
      })
      .getMany();
    return visitDuty(visits, managerId, month, environment);
  }

  /** @throws Fault NOT_FOUND where it is not there, or not his to see */
  private async projectOf(visitId: string, { principal }: Actor): Promise<string> {
    const [row]: { projectId: string }[] = await this.dataSource.query(
      'select project_id as "projectId" from customer_visit where id = $1',
      [visitId],
    );
    if (!row || (principal && !mayIn(principal, permission, row.projectId))) {
      throw notFound('CustomerVisit', visitId);
    }
    return row.projectId;
  }
}
