import { References, referencesConsumer } from '@anju/references';
import { EntityReads, type EntityReference, type ServiceDefinition } from '@anju/subgraph';
import { Sales1765000000100 } from './migrations/1765000000100-sales';
import { Readiness } from './readiness.entity';
import { ReadinessResolver, ReadyItemResolver } from './readiness.resolver';
import { ReadinessService, readinessAggregate } from './readiness.service';
import { ProjectSalesResolver, UnitSalesResolver } from './related-sales.resolver';
import { salesTypes } from './sales-reads';
import { stub } from './stubs';
import { UnitOffer } from './unit-offer.entity';
import { UnitOfferResolver } from './unit-offer.resolver';
import { UnitOfferService, unitOfferAggregate } from './unit-offer.service';

/** Entities of other services that this one adds fields to; what they are is their owner's to say. */
const extended: readonly EntityReference[] = (
  [
    ['Unit', 'directory.structure.read'],
    ['Project', 'directory.structure.read'],
  ] as const
).map(([typeName, permission]) => ({ typeName, permission, load: async (ids) => ids.map(stub) }));

/** The sales of homes, from the prospect to the handover: SAL-01…03, 10…12, 20, 21, 50. */
export const sales: ServiceDefinition = {
  name: 'sales',
  entities: [UnitOffer, Readiness],
  migrations: [Sales1765000000100],
  resolverClasses: [
    UnitOfferResolver,
    ReadinessResolver,
    ReadyItemResolver,
    UnitSalesResolver,
    ProjectSalesResolver,
  ],
  create: (platform) => {
    const { dataSource, clock } = platform;
    const references = new References(dataSource);
    const reads = new EntityReads(dataSource, salesTypes);

    const unitOffers = unitOfferAggregate(references);
    const readiness = readinessAggregate(references);

    return {
      resolvers: [
        new UnitOfferResolver(dataSource, reads, new UnitOfferService(platform, references, unitOffers)),
        new ReadinessResolver(
          dataSource,
          clock,
          references,
          reads,
          new ReadinessService(platform, references, readiness),
        ),
        new ReadyItemResolver(),
        new UnitSalesResolver(reads),
        new ProjectSalesResolver(reads),
      ],
      references: [...reads.references(), ...extended],
      consumers: [referencesConsumer('sales')],
      aggregates: [unitOffers, readiness],
    };
  },
};
