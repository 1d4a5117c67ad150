import type { DataSource } from 'typeorm';
import { figureCatalogue, type FigureDefinition, type FigureId } from './figure-catalogue';
import { timeZoneSql } from './metric';

export interface ProjectFigures {
  readonly projectId: string;
  /** `YYYY-MM-DD`, the project's own day. */
  readonly day: string;
  /** Decimals as text. */
  readonly values: Readonly<Record<FigureId, string>>;
}

const selected = (figureCatalogue as readonly FigureDefinition[])
  .map(({ id, facts, where, sum }) => {
    const value = sum ? `coalesce(sum(${sum}), 0)` : 'count(*)';
    return `'${id}', (select ${value}::text from ${facts} f where f.project_id = p.id and ${where})`;
  })
  .join(',\n');

/** Of each project its first instant of the day and month, and of those after them, in its own time zone. */
const figuresSql = `
  with local as (
    select asked.id, ${timeZoneSql} as zone, $2::timestamptz at time zone ${timeZoneSql} as wall
    from unnest($1::uuid[]) as asked(id)
    left join known_reference p on p.kind = 'project' and p.id = asked.id
  ), p as (
    select id, wall::date::text as day,
           date_trunc('day', wall) at time zone zone as day_from,
           (date_trunc('day', wall) + interval '1 day') at time zone zone as day_to,
           date_trunc('month', wall) at time zone zone as month_from,
           (date_trunc('month', wall) + interval '1 month') at time zone zone as month_to
    from local
  )
  select p.id as "projectId", p.day, jsonb_build_object(${selected}) as values from p`;

/** The figures of projects at an instant; one statement for all of them. */
export function readFigures(
  dataSource: DataSource,
  projectIds: readonly string[],
  at: Date,
): Promise<ProjectFigures[]> {
  return dataSource.query(figuresSql, [projectIds, at]);
}
