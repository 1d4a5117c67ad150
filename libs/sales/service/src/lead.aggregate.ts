import type { AggregateDefinition } from '@anju/commands';
import { salesEvents } from '@anju/events';
import { eventsOfFacts } from '@anju/outbox';
import type { References } from '@anju/references';
import { leadDeadlines, onLeadDeadline, type LeadFact, type LeadState } from '@anju/sales-rules';
import { salesSurroundings, type SalesSurroundings } from './environment';
import { Lead, leadQueryColumns } from './lead.entity';

export type LeadAggregate = AggregateDefinition<LeadState, LeadFact, SalesSurroundings, Lead>;

/** Ties the rules of prospects to their table, events and due times. */
export function leadAggregate(references: References): LeadAggregate {
  return {
    type: 'Lead',
    context: 'sales',
    entity: Lead,
    environment: salesSurroundings(references),
    events: eventsOfFacts<LeadFact>()({
      LeadRecorded: salesEvents.leadRecorded,
      LeadFollowedUp: salesEvents.leadFollowedUp,
      LeadFollowUpMissed: salesEvents.leadFollowUpMissed,
      LeadUnderFollowed: salesEvents.leadUnderFollowed,
      LeadUnitsProposed: salesEvents.leadUnitsProposed,
      LeadVisited: salesEvents.leadVisited,
      LeadNeedChanged: salesEvents.leadNeedChanged,
      LeadConsentChanged: salesEvents.leadConsentChanged,
      LeadAssigned: salesEvents.leadAssigned,
      LeadSubscribed: salesEvents.leadSubscribed,
      LeadReturned: salesEvents.leadReturned,
      LeadWon: salesEvents.leadWon,
      LeadClosed: salesEvents.leadClosed,
    }),
    deadlines: (state, { policy }) => leadDeadlines(state, policy),
    deadlinesOfEnvironment: true,
    onDeadline: (state, kind, dueAt, { policy }) => onLeadDeadline(state, kind, dueAt, policy),
    queryColumns: leadQueryColumns,
  };
}
