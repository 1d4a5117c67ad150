import { complaintsEvents, receptionEvents, salesEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import type { Register } from './register';

/**
 * Enters in the register what the other services tell of words to customers (COM-02). What a customer heard in
 * his complaint case stands there once, by the case's own event: the contact's is the same word.
 */
export function onTold(register: Register): ConsumerDefinition {
  return {
    name: 'communications.register',
    handlers: [
      on(receptionEvents.customerTold, async ({ id: source, data }, tx) => {
        if (data.complaintId !== null) return;
        const { projectId, customerIds, channel, by, interactionId, at } = data;
        const kind = data.kind === 'RESULT' ? 'REPLY' : 'PROGRESS';
        const about = { subject: 'INTERACTION', subjectId: interactionId } as const;
        const word = { source, projectId, customerIds, kind, channel, by, saidAt: new Date(at) } as const;
        await register.enter({ ...word, ...about }, tx);
      }),
      on(complaintsEvents.complaintAcknowledged, ({ id, data }, tx) =>
        register.enter({ ...ofCase(id, data), kind: 'ACKNOWLEDGEMENT', channel: data.channel }, tx),
      ),
      on(complaintsEvents.complaintResponded, ({ id, data }, tx) =>
        register.enter({ ...ofCase(id, data), kind: 'REPLY', channel: data.channel }, tx),
      ),
      on(complaintsEvents.complaintReplySent, ({ id, data }, tx) =>
        register.enter({ ...ofCase(id, data), kind: 'REPLY', channel: data.channel }, tx),
      ),
      on(complaintsEvents.complaintProgressRecorded, async ({ id, data }, tx) => {
        const { toldBy: channel } = data;
        if (channel !== null) await register.enter({ ...ofCase(id, data), kind: 'PROGRESS', channel }, tx);
      }),
      on(complaintsEvents.returnVisitRecorded, ({ id, data }, tx) => {
        const customerIds = data.customerId === null ? [] : [data.customerId];
        const word = { ...ofCase(id, { ...data, customerIds }), kind: 'RETURN_VISIT' } as const;
        return register.enter({ ...word, channel: data.channel }, tx);
      }),
      on(salesEvents.contractReturnTold, ({ id: source, data }, tx) => {
        const { projectId, customerId, channel, by, contractId, at } = data;
        const about = { kind: 'NOTICE', subject: 'CONTRACT', subjectId: contractId } as const;
        const word = { source, projectId, customerIds: [customerId], channel, by, saidAt: new Date(at) };
        return register.enter({ ...word, ...about }, tx);
      }),
    ],
  };
}

interface InCase {
  readonly complaintId: string;
  readonly projectId: string;
  readonly customerIds: readonly string[];
  readonly by: string;
  readonly at: string;
}

function ofCase(source: string, { complaintId, projectId, customerIds, by, at }: InCase) {
  const about = { subject: 'COMPLAINT', subjectId: complaintId } as const;
  return { source, projectId, customerIds, by, saidAt: new Date(at), ...about };
}
