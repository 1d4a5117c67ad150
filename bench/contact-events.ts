import { receptionEvents } from '@anju/events';
import { newId } from '@anju/kernel';
import { outgoing, type OutgoingEvent, type WrittenEvents } from '@anju/outbox';

/** How many events `contactEvents` gives. */
export const eventsOfContact = 7;

/** Where the contacts of one writer belong. */
export interface ContactPlace {
  readonly projectId: string;
  /** Counts the contacts. */
  readonly index: number;
}

const actor = 'bench';

/**
 * What reception publishes of one repair from the call to the last word, in order, each a write of its own as
 * commands make them. Insights has an effect for each.
 */
export function contactEvents({ projectId, index }: ContactPlace): WrittenEvents[] {
  const [interactionId, workOrderId, customerId, unitId, technicianId] = Array.from({ length: 5 }, newId) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const now = new Date();
  const at = now.toISOString();
  const later = new Date(now.getTime() + 3_600_000).toISOString();
  const done = { projectId, at, by: actor };
  const interaction = { interactionId, ownerId: actor };
  const place = { unitId, buildingId: null };
  const workOrder = { workOrderId, interactionId, unitId, departmentCode: 'ENGINEERING', technicianId };
  const write = (aggregateType: string, aggregateId: string, event: OutgoingEvent): WrittenEvents => ({
    origin: { context: 'reception', aggregateType, aggregateId, projectId, actor, at: now },
    events: [event],
  });
  const ofContact = (event: OutgoingEvent): WrittenEvents => write('Interaction', interactionId, event);
  const ofOrder = (event: OutgoingEvent): WrittenEvents => write('WorkOrder', workOrderId, event);
  const taken = { channel: 'PHONE' as const, receivedAt: at, customerIds: [customerId], topic: 'PLUMBING' };
  return [
    ofContact(
      outgoing(receptionEvents.interactionRecorded, {
        projectId,
        at,
        ...interaction,
        ...place,
        ...taken,
        number: `BENCH-${index}`,
        receivedBy: actor,
        proposedClass: 'OWN_REPAIR',
      }),
    ),
    ofContact(
      outgoing(receptionEvents.interactionClassified, {
        ...done,
        ...interaction,
        ...place,
        ...taken,
        class: 'OWN_REPAIR',
        previousClass: null,
        proposedClass: 'OWN_REPAIR',
        asProposed: true,
        causeClass: null,
        facts: [],
        namedStaffIds: [],
        receivedBy: actor,
      }),
    ),
    ofOrder(
      outgoing(receptionEvents.workOrderIssued, {
        ...done,
        ...workOrder,
        technicianId: null,
        agreedFromAt: at,
        agreedToAt: later,
        estimate: null,
      }),
    ),
    ofOrder(
      outgoing(receptionEvents.workOrderDone, {
        ...done,
        ...workOrder,
        issuedAt: at,
        agreedToAt: later,
        onTime: true,
        companyMoves: 0,
        leavesRegister: false,
      }),
    ),
    ofOrder(outgoing(receptionEvents.workOrderConfirmed, { ...done, ...workOrder })),
    ofContact(
      outgoing(receptionEvents.customerTold, {
        ...done,
        ...interaction,
        kind: 'RESULT',
        channel: 'PHONE',
        firstReply: true,
        receivedAt: at,
        customerIds: [customerId],
        complaintId: null,
      }),
    ),
    ofContact(
      outgoing(receptionEvents.interactionClosed, {
        ...done,
        ...interaction,
        class: 'OWN_REPAIR',
        channel: 'PHONE',
        receivedAt: at,
        itemCount: 1,
      }),
    ),
  ];
}
