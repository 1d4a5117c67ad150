import {
  accept,
  addDays,
  isBlank,
  refuse,
  wrongStatus,
  type Decision,
  type DueTime,
  type Refused,
  type Transitions,
} from '@anju/kernel';
import { proposeClass, type InteractionClass } from './classification';
import { notPending } from './due-times';
import type { InteractionFact } from './interaction-facts';
import {
  completedLabel,
  spokenChannels,
  type ApprovedAnswers,
  type ClassChange,
  type ComplaintIntake,
  type CustomerTelling,
  type InteractionChannel,
  type InteractionItem,
  type InteractionMissing,
  type InteractionState,
  type InteractionStatus,
  type ItemKind,
  type MissingForClosing,
  type TellingChannel,
  type TellingKind,
} from './interaction-state';
import type { ReceptionPolicy } from './policy';
import { missingText, type ReceptionRefusal, type ReceptionRefusalCode } from './refusals';

type Command =
  | 'confirmClass'
  | 'reclassify'
  | 'offerHandover'
  | 'acceptHandover'
  | 'declineHandover'
  | 'tellCustomer'
  | 'flagSilence'
  | 'close';

export const interactionTransitions: Transitions<
  InteractionStatus,
  Command,
  'INTERACTION_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'INTERACTION_NOT_IN_REQUIRED_STATUS',
  initial: 'OPEN',
  commands: {
    confirmClass: { from: ['OPEN'], to: 'SAME' },
    reclassify: { from: ['OPEN'], to: 'SAME' },
    offerHandover: { from: ['OPEN'], to: 'SAME' },
    acceptHandover: { from: ['OPEN'], to: 'SAME' },
    declineHandover: { from: ['OPEN'], to: 'SAME' },
    tellCustomer: { from: ['OPEN'], to: 'SAME' },
    flagSilence: { from: ['OPEN'], to: 'SAME' },
    close: { from: ['OPEN'], to: 'CLOSED' },
  },
};

export type InteractionDecision<Code extends ReceptionRefusalCode> = Decision<
  InteractionState,
  InteractionFact,
  ReceptionRefusal<Code>
>;
/** The decision on a contact that exists. */
export type InteractionChange<Code extends ReceptionRefusalCode = never> = InteractionDecision<
  'INTERACTION_NOT_IN_REQUIRED_STATUS' | Code
>;

/** Nobody may stand behind what is found in a letter box, comes by post, or is seen on patrol. */
const channelsWithoutCaller: readonly InteractionChannel[] = ['LETTER', 'LETTER_BOX', 'PATROL'];

/** The item that a class leads to; the others may close without one. */
const itemOfClass: Partial<Record<InteractionClass, ItemKind>> = {
  OWN_REPAIR: 'WORK_ORDER',
  RECTIFICATION: 'RECTIFICATION',
  VENDOR: 'FOLLOW_UP',
  COMMUNICATION: 'FOLLOW_UP',
  COMPLAINT: 'COMPLAINT',
};

/** What every fact of a contact says. */
export function about(state: InteractionState): {
  interactionId: string;
  projectId: string;
  ownerId: string;
} {
  return { interactionId: state.id, projectId: state.projectId, ownerId: state.ownerId };
}

/** The different customers of a contact, the first named first. */
export function interactionCustomerIds(
  state: Pick<InteractionState, 'customerId' | 'accompanyingCustomerIds'>,
): readonly string[] {
  const all = state.customerId
    ? [state.customerId, ...state.accompanyingCustomerIds]
    : state.accompanyingCustomerIds;
  return [...new Set(all)];
}

export type RecordInteraction = Pick<
  InteractionState,
  | 'id'
  | 'projectId'
  | 'number'
  | 'channel'
  | 'customerId'
  | 'callerName'
  | 'callbackContact'
  | 'accompanyingCustomerIds'
  | 'unitId'
  | 'buildingId'
  | 'content'
  | 'topic'
  | 'receivedAt'
  | 'receivedBy'
  | 'facts'
>;

/**
 * Records a contact in full on first receipt (REC-01). Whoever received it owns it (REC-03), and its class is
 * proposed from the facts (REC-02).
 * @param timeZone the project's, an IANA name
 */
