import { accept, addMinutes, refuse, wrongStatus, type Decision, type Transitions } from '@anju/kernel';
import type { MessageChannel, MessagePurpose } from './channels';
import { isConsented, type ConsentState } from './consent';
import { composeMessage } from './message';
import type { MessageState } from './message-state';
import type { CommunicationsEnvironment, CommunicationsPolicy } from './policy';
import { sendableFrom } from './quiet-hours';
import type { CommunicationsRefusal, CommunicationsRefusalCode } from './refusals';
import type { FieldValues } from './template-text';

export const deliveryStatuses = ['WAITING', 'ATTEMPTING', 'DELIVERED', 'FAILED', 'SKIPPED'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** `UNKNOWN`: the carrier was asked, and nobody heard of it again; he may have it or not. */
export const attemptOutcomes = ['ACCEPTED', 'TRY_AGAIN', 'REJECTED', 'UNKNOWN'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Why a recipient gets nothing. */
export const skipReasons = ['NO_CONSENT', 'NO_ADDRESS', 'VALUE_MISSING', 'CUSTOMER_GONE'] as const;
export type SkipReason = (typeof skipReasons)[number];

export interface DeliveryAttempt {
  /** 1, 2, 3 … */
  readonly attempt: number;
  readonly startedAt: Date;
  /** When the carrier was asked; from then on he may have it. Null before. */
  readonly handedOverAt: Date | null;
  /** Null while it is running. */
  readonly outcome: AttemptOutcome | null;
  /** The carrier's code, never its words; null when there is none. */
  readonly code: string | null;
  readonly endedAt: Date | null;
}

/** One recipient's copy of a message, and what became of it (COM-05). */
export interface DeliveryState {
  readonly id: string;
  readonly projectId: string;
  readonly status: DeliveryStatus;
  readonly messageId: string;
  readonly customerId: string;
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  readonly attempts: readonly DeliveryAttempt[];
  /** When it is tried next; null when it is not. */
  readonly nextAttemptAt: Date | null;
  /** When a running attempt counts as unheard of. */
  readonly timeoutAt: Date | null;
  readonly skipReason: SkipReason | null;
  /** When it got its last outcome; null while there may be another. */
  readonly finishedAt: Date | null;
}

/** What is known of a recipient when a message is about to go to him. */
export interface Recipient {
  /** Whether the customer is still on record and in the project. */
  readonly present: boolean;
  /** Null when he has said nothing. */
  readonly consent: Pick<ConsentState, 'changes'> | null;
  /** Whether there is a number, account or mailbox for the channel. */
  readonly hasAddress: boolean;
  /** Of the recipient's fields. */
  readonly values: FieldValues;
}

/** Why a message cannot go to a recipient, the weightiest reason first; null when it can (COM-05). */
export function skipReasonFor(
  message: Pick<MessageState, 'channel' | 'purpose' | 'subject' | 'text' | 'values'>,
  recipient: Recipient,
  companyName: string,
  policy: CommunicationsPolicy,
): SkipReason | null {
  const { present, consent, hasAddress, values } = recipient;
  if (!present) return 'CUSTOMER_GONE';
  if (!isConsented(consent, message.channel, message.purpose, policy)) return 'NO_CONSENT';
  if (!hasAddress) return 'NO_ADDRESS';
  return 'outcome' in composeMessage(message, values, companyName) ? 'VALUE_MISSING' : null;
}

interface DeliveryFactBase {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly projectId: string;
  readonly customerId: string;
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  readonly at: Date;
}
export interface DeliveryAttemptStarted extends DeliveryFactBase {
  readonly type: 'DeliveryAttemptStarted';
  readonly attempt: number;
}
export interface DeliveryHandedOver extends DeliveryFactBase {
  readonly type: 'DeliveryHandedOver';
  readonly attempt: number;
}
export interface DeliveryPostponed extends DeliveryFactBase {
  readonly type: 'DeliveryPostponed';
  readonly attempt: number;
  readonly outcome: AttemptOutcome | null;
  readonly nextAttemptAt: Date;
}
export interface MessageDelivered extends DeliveryFactBase {
  readonly type: 'MessageDelivered';
  readonly attempts: number;
}
export interface DeliveryFailed extends DeliveryFactBase {
  readonly type: 'DeliveryFailed';
  readonly attempts: number;
  /** Of the last attempt. */
  readonly outcome: Exclude<AttemptOutcome, 'ACCEPTED'>;
}
export interface DeliverySkipped extends DeliveryFactBase {
  readonly type: 'DeliverySkipped';
  readonly reason: SkipReason;
}
export interface DeliveryPlanned extends DeliveryFactBase {
  readonly type: 'DeliveryPlanned';
  readonly nextAttemptAt: Date;
}
export type DeliveryFact =
  | DeliveryPlanned
  | DeliveryAttemptStarted
  | DeliveryHandedOver
  | DeliveryPostponed
  | MessageDelivered
  | DeliveryFailed
  | DeliverySkipped;

type Command =
  'startAttempt' | 'handOverAttempt' | 'acceptAttempt' | 'rejectAttempt' | 'retryAttempt' | 'skipDelivery';

export const deliveryTransitions: Transitions<DeliveryStatus, Command, 'DELIVERY_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'DELIVERY_NOT_IN_REQUIRED_STATUS',
  initial: 'WAITING',
  commands: {
    startAttempt: { from: ['WAITING'], to: 'ATTEMPTING' },
    handOverAttempt: { from: ['ATTEMPTING'], to: 'SAME' },
    acceptAttempt: { from: ['ATTEMPTING'], to: 'DELIVERED' },
    rejectAttempt: { from: ['ATTEMPTING'], to: 'FAILED' },
    retryAttempt: { from: ['ATTEMPTING'], to: 'WAITING' },
    skipDelivery: { from: ['WAITING', 'ATTEMPTING'], to: 'SKIPPED' },
  },
};

type DeliveryDecision<Code extends CommunicationsRefusalCode> = Decision<
  DeliveryState,
  DeliveryFact,
  CommunicationsRefusal<Code>
>;

function about(state: DeliveryState, at: Date): DeliveryFactBase {
  const { id, messageId, projectId, customerId, channel, purpose } = state;
  return { deliveryId: id, messageId, projectId, customerId, channel, purpose, at };
}

/**
 * One recipient's copy of a message that is being sent (COM-05): tried at once, or at the end of quiet hours;
 * skipped for a reason that is known beforehand, such as no consent.
 */
export function planDelivery(
  command: Pick<DeliveryState, 'id' | 'projectId' | 'messageId' | 'customerId' | 'channel' | 'purpose'> & {
    readonly skip: SkipReason | null;
  },
  at: Date,
  environment: CommunicationsEnvironment,
): DeliveryDecision<never> {
  const { skip, id, projectId, messageId, customerId, channel, purpose } = command;
  const nextAttemptAt = sendableFrom(at, environment);
  const state: DeliveryState = {
    ...{ id, projectId, messageId, customerId, channel, purpose },
    status: skip === null ? deliveryTransitions.initial : 'SKIPPED',
    attempts: [],
    nextAttemptAt: skip === null ? nextAttemptAt : null,
    timeoutAt: null,
    skipReason: skip,
    finishedAt: skip === null ? null : at,
  };
  return skip === null
    ? accept(state, { type: 'DeliveryPlanned', ...about(state, at), nextAttemptAt })
    : accept(state, { type: 'DeliverySkipped', ...about(state, at), reason: skip });
}

/**
 * Gives a copy up before the carrier was asked for it: the consent was withdrawn, or the customer is not there any
 * more.
 */
export function skipDelivery(
  state: DeliveryState,
  command: { readonly reason: SkipReason },
  at: Date,
): DeliveryDecision<'DELIVERY_NOT_IN_REQUIRED_STATUS' | 'DELIVERY_ATTEMPT_NOT_RUNNING'> {
  const wrong = wrongStatus(deliveryTransitions, 'skipDelivery', state.status);
  if (wrong) return wrong;
  const { reason } = command;
  const running = state.attempts.find((one) => one.outcome === null);
  if (running?.handedOverAt) return refuse('DELIVERY_ATTEMPT_NOT_RUNNING', { attempt: running.attempt });
  const attempts = state.attempts.filter((one) => one !== running);
  const over = { attempts, nextAttemptAt: null, timeoutAt: null, finishedAt: at };
  return accept(
    { ...state, ...over, status: 'SKIPPED', skipReason: reason },
    { type: 'DeliverySkipped', ...about(state, at), reason },
  );
}

/**
 * Notes that the carrier is about to be asked (COM-05): once for each attempt, so that two senders do not both ask,
 * and so that it is known after a crash whether he may have it.
 */
export function handOverAttempt(
  state: DeliveryState,
  command: { readonly attempt: number },
  at: Date,
): DeliveryDecision<'DELIVERY_NOT_IN_REQUIRED_STATUS' | 'DELIVERY_ATTEMPT_NOT_RUNNING'> {
  const { attempt } = command;
  const wrong = wrongStatus(deliveryTransitions, 'handOverAttempt', state.status);
  if (wrong) return wrong;
  const last = state.attempts.at(-1)!;
  if (last.attempt !== attempt || last.handedOverAt)
    return refuse('DELIVERY_ATTEMPT_NOT_RUNNING', { attempt });
  const attempts = [...state.attempts.slice(0, -1), { ...last, handedOverAt: at }];
  return accept({ ...state, attempts }, { type: 'DeliveryHandedOver', ...about(state, at), attempt });
}

/** A second copy is worse than a missing one, which shows in the list: what may have arrived is not sent again. */
const finalOutcomes: readonly AttemptOutcome[] = ['REJECTED', 'UNKNOWN'];

function concluded(
  state: DeliveryState,
  outcome: AttemptOutcome,
  code: string | null,
  at: Date,
  environment: CommunicationsEnvironment,
): DeliveryDecision<never> {
  const attempts = state.attempts.map((one) =>
    one.outcome === null ? { ...one, outcome, code, endedAt: at } : one,
  );
  const next: DeliveryState = { ...state, attempts, timeoutAt: null };
  const count = attempts.length;
  if (outcome === 'ACCEPTED') {
    return accept(
      { ...next, status: 'DELIVERED', finishedAt: at },
      { type: 'MessageDelivered', ...about(state, at), attempts: count },
    );
  }
  const minutes = environment.policy.retryMinutes[count - 1];
  if (finalOutcomes.includes(outcome) || minutes === undefined) {
    return accept(
      { ...next, status: 'FAILED', finishedAt: at },
      { type: 'DeliveryFailed', ...about(state, at), attempts: count, outcome },
    );
  }
  const nextAttemptAt = sendableFrom(addMinutes(at, minutes), environment);
  return accept(
    { ...next, status: 'WAITING', nextAttemptAt },
    { type: 'DeliveryPostponed', ...about(state, at), attempt: count, outcome, nextAttemptAt },
  );
}

/**
 * What the carrier said of an attempt (COM-05): taken, not now, or never; or that he was lost while he may have
 * taken it. After a temporary failure it is tried again, later each time, as often as the policy has it, and not in
 * quiet hours.
 * @param command `attempt` that it is of; one that was given up meanwhile is not running any more
 */
export function recordAttemptOutcome(
  state: DeliveryState,
  command: {
    readonly attempt: number;
    readonly outcome: AttemptOutcome;
    readonly code: string | null;
  },
  at: Date,
  environment: CommunicationsEnvironment,
): DeliveryDecision<'DELIVERY_NOT_IN_REQUIRED_STATUS' | 'DELIVERY_ATTEMPT_NOT_RUNNING'> {
  const { attempt, outcome, code } = command;
  const wrong = wrongStatus(deliveryTransitions, commandOf[outcome], state.status);
  if (wrong) return wrong;
  if (attempt !== state.attempts.length) return refuse('DELIVERY_ATTEMPT_NOT_RUNNING', { attempt });
  return concluded(state, outcome, code, at, environment);
}

const commandOf = {
  ACCEPTED: 'acceptAttempt',
  REJECTED: 'rejectAttempt',
  TRY_AGAIN: 'retryAttempt',
  UNKNOWN: 'rejectAttempt',
} as const satisfies Record<AttemptOutcome, Command>;

export const deliveryDeadlineKinds = ['ATTEMPT', 'ATTEMPT_TIMEOUT'] as const;
export type DeliveryDeadlineKind = (typeof deliveryDeadlineKinds)[number];

/** What is still to fall due: the next attempt, or the end of waiting for one that is running. */
export function deliveryDeadlines(
  state: DeliveryState,
): readonly { readonly kind: DeliveryDeadlineKind; readonly dueAt: Date }[] {
  const { status, nextAttemptAt, timeoutAt } = state;
  if (status === 'WAITING' && nextAttemptAt) return [{ kind: 'ATTEMPT', dueAt: nextAttemptAt }];
  if (status === 'ATTEMPTING' && timeoutAt) return [{ kind: 'ATTEMPT_TIMEOUT', dueAt: timeoutAt }];
  return [];
}

/**
 * An attempt begins, or one that nobody heard of again is over (COM-05). The start is on record before the
 * carrier is asked, so that after a crash it is known that it may have been.
 * @throws Error for a kind that is not in `deliveryDeadlineKinds`
 */
export function onDeliveryDeadline(
  state: DeliveryState,
  kind: string,
  dueAt: Date,
  environment: CommunicationsEnvironment,
): DeliveryDecision<never> {
  if (!deliveryDeadlineKinds.some((known) => known === kind)) {
    throw new Error(`not a deadline of a delivery: ${kind}`);
  }
  if (!deliveryDeadlines(state).some((due) => due.kind === kind && +due.dueAt === +dueAt)) {
    return accept(state);
  }
  if (kind === 'ATTEMPT_TIMEOUT') {
    // Nobody was there to send it: the carrier has not got it.
    const outcome = state.attempts.at(-1)!.handedOverAt ? 'UNKNOWN' : 'TRY_AGAIN';
    return concluded(state, outcome, null, dueAt, environment);
  }
  const attempt = state.attempts.length + 1;
  const nextAttemptAt = sendableFrom(dueAt, environment);
  if (nextAttemptAt > dueAt) {
    return accept(
      { ...state, nextAttemptAt },
      {
        type: 'DeliveryPostponed',
        ...about(state, dueAt),
        attempt: attempt - 1,
        outcome: null,
        nextAttemptAt,
      },
    );
  }
  return accept(
    {
      ...state,
      status: 'ATTEMPTING',
      nextAttemptAt: null,
      timeoutAt: addMinutes(dueAt, environment.policy.attemptTimeoutMinutes),
      attempts: [
        ...state.attempts,
        { attempt, startedAt: dueAt, handedOverAt: null, outcome: null, code: null, endedAt: null },
      ],
    },
    { type: 'DeliveryAttemptStarted', ...about(state, dueAt), attempt },
  );
}
