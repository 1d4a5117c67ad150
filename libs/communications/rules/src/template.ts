import { accept, refuse, wrongStatus, type Decision, type Refused, type Transitions } from '@anju/kernel';
import type { MessageChannel, MessagePurpose } from './channels';
import type { CommunicationsEnvironment, CommunicationsPolicy } from './policy';
import { missingText, type CommunicationsRefusal, type CommunicationsRefusalCode } from './refusals';
import { templateProblem } from './template-text';

export const templateStatuses = ['IN_USE', 'RETIRED'] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export interface TemplateVersion {
  /** 1, 2, 3 … */
  readonly version: number;
  /** Of e-mails; else null. */
  readonly subject: string | null;
  /** With `{field}` where a value comes. */
  readonly text: string;
  readonly addedBy: string;
  readonly addedAt: Date;
}

/** What messages are made from (COM-05): versions, of which none is ever changed. */
export interface TemplateState {
  readonly id: string;
  /** Null for a template of the whole organisation. */
  readonly projectId: string | null;
  readonly status: TemplateStatus;
  readonly name: string;
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  /** The earliest first; messages are made from the last. */
  readonly versions: readonly TemplateVersion[];
}

interface TemplateFactBase {
  readonly templateId: string;
  readonly projectId: string | null;
  readonly by: string;
  readonly at: Date;
}
export interface TemplateVersionAdded extends TemplateFactBase {
  readonly type: 'TemplateVersionAdded';
  readonly channel: MessageChannel;
  readonly purpose: MessagePurpose;
  readonly version: number;
}
export interface TemplateRetired extends TemplateFactBase {
  readonly type: 'TemplateRetired';
}
export type TemplateFact = TemplateVersionAdded | TemplateRetired;

export const templateTransitions: Transitions<
  TemplateStatus,
  'reviseTemplate' | 'retireTemplate',
  'TEMPLATE_NOT_IN_REQUIRED_STATUS'
> = {
  refusal: 'TEMPLATE_NOT_IN_REQUIRED_STATUS',
  initial: 'IN_USE',
  commands: {
    reviseTemplate: { from: ['IN_USE'], to: 'SAME' },
    retireTemplate: { from: ['IN_USE'], to: 'RETIRED' },
  },
};

type TemplateDecision<Code extends CommunicationsRefusalCode> = Decision<
  TemplateState,
  TemplateFact,
  CommunicationsRefusal<Code>
>;

type WordingCode =
  'COMMUNICATION_TEXT_MISSING' | 'TEMPLATE_NOT_READABLE' | 'TEMPLATE_FIELD_UNKNOWN' | 'TEMPLATE_TOO_LONG';

interface Wording {
  readonly subject: string | null;
  readonly text: string;
}

function wordingProblem(
  channel: MessageChannel,
  { subject, text }: Wording,
  policy: CommunicationsPolicy,
): Refused<CommunicationsRefusal<WordingCode>> | null {
  const blank = missingText('text', text) ?? (channel === 'EMAIL' ? missingText('subject', subject) : null);
  if (blank) return blank;
  const longest = policy.longestText[channel];
  if (text.length > longest) return refuse('TEMPLATE_TOO_LONG', { length: text.length, longest, channel });
  return templateProblem([subject ?? '', text], policy);
}

/** Subjects are of e-mails alone. */
function subjectFor(channel: MessageChannel, subject: string | null): string | null {
  return channel === 'EMAIL' ? subject : null;
}

/** Makes a template (COM-05). A field that nobody knows is refused, and named with those that are known. */
export function createTemplate(
  command: {
    readonly id: string;
    readonly projectId: string | null;
    readonly name: string;
    readonly channel: MessageChannel;
    readonly purpose: MessagePurpose;
    readonly by: string;
  } & Wording,
  at: Date,
  environment: CommunicationsEnvironment,
): TemplateDecision<WordingCode> {
  const { id, projectId, name, channel, purpose, subject, text, by } = command;
  const problem = missingText('name', name) ?? wordingProblem(channel, command, environment.policy);
  if (problem) return problem;
  const first = { version: 1, subject: subjectFor(channel, subject), text, addedBy: by, addedAt: at };
  const state: TemplateState = {
    id,
    projectId,
    status: templateTransitions.initial,
    name,
    channel,
    purpose,
    versions: [first],
  };
  return accept(state, {
    type: 'TemplateVersionAdded',
    templateId: id,
    ...{ projectId, channel, purpose, version: 1, by, at },
  });
}

/** Adds the wording for messages to come; messages that were drafted keep theirs (COM-05). */
export function reviseTemplate(
  state: TemplateState,
  command: { readonly by: string } & Wording,
  at: Date,
  environment: CommunicationsEnvironment,
): TemplateDecision<'TEMPLATE_NOT_IN_REQUIRED_STATUS' | 'TEMPLATE_UNCHANGED' | WordingCode> {
  const { by, text } = command;
  const { channel, purpose, projectId, id } = state;
  const problem =
    wrongStatus(templateTransitions, 'reviseTemplate', state.status) ??
    wordingProblem(channel, command, environment.policy);
  if (problem) return problem;
  const subject = subjectFor(channel, command.subject);
  const last = state.versions.at(-1)!;
  if (last.text === text && last.subject === subject) {
    return refuse('TEMPLATE_UNCHANGED', { version: last.version });
  }
  const version = last.version + 1;
  return accept(
    { ...state, versions: [...state.versions, { version, subject, text, addedBy: by, addedAt: at }] },
    { type: 'TemplateVersionAdded', templateId: id, projectId, channel, purpose, version, by, at },
  );
}

/** Nothing new is made from it any more. */
export function retireTemplate(
  state: TemplateState,
  command: { readonly by: string },
  at: Date,
): TemplateDecision<'TEMPLATE_NOT_IN_REQUIRED_STATUS'> {
  const wrong = wrongStatus(templateTransitions, 'retireTemplate', state.status);
  if (wrong) return wrong;
  return accept(
    { ...state, status: 'RETIRED' },
    { type: 'TemplateRetired', templateId: state.id, projectId: state.projectId, by: command.by, at },
  );
}