export function recordInteraction(
  command: RecordInteraction,
  at: Date,
  timeZone: string,
  policy: ReceptionPolicy,
): InteractionDecision<'INTERACTION_DETAILS_MISSING' | 'INTERACTION_RECEIVED_IN_FUTURE'> {
  const customerIds = interactionCustomerIds(command);
  const missing: InteractionMissing[] = [];
  if (isBlank(command.content)) missing.push('content');
  if (customerIds.length === 0 && !channelsWithoutCaller.includes(command.channel)) {
    if (isBlank(command.callerName)) missing.push('who');
    if (isBlank(command.callbackContact)) missing.push('callbackContact');
  }
  if (missing.length > 0) return refuse('INTERACTION_DETAILS_MISSING', { missing });
  if (command.receivedAt > at) {
    return refuse('INTERACTION_RECEIVED_IN_FUTURE', { receivedAt: command.receivedAt, decidedAt: at });
  }
  const state: InteractionState = {
    ...command,
    status: interactionTransitions.initial,
    label: null,
    proposedClass: proposeClass(command.facts, command.receivedAt, timeZone, policy),
    confirmedClass: null,
    classChanges: [],
    complaint: null,
    ownerId: command.receivedBy,
    handoverOffer: null,
    tellings: [],
    lastToldAt: null,
    uninformedAt: null,
    closedAt: null,
    closedBy: null,
  };
  return accept(state, {
    type: 'InteractionRecorded',
    ...about(state),
    number: state.number,
    channel: state.channel,
    customerIds,
    unitId: state.unitId,
    buildingId: state.buildingId,
    topic: state.topic,
    receivedAt: state.receivedAt,
    receivedBy: state.receivedBy,
    proposedClass: state.proposedClass,
    at,
  });
}

export interface Classify {
  readonly to: InteractionClass;
  /** Set where the contact has none yet, or another; a complaint has to have one. */
  readonly topic?: string | null;
  /** Needed for the class `COMPLAINT`, ignored for the others. */
  readonly complaint?: ComplaintIntake | null;
  readonly by: string;
  readonly reason?: string | null;
}

function classify(
  state: InteractionState,
  command: Classify,
  at: Date,
): InteractionDecision<'COMPLAINT_INTAKE_MISSING'> {
  const isComplaint = command.to === 'COMPLAINT';
  const complaint = isComplaint ? (command.complaint ?? null) : null;
  const topic = command.topic ?? state.topic;
  const missing: ('complaint' | 'topic')[] = [];
  if (isComplaint && !complaint) missing.push('complaint');
  if (isComplaint && isBlank(topic)) missing.push('topic');
  if (missing.length > 0) return refuse('COMPLAINT_INTAKE_MISSING', { missing });
  const change: ClassChange = {
    from: state.confirmedClass,
    to: command.to,
    asProposed: command.to === state.proposedClass,
    by: command.by,
    reason: command.reason ?? null,
    changedAt: at,
  };
  const next = {
    ...state,
    topic,
    confirmedClass: command.to,
    complaint,
    classChanges: [...state.classChanges, change],
  };
  return accept(next, {
    type: 'InteractionClassified',
    ...about(state),
    class: command.to,
    previousClass: change.from,
    proposedClass: state.proposedClass,
    asProposed: change.asProposed,
    causeClass: complaint?.causeClass ?? null,
    facts: complaint?.facts ?? [],
    namedStaffIds: complaint?.namedStaffIds ?? [],
    topic,
    customerIds: interactionCustomerIds(state),
    unitId: state.unitId,
    buildingId: state.buildingId,
    channel: state.channel,
    receivedAt: state.receivedAt,
    receivedBy: state.receivedBy,
    by: command.by,
    at,
  });
}

/** The agent confirms the proposed class or takes another (REC-02); only the first time. */
export function confirmClass(
  state: InteractionState,
  command: Classify,
  at: Date,
): InteractionChange<'INTERACTION_CLASS_ALREADY_CONFIRMED' | 'COMPLAINT_INTAKE_MISSING'> {
  const wrong = wrongStatus(interactionTransitions, 'confirmClass', state.status);
  if (wrong) return wrong;
  const { confirmedClass } = state;
  if (confirmedClass) return refuse('INTERACTION_CLASS_ALREADY_CONFIRMED', { confirmedClass });
  return classify(state, command, at);
}

