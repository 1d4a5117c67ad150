import { accept, refuse, wrongStatus, type Decision, type Refused } from '@anju/kernel';
import {
  happened,
  messageTransitions,
  type AudienceQuery,
  type DeliveryCounts,
  type MessageApprovalVoided,
  type MessageFact,
  type MessageState,
} from './message-state';
import type { CommunicationsEnvironment, CommunicationsPolicy } from './policy';
import { sendableFrom } from './quiet-hours';
import { missingText, type CommunicationsRefusal, type CommunicationsRefusalCode } from './refusals';
import type { TemplateState } from './template';
import {
  fieldsOf,
  fillIn,
  messageFields,
  underCompanyName,
  valuesProblem,
  type FieldValues,
} from './template-text';

type MessageDecision<Code extends CommunicationsRefusalCode> = Decision<
  MessageState,
  MessageFact,
  CommunicationsRefusal<Code>
>;

type WordsCode =
  | 'TEMPLATE_RETIRED'
  | 'TEMPLATE_OF_ANOTHER_PROJECT'
  | 'TEMPLATE_NOT_READABLE'
  | 'MESSAGE_VALUE_MISSING'
  | 'MESSAGE_VALUE_UNKNOWN'
  | 'MESSAGE_VALUE_TOO_LONG'
  | 'MESSAGE_TOO_LONG';

/** How often a field stands in a text. */
function countOf(text: string, field: string): number {
  return text.split(`{${field}}`).length - 1;
}

type Words = Pick<
  MessageState,
  'channel' | 'purpose' | 'templateId' | 'templateVersion' | 'subject' | 'text' | 'values'
>;

function wordsOf(
  template: TemplateState,
  projectId: string,
  values: FieldValues,
  policy: CommunicationsPolicy,
): Words | Refused<CommunicationsRefusal<WordsCode>> {
  const { id, channel, purpose, status } = template;
  if (status !== 'IN_USE') return refuse('TEMPLATE_RETIRED', { templateId: id });
  if (template.projectId !== null && template.projectId !== projectId) {
    return refuse('TEMPLATE_OF_ANOTHER_PROJECT', { templateId: id });
  }
  const { version, subject, text } = template.versions.at(-1)!;
  const fields = fieldsOf(`${subject ?? ''}${text}`);
  if ('outcome' in fields) return fields;
  const problem = valuesProblem(messageFields(fields, policy), values, policy);
  if (problem) return problem;
  // A recipient's name or home counts as the field's own length: it is not known yet, and short.
  const length = fields.reduce(
    (sum, field) => sum + ((values[field] ?? `{${field}}`).length - field.length - 2) * countOf(text, field),
    text.length,
  );
  const longest = policy.longestText[channel];
  if (length > longest) return refuse('MESSAGE_TOO_LONG', { length, longest, channel });
  return { channel, purpose, templateId: id, templateVersion: version, subject, text, values };
}

/**
 * Drafts a message from the template's last version (COM-05). Every field of the message has a value; those
 * of the recipients come from the directory when it is sent.
 * @param template one of the project, or of the whole organisation
 */
export function draftMessage(
  command: {
    readonly id: string;
    readonly projectId: string;
    readonly values: FieldValues;
    readonly notBeforeAt: Date | null;
    readonly by: string;
  },
  template: TemplateState,
  at: Date,
  environment: CommunicationsEnvironment,
): MessageDecision<WordsCode> {
  const { id, projectId, values, notBeforeAt, by } = command;
  const words = wordsOf(template, projectId, values, environment.policy);
  if ('outcome' in words) return words;
  const state: MessageState = {
    id,
    projectId,
    status: messageTransitions.initial,
    ...words,
    audience: null,
    revision: 1,
    notBeforeAt,
    authorIds: [by],
    draftedAt: at,
    submittedAt: null,
    rejections: [],
    approvals: [],
    sendAt: null,
    sendingSinceAt: null,
    counts: null,
    finishedAt: null,
    cancellation: null,
  };
  const { templateId, templateVersion } = state;
  return accept(state, { type: 'MessageDrafted', ...happened(state, at), by, templateId, templateVersion });
}

