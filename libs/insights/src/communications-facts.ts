import type { EntityManager } from 'typeorm';
import { communicationsEvents } from '@anju/events';
import { on, type EventHandler } from '@anju/outbox';
import { put } from './facts';

interface Copy {
  readonly deliveryId: string;
  readonly projectId: string;
  readonly channel: string;
  readonly purpose: string;
  readonly at: string;
}

function finished(tx: EntityManager, copy: Copy, outcome: string, skipReason: string | null): Promise<void> {
  return put(
    tx,
    'fact_message_copy',
    { id: copy.deliveryId },
    {
      project_id: copy.projectId,
      channel: copy.channel,
      purpose: copy.purpose,
      outcome,
      skip_reason: skipReason,
      finished_at: copy.at,
    },
  );
}

export const communicationsFacts: readonly EventHandler[] = [
  on(communicationsEvents.customerWordRecorded, ({ data }, tx) =>
    put(
      tx,
      'fact_customer_word',
      { id: data.wordId },
      {
        project_id: data.projectId,
        kind: data.kind,
        channel: data.channel,
        subject: data.subject,
        said_at: data.saidAt,
      },
    ),
  ),
  on(communicationsEvents.messageSent, ({ data }, tx) =>
    put(
      tx,
      'fact_message',
      { id: data.messageId },
      { project_id: data.projectId, channel: data.channel, purpose: data.purpose, sent_at: data.at },
    ),
  ),
  on(communicationsEvents.messageDelivered, ({ data }, tx) => finished(tx, data, 'DELIVERED', null)),
  on(communicationsEvents.deliveryFailed, ({ data }, tx) => finished(tx, data, 'FAILED', null)),
  on(communicationsEvents.deliverySkipped, ({ data }, tx) => finished(tx, data, 'SKIPPED', data.reason)),
  on(communicationsEvents.customerVisitRecorded, ({ data }, tx) =>
    put(
      tx,
      'fact_visit',
      { id: data.visitId },
      { project_id: data.projectId, in_depth: data.inDepth, visited_at: data.visitedAt },
    ),
  ),
];
