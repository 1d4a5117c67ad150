import type { DataSource, EntityManager } from 'typeorm';
import {
  systemActor,
  type AggregateColumns,
  type AggregateDefinition,
  type AggregateState,
  type CommandRunner,
} from '@anju/commands';
import { newId, type Clock } from '@anju/kernel';
import { isTransient, type Logger } from '@anju/outbox';
import type { Worker } from '@anju/subgraph';
import type { RecomputationProgress } from './recomputation.entity';

/** Why what is open is computed anew. */
export type RecomputationCause = 'POLICY' | 'CALENDAR';

export interface RecomputationRequest {
  readonly cause: RecomputationCause;
  /** Null: in all projects. */
  readonly projectId: string | null;
  /** Of the policy's scope, or of the project's calendars. */
  readonly causeVersion: number;
  readonly by: string;
  readonly at: Date;
}

/** An aggregate whose open ones can be computed anew. */
export type RecomputedAggregate = AggregateDefinition<
  AggregateState,
  { readonly type: string },
  unknown,
  AggregateState & AggregateColumns
>;

/** What goes into one transaction: others wait for no longer than it takes, nor for longer than it is computed. */
export const batchSize = 100;
/** So many transactions at once, of different projects: one is computed while the database writes another. */
const hands = 2;
/** After being woken: the transaction that brings something to do has not ended yet. */
const looksMillis = [10, 50, 250] as const;
/** While there is something to do that others keep from being done. */
const waitMillis = 100;
/** What happens here wakes it; this covers what other processes left behind. */
const pollMillis = 5_000;

const actor = systemActor('recomputation');

