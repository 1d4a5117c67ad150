import type { DataSource } from 'typeorm';

/** How many of all cases have what, as PostgreSQL counted last. */
interface Shares {
  readonly cases: number;
  readonly ofTerm: ReadonlyMap<string, number>;
  /** Of a term that is in too few for a count of its own. */
  readonly ofOthers: number;
}

/** PostgreSQL counts anew when a tenth of the table has changed. */
const knownForMillis = 60_000;
/** What so large a share of all cases has is met soon on the way along a list: nothing is looked up before. */
const commonShare = 0.01;
/** So few are looked up at once, whatever their share. */
const fewIds = 200;
/** Where nothing was counted: what PostgreSQL takes it for. */
const unknownShare = 0.005;
/** Pairs of one word mostly come together: so many that have one have the other, too. */
const leftByNeighbour = 0.5;
/** To look at the text of a candidate costs as much as to pass so many cases of a term in the index. */
const passedForOneText = 150;

/**
 * Which terms of a search are looked for in the index, and whether it is worth it. The index passes every case of each
 * term that it is asked for: a term that is in many cases is left to the texts of those that the others find, unless
 * they would be too many.
 */
export class TermShares {
  private shares: Promise<Shares> | null = null;
  private knownUntil = -Infinity;

  constructor(private readonly dataSource: DataSource) {}

  /** @param words the terms of each word, at least one of each */
  async choose(
    words: readonly (readonly string[])[],
  ): Promise<{ readonly terms: readonly string[]; readonly areCommon: boolean }> {
    const { cases, ofTerm, ofOthers } = await this.counted();
    const shareOf = (term: string): number => ofTerm.get(term) ?? ofOthers;
    const rarestFirst = (some: readonly string[]): string[] =>
      [...some].sort((a, b) => shareOf(a) - shareOf(b));
    const ofWords = rarestFirst([...new Set(words.map((word) => rarestFirst(word)[0]!))]);
    const others = rarestFirst([...new Set(words.flat())].filter((term) => !ofWords.includes(term)));
    const expected = ofWords.reduce((left, term) => left * shareOf(term), cases);
    const areCommon = expected > fewIds && expected > commonShare * cases;
    const terms: string[] = [];
    let found = 1;
    const take = (term: string, leaves: number): void => {
      if (terms.length > 0 && shareOf(term) > passedForOneText * found * (1 - leaves)) return;
      terms.push(term);
      found *= leaves;
    };
    for (const term of ofWords) take(term, shareOf(term));
    for (const term of others) take(term, leftByNeighbour);
    return { terms, areCommon };
  }

  private counted(): Promise<Shares> {
    const now = performance.now();
    if (this.shares === null || now >= this.knownUntil) {
      this.knownUntil = now + knownForMillis;
      this.shares = this.read();
      // Whoever waits hears of it; the next one asks again.
      this.shares.catch(() => (this.shares = null));
    }
    return this.shares;
  }

  private async read(): Promise<Shares> {
    const [row]: { cases: number; terms: string[] | null; shares: number[] | null }[] =
      await this.dataSource.query(
        `select c.reltuples::float8 as cases, s.most_common_elems::text::text[] as terms,
                s.most_common_elem_freqs::float8[] as shares
         from pg_class c left join pg_stats s
           on s.schemaname = c.relnamespace::regnamespace::text and s.tablename = c.relname and s.attname = 'terms'
         where c.oid = 'complaint_words'::regclass`,
      );
    const { cases, terms, shares } = row!;
    const ofTerm = new Map((terms ?? []).map((term, n) => [term, shares![n]!]));
    // Behind the shares of the terms stands the lowest of them.
    const lowest = shares?.[ofTerm.size];
    const ofOthers = lowest === undefined ? unknownShare : Math.min(unknownShare, lowest / 2);
    return { cases: Math.max(0, cases), ofTerm, ofOthers };
  }
}
