import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn, type DataSource, type EntityManager } from 'typeorm';
import { badInput, type WrittenAggregate } from '@anju/commands';
import { sendLater } from '@anju/database';
import { complaintDeadlines, type ComplaintDeadline } from '@anju/complaints-rules';
import { addHours } from '@anju/kernel';
import {
  inProjectScope,
  paginate,
  principalOf,
  type Connection,
  type PageArgs,
  type RequestContext,
} from '@anju/subgraph';
import type { Complaint } from './complaint.entity';
import type { ComplaintsDueFilter } from './complaint-clocks.inputs';
import { ComplaintDeadlineKindEnum } from './graph-enums';

const permission = 'complaints.complaint.read';
/** A leap year: further ahead nothing of a complaint falls due. */
const longestOutlookHours = 366 * 24;

/** One thing that is still to fall due, beside its case so that it can be looked for by its time. */
@ObjectType({
  simpleResolvers: true,
  description: 'A duty or an age of a case that is still to fall due; what is missed or paused is not.',
})
@Entity('complaint_due')
export class ComplaintDue implements ComplaintDeadline {
  @PrimaryColumn('uuid')
  id: string;

  @Field(() => ID, { description: 'The case.' })
  @Column('uuid')
  complaintId: string;

  @Field(() => ComplaintDeadlineKindEnum, { description: 'What falls due.' })
  @Column('text')
  kind: ComplaintDeadline['kind'];

  @Field(() => Date, { description: 'When.' })
  @Column('timestamptz')
  dueAt: Date;

  @Column('uuid')
  projectId: string;
}

interface DueRow {
  readonly complaint_id: string;
  readonly kind: ComplaintDeadline['kind'];
  readonly due_at: string;
  readonly project_id: string;
}

/** What is due of a case, as the table has it. */
function dueOf(complaint: Complaint): readonly DueRow[] {
  const { id, projectId } = complaint;
  return complaintDeadlines(complaint).map(({ kind, dueAt }) => ({
    ...{ complaint_id: id, kind, due_at: dueAt.toISOString(), project_id: projectId },
  }));
}

/** Those that the others do not have. */
function without(rows: readonly DueRow[], others: readonly DueRow[]): readonly DueRow[] {
  return rows.filter(({ kind, due_at }) => !others.some((one) => one.kind === kind && one.due_at === due_at));
}

/** Keeps what is due of cases in step with them, in their own transaction: what was due is known from before. */
export async function keepComplaintsDue(
  tx: EntityManager,
  written: readonly WrittenAggregate<Complaint>[],
): Promise<void> {
  const gone: DueRow[] = [];
  const come: DueRow[] = [];
  for (const { was, entity } of written) {
    const before = was === null ? [] : dueOf(was);
    const now = dueOf(entity);
    gone.push(...without(before, now));
    come.push(...without(now, before));
  }
  if (gone.length > 0) {
    await sendLater(
      tx,
      `delete from complaint_due d using jsonb_to_recordset($1::jsonb) as g(complaint_id uuid, kind text, due_at timestamptz)
       where d.complaint_id = g.complaint_id and d.kind = g.kind and d.due_at = g.due_at`,
      [JSON.stringify(gone)],
    );
  }
  if (come.length > 0) {
    await sendLater(
      tx,
      `insert into complaint_due (complaint_id, kind, due_at, project_id)
       select complaint_id, kind, due_at, project_id
       from jsonb_to_recordset($1::jsonb) as c(complaint_id uuid, kind text, due_at timestamptz, project_id uuid)
       on conflict (complaint_id, kind, due_at) do nothing`,
      [JSON.stringify(come)],
    );
  }
}

/** Of what is over nothing falls due. A handler has few cases: what is due of each is looked up. */
function ofHandler(parameter: string): string {
  return `d.complaintId = any(array(select id from complaint where handler_id = :${parameter} and not is_over))`;
}

const ofDepartment = `d.complaintId in (
  select id from complaint where responsible_department = :departmentCode and not is_over)`;

/** What falls due from now until so many hours later, the earliest first. */
export class ComplaintsDueList {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws Fault BAD_USER_INPUT for no such number of hours */
  page(
    withinHours: number,
    filter: ComplaintsDueFilter,
    page: PageArgs,
    now: Date,
    context: RequestContext,
  ): Promise<Connection<ComplaintDue>> {
    if (withinHours < 1 || withinHours > longestOutlookHours) {
      throw badInput({
        field: 'withinHours',
        problem: `is ${withinHours}`,
        expected: `a number from 1 to ${longestOutlookHours}`,
      });
    }
    const query = inProjectScope(this.dataSource.createQueryBuilder(ComplaintDue, 'd'), context, permission);
    query.andWhere('d.dueAt <= :until', { until: addHours(now, withinHours) });
    const { projectId, handlerId, departmentCode, kinds, mine } = filter;
    if (projectId != null) query.andWhere('d.projectId = :projectId', { projectId });
    if (handlerId != null) query.andWhere(ofHandler('handlerId'), { handlerId });
    if (mine) query.andWhere(ofHandler('reader'), { reader: principalOf(context).staffId });
    if (departmentCode != null) {
      query.andWhere(ofDepartment, { departmentCode });
    }
    if (kinds) query.andWhere('d.kind = any(:kinds)', { kinds });
    return paginate(query, { by: 'dueAt', direction: 'ASC' }, page);
  }
}
