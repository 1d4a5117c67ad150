import { configuredCipher, sealWords } from '@anju/access';
import { receptionEvents } from '@anju/events';
import type { InteractionFact, InteractionState } from '@anju/reception-rules';
import { eventsOfFacts, type OutgoingEvent } from '@anju/outbox';

const eventsOf = eventsOfFacts<InteractionFact>()({
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

/** What is published of a fact; the case of a complaint gets what the customer said, sealed (REC-17, DIR-05). */
export function interactionEvents(
  fact: InteractionFact,
  { content }: Pick<InteractionState, 'content'>,
): readonly OutgoingEvent[] {
  const events = eventsOf(fact);
  if (fact.type !== 'InteractionClassified' || fact.class !== 'COMPLAINT') return events;
  const sealedWords = sealWords(configuredCipher(), content);
  return events.map(({ contract, data }) => ({ contract, data: { ...data, sealedWords } }));
}
