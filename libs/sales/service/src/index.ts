import { References, referencesConsumer } from '@anju/references';
import { stub, type EntityReference, type ServiceDefinition } from '@anju/subgraph';
import { contractSide } from './contract-side';
import type { ContractAggregate } from './contract.aggregate';
import { salesSide } from './sales-side';
import { salesReportAggregate } from './sales-report.service';

/** Entities of other services that this one adds fields to; what they are is their owner's to say. */
const extended: readonly EntityReference[] = (
  [
    ['Customer', 'directory.customer.read'],
    ['Unit', 'directory.structure.read'],
    ['Staff', 'directory.staff.read'],
    ['Project', 'directory.structure.read'],
    ['Interaction', 'reception.interaction.read'],
  ] as const
).map(([typeName, permission]) => ({ typeName, permission, load: async (ids) => ids.map(stub) }));

/** The sales of homes, from the prospect to the handover: SAL-01…03, 10…12, 20, 21, 50. */
export const sales: ServiceDefinition = {
  name: 'sales',
  entities: [...salesSide.entities, ...contractSide.entities],
  migrations: [...salesSide.migrations, ...contractSide.migrations],
  resolverClasses: [...salesSide.resolverClasses, ...contractSide.resolverClasses],
  create: (platform) => {
    const references = new References(platform.dataSource);
    const reports = salesReportAggregate(references);
    const bySale = salesSide.create(
      platform,
      references,
      (): ContractAggregate => byContract.contracts,
      reports,
    );
    const byContract = contractSide.create(platform, references, bySale.reads, () => bySale.sales, reports);
    return {
      resolvers: [...bySale.resolvers, ...byContract.resolvers],
      references: [...bySale.references, ...byContract.references, ...extended],
      consumers: [referencesConsumer('sales'), ...bySale.consumers, ...byContract.consumers],
      aggregates: [...bySale.aggregates, ...byContract.aggregates],
    };
  },
};