/** Written in the transaction that changes the policy or the calendar: either both have happened or neither. */
export async function requestRecomputation(
  tx: EntityManager,
  { cause, projectId, causeVersion, by, at }: RecomputationRequest,
  aggregateTypes: readonly string[],
): Promise<void> {
  if (aggregateTypes.length === 0) return;
  const id = newId();
  await tx.query(
    `insert into recomputation (id, cause, project_id, cause_version, requested_by, requested_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, cause, projectId, causeVersion, by, at],
  );
  await tx.query(
    `insert into recomputation_part (recomputation_id, aggregate_type, project_id)
     select $1, t.type, p.id from known_reference p, unnest($2::text[]) as t(type)
     where p.kind = 'project' and ($3::uuid is null or p.id = $3)`,
    [id, aggregateTypes, projectId],
  );
}

interface Part {
  readonly recomputationId: string;
  readonly aggregateType: string;
  readonly projectId: string;
  readonly cursor: string;
  readonly held: readonly string[];
  readonly cause: RecomputationCause;
  readonly causeVersion: number;
}

type Outcome = 'WORKED' | 'WAITING' | 'NOTHING';

/** The ids that a failed transaction was at. */
interface Attempt {
  readonly part: Part;
  readonly ids: readonly string[];
}

const partKey = (part: Part): string => `${part.recomputationId} ${part.aggregateType} ${part.projectId}`;

/**
 * Computes anew what is open, project by project, in short transactions beside the desk's. How far it has come is
 * written with what it did, so that whoever comes after a crash goes on from there; several instances share the work.
 * A part begins when no transaction is open any more that may still go by what held before.
 */
export class Recomputer implements Worker {
  private running: Promise<void> | null = null;
  private looks: number[] = [];
  private closed = false;
  private timer: NodeJS.Timeout | undefined;
  /** Parts in which something failed: one at a time, until the one that fails is found. */
  private readonly careful = new Set<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: CommandRunner,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly aggregates: readonly RecomputedAggregate[],
  ) {}

  get aggregateTypes(): readonly string[] {
    return this.aggregates.map(({ type }) => type);
  }

  start(): void {
    this.run();
  }

  /** May be called inside the transaction that brings something to do. */
  wake(): void {
    this.looks = [...looksMillis];
    if (!this.running) this.rest(pollMillis);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private run(): void {
    if (this.closed || this.running) return;
    this.running = Promise.all(Array.from({ length: hands }, () => this.hand())).then((outcomes) => {
      this.running = null;
      this.rest(outcomes.includes('WAITING') ? waitMillis : pollMillis);
    });
  }

  /** Never rejects. */
  private async hand(): Promise<Outcome> {
    try {
      return await this.workOff();
    } catch (err) {
      this.logger.error({ err }, 'due times cannot be computed anew');
      return 'NOTHING';
    }
  }

  private rest(pause: number): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(() => this.run(), Math.min(pause, this.looks.shift() ?? pause)).unref();
  }

  private async workOff(): Promise<Outcome> {
    for (;;) {
      if (this.closed) return 'NOTHING';
      await this.dataSource.query(
        'update recomputation set seen_at = clock_timestamp() where seen_at is null',
      );
      const outcome = await this.step();
      if (outcome !== 'WORKED') return outcome;
      this.commands.committed();
    }
  }

  private async step(): Promise<Outcome> {
    const begun: Attempt[] = [];
    try {
      return await this.dataSource.transaction((tx) => this.workOn(tx, begun));
    } catch (error) {
      const [attempt] = begun;
      if (!attempt || isTransient(error)) throw error;
      await this.afterFailure(attempt, error);
      return 'WORKED';
    }
  }

  /** @param begun told what the transaction is at */
  private async workOn(tx: EntityManager, begun: Attempt[]): Promise<Outcome> {
    const part = await claim(tx);
    if (!part) return (await isAnythingLeft(tx)) ? 'WAITING' : 'NOTHING';
    const aggregate = this.aggregates.find(({ type }) => type === part.aggregateType);
    if (!aggregate?.recompute) {
      // Of a release that computed it anew; this one does not.
      await this.finish(tx, part);
      return 'WORKED';
    }
    const size = this.careful.has(partKey(part)) ? 1 : batchSize;
    const fresh = await openAfter(tx, aggregate, part, size);
    if (fresh.length === 0 && part.held.length === 0) {
      await this.finish(tx, part);
      return 'WORKED';
    }
    const ids = fresh.length > 0 ? fresh : part.held.slice(0, size);
    begun.push({ part, ids });
    const { recompute } = aggregate;
    const { changed, held } = await this.commands.changeMany(aggregate, {
      ...{ actor, tx, ids, projectId: part.projectId, command: `recompute${aggregate.type}` },
      reason: `${part.cause} ${part.causeVersion}`,
      decide: (state, at, environment) => recompute(state, environment, at),
    });
    const others = part.held.filter((id) => !ids.includes(id));
    await this.note(tx, part, {
      cursor: fresh.at(-1) ?? part.cursor,
      held: [...others, ...held],
      lookedAt: ids.length - held.length,
      changed,
      // Those who hold them are given a moment, and the other projects their turn.
      pause: fresh.length === 0 && held.length === ids.length ? waitMillis : 0,
    });
    return 'WORKED';
  }

  private async finish(tx: EntityManager, part: Part): Promise<void> {
    this.careful.delete(partKey(part));
    await tx.query(
      `update recomputation_part set finished_at = $4
       where recomputation_id = $1 and aggregate_type = $2 and project_id = $3`,
      [part.recomputationId, part.aggregateType, part.projectId, this.clock.now()],
    );
  }

  private async note(
    tx: EntityManager,
    part: Part,
    done: {
      readonly cursor: string;
      readonly held: readonly string[];
      readonly lookedAt: number;
      readonly changed: number;
      readonly pause: number;
      readonly error?: string;
    },
  ): Promise<void> {
    const { cursor, held, lookedAt, changed, pause, error } = done;
    await tx.query(
      `update recomputation_part
       set cursor = $4, held = $5, looked_at = looked_at + $6, changed = changed + $7,
           retry_at = case when $8 > 0 then clock_timestamp() + make_interval(secs => $8 / 1000.0) end,
           failed = failed + case when $9::text is null then 0 else 1 end, last_error = coalesce($9, last_error)
       where recomputation_id = $1 and aggregate_type = $2 and project_id = $3`,
      [
        ...[part.recomputationId, part.aggregateType, part.projectId, cursor, held, lookedAt, changed],
        ...[pause, error?.slice(0, 2_000) ?? null],
      ],
    );
  }

  /** One that fails keeps nobody else from being computed anew: it stays as it is, and its failure is told. */
  private async afterFailure({ part, ids }: Attempt, error: unknown): Promise<void> {
    const { aggregateType, projectId } = part;
    if (ids.length > 1) {
      this.careful.add(partKey(part));
      this.logger.warn({ err: error, aggregateType, projectId }, 'some cannot be computed anew: one by one');
      return;
    }
    const [id] = ids as [string];
    this.logger.error({ err: error, aggregateType, id }, 'cannot be computed anew');
    await this.note(this.dataSource.manager, part, {
      cursor: part.cursor > id ? part.cursor : id,
      held: part.held.filter((one) => one !== id),
      ...{ lookedAt: 1, changed: 0, pause: 0 },
      error: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Nobody else works on it until the transaction ends. */
async function claim(tx: EntityManager): Promise<Part | undefined> {
  const [part] = await tx.query<Part[]>(
    `select p.recomputation_id as "recomputationId", p.aggregate_type as "aggregateType",
            p.project_id as "projectId", p.cursor, p.held, r.cause, r.cause_version as "causeVersion"
     from recomputation_part p join recomputation r on r.id = p.recomputation_id
     where p.finished_at is null and (p.retry_at is null or p.retry_at <= clock_timestamp())
       and r.seen_at < coalesce((
         select min(a.xact_start) from pg_stat_activity a
         where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
       ), 'infinity')
     order by r.requested_at, r.id, p.project_id, p.aggregate_type limit 1 for update of p skip locked`,
  );
  return part;
}

async function isAnythingLeft(tx: EntityManager): Promise<boolean> {
  const rows: object[] = await tx.query('select from recomputation_part where finished_at is null limit 1');
  return rows.length > 0;
}

/** SQL for what has not ended. */
export function openCondition({ stillOpen = 'true' }: Pick<RecomputedAggregate, 'stillOpen'>): string {
  return stillOpen;
}

async function openAfter(
  tx: EntityManager,
  aggregate: RecomputedAggregate,
  { projectId, cursor }: Part,
  size: number,
): Promise<string[]> {
  const { tablePath } = tx.dataSource.getMetadata(aggregate.entity);
  const rows: { id: string }[] = await tx.query(
    `select id from ${tablePath} where project_id = $1 and id > $2 and ${openCondition(aggregate)}
     order by id limit ${size}`,
    [projectId, cursor],
  );
  return rows.map(({ id }) => id);
}

/** How far recomputations have come, in their order. @param scope the projects that count */
export async function progressOf(
  dataSource: DataSource,
  ids: readonly string[],
  scope: 'ALL' | readonly string[],
): Promise<RecomputationProgress[]> {
  const rows: (RecomputationProgress & { id: string })[] = await dataSource.query(
    `select r.id, count(distinct p.project_id)::int as projects,
            (count(distinct p.project_id) - count(distinct p.project_id) filter (where p.finished_at is null))::int
              as "projectsDone",
            coalesce(sum(p.looked_at), 0)::int as "lookedAt", coalesce(sum(p.changed), 0)::int as changed,
            coalesce(sum(p.failed), 0)::int as failed,
            case when count(*) filter (where p.recomputation_id is not null and p.finished_at is null) = 0
                 then coalesce(max(p.finished_at), r.requested_at) end as "finishedAt"
     from recomputation r left join recomputation_part p
       on p.recomputation_id = r.id and ($2::uuid[] is null or p.project_id = any($2))
     where r.id = any($1) group by r.id`,
    [ids, scope === 'ALL' ? null : scope],
  );
  return ids.map((id) => rows.find((row) => row.id === id)!);
}
