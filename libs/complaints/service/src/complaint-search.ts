import type { DataSource, EntityManager } from 'typeorm';
import { wordsOfCase, type ComplaintFact, type ComplaintState } from '@anju/complaints-rules';
import { sendLater } from '@anju/database';
import { searchTerms, searchedWords } from '@anju/kernel';
import { TermShares } from './term-shares';

/** Facts after which a case may have other words than before. */
const wordyFacts: ReadonlySet<ComplaintFact['type']> = new Set<ComplaintFact['type']>([
  'ComplaintReceived',
  'ComplaintWordsAdded',
  'ComplaintResponded',
  'ComplaintProgressRecorded',
  'ComplaintResolved',
  'ReturnVisitRecorded',
  'ComplaintReplySent',
  'ComplaintTookIn',
  'ComplaintReopened',
  'ComplaintPassedOn',
]);

export function bringsWords(fact: ComplaintFact): boolean {
  return wordyFacts.has(fact.type);
}

/**
 * Keeps the words of a case where they are searched: in a narrow table of their own, so that a step which adds no
 * words writes no index of words (docs/adr/0016).
 */
export async function keepWords(tx: EntityManager, state: ComplaintState): Promise<void> {
  const { words, terms } = wordsOfCase(state);
  await sendLater(
    tx,
    `insert into complaint_words (complaint_id, project_id, words, terms) values ($1, $2, $3, $4)
     on conflict (complaint_id) do update set words = excluded.words, terms = excluded.terms
       where complaint_words.words <> excluded.words`,
    [state.id, state.projectId, words, terms],
  );
}

/** So many cases are looked up by their ids; of more, every few on the way along a list is one. */
export const mostFoundIds = 2_000;

/** What a search comes to: which cases, or what their texts are like when they are many. */
export type Found =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'IDS'; readonly ids: readonly string[] }
  | { readonly kind: 'MANY'; readonly patterns: readonly string[] };

/**
 * Which cases have all words of a query. The pairs of neighbouring characters find candidates by the index, the text
 * itself tells which of them have the words.
 */
export class ComplaintSearch {
  private readonly shares: TermShares;

  constructor(private readonly dataSource: DataSource) {
    this.shares = new TermShares(dataSource);
  }

  /** @param scope projects that are looked in; of few projects all texts are looked at */
  async find(query: string, scope: 'ALL' | readonly string[]): Promise<Found> {
    const words = searchedWords(query);
    if (words.length === 0) return { kind: 'NONE' };
    // A searched text has letters, digits and pictures only: nothing in it means anything to `like`.
    const patterns = words.map((word) => `%${word}%`);
    const { terms, areCommon } = await this.shares.choose(words.map(searchTerms));
    if (areCommon) return { kind: 'MANY', patterns };
    const rows: { id: string }[] = await this.dataSource.query(
      `select complaint_id as id from complaint_words
       where terms @> $1::text[] and words like all($2::text[])${scope === 'ALL' ? '' : ' and project_id = any($3)'}
       limit ${mostFoundIds + 1}`,
      [terms, patterns, ...(scope === 'ALL' ? [] : [scope])],
    );
    if (rows.length > mostFoundIds) return { kind: 'MANY', patterns };
    return rows.length === 0 ? { kind: 'NONE' } : { kind: 'IDS', ids: rows.map(({ id }) => id) };
  }
}
