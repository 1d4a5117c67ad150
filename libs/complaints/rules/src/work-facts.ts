import type { CauseClass, ComplaintChannel, TellingChannel } from './complaint';
import type { ComplaintDocumentKind, DocumentRecipient, NoticeKind, NoticeWay } from './document-state';
import type { Done } from './facts';
import type { ReportRecipient } from './policy';
import type { ReplyApprover, ReplyAudience } from './reply-state';
import type { ReturnVisitRelease, VisitObstacle } from './return-visit-attempts';
import type { Severity } from './severity';

/** A reply was written that has to be approved; its words are in the case. */
export interface ComplaintReplyDrafted extends Done {
  readonly type: 'ComplaintReplyDrafted';
  readonly sequence: number;
  readonly audience: ReplyAudience;
}

export interface ComplaintReplyRevised extends Done {
  readonly type: 'ComplaintReplyRevised';
  readonly sequence: number;
  readonly revision: number;
  /** Whose approval of the wording before counts for nothing now. */
  readonly voidedApprovals: readonly ReplyApprover[];
}

export interface ComplaintReplySubmitted extends Done {
  readonly type: 'ComplaintReplySubmitted';
  readonly sequence: number;
  readonly revision: number;
  readonly ladder: readonly ReplyApprover[];
}

interface ReplyDecided extends Done {
  readonly sequence: number;
  readonly revision: number;
  readonly approver: ReplyApprover;
  /** Since when it was his to decide. */
  readonly askedAt: Date;
}

export interface ComplaintReplyApproved extends ReplyDecided {
  readonly type: 'ComplaintReplyApproved';
  /** Whose word is asked for next; null: it may go out. */
  readonly next: ReplyApprover | null;
}

export interface ComplaintReplySentBack extends ReplyDecided {
  readonly type: 'ComplaintReplySentBack';
}

export interface ComplaintReplySent extends Done {
  readonly type: 'ComplaintReplySent';
  readonly sequence: number;
  readonly revision: number;
  readonly audience: ReplyAudience;
  readonly channel: TellingChannel;
  readonly interactionIds: readonly string[];
  readonly customerIds: readonly string[];
}

export interface ComplaintReplyWithdrawn extends Done {
  readonly type: 'ComplaintReplyWithdrawn';
  readonly sequence: number;
}

export interface ComplaintNoticeIssued extends Done {
  readonly type: 'ComplaintNoticeIssued';
  readonly sequence: number;
  readonly kind: NoticeKind;
  readonly to: DocumentRecipient;
  readonly way: NoticeWay;
}

export interface ComplaintCoordinatorNamed extends Done {
  readonly type: 'ComplaintCoordinatorNamed';
  readonly coordinatorId: string;
  readonly previousCoordinatorId: string | null;
}

export interface CompanyDemandFormIssued extends Done {
  readonly type: 'CompanyDemandFormIssued';
  readonly sequence: number;
  readonly finishAt: Date;
}

export interface CompanyMeasuresReported extends Done {
  readonly type: 'CompanyMeasuresReported';
  readonly sequence: number;
}

export interface CompanyResultReported extends Done {
  readonly type: 'CompanyResultReported';
  readonly sequence: number;
}

interface DocumentRevised extends Done {
  readonly sequence: number;
  readonly version: number;
  readonly sentTo: readonly ReportRecipient[];
}

export interface DemandFormRevised extends DocumentRevised {
  readonly type: 'DemandFormRevised';
}

export interface SpecialReportRevised extends DocumentRevised {
  readonly type: 'SpecialReportRevised';
}

export interface ComplaintDocumentReceived extends Done {
  readonly type: 'ComplaintDocumentReceived';
  readonly document: ComplaintDocumentKind;
  readonly sequence: number;
  readonly recipient: DocumentRecipient;
}

export interface ComplaintHandOverOffered extends Done {
  readonly type: 'ComplaintHandOverOffered';
  readonly sequence: number;
  readonly toDepartment: string;
  readonly toHandlerId: string;
}

export interface ComplaintHandOverAnswered extends Done {
  readonly type: 'ComplaintHandOverAnswered';
  readonly sequence: number;
  readonly outcome: 'ACCEPTED' | 'REFUSED';
}

/** The developer's customer-relations centre passed the complaint on (CMP-07); who did is in the case. */
export interface ComplaintPassedOn extends Done {
  readonly type: 'ComplaintPassedOn';
  readonly passedOnAt: Date;
  readonly answersNeedApproval: boolean;
}

export interface ComplaintUrged extends Done {
  readonly type: 'ComplaintUrged';
  readonly customerId: string | null;
  readonly channel: ComplaintChannel;
  readonly interactionId: string | null;
  /** How often the case was urged by now. */
  readonly count: number;
}

export interface ReturnVisitAttempted extends Done {
  readonly type: 'ReturnVisitAttempted';
  readonly customerId: string | null;
  readonly channel: TellingChannel;
  readonly obstacle: VisitObstacle;
  /** What this attempt showed, so that no visit is owed any more; null while one is. */
  readonly release: ReturnVisitRelease | null;
  readonly resolvedAt: Date;
  readonly causeClass: CauseClass;
  readonly severity: Severity;
  readonly handlerId: string | null;
}

export interface ComplaintLinked extends Done {
  readonly type: 'ComplaintLinked';
  readonly linkedComplaintId: string;
}

/** The case ended in another one, which has its members and contacts now. */
export interface ComplaintJoinedInto extends Done {
  readonly type: 'ComplaintJoinedInto';
  readonly intoComplaintId: string;
  readonly customerIds: readonly string[];
  readonly interactionIds: readonly string[];
}

export interface ComplaintTookIn extends Done {
  readonly type: 'ComplaintTookIn';
  readonly fromComplaintId: string;
  /** How often the complaint came back after handling, in either case. */
  readonly secondComplaintCount: number;
  readonly answersNeedApproval: boolean;
  readonly interactionIds: readonly string[];
}

/** Members got a case of their own; its words are in the split of this case. */
export interface ComplaintSplitOff extends Done {
  readonly type: 'ComplaintSplitOff';
  readonly linkedComplaintId: string;
  readonly customerIds: readonly string[];
  readonly causeClass: CauseClass;
  readonly topic: string;
  /** Of those who stay. */
  readonly groupSize: number;
}

/** What happens to a complaint in the work on it: replies, documents, hand overs, links. */
export type ComplaintWorkFact =
  | ComplaintReplyDrafted
  | ComplaintReplyRevised
  | ComplaintReplySubmitted
  | ComplaintReplyApproved
  | ComplaintReplySentBack
  | ComplaintReplySent
  | ComplaintReplyWithdrawn
  | ComplaintNoticeIssued
  | ComplaintCoordinatorNamed
  | CompanyDemandFormIssued
  | CompanyMeasuresReported
  | CompanyResultReported
  | DemandFormRevised
  | SpecialReportRevised
  | ComplaintDocumentReceived
  | ComplaintHandOverOffered
  | ComplaintHandOverAnswered
  | ComplaintPassedOn
  | ComplaintUrged
  | ReturnVisitAttempted
  | ComplaintLinked
  | ComplaintJoinedInto
  | ComplaintTookIn
  | ComplaintSplitOff;
