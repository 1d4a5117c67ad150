/** In what a metric is counted. */
export type MetricUnit = 'COUNT' | 'PERCENT' | 'HOURS' | 'DAYS' | 'CNY' | 'POINTS';

/** What a metric can be broken down by besides project and day; the SQL gives text. */
export interface MetricDimension {
  readonly id: string;
  readonly sql: string;
}

/**
 * A metric of the catalogue. Its value is `factor × numerator ÷ denominator` over the rows of its fact
 * table; without a denominator it is the numerator. Numerator and denominator are sums, so that they add up
 * over days, projects and dimensions.
 */
export interface MetricDefinition {
  /** Its name in both languages is the label of this `MetricId`. */
  readonly id: string;
  /** Chinese, English. */
  readonly definition: readonly [string, string];
  readonly unit: MetricUnit;
  /** The context whose business it measures. */
  readonly owner: string;
  /** Table of the facts `f`, and the instant column whose local day a row counts for, or a column of a day. */
  readonly facts: string;
  readonly day: string;
  readonly dayIs?: 'INSTANT' | 'DATE';
  /** SQL `join` of what is known beside the facts; looked up when asked, so that no order of events matters. */
  readonly join?: string;
  /** SQL condition for a row to count at all. */
  readonly where?: string;
  readonly numerator: string;
  readonly denominator?: string;
  /** SQL condition on a whole row of the view: what it leaves out, no sum over rows can bring back. */
  readonly having?: string;
  readonly dimensions: readonly MetricDimension[];
  /** Rules that it reports on. */
  readonly rules: readonly string[];
}

/** 100 for percentages, 1 for all else. */
export function factorOf(metric: MetricDefinition): number {
  return metric.unit === 'PERCENT' ? 100 : 1;
}

/** The view's name in the metrics database. */
export function viewOf(metric: MetricDefinition): string {
  return `metric_${metric.id}`;
}

function selectDimensions(metric: MetricDefinition): string {
  return metric.dimensions.map(({ id, sql }) => `${sql} as ${id}, `).join('');
}

/**
 * The project's time zone beside a fact `f`. Looked up when asked and not when the fact arrives: events of
 * the project and of its contacts come by different topics, in no order between them.
 */
export const timeZoneSql = `coalesce(p.data->>'timeZone', 'Asia/Shanghai')`;

/** Elapsed hours between two instants, as SQL. */
export function hoursBetween(from: string, to: string): string {
  return `extract(epoch from ${to} - ${from}) / 3600`;
}

/** `create view`: a row per project, local day and combination of dimensions, for BI tools and for the graph. */
export function viewSql(metric: MetricDefinition): string {
  const groups = Array.from({ length: 2 + metric.dimensions.length }, (_, index) => index + 1).join(', ');
  const denominator = metric.denominator ? `(${metric.denominator})::numeric` : 'null::numeric';
  const day = metric.dayIs === 'DATE' ? metric.day : `(${metric.day} at time zone ${timeZoneSql})::date`;
  return [
    `create view ${viewOf(metric)} as`,
    `select f.project_id, ${day} as day, ${selectDimensions(metric)}`,
    `(${metric.numerator})::numeric as numerator, ${denominator} as denominator`,
    `from ${metric.facts} f`,
    `left join known_reference p on p.kind = 'project' and p.id = f.project_id`,
    ...(metric.join ? [metric.join] : []),
    `where ${metric.day} is not null${metric.where ? ` and (${metric.where})` : ''}`,
    `group by ${groups}`,
    ...(metric.having ? [`having ${metric.having}`] : []),
  ].join('\n');
}
