import type { EntityManager } from 'typeorm';
import { isCommandRefusal, nextNumber, type AggregateDefinition } from '@anju/commands';
import {
  complaintMoments,
  complaintNumber,
  onComplaintDeadline,
  receiveComplaint,
  recomputeComplaint,
  type ComplaintEnvironment,
  type ComplaintFact,
  type ComplaintState,
  type LinkedCaseRequested,
  type ReceiveComplaint,
} from '@anju/complaints-rules';
import { isRefused, localDate } from '@anju/kernel';
import type { Reaction } from '@anju/commands';
import type { References } from '@anju/references';
import { keepComplaintsDue } from './complaint-due';
import { complaintEvents } from './complaint-events';
import { bringsWords, keepWords } from './complaint-search';
import { complaintPolicies } from './complaint-policy';
import { Complaint, complaintQueryColumns } from './complaint.entity';

/** What the rules take as an argument, and how the case's number begins. */
export interface ComplaintSurroundings extends ComplaintEnvironment {
  readonly projectCode: string;
  readonly timeZone: string;
}

export type ComplaintAggregate = AggregateDefinition<
  ComplaintState,
  ComplaintFact,
  ComplaintSurroundings,
  Complaint
>;

/** A complaint as it comes in, before it has its id and number. */
export type Receipt = Omit<ReceiveComplaint, 'id' | 'number'>;

/**
 * The next number of the day of receipt in the project. A receipt that the rules refuse takes none: the
 * day's numbers have no gaps.
 */
export async function numberFor(
  receipt: Receipt,
  tx: EntityManager,
  at: Date,
  surroundings: ComplaintSurroundings,
): Promise<string> {
  if (isRefused(receiveComplaint({ ...receipt, id: '', number: '' }, at, surroundings))) return '';
  const day = localDate(receipt.receivedAt, surroundings.timeZone);
  const sequence = await nextNumber(tx, `complaint:${receipt.projectId}:${day}`);
  return complaintNumber(surroundings.projectCode, day, sequence);
}

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
      if (fact.type === 'LinkedCaseRequested') await openLinkedCase(aggregate, fact, state, reaction);
    },
    deadlines: complaintMoments,
    onDeadline: onComplaintDeadline,
    recompute: recomputeComplaint,
    ended: ['CLOSED'],
    queryColumns: complaintQueryColumns,
    queryRows: keepComplaintsDue,
  };
  return aggregate;
}

/** The case of a demand that came up at a return visit, with the visit or not at all (CMP-12). */
async function openLinkedCase(
  aggregate: ComplaintAggregate,
  fact: LinkedCaseRequested,
  from: ComplaintState,
  { tx, commands, actor, at }: Reaction,
): Promise<void> {
  const demand = from.returnVisits.find((visit) => visit.newDemand?.complaintId === fact.linkedComplaintId);
  const receipt: Receipt = {
    projectId: fact.projectId,
    causeClass: fact.causeClass,
    subject: { topic: fact.topic, unitId: fact.unitId, buildingId: fact.buildingId },
    content: demand?.newDemand?.content ?? null,
    channel: 'RETURN_VISIT',
    receivedAt: at,
    receivedBy: fact.by,
    customerIds: fact.customerId === null ? [] : [fact.customerId],
    interactionId: null,
    facts: [],
    namedStaffIds: [],
    responsibleDepartment: null,
    handlerId: null,
    cameFromComplaintId: fact.complaintId,
  };
  const opened = await commands.create(aggregate, {
    actor,
    command: 'openLinkedComplaint',
    permission: 'complaints.complaint.file',
    projectId: fact.projectId,
    tx,
    at,
    prepare: (_tx, now, surroundings) => numberFor(receipt, tx, now, surroundings),
    decide: (_id, now, surroundings, number) =>
      receiveComplaint({ ...receipt, id: fact.linkedComplaintId, number }, now, surroundings),
  });
  if (isCommandRefusal(opened)) throw new Error(`the linked case was refused: ${opened.code}`);
}
