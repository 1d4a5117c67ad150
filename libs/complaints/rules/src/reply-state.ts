/** Whom a reply speaks to: the customer alone, or everybody who reads a public platform (CMP-08). */
export const replyAudiences = ['CUSTOMER', 'PUBLIC_PLATFORM'] as const;
export type ReplyAudience = (typeof replyAudiences)[number];

/** The steps of the ladders of CMP-08, the lowest first. */
export const replyApprovers = [
  'DEPARTMENT_HEAD',
  'PROJECT_MANAGER',
  'DIVISION_LEADER',
  'GENERAL_MANAGER',
] as const;
export type ReplyApprover = (typeof replyApprovers)[number];

export const replyStatuses = ['DRAFT', 'IN_APPROVAL', 'SENT_BACK', 'APPROVED', 'SENT', 'WITHDRAWN'] as const;
export type ReplyStatus = (typeof replyStatuses)[number];

/** One wording of a reply, kept as it was. */
export interface ReplyRevision {
  /** 1, 2, 3 … within the reply. */
  readonly revision: number;
  readonly text: string;
  readonly at: Date;
  readonly by: string;
}

export type ReplyVerdict = 'APPROVED' | 'SENT_BACK';

/** One approver asked about one wording; what he took is from `askedAt` to `decidedAt`, his alone. */
export interface ReplyStep {
  readonly approver: ReplyApprover;
  /** The wording that he was asked about, and that alone. */
  readonly revision: number;
  readonly askedAt: Date;
  readonly decidedAt: Date | null;
  readonly by: string | null;
  readonly verdict: ReplyVerdict | null;
  readonly reason: string | null;
  /** When another wording, or giving the reply up, made the step count for nothing. */
  readonly voidedAt: Date | null;
}

export interface ReplySending {
  readonly at: Date;
  readonly by: string;
}

/** A reply to the customers that has to be approved before it goes out (CMP-08). */
export interface ComplaintReply {
  /** 1, 2, 3 … within the case. */
  readonly sequence: number;
  readonly audience: ReplyAudience;
  readonly status: ReplyStatus;
  /** Whether the general manager is asked last. */
  readonly generalManagerAsked: boolean;
  /** Whether it says what is being done (CMP-07). */
  readonly statesMeasures: boolean;
  /** Every wording; the last one holds. */
  readonly revisions: readonly ReplyRevision[];
  /** Whom the current wording has to pass, as the policy was when it was submitted; empty before. */
  readonly ladder: readonly ReplyApprover[];
  /** Everybody who was asked, also about earlier wordings. */
  readonly steps: readonly ReplyStep[];
  readonly sent: ReplySending | null;
  /** Why it was given up; null while it was not. */
  readonly withdrawnBecause: string | null;
}

/** The wording that holds. */
export function currentRevision({ revisions }: Pick<ComplaintReply, 'revisions'>): ReplyRevision {
  const last = revisions.at(-1);
  if (!last) throw new Error('a reply has a wording');
  return last;
}

/** The approver whose word is waited for; null when nobody's is. */
export function awaitedStep({ steps }: Pick<ComplaintReply, 'steps'>): ReplyStep | null {
  return steps.find((step) => step.decidedAt === null && step.voidedAt === null) ?? null;
}

/** What an approver took so far, in milliseconds of elapsed time; the asking of each begins with his step. */
export function stepDelayMillis(step: ReplyStep, now: Date): number {
  return +(step.decidedAt ?? step.voidedAt ?? now) - +step.askedAt;
}
