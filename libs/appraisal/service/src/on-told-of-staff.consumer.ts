import type { EntityManager } from 'typeorm';
import type { EvidenceKind } from '@anju/appraisal-rules';
import { complaintsEvents, receptionEvents, salesEvents } from '@anju/events';
import { on, type ConsumerDefinition } from '@anju/outbox';
import type { EvidenceService, Told } from './evidence.service';
import { NamedInComplaints } from './named-in-complaints';

/** What the events that tell of employees have in common. */
interface Telling {
  readonly id: string;
  readonly data: { readonly projectId: string; readonly at: string };
}

interface About {
  readonly kind: EvidenceKind;
  readonly context: string;
  readonly staffId: string;
  readonly subjectId: string;
  readonly code?: string;
  readonly satisfaction?: number;
}

/** What an event tells of an employee. */
export function told({ id, data }: Telling, about: About): Told {
  const { code = null, satisfaction = null, ...rest } = about;
  const occurredAt = new Date(data.at);
  return { ...rest, code, satisfaction, eventId: id, projectId: data.projectId, occurredAt };
}

/**
 * Takes in what other services tell of employees (APR-10). What concerns nobody, such as a missed clock of a
 * case that nobody has in hand, is no evidence.
 */
export function onToldOfStaff(evidence: EvidenceService): ConsumerDefinition {
  const complaints = { context: 'complaints' } as const;
  const reception = { context: 'reception' } as const;
  const named = new NamedInComplaints(evidence);
  const receive = async (staffId: string | null, one: Told, tx: EntityManager): Promise<void> => {
    if (staffId !== null) await evidence.receive(one, tx);
  };
  return {
    name: 'appraisal.evidence',
    handlers: [
      on(complaintsEvents.complaintClockMissed, (event, tx) => {
        const { handlerId, complaintId, clock } = event.data;
        const about = { kind: 'CLOCK_MISSED', staffId: handlerId ?? '', subjectId: complaintId } as const;
        return receive(handlerId, told(event, { ...complaints, ...about, code: clock }), tx);
      }),
      on(complaintsEvents.returnVisitRecorded, (event, tx) => {
        const { handlerId, complaintId, satisfaction } = event.data;
        const about = {
          kind: 'RETURN_VISIT_SCORE',
          staffId: handlerId ?? '',
          subjectId: complaintId,
        } as const;
        return receive(handlerId, told(event, { ...complaints, ...about, satisfaction }), tx);
      }),
      on(complaintsEvents.complaintReceived, (event, tx) => named.received(event, tx)),
      on(complaintsEvents.complaintStaffNamed, (event, tx) => named.staffNamed(event, tx)),
      on(complaintsEvents.complaintCauseClassChanged, (event, tx) => named.causeClassChanged(event, tx)),
      on(receptionEvents.workOrderBreached, (event, tx) => {
        const { technicianId, workOrderId } = event.data;
        const about = {
          kind: 'APPOINTMENT_BREACHED',
          staffId: technicianId ?? '',
          subjectId: workOrderId,
        } as const;
        return receive(technicianId, told(event, { ...reception, ...about }), tx);
      }),
      on(receptionEvents.customerUninformed, (event, tx) => {
        const { ownerId, interactionId } = event.data;
        const about = { kind: 'CLOCK_MISSED', staffId: ownerId, subjectId: interactionId } as const;
        return receive(ownerId, told(event, { ...reception, ...about, code: 'CUSTOMER_UNINFORMED' }), tx);
      }),
      on(receptionEvents.partnerLate, (event, tx) => {
        const { ownerId, interactionId } = event.data;
        const about = { kind: 'PARTNER_LATE', staffId: ownerId, subjectId: interactionId } as const;
        return receive(ownerId, told(event, { ...reception, ...about }), tx);
      }),
      on(receptionEvents.staffPraised, (event, tx) => {
        const { staffId, interactionId } = event.data;
        const about = { kind: 'PRAISE', staffId, subjectId: interactionId } as const;
        return receive(staffId, told(event, { ...reception, ...about }), tx);
      }),
      on(salesEvents.leadUnderFollowed, (event, tx) => {
        const { consultantId, leadId } = event.data;
        const about = { kind: 'LEAD_UNDER_FOLLOWED', staffId: consultantId, subjectId: leadId } as const;
        return receive(consultantId, told(event, { context: 'sales', ...about }), tx);
      }),
    ],
    // Evidence stays: people have decided on it, and its key takes no event in twice.
    reset: async (tx) => {
      await tx.query('delete from named_in_complaint');
    },
  };
}
