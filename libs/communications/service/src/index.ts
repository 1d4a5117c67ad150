import { References, referencesConsumer } from '@anju/references';
import { EntityReads, type ServiceDefinition } from '@anju/subgraph';
import { communicationsTypes } from './communications-loads';
import { CustomerWord, wordAggregate } from './customer-word.entity';
import { CustomerMessagesResolver, CustomerWordResolver } from './customer-word.resolver';
import { Communications1764800000500 } from './migrations/1764800000500-communications';
import { onCustomerMerged } from './on-customer-merged.consumer';
import { Register } from './register';

/** Words to customers (客户沟通): COM-02, COM-05. */
export const communications: ServiceDefinition = {
  name: 'communications',
  entities: [CustomerWord],
  migrations: [Communications1764800000500],
  resolverClasses: [CustomerWordResolver, CustomerMessagesResolver],
  create: ({ dataSource, commands, clock }) => {
    const references = new References(dataSource);
    const words = wordAggregate(references);
    const loads = new EntityReads(dataSource, communicationsTypes);
    const register = new Register(commands, references, words, clock);
    return {
      resolvers: [new CustomerWordResolver(dataSource, loads, register), new CustomerMessagesResolver(loads)],
      references: loads.references(),
      consumers: [referencesConsumer('communications'), onCustomerMerged(commands, words)],
      aggregates: [words],
    };
  },
};
