import { complaintsEvents } from '@anju/events';
import { on, type EventHandler } from '@anju/outbox';
import { put, set } from './facts';

export const complaintsFacts: readonly EventHandler[] = [
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
  // One that turned out to be the same as another is open no longer, and came back, if it did, with that other.
  on(complaintsEvents.complaintJoinedInto, ({ data }, tx) =>
    set(tx, 'fact_complaint', data.complaintId, 'closed_at = $2, joined_at = $2', data.at),
  ),
  on(complaintsEvents.complaintTookIn, ({ data }, tx) =>
    set(tx, 'fact_complaint', data.complaintId, 'reopened = $2', data.secondComplaintCount),
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
  on(complaintsEvents.returnVisitAttempted, async ({ id, data }, tx) => {
    if (data.release === null) return;
    const { projectId, causeClass, severity, release, at } = data;
    const values = { project_id: projectId, cause_class: causeClass, severity, release, released_at: at };
    await put(tx, 'fact_return_visit_release', { event_id: id }, values);
  }),
];
