import {
  accept,
  addHours,
  refuse,
  wrongStatus,
  type Decision,
  type DueTime,
  type Refused,
  type Transitions,
} from '@anju/kernel';
import { needsCommunication } from './classification';
import { notPending } from './due-times';
import type { InteractionItem, TellingChannel } from './interaction-state';
import type { ReceptionPolicy } from './policy';
import { missingText, type ReceptionRefusal, type ReceptionRefusalCode } from './refusals';

/** 工程类, 其他类, 沟通类 */
export const followUpCategories = ['ENGINEERING', 'VENDOR', 'COMMUNICATION'] as const;
export type FollowUpCategory = (typeof followUpCategories)[number];

export const followUpStatuses = ['OPEN', 'CLOSED'] as const;
export type FollowUpStatus = (typeof followUpStatuses)[number];

/** Why an entry was made, one reason per category. */
export type EnteredReason = 'WORK_ORDER_OVERDUE' | 'PARTNERS_EQUIPMENT' | 'NEEDS_OTHERS';
/** Why an entry left the register. */
export type LeftReason = 'WORK_ORDER_DONE' | 'WORK_ORDER_CANCELLED' | 'RESULT_AND_REPLY_RECORDED';

export interface Reminder {
  readonly channel: TellingChannel;
  readonly note: string | null;
  readonly by: string;
  readonly remindedAt: Date;
}

export interface FollowUpResult {
  readonly text: string;
  readonly by: string;
  readonly recordedAt: Date;
}

export interface FollowUpReply {
  readonly channel: TellingChannel;
  readonly text: string;
  readonly by: string;
  readonly toldAt: Date;
}

/** An entry of the register of what is overdue or in others' hands: 分类处理记录. */
export interface FollowUpState {
  readonly id: string;
  readonly projectId: string;
  readonly status: FollowUpStatus;
  readonly category: FollowUpCategory;
  readonly interactionId: string;
  /** The overdue order of an engineering entry. */
  readonly workOrderId: string | null;
  /** The outside firm of a vendor entry. */
  readonly partnerId: string | null;
  /** When the outside firm promised to come. */
  readonly promisedAt: Date | null;
  /** What a vendor or communication entry is about. */
  readonly matter: string | null;
  readonly enteredAt: Date;
  readonly enteredBy: string | null;
  readonly enteredReason: EnteredReason;
  readonly reminders: readonly Reminder[];
  /** When the promised time passed with nobody there. */
  readonly flaggedAt: Date | null;
  readonly arrivedAt: Date | null;
  readonly result: FollowUpResult | null;
  readonly reply: FollowUpReply | null;
  readonly leftAt: Date | null;
  readonly leftReason: LeftReason | null;
}

export type FollowUpMissing = 'result' | 'reply';

interface About {
  readonly followUpId: string;
  readonly projectId: string;
  readonly category: FollowUpCategory;
  readonly interactionId: string;
  readonly workOrderId: string | null;
  readonly partnerId: string | null;
}

interface FollowUpFactBase extends About {
  readonly at: Date;
}

export interface FollowUpOpened extends FollowUpFactBase {
  readonly type: 'FollowUpOpened';
  readonly reason: EnteredReason;
  readonly promisedAt: Date | null;
}
export interface FollowUpReminded extends FollowUpFactBase {
  readonly type: 'FollowUpReminded';
  readonly reminders: number;
  readonly by: string;
}
export interface FollowUpFlagged extends FollowUpFactBase {
  readonly type: 'FollowUpFlagged';
  readonly promisedAt: Date;
  readonly reminders: number;
}
export interface FollowUpArrived extends FollowUpFactBase {
  readonly type: 'FollowUpArrived';
  readonly by: string;
}
export interface FollowUpResultRecorded extends FollowUpFactBase {
  readonly type: 'FollowUpResultRecorded';
  readonly by: string;
}
export interface FollowUpReplied extends FollowUpFactBase {
  readonly type: 'FollowUpReplied';
  readonly channel: TellingChannel;
  readonly by: string;
}
export interface FollowUpClosed extends FollowUpFactBase {
  readonly type: 'FollowUpClosed';
  readonly reason: LeftReason;
  readonly enteredAt: Date;
  readonly arrivedAt: Date | null;
  readonly flagged: boolean;
}

