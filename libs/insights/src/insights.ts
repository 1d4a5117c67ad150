import { referencesConsumer } from '@anju/references';
import type { ServiceDefinition } from '@anju/subgraph';
import { factsConsumer } from './facts.consumer';
import { bringViewsUpToDate } from './metric-views';
import { MetricsResolver } from './metrics.resolver';
import { Facts1764000002000 } from './migrations/1764000002000-facts';

/** The metric catalogue and its figures, learned from the other services' events alone. */
export const insights: ServiceDefinition = {
  name: 'insights',
  entities: [],
  migrations: [Facts1764000002000],
  resolverClasses: [MetricsResolver],
  prepareDatabase: bringViewsUpToDate,
  create: ({ dataSource }) => ({
    resolvers: [new MetricsResolver(dataSource)],
    references: [],
    consumers: [referencesConsumer('insights'), factsConsumer],
    aggregates: [],
  }),
};
