import type { DataSource, ObjectLiteral } from 'typeorm';
import {
  afterWhatIsDue,
  badInput,
  composePolicy,
  type AggregateColumns,
  type AggregateState,
  type PolicyStore,
  type ScopeValues,
} from '@anju/commands';
import type { DueTime } from '@anju/deadlines';
import { isId, isRefused } from '@anju/kernel';
import { readMany } from '@anju/subgraph';
import { openCondition, type RecomputedAggregate } from './recomputation';
import type { PolicyVersionState } from './policy-version';

/** A due time that would be another; null where there is none before, or none afterwards. */
export interface DueTimeEffect {
  readonly kind: string;
  readonly fromDueAt: Date | null;
  readonly toDueAt: Date | null;
}

/** A field that would have another value, both as text. */
export interface FieldEffect {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** What a draft would change of one. */
export interface PolicyEffect {
  readonly subjectId: string;
  readonly dueTimes: readonly DueTimeEffect[];
  readonly fields: readonly FieldEffect[];
}

export interface PolicyPreview {
  /** All that have not ended, where the draft would hold. */
  readonly open: number;
  /** Of these, those that this page has looked at; its counts are of them. */
  readonly lookedAt: number;
  readonly changing: number;
  readonly otherDueTimes: number;
  readonly otherFields: readonly { readonly field: string; readonly count: number }[];
  /** The first of those that would change. */
  readonly examples: readonly PolicyEffect[];
  /** Where the next page goes on; null where all have been looked at. */
  readonly continueAfter: string | null;
}

/** What is looked at of an aggregate beside its due times. */
export interface Previewed {
  readonly aggregate: RecomputedAggregate;
  readonly watched: readonly string[];
}

/** Between two batches others have their turn. */
const batchSize = 200;
export const mostLookedAt = 2_000;
export const mostExamples = 20;

const sameInstant = (a: DueTime, b: DueTime): boolean => a.kind === b.kind && +a.dueAt === +b.dueAt;

/** Due times that are not the same in both, those of a kind beside each other. */
export function dueTimeEffects(before: readonly DueTime[], after: readonly DueTime[]): DueTimeEffect[] {
  const gone = before.filter((one) => !after.some((other) => sameInstant(one, other)));
  const come = after.filter((one) => !before.some((other) => sameInstant(one, other)));
  const kinds = [...new Set([...gone, ...come].map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const from = gone.filter((one) => one.kind === kind);
    const to = come.filter((one) => one.kind === kind);
    return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => ({
      ...{ kind, fromDueAt: from[index]?.dueAt ?? null, toDueAt: to[index]?.dueAt ?? null },
    }));
  });
}

type Subject = ObjectLiteral & { readonly id: string; readonly projectId: string };

interface Cursor {
  readonly projectId: string;
  readonly id: string;
}

function cursorOf(after: string | null | undefined): Cursor | null {
  if (after == null) return null;
  const [projectId = '', id = ''] = after.split('/');
  if (isId(projectId) && isId(id)) return { projectId, id };
  throw badInput({ field: 'after', problem: 'is no cursor of a preview', expected: 'a `continueAfter`' });
}

/**
 * What would change of what is open if a draft were in force: computed by the rules themselves, and nothing written.
 * Looks at no more than `mostLookedAt`; the page after goes on from there.
 * @param at the moment that it would come in force
 * @throws Fault BAD_USER_INPUT for a cursor that is none
 */
export async function previewPolicy<Policy extends object>(
  dataSource: DataSource,
  {
    store,
    draft,
    previewed,
  }: {
    readonly store: PolicyStore<Policy>;
    readonly draft: Pick<PolicyVersionState, 'projectId' | 'values'>;
    readonly previewed: Previewed;
  },
  after: string | null | undefined,
  at: Date,
): Promise<PolicyPreview> {
  const { aggregate, watched } = previewed;
  const environmentOf = environmentsUnder(dataSource, store, draft, aggregate);
  let cursor = cursorOf(after);
  let lookedAt = 0;
  let isComplete = false;
  const effects: PolicyEffect[] = [];
  while (lookedAt < mostLookedAt && !isComplete) {
    const batch = await openFrom(dataSource, aggregate, draft.projectId, cursor);
    isComplete = batch.length < batchSize;
    for (const subject of batch) {
      const environment = await environmentOf(subject.projectId);
      const effect = effectOn(subject, environment, aggregate, watched, at);
      if (effect) effects.push(effect);
    }
    lookedAt += batch.length;
    cursor = batch.at(-1) ?? cursor;
  }
  return {
    open: await countOpen(dataSource, aggregate, draft.projectId),
    lookedAt,
    changing: effects.length,
    otherDueTimes: effects.filter(({ dueTimes }) => dueTimes.length > 0).length,
    otherFields: watched.map((field) => ({
      field,
      count: effects.filter(({ fields }) => fields.some((one) => one.field === field)).length,
    })),
    examples: effects.slice(0, mostExamples),
    continueAfter: isComplete || !cursor ? null : `${cursor.projectId}/${cursor.id}`,
  };
}