/** What can have happened to an entry of the register. */
export type FollowUpFact =
  | FollowUpOpened
  | FollowUpReminded
  | FollowUpFlagged
  | FollowUpArrived
  | FollowUpResultRecorded
  | FollowUpReplied
  | FollowUpClosed;

type Command =
  'remind' | 'flag' | 'recordArrival' | 'recordResult' | 'recordReply' | 'close' | 'leaveWithWorkOrder';

export const followUpTransitions: Transitions<FollowUpStatus, Command, 'FOLLOW_UP_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'FOLLOW_UP_NOT_IN_REQUIRED_STATUS',
  initial: 'OPEN',
  commands: {
    remind: { from: ['OPEN'], to: 'SAME' },
    flag: { from: ['OPEN'], to: 'SAME' },
    recordArrival: { from: ['OPEN'], to: 'SAME' },
    recordResult: { from: ['OPEN'], to: 'SAME' },
    recordReply: { from: ['OPEN'], to: 'SAME' },
    close: { from: ['OPEN'], to: 'CLOSED' },
    leaveWithWorkOrder: { from: ['OPEN'], to: 'CLOSED' },
  },
};

/** What is done by hand differs by category: an engineering entry leaves with its work order alone. */
const categoriesOf: Record<Command, readonly FollowUpCategory[]> = {
  remind: followUpCategories,
  flag: ['VENDOR'],
  recordArrival: ['VENDOR'],
  recordResult: ['VENDOR', 'COMMUNICATION'],
  recordReply: ['VENDOR', 'COMMUNICATION'],
  close: ['VENDOR', 'COMMUNICATION'],
  leaveWithWorkOrder: ['ENGINEERING'],
};

type FollowUpDecision<Code extends ReceptionRefusalCode> = Decision<
  FollowUpState,
  FollowUpFact,
  ReceptionRefusal<Code>
>;
type GuardCode = 'FOLLOW_UP_NOT_IN_REQUIRED_STATUS' | 'FOLLOW_UP_NOT_FOR_CATEGORY';
type FollowUpChange<Code extends ReceptionRefusalCode = never> = FollowUpDecision<GuardCode | Code>;

function guard(state: FollowUpState, command: Command): Refused<ReceptionRefusal<GuardCode>> | null {
  const wrong = wrongStatus(followUpTransitions, command, state.status);
  if (wrong) return wrong;
  const allowedFor = categoriesOf[command];
  const { category } = state;
  return allowedFor.includes(category)
    ? null
    : refuse('FOLLOW_UP_NOT_FOR_CATEGORY', { command, category, allowedFor });
}

function about(state: FollowUpState): About {
  const { id, projectId, category, interactionId, workOrderId, partnerId } = state;
  return { followUpId: id, projectId, category, interactionId, workOrderId, partnerId };
}

type NewEntry = Pick<FollowUpState, 'id' | 'projectId' | 'interactionId' | 'category' | 'enteredReason'> &
  Partial<Pick<FollowUpState, 'workOrderId' | 'partnerId' | 'promisedAt' | 'matter' | 'enteredBy'>>;

function enter(entry: NewEntry, at: Date): FollowUpDecision<never> {
  const state: FollowUpState = {
    workOrderId: null,
    partnerId: null,
    promisedAt: null,
    matter: null,
    enteredBy: null,
    ...entry,
    status: followUpTransitions.initial,
    enteredAt: at,
    reminders: [],
    flaggedAt: null,
    arrivedAt: null,
    result: null,
    reply: null,
    leftAt: null,
    leftReason: null,
  };
  return accept(state, {
    type: 'FollowUpOpened',
    ...about(state),
    reason: state.enteredReason,
    promisedAt: state.promisedAt,
    at,
  });
}

/**
 * The entry that a work order makes by being overdue (REC-11).
 * @param at when its agreed time ended, however late this is carried out
 */
