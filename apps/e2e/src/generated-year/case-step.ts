export type CountedSeverity = 'GENERAL' | 'HOT' | 'MAJOR';
export type CountedClass = 'CLASS_1' | 'CLASS_2' | 'CLASS_3';
export type Audience = 'CUSTOMER' | 'PUBLIC_PLATFORM';

/** Those who do something with cases. */
export const people = [
  ...['DESK', 'SUPERVISOR', 'HANDLER', 'OTHER_HANDLER', 'DIRECTOR', 'MANAGER', 'DIVISION_LEADER'],
  ...['GENERAL_MANAGER', 'QUALITY_CENTRE', 'CUSTOMER_RELATIONS'],
] as const;
export type Person = (typeof people)[number];

/** A case as it comes in. */
export interface Receipt {
  readonly project: number;
  readonly receivedAt: number;
  readonly causeClass: CountedClass;
  readonly channel: string;
  /** Different customers of the project, by their place in its list. */
  readonly customers: readonly number[];
  readonly facts: readonly string[];
}

/** What somebody does with a case. Cases and replies are named by their number, from 0 and from 1. */
export type CaseStep =
  | { readonly command: 'fileComplaint'; readonly receipt: Receipt }
  | { readonly command: 'acknowledgeComplaint' }
  | { readonly command: 'respondToComplaint'; readonly channel: string }
  | { readonly command: 'recordComplaintProgress'; readonly toldBy: string | null }
  | { readonly command: 'promiseComplaintCallback' }
  | { readonly command: 'addComplaintFacts'; readonly facts: readonly string[] }
  | { readonly command: 'raiseComplaintSeverity'; readonly to: 'HOT' | 'MAJOR' }
  | { readonly command: 'changeComplaintCauseClass'; readonly to: CountedClass }
  | { readonly command: 'joinComplaint'; readonly customers: readonly number[] }
  | { readonly command: 'fileDemandForm' }
  | { readonly command: 'resolveComplaint' }
  | {
      readonly command: 'recordReturnVisit';
      readonly satisfaction: number;
      /** A demand that becomes a case of its own. */
      readonly newDemand: { readonly causeClass: CountedClass } | null;
      /** Who was visited; null in an anonymous case. */
      readonly customer: number | null;
    }
  | {
      readonly command: 'recordReturnVisitAttempt';
      readonly customer: number | null;
      readonly obstacle: 'NO_ANSWER' | 'DECLINED';
    }
  | { readonly command: 'submitSpecialReport' }
  | { readonly command: 'reopenComplaint' }
  | { readonly command: 'closeComplaint' }
  | { readonly command: 'pauseComplaintClocks'; readonly clocks: readonly string[] | null }
  | { readonly command: 'resumeComplaintClocks' }
  | {
      readonly command: 'draftComplaintReply';
      readonly audience: Audience;
      readonly statesMeasures: boolean;
      readonly asksGeneralManager: boolean;
    }
  | { readonly command: 'reviseComplaintReply'; readonly reply: number }
  | { readonly command: 'submitComplaintReply'; readonly reply: number }
  | { readonly command: 'approveComplaintReply'; readonly reply: number; readonly revision: number }
  | { readonly command: 'sendBackComplaintReply'; readonly reply: number; readonly revision: number }
  | { readonly command: 'sendComplaintReply'; readonly reply: number; readonly channel: string }
  | { readonly command: 'withdrawComplaintReply'; readonly reply: number }
  | { readonly command: 'issueComplaintNotice'; readonly kind: string; readonly to: string }
  | { readonly command: 'nameComplaintCoordinator'; readonly coordinator: Person }
  | { readonly command: 'issueCompanyDemandForm'; readonly finishAt: number }
  | { readonly command: 'reportCompanyMeasures' }
  | { readonly command: 'reportCompanyResult' }
  | { readonly command: 'confirmDocumentReceipt'; readonly form: number; readonly recipient: string }
  | { readonly command: 'handOverComplaint'; readonly to: Person }
  | { readonly command: 'acceptComplaintHandOver' }
  | { readonly command: 'refuseComplaintHandOver' }
  | {
      readonly command: 'passOnComplaint';
      /** When the customer-relations centre did. */
      readonly passedOnAt: number;
      /** Its own number of it. */
      readonly reference: string;
    }
  | { readonly command: 'recordComplaintUrging'; readonly customer: number | null }
  | { readonly command: 'linkComplaint'; readonly other: number }
  | { readonly command: 'joinComplaintInto'; readonly other: number }
  | {
      readonly command: 'splitComplaint';
      readonly customers: readonly number[];
      readonly causeClass: CountedClass;
    };

export type CaseCommand = CaseStep['command'];
export type StepOf<Command extends CaseCommand> = Extract<CaseStep, { readonly command: Command }>;
/** A step on a case that is there. */
export type LaterStep = Exclude<CaseStep, StepOf<'fileComplaint'>>;
