import type { DataSource } from 'typeorm';
import type { CauseClass, ComplaintStatus, Severity } from '@anju/complaints-rules';
import type { RequestContext } from '@anju/subgraph';
import type { ComplaintFilter } from './complaint-filter.inputs';
import type { ComplaintFilters } from './complaint-filters';
import type { ComplaintOverview } from './complaint-overview.schema';

/** So many cases are counted at most: a count of more helps nobody to choose, and would take longer than a list. */
export const mostCounted = 50_000;
/** Handlers and departments with the most cases. */
const mostGroups = 50;

interface GroupRow {
  readonly grouped: number;
  readonly status: ComplaintStatus | null;
  readonly severity: Severity | null;
  readonly cause_class: CauseClass | null;
  readonly handler_id: string | null;
  readonly responsible_department: string | null;
  readonly count: number;
  readonly overdue: number;
  readonly unassigned: number;
}

/** The columns that a grouping set leaves out, as `grouping()` tells them. */
const groupedBy = { status: 15, severity: 23, causeClass: 27, handler: 29, department: 30, all: 31 } as const;

/** How many cases a filter leaves, and of which kinds: one statement over at most `mostCounted` cases. */
export async function overviewOf(
  dataSource: DataSource,
  filters: ComplaintFilters,
  filter: ComplaintFilter,
  context: RequestContext,
): Promise<ComplaintOverview> {
  const query = await filters.apply(filter, context);
  const [found, parameters] = query
    .select('c.status', 'status')
    .addSelect('c.severity', 'severity')
    .addSelect('c.causeClass', 'cause_class')
    .addSelect('c.handlerId', 'handler_id')
    .addSelect('c.responsibleDepartment', 'responsible_department')
    .addSelect('c.overdueSinceAt', 'overdue_since_at')
    .orderBy('c.receivedAt', 'DESC')
    .limit(mostCounted + 1)
    .getQueryAndParameters();
  const rows: GroupRow[] = await dataSource.query(
    `select grouping(status, severity, cause_class, handler_id, responsible_department)::int as grouped,
            status, severity, cause_class, handler_id, responsible_department, count(*)::int as count,
            count(overdue_since_at)::int as overdue,
            count(*) filter (where handler_id is null)::int as unassigned
     from (${found} offset 0) found
     group by grouping sets ((status), (severity), (cause_class), (handler_id), (responsible_department), ())
     order by count(*) desc, handler_id, responsible_department`,
    parameters,
  );
  const groups = (by: number): readonly GroupRow[] => rows.filter(({ grouped }) => grouped === by);
  const [all] = groups(groupedBy.all);
  const total = all?.count ?? 0;
  return {
    total: Math.min(total, mostCounted),
    isComplete: total <= mostCounted,
    overdue: all?.overdue ?? 0,
    unassigned: all?.unassigned ?? 0,
    byStatus: groups(groupedBy.status).map(({ status, count }) => ({ status: status!, count })),
    bySeverity: groups(groupedBy.severity).map(({ severity, count }) => ({ severity: severity!, count })),
    byCauseClass: groups(groupedBy.causeClass).map((row) => ({
      causeClass: row.cause_class!,
      count: row.count,
    })),
    byHandler: groups(groupedBy.handler)
      .flatMap(({ handler_id: id, count }) => (id === null ? [] : [{ handler: { id }, count }]))
      .slice(0, mostGroups),
    byDepartment: groups(groupedBy.department)
      .flatMap(({ responsible_department: departmentCode, count }) =>
        departmentCode === null ? [] : [{ departmentCode, count }],
      )
      .slice(0, mostGroups),
  };
}
