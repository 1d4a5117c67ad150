import type { ClassificationFacts, InteractionClass } from './classification';

export const interactionChannels = [
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
export type InteractionChannel = (typeof interactionChannels)[number];

/** How a customer is told something; `NOTICE` for what comes from nobody in particular. */
export const tellingChannels = [
  'PHONE',
  'IN_PERSON',
  'LETTER',
  'EMAIL',
  'WEB',
  'WECHAT',
  'QQ_GROUP',
  'SMS',
  'NOTICE',
] as const;
export type TellingChannel = (typeof tellingChannels)[number];

export const tellingKinds = ['PROGRESS', 'RESULT'] as const;
export type TellingKind = (typeof tellingKinds)[number];

export const interactionStatuses = ['OPEN', 'CLOSED'] as const;
export type InteractionStatus = (typeof interactionStatuses)[number];

/** 一类 the company's own service, 二类 the developer, 三类 the outside environment (CMP-01). */
export const causeClasses = ['CLASS_1', 'CLASS_2', 'CLASS_3'] as const;
export type CauseClass = (typeof causeClasses)[number];

/** What the desk hears about a complaint and its severity is computed from (CMP-02). */
export const complaintFacts = [
  'LAWSUIT_FILED',
  'LAWSUIT_LIKELY',
  'MEDIA_EXPOSURE',
  'MEDIA_EXPOSURE_LIKELY',
  'OUTSIDE_HELP_NEEDED',
] as const;
export type ComplaintFact = (typeof complaintFacts)[number];

/** What the complaints service opens its case from (REC-17). */
export type ComplaintIntake = {
  readonly causeClass: CauseClass;
  readonly facts: readonly ComplaintFact[];
  /** Employees whom the complaint names. */
  readonly namedStaffIds: readonly string[];
};

/** The mark that the record of a completed contact has to carry in these words (source 0, 4.1.1). */
export const completedLabel = '已完成';

export interface ClassChange {
  readonly from: InteractionClass | null;
  readonly to: InteractionClass;
  readonly asProposed: boolean;
  readonly by: string;
  readonly reason: string | null;
  readonly changedAt: Date;
}

export interface CustomerTelling {
  readonly kind: TellingKind;
  readonly channel: TellingChannel;
  /** Null for a reply that a complaint case holds. */
  readonly text: string | null;
  /** The complaint case in which the customer was told; null for what the desk told him. */
  readonly complaintId: string | null;
  readonly by: string;
  readonly toldAt: Date;
}

/** A complaint case of the contact that is answered in wordings that were approved, alone (CMP-08). */
export interface ApprovedAnswers {
  readonly complaintId: string;
  /** Whether such an answer has gone out since the customer complained, or complained again. */
  readonly hasAnswered: boolean;
}

/** Ways of telling in which somebody speaks with the customer. */
export const spokenChannels = ['PHONE', 'IN_PERSON'] as const satisfies readonly TellingChannel[];

export interface HandoverOffer {
  readonly toId: string;
  readonly byId: string;
  readonly note: string | null;
  readonly offeredAt: Date;
}

/** One call, visit, letter or message as recorded on receipt: 来电来访记录. */
export interface InteractionState {
  readonly id: string;
  readonly projectId: string;
  readonly status: InteractionStatus;
  /** 已完成 once closed. */
  readonly label: typeof completedLabel | null;
  readonly number: string;
  readonly channel: InteractionChannel;
  /** Null while the customer is not known in the directory. */
  readonly customerId: string | null;
  readonly callerName: string | null;
  readonly callbackContact: string | null;
  /** Those who came together with the customer. */
  readonly accompanyingCustomerIds: readonly string[];
  readonly unitId: string | null;
  readonly buildingId: string | null;
  readonly content: string;
  /** A code of the project's topic list. */
  readonly topic: string | null;
  readonly receivedAt: Date;
  readonly receivedBy: string;
  readonly facts: ClassificationFacts;
  readonly proposedClass: InteractionClass;
  readonly confirmedClass: InteractionClass | null;
  readonly classChanges: readonly ClassChange[];
  /** Set while the class is `COMPLAINT`. */
  readonly complaint: ComplaintIntake | null;
  readonly ownerId: string;
  readonly handoverOffer: HandoverOffer | null;
  readonly tellings: readonly CustomerTelling[];
  readonly lastToldAt: Date | null;
  /** Since when the customer has been left without a word for too long; null when he has not. */
  readonly uninformedAt: Date | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

export const itemKinds = ['WORK_ORDER', 'RECTIFICATION', 'FOLLOW_UP', 'COMPLAINT'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Something that a contact led to, and whether it is done. A complaint is done when resolved or closed. */
export type InteractionItem = {
  readonly kind: ItemKind;
  readonly id: string;
} & ({ readonly status: 'OPEN' } | { readonly status: 'DONE'; readonly doneAt: Date });

export type InteractionMissing = 'content' | 'who' | 'callbackContact';

/** One thing that a contact still needs before it can be closed. */
export type MissingForClosing =
  | { readonly what: 'CLASS'; readonly proposedClass: InteractionClass }
  /** The class asks for an item and none was made. */
  | { readonly what: 'ITEM'; readonly kind: ItemKind }
  | { readonly what: 'ITEM_DONE'; readonly kind: ItemKind; readonly itemId: string }
  /** `notBeforeAt` is when the last item was done; null while one is open. */
  | { readonly what: 'RESULT_REPLY'; readonly notBeforeAt: Date | null };
