import { References, referencesConsumer } from '@anju/references';
import type { ServiceDefinition } from '@anju/subgraph';
import { FollowUp } from './follow-up.entity';
import { Interaction } from './interaction.entity';
import { InteractionResolver } from './interaction.resolver';
import { InteractionService, interactionAggregate } from './interaction.service';
import { Reception1764000000200 } from './migrations/1764000000200-reception';
import { ReceptionLoads } from './reception-loads';
import { Rectification } from './rectification.entity';
import { WorkOrder } from './work-order.entity';

/** The front desk: contacts, work orders, the follow-up register, liaison forms (REC). */
export const reception: ServiceDefinition = {
  name: 'reception',
  entities: [Interaction, WorkOrder, FollowUp, Rectification],
  migrations: [Reception1764000000200],
  resolverClasses: [InteractionResolver],
  create: (platform) => {
    const { dataSource } = platform;
    const references = new References(dataSource);
    const loads = new ReceptionLoads(dataSource);
    const interactions = interactionAggregate(references);
    const interactionService = new InteractionService(platform, references, interactions);
    return {
      resolvers: [new InteractionResolver(dataSource, loads, interactionService)],
      references: loads.references(),
      consumers: [referencesConsumer('reception')],
      aggregates: [interactions],
    };
  },
};
