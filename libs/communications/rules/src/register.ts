import { accept, refuse, type Decision } from '@anju/kernel';
import type { TellingChannel } from './channels';
import { missingText, type CommunicationsRefusal } from './refusals';

/** What kind of word it was (COM-02, 05). */
export const wordKinds = [
  'ACKNOWLEDGEMENT',
  'PROGRESS',
  'REPLY',
  'RETURN_VISIT',
  'CALLBACK',
  'NOTICE',
  'VISIT',
  'MESSAGE',
] as const;
export type WordKind = (typeof wordKinds)[number];

/** What a word was about. */
export const wordSubjects = [
  'INTERACTION',
  'COMPLAINT',
  'CONTRACT',
  'MESSAGE',
  'CUSTOMER_VISIT',
  'NOTHING_ELSE',
] as const;
export type WordSubject = (typeof wordSubjects)[number];

export const wordStatuses = ['RECORDED'] as const;
export type WordStatus = (typeof wordStatuses)[number];

/** One word to customers: who, when, by which channel, about what (《客户沟通记录表》, COM-02). Never changed. */
export interface WordState {
  readonly id: string;
  readonly projectId: string;
  readonly status: WordStatus;
  /** Different customers; none while it is not known who was told, as with an anonymous contact. */
  readonly customerIds: readonly string[];
  readonly kind: WordKind;
  readonly channel: TellingChannel;
  readonly saidAt: Date;
  /** A member of staff, or the system. */
  readonly by: string;
  readonly subject: WordSubject;
  readonly subjectId: string | null;
  /** The event, delivery or visit that it comes from; null when it was entered by hand. */
  readonly eventId: string | null;
  /** In words, when it was entered here; else the subject's own record holds them. */
  readonly content: string | null;
  readonly recordedAt: Date;
}

interface WordFactBase {
  readonly wordId: string;
  readonly projectId: string;
  readonly at: Date;
}
export interface CustomerWordRecorded extends WordFactBase {
  readonly type: 'CustomerWordRecorded';
  readonly customerIds: readonly string[];
  readonly kind: WordKind;
  readonly channel: TellingChannel;
  readonly saidAt: Date;
  readonly by: string;
  readonly subject: WordSubject;
  readonly subjectId: string | null;
}
export interface CustomerWordReassigned extends WordFactBase {
  readonly type: 'CustomerWordReassigned';
  readonly customerId: string;
  readonly intoCustomerId: string;
}
export type WordFact = CustomerWordRecorded | CustomerWordReassigned;

/**
 * Enters a word to customers in the register (COM-02). What another service tells of is entered once for its
 * event (the service's unique key); what is entered by hand says in words what was said.
 */
export function recordWord(
  command: {
    readonly id: string;
    readonly projectId: string;
    readonly customerIds: readonly string[];
    readonly kind: WordKind;
    readonly channel: TellingChannel;
    readonly saidAt: Date;
    readonly by: string;
    readonly subject: WordSubject;
    readonly subjectId: string | null;
    readonly eventId: string | null;
    readonly content: string | null;
  },
  at: Date,
): Decision<
  WordState,
  WordFact,
  CommunicationsRefusal<'COMMUNICATION_IN_FUTURE' | 'COMMUNICATION_TEXT_MISSING'>
> {
  const { id, projectId, kind, channel, saidAt, by, subject, subjectId, eventId, content } = command;
  if (saidAt > at) return refuse('COMMUNICATION_IN_FUTURE', { givenAt: saidAt, now: at });
  const blank = missingText('by', by) ?? (eventId === null ? missingText('content', content) : null);
  if (blank) return blank;
  const customerIds = [...new Set(command.customerIds)];
  const state: WordState = {
    ...{ id, projectId, status: 'RECORDED', customerIds, kind, channel, saidAt, by },
    ...{ subject, subjectId, eventId, content, recordedAt: at },
  };
  return accept(state, {
    type: 'CustomerWordRecorded',
    wordId: id,
    ...{ projectId, customerIds, kind, channel, saidAt, by, subject, subjectId, at },
  });
}

/** Two records of one customer became one: the words to the one that went are words to the one that stayed. */
export function replaceWordCustomer(
  state: WordState,
  command: { readonly customerId: string; readonly intoCustomerId: string },
  at: Date,
): Decision<WordState, WordFact, never> {
  const { customerId, intoCustomerId } = command;
  if (!state.customerIds.includes(customerId)) return accept(state);
  const customerIds = [
    ...new Set(state.customerIds.map((one) => (one === customerId ? intoCustomerId : one))),
  ];
  return accept(
    { ...state, customerIds },
    {
      type: 'CustomerWordReassigned',
      wordId: state.id,
      ...{ projectId: state.projectId, customerId, intoCustomerId, at },
    },
  );
}
