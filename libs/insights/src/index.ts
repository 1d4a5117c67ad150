export { insights } from './insights';
export { metricCatalogue, metricOf, type MetricId } from './metric-catalogue';
export { metricsDocument } from './metrics-document';
