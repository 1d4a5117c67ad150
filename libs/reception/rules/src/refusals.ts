import {
  isBlank,
  refusalCodes,
  refuse,
  type RefusalOf,
  type Refused,
  type StatusRefusalData,
} from '@anju/kernel';
import type { InteractionClass } from './classification';
import type { FollowUpCategory, FollowUpMissing } from './follow-up';
import type { InteractionMissing, MissingForClosing, TellingChannel } from './interaction-state';
import type { RectificationStep } from './rectification';
import type { ReleaseObstacle } from './release-slip-state';
import type { ShiftDifference, ShiftStatus } from './shift';

type Nothing = Record<never, never>;

/** Why a reception command is not carried out: each code with what its message needs. */
export type ReceptionRefusals = {
  INTERACTION_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  WORK_ORDER_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  FOLLOW_UP_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  RECTIFICATION_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  SHIFT_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  RECEIPT_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  RELEASE_SLIP_NOT_IN_REQUIRED_STATUS: StatusRefusalData;
  /** A text that the rule asks for is blank. */
  RECEPTION_TEXT_MISSING: { readonly field: string };
  /** Never an answer to a user: what was due has been done, moved or given up. */
  RECEPTION_DEADLINE_NOT_PENDING: { readonly kind: string; readonly dueAt: Date };

  INTERACTION_DETAILS_MISSING: { readonly missing: readonly InteractionMissing[] };
  INTERACTION_RECEIVED_IN_FUTURE: { readonly receivedAt: Date; readonly decidedAt: Date };
  INTERACTION_CLASS_ALREADY_CONFIRMED: { readonly confirmedClass: InteractionClass };
  INTERACTION_CLASS_NOT_CONFIRMED: { readonly proposedClass: InteractionClass };
  INTERACTION_CLASS_UNCHANGED: { readonly confirmedClass: InteractionClass };
  COMPLAINT_INTAKE_MISSING: { readonly missing: readonly ('complaint' | 'topic')[] };
  /** The customer would be written what nobody has approved; `instead` begins the way that leads there. */
  TELLING_NOT_APPROVED: {
    readonly complaintId: string;
    readonly instead: 'draftComplaintReply';
    readonly spokenChannels: readonly TellingChannel[];
  };
  NOT_THE_OWNER: { readonly ownerId: string };
  HANDOVER_TO_THE_OWNER: { readonly ownerId: string };
  NO_HANDOVER_OFFERED: { readonly ownerId: string };
  HANDOVER_OFFERED_TO_ANOTHER: { readonly offeredToId: string };
  INTERACTION_CLOSING_INCOMPLETE: { readonly missing: readonly MissingForClosing[] };

  WORK_ORDER_DETAILS_MISSING: { readonly missing: readonly ('fault' | 'place')[] };
  APPOINTMENT_ENDS_BEFORE_IT_BEGINS: { readonly fromAt: Date; readonly toAt: Date };
  APPOINTMENT_IN_THE_PAST: { readonly toAt: Date; readonly decidedAt: Date };
  ESTIMATE_NEGATIVE: { readonly estimate: string };
  MATERIAL_QUANTITY_NOT_POSITIVE: { readonly material: string; readonly quantity: number };
  COMPANY_MOVE_USED_UP: {
    readonly companyMoves: number;
    readonly misses: number;
    readonly allowed: number;
  };
  CUSTOMER_NOT_TOLD_OF_MOVE: { readonly agreedFromAt: Date };
  CUSTOMER_TOLD_TOO_LATE: { readonly customerToldAt: Date; readonly agreedFromAt: Date };
  /** `agreedAt`: when the appointment that is to be moved was made. */
  CUSTOMER_TOLD_BEFORE_APPOINTMENT: { readonly customerToldAt: Date; readonly agreedAt: Date };
  CUSTOMER_TOLD_IN_FUTURE: { readonly customerToldAt: Date; readonly decidedAt: Date };

  STAFF_PRAISES_HIMSELF: { readonly staffId: string };
  PRAISER_NOT_OF_CONTACT: { readonly customerId: string };

  FOLLOW_UP_NOT_FOR_CATEGORY: {
    readonly command: string;
    readonly category: FollowUpCategory;
    readonly allowedFor: readonly FollowUpCategory[];
  };
  PROMISED_TIME_PASSED: { readonly promisedAt: Date; readonly decidedAt: Date };
  COMMUNICATION_NOT_NEEDED: {
    readonly needsOthers: boolean;
    readonly expectedDays: number | null;
    readonly moreThanDays: number;
  };
  FOLLOW_UP_ALREADY_ARRIVED: { readonly arrivedAt: Date };
  FOLLOW_UP_RESULT_NOT_RECORDED: Nothing;
  FOLLOW_UP_CLOSING_INCOMPLETE: { readonly missing: readonly FollowUpMissing[] };

  RECTIFICATION_DETAILS_MISSING: { readonly missing: readonly ('fault' | 'place')[] };
  SIGNER_NOT_ENTITLED: {
    readonly step: RectificationStep;
    readonly requiredRole: string;
    readonly roles: readonly string[];
  };
  OUT_OF_ORDER_SIGNATURE: {
    readonly step: RectificationStep;
    readonly expectedStep: RectificationStep | null;
    readonly status: string;
  };

  SHIFT_HANDOVER_NOT_ACCEPTED: { readonly previousShiftId: string; readonly status: ShiftStatus };
  SHIFT_OF_ANOTHER: { readonly staffId: string };
  SHIFT_NOT_COUNTED: Nothing;
  SHIFT_COUNT_OUTDATED: { readonly countedAt: Date };
  SHIFT_DIFFERENCE_NOT_EXPLAINED: { readonly differences: readonly ShiftDifference[] };
  SHIFT_COUNT_NEGATIVE: { readonly what: string };
  OWN_HANDOVER: { readonly staffId: string };

  AMOUNT_NOT_POSITIVE: { readonly amount: string };
  FINANCE_IS_PRESENT: Nothing;
  NO_OPEN_SHIFT: Nothing;
  RECEIPT_DOES_NOT_ADD_UP: {
    readonly amount: string;
    readonly covered: string;
    readonly prepaid: string;
  };
  INVOICE_NOT_TO_FOLLOW: Nothing;
  INVOICE_ALREADY_DELIVERED: { readonly deliveredAt: Date };

  FEE_MONTH_INVALID: { readonly month: string };
  FEE_MONTH_ALREADY_CHARGED: { readonly month: string; readonly amount: string };
  PAYMENT_ALREADY_ENTERED: { readonly receiptId: string };
  PAYMENT_UNKNOWN: { readonly receiptId: string };
  PAYMENT_ALREADY_REVERSED: { readonly receiptId: string; readonly reversedAt: Date };

  APPLICANT_NOT_OF_UNIT: { readonly applicantId: string };
  GOODS_QUANTITY_NOT_POSITIVE: { readonly line: number; readonly quantity: number };
  /** `directorIds`: who may be informed. */
  INFORMED_PERSON_NOT_DIRECTOR: { readonly informedId: string; readonly directorIds: readonly string[] };
  CALLED_PARTY_NOT_OWNER: { readonly calledId: string; readonly ownerIds: readonly string[] };
  OWNER_CALL_NOT_NEEDED: Nothing;
  RELEASE_NOT_POSSIBLE: { readonly reasons: readonly ReleaseObstacle[] };
  RELEASE_POSSIBLE: Nothing;
  RELEASE_SLIP_ALREADY_REDEEMED: { readonly redeemedAt: Date; readonly redeemedBy: string };
  GOODS_NOT_CHECKED: { readonly uncheckedLines: readonly number[] };
  GOODS_NOT_ON_SLIP: {
    readonly lines: readonly { readonly line: number; readonly listed: number; readonly found: number }[];
    readonly unlisted: readonly string[];
  };
};

