import type { DataSource } from 'typeorm';
import { badInput } from '@anju/commands';
import {
  inCommon,
  similarCaseCriteria,
  similarities,
  similarityRanks,
  type ComplaintPolicy,
  type ComplaintSubject,
  type SimilarCase,
  type Similarity,
} from '@anju/complaints-rules';
import { addHours, isId } from '@anju/kernel';
import {
  inOrderOf,
  paginate,
  pagesByParent,
  projectScopeSql,
  readMany,
  type Connection,
  type PageArgs,
  type PageOrder,
  type RequestContext,
} from '@anju/subgraph';
import type { ComplaintFilter, ComplaintOrder } from './complaint-filter.inputs';
import { readPermission, type ComplaintFilters, type ComplaintQuery } from './complaint-filters';
import { joinPending } from './complaint-pending';
import { overviewOf } from './complaint-overview';
import type { ComplaintOverview } from './complaint-overview.schema';
import { Complaint } from './complaint.entity';
import type { ComplaintDeadlineFilter } from './complaint.inputs';
import type { ComplaintCounts } from './complaint.schema';

const newestFirst = { by: 'receivedAt', direction: 'DESC' } as const;
/** A leap year: further ahead nothing of a complaint falls due. */
const longestOutlookHours = 366 * 24;

/** Stands for a key that is no id at all, so that it finds nothing. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** By what a list is put in order, and what belongs to it at all. */
interface ListOrder {
  readonly order: PageOrder<Complaint>;
  readonly where?: string;
  /** Filters that say so already: said twice, PostgreSQL expects too few rows and sorts them all. */
  readonly saidBy?: (filter: ComplaintFilter) => boolean;
}

const orders: Readonly<Record<ComplaintOrder, ListOrder>> = {
  RECEIVED_LAST_FIRST: { order: newestFirst },
  RECEIVED_FIRST_FIRST: { order: { by: 'receivedAt', direction: 'ASC' } },
  DUE_FIRST: {
    order: { by: 'dutyDueAt', direction: 'ASC', of: 'p' },
    where: 'p.dutyDueAt is not null',
    saidBy: ({ dueTo, dueToday }) => dueTo != null || dueToday === true,
  },
  LONGEST_OVERDUE_FIRST: {
    order: { by: 'overdueSinceAt', direction: 'ASC', of: 'p' },
    where: 'p.overdueSinceAt is not null',
    saidBy: ({ overdue }) => overdue === true,
  },
  SEVEREST_FIRST: { order: { by: 'severityRank', direction: 'DESC' } },
};

/** What two complaints have in common, and where that puts a case among those that are offered. */
const similaritySql: Readonly<Record<Similarity, string>> = {
  UNIT: 'c.unitId = :unitId',
  BUILDING: 'c.buildingId = :buildingId',
  TOPIC: 'c.topic = :topic',
};
const similarityRank = `case ${similarityRanks
  .map((least, rank) => `when ${least.map((one) => similaritySql[one]).join(' and ')} then ${rank}`)
  .join(' ')} end`;

/** Reading complaints: every list is one statement, filtered by the projects of the reader. */
export class ComplaintLists {
  constructor(
    private readonly dataSource: DataSource,
    private readonly filters: ComplaintFilters,
  ) {}

  async page(
    filter: ComplaintFilter,
    orderBy: ComplaintOrder,
    page: PageArgs,
    context: RequestContext,
  ): Promise<Connection<Complaint>> {
    const query = await this.filters.apply(filter, context);
    const { order, where, saidBy } = orders[orderBy];
    if (order.of) joinPending(query, filter);
    if (where && !saidBy?.(filter)) query.andWhere(where);
    return paginate(query, order, page);
  }

  /** How many a filter leaves, and of which kinds. */
  overview(filter: ComplaintFilter, context: RequestContext): Promise<ComplaintOverview> {
    return overviewOf(this.dataSource, this.filters, filter, context);
  }

  /** Cases with something to fall due up to then, those with the earliest first. */
  async dueSoon(
    filter: ComplaintDeadlineFilter,
    page: PageArgs,
    now: Date,
    context: RequestContext,
  ): Promise<Connection<Complaint>> {
    const { withinHours, ...whose } = filter;
    if (withinHours < 1 || withinHours > longestOutlookHours) {
      throw badInput({
        field: 'filter.withinHours',
        problem: `is ${withinHours}`,
        expected: `a number from 1 to ${longestOutlookHours}`,
      });
    }
    const query = await this.filters.apply(whose, context);
    joinPending(query, whose);
    query.andWhere('p.nextDueAt <= :until', { until: addHours(now, withinHours) });
    return paginate(query, { by: 'nextDueAt', direction: 'ASC', of: 'p' }, page);
  }

