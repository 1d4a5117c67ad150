import { accept, isBlank, refuse, type Refused } from '@anju/kernel';
import { customersOf, type ClockParty, type ComplaintClockKind } from './complaint';
import type { ComplaintState, TellingChannel } from './complaint';
import { keepCallback } from './callbacks';
import { meetClocks, passClocks } from './clocks';
import { factOf } from './facts';
import type { ComplaintEnvironment } from './policy';
import type { ComplaintRefusal } from './refusals';
import { measuresReported, replySent } from './reply-duties';
import {
  awaitedStep,
  currentRevision,
  type ComplaintReply,
  type ReplyApprover,
  type ReplyAudience,
  type ReplyStatus,
  type ReplyStep,
  type ReplyVerdict,
} from './reply-state';
import { notAdmitted, statusAfter, type ComplaintDecision } from './transitions';

interface ReplyTransition {
  readonly from: readonly ReplyStatus[];
  readonly to: ReplyStatus;
}

const unsent = ['DRAFT', 'IN_APPROVAL', 'SENT_BACK', 'APPROVED'] as const;

/**
 * What each command on a reply needs of it and makes of it. An approval leads to `APPROVED` with the last step
 * of the ladder only; before, the reply stays in approval and the next one is asked.
 */
export const replyTransitions = {
  reviseComplaintReply: { from: unsent, to: 'DRAFT' },
  submitComplaintReply: { from: ['DRAFT'], to: 'IN_APPROVAL' },
  approveComplaintReply: { from: ['IN_APPROVAL'], to: 'APPROVED' },
  sendBackComplaintReply: { from: ['IN_APPROVAL'], to: 'SENT_BACK' },
  sendComplaintReply: { from: ['APPROVED'], to: 'SENT' },
  withdrawComplaintReply: { from: unsent, to: 'WITHDRAWN' },
} as const satisfies Record<string, ReplyTransition>;

export type ReplyCommandName = keyof typeof replyTransitions;

type ReplyCode = 'COMPLAINT_REPLY_NOT_FOUND' | 'COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS';

export interface DraftComplaintReply {
  readonly by: string;
  readonly audience: ReplyAudience;
  /** Marked for the general manager, too (CMP-08). */
  readonly generalManagerAsked: boolean;
  /** Whether it says what is being done: sent, it is the measures of CMP-07, too. */
  readonly statesMeasures: boolean;
  readonly text: string;
}

/** Writes a reply that is to be approved (CMP-08). */
export function draftComplaintReply(
  state: ComplaintState,
  command: DraftComplaintReply,
  at: Date,
): ComplaintDecision<'COMPLAINT_TEXT_MISSING'> {
  const refusal = notAdmitted(state, 'draftComplaintReply', command.by);
  if (refusal) return refusal;
  const { by, audience, generalManagerAsked, statesMeasures, text } = command;
  if (isBlank(text)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'draftComplaintReply' });
  const reply: ComplaintReply = {
    sequence: state.replies.length + 1,
    audience,
    status: 'DRAFT',
    generalManagerAsked,
    statesMeasures,
    revisions: [{ revision: 1, text, at, by }],
    ladder: [],
    steps: [],
    sent: null,
    withdrawnBecause: null,
  };
  const { sequence } = reply;
  return accept(
    { ...state, replies: [...state.replies, reply] },
    factOf('ComplaintReplyDrafted', state, at, { by, sequence, audience }),
  );
}

export interface ReviseComplaintReply {
  readonly by: string;
  readonly sequence: number;
  readonly text: string;
}

