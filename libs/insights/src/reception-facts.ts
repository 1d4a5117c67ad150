import { receptionEvents } from '@anju/events';
import { on, type EventHandler } from '@anju/outbox';
import { put, set } from './facts';

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

export const receptionFacts: readonly EventHandler[] = [
  ...interactions,
  ...workOrders,
  ...register,
  ...counter,
];