/** Another class for a contact that has one, with a reason, kept in the history (REC-02). */
export function reclassify(
  state: InteractionState,
  command: Classify,
  at: Date,
): InteractionChange<
  | 'INTERACTION_CLASS_NOT_CONFIRMED'
  | 'INTERACTION_CLASS_UNCHANGED'
  | 'RECEPTION_TEXT_MISSING'
  | 'COMPLAINT_INTAKE_MISSING'
> {
  const wrong = wrongStatus(interactionTransitions, 'reclassify', state.status);
  if (wrong) return wrong;
  const { confirmedClass, proposedClass } = state;
  if (!confirmedClass) return refuse('INTERACTION_CLASS_NOT_CONFIRMED', { proposedClass });
  if (confirmedClass === command.to) return refuse('INTERACTION_CLASS_UNCHANGED', { confirmedClass });
  return missingText('reason', command.reason) ?? classify(state, command, at);
}

/** Adds word to the customer. What became known late neither ends nor shortens a silence that began after it. */
function told(state: InteractionState, telling: CustomerTelling): InteractionDecision<never> {
  const { kind, channel, complaintId, by, toldAt } = telling;
  const { lastToldAt, receivedAt } = state;
  const tellings = [...state.tellings, telling];
  const isLast = !lastToldAt || toldAt > lastToldAt;
  return accept(
    isLast ? { ...state, tellings, lastToldAt: toldAt, uninformedAt: null } : { ...state, tellings },
    {
      type: 'CustomerTold',
      ...about(state),
      kind,
      channel,
      firstReply: lastToldAt === null,
      receivedAt,
      customerIds: interactionCustomerIds(state),
      complaintId,
      by,
      at: toldAt,
    },
  );
}

/**
 * Records that the desk told the customer about progress or the result (REC-04, REC-05). Reading: whoever of the
 * desk has the customer before him tells him and is recorded as the one who did; to answer the customer is every
 * agent's duty (source 0, 3.4), and takes nothing from the owner, who still follows the contact to its end.
 * @param approvedAnswers the contact's complaint cases that are answered by approved replies; see `unapprovedTelling`
 */
export function tellCustomer(
  state: InteractionState,
  command: {
    readonly kind: TellingKind;
    readonly channel: TellingChannel;
    readonly text: string;
    readonly by: string;
  },
  at: Date,
  approvedAnswers: readonly ApprovedAnswers[] = [],
): InteractionChange<'RECEPTION_TEXT_MISSING' | 'TELLING_NOT_APPROVED'> {
  const refusal =
    wrongStatus(interactionTransitions, 'tellCustomer', state.status) ??
    missingText('text', command.text) ??
    unapprovedTelling(command, approvedAnswers);
  if (refusal) return refusal;
  const { kind, channel, text, by } = command;
  return told(state, { kind, channel, text, complaintId: null, by, toldAt: at });
}

/**
 * The refusal of what the desk would write to somebody who complained on the web, or by way of the developer's
 * customer-relations centre (CMP-08): all replies to such complaints are approved, and sent by that centre. Reading:
 * conversation stays free, as it does in the case; the result may be written once such a reply has gone out, as the desk
 * tells what the case has sent, and the contact of somebody who has no telephone has to come to its end.
 */
function unapprovedTelling(
  { kind, channel }: { readonly kind: TellingKind; readonly channel: TellingChannel },
  approvedAnswers: readonly ApprovedAnswers[],
): Refused<ReceptionRefusal<'TELLING_NOT_APPROVED'>> | null {
  if (spokenChannels.some((spoken) => spoken === channel)) return null;
  const held = approvedAnswers.find(({ hasAnswered }) => kind === 'PROGRESS' || !hasAnswered);
  if (!held) return null;
  const { complaintId } = held;
  return refuse('TELLING_NOT_APPROVED', { complaintId, instead: 'draftComplaintReply', spokenChannels });
}

/**
 * Records that the customer got a reply in his complaint case: word of its progress (REC-05). The result is
 * told by the desk.
 * @param at when the reply was given
 */
export function noteComplaintReply(
  state: InteractionState,
  command: { readonly complaintId: string; readonly channel: TellingChannel; readonly by: string },
  at: Date,
): InteractionChange {
  const wrong = wrongStatus(interactionTransitions, 'tellCustomer', state.status);
  if (wrong) return wrong;
  const { complaintId, channel, by } = command;
  return told(state, { kind: 'PROGRESS', channel, text: null, complaintId, by, toldAt: at });
}