/** The approval that holds, if any. */
export function standingApproval(state: MessageState): MessageState['approvals'][number] | null {
  const last = state.approvals.at(-1);
  return last && last.voidedAt === null ? last : null;
}

/** The message as a draft again after a change: what had been approved is not approved any more (COM-05). */
function changed(
  state: MessageState,
  change: Partial<MessageState>,
  by: string,
  at: Date,
): { readonly next: MessageState; readonly voided: readonly MessageApprovalVoided[] } {
  const next: MessageState = {
    ...state,
    ...change,
    status: 'DRAFT',
    revision: state.revision + 1,
    authorIds: [...new Set([...state.authorIds, by])],
    submittedAt: null,
    sendAt: null,
    approvals: state.approvals.map((one) => (one.voidedAt === null ? { ...one, voidedAt: at } : one)),
  };
  const voided: readonly MessageApprovalVoided[] = standingApproval(state)
    ? [{ type: 'MessageApprovalVoided', ...happened(next, at), by }]
    : [];
  return { next, voided };
}

/** Writes it anew: other values, or the template's newer words. An approval is void from then on (COM-05). */
export function editMessage(
  state: MessageState,
  command: { readonly values: FieldValues; readonly notBeforeAt: Date | null; readonly by: string },
  template: TemplateState,
  at: Date,
  environment: CommunicationsEnvironment,
): MessageDecision<'MESSAGE_NOT_IN_REQUIRED_STATUS' | WordsCode> {
  const { values, notBeforeAt, by } = command;
  const wrong = wrongStatus(messageTransitions, 'editMessage', state.status);
  if (wrong) return wrong;
  const words = wordsOf(template, state.projectId, values, environment.policy);
  if ('outcome' in words) return words;
  const { next, voided } = changed(state, { ...words, notBeforeAt }, by, at);
  return accept<MessageState, MessageFact>(
    next,
    { type: 'MessageEdited', ...happened(next, at), by },
    ...voided,
  );
}

function audienceProblem(
  state: MessageState,
  size: number,
  policy: CommunicationsPolicy,
): Refused<CommunicationsRefusal<'AUDIENCE_EMPTY' | 'AUDIENCE_TOO_LARGE'>> | null {
  const { largestAudience: largest } = policy;
  if (!(size > 0)) return refuse('AUDIENCE_EMPTY', { messageId: state.id });
  return size > largest ? refuse('AUDIENCE_TOO_LARGE', { size, largest }) : null;
}

/**
 * Sets whom it is for, with how many they are, so that everybody sees it before approving (COM-05). An
 * approval is void from then on.
 * @param command `size`: the different customers whom the query finds; the service keeps who they are, by revision
 */
export function setMessageAudience(
  state: MessageState,
  command: { readonly query: AudienceQuery; readonly size: number; readonly by: string },
  at: Date,
  environment: CommunicationsEnvironment,
): MessageDecision<'MESSAGE_NOT_IN_REQUIRED_STATUS' | 'AUDIENCE_EMPTY' | 'AUDIENCE_TOO_LARGE'> {
  const { query, size, by } = command;
  const refusal =
    wrongStatus(messageTransitions, 'setMessageAudience', state.status) ??
    audienceProblem(state, size, environment.policy);
  if (refusal) return refusal;
  const { next, voided } = changed(state, { audience: { query, size, countedAt: at } }, by, at);
  return accept<MessageState, MessageFact>(
    next,
    { type: 'MessageAudienceSet', ...happened(next, at), by, audienceSize: size },
    ...voided,
  );
}

