import type { InteractionClass } from './classification';
import type {
  CauseClass,
  ComplaintFact,
  InteractionChannel,
  TellingChannel,
  TellingKind,
} from './interaction-state';

interface About {
  readonly interactionId: string;
  readonly projectId: string;
  /** The owner before the fact. */
  readonly ownerId: string;
  readonly at: Date;
}

export interface InteractionRecorded extends About {
  readonly type: 'InteractionRecorded';
  readonly number: string;
  readonly channel: InteractionChannel;
  readonly customerIds: readonly string[];
  readonly unitId: string | null;
  readonly buildingId: string | null;
  readonly topic: string | null;
  readonly receivedAt: Date;
  readonly receivedBy: string;
  readonly proposedClass: InteractionClass;
}

/** `causeClass`, `facts` and `namedStaffIds` are a complaint's; null or empty otherwise. */
export interface InteractionClassified extends About {
  readonly type: 'InteractionClassified';
  readonly class: InteractionClass;
  readonly previousClass: InteractionClass | null;
  readonly proposedClass: InteractionClass;
  readonly asProposed: boolean;
  readonly causeClass: CauseClass | null;
  readonly facts: readonly ComplaintFact[];
  readonly namedStaffIds: readonly string[];
  readonly topic: string | null;
  readonly customerIds: readonly string[];
  readonly unitId: string | null;
  readonly buildingId: string | null;
  readonly channel: InteractionChannel;
  readonly receivedAt: Date;
  readonly receivedBy: string;
  readonly by: string;
}

export interface InteractionHandoverOffered extends About {
  readonly type: 'InteractionHandoverOffered';
  readonly toId: string;
  readonly by: string;
}

export interface InteractionHandoverDeclined extends About {
  readonly type: 'InteractionHandoverDeclined';
  readonly by: string;
}

export interface InteractionHandedOver {
  readonly type: 'InteractionHandedOver';
  readonly interactionId: string;
  readonly projectId: string;
  readonly fromId: string;
  readonly toId: string;
  readonly at: Date;
}

export interface CustomerTold extends About {
  readonly type: 'CustomerTold';
  readonly kind: TellingKind;
  readonly channel: TellingChannel;
  readonly firstReply: boolean;
  readonly receivedAt: Date;
  /** Of the contact at that time. */
  readonly customerIds: readonly string[];
  /** The case in which he was told; null when the desk told him. */
  readonly complaintId: string | null;
  readonly by: string;
}

export interface CustomerUninformed extends About {
  readonly type: 'CustomerUninformed';
  readonly class: InteractionClass | null;
  readonly silentSinceAt: Date;
}

export interface InteractionClosed extends About {
  readonly type: 'InteractionClosed';
  readonly class: InteractionClass | null;
  readonly channel: InteractionChannel;
  readonly receivedAt: Date;
  readonly itemCount: number;
  readonly by: string;
}

/** What can have happened to a contact. */
export type InteractionFact =
  | InteractionRecorded
  | InteractionClassified
  | InteractionHandoverOffered
  | InteractionHandoverDeclined
  | InteractionHandedOver
  | CustomerTold
  | CustomerUninformed
  | InteractionClosed;