/** Another wording. Whatever was approved before counts for nothing: an approval is one of a text (CMP-08). */
export function reviseComplaintReply(
  state: ComplaintState,
  command: ReviseComplaintReply,
  at: Date,
): ComplaintDecision<ReplyCode | 'COMPLAINT_TEXT_MISSING' | 'COMPLAINT_REPLY_TEXT_UNCHANGED'> {
  const found = replyFor(state, 'reviseComplaintReply', command);
  if ('outcome' in found) return found;
  const { by, sequence, text } = command;
  if (isBlank(text)) return refuse('COMPLAINT_TEXT_MISSING', { command: 'reviseComplaintReply' });
  const { revision: before, text: textBefore } = currentRevision(found);
  if (text === textBefore) return refuse('COMPLAINT_REPLY_TEXT_UNCHANGED', { sequence });
  const revision = before + 1;
  const voided = standingSteps(found).filter((step) => step.verdict === 'APPROVED');
  const reply = {
    ...found,
    status: replyTransitions.reviseComplaintReply.to,
    revisions: [...found.revisions, { revision, text, at, by }],
    ladder: [],
    steps: voidSteps(found, at),
  };
  const voidedApprovals = voided.map((step) => step.approver);
  return accept(
    withReply(state, reply),
    factOf('ComplaintReplyRevised', state, at, { by, sequence, revision, voidedApprovals }),
  );
}

export interface SubmitComplaintReply {
  readonly by: string;
  readonly sequence: number;
}

/** Puts the wording before the first approver of the ladder, as the policy is now (CMP-08). */
export function submitComplaintReply(
  state: ComplaintState,
  command: SubmitComplaintReply,
  at: Date,
  { policy }: ComplaintEnvironment,
): ComplaintDecision<ReplyCode> {
  const found = replyFor(state, 'submitComplaintReply', command);
  if ('outcome' in found) return found;
  const { by, sequence } = command;
  const { revision } = currentRevision(found);
  const ladder = ladderOf(policy.replyLadders[found.audience], found.generalManagerAsked);
  const [first] = ladder;
  const submitted: ComplaintReply = { ...found, ladder, status: first ? 'IN_APPROVAL' : 'APPROVED' };
  return accept(
    withReply(state, first ? ask(submitted, first, at) : submitted),
    factOf('ComplaintReplySubmitted', state, at, { by, sequence, revision, ladder }),
  );
}

export interface DecideOnComplaintReply {
  readonly by: string;
  readonly sequence: number;
  /** The wording that he has read. */
  readonly revision: number;
  /** The steps of the ladder that he may take, by his roles. */
  readonly as: readonly ReplyApprover[];
}

export interface ApproveComplaintReply extends DecideOnComplaintReply {
  /** True marks the reply for the general manager, too. */
  readonly askGeneralManager: boolean;
}

type VerdictCode =
  | ReplyCode
  | 'COMPLAINT_REPLY_TEXT_CHANGED'
  | 'COMPLAINT_REPLY_AWAITS_ANOTHER'
  | 'COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON';

/** Approves exactly this wording, at one's step; the next one is asked, or the reply may go out (CMP-08). */
export function approveComplaintReply(
  state: ComplaintState,
  command: ApproveComplaintReply,
  at: Date,
): ComplaintDecision<VerdictCode> {
  const found = replyFor(state, 'approveComplaintReply', command);
  if ('outcome' in found) return found;
  const awaited = stepFor(found, command);
  if ('outcome' in awaited) return awaited;
  const ladder = ladderOf(found.ladder, command.askGeneralManager || found.generalManagerAsked);
  const decided = decide(found, awaited, { ...command, verdict: 'APPROVED', reason: null }, at);
  const next = ladder[ladder.indexOf(awaited.approver) + 1];
  const approved: ComplaintReply = {
    ...decided,
    ladder,
    generalManagerAsked: command.askGeneralManager || found.generalManagerAsked,
    status: next ? 'IN_APPROVAL' : replyTransitions.approveComplaintReply.to,
  };
  return accept(
    withReply(state, next ? ask(approved, next, at) : approved),
    factOf('ComplaintReplyApproved', state, at, { ...verdictBody(command, awaited), next: next ?? null }),
  );
}

export interface SendBackComplaintReply extends DecideOnComplaintReply {
  readonly reason: string;
}

