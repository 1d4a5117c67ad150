import { accept, isBlank, type Accepted } from '@anju/kernel';
import type { ComplaintState } from './complaint';
import { factOf, type ComplaintFact } from './facts';

export interface AddContactWords {
  readonly by: string;
  readonly interactionId: string;
  /** What the customer said in that contact. */
  readonly words: string;
}

/**
 * Keeps with the case what a customer said in a contact that belongs to it (REC-17, CMP-13): a case that has no
 * words yet takes them as its content, a later contact's stand beside. Nothing to do for a contact whose words are
 * there already, or who said nothing. In every status: what was said does not depend on how far the case is.
 */
export function addContactWords(
  state: ComplaintState,
  { by, interactionId, words }: AddContactWords,
  at: Date,
): Accepted<ComplaintState, ComplaintFact> {
  const isKnown = state.contactWords.some((known) => known.interactionId === interactionId);
  if (isKnown || isBlank(words)) return accept(state);
  const fact = factOf('ComplaintWordsAdded', state, at, { by, interactionId });
  const contactWords = [...state.contactWords, { interactionId, words, knownAt: at }];
  return accept({ ...state, content: state.content ?? words, contactWords }, fact);
}
