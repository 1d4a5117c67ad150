import { receptionEvents } from '@anju/events';
import type { InteractionFact } from '@anju/reception-rules';
import { eventsOfFacts } from '@anju/outbox';

export const interactionEvents = eventsOfFacts<InteractionFact>()({
  InteractionRecorded: receptionEvents.interactionRecorded,
  InteractionClassified: receptionEvents.interactionClassified,
  // An offer is between two colleagues; what counts is that it was accepted.
  InteractionHandoverOffered: null,
  InteractionHandoverDeclined: null,
  InteractionHandedOver: receptionEvents.interactionHandedOver,
  CustomerTold: receptionEvents.customerTold,
  CustomerUninformed: receptionEvents.customerUninformed,
  InteractionClosed: receptionEvents.interactionClosed,
});