/** Sends the wording back to who wrote it; it needs another one, and its way up begins anew. */
export function sendBackComplaintReply(
  state: ComplaintState,
  command: SendBackComplaintReply,
  at: Date,
): ComplaintDecision<VerdictCode | 'COMPLAINT_REASON_MISSING'> {
  const found = replyFor(state, 'sendBackComplaintReply', command);
  if ('outcome' in found) return found;
  const { reason } = command;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'sendBackComplaintReply' });
  const awaited = stepFor(found, command);
  if ('outcome' in awaited) return awaited;
  const decided = decide(found, awaited, { ...command, verdict: 'SENT_BACK', reason }, at);
  return accept(
    withReply(state, { ...decided, status: replyTransitions.sendBackComplaintReply.to }),
    factOf('ComplaintReplySentBack', state, at, verdictBody(command, awaited)),
  );
}

export interface SendComplaintReply {
  readonly by: string;
  readonly sequence: number;
  /** How it goes out. */
  readonly channel: TellingChannel;
}

/**
 * The customer-relations centre sends the approved wording (CMP-08). It is a response to the complaint, so that
 * handling begins with it where none was given before.
 */
export function sendComplaintReply(
  state: ComplaintState,
  command: SendComplaintReply,
  at: Date,
  { policy }: ComplaintEnvironment,
): ComplaintDecision<ReplyCode | 'COMPLAINT_REPLY_CHANNEL_PUBLIC'> {
  const found = replyFor(state, 'sendComplaintReply', command);
  if ('outcome' in found) return found;
  const { by, sequence, channel } = command;
  if (found.audience === 'CUSTOMER' && policy.publicChannels.includes(channel)) {
    return refuse('COMPLAINT_REPLY_CHANNEL_PUBLIC', { publicChannel: channel, approvedFor: found.audience });
  }
  const { revision, text } = currentRevision(found);
  const sent: ComplaintState = {
    ...withReply(state, {
      ...found,
      status: replyTransitions.sendComplaintReply.to,
      sent: { at, by },
    }),
    status: statusAfter(state, 'sendComplaintReply'),
    responses: [...state.responses, { at, by, channel, text }],
  };
  const fact = factOf('ComplaintReplySent', state, at, {
    by,
    sequence,
    revision,
    audience: found.audience,
    channel,
    interactionIds: state.interactionIds,
    customerIds: customersOf(state),
  });
  const replied = replySent({ state: sent, facts: [fact] }, at);
  const answered = found.statesMeasures ? measuresReported(replied, at) : replied;
  const done = keepCallback(meetClocks(answered, 'RESPONSE', at), channel, at);
  return accept(done.state, ...done.facts);
}

export interface WithdrawComplaintReply {
  readonly by: string;
  readonly sequence: number;
  readonly reason: string;
}

/** Gives a reply up that has not gone out. */
export function withdrawComplaintReply(
  state: ComplaintState,
  command: WithdrawComplaintReply,
  at: Date,
): ComplaintDecision<ReplyCode | 'COMPLAINT_REASON_MISSING'> {
  const found = replyFor(state, 'withdrawComplaintReply', command);
  if ('outcome' in found) return found;
  const { by, sequence, reason } = command;
  if (isBlank(reason)) return refuse('COMPLAINT_REASON_MISSING', { command: 'withdrawComplaintReply' });
  const reply = {
    ...found,
    status: replyTransitions.withdrawComplaintReply.to,
    steps: voidSteps(found, at),
    withdrawnBecause: reason,
  };
  return accept(withReply(state, reply), factOf('ComplaintReplyWithdrawn', state, at, { by, sequence }));
}

/** Steps that count for the current wording, decided or not. */
function standingSteps(reply: ComplaintReply): readonly ReplyStep[] {
  return reply.steps.filter((step) => step.voidedAt === null);
}

function voidSteps(reply: ComplaintReply, at: Date): readonly ReplyStep[] {
  return reply.steps.map((step) => (step.voidedAt === null ? { ...step, voidedAt: at } : step));
}

function ladderOf(steps: readonly ReplyApprover[], generalManagerAsked: boolean): readonly ReplyApprover[] {
  return generalManagerAsked && !steps.includes('GENERAL_MANAGER') ? [...steps, 'GENERAL_MANAGER'] : steps;
}

