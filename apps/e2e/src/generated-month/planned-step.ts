import { wallTime, type WallTime } from './wall-time';

/** Roles of the platform by whom a month is played. */
export const actors = [
  'FRONT_DESK',
  'SERVICE_SUPERVISOR',
  'OFFICE_DIRECTOR',
  'EQUIPMENT_DEPARTMENT',
  'DEVELOPER_PROJECT_DEPARTMENT',
  'DEVELOPER_CUSTOMER_RELATIONS',
  'PROPERTY_CONSULTANT',
  'SIGNING_SPECIALIST',
  'SALES_MANAGER',
] as const;
export type Actor = (typeof actors)[number];

export const contactClasses = [
  'ENQUIRY',
  'OWN_REPAIR',
  'RECTIFICATION',
  'VENDOR',
  'COMMUNICATION',
  'COMPLAINT',
  'SPECIAL_SERVICE',
  'SALES_ENQUIRY',
  'COUNTER_BUSINESS',
] as const;
export type ContactClass = (typeof contactClasses)[number];

export const contactChannels = [
  'PHONE',
  'VISIT',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'LETTER_BOX',
  'PATROL',
] as const;
export type ContactChannel = (typeof contactChannels)[number];

export const causeClasses = ['CLASS_1', 'CLASS_2', 'CLASS_3'] as const;
export type CauseClass = (typeof causeClasses)[number];

export const leadSources = ['ADVERTISEMENT', 'WEB', 'REFERRAL', 'PASSING_BY', 'AGENCY', 'OTHER'] as const;
export type LeadSource = (typeof leadSources)[number];

/** What the desk enters of a contact, and from which its class is proposed. */
export interface ContactFacts {
  readonly matter:
    'QUESTION' | 'FAULT' | 'OPINION' | 'SPECIAL_SERVICE' | 'HOME_PURCHASE' | 'COUNTER_BUSINESS';
  readonly wantsToComplain?: true;
  readonly faultDuty?: 'BUILDER' | 'COMPANY';
  readonly partnersEquipment?: true;
  readonly needsOthers?: true;
  readonly expectedDays?: number;
}

type Nothing = Readonly<Record<never, never>>;
interface WhichReply {
  /** 1 for the first of the case. */
  readonly sequence: number;
}
interface Appointment {
  readonly fromAt: WallTime;
  readonly toAt: WallTime;
}

/**
 * What is done: commands of the graph by their names, with what matters of their inputs. Customers are numbers of
 * a pool, units for sale likewise; an id of an input is that of the thing which the story's own steps made.
 */
export interface PlannedCommands {
  readonly recordInteraction: {
    readonly channel: ContactChannel;
    /** The first names himself; the others came with him. */
    readonly customers: readonly number[];
    readonly insideWarranty: boolean;
    readonly topic: string;
    readonly facts: ContactFacts;
  };
  readonly confirmInteractionClass: {
    /** Null: as it was proposed. */
    readonly class: ContactClass | null;
    /** Of a complaint. */
    readonly causeClass: CauseClass | null;
  };
  readonly tellCustomer: { readonly kind: 'PROGRESS' | 'RESULT' };
  readonly closeInteraction: Nothing;

  readonly issueWorkOrder: Appointment;
  readonly acceptWorkOrder: Nothing;
  readonly arriveOnSite: Nothing;
  /** By the company, which told the customer at that moment. */
  readonly rescheduleWorkOrder: Appointment;
  readonly finishWorkOrder: Nothing;
  readonly confirmWorkOrder: Nothing;

  readonly requestRectification: Nothing;
  readonly verifyRectification: Nothing;
  readonly signForRectification: Nothing;
  readonly confirmRectificationCompletion: Nothing;

  readonly openVendorFollowUp: { readonly promisedAt: WallTime };
  readonly openCommunicationFollowUp: { readonly expectedDays: number };
  readonly remindFollowUp: Nothing;
  readonly recordFollowUpArrival: Nothing;
  readonly recordFollowUpResult: Nothing;
  readonly recordFollowUpReply: Nothing;
  readonly closeFollowUp: Nothing;

  /** With responsible department and handler. */
  readonly acknowledgeComplaint: Nothing;
  readonly respondToComplaint: Nothing;
  /** Of a case that came on the web: its answers are approved and sent by the customer-relations centre. */
  readonly draftComplaintReply: Nothing;
  readonly submitComplaintReply: WhichReply;
  readonly approveComplaintReply: WhichReply;
  readonly sendComplaintReply: WhichReply;
  /** What cause classes ask for. */
  readonly issueComplaintNotice: {
    readonly kind: 'FACILITIES_REPORT' | 'IMPACT_REPORT';
    readonly to: 'DEVELOPER_CUSTOMER_RELATIONS' | 'MANAGEMENT_OFFICE' | 'QUALITY_CENTRE' | 'DIVISION_LEADER';
  };
  readonly nameComplaintCoordinator: Nothing;
  readonly recordComplaintProgress: Nothing;
  readonly fileDemandForm: Nothing;
  readonly resolveComplaint: Nothing;
  readonly recordReturnVisit: { readonly satisfaction: 1 | 2 | 3 | 4 | 5 };
  readonly submitSpecialReport: Nothing;
  readonly closeComplaint: Nothing;

  readonly recordLead: {
    readonly kind: 'CALL' | 'VISIT';
    readonly source: LeadSource;
    readonly customer: number;
  };
  readonly followUpLead: { readonly outcome: 'INTERESTED' | 'CONSIDERING' | 'NOT_REACHED' };
  /** Subscribes a unit of the pool for the lead's customer. */
  readonly openSale: { readonly unit: number };
  readonly draftContract: {
    /** Square metres and CNY a square metre, with two decimals: what the unit is registered and offered with. */
    readonly area: string;
    readonly unitPrice: string;
    /** CNY off, at most what needs no approval; null for none. */
    readonly discount: string | null;
  };
  readonly signContract: Nothing;
  /** Passed, by a second person. */
  readonly checkContract: Nothing;
  readonly submitFiling: Nothing;
  readonly noteFilingSentBack: Nothing;
  readonly noteFilingReturned: Nothing;
  readonly tellContractReturned: Nothing;
}

/** One thing that one person does at one moment. */
export type PlannedStep = {
  readonly [Command in keyof PlannedCommands]: {
    readonly at: WallTime;
    readonly actor: Actor;
    /** All steps of one contact, or of one prospect, in their order. */
    readonly story: string;
    readonly command: Command;
    readonly input: PlannedCommands[Command];
  };
}[keyof PlannedCommands];

/** Writes the steps of one story. */
export class Story {
  readonly steps: PlannedStep[] = [];

  constructor(private readonly name: string) {}

  /** @param minutes on the wall, see `minutesOf`; never before the step that came last */
  at<Command extends keyof PlannedCommands>(
    minutes: number,
    actor: Actor,
    command: Command,
    input: PlannedCommands[Command],
  ): this {
    this.steps.push({ at: wallTime(minutes), actor, story: this.name, command, input } as PlannedStep);
    return this;
  }
}
