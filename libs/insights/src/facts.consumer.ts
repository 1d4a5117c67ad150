import type { EntityManager } from 'typeorm';
import { complaintsEvents, receptionEvents } from '@anju/events';
import { on, type ConsumerDefinition, type EventHandler } from '@anju/outbox';

type Values = Readonly<Record<string, unknown>>;

export const factTables = [
  'fact_interaction',
  'fact_silence',
  'fact_work_order',
  'fact_follow_up',
  'fact_rectification',
  'fact_receipt',
  'fact_release_slip',
  'fact_release_refusal',
  'fact_shift',
  'fact_complaint',
  'fact_complaint_clock',
  'fact_return_visit',
] as const;

type FactTable = (typeof factTables)[number];

/** Writes a row, or the given columns of the row that is there. Column names come from this file only. */
async function put(tx: EntityManager, table: FactTable, key: Values, values: Values): Promise<void> {
  const columns = [...Object.keys(key), ...Object.keys(values)];
  const updates = Object.keys(values).map((column) => `${column} = excluded.${column}`);
  await tx.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
     on conflict (${Object.keys(key).join(', ')}) do update set ${updates.join(', ')}`,
    [...Object.values(key), ...Object.values(values)],
  );
}

/** Changes columns of a row that an earlier event of the same aggregate has made. */
async function set(
  tx: EntityManager,
  table: FactTable,
  id: string,
  assignments: string,
  ...values: unknown[]
): Promise<void> {
  await tx.query(`update ${table} set ${assignments} where id = $1`, [id, ...values]);
}

const interactions: EventHandler[] = [
  on(receptionEvents.interactionRecorded, ({ data }, tx) =>
    put(
      tx,
      'fact_interaction',
      { id: data.interactionId },
      {
        project_id: data.projectId,
        channel: data.channel,
        proposed_class: data.proposedClass,
        received_at: data.receivedAt,
      },
    ),
  ),
  on(receptionEvents.interactionClassified, ({ data }, tx) =>
    set(
      tx,
      'fact_interaction',
      data.interactionId,
      'class = $2, as_proposed = coalesce(as_proposed, $3)',
      data.class,
      data.asProposed,
    ),
  ),
  on(receptionEvents.customerTold, ({ data }, tx) =>
    set(tx, 'fact_interaction', data.interactionId, 'first_told_at = coalesce(first_told_at, $2)', data.at),
  ),
  on(receptionEvents.customerUninformed, ({ id, data }, tx) =>
    put(
      tx,
      'fact_silence',
      { event_id: id },
      { project_id: data.projectId, class: data.class, flagged_at: data.at },
    ),
  ),
  on(receptionEvents.interactionClosed, ({ data }, tx) =>
    set(tx, 'fact_interaction', data.interactionId, 'closed_at = $2', data.at),
  ),
];

const workOrders: EventHandler[] = [
  on(receptionEvents.workOrderIssued, ({ data }, tx) =>
    put(tx, 'fact_work_order', { id: data.workOrderId }, { project_id: data.projectId, issued_at: data.at }),
  ),
  on(receptionEvents.workOrderOverdue, ({ data }, tx) =>
    set(tx, 'fact_work_order', data.workOrderId, 'overdue_at = coalesce(overdue_at, $2)', data.at),
  ),
  on(receptionEvents.workOrderBreached, ({ data }, tx) =>
    set(tx, 'fact_work_order', data.workOrderId, 'breached_at = $2', data.at),
  ),
  on(receptionEvents.workOrderDone, ({ data }, tx) =>
    set(tx, 'fact_work_order', data.workOrderId, 'done_at = $2, on_time = $3', data.at, data.onTime),
  ),
  on(receptionEvents.workOrderConfirmed, ({ data }, tx) =>
    set(tx, 'fact_work_order', data.workOrderId, 'confirmed_at = $2', data.at),
  ),
  on(receptionEvents.workOrderCancelled, ({ data }, tx) =>
    set(tx, 'fact_work_order', data.workOrderId, 'cancelled_at = $2', data.at),
  ),
];

const register: EventHandler[] = [
  on(receptionEvents.followUpOpened, ({ data }, tx) =>
    put(
      tx,
      'fact_follow_up',
      { id: data.followUpId },
      {
        project_id: data.projectId,
        category: data.category,
        entered_at: data.at,
      },
    ),
  ),
  on(receptionEvents.followUpFlagged, ({ data }, tx) =>
    set(tx, 'fact_follow_up', data.followUpId, 'flagged_at = $2', data.at),
  ),
  on(receptionEvents.followUpClosed, ({ data }, tx) =>
    set(tx, 'fact_follow_up', data.followUpId, 'left_at = $2', data.at),
  ),
  on(receptionEvents.rectificationRequested, ({ data }, tx) =>
    put(
      tx,
      'fact_rectification',
      { id: data.rectificationId },
      { project_id: data.projectId, requested_at: data.at },
    ),
  ),
  on(receptionEvents.rectificationCompleted, ({ data }, tx) =>
    set(tx, 'fact_rectification', data.rectificationId, 'completed_at = $2', data.at),
  ),
];

const counter: EventHandler[] = [
  on(receptionEvents.receiptIssued, ({ data }, tx) =>
    put(
      tx,
      'fact_receipt',
      { id: data.receiptId },
      {
        project_id: data.projectId,
        amount: data.amount,
        method: data.method,
        collected_by: data.collectedBy,
        issued_at: data.at,
      },
    ),
  ),
  on(receptionEvents.receiptCancelled, ({ data }, tx) =>
    set(tx, 'fact_receipt', data.receiptId, 'cancelled_at = $2', data.at),
  ),
  on(receptionEvents.releaseSlipRefused, ({ id, data }, tx) =>
    put(
      tx,
      'fact_release_refusal',
      { event_id: id },
      { project_id: data.projectId, kind: data.kind, refused_at: data.at },
    ),
  ),
  on(receptionEvents.releaseSlipIssued, ({ data }, tx) =>
    put(
      tx,
      'fact_release_slip',
      { id: data.releaseSlipId },
      {
        project_id: data.projectId,
        kind: data.kind,
        issued_at: data.at,
      },
    ),
  ),
  on(receptionEvents.releaseSlipRedeemed, ({ data }, tx) =>
    set(tx, 'fact_release_slip', data.releaseSlipId, 'redeemed_at = $2', data.at),
  ),
  on(receptionEvents.shiftHandedOver, ({ data }, tx) =>
    put(
      tx,
      'fact_shift',
      { id: data.shiftId },
      { project_id: data.projectId, handed_over_at: data.at, answer: null },
    ),
  ),
  on(receptionEvents.shiftHandoverAccepted, ({ data }, tx) =>
    set(tx, 'fact_shift', data.shiftId, `answer = 'ACCEPTED'`),
  ),
  on(receptionEvents.shiftHandoverDisputed, ({ data }, tx) =>
    set(tx, 'fact_shift', data.shiftId, `answer = 'DISPUTED'`),
  ),
];

const complaints: EventHandler[] = [
  on(complaintsEvents.complaintReceived, ({ data }, tx) =>
    put(
      tx,
      'fact_complaint',
      { id: data.complaintId },
      {
        project_id: data.projectId,
        cause_class: data.causeClass,
        severity: data.severity,
        received_at: data.receivedAt,
      },
    ),
  ),
  on(complaintsEvents.complaintSeverityChanged, ({ data }, tx) =>
    set(tx, 'fact_complaint', data.complaintId, 'severity = $2', data.to),
  ),
  on(complaintsEvents.complaintCauseClassChanged, ({ data }, tx) =>
    set(tx, 'fact_complaint', data.complaintId, 'cause_class = $2', data.to),
  ),
  on(complaintsEvents.complaintResolved, ({ data }, tx) =>
    set(tx, 'fact_complaint', data.complaintId, 'resolved_at = $2, ever_resolved = true', data.at),
  ),
  on(complaintsEvents.complaintReopened, ({ data }, tx) =>
    set(
      tx,
      'fact_complaint',
      data.complaintId,
      'resolved_at = null, closed_at = null, reopened = $2',
      data.secondComplaintCount,
    ),
  ),
  on(complaintsEvents.complaintClosed, ({ data }, tx) =>
    set(tx, 'fact_complaint', data.complaintId, 'closed_at = $2', data.at),
  ),
  ...[
    { contract: complaintsEvents.complaintClockMet, outcome: 'met_at' },
    { contract: complaintsEvents.complaintClockMissed, outcome: 'missed_at' },
  ].map(({ contract, outcome }) =>
    on(contract, ({ data }, tx) =>
      put(
        tx,
        'fact_complaint_clock',
        { complaint_id: data.complaintId, sequence: data.sequence },
        {
          project_id: data.projectId,
          clock: data.clock,
          cause_class: data.causeClass,
          severity: data.severity,
          started_at: data.startedAt,
          due_at: data.dueAt,
          [outcome]: data.at,
        },
      ),
    ),
  ),
  on(complaintsEvents.returnVisitRecorded, ({ id, data }, tx) =>
    put(
      tx,
      'fact_return_visit',
      { event_id: id },
      {
        project_id: data.projectId,
        cause_class: data.causeClass,
        severity: data.severity,
        satisfaction: data.satisfaction,
        visited_at: data.at,
      },
    ),
  ),
];

/** Turns what happened in the other services into facts; rebuilt, it comes to the same facts (INS-02, INS-03). */
export const factsConsumer: ConsumerDefinition = {
  name: 'insights.facts',
  staysHere: true,
  handlers: [...interactions, ...workOrders, ...register, ...counter, ...complaints],
  reset: async (tx) => {
    for (const table of factTables) await tx.query(`delete from ${table}`);
  },
};