function ask(reply: ComplaintReply, approver: ReplyApprover, askedAt: Date): ComplaintReply {
  const { revision } = currentRevision(reply);
  const open = { decidedAt: null, by: null, verdict: null, reason: null, voidedAt: null };
  return { ...reply, steps: [...reply.steps, { approver, revision, askedAt, ...open }] };
}

function decide(
  reply: ComplaintReply,
  awaited: ReplyStep,
  { by, verdict, reason }: { by: string; verdict: ReplyVerdict; reason: string | null },
  decidedAt: Date,
): ComplaintReply {
  return {
    ...reply,
    steps: reply.steps.map((step) => (step === awaited ? { ...step, decidedAt, by, verdict, reason } : step)),
  };
}

/** The case with a reply as it is now; whoever has it next is who the duties wait for that it does. */
function withReply(state: ComplaintState, reply: ComplaintReply): ComplaintState {
  const replies = state.replies.map((other) => (other.sequence === reply.sequence ? reply : other));
  const who = whoHas(reply);
  return dutiesOfReply(state, reply).reduce<ComplaintState>((passed, kind) => passClocks(passed, kind, who), {
    ...state,
    replies,
  });
}

/** What a reply does once it is sent, and nothing else could do in its place. */
function dutiesOfReply(
  { answersNeedApproval }: ComplaintState,
  { statesMeasures }: ComplaintReply,
): readonly ComplaintClockKind[] {
  if (!answersNeedApproval) return ['REPLY'];
  return statesMeasures ? ['REPLY', 'RESPONSE', 'MEASURES'] : ['REPLY', 'RESPONSE'];
}

/** Who has to act for the reply to go out. */
function whoHas(reply: ComplaintReply): ClockParty {
  const approver = awaitedStep(reply)?.approver;
  if (approver) return approver;
  return reply.status === 'APPROVED' ? 'CUSTOMER_RELATIONS' : 'HANDLER';
}

/** The reply that a command is about, or why the case or the reply does not allow the command. */
function replyFor(
  state: ComplaintState,
  command: ReplyCommandName,
  { by, sequence }: { readonly by: string; readonly sequence: number },
):
  | ComplaintReply
  | Refused<
      ComplaintRefusal<ReplyCode | 'COMPLAINT_NOT_IN_REQUIRED_STATUS' | 'NAMED_EMPLOYEE_CANNOT_HANDLE'>
    > {
  const refusal = notAdmitted(state, command, by);
  if (refusal) return refusal;
  const reply = state.replies.find((one) => one.sequence === sequence);
  if (!reply) return refuse('COMPLAINT_REPLY_NOT_FOUND', { sequence });
  const { from }: ReplyTransition = replyTransitions[command];
  if (from.includes(reply.status)) return reply;
  return refuse('COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS', {
    command,
    replyStatus: reply.status,
    allowedFrom: from,
  });
}

/** The step that the person may decide, or why he may not: nobody approves his own, nor twice. */
function stepFor(
  reply: ComplaintReply,
  { by, revision, as }: DecideOnComplaintReply,
): ReplyStep | Refused<ComplaintRefusal<VerdictCode>> {
  const current = currentRevision(reply).revision;
  if (revision !== current) return refuse('COMPLAINT_REPLY_TEXT_CHANGED', { read: revision, current });
  const awaited = awaitedStep(reply);
  if (!awaited) throw new Error('a reply in approval awaits somebody');
  const { approver } = awaited;
  if (!as.includes(approver)) return refuse('COMPLAINT_REPLY_AWAITS_ANOTHER', { awaits: approver });
  const hasWritten = reply.revisions.some((one) => one.by === by);
  const hasApproved = standingSteps(reply).some((step) => step.by === by);
  if (hasWritten || hasApproved) {
    const because = hasWritten ? 'WROTE_IT' : 'APPROVED_BEFORE';
    return refuse('COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON', { staffId: by, because });
  }
  return awaited;
}

function verdictBody({ by, sequence }: DecideOnComplaintReply, { approver, revision, askedAt }: ReplyStep) {
  return { by, sequence, revision, approver, askedAt };
}
