import type { Audience, Person } from './case-step';
import type { CountedCase } from './counted-case';
import { wrongStatus, type Done, type Steps } from './counted-answers';

/** One approver asked, from when to when, about one wording. */
interface CountedApproval {
  readonly approver: string;
  readonly revision: number;
  readonly askedAt: number;
  decidedAt: number | null;
  by: Person | null;
  verdict: 'APPROVED' | 'SENT_BACK' | null;
  voidedAt: number | null;
}

export interface CountedReply {
  readonly audience: Audience;
  readonly statesMeasures: boolean;
  status: string;
  asksGeneralManager: boolean;
  ladder: readonly string[];
  /** Who wrote each wording. */
  readonly writers: Person[];
  readonly approvals: CountedApproval[];
}

/** Which steps of a ladder somebody may take, by what he is. */
const approverOf: Partial<Record<Person, readonly string[]>> = {
  SUPERVISOR: ['DEPARTMENT_HEAD'],
  DIRECTOR: ['DEPARTMENT_HEAD'],
  // He leads the division meanwhile.
  MANAGER: ['PROJECT_MANAGER', 'DIVISION_LEADER'],
  DIVISION_LEADER: ['DIVISION_LEADER'],
  GENERAL_MANAGER: ['GENERAL_MANAGER'],
};

const spoken = ['PHONE', 'IN_PERSON'];
const wrongReply = 'COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS';
const unsent = ['DRAFT', 'IN_APPROVAL', 'SENT_BACK', 'APPROVED'];

type ReplyCommand =
  | 'draftComplaintReply'
  | 'reviseComplaintReply'
  | 'submitComplaintReply'
  | 'approveComplaintReply'
  | 'sendBackComplaintReply'
  | 'sendComplaintReply'
  | 'withdrawComplaintReply';

/** CMP-08: an approval is one of a text, and nobody approves his own. */
export const replySteps: Steps<ReplyCommand> = {
  draftComplaintReply(one, { audience, statesMeasures, asksGeneralManager }, { at, by }) {
    if (!one.isUnresolved) return wrongStatus;
    one.replies.push({
      ...{ audience, statesMeasures, asksGeneralManager, status: 'DRAFT', ladder: [] },
      ...{ writers: [by], approvals: [] },
    });
    one.tell('complaint-reply-drafted', at);
    return 'DONE';
  },
  reviseComplaintReply(one, step, done) {
    return onReply(one, step.reply, unsent, (reply) => {
      reply.writers.push(done.by);
      reply.status = 'DRAFT';
      reply.ladder = [];
      voidApprovals(reply, done.at);
      one.tell('complaint-reply-revised', done.at);
      return 'DONE';
    });
  },
  submitComplaintReply(one, step, { at }) {
    return onReply(one, step.reply, ['DRAFT'], (reply) => {
      const { replyLadders } = one.surroundings(at).policy;
      reply.ladder = withGeneralManager(replyLadders[reply.audience], reply);
      reply.status = 'IN_APPROVAL';
      ask(reply, reply.ladder[0]!, at);
      one.tell('complaint-reply-submitted', at);
      return 'DONE';
    });
  },
  approveComplaintReply(one, step, done) {
    return onReply(one, step.reply, ['IN_APPROVAL'], (reply) =>
      decided(reply, step.revision, done, (approval) => {
        approval.verdict = 'APPROVED';
        const next = reply.ladder[reply.ladder.indexOf(approval.approver) + 1];
        if (next === undefined) reply.status = 'APPROVED';
        else ask(reply, next, done.at);
        one.tell('complaint-reply-approved', done.at);
      }),
    );
  },
  sendBackComplaintReply(one, step, done) {
    return onReply(one, step.reply, ['IN_APPROVAL'], (reply) =>
      decided(reply, step.revision, done, (approval) => {
        approval.verdict = 'SENT_BACK';
        reply.status = 'SENT_BACK';
        one.tell('complaint-reply-sent-back', done.at);
      }),
    );
  },
  sendComplaintReply(one, step, { at }) {
    if (!one.isBeingHandled) return wrongStatus;
    return onReply(one, step.reply, ['APPROVED'], (reply) => {
      // What speaks to the customer alone is not for everybody to read.
      if (step.channel === 'QQ_GROUP' && reply.audience === 'CUSTOMER')
        return 'COMPLAINT_REPLY_CHANNEL_PUBLIC';
      reply.status = 'SENT';
      one.status = 'IN_HANDLING';
      one.answers += 1;
      one.tell('complaint-reply-sent', at);
      one.meet('REPLY', at);
      one.meet('RESPONSE', at);
      if (reply.statesMeasures) one.meet('MEASURES', at);
      if (spoken.includes(step.channel)) one.meet('CALLBACK', at);
      return 'DONE';
    });
  },
  withdrawComplaintReply(one, step, { at }) {
    if (!one.isOpen) return wrongStatus;
    return onReply(
      one,
      step.reply,
      unsent,
      (reply) => {
        reply.status = 'WITHDRAWN';
        voidApprovals(reply, at);
        one.tell('complaint-reply-withdrawn', at);
        return 'DONE';
      },
      true,
    );
  },
};