export type ReceptionRefusalCode = keyof ReceptionRefusals;

/** The refusal of one code, or of any of several. */
export type ReceptionRefusal<Code extends ReceptionRefusalCode = ReceptionRefusalCode> = RefusalOf<
  ReceptionRefusals,
  Code
>;

/** Every refusal code of the reception context, for the error list and the labels. */
export const receptionRefusalCodes = refusalCodes<ReceptionRefusalCode>({
  INTERACTION_NOT_IN_REQUIRED_STATUS: true,
  WORK_ORDER_NOT_IN_REQUIRED_STATUS: true,
  FOLLOW_UP_NOT_IN_REQUIRED_STATUS: true,
  RECTIFICATION_NOT_IN_REQUIRED_STATUS: true,
  SHIFT_NOT_IN_REQUIRED_STATUS: true,
  RECEIPT_NOT_IN_REQUIRED_STATUS: true,
  RELEASE_SLIP_NOT_IN_REQUIRED_STATUS: true,
  RECEPTION_TEXT_MISSING: true,
  RECEPTION_DEADLINE_NOT_PENDING: true,
  INTERACTION_DETAILS_MISSING: true,
  INTERACTION_RECEIVED_IN_FUTURE: true,
  INTERACTION_CLASS_ALREADY_CONFIRMED: true,
  INTERACTION_CLASS_NOT_CONFIRMED: true,
  INTERACTION_CLASS_UNCHANGED: true,
  COMPLAINT_INTAKE_MISSING: true,
  TELLING_NOT_APPROVED: true,
  NOT_THE_OWNER: true,
  HANDOVER_TO_THE_OWNER: true,
  NO_HANDOVER_OFFERED: true,
  HANDOVER_OFFERED_TO_ANOTHER: true,
  INTERACTION_CLOSING_INCOMPLETE: true,
  WORK_ORDER_DETAILS_MISSING: true,
  APPOINTMENT_ENDS_BEFORE_IT_BEGINS: true,
  APPOINTMENT_IN_THE_PAST: true,
  ESTIMATE_NEGATIVE: true,
  MATERIAL_QUANTITY_NOT_POSITIVE: true,
  COMPANY_MOVE_USED_UP: true,
  CUSTOMER_NOT_TOLD_OF_MOVE: true,
  CUSTOMER_TOLD_TOO_LATE: true,
  CUSTOMER_TOLD_BEFORE_APPOINTMENT: true,
  CUSTOMER_TOLD_IN_FUTURE: true,
  STAFF_PRAISES_HIMSELF: true,
  PRAISER_NOT_OF_CONTACT: true,
  FOLLOW_UP_NOT_FOR_CATEGORY: true,
  PROMISED_TIME_PASSED: true,
  COMMUNICATION_NOT_NEEDED: true,
  FOLLOW_UP_ALREADY_ARRIVED: true,
  FOLLOW_UP_RESULT_NOT_RECORDED: true,
  FOLLOW_UP_CLOSING_INCOMPLETE: true,
  RECTIFICATION_DETAILS_MISSING: true,
  SIGNER_NOT_ENTITLED: true,
  OUT_OF_ORDER_SIGNATURE: true,
  SHIFT_HANDOVER_NOT_ACCEPTED: true,
  SHIFT_OF_ANOTHER: true,
  SHIFT_NOT_COUNTED: true,
  SHIFT_COUNT_OUTDATED: true,
  SHIFT_DIFFERENCE_NOT_EXPLAINED: true,
  SHIFT_COUNT_NEGATIVE: true,
  OWN_HANDOVER: true,
  AMOUNT_NOT_POSITIVE: true,
  FINANCE_IS_PRESENT: true,
  NO_OPEN_SHIFT: true,
  RECEIPT_DOES_NOT_ADD_UP: true,
  INVOICE_NOT_TO_FOLLOW: true,
  INVOICE_ALREADY_DELIVERED: true,
  FEE_MONTH_INVALID: true,
  FEE_MONTH_ALREADY_CHARGED: true,
  PAYMENT_ALREADY_ENTERED: true,
  PAYMENT_UNKNOWN: true,
  PAYMENT_ALREADY_REVERSED: true,
  APPLICANT_NOT_OF_UNIT: true,
  GOODS_QUANTITY_NOT_POSITIVE: true,
  INFORMED_PERSON_NOT_DIRECTOR: true,
  CALLED_PARTY_NOT_OWNER: true,
  OWNER_CALL_NOT_NEEDED: true,
  RELEASE_NOT_POSSIBLE: true,
  RELEASE_POSSIBLE: true,
  RELEASE_SLIP_ALREADY_REDEEMED: true,
  GOODS_NOT_CHECKED: true,
  GOODS_NOT_ON_SLIP: true,
});

/** The refusal of a blank text, or null where something is written. */
export function missingText(
  field: string,
  text: string | null | undefined,
): Refused<ReceptionRefusal<'RECEPTION_TEXT_MISSING'>> | null {
  return isBlank(text) ? refuse('RECEPTION_TEXT_MISSING', { field }) : null;
}
