import { metricCatalogue, type MetricId } from '@anju/insights';
import type { Platform } from '../platform';
import { MonthBroken } from './month-operation';
import type { Counted } from './tally';
import { day, monthBounds, wallTime } from './wall-time';

/** By metric, or by metric and the value of a dimension: `contacts_received VENDOR`. */
export type Figures = Record<string, Counted>;

/** What the count has by dimension. */
export const countedDimensions: readonly (readonly [metric: MetricId, dimension: string])[] = [
  ['contacts_received', 'class'],
  ['contacts_received', 'channel'],
  ['contacts_received', 'hour'],
  ['service_items', 'class'],
  ['classified_as_proposed', 'class'],
  ['first_reply_hours', 'class'],
  ['contacts_closed', 'class'],
  ['follow_up_entered', 'category'],
  ['follow_up_hours', 'category'],
  ['complaints_received', 'severity'],
  ['complaints_received', 'cause_class'],
  ['leads_received', 'kind'],
  ['leads_received', 'source'],
  ['lead_conversion', 'kind'],
  ['lead_follow_ups_made', 'outcome'],
  ['customer_words', 'kind'],
  ['evidence_arrived', 'kind'],
];

/** Sums of parts of hours do not come out even; to a thousandth they do. */
function counted(numerator: string | number, denominator: string | number | null): Counted {
  const rounded = (value: string | number): number => Math.round(Number(value) * 1_000) / 1_000;
  return { numerator: rounded(numerator), denominator: denominator === null ? null : rounded(denominator) };
}

/** What was counted, with nothing of each metric of the catalogue that it does not know, to compare with. */
export function wholeFigures(count: Readonly<Figures>): Figures {
  const metrics = metricCatalogue.map((metric) => [
    metric.id,
    { numerator: 0, denominator: 'denominator' in metric ? 0 : null },
  ]);
  const known = Object.entries(count).map(([name, one]) => [name, counted(one.numerator, one.denominator)]);
  return Object.fromEntries([...metrics, ...known]) as Figures;
}

function daysOf(month: string): { readonly from: string; readonly to: string } {
  const { from, to } = monthBounds(month);
  return { from: wallTime(from).slice(0, 10), to: wallTime(to - day).slice(0, 10) };
}

interface MetricValue {
  readonly metric: MetricId;
  readonly value: string | null;
  readonly numerator: string;
  readonly denominator: string | null;
  readonly dimensions: readonly { readonly value: string }[];
}

async function ask(platform: Platform, month: string, more: object): Promise<readonly MetricValue[]> {
  const { data, errors } = await platform.teller.ask<{ metrics: readonly MetricValue[] }>(
    'bi',
    'query($input: MetricsInput!) { metrics(input: $input) { metric value numerator denominator dimensions { value } } }',
    { input: { ...daysOf(month), ...more } },
  );
  if (!data || errors) throw new MonthBroken(JSON.stringify(errors));
  return data.metrics;
}

/** The value of each metric, as the graph gives it. */
export async function valuesFromGraph(
  platform: Platform,
  month: string,
): Promise<Partial<Record<MetricId, number | null>>> {
  const values = await ask(platform, month, {});
  return Object.fromEntries(
    values.map(({ metric, value }) => [metric, value === null ? null : Number(value)]),
  );
}

/** The metrics of a month from the graph, as a BI reader gets them. */
export async function figuresFromGraph(platform: Platform, month: string): Promise<Figures> {
  const byDimension = countedDimensions.map(([metric, dimension]) =>
    ask(platform, month, { metrics: [metric], dimensions: [dimension] }),
  );
  const values = (await Promise.all([ask(platform, month, {}), ...byDimension])).flat();
  return Object.fromEntries(
    values.map(({ metric, numerator, denominator, dimensions }) => [
      [metric, ...dimensions.map(({ value }) => value)].join(' '),
      counted(numerator, denominator),
    ]),
  );
}

/** The metrics of a month from the SQL views of the insights database, as a BI tool gets them. */
export async function figuresFromSql({ running }: Platform, month: string): Promise<Figures> {
  const { from, to } = daysOf(month);
  const read = async (metric: MetricId, dimension?: string): Promise<Figures> => {
    const rows = await running.query<{ name: string; numerator: string; denominator: string | null }>(
      'insights',
      `select ${dimension ? `'${metric} ' || ${dimension}` : `'${metric}'`} as name,
              coalesce(sum(numerator), 0) as numerator, sum(denominator) as denominator
       from metric_${metric} where day between $1 and $2 ${dimension ? 'group by 1' : ''}`,
      [from, to],
    );
    const hasDenominator = 'denominator' in metricCatalogue.find(({ id }) => id === metric)!;
    return Object.fromEntries(
      rows.map((row) => [row.name, counted(row.numerator, hasDenominator ? (row.denominator ?? 0) : null)]),
    );
  };
  const figures = await Promise.all([
    ...metricCatalogue.map(({ id }) => read(id)),
    ...countedDimensions.map(([metric, dimension]) => read(metric, dimension)),
  ]);
  return Object.assign({}, ...figures) as Figures;
}
