import { bigrams, searchedText } from '@anju/kernel';
import type { ComplaintState } from './complaint';

/** What a case is found by. */
export interface CaseWords {
  /** Its texts as `searchedText` has them, one a line: no word is found across the end of one and the next. */
  readonly words: string;
  /** The pairs of neighbouring characters of its texts, each once. */
  readonly terms: readonly string[];
}

/** What the customers of a case said, and what was written down of the handling, as it is searched. */
export function wordsOfCase(state: ComplaintState): CaseWords {
  const { content, contactWords, responses, progress, resolutions, returnVisits, reopenings, passings } =
    state;
  const texts = [
    content,
    ...contactWords.map(({ words }) => words),
    ...responses.map(({ text }) => text),
    ...progress.map(({ text }) => text),
    ...resolutions.map(({ result }) => result),
    ...returnVisits.map(({ remarks }) => remarks),
    ...reopenings.map(({ reason }) => reason),
    ...passings.map(({ reference }) => reference),
  ].filter((text) => text !== null);
  const different = [...new Set(texts)];
  return {
    words: different.map(searchedText).join('\n'),
    terms: [...new Set(different.flatMap(bigrams))],
  };
}