export function enterOverdueWorkOrder(
  command: Pick<FollowUpState, 'id' | 'projectId' | 'interactionId'> & { readonly workOrderId: string },
  at: Date,
): FollowUpDecision<never> {
  const { id, projectId, interactionId, workOrderId } = command;
  return enter(
    {
      id,
      projectId,
      interactionId,
      workOrderId,
      category: 'ENGINEERING',
      enteredReason: 'WORK_ORDER_OVERDUE',
    },
    at,
  );
}

/** The time that a partner's service promise gives, in elapsed hours from the call. */
export function promisedByPartner(calledAt: Date, arrivalHours: number): Date {
  return addHours(calledAt, arrivalHours);
}

/** An entry for what an outside firm has to mend, with the time that it promised (REC-14). */
export function openVendorItem(
  command: Pick<FollowUpState, 'id' | 'projectId' | 'interactionId'> & {
    readonly partnerId: string;
    readonly promisedAt: Date;
    readonly matter: string;
    readonly by: string;
  },
  at: Date,
): FollowUpDecision<'RECEPTION_TEXT_MISSING' | 'PROMISED_TIME_PASSED'> {
  const { by, ...entry } = command;
  const missing = missingText('matter', command.matter);
  if (missing) return missing;
  if (command.promisedAt <= at) {
    return refuse('PROMISED_TIME_PASSED', { promisedAt: command.promisedAt, decidedAt: at });
  }
  return enter({ ...entry, enteredBy: by, category: 'VENDOR', enteredReason: 'PARTNERS_EQUIPMENT' }, at);
}

/** An entry for a matter that needs others and is expected to take more than two days (REC-15). */
export function openCommunicationItem(
  command: Pick<FollowUpState, 'id' | 'projectId' | 'interactionId'> & {
    readonly matter: string;
    readonly needsOthers: boolean;
    readonly expectedDays: number | null;
    readonly by: string;
  },
  at: Date,
  policy: Pick<ReceptionPolicy, 'communicationDays'>,
): FollowUpDecision<'RECEPTION_TEXT_MISSING' | 'COMMUNICATION_NOT_NEEDED'> {
  const { id, projectId, interactionId, matter, needsOthers, expectedDays, by } = command;
  const missing = missingText('matter', matter);
  if (missing) return missing;
  if (!needsCommunication(command, policy)) {
    return refuse('COMMUNICATION_NOT_NEEDED', {
      needsOthers,
      expectedDays,
      moreThanDays: policy.communicationDays,
    });
  }
  const entry = { id, projectId, interactionId, matter, enteredBy: by };
  return enter({ ...entry, category: 'COMMUNICATION', enteredReason: 'NEEDS_OTHERS' }, at);
}

/** Records that those who have to act were reminded; any number of times (REC-14). */
export function remindFollowUp(
  state: FollowUpState,
  command: Omit<Reminder, 'remindedAt'>,
  at: Date,
): FollowUpChange {
  const refusal = guard(state, 'remind');
  if (refusal) return refusal;
  const { channel, note, by } = command;
  const reminders = [...state.reminders, { channel, note, by, remindedAt: at }];
  return accept(
    { ...state, reminders },
    { type: 'FollowUpReminded', ...about(state), reminders: reminders.length, by, at },
  );
}

/** Records that the outside firm has come (REC-14). */
export function recordArrival(
  state: FollowUpState,
  command: { readonly by: string },
  at: Date,
): FollowUpChange<'FOLLOW_UP_ALREADY_ARRIVED'> {
  const refusal = guard(state, 'recordArrival');
  if (refusal) return refusal;
  const { arrivedAt } = state;
  if (arrivedAt) return refuse('FOLLOW_UP_ALREADY_ARRIVED', { arrivedAt });
  return accept(
    { ...state, arrivedAt: at },
    { type: 'FollowUpArrived', ...about(state), by: command.by, at },
  );
}

/**
 * Records what has come of it (REC-14). Nobody need have come: a line can be mended from afar. A new result
 * asks for a new reply.
 */
