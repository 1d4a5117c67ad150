import type { EntityManager } from 'typeorm';
import { sendLater } from '@anju/database';
import type { Actor } from './actor';

/** One accepted command: rows are written in the command's transaction and never changed. */
export interface HistoryRow {
  readonly aggregateType: string;
  readonly aggregateId: string;
  /** The aggregate's version after the command. */
  readonly version: number;
  readonly command: string;
  readonly actor: string;
  readonly at: Date;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string | null;
  readonly facts: readonly { readonly type: string }[];
  /** Where it was done; none: in no project. Of what belongs to several, each sees what was done in it. */
  readonly projectIds: readonly string[];
}

interface Happening {
  readonly actor: Actor;
  /** The projects of the aggregate. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly facts: readonly { readonly type: string; readonly projectId?: unknown }[];
}

/**
 * The projects in which a command counts as done: those that its facts name; else those that the aggregate comes to
 * or leaves; else all of the aggregate's. Of these, those in which the actor acts.
 */
export function projectsOfCommand({ actor, before, after, facts }: Happening): string[] {
  const named = facts.flatMap(({ projectId }) => (typeof projectId === 'string' ? [projectId] : []));
  const moved = [
    ...before.filter((id) => !after.includes(id)),
    ...after.filter((id) => !before.includes(id)),
  ];
  const concerned = [...new Set(named.length > 0 ? named : moved.length > 0 ? moved : after)];
  const { principal } = actor;
  if (!principal) return concerned;
  const acting = principal.roles.flatMap(({ projectIds }) => projectIds);
  const own = concerned.filter((id) => acting.includes('ALL') || acting.includes(id));
  return own.length > 0 ? own : concerned;
}

export async function appendToHistory(tx: EntityManager, rows: readonly HistoryRow[]): Promise<void> {
  await sendLater(
    tx,
    `insert into history (aggregate_type, aggregate_id, version, command, actor, at, from_status, to_status, reason, facts,
                          project_ids)
     select r->>'aggregateType', (r->>'aggregateId')::uuid, (r->>'version')::int, r->>'command', r->>'actor',
            (r->>'at')::timestamptz, r->>'from', r->>'to', r->>'reason', r->'facts',
            array(select jsonb_array_elements_text(r->'projectIds'))::uuid[]
     from jsonb_array_elements($1::jsonb) with ordinality as t(r, n) order by n`,
    [JSON.stringify(rows)],
  );
}

/**
 * The history of several aggregates at once, oldest first; for a batched graph field.
 * @param scope the projects of which it is told; what was done in no project is told in each
 */
export async function historyOf(
  manager: EntityManager,
  aggregateType: string,
  aggregateIds: readonly string[],
  scope: 'ALL' | readonly string[] = 'ALL',
): Promise<Map<string, HistoryRow[]>> {
  const rows: HistoryRow[] = await manager.query(
    `select aggregate_type as "aggregateType", aggregate_id as "aggregateId", version, command, actor, at,
            from_status as "from", to_status as "to", reason, facts, project_ids as "projectIds"
     from history where aggregate_type = $1 and aggregate_id = any($2)
       and ($3::uuid[] is null or project_ids = '{}' or project_ids && $3)
     order by aggregate_id, version`,
    [aggregateType, aggregateIds, scope === 'ALL' ? null : scope],
  );
  const byId = new Map<string, HistoryRow[]>(aggregateIds.map((id) => [id, []]));
  for (const row of rows) byId.get(row.aggregateId)?.push(row);
  return byId;
}

/** One fact of a command, as its history keeps it: ids, codes and numbers; instants as text. */
export interface RecordedFact<Fact> {
  /** When the command counts for. */
  readonly at: Date;
  /** A staff id, or `system:` and what acted. */
  readonly actor: string;
  readonly fact: Fact;
}

/** The facts of one type in the histories of several aggregates at once, oldest first; for a batched graph field. */
export async function recordedFactsOf<Fact extends { readonly type: string }>(
  manager: EntityManager,
  aggregateType: string,
  aggregateIds: readonly string[],
  type: Fact['type'],
): Promise<Map<string, RecordedFact<Fact>[]>> {
  const rows: (RecordedFact<Fact> & { readonly aggregateId: string })[] = await manager.query(
    `select aggregate_id as "aggregateId", at, actor, fact
     from history cross join jsonb_array_elements(facts) with ordinality as each (fact, place)
     where aggregate_type = $1 and aggregate_id = any($2) and fact->>'type' = $3
     order by aggregate_id, version, place`,
    [aggregateType, aggregateIds, type],
  );
  const byId = new Map<string, RecordedFact<Fact>[]>(aggregateIds.map((id) => [id, []]));
  for (const { aggregateId, ...recorded } of rows) byId.get(aggregateId)?.push(recorded);
  return byId;
}
