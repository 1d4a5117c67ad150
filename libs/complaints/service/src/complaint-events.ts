import type { ComplaintFact } from '@anju/complaints-rules';
import { complaintsEvents } from '@anju/events';
import { outgoing, type OutgoingEvent } from '@anju/outbox';

/** A fact as it is published: instants as text. */
type Published<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Published<Item>[]
    : Value extends object
      ? { -readonly [Key in keyof Value]: Published<Value[Key]> }
      : Value;

type PublishedFact<Type extends ComplaintFact['type']> = Published<Extract<ComplaintFact, { type: Type }>>;

/** The event of each fact; the compiler holds the fact's data against the event's. */
const eventOf: { readonly [Type in ComplaintFact['type']]: (fact: PublishedFact<Type>) => OutgoingEvent } = {
  ComplaintReceived: (fact) => outgoing(complaintsEvents.complaintReceived, fact),
  ComplaintAcknowledged: (fact) => outgoing(complaintsEvents.complaintAcknowledged, fact),
  ComplaintAssigned: (fact) => outgoing(complaintsEvents.complaintAssigned, fact),
  ComplaintResponded: (fact) => outgoing(complaintsEvents.complaintResponded, fact),
  ComplaintProgressRecorded: (fact) => outgoing(complaintsEvents.complaintProgressRecorded, fact),
  ComplaintFactsAdded: (fact) => outgoing(complaintsEvents.complaintFactsAdded, fact),
  ComplaintStaffNamed: (fact) => outgoing(complaintsEvents.complaintStaffNamed, fact),
  ComplaintSeverityChanged: (fact) => outgoing(complaintsEvents.complaintSeverityChanged, fact),
  ComplaintCauseClassChanged: (fact) => outgoing(complaintsEvents.complaintCauseClassChanged, fact),
  ComplaintCustomerJoined: (fact) => outgoing(complaintsEvents.complaintCustomerJoined, fact),
  ComplaintCustomerReplaced: (fact) => outgoing(complaintsEvents.complaintCustomerReplaced, fact),
  DemandFormFiled: (fact) => outgoing(complaintsEvents.demandFormFiled, fact),
  ComplaintClockMet: (fact) => outgoing(complaintsEvents.complaintClockMet, fact),
  ComplaintClockMissed: (fact) => outgoing(complaintsEvents.complaintClockMissed, fact),
  ComplaintResolved: (fact) => outgoing(complaintsEvents.complaintResolved, fact),
  ReturnVisitRecorded: (fact) => outgoing(complaintsEvents.returnVisitRecorded, fact),
  LinkedCaseRequested: (fact) => outgoing(complaintsEvents.linkedCaseRequested, fact),
  SpecialReportSubmitted: (fact) => outgoing(complaintsEvents.specialReportSubmitted, fact),
  ComplaintReopened: (fact) => outgoing(complaintsEvents.complaintReopened, fact),
  ComplaintClosed: (fact) => outgoing(complaintsEvents.complaintClosed, fact),
};

/** What is published of a fact: itself, under the event's name. */
export function complaintEvents(fact: ComplaintFact): readonly OutgoingEvent[] {
  const published = JSON.parse(JSON.stringify(fact)) as never;
  return [eventOf[fact.type](published)];
}
