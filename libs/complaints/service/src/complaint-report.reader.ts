import type { DataSource, EntityManager } from 'typeorm';
import type { CauseClass, ReportPeriod, Severity } from '@anju/complaints-rules';
import { addLocalDays } from '@anju/kernel';
import { defaultTimeZone } from '@anju/labels';

/** Which figures are asked for. */
export interface ReportQuestion {
  readonly period: ReportPeriod;
  readonly previous: ReportPeriod;
  readonly projects: 'ALL' | readonly string[];
  /** No case is open, or so old, later than now. */
  readonly now: Date;
}

type Which = 'current' | 'previous';

/** A row of figures; `grouped` says which of the columns before the figures it is for. */
interface Grouped {
  readonly period: Which;
  readonly grouped: number;
  readonly projectId: string | null;
}

export interface ReceivedRow extends Grouped {
  readonly causeClass: CauseClass | null;
  readonly severity: Severity | null;
  readonly channel: string | null;
  readonly topic: string | null;
  readonly count: number;
  readonly open: number;
  readonly major: number;
  readonly hot: number;
  readonly everResolved: number;
  readonly cameBack: number;
  readonly ofSeveralCustomers: number;
}

export interface ResolvedRow extends Grouped {
  readonly count: number;
  /** Mean and longest, decimals as text. */
  readonly meanHours: string;
  readonly longestHours: string;
}

export interface ClockRow extends Grouped {
  readonly kind: string | null;
  readonly kept: number;
  readonly missed: number;
  readonly undone: number;
  readonly pending: number;
}

export interface VisitRow extends Grouped {
  readonly count: number;
  /** A decimal as text. */
  readonly mean: string;
  /** Visits with 1, 2, 3, 4 and 5 points. */
  readonly points: readonly number[];
}

export interface CountRow extends Grouped {
  readonly name: string | null;
  readonly count: number;
}

export interface ReportRows {
  readonly received: readonly ReceivedRow[];
  readonly resolved: readonly ResolvedRow[];
  readonly closed: readonly CountRow[];
  readonly clocks: readonly ClockRow[];
  readonly visits: readonly VisitRow[];
  /** Visits that nobody owes any more although none was made, by why. */
  readonly released: readonly CountRow[];
  readonly facts: readonly CountRow[];
  readonly ages: readonly CountRow[];
}

/** What `grouping()` tells of the columns that a row is for: each that it is not for counts, the last one 1. */
export const grouped = {
  /** Of project, cause class, severity, channel and topic. */
  received: {
    total: 31,
    project: 15,
    causeClass: 23,
    severity: 27,
    channel: 29,
    topic: 30,
    causeClassAndTopic: 22,
  },
  /** Of project alone. */
  byProject: { total: 1, project: 0 },
  /** Of project and a name. */
  named: { total: 3, project: 1, name: 2 },
} as const;

const zone = `coalesce(p.data->>'timeZone', '${defaultTimeZone}')`;

/** Cases with the time zone of their project, looked up when asked, as the metrics do. */
const cases = `complaint c left join known_reference p on p.kind = 'project' and p.id = c.project_id`;

/** In which of the two periods an instant lies, by the project's own days. */
function periodOf(instant: string): string {
  const day = `(${instant} at time zone ${zone})::date`;
  return `case when ${day} between $1::date and $2::date then 'current'
    when ${day} between $3::date and $4::date then 'previous' end`;
}

const inScope = `($5::uuid[] is null or c.project_id = any($5::uuid[]))`;
/** Instants that can lie in one of the periods in any time zone: what the indexes can look for. */
const around = (instant: string): string => `${instant} >= $6::timestamptz and ${instant} < $7::timestamptz`;
/** Cases that have anything in the periods at all. */
const alive = `c.received_at < $7::timestamptz and c.active_until_at >= $6::timestamptz`;

const byProject = `group by grouping sets ((period), (period, project_id))`;
const byName = `group by grouping sets ((period), (period, project_id), (period, name))`;

