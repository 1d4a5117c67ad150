import { newestFirst, type EntityReads } from '@anju/subgraph';
import { CustomerVisit } from './customer-visit.entity';
import { CustomerWord } from './customer-word.entity';
import { Delivery } from './delivery.entity';
import { MessageTemplate } from './message-template.entity';
import { Message } from './message.entity';

/** What is read of words, messages and visits. */
export const communicationsTypes = {
  CustomerWord: newestFirst(CustomerWord, 'communications.word.read', 'saidAt'),
  MessageTemplate: newestFirst(MessageTemplate, 'communications.message.read', 'createdAt'),
  Message: newestFirst(Message, 'communications.message.read', 'draftedAt'),
  Delivery: newestFirst(Delivery, 'communications.message.read', 'createdAt'),
  CustomerVisit: newestFirst(CustomerVisit, 'communications.visit.read', 'visitedAt'),
} as const;

export type CommunicationsLoads = EntityReads<typeof communicationsTypes>;
