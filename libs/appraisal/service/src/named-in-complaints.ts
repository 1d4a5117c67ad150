import type { EntityManager } from 'typeorm';
import type { complaintsEvents } from '@anju/events';
import type { ReceivedEvent } from '@anju/outbox';
import type { EvidenceService } from './evidence.service';

type Received = ReceivedEvent<typeof complaintsEvents.complaintReceived>;
type Named = ReceivedEvent<typeof complaintsEvents.complaintStaffNamed>;
type ClassChanged = ReceivedEvent<typeof complaintsEvents.complaintCauseClassChanged>;

/** A kind of evidence by itself: the service's own work named in a complaint of class 1 (APR-10, CMP-01). */
const kind = 'NAMED_IN_CLASS_1_COMPLAINT';

/**
 * Follows which employees a complaint names and of which class it is: the one and the other may become known
 * first, and the class may be corrected. What was told of a case that turns out to be of another class is taken
 * back, unless somebody has decided on it.
 */
export class NamedInComplaints {
  constructor(private readonly evidence: EvidenceService) {}

  async received({ id, data }: Received, tx: EntityManager): Promise<void> {
    const { complaintId, projectId, causeClass, namedStaffIds } = data;
    await tx.query(
      `insert into named_in_complaint (complaint_id, project_id, cause_class, staff_ids)
       values ($1, $2, $3, $4) on conflict (complaint_id) do nothing`,
      [complaintId, projectId, causeClass, namedStaffIds],
    );
    if (causeClass === 'CLASS_1') await this.tell(id, data, namedStaffIds, tx);
  }

  async staffNamed({ id, data }: Named, tx: EntityManager): Promise<void> {
    const rows = await returned<{ causeClass: string }>(
      tx,
      `update named_in_complaint
       set staff_ids = array(select distinct unnest(staff_ids || $2::uuid[]))
       where complaint_id = $1 returning cause_class as "causeClass"`,
      [data.complaintId, data.staffIds],
    );
    if (rows[0]?.causeClass === 'CLASS_1') await this.tell(id, data, data.staffIds, tx);
  }

  async causeClassChanged({ id, data }: ClassChanged, tx: EntityManager): Promise<void> {
    const rows = await returned<{ staffIds: string[] }>(
      tx,
      `update named_in_complaint set cause_class = $2 where complaint_id = $1 returning staff_ids as "staffIds"`,
      [data.complaintId, data.to],
    );
    const staffIds = rows[0]?.staffIds ?? [];
    if (data.to === 'CLASS_1') await this.tell(id, data, staffIds, tx);
    else if (data.from === 'CLASS_1') await this.takeBack(data.complaintId, new Date(data.at), tx);
  }

  /** Once for each employee, however often the class goes to and fro. */
  private async tell(
    eventId: string,
    { complaintId, projectId, at }: { complaintId: string; projectId: string; at: string },
    staffIds: readonly string[],
    tx: EntityManager,
  ): Promise<void> {
    const standing: { staffId: string }[] = await tx.query(
      `select staff_id as "staffId" from evidence
       where subject_id = $1 and staff_id = any($2::uuid[]) and kind = $3 and status <> 'WITHDRAWN'`,
      [complaintId, staffIds, kind],
    );
    for (const staffId of staffIds) {
      if (standing.some((one) => one.staffId === staffId)) continue;
      const source = { eventId, context: 'complaints', subjectId: complaintId, code: null };
      const told = {
        kind,
        projectId,
        staffId,
        satisfaction: null,
        occurredAt: new Date(at),
        ...source,
      } as const;
      await this.evidence.receive(told, tx);
    }
  }

  /** Only what was told before: a log that is read again tells of later things that stand. */
  private async takeBack(complaintId: string, at: Date, tx: EntityManager): Promise<void> {
    const rows: { id: string }[] = await tx.query(
      `select id from evidence
       where subject_id = $1 and kind = $2 and status = 'SUGGESTED' and occurred_at <= $3 order by id`,
      [complaintId, kind, at],
    );
    for (const { id } of rows) await this.evidence.withdraw(id, 'complaints', tx);
  }
}

/** The rows of a statement that changes and returns; TypeORM gives them with their number. */
async function returned<Row>(tx: EntityManager, sql: string, parameters: unknown[]): Promise<Row[]> {
  const [rows]: [Row[], number] = await tx.query(sql, parameters);
  return rows;
}