/**
 * Readings, the same as those of the metrics: what came in came in, also where it was joined into another later;
 * whether it was resolved and came back is told of the case in which it ended.
 */
const receivedSql = `
  with f as (
    select ${periodOf('c.received_at')} as period, c.project_id, c.cause_class, c.severity, c.channel, c.topic,
           c.closed_at is null and c.joined_into is null as open,
           jsonb_array_length(c.resolutions) > 0 and c.joined_into is null as ever_resolved,
           c.second_complaints > 0 as came_back, c.group_size > 1 as of_several
    from ${cases} where ${inScope} and ${around('c.received_at')}
  )
  select period, grouping(project_id, cause_class, severity, channel, topic)::int as grouped,
         project_id as "projectId", cause_class as "causeClass", severity, channel, topic, count(*)::int as count,
         count(*) filter (where open)::int as open,
         count(*) filter (where severity = 'MAJOR')::int as major,
         count(*) filter (where severity = 'HOT')::int as hot,
         count(*) filter (where ever_resolved)::int as "everResolved",
         count(*) filter (where ever_resolved and came_back)::int as "cameBack",
         count(*) filter (where of_several)::int as "ofSeveralCustomers"
  from f where period is not null
  group by grouping sets ((period), (period, project_id), (period, cause_class), (period, severity),
    (period, channel), (period, topic), (period, cause_class, topic))`;

const resolvedSql = `
  with f as (
    select ${periodOf('c.resolved_at')} as period, c.project_id,
           (extract(epoch from c.resolved_at - c.received_at) / 3600)::numeric as hours
    from ${cases} where ${inScope} and ${around('c.resolved_at')}
  )
  select period, grouping(project_id)::int as grouped, project_id as "projectId", count(*)::int as count,
         round(avg(hours), 2)::text as "meanHours", round(max(hours), 2)::text as "longestHours"
  from f where period is not null ${byProject}`;

const closedSql = `
  with f as (
    select ${periodOf('c.closed_at')} as period, c.project_id
    from ${cases} where ${inScope} and ${around('c.closed_at')}
  )
  select period, grouping(project_id)::int as grouped, project_id as "projectId", null as name, count(*)::int as count
  from f where period is not null ${byProject}`;

/** A duty that was missed before its case ended in another was missed there, once. */
const clocksSql = `
  with f as (
    select ${periodOf('k."dueAt"')} as period, c.project_id, k.kind as name, k."metAt" as met, k."missedAt" as missed,
           k."lapsedAt" as lapsed, k."carriedAt" as carried
    from ${cases}
    cross join lateral jsonb_to_recordset(c.clocks)
      as k(kind text, "dueAt" timestamptz, "metAt" timestamptz, "missedAt" timestamptz, "lapsedAt" timestamptz,
        "carriedAt" timestamptz)
    where ${inScope} and ${alive}
  )
  select period, grouping(project_id, name)::int as grouped, project_id as "projectId", name as kind,
         count(*) filter (where met is not null and missed is null)::int as kept,
         count(*) filter (where missed is not null)::int as missed,
         count(*) filter (where missed is not null and met is null and lapsed is null)::int as undone,
         count(*) filter (where met is null and missed is null and lapsed is null)::int as pending
  from f where period is not null and (carried is null or missed is null or missed > carried) ${byName}`;

const visitsSql = `
  with f as (
    select ${periodOf('v.at')} as period, c.project_id, v.satisfaction
    from ${cases}
    cross join lateral jsonb_to_recordset(c.return_visits) as v(at timestamptz, satisfaction int)
    where ${inScope} and ${alive}
  )
  select period, grouping(project_id)::int as grouped, project_id as "projectId", count(*)::int as count,
         round(avg(satisfaction), 2)::text as mean,
         array[${[1, 2, 3, 4, 5].map((points) => `count(*) filter (where satisfaction = ${points})::int`).join(', ')}] as points
  from f where period is not null ${byProject}`;

