/** Not part of a word: everything but letters, digits, marks and pictures, and what only varies a picture. */
const NOT_SEARCHED = /[^\p{L}\p{N}\p{M}\p{So}]|\p{Variation_Selector}/gu;

function charactersOf(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  return Array.from(folded.replace(NOT_SEARCHED, ''));
}

/**
 * What a text can be found by: each character and each pair of neighbours, once each, without regard to case,
 * width, spaces and punctuation. Stored in an array column; a query's `searchTerms` are asked for with `@>`.
 */
export function bigrams(text: string): string[] {
  const characters = charactersOf(text);
  const found = new Set<string>(characters);
  for (let index = 1; index < characters.length; index++) {
    found.add(`${characters[index - 1]}${characters[index]}`);
  }
  return [...found];
}

/**
 * The members of `bigrams` that a text must have to answer a query: the pairs of each word, or the character
 * of a word of one. Words are separated by spaces and may stand anywhere in the text. Empty when the query
 * has no letter, digit or picture: there is nothing to search for then, and `@>` would find every row.
 */
export function searchTerms(query: string): string[] {
  const terms = new Set<string>();
  for (const word of query.split(/\s+/u)) {
    const characters = charactersOf(word);
    if (characters.length === 1) terms.add(characters[0]!);
    for (let index = 1; index < characters.length; index++) {
      terms.add(`${characters[index - 1]}${characters[index]}`);
    }
  }
  return [...terms];
}

/**
 * A text as it is searched: folded, without spaces and punctuation. Pairs alone find more than they should; whether
 * a found text really has a word is whether its `searchedText` has the word's `searchedWords` in it.
 */
export function searchedText(text: string): string {
  return charactersOf(text).join('');
}

/** The words of a query as they stand in a `searchedText`; those without a letter, digit or picture left out. */
export function searchedWords(query: string): string[] {
  return [...new Set(query.split(/\s+/u).map(searchedText))].filter((word) => word !== '');
}