/** What a contact still needs before it can be closed (REC-04); empty when it can. */
export function missingForClosing(
  state: InteractionState,
  items: readonly InteractionItem[],
): readonly MissingForClosing[] {
  const missing: MissingForClosing[] = [];
  const { confirmedClass, proposedClass } = state;
  if (!confirmedClass) missing.push({ what: 'CLASS', proposedClass });
  const asked = confirmedClass ? itemOfClass[confirmedClass] : undefined;
  const lacking = asked !== undefined && !items.some((item) => item.kind === asked);
  if (lacking) missing.push({ what: 'ITEM', kind: asked });
  let allDone = !lacking;
  let lastDoneAt = state.receivedAt;
  for (const item of items) {
    if (item.status === 'OPEN') {
      allDone = false;
      missing.push({ what: 'ITEM_DONE', kind: item.kind, itemId: item.id });
    } else if (item.doneAt > lastDoneAt) {
      lastDoneAt = item.doneAt;
    }
  }
  const replied = state.tellings.some((telling) => telling.kind === 'RESULT' && telling.toldAt >= lastDoneAt);
  if (!allDone || !replied) missing.push({ what: 'RESULT_REPLY', notBeforeAt: allDone ? lastDoneAt : null });
  return missing;
}

/**
 * Closes a contact and marks it 已完成, when every item is done and the customer was told the result after
 * that (REC-04). A result told while an item was still open does not count (reading). Reading: closing ends the
 * ownership, and who received a contact follows it to the end (REC-03; source 1: 首接责任制,负责跟踪落实到底), so
 * that a colleague takes it over before he closes it.
 * @param command.bySupervisor a supervisor may close what belongs to somebody who is away
 * @param items all that the contact led to
 */
export function closeInteraction(
  state: InteractionState,
  command: { readonly by: string; readonly bySupervisor: boolean },
  items: readonly InteractionItem[],
  at: Date,
): InteractionChange<'NOT_THE_OWNER' | 'INTERACTION_CLOSING_INCOMPLETE'> {
  const wrong = wrongStatus(interactionTransitions, 'close', state.status);
  if (wrong) return wrong;
  const { ownerId } = state;
  if (command.by !== ownerId && !command.bySupervisor) return refuse('NOT_THE_OWNER', { ownerId });
  const missing = missingForClosing(state, items);
  if (missing.length > 0) return refuse('INTERACTION_CLOSING_INCOMPLETE', { missing });
  return accept(
    {
      ...state,
      status: 'CLOSED',
      label: completedLabel,
      handoverOffer: null,
      uninformedAt: null,
      closedAt: at,
      closedBy: command.by,
    },
    {
      type: 'InteractionClosed',
      ...about(state),
      class: state.confirmedClass,
      channel: state.channel,
      receivedAt: state.receivedAt,
      itemCount: items.length,
      by: command.by,
      at,
    },
  );
}

/** When an open contact is flagged for silence: two days after the last word to the customer (REC-05). */
export function interactionDeadlines(
  state: InteractionState,
  policy: Pick<ReceptionPolicy, 'customerSilenceDays'>,
): readonly DueTime[] {
  if (state.status !== 'OPEN' || state.uninformedAt) return [];
  const silentSince = state.lastToldAt ?? state.receivedAt;
  return [{ kind: 'CUSTOMER_SILENCE', dueAt: addDays(silentSince, policy.customerSilenceDays) }];
}

/** Flags the silence, once; the next word to the customer clears the flag and starts anew (REC-05). */
export function onInteractionDeadline(
  state: InteractionState,
  kind: string,
  dueAt: Date,
  policy: Pick<ReceptionPolicy, 'customerSilenceDays'>,
): InteractionChange<'RECEPTION_DEADLINE_NOT_PENDING'> {
  const stale = notPending(interactionDeadlines(state, policy), kind, dueAt);
  if (stale) return stale;
  return accept(
    { ...state, uninformedAt: dueAt },
    {
      type: 'CustomerUninformed',
      ...about(state),
      class: state.confirmedClass,
      silentSinceAt: state.lastToldAt ?? state.receivedAt,
      at: dueAt,
    },
  );
}