/** Asks for approval (COM-05). */
export function submitMessage(
  state: MessageState,
  command: { readonly by: string },
  at: Date,
): MessageDecision<'MESSAGE_NOT_IN_REQUIRED_STATUS' | 'AUDIENCE_NOT_SET'> {
  const { by } = command;
  const wrong = wrongStatus(messageTransitions, 'submitMessage', state.status);
  if (wrong) return wrong;
  if (!state.audience) return refuse('AUDIENCE_NOT_SET', { messageId: state.id });
  const audienceSize = state.audience.size;
  return accept(
    { ...state, status: 'SUBMITTED', submittedAt: at },
    { type: 'MessageSubmitted', ...happened(state, at), by, audienceSize },
  );
}

type ApproverCode = 'MESSAGE_NOT_IN_REQUIRED_STATUS' | 'APPROVER_NOT_ENTITLED' | 'APPROVES_OWN_MESSAGE';

function cannotApprove(
  state: MessageState,
  command: 'approveMessage' | 'rejectMessage',
  { by, roles }: { readonly by: string; readonly roles: readonly string[] },
  policy: CommunicationsPolicy,
): Refused<CommunicationsRefusal<ApproverCode>> | null {
  const wrong = wrongStatus(messageTransitions, command, state.status);
  if (wrong) return wrong;
  const { approverRole: requiredRole } = policy;
  if (!roles.includes(requiredRole)) return refuse('APPROVER_NOT_ENTITLED', { requiredRole, roles });
  const { authorIds } = state;
  return authorIds.includes(by) ? refuse('APPROVES_OWN_MESSAGE', { authorIds }) : null;
}

/**
 * The project manager approves this text for this audience (COM-05); nobody approves what he wrote himself.
 * It goes as soon as it may: not before the wanted time, and not in quiet hours.
 * @param command `roles` in the message's project; `revision` that the approver has seen
 */
export function approveMessage(
  state: MessageState,
  command: { readonly by: string; readonly roles: readonly string[]; readonly revision: number },
  at: Date,
  environment: CommunicationsEnvironment,
): MessageDecision<ApproverCode | 'MESSAGE_CHANGED_SINCE_SEEN' | 'AUDIENCE_EMPTY' | 'AUDIENCE_TOO_LARGE'> {
  const { by, revision: seenRevision } = command;
  const { policy } = environment;
  const refusal = cannotApprove(state, 'approveMessage', command, policy);
  if (refusal) return refusal;
  const { revision, notBeforeAt } = state;
  if (seenRevision !== revision) return refuse('MESSAGE_CHANGED_SINCE_SEEN', { seenRevision, revision });
  const audienceSize = state.audience!.size;
  // The limit may have come down since the audience was set.
  const audience = audienceProblem(state, audienceSize, policy);
  if (audience) return audience;
  const sendAt = sendableFrom(notBeforeAt && notBeforeAt > at ? notBeforeAt : at, environment);
  const approvals = [...state.approvals, { by, approvedAt: at, revision, voidedAt: null }];
  return accept(
    { ...state, status: 'APPROVED', approvals, sendAt },
    { type: 'MessageApproved', ...happened(state, at), by, audienceSize, sendAt },
  );
}

/** The project manager sends it back, saying why. */
export function rejectMessage(
  state: MessageState,
  command: { readonly by: string; readonly roles: readonly string[]; readonly reason: string },
  at: Date,
  environment: CommunicationsEnvironment,
): MessageDecision<ApproverCode | 'COMMUNICATION_TEXT_MISSING'> {
  const { by, reason } = command;
  const refusal =
    cannotApprove(state, 'rejectMessage', command, environment.policy) ?? missingText('reason', reason);
  if (refusal) return refusal;
  const rejections = [...state.rejections, { by, reason, rejectedAt: at }];
  return accept(
    { ...state, status: 'DRAFT', submittedAt: null, rejections },
    { type: 'MessageRejected', ...happened(state, at), by },
  );
}

