import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { WrittenAggregate } from '@anju/commands';
import { sendLater } from '@anju/database';
import type { ReplyApprover } from '@anju/complaints-rules';
import type { ComplaintFilter } from './complaint-filter.inputs';
import type { ComplaintQuery } from './complaint-filters';
import type { Complaint } from './complaint.entity';

/**
 * What is pending of a case, where lists look for it: in a narrow row of its own, so that what changes at nearly every
 * step is in no index of the case itself (docs/adr/0021). A case of which nothing is pending has none.
 */
@Entity('complaint_pending')
export class ComplaintPending {
  /** The case's. */
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  projectId: string;

  @Column('timestamptz', { nullable: true })
  nextDueAt: Date | null;

  @Column('timestamptz', { nullable: true })
  dutyDueAt: Date | null;

  @Column('timestamptz', { nullable: true })
  overdueSinceAt: Date | null;

  @Column('text', { nullable: true })
  replyAwaits: ReplyApprover | null;
}

/**
 * Adds what is pending of the cases, as `p`; those of which nothing is are left out. They are joined by the case alone:
 * by its project, too, PostgreSQL would expect few of them to be met, and sort all. Only where one project is asked for
 * it is said of both, so that its own index serves.
 */
export function joinPending(query: ComplaintQuery, { projectId }: Pick<ComplaintFilter, 'projectId'>): void {
  if (query.expressionMap.aliases.some(({ name }) => name === 'p')) return;
  query.innerJoin(ComplaintPending, 'p', 'p.id = c.id');
  if (projectId != null) query.andWhere('p.projectId = :pendingIn', { pendingIn: projectId });
}

function pendingOf({ nextDueAt, dutyDueAt, overdueSinceAt, replyAwaits }: Complaint) {
  return {
    next_due_at: nextDueAt?.toISOString() ?? null,
    duty_due_at: dutyDueAt?.toISOString() ?? null,
    overdue_since_at: overdueSinceAt?.toISOString() ?? null,
    reply_awaits: replyAwaits,
  };
}

/** Keeps what is pending of cases in step with them, in their own transaction. */
export async function keepPending(
  tx: EntityManager,
  written: readonly WrittenAggregate<Complaint>[],
): Promise<void> {
  const gone: string[] = [];
  const changed: object[] = [];
  for (const { was, entity } of written) {
    const pending = pendingOf(entity);
    const before = was && pendingOf(was);
    const isSame = (column: keyof typeof pending): boolean => pending[column] === (before?.[column] ?? null);
    const columns = Object.keys(pending) as (keyof typeof pending)[];
    if (columns.every(isSame)) continue;
    if (columns.every((column) => pending[column] === null)) gone.push(entity.id);
    else changed.push({ id: entity.id, project_id: entity.projectId, ...pending });
  }
  if (gone.length > 0) {
    await sendLater(tx, 'delete from complaint_pending where id = any($1::uuid[])', [gone]);
  }
  if (changed.length > 0) {
    await sendLater(
      tx,
      `insert into complaint_pending (id, project_id, next_due_at, duty_due_at, overdue_since_at, reply_awaits)
       select id, project_id, next_due_at, duty_due_at, overdue_since_at, reply_awaits
       from jsonb_to_recordset($1::jsonb) as c(id uuid, project_id uuid, next_due_at timestamptz,
         duty_due_at timestamptz, overdue_since_at timestamptz, reply_awaits text)
       on conflict (id) do update set next_due_at = excluded.next_due_at, duty_due_at = excluded.duty_due_at,
         overdue_since_at = excluded.overdue_since_at, reply_awaits = excluded.reply_awaits`,
      [JSON.stringify(changed)],
    );
  }
}
