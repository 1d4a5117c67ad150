import { referencesConsumer } from '@anju/references';
import type { ServiceDefinition } from '@anju/subgraph';
import { factsConsumer } from './facts.consumer';
import { ProjectFiguresResolver } from './figures.resolver';
import { bringViewsUpToDate } from './metric-views';
import { MetricsResolver } from './metrics.resolver';
import { Facts1764000002000 } from './migrations/1764000002000-facts';
import { SalesAppraisalCommunicationsFacts1764800002000 } from './migrations/1764800002000-sales-appraisal-communications-facts';

/** The metric catalogue and its figures, learned from the other services' events alone. */
export const insights: ServiceDefinition = {
  name: 'insights',
  entities: [],
  migrations: [Facts1764000002000, SalesAppraisalCommunicationsFacts1764800002000],
  resolverClasses: [MetricsResolver, ProjectFiguresResolver],
  prepareDatabase: bringViewsUpToDate,
  create: ({ dataSource, clock }) => ({
    resolvers: [new MetricsResolver(dataSource), new ProjectFiguresResolver(dataSource, clock)],
    references: [],
    consumers: [referencesConsumer('insights'), factsConsumer],
    aggregates: [],
  }),
};