export function recordFollowUpResult(
  state: FollowUpState,
  command: { readonly text: string; readonly by: string },
  at: Date,
): FollowUpChange<'RECEPTION_TEXT_MISSING'> {
  const refusal = guard(state, 'recordResult') ?? missingText('text', command.text);
  if (refusal) return refusal;
  const { text, by } = command;
  return accept(
    { ...state, result: { text, by, recordedAt: at }, reply: null },
    { type: 'FollowUpResultRecorded', ...about(state), by, at },
  );
}

/** Records that the customer was told the result (REC-14). */
export function recordFollowUpReply(
  state: FollowUpState,
  command: Omit<FollowUpReply, 'toldAt'>,
  at: Date,
): FollowUpChange<'RECEPTION_TEXT_MISSING' | 'FOLLOW_UP_RESULT_NOT_RECORDED'> {
  const refusal = guard(state, 'recordReply') ?? missingText('text', command.text);
  if (refusal) return refusal;
  if (!state.result) return refuse('FOLLOW_UP_RESULT_NOT_RECORDED', {});
  const { channel, text, by } = command;
  return accept(
    { ...state, reply: { channel, text, by, toldAt: at } },
    { type: 'FollowUpReplied', ...about(state), channel, by, at },
  );
}

function leave(state: FollowUpState, reason: LeftReason, at: Date): FollowUpDecision<never> {
  return accept(
    { ...state, status: 'CLOSED', leftAt: at, leftReason: reason },
    {
      type: 'FollowUpClosed',
      ...about(state),
      reason,
      enteredAt: state.enteredAt,
      arrivedAt: state.arrivedAt,
      flagged: state.flaggedAt !== null,
      at,
    },
  );
}

/** Ends a vendor or communication entry, once its result and the reply to the customer are recorded (REC-14, REC-15). */
export function closeFollowUp(
  state: FollowUpState,
  at: Date,
): FollowUpChange<'FOLLOW_UP_CLOSING_INCOMPLETE'> {
  const refusal = guard(state, 'close');
  if (refusal) return refusal;
  const missing = (['result', 'reply'] as const).filter((part) => !state[part]);
  if (missing.length > 0) return refuse('FOLLOW_UP_CLOSING_INCOMPLETE', { missing });
  return leave(state, 'RESULT_AND_REPLY_RECORDED', at);
}

/**
 * Ends an engineering entry, because its work order is done or given up (REC-11).
 * @param at when that happened
 */
export function leaveWithWorkOrder(
  state: FollowUpState,
  outcome: 'DONE' | 'CANCELLED',
  at: Date,
): FollowUpChange {
  return guard(state, 'leaveWithWorkOrder') ?? leave(state, `WORK_ORDER_${outcome}`, at);
}

/** The promised time of a vendor entry, until the firm has come or a result is recorded (REC-14). */
export function followUpDeadlines(state: FollowUpState): readonly DueTime[] {
  const { status, promisedAt, flaggedAt, arrivedAt, result } = state;
  const pending = status === 'OPEN' && promisedAt && !flaggedAt && !arrivedAt && !result;
  return pending ? [{ kind: 'PROMISED_ARRIVAL', dueAt: promisedAt }] : [];
}

/** The promised time has passed and nobody came: the entry is flagged (REC-14). */
export function onFollowUpDeadline(
  state: FollowUpState,
  kind: string,
  dueAt: Date,
): FollowUpChange<'RECEPTION_DEADLINE_NOT_PENDING'> {
  const stale = notPending(followUpDeadlines(state), kind, dueAt);
  if (stale) return stale;
  return accept(
    { ...state, flaggedAt: dueAt },
    {
      type: 'FollowUpFlagged',
      ...about(state),
      promisedAt: dueAt,
      reminders: state.reminders.length,
      at: dueAt,
    },
  );
}

/**
 * The entry as an item of its contact (REC-04): closed, and done since its result was recorded, so that the
 * reply that closing asks for is a reply after that. Null for an engineering entry: its order is the item.
 */
export function followUpItem(state: FollowUpState): InteractionItem | null {
  if (state.category === 'ENGINEERING') return null;
  const item = { kind: 'FOLLOW_UP', id: state.id } as const;
  return state.status === 'CLOSED' && state.result
    ? { ...item, status: 'DONE', doneAt: state.result.recordedAt }
    : { ...item, status: 'OPEN' };
}
