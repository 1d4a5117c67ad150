import type { DataSource } from 'typeorm';
import { factorOf, viewOf } from './metric';
import { metricOf, type MetricId } from './metric-catalogue';

/** Which values are asked for. */
export interface MetricQuestion {
  readonly metrics: readonly MetricId[];
  readonly projects: 'ALL' | readonly string[];
  /** First and last local day, both included. */
  readonly from: string;
  readonly to: string;
  readonly period: 'TOTAL' | 'DAY' | 'MONTH';
  readonly byProject: boolean;
  /** Dimensions to break down by; those that a metric does not have are left out for it. */
  readonly dimensions: readonly string[];
}

export interface MetricValueRow {
  readonly metric: MetricId;
  readonly period: string | null;
  readonly projectId: string | null;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  /** Null where nothing can be divided by: no case, no percentage. */
  readonly value: string | null;
  readonly numerator: string;
  readonly denominator: string | null;
}

export const valueLimit = 5_000;

const periodSql = { TOTAL: 'null::text', DAY: 'day::text', MONTH: `to_char(day, 'YYYY-MM')` } as const;

/** One statement a metric, whatever the number of days, projects and rows. */
export async function readMetric(
  dataSource: DataSource,
  question: MetricQuestion,
  id: MetricId,
): Promise<MetricValueRow[]> {
  const metric = metricOf(id);
  const dimensions = metric.dimensions
    .map((one) => one.id)
    .filter((name) => question.dimensions.includes(name));
  const groups = [
    periodSql[question.period],
    question.byProject ? 'project_id::text' : 'null::text',
    ...dimensions,
  ];
  const value = metric.denominator
    ? `round(${factorOf(metric)} * sum(numerator) / nullif(sum(denominator), 0), 2)`
    : 'coalesce(sum(numerator), 0)';
  const rows: Record<string, string | null>[] = await dataSource.query(
    `select ${groups.map((sql, index) => `${sql} as g${index}`).join(', ')},
            ${value}::text as value, coalesce(sum(numerator), 0)::text as numerator,
            ${metric.denominator ? 'coalesce(sum(denominator), 0)' : 'null'}::text as denominator
     from ${viewOf(metric)}
     where day between $1 and $2 and ($3::uuid[] is null or project_id = any($3))
     ${question.period === 'TOTAL' && !question.byProject && dimensions.length === 0 ? '' : `group by ${groups.map((_, index) => index + 1).join(', ')}`}
     order by ${groups.map((_, index) => index + 1).join(', ')}
     limit ${valueLimit}`,
    [question.from, question.to, question.projects === 'ALL' ? null : question.projects],
  );
  return rows.map((row) => ({
    metric: id,
    period: row['g0'] ?? null,
    projectId: row['g1'] ?? null,
    dimensions: dimensions.map((name, index) => ({ name, value: row[`g${index + 2}`] ?? '' })),
    value: row['value'] ?? null,
    numerator: row['numerator']!,
    denominator: row['denominator'] ?? null,
  }));
}
