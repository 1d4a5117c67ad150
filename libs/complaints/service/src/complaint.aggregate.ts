import type { EntityManager } from 'typeorm';
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
import { keepPending } from './complaint-pending';
import { complaintEvents } from './complaint-events';
import { bringsWords, keepWords } from './complaint-search';
import { complaintPolicies } from './complaint-policy';
import { Complaint, complaintQueryColumns } from './complaint.entity';
import { concernsOthers, reactToFact } from './reactions';
import type { ComplaintSurroundings } from './receipts';

export type ComplaintAggregate = AggregateDefinition<
  ComplaintState,
  ComplaintFact,
  ComplaintSurroundings,
  Complaint
>;

/** Ties the complaint rules to their table, events and due times. */
export function complaintAggregate(references: References): ComplaintAggregate {
  const environments = async (
    projectIds: readonly (string | null)[],
    tx: EntityManager,
  ): Promise<ComplaintSurroundings[]> => {
    const ids = projectIds.filter((id) => id !== null);
    if (ids.length < projectIds.length) throw new Error('a complaint belongs to a project');
    const [projects, policies] = await Promise.all([
      references.projects(ids, tx),
      complaintPolicies.inForceEach(ids, tx),
    ]);
    return projects.map(({ code, timeZone, calendars, calendarVersion }, n) => {
      const { policy, version } = policies[n]!;
      const versions = { policyVersion: version, calendarVersion };
      return { policy, calendars, ...versions, projectCode: code, timeZone };
    });
  };
  const aggregate: ComplaintAggregate = {
    type: 'Complaint',
    context: 'complaints',
    entity: Complaint,
    environment: async (projectId, tx) => (await environments([projectId], tx))[0]!,
    environments,
    events: complaintEvents,
    react: async (fact, state, reaction) => {
      if (bringsWords(fact)) await keepWords(reaction.tx, state);
      await reactToFact(aggregate, fact, state, reaction);
    },
    reactsTo: (fact) => bringsWords(fact) || concernsOthers(fact),
    deadlines: complaintMoments,
    onDeadline: onComplaintDeadline,
    recompute: recomputeComplaint,
    stillOpen: 'not is_over',
    queryColumns: complaintQueryColumns,
    queryRows: async (tx, written) => {
      await keepComplaintsDue(tx, written);
      await keepPending(tx, written);
    },
  };
  return aggregate;
}