function onReply(
  one: CountedCase,
  number: number,
  from: readonly string[],
  change: (reply: CountedReply) => string,
  alsoResolved = false,
): string {
  if (!one.isUnresolved && !alsoResolved) return wrongStatus;
  const reply = one.replies[number - 1];
  if (!reply) return 'COMPLAINT_REPLY_NOT_FOUND';
  if (!from.includes(reply.status)) return wrongReply;
  const answer = change(reply);
  if (answer === 'DONE') pass(one, reply);
  return answer;
}

/** What nothing but the reply can do waits for whoever has the reply now. */
function pass(one: CountedCase, reply: CountedReply): void {
  const done = one.needsApproval ? ['RESPONSE', ...(reply.statesMeasures ? ['MEASURES'] : [])] : [];
  for (const clock of one.owed()) {
    if (clock.kind === 'REPLY' || done.includes(clock.kind)) clock.waitsFor = whoHas(reply);
  }
}

function whoHas({ status, approvals }: CountedReply): string {
  if (status === 'APPROVED') return 'CUSTOMER_RELATIONS';
  return status === 'IN_APPROVAL' ? approvals.at(-1)!.approver : 'HANDLER';
}

/** Somebody says his word on the wording that he has read, if it is the one that holds and his to say. */
function decided(
  reply: CountedReply,
  revision: number,
  { at, by }: Done,
  say: (approval: CountedApproval) => void,
): string {
  if (revision !== reply.writers.length) return 'COMPLAINT_REPLY_TEXT_CHANGED';
  const approval = reply.approvals.find(
    ({ decidedAt, voidedAt }) => decidedAt === null && voidedAt === null,
  )!;
  if (!approverOf[by]?.includes(approval.approver)) return 'COMPLAINT_REPLY_AWAITS_ANOTHER';
  const hasApproved = reply.approvals.some((one) => one.voidedAt === null && one.by === by);
  if (reply.writers.includes(by) || hasApproved) return 'COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON';
  approval.decidedAt = at;
  approval.by = by;
  say(approval);
  return 'DONE';
}

function ask(reply: CountedReply, approver: string, askedAt: number): void {
  const undecided = { decidedAt: null, by: null, verdict: null, voidedAt: null };
  reply.approvals.push({ approver, revision: reply.writers.length, askedAt, ...undecided });
}

function voidApprovals(reply: CountedReply, at: number): void {
  for (const approval of reply.approvals) approval.voidedAt ??= at;
}

function withGeneralManager(
  ladder: readonly string[],
  { asksGeneralManager }: CountedReply,
): readonly string[] {
  return asksGeneralManager ? [...ladder, 'GENERAL_MANAGER'] : ladder;
}
