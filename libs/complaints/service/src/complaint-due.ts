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

  @Column('uuid', { nullable: true })
  handlerId: string | null;

  @Column('text', { nullable: true })
  responsibleDepartment: string | null;
}

/** What is due of a case, as the table has it. */
function dueOf(complaint: Complaint) {
  const { id, projectId, handlerId, responsibleDepartment } = complaint;
  return complaintDeadlines(complaint).map(({ kind, dueAt }) => ({
    complaint_id: id,
    kind,
    due_at: dueAt.toISOString(),
    project_id: projectId,
    handler_id: handlerId,
    responsible_department: responsibleDepartment,
  }));
}

function isDueAsBefore(was: Complaint, now: Complaint): boolean {
  if (was.handlerId !== now.handlerId || was.responsibleDepartment !== now.responsibleDepartment)
    return false;
  const before = complaintDeadlines(was);
  const due = complaintDeadlines(now);
  return (
    due.length === before.length &&
    due.every(({ kind, dueAt }, n) => kind === before[n]!.kind && +dueAt === +before[n]!.dueAt)
  );
}

/** Keeps what is due of cases in step with them, in their own transaction. */
export async function keepComplaintsDue(
  tx: EntityManager,
  written: readonly WrittenAggregate<Complaint>[],
): Promise<void> {
  const changed = written.flatMap(({ was, entity }) =>
    was !== null && isDueAsBefore(was, entity) ? [] : [entity],
  );
  if (changed.length === 0) return;
  // Of what stays as it is nothing is written: a conflict alone would lock its row.
  await sendLater(
    tx,
    `with wanted as (
       select * from jsonb_to_recordset($2::jsonb) as w(
         complaint_id uuid, kind text, due_at timestamptz, project_id uuid, handler_id uuid,
         responsible_department text)
     ), gone as (
       delete from complaint_due d where d.complaint_id = any($1) and not exists (
         select from wanted w
         where w.complaint_id = d.complaint_id and w.kind = d.kind and w.due_at = d.due_at)
     )
     insert into complaint_due (complaint_id, kind, due_at, project_id, handler_id, responsible_department)
     select complaint_id, kind, due_at, project_id, handler_id, responsible_department from wanted w
     where not exists (
       select from complaint_due d
       where d.complaint_id = w.complaint_id and d.kind = w.kind and d.due_at = w.due_at
         and (d.handler_id, d.responsible_department) is not distinct from (w.handler_id, w.responsible_department))
     on conflict (complaint_id, kind, due_at) do update
       set handler_id = excluded.handler_id, responsible_department = excluded.responsible_department`,
    [changed.map(({ id }) => id), JSON.stringify(changed.flatMap(dueOf))],
  );
}

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
    if (handlerId != null) query.andWhere('d.handlerId = :handlerId', { handlerId });
    if (mine) query.andWhere('d.handlerId = :reader', { reader: principalOf(context).staffId });
    if (departmentCode != null)
      query.andWhere('d.responsibleDepartment = :departmentCode', { departmentCode });
    if (kinds) query.andWhere('d.kind = any(:kinds)', { kinds });
    return paginate(query, { by: 'dueAt', direction: 'ASC' }, page);
  }
}
