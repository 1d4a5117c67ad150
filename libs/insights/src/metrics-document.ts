import { label } from '@anju/labels';
import { figureCatalogue, type FigureDefinition } from './figure-catalogue';
import { viewOf, type MetricDefinition } from './metric';
import { metricCatalogue } from './metric-catalogue';

function formula(metric: MetricDefinition): string {
  const sum = metric.denominator ? `(${metric.numerator}) ÷ (${metric.denominator})` : metric.numerator;
  const percent = metric.unit === 'PERCENT' ? '100 × ' : '';
  const where = metric.where ? ` where ${metric.where}` : '';
  const having = metric.having ? `, of groups having ${metric.having.replaceAll(/\s+/g, ' ')}` : '';
  const day = metric.dayIs === 'DATE' ? metric.day : `the local day of ${metric.day}`;
  return `${percent}${sum}${where}, by ${day}${having}`;
}

const sqlSection = [
  '## By plain SQL',
  '',
  'Each metric is a view `metric_<id>` in the database of `insights`, with the columns `project_id`, `day` (of the',
  'project’s own time zone), its dimensions, `numerator` and `denominator` (null for what is a sum and no share). A BI',
  'tool gets a role of its own that may read the views and nothing else; a start of a new version, which makes',
  'the views anew, leaves it what it may read, and lets it read what is new:',
  '',
  '```sql',
  'grant select on metric_contracts_signed to bi; -- the others follow at the next new version, or by one more grant',
  '',
  'select project_id, round(sum(numerator) / nullif(sum(denominator), 0), 2) as filing_days',
  "from metric_filing_days where day between '2026-03-01' and '2026-03-31' group by project_id;",
  '```',
  '',
  'A percentage is `100 × sum(numerator) ÷ sum(denominator)`. Tables `fact_…` hold single happenings, without any',
  'person, but among them the points of single appraisals: they are not for BI roles.',
  '',
];

function figuresSection(): string[] {
  return [
    '## Figures of today',
    '',
    '`Project.figures` shows a project as it is now, by its own clock and time zone, to whoever may see its metrics:',
    '',
    ...(figureCatalogue as readonly FigureDefinition[]).map(
      ({ id, definition: [zhCN, en], unit }) =>
        `- \`${id}\` (${unit}) — ${label('FigureId', id, 'zh-CN')} · ${label('FigureId', id, 'en')}: ${zhCN}。${en}.`,
    ),
    '',
  ];
}

/** `docs/metrics.md`, made from the catalogue. */
export function metricsDocument(): string {
  const sections = (metricCatalogue as readonly MetricDefinition[]).map((metric) =>
    [
      `## ${metric.id}`,
      '',
      `**${label('MetricId', metric.id, 'zh-CN')} · ${label('MetricId', metric.id, 'en')}** — ${metric.definition[0]}。${metric.definition[1]}.`,
      '',
      `- Unit: ${metric.unit}. Grain: project, day. Owner: ${metric.owner}. Rules: ${metric.rules.join(', ')}.`,
      `- Dimensions: ${metric.dimensions.map(({ id }) => id).join(', ') || 'none'}. View: \`${viewOf(metric)}\`.`,
      `- Formula over \`${metric.facts}\`: \`${formula(metric)}\`.`,
      '',
    ].join('\n'),
  );
  return [
    '# Metrics',
    '',
    'Made by `npm run docs` from `libs/insights/src/metric-catalogue.ts`, of which the SQL views in the metrics',
    'database and the `metrics` field of the graph are made too. Views give numerator and denominator apart, so',
    'that values add up over days, projects and dimensions.',
    '',
    ...sqlSection,
    ...figuresSection(),
    ...sections,
  ].join('\n');
}
