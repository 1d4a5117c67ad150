import { newestFirst, type EntityReads } from '@anju/subgraph';
import { CustomerWord } from './customer-word.entity';

/** What is read of words, messages and visits. */
export const communicationsTypes = {
  CustomerWord: newestFirst(CustomerWord, 'communications.word.read', 'saidAt'),
} as const;

export type CommunicationsLoads = EntityReads<typeof communicationsTypes>;
