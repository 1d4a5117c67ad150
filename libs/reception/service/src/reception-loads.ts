import { newestFirst, type EntityReads } from '@anju/subgraph';
import { FollowUp } from './follow-up.entity';
import { Interaction } from './interaction.entity';
import { Praise } from './praise.entity';
import { Rectification } from './rectification.entity';
import { WorkOrder } from './work-order.entity';

/** What is read of contacts and of what they lead to. */
export const receptionTypes = {
  Interaction: newestFirst(Interaction, 'reception.interaction.read', 'receivedAt'),
  WorkOrder: newestFirst(WorkOrder, 'reception.workOrder.read', 'issuedAt'),
  FollowUp: newestFirst(FollowUp, 'reception.followUp.read', 'enteredAt'),
  Praise: newestFirst(Praise, 'reception.interaction.read', 'recordedAt'),
  Rectification: newestFirst(Rectification, 'reception.rectification.read', 'requestedAt'),
} as const;

export type ReceptionLoads = EntityReads<typeof receptionTypes>;