/** Gives it up before anything was sent. */
export function cancelMessage(
  state: MessageState,
  command: { readonly by: string; readonly reason: string },
  at: Date,
): MessageDecision<'MESSAGE_NOT_IN_REQUIRED_STATUS' | 'COMMUNICATION_TEXT_MISSING'> {
  const { by, reason } = command;
  const refusal =
    wrongStatus(messageTransitions, 'cancelMessage', state.status) ?? missingText('reason', reason);
  if (refusal) return refusal;
  return accept(
    { ...state, status: 'CANCELLED', sendAt: null, cancellation: { by, reason, cancelledAt: at } },
    { type: 'MessageCancelled', ...happened(state, at), by },
  );
}

/** Records that every recipient has an outcome (COM-05). */
export function finishMessage(
  state: MessageState,
  counts: DeliveryCounts,
  at: Date,
): MessageDecision<'MESSAGE_NOT_IN_REQUIRED_STATUS' | 'DELIVERIES_NOT_FINISHED'> {
  const wrong = wrongStatus(messageTransitions, 'finishMessage', state.status);
  if (wrong) return wrong;
  const { delivered, failed, skipped } = counts;
  const audience = state.audience!.size;
  const open = audience - delivered - failed - skipped;
  if (open !== 0) return refuse('DELIVERIES_NOT_FINISHED', { open, audience });
  return accept(
    { ...state, status: 'SENT', counts: { delivered, failed, skipped }, finishedAt: at },
    { type: 'MessageSent', ...happened(state, at), delivered, failed, skipped },
  );
}

export const messageDeadlineKinds = ['SEND'] as const;
export type MessageDeadlineKind = (typeof messageDeadlineKinds)[number];

/** What is still to fall due: the sending of an approved message. */
export function messageDeadlines(
  state: MessageState,
): readonly { readonly kind: MessageDeadlineKind; readonly dueAt: Date }[] {
  return state.status === 'APPROVED' && state.sendAt ? [{ kind: 'SEND', dueAt: state.sendAt }] : [];
}

/**
 * Sending begins, or waits once more where the quiet hours were changed meanwhile (COM-05). Nothing happens
 * to a message whose approval was voided.
 * @throws Error for a kind that is not in `messageDeadlineKinds`
 */
export function onMessageDeadline(
  state: MessageState,
  kind: string,
  dueAt: Date,
  environment: CommunicationsEnvironment,
): MessageDecision<never> {
  if (kind !== 'SEND') throw new Error(`not a deadline of a message: ${kind}`);
  if (!messageDeadlines(state).some((due) => +due.dueAt === +dueAt)) return accept(state);
  const sendAt = sendableFrom(dueAt, environment);
  if (sendAt > dueAt) {
    return accept({ ...state, sendAt }, { type: 'MessagePostponed', ...happened(state, dueAt), sendAt });
  }
  return accept(
    { ...state, status: 'SENDING', sendingSinceAt: dueAt },
    { type: 'MessageSendingStarted', ...happened(state, dueAt), audienceSize: state.audience!.size },
  );
}

/** What one recipient gets, under the company's name. */
export interface ComposedMessage {
  readonly subject: string | null;
  readonly text: string;
}

/**
 * The message for one recipient (COM-05): every field filled in, or the refusal that names those without a
 * value.
 * @param recipient values of the recipient's fields
 */
export function composeMessage(
  state: Pick<MessageState, 'subject' | 'text' | 'values'>,
  recipient: FieldValues,
  companyName: string,
):
  | ComposedMessage
  | Refused<
      CommunicationsRefusal<'COMMUNICATION_TEXT_MISSING' | 'TEMPLATE_NOT_READABLE' | 'MESSAGE_VALUE_MISSING'>
    > {
  const nameless = missingText('companyName', companyName);
  if (nameless) return nameless;
  const values = { ...recipient, ...state.values };
  const subject = fillIn(state.subject ?? '', values);
  if (typeof subject !== 'string') return subject;
  const filled = fillIn(state.text, values);
  if (typeof filled !== 'string') return filled;
  const text = underCompanyName(companyName, filled);
  return { subject: state.subject === null ? null : subject, text };
}
