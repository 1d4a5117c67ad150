import { isCommandRefusal, type Reaction } from '@anju/commands';
import {
  noteComplaintLink,
  receiveComplaint,
  takeInComplaint,
  type ComplaintFact,
  type ComplaintJoinedInto,
  type ComplaintLinked,
  type ComplaintSplitOff,
  type ComplaintState,
  type LinkedCaseRequested,
} from '@anju/complaints-rules';
import { accept } from '@anju/kernel';
import type { ComplaintAggregate } from './complaint.aggregate';
import { numberFor, type Receipt } from './receipts';

type ConcerningOthers = LinkedCaseRequested | ComplaintSplitOff | ComplaintJoinedInto | ComplaintLinked;

const concerning = {
  LinkedCaseRequested: true,
  ComplaintSplitOff: true,
  ComplaintJoinedInto: true,
  ComplaintLinked: true,
} satisfies Record<ConcerningOthers['type'], true>;

/** Whether something happens to other cases with a fact of this one. */
export function concernsOthers(fact: ComplaintFact): fact is ConcerningOthers {
  return fact.type in concerning;
}

/** What happens to other cases with a fact of this one, in the same transaction or not at all. */
export async function reactToFact(
  aggregate: ComplaintAggregate,
  fact: ComplaintFact,
  state: ComplaintState,
  reaction: Reaction,
): Promise<void> {
  if (!concernsOthers(fact)) return;
  switch (fact.type) {
    case 'LinkedCaseRequested':
      return openLinkedCase(aggregate, fact, state, reaction);
    case 'ComplaintSplitOff':
      return openSplitOffCase(aggregate, fact, state, reaction);
    case 'ComplaintJoinedInto':
      return takeIn(aggregate, fact, state, reaction);
    case 'ComplaintLinked':
      return noteLink(aggregate, fact, reaction);
  }
}

/** The case of a demand that came up at a return visit (CMP-12). */
async function openLinkedCase(
  aggregate: ComplaintAggregate,
  fact: LinkedCaseRequested,
  from: ComplaintState,
  reaction: Reaction,
): Promise<void> {
  const demand = from.returnVisits.find((visit) => visit.newDemand?.complaintId === fact.linkedComplaintId);
  await open(aggregate, 'openLinkedComplaint', fact.linkedComplaintId, reaction, {
    ...bare(fact, reaction.at),
    subject: { topic: fact.topic, unitId: fact.unitId, buildingId: fact.buildingId },
    content: demand?.newDemand?.content ?? null,
    channel: 'RETURN_VISIT',
    customerIds: fact.customerId === null ? [] : [fact.customerId],
  });
}

/**
 * The case of members whose complaint is another one (CMP-14). Reading: it is received now, with a response of its
 * own, and is as old as the case that they were in; its department and handler stay until they are changed.
 */
async function openSplitOffCase(
  aggregate: ComplaintAggregate,
  fact: ComplaintSplitOff,
  from: ComplaintState,
  reaction: Reaction,
): Promise<void> {
  const split = from.splits.find(({ complaintId }) => complaintId === fact.linkedComplaintId);
  if (!split) throw new Error('a split is kept in the case');
  const { subject, channel, namedStaffIds, responsibleDepartment, handlerId } = from;
  const { ageing, answersNeedApproval } = from;
  await open(aggregate, 'openSplitOffComplaint', fact.linkedComplaintId, reaction, {
    ...bare(fact, reaction.at),
    subject: { ...subject, topic: fact.topic },
    content: split.content,
    channel,
    customerIds: fact.customerIds,
    namedStaffIds,
    responsibleDepartment,
    handlerId,
    splitOff: { members: split.members, ageing, answersNeedApproval },
  });
}

async function takeIn(
  aggregate: ComplaintAggregate,
  fact: ComplaintJoinedInto,
  from: ComplaintState,
  { tx, commands, actor, at }: Reaction,
): Promise<void> {
  await commands.change(aggregate, {
    actor,
    command: 'takeInComplaint',
    permission: 'complaints.complaint.regroup',
    id: fact.intoComplaintId,
    tx,
    at,
    decide: (state, now, environment) => takeInComplaint(state, { by: fact.by, from }, now, environment),
  });
}

async function noteLink(
  aggregate: ComplaintAggregate,
  fact: ComplaintLinked,
  { tx, commands, actor, at }: Reaction,
): Promise<void> {
  await commands.change(aggregate, {
    actor,
    command: 'noteComplaintLink',
    permission: 'complaints.complaint.regroup',
    id: fact.linkedComplaintId,
    tx,
    at,
    decide: (state) => accept<ComplaintState, ComplaintFact>(noteComplaintLink(state, fact.complaintId)),
  });
}

type Opening = LinkedCaseRequested | ComplaintSplitOff;

/** A case that comes from another one, as far as it is the same for all of them. */
function bare(
  { projectId, causeClass, by, complaintId }: Opening,
  at: Date,
): Omit<Receipt, 'subject' | 'content' | 'channel' | 'customerIds'> {
  return {
    ...{ projectId, causeClass, receivedAt: at, receivedBy: by, cameFromComplaintId: complaintId },
    ...{ interactionId: null, facts: [], namedStaffIds: [], responsibleDepartment: null, handlerId: null },
  };
}

async function open(
  aggregate: ComplaintAggregate,
  command: string,
  id: string,
  { tx, commands, actor, at }: Reaction,
  receipt: Receipt,
): Promise<void> {
  const opened = await commands.create(aggregate, {
    actor,
    command,
    permission: 'complaints.complaint.file',
    projectId: receipt.projectId,
    tx,
    at,
    prepare: (_tx, now, surroundings) => numberFor(receipt, tx, now, surroundings),
    decide: (_id, now, surroundings, number) =>
      receiveComplaint({ ...receipt, id, number }, now, surroundings),
  });
  if (isCommandRefusal(opened)) throw new Error(`the linked case was refused: ${opened.code}`);
}
