import { appraisalMetrics } from './appraisal-metrics';
import { communicationsMetrics } from './communications-metrics';
import { complaintsMetrics } from './complaints-metrics';
import type { MetricDefinition } from './metric';
import { receptionMetrics } from './reception-metrics';
import { contractMetrics } from './contract-metrics';
import { leadMetrics } from './lead-metrics';

/**
 * Every metric of the platform. The SQL views, the graph's metrics and `docs/metrics.md` are made from this
 * list and from nothing else.
 */
export const metricCatalogue = [
  ...receptionMetrics,
  ...complaintsMetrics,
  ...leadMetrics,
  ...contractMetrics,
  ...appraisalMetrics,
  ...communicationsMetrics,
] as const;

export type MetricId = (typeof metricCatalogue)[number]['id'];

const byId = new Map<string, MetricDefinition>(metricCatalogue.map((metric) => [metric.id, metric]));

/** @throws Error for an id that is not in the catalogue */
export function metricOf(id: string): MetricDefinition {
  const metric = byId.get(id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metric;
}
