import { registerEnumType } from 'type-graphql';

/** A member for each word, which stands for itself. */
type Members<Word extends string> = { readonly [W in Word]: W };

/** An enum of the graph with the words of the rules; texts for people are in the labels. */
export function graphEnum<const Word extends string>(
  name: string,
  description: string,
  words: readonly Word[],
  valuesConfig: { readonly [W in Word]?: { readonly description: string } } = {},
): Members<Word> {
  const type = Object.fromEntries(words.map((word) => [word, word])) as Members<Word>;
  registerEnumType(type, { name, description, valuesConfig });
  return type;
}

/** The words of a union that the rules keep no list of; one left out does not compile. */
export function wordsOf<Word extends string>(words: Record<Word, true>): readonly Word[] {
  return Object.keys(words) as Word[];
}
