import type { Transitions } from '@anju/kernel';

export const leadStatuses = ['OPEN', 'SUBSCRIBED', 'WON', 'CLOSED'] as const;
export type LeadStatus = (typeof leadStatuses)[number];

/** 来电 (《客户电话接听记录表》) or 来访 (《客户来访登记表》). */
export const leadKinds = ['CALL', 'VISIT'] as const;
export type LeadKind = (typeof leadKinds)[number];

/** Where the customer has heard of the project. */
export const leadSources = [
  'ADVERTISEMENT',
  'WEB',
  'REFERRAL',
  'PASSING_BY',
  'AGENCY',
  'EXISTING_OWNER',
  'OTHER',
] as const;
export type LeadSource = (typeof leadSources)[number];

export const leadFollowUpMethods = ['PHONE', 'LETTER', 'HOME_VISIT', 'INVITED_VISIT', 'MESSAGE'] as const;
export type LeadFollowUpMethod = (typeof leadFollowUpMethods)[number];

/** What a follow-up came to; an attempt that did not reach the customer is none of those that are owed. */
export const leadFollowUpOutcomes = [
  'INTERESTED',
  'CONSIDERING',
  'APPOINTMENT_MADE',
  'NOT_INTERESTED',
  'NOT_REACHED',
] as const;
export type LeadFollowUpOutcome = (typeof leadFollowUpOutcomes)[number];

export const leadClosingReasons = [
  'BOUGHT_ELSEWHERE',
  'NOT_INTERESTED',
  'NO_SUITABLE_UNIT',
  'NOT_REACHABLE',
  'DUPLICATE',
  'CONSENT_WITHDRAWN',
] as const;
export type LeadClosingReason = (typeof leadClosingReasons)[number];

/** What the customer looks for; null is no wish. Areas in square metres, amounts in CNY, as decimal texts. */
export interface LeadNeed {
  readonly bedrooms: number | null;
  readonly smallestArea: string | null;
  readonly largestArea: string | null;
  /** The most that the home may cost. */
  readonly budget: string | null;
}

export interface LeadFollowUp {
  readonly at: Date;
  readonly by: string;
  readonly method: LeadFollowUpMethod;
  readonly outcome: LeadFollowUpOutcome;
  /** What was said, in words. */
  readonly result: string;
}

export interface UnitProposal {
  readonly at: Date;
  readonly by: string;
  /** Best first. */
  readonly unitIds: readonly string[];
}

/** A prospect of a project: 来电或来访客户 (SAL-01). Who he is, is in the directory. */
export interface LeadState {
  readonly id: string;
  readonly projectId: string;
  /** Such as `JX-L20260302-001`. */
  readonly number: string;
  readonly status: LeadStatus;
  readonly kind: LeadKind;
  /** Null where a caller has not said who he is. */
  readonly customerId: string | null;
  /** The contact at the desk that it came from; null when there was none. */
  readonly interactionId: string | null;
  readonly receivedAt: Date;
  readonly consultantId: string;
  readonly source: LeadSource;
  readonly need: LeadNeed;
  /** Whether the customer agrees to be contacted; without that nobody follows up. */
  readonly contactConsent: boolean;
  readonly followUps: readonly LeadFollowUp[];
  readonly proposals: readonly UnitProposal[];
  /** When the next follow-up is due; null when none is owed or agreed. */
  readonly nextFollowUpDueAt: Date | null;
  /** `nextFollowUpDueAt`, once that has passed with nothing done. */
  readonly followUpMissedAt: Date | null;
  /** Until when all follow-ups that are owed have to be made. */
  readonly followUpsDueAt: Date;
  /** `followUpsDueAt`, once that has passed with fewer. */
  readonly underFollowedAt: Date | null;
  readonly saleId: string | null;
  readonly closingReason: LeadClosingReason | null;
  readonly closedAt: Date | null;
}

interface Happened {
  readonly leadId: string;
  readonly projectId: string;
  readonly at: Date;
}
interface Done extends Happened {
  readonly by: string;
}

