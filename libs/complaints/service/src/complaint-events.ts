import type { ComplaintFact } from '@anju/complaints-rules';
import { complaintsEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';

/** What is published of a fact of the complaint rules. */
export const complaintEvents = eventsOfFacts<ComplaintFact>()({
  ComplaintReceived: complaintsEvents.complaintReceived,
  ComplaintAcknowledged: complaintsEvents.complaintAcknowledged,
  ComplaintAssigned: complaintsEvents.complaintAssigned,
  ComplaintResponded: complaintsEvents.complaintResponded,
  ComplaintProgressRecorded: complaintsEvents.complaintProgressRecorded,
  ComplaintFactsAdded: complaintsEvents.complaintFactsAdded,
  // Words are for those who work on the case, not for events.
  ComplaintWordsAdded: null,
  ComplaintStaffNamed: complaintsEvents.complaintStaffNamed,
  ComplaintSeverityChanged: complaintsEvents.complaintSeverityChanged,
  ComplaintCauseClassChanged: complaintsEvents.complaintCauseClassChanged,
  ComplaintCustomerJoined: complaintsEvents.complaintCustomerJoined,
  ComplaintCustomerReplaced: complaintsEvents.complaintCustomerReplaced,
  ComplaintAttachmentAdded: complaintsEvents.complaintAttachmentAdded,
  ComplaintAttachmentRemoved: complaintsEvents.complaintAttachmentRemoved,
  DemandFormFiled: complaintsEvents.demandFormFiled,
  ComplaintClockStarted: complaintsEvents.complaintClockStarted,
  ComplaintClockWarned: complaintsEvents.complaintClockWarned,
  ComplaintClockPaused: complaintsEvents.complaintClockPaused,
  ComplaintClockResumed: complaintsEvents.complaintClockResumed,
  ComplaintClocksRecomputed: complaintsEvents.complaintClocksRecomputed,
  ComplaintAgeingWarned: complaintsEvents.complaintAgeingWarned,
  ComplaintCallbackPromised: complaintsEvents.complaintCallbackPromised,
  ComplaintClockMet: complaintsEvents.complaintClockMet,
  ComplaintClockMissed: complaintsEvents.complaintClockMissed,
  ComplaintResolved: complaintsEvents.complaintResolved,
  ReturnVisitRecorded: complaintsEvents.returnVisitRecorded,
  LinkedCaseRequested: complaintsEvents.linkedCaseRequested,
  SpecialReportSubmitted: complaintsEvents.specialReportSubmitted,
  ComplaintReopened: complaintsEvents.complaintReopened,
  ComplaintClosed: complaintsEvents.complaintClosed,
});