const releasedSql = `
  with f as (
    select ${periodOf('a.at')} as period, c.project_id, a.release as name
    from ${cases}
    cross join lateral jsonb_to_recordset(c.return_visit_attempts) as a(at timestamptz, release text)
    where ${inScope} and ${alive} and a.release is not null
  )
  select period, grouping(project_id, name)::int as grouped, project_id as "projectId", name, count(*)::int as count
  from f where period is not null ${byName}`;

const factsSql = `
  with f as (
    select ${periodOf('c.received_at')} as period, c.project_id, k.fact as name
    from ${cases} cross join lateral jsonb_to_recordset(c.facts) as k(fact text)
    where ${inScope} and ${around('c.received_at')}
  )
  select period, grouping(project_id, name)::int as grouped, project_id as "projectId", name, count(*)::int as count
  from f where period is not null ${byName}`;

/**
 * A case that was closed and taken up again was open in between as little as its closings and reopenings say; one
 * that was joined into another ended then.
 */
const agesSql = `
  with f as (
    select ends.period, c.project_id,
           case when ends.at - c.received_at <= interval '48 hours' then 'UP_TO_2_DAYS'
             when ends.at - c.received_at <= interval '168 hours' then 'UP_TO_A_WEEK'
             when ((c.received_at at time zone ${zone}) + interval '1 month') at time zone ${zone} >= ends.at
               then 'UP_TO_A_MONTH'
             else 'OVER_A_MONTH' end as name
    from ${cases}
    cross join lateral (
      select last.period, least((last.day + 1)::timestamp at time zone ${zone}, $8::timestamptz) as at
      from (values ('current', $2::date), ('previous', $4::date)) as last(period, day)
    ) ends
    where ${inScope} and c.received_at < $7::timestamptz and c.received_at < ends.at
      and $1::date <= $2::date and $3::date <= $4::date
      and (c.closed_at is null or c.closed_at >= $6::timestamptz) and (c.closed_at is null or c.closed_at >= ends.at)
      and (c.joined_into is null or (c.joined_into->>'at')::timestamptz >= ends.at)
      and not exists (
        select 1 from jsonb_to_recordset(c.closings) as closing(at timestamptz)
        where closing.at < ends.at and not exists (
          select 1 from jsonb_to_recordset(c.reopenings) as reopening(at timestamptz)
          where reopening.at >= closing.at and reopening.at < ends.at))
  )
  select period, grouping(project_id, name)::int as grouped, project_id as "projectId", name, count(*)::int as count
  from f ${byName}`;

function parametersOf({ period, previous, projects, now }: ReportQuestion): unknown[] {
  return [
    ...[period.from, period.to, previous.from, previous.to],
    projects === 'ALL' ? null : projects,
    // No place is further from UTC than a day.
    `${addLocalDays(previous.from, -1)}T00:00:00Z`,
    `${addLocalDays(period.to, 2)}T00:00:00Z`,
    now,
  ];
}

/** @param parameters those that a statement does not name at their end are left out, as PostgreSQL wants it */
async function ask<Found>(tx: EntityManager, sql: string, parameters: readonly unknown[]): Promise<Found[]> {
  const highest = Math.max(...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  return tx.query(sql, parameters.slice(0, highest));
}

/**
 * The figures of a report in a number of statements that does not depend on how many cases or projects there are, all
 * of the same moment.
 */
export function readReport(dataSource: DataSource, question: ReportQuestion): Promise<ReportRows> {
  const parameters = parametersOf(question);
  return dataSource.transaction('REPEATABLE READ', async (tx) => ({
    received: await ask<ReceivedRow>(tx, receivedSql, parameters),
    resolved: await ask<ResolvedRow>(tx, resolvedSql, parameters),
    closed: await ask<CountRow>(tx, closedSql, parameters),
    clocks: await ask<ClockRow>(tx, clocksSql, parameters),
    visits: await ask<VisitRow>(tx, visitsSql, parameters),
    released: await ask<CountRow>(tx, releasedSql, parameters),
    facts: await ask<CountRow>(tx, factsSql, parameters),
    ages: await ask<CountRow>(tx, agesSql, parameters),
  }));
}