export interface LeadRecorded extends Done {
  readonly type: 'LeadRecorded';
  readonly number: string;
  readonly kind: LeadKind;
  readonly source: LeadSource;
  readonly consultantId: string;
  readonly customerId: string | null;
  readonly interactionId: string | null;
  readonly receivedAt: Date;
  readonly bedrooms: number | null;
  readonly smallestArea: string | null;
  readonly largestArea: string | null;
  readonly budget: string | null;
  readonly nextFollowUpDueAt: Date | null;
}
export interface LeadFollowedUp extends Done {
  readonly type: 'LeadFollowedUp';
  readonly consultantId: string;
  readonly customerId: string | null;
  readonly method: LeadFollowUpMethod;
  readonly outcome: LeadFollowUpOutcome;
  /** Those that count, with this one. */
  readonly followUps: number;
  readonly required: number;
  readonly nextFollowUpDueAt: Date | null;
}
export interface LeadFollowUpMissed extends Happened {
  readonly type: 'LeadFollowUpMissed';
  readonly consultantId: string;
  readonly dueAt: Date;
}
export interface LeadUnderFollowed extends Happened {
  readonly type: 'LeadUnderFollowed';
  readonly consultantId: string;
  readonly kind: LeadKind;
  readonly followUps: number;
  readonly required: number;
}
export interface LeadUnitsProposed extends Done {
  readonly type: 'LeadUnitsProposed';
  readonly customerId: string | null;
  readonly unitIds: readonly string[];
}
export interface LeadVisited extends Done {
  readonly type: 'LeadVisited';
  readonly customerId: string;
  readonly required: number;
}
export interface LeadNeedChanged extends Done {
  readonly type: 'LeadNeedChanged';
  readonly bedrooms: number | null;
  readonly smallestArea: string | null;
  readonly largestArea: string | null;
  readonly budget: string | null;
}
export interface LeadConsentChanged extends Done {
  readonly type: 'LeadConsentChanged';
  readonly customerId: string | null;
  readonly contactConsent: boolean;
}
export interface LeadAssigned extends Done {
  readonly type: 'LeadAssigned';
  readonly consultantId: string;
  readonly previousConsultantId: string;
}
export interface LeadSubscribed extends Happened {
  readonly type: 'LeadSubscribed';
  readonly saleId: string;
  readonly consultantId: string;
}
export interface LeadReturned extends Happened {
  readonly type: 'LeadReturned';
  readonly saleId: string;
}
export interface LeadWon extends Happened {
  readonly type: 'LeadWon';
  readonly saleId: string;
  readonly consultantId: string;
  readonly kind: LeadKind;
  readonly source: LeadSource;
  readonly receivedAt: Date;
}
export interface LeadClosed extends Done {
  readonly type: 'LeadClosed';
  readonly consultantId: string;
  readonly reason: LeadClosingReason;
}

/** What can have happened to a lead. No free text: facts become events. */
export type LeadFact =
  | LeadRecorded
  | LeadFollowedUp
  | LeadFollowUpMissed
  | LeadUnderFollowed
  | LeadUnitsProposed
  | LeadVisited
  | LeadNeedChanged
  | LeadConsentChanged
  | LeadAssigned
  | LeadSubscribed
  | LeadReturned
  | LeadWon
  | LeadClosed;

type Command =
  | 'followUpLead'
  | 'proposeUnits'
  | 'recordLeadVisit'
  | 'changeLeadNeed'
  | 'changeLeadConsent'
  | 'assignLead'
  | 'noteLeadSubscribed'
  | 'noteSaleEnded'
  | 'noteLeadWon'
  | 'closeLead';

/** A subscription that ends without a contract gives the lead back to its consultant. */
export const leadTransitions: Transitions<LeadStatus, Command, 'LEAD_NOT_IN_REQUIRED_STATUS'> = {
  refusal: 'LEAD_NOT_IN_REQUIRED_STATUS',
  initial: 'OPEN',
  commands: {
    followUpLead: { from: ['OPEN', 'SUBSCRIBED'], to: 'SAME' },
    proposeUnits: { from: ['OPEN'], to: 'SAME' },
    recordLeadVisit: { from: ['OPEN'], to: 'SAME' },
    changeLeadNeed: { from: ['OPEN'], to: 'SAME' },
    changeLeadConsent: { from: ['OPEN', 'SUBSCRIBED', 'WON', 'CLOSED'], to: 'SAME' },
    assignLead: { from: ['OPEN', 'SUBSCRIBED'], to: 'SAME' },
    noteLeadSubscribed: { from: ['OPEN'], to: 'SUBSCRIBED' },
    noteSaleEnded: { from: ['SUBSCRIBED'], to: 'OPEN' },
    noteLeadWon: { from: ['SUBSCRIBED'], to: 'WON' },
    closeLead: { from: ['OPEN'], to: 'CLOSED' },
  },
};
