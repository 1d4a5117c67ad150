/** So many aggregates are a few milliseconds of work at most. */
const aTurn = 25;

/** Others have their turn, where the work is on many: at once it would keep the process from them for too long. */
export async function letOthers(many: number): Promise<void> {
  if (many > aTurn) await new Promise((resolve) => setImmediate(resolve));
}

/** The same items, with a turn for others after every few. */
export async function* inTurns<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (let from = 0; from < items.length; from += aTurn) {
    if (from > 0) await letOthers(items.length);
    yield items.slice(from, from + aTurn);
  }
}
