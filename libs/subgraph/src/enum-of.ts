/** An object with a member per word, as type-graphql wants an enum. */
export function enumOf<const Word extends string>(words: readonly Word[]): { readonly [W in Word]: W } {
  return Object.fromEntries(words.map((word) => [word, word])) as { readonly [W in Word]: W };
}
