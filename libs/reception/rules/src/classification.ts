import { localDate, unreachable } from '@anju/kernel';
import type { ReceptionPolicy } from './policy';

/** What a contact is about, which decides who deals with it (REC-02). */
export const interactionClasses = [
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
export type InteractionClass = (typeof interactionClasses)[number];

/** What the customer comes with, in the words of the desk. */
export const matters = [
  'QUESTION',
  'FAULT',
  'OPINION',
  'SPECIAL_SERVICE',
  'HOME_PURCHASE',
  'COUNTER_BUSINESS',
] as const;
export type Matter = (typeof matters)[number];

/** Whose duty the cause of a fault is. */
export const faultDuties = ['BUILDER', 'DEVELOPER', 'COMPANY', 'OTHER'] as const;
export type FaultDuty = (typeof faultDuties)[number];

/** The facts that the class is proposed from. */
export interface ClassificationFacts {
  readonly matter: Matter;
  /** The customer says clearly that he complains. */
  readonly wantsToComplain: boolean;
  /** The home's last day of warranty, `YYYY-MM-DD`; null where there is none, as for common parts. */
  readonly warrantyEndsOn: string | null;
  /** Null while nobody has found the cause. */
  readonly faultDuty: FaultDuty | null;
  /** Telephone, broadband, water heater, intercom, security door: equipment of an outside firm. */
  readonly partnersEquipment: boolean;
  /** Other customers, outside firms or departments have to take part. */
  readonly needsOthers: boolean;
  /** How many days the desk thinks it takes; null where it cannot say. */
  readonly expectedDays: number | null;
}

/**
 * Whether an instant is inside the warranty. The last day of the warranty is inside it, to midnight.
 * @param warrantyEndsOn `YYYY-MM-DD`, null for no warranty
 * @param timeZone the project's, an IANA name
 */
export function isInsideWarranty(warrantyEndsOn: string | null, at: Date, timeZone: string): boolean {
  return warrantyEndsOn !== null && localDate(at, timeZone) <= warrantyEndsOn;
}

/** Whether a matter belongs into the communication register: needs others, and takes more than two days (REC-15). */
export function needsCommunication(
  facts: { readonly needsOthers: boolean; readonly expectedDays: number | null },
  policy: Pick<ReceptionPolicy, 'communicationDays'>,
): boolean {
  return facts.needsOthers && facts.expectedDays !== null && facts.expectedDays > policy.communicationDays;
}

function proposeRepair(facts: ClassificationFacts, at: Date, timeZone: string): InteractionClass {
  const buildersDuty = facts.faultDuty === 'BUILDER' || facts.faultDuty === 'DEVELOPER';
  if (buildersDuty && isInsideWarranty(facts.warrantyEndsOn, at, timeZone)) return 'RECTIFICATION';
  return facts.partnersEquipment ? 'VENDOR' : 'OWN_REPAIR';
}

/**
 * The class that the facts of a contact speak for; the agent confirms it or takes another (REC-02).
 * A clear complaint is one whatever it is about.
 * @param at when the contact was received
 * @param timeZone the project's, an IANA name
 */
export function proposeClass(
  facts: ClassificationFacts,
  at: Date,
  timeZone: string,
  policy: Pick<ReceptionPolicy, 'communicationDays'>,
): InteractionClass {
  if (facts.wantsToComplain) return 'COMPLAINT';
  switch (facts.matter) {
    case 'FAULT':
      return proposeRepair(facts, at, timeZone);
    case 'QUESTION':
    case 'OPINION':
      return needsCommunication(facts, policy) ? 'COMMUNICATION' : 'ENQUIRY';
    case 'SPECIAL_SERVICE':
      return 'SPECIAL_SERVICE';
    case 'HOME_PURCHASE':
      return 'SALES_ENQUIRY';
    case 'COUNTER_BUSINESS':
      return 'COUNTER_BUSINESS';
    default:
      return unreachable(facts.matter);
  }
}