/** The environment of each project with the draft in its place, loaded once. */
function environmentsUnder<Policy extends object>(
  dataSource: DataSource,
  store: PolicyStore<Policy>,
  draft: Pick<PolicyVersionState, 'projectId' | 'values'>,
  aggregate: RecomputedAggregate,
): (projectId: string) => Promise<object> {
  const scopes: Promise<ScopeValues[]> = dataSource.query(
    `select project_id as "projectId", number, values from policy_in_force`,
  );
  const known = new Map<string, Promise<object>>();
  const load = async (projectId: string): Promise<object> => {
    const inForce = (await scopes).filter((scope) => scope.projectId !== draft.projectId);
    const before = (await scopes).find((scope) => scope.projectId === draft.projectId);
    const all = [...inForce, { ...draft, number: (before?.number ?? 0) + 1 }];
    const scopeOf = (id: string | null) => all.find((scope) => scope.projectId === id);
    const { policy, version } = composePolicy(store.defaults, scopeOf(null), scopeOf(projectId));
    const environment = (await aggregate.environment(projectId, dataSource.manager)) as object;
    return { ...environment, policy, policyVersion: version };
  };
  return (projectId) => {
    const loaded = known.get(projectId) ?? load(projectId);
    known.set(projectId, loaded);
    return loaded;
  };
}

function effectOn(
  subject: Subject,
  environment: object,
  aggregate: RecomputedAggregate,
  watched: readonly string[],
  at: Date,
): PolicyEffect | null {
  const state = subject as unknown as AggregateState & AggregateColumns;
  const decision = aggregate.recompute?.(state, environment, at);
  if (!decision || isRefused(decision)) return null;
  // What falls due with it comes about at once: an age that has been reached makes a case severe (CMP-03).
  const after: ObjectLiteral = afterWhatIsDue(aggregate, { ...state, ...decision.state }, environment, at);
  const dueTimes = dueTimeEffects(
    aggregate.deadlines?.(state, environment) ?? [],
    aggregate.deadlines?.(decision.state, environment) ?? [],
  );
  const fields = watched
    .filter((field) => subject[field] !== after[field])
    .map((field) => ({ field, from: String(subject[field]), to: String(after[field]) }));
  return dueTimes.length > 0 || fields.length > 0 ? { subjectId: subject.id, dueTimes, fields } : null;
}

/** In the order of the index on what is open: project by project. */
function openFrom(
  dataSource: DataSource,
  aggregate: RecomputedAggregate,
  projectId: string | null,
  cursor: Cursor | null,
): Promise<Subject[]> {
  const entity = aggregate.entity as unknown as new () => Subject;
  const query = dataSource.createQueryBuilder(entity, 's').where(openCondition(aggregate));
  if (projectId !== null) query.andWhere('s.projectId = :projectId', { projectId });
  if (cursor) {
    query.andWhere('(s.projectId, s.id) > (:afterProject::uuid, :afterId::uuid)', {
      ...{ afterProject: cursor.projectId, afterId: cursor.id },
    });
  }
  return readMany(query.orderBy('s.projectId').addOrderBy('s.id').limit(batchSize));
}

async function countOpen(
  dataSource: DataSource,
  aggregate: RecomputedAggregate,
  projectId: string | null,
): Promise<number> {
  const { tablePath } = dataSource.getMetadata(aggregate.entity);
  const [row]: [{ count: number }] = await dataSource.query(
    `select count(*)::int as count from ${tablePath}
     where ${openCondition(aggregate)} and ($1::uuid is null or project_id = $1)`,
    [projectId],
  );
  return row.count;
}
