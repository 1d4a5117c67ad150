import { label } from '@anju/labels';
import { viewOf, type MetricDefinition } from './metric';
import { metricCatalogue } from './metric-catalogue';

function formula(metric: MetricDefinition): string {
  const sum = metric.denominator ? `(${metric.numerator}) ÷ (${metric.denominator})` : metric.numerator;
  const percent = metric.unit === 'PERCENT' ? '100 × ' : '';
  return `${percent}${sum}${metric.where ? ` where ${metric.where}` : ''}, by the local day of ${metric.day}`;
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
    ...sections,
  ].join('\n');
}
