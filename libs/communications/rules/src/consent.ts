import { accept, refuse, type Decision } from '@anju/kernel';
import { messageChannels, messagePurposes, type MessageChannel, type MessagePurpose } from './channels';
import type { CommunicationsPolicy } from './policy';
import type { CommunicationsRefusal } from './refusals';

export const consentStatuses = ['RECORDED'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

export interface ConsentChange {
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  readonly granted: boolean;
  readonly by: string;
  readonly changedAt: Date;
}

/** What a customer agreed to get, by channel and purpose (COM-05). What he said last counts; all is kept. */
export interface ConsentState {
  readonly id: string;
  /** A customer is one in all projects, and so is what he wants to hear. */
  readonly projectId: null;
  readonly customerId: string;
  readonly status: ConsentStatus;
  readonly changes: readonly ConsentChange[];
}

interface ConsentFactBase {
  readonly projectId: null;
  readonly customerId: string;
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  readonly by: string;
  readonly at: Date;
}

export interface ConsentGiven extends ConsentFactBase {
  readonly type: 'ConsentGiven';
}
export interface ConsentWithdrawn extends ConsentFactBase {
  readonly type: 'ConsentWithdrawn';
}
export type ConsentFact = ConsentGiven | ConsentWithdrawn;

/** Whether a customer may be sent a message of that purpose by that channel; null for one who said nothing. */
export function isConsented(
  state: Pick<ConsentState, 'changes'> | null,
  channel: MessageChannel,
  purpose: MessagePurpose,
  policy: CommunicationsPolicy,
): boolean {
  const last = state?.changes.findLast((change) => change.channel === channel && change.purpose === purpose);
  return last ? last.granted : policy.consent[purpose] === 'ASSUMED';
}

/** All that he may be sent, for a list to be shown. */
export function consentedMessages(
  state: Pick<ConsentState, 'changes'> | null,
  policy: CommunicationsPolicy,
): readonly { readonly channel: MessageChannel; readonly purpose: MessagePurpose }[] {
  return messageChannels.flatMap((channel) =>
    messagePurposes
      .filter((purpose) => isConsented(state, channel, purpose, policy))
      .map((purpose) => ({ channel, purpose })),
  );
}

/**
 * A customer agrees to a purpose on a channel, or objects (COM-05).
 * @param state null for a customer who has said nothing so far
 */
export function recordConsent(
  state: ConsentState | null,
  command: {
    readonly id: string;
    readonly customerId: string;
    readonly channel: MessageChannel;
    readonly purpose: MessagePurpose;
    readonly granted: boolean;
    readonly by: string;
  },
  at: Date,
): Decision<ConsentState, ConsentFact, CommunicationsRefusal<'CONSENT_UNCHANGED'>> {
  const { id, customerId, channel, purpose, granted, by } = command;
  const before = state ?? { id, projectId: null, customerId, status: 'RECORDED', changes: [] };
  const last = before.changes.findLast((one) => one.channel === channel && one.purpose === purpose);
  if (last?.granted === granted) return refuse('CONSENT_UNCHANGED', { channel, purpose, granted });
  return accept(
    { ...before, changes: [...before.changes, { channel, purpose, granted, by, changedAt: at }] },
    {
      type: granted ? 'ConsentGiven' : 'ConsentWithdrawn',
      ...{ projectId: null, customerId: before.customerId, channel, purpose, by, at },
    },
  );
}

/** Two records of one customer became one: all that was said on either counts, in the order of time (DIR-06). */
export function mergeConsents(survivor: ConsentState, gone: ConsentState): ConsentState {
  const changes = [...survivor.changes, ...gone.changes].sort((a, b) => +a.changedAt - +b.changedAt);
  return { ...survivor, changes };
}
