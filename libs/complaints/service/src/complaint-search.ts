import type { EntityManager } from 'typeorm';
import { wordsOfCase, type ComplaintFact, type ComplaintState } from '@anju/complaints-rules';
import { sendLater } from '@anju/database';
import { searchTerms, searchedWords } from '@anju/kernel';

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

/** What so large a share of all cases has is met soon on the way along a list: nothing is looked up before. */
const commonShare = 0.01;
/** So few are looked up at once, whatever their share. */
const fewIds = 200;

/** What a search comes to: which cases, or what their texts are like when they are many. */
export type Found =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'IDS'; readonly ids: readonly string[] }
  | { readonly kind: 'MANY'; readonly patterns: readonly string[] };

/** What PostgreSQL expects by its statistics: it looks at no case for that. */
async function areCommon(manager: EntityManager, terms: readonly string[]): Promise<boolean> {
  const [planned]: [{ 'QUERY PLAN': readonly [{ Plan: { 'Plan Rows': number } }] }] = await manager.query(
    'explain (format json) select from complaint_words where terms @> $1::text[]',
    [terms],
  );
  const expected = planned['QUERY PLAN'][0].Plan['Plan Rows'];
  if (expected <= fewIds) return false;
  const [table]: [{ rows: number }] = await manager.query(
    `select reltuples as rows from pg_class where oid = 'complaint_words'::regclass`,
  );
  return expected > commonShare * table.rows;
}

/**
 * Which cases have all words of a query. The pairs of neighbouring characters find candidates by the index, the text
 * itself tells which of them have the words.
 * @param scope projects that are looked in; of few projects all texts are looked at
 */
export async function findWords(
  manager: EntityManager,
  query: string,
  scope: 'ALL' | readonly string[],
): Promise<Found> {
  const terms = searchTerms(query);
  if (terms.length === 0) return { kind: 'NONE' };
  // A searched text has letters, digits and pictures only: nothing in it means anything to `like`.
  const patterns = searchedWords(query).map((word) => `%${word}%`);
  if (await areCommon(manager, terms)) return { kind: 'MANY', patterns };
  const rows: { id: string }[] = await manager.query(
    `select complaint_id as id from complaint_words
     where terms @> $1::text[] and words like all($2::text[])${scope === 'ALL' ? '' : ' and project_id = any($3)'}
     limit ${mostFoundIds + 1}`,
    [terms, patterns, ...(scope === 'ALL' ? [] : [scope])],
  );
  if (rows.length > mostFoundIds) return { kind: 'MANY', patterns };
  return rows.length === 0 ? { kind: 'NONE' } : { kind: 'IDS', ids: rows.map(({ id }) => id) };
}