  /** Open cases that a complaint may belong to (CMP-14); `id` is the complaint itself, where it is a case. */
  async similar(
    complaint: { readonly id: string | null; readonly projectId: string; readonly subject: ComplaintSubject },
    now: Date,
    policy: ComplaintPolicy,
    context: RequestContext,
  ): Promise<readonly SimilarCase<Complaint>[]> {
    const { projectId, statuses, subject, receivedFrom, most } = similarCaseCriteria(complaint, now, policy);
    const query = this.visible(context)
      .select('c.id', 'id')
      .addSelect(similarityRank, 'similarity_rank')
      .andWhere('c.projectId = :projectId and c.receivedAt >= :receivedFrom', { projectId, receivedFrom })
      // The index has the open ones.
      .andWhere('not c.isOver and c.status = any(:statuses)', { statuses })
      .andWhere(`(${similarities.map((one) => similaritySql[one]).join(' or ')})`, { ...subject });
    if (complaint.id !== null) query.andWhere('c.id <> :id', { id: complaint.id });
    const found: { id: string }[] = await query
      .orderBy('similarity_rank', 'ASC')
      .addOrderBy('c.receivedAt', 'DESC')
      .addOrderBy('c.id', 'ASC')
      .limit(most)
      .getRawMany();
    const cases = await this.byIds(
      found.map(({ id }) => id),
      context,
    );
    return cases
      .filter((one) => one !== null)
      .map((one) => ({ complaint: one, inCommon: inCommon(one.subject, subject) }));
  }

  /** In the order of the ids; null for what is not there or belongs to a project that the reader may not see. */
  async byIds(ids: readonly string[], context: RequestContext): Promise<(Complaint | null)[]> {
    const rows = await readMany(
      this.visible(context).andWhere('c.id = any(:ids)', { ids: ids.filter(isId) }),
    );
    return inOrderOf(ids, rows, (row) => row.id);
  }

  one(id: string, context: RequestContext): Promise<Complaint | null> {
    return context.loaders.load('complaint', id, (ids) => this.byIds(ids, context));
  }

  /** A page of the complaints of each parent, for all parents of the request at once. */
  pageOf(
    belonging: keyof typeof belongings,
    parentId: string,
    page: PageArgs,
    openOnly: boolean,
    context: RequestContext,
  ): Promise<Connection<Complaint>> {
    const scope = projectScopeSql(context, readPermission, 2);
    const kind = `complaints:${belonging}:${JSON.stringify([page.first, page.after, openOnly])}`;
    return context.loaders.load(kind, isId(parentId) ? parentId : nobody, (ids) =>
      pagesByParent(
        {
          dataSource: this.dataSource,
          entity: Complaint,
          belongs: belongings[belonging],
          where: {
            ...scope,
            sql: openOnly ? `${scope.sql} and not t.is_over` : scope.sql,
          },
          order: newestFirst,
        },
        ids,
        page,
      ),
    );
  }

  /**
   * The case of each contact. A case that a person put the contact into comes before one that its class
   * opened by itself.
   */
  ofInteraction(interactionId: string, context: RequestContext): Promise<Complaint | null> {
    return context.loaders.load('complaint:interaction', interactionId, async (ids) => {
      const wanted = ids.filter(isId);
      const rows = await readMany(
        this.visible(context)
          .andWhere('c.interactionIds && :wanted::uuid[]', { wanted })
          .orderBy('c.receivedAt', 'ASC')
          .addOrderBy('c.id', 'ASC'),
      );
      return ids.map((id) => {
        const cases = rows.filter((row) => row.interactionIds.includes(id));
        return cases.find((row) => row.openedFromInteractionId !== id) ?? cases[0] ?? null;
      });
    });
  }

  /** The counts of each project; null for one that the reader may not see complaints of. */
  countsOf(projectId: string, context: RequestContext): Promise<ComplaintCounts | null> {
    return context.loaders.load('complaint:counts', projectId, async (ids) => {
      const scope = projectScopeSql(context, readPermission, 2);
      const rows: (ComplaintCounts & { id: string })[] = await this.dataSource.query(
        `select p.id, count(t.id)::int as open,
                count(t.id) filter (where t.status <> 'RESOLVED')::int as unresolved,
                count(t.id) filter (where t.severity = 'GENERAL')::int as general,
                count(t.id) filter (where t.severity = 'HOT')::int as hot,
                count(t.id) filter (where t.severity = 'MAJOR')::int as major,
                count(t.id) filter (where t.overdue_since_at is not null)::int as overdue
         from (select id, id as project_id from unnest($1::uuid[]) as wanted(id)) p
         left join complaint t on t.project_id = p.id and not t.is_over
         where ${scope.sql.replace('t.', 'p.')} group by p.id`,
        [ids.filter(isId), ...scope.parameters],
      );
      return inOrderOf(ids, rows, (row) => row.id);
    });
  }

  private visible(context: RequestContext): ComplaintQuery {
    return this.filters.visible(context);
  }
}

/** How complaints `t` belong to what another service owns, `p`. */
const belongings = {
  customer: 't.customer_ids @> array[p.id]',
  unit: 't.unit_id = p.id',
  handler: 't.handler_id = p.id',
} as const;
