import type { AggregateDefinition } from '@anju/commands';
import {
  complaintMoments,
  onComplaintDeadline,
  recomputeComplaint,
  type ComplaintFact,
  type ComplaintState,
} from '@anju/complaints-rules';
import type { References } from '@anju/references';
import { keepComplaintsDue } from './complaint-due';
import { complaintEvents } from './complaint-events';
import { bringsWords, keepWords } from './complaint-search';
import { complaintPolicies } from './complaint-policy';
import { Complaint, complaintQueryColumns } from './complaint.entity';
import { reactToFact } from './reactions';
import type { ComplaintSurroundings } from './receipts';

export type ComplaintAggregate = AggregateDefinition<
  ComplaintState,
  ComplaintFact,
  ComplaintSurroundings,
  Complaint
>;

/** Ties the complaint rules to their table, events and due times. */
export function complaintAggregate(references: References): ComplaintAggregate {
  const aggregate: ComplaintAggregate = {
    type: 'Complaint',
    context: 'complaints',
    entity: Complaint,
    environment: async (projectId, tx) => {
      if (projectId === null) throw new Error('a complaint belongs to a project');
      const { code, timeZone, calendars, calendarVersion } = await references.project(projectId, tx);
      const { policy, version } = await complaintPolicies.inForce(projectId, tx);
      const versions = { policyVersion: version, calendarVersion };
      return { policy, calendars, ...versions, projectCode: code, timeZone };
    },
    events: complaintEvents,
    react: async (fact, state, reaction) => {
      if (bringsWords(fact)) await keepWords(reaction.tx, state);
      await reactToFact(aggregate, fact, state, reaction);
    },
    deadlines: complaintMoments,
    onDeadline: onComplaintDeadline,
    recompute: recomputeComplaint,
    ended: ['CLOSED', 'JOINED'],
    queryColumns: complaintQueryColumns,
    queryRows: keepComplaintsDue,
  };
  return aggregate;
}
