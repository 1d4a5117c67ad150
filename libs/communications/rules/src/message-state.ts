import type { Transitions } from '@anju/kernel';
import type { MessageChannel, MessagePurpose } from './channels';
import type { FieldValues } from './template-text';

export const messageStatuses = ['DRAFT', 'SUBMITTED', 'APPROVED', 'SENDING', 'SENT', 'CANCELLED'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** Whom a message is for: customers of the project who meet every list that is not empty. */
export interface AudienceQuery {
  readonly buildingIds: readonly string[];
  readonly unitIds: readonly string[];
  /** Codes of the directory, such as `OWNER`. */
  readonly roles: readonly string[];
  readonly customerIds: readonly string[];
}

/** The audience as it was found: approved is this one, not what the query would find another day. */
export interface Audience {
  readonly query: AudienceQuery;
  /** Different customers. */
  readonly size: number;
  readonly countedAt: Date;
}

export interface MessageApproval {
  readonly by: string;
  readonly approvedAt: Date;
  /** The text and audience that were approved. */
  readonly revision: number;
  /** Null while the approval holds. */
  readonly voidedAt: Date | null;
}

/** What became of the recipients. */
export interface DeliveryCounts {
  readonly delivered: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A message to customers (COM-05). */
export interface MessageState {
  readonly id: string;
  readonly projectId: string;
  readonly status: MessageStatus;
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  readonly templateId: string;
  readonly templateVersion: number;
  /** The template's words when the message was drafted or edited. */
  readonly subject: string | null;
  readonly text: string;
  /** Of the fields that are filled once for the message. */
  readonly values: FieldValues;
  readonly audience: Audience | null;
  /** One more with every change of text or audience. */
  readonly revision: number;
  /** Not before then; null for as soon as it is approved. */
  readonly notBeforeAt: Date | null;
  /** Everybody who wrote text or audience. */
  readonly authorIds: readonly string[];
  readonly draftedAt: Date;
  readonly submittedAt: Date | null;
  readonly rejections: readonly { readonly by: string; readonly reason: string; readonly rejectedAt: Date }[];
  /** Every one that there ever was; at most the last one holds. */
  readonly approvals: readonly MessageApproval[];
  /** When sending begins, outside quiet hours; null unless approved. */
  readonly sendAt: Date | null;
  readonly sendingSinceAt: Date | null;
  readonly counts: DeliveryCounts | null;
  readonly finishedAt: Date | null;
  readonly cancellation: { readonly by: string; readonly reason: string; readonly cancelledAt: Date } | null;
}

interface Happened {
  readonly messageId: string;
  readonly projectId: string;
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  readonly revision: number;
  readonly at: Date;
}
interface Done extends Happened {
  readonly by: string;
}

export interface MessageDrafted extends Done {
  readonly type: 'MessageDrafted';
  readonly templateId: string;
  readonly templateVersion: number;
}
export interface MessageEdited extends Done {
  readonly type: 'MessageEdited';
}
export interface MessageAudienceSet extends Done {
  readonly type: 'MessageAudienceSet';
  readonly audienceSize: number;
}
export interface MessageSubmitted extends Done {
  readonly type: 'MessageSubmitted';
  readonly audienceSize: number;
}
export interface MessageApproved extends Done {
  readonly type: 'MessageApproved';
  readonly audienceSize: number;
  readonly sendAt: Date;
}
export interface MessageApprovalVoided extends Done {
  readonly type: 'MessageApprovalVoided';
}
export interface MessageRejected extends Done {
  readonly type: 'MessageRejected';
}
export interface MessagePostponed extends Happened {
  readonly type: 'MessagePostponed';
  readonly sendAt: Date;
}
export interface MessageSendingStarted extends Happened {
  readonly type: 'MessageSendingStarted';
  readonly audienceSize: number;
}
export interface MessageSent extends Happened, DeliveryCounts {
  readonly type: 'MessageSent';
}
export interface MessageCancelled extends Done {
  readonly type: 'MessageCancelled';
}

/** What can have happened to a message. None holds words, nor who gets it: facts become events. */
export type MessageFact =
  | MessageDrafted
  | MessageEdited
  | MessageAudienceSet
  | MessageSubmitted
  | MessageApproved
  | MessageApprovalVoided
  | MessageRejected
  | MessagePostponed
  | MessageSendingStarted
  | MessageSent
  | MessageCancelled;

const unsent = ['DRAFT', 'SUBMITTED', 'APPROVED'] as const;

/** Every change of text or audience leads back to a draft, whatever was approved before (COM-05). */
export const messageTransitions: Transitions<
  MessageStatus,
  | 'editMessage'
  | 'setMessageAudience'
  | 'submitMessage'
  | 'approveMessage'
  | 'rejectMessage'
  | 'startSending'
  | 'finishMessage'
  | 'cancelMessage',
  'MESSAGE_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'MESSAGE_NOT_IN_REQUIRED_STATUS',
  initial: 'DRAFT',
  commands: {
    editMessage: { from: unsent, to: 'DRAFT' },
    setMessageAudience: { from: unsent, to: 'DRAFT' },
    submitMessage: { from: ['DRAFT'], to: 'SUBMITTED' },
    approveMessage: { from: ['SUBMITTED'], to: 'APPROVED' },
    rejectMessage: { from: ['SUBMITTED'], to: 'DRAFT' },
    startSending: { from: ['APPROVED'], to: 'SENDING' },
    finishMessage: { from: ['SENDING'], to: 'SENT' },
    cancelMessage: { from: unsent, to: 'CANCELLED' },
  },
};

/** What every fact of a message says of it. */
export function happened(state: MessageState, at: Date): Happened {
  const { id, projectId, channel, purpose, revision } = state;
  return { messageId: id, projectId, channel, purpose, revision, at };
}
