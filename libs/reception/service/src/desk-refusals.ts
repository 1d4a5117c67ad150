import { ID, Int } from 'type-graphql';
import { DecimalScalar, refusalTypes, type RefusalType } from '@anju/subgraph';
import { ReceiptStatusEnum, ReleaseSlipStatusEnum, ShiftStatusEnum } from './desk-enums';
import { receptionRefusals } from './reception.refusals';
import { GoodsBeyondSlip, ReleaseObstacleEntry } from './release-slip.parts';
import { ShiftDifferenceEntry } from './shift.parts';

const declaredHere = refusalTypes({
  SHIFT_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: ShiftStatusEnum,
    allowedIn: [ShiftStatusEnum],
  },
  SHIFT_HANDOVER_NOT_ACCEPTED: { previousShiftId: ID, status: ShiftStatusEnum },
  SHIFT_OF_ANOTHER: { staffId: ID },
  SHIFT_NOT_COUNTED: {},
  SHIFT_COUNT_OUTDATED: { countedAt: Date },
  SHIFT_DIFFERENCE_NOT_EXPLAINED: { differences: [ShiftDifferenceEntry] },
  SHIFT_COUNT_NEGATIVE: { what: String },
  OWN_HANDOVER: { staffId: ID },

  RECEIPT_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: ReceiptStatusEnum,
    allowedIn: [ReceiptStatusEnum],
  },
  AMOUNT_NOT_POSITIVE: { amount: DecimalScalar },
  FINANCE_IS_PRESENT: {},
  NO_OPEN_SHIFT: {},
  RECEIPT_DOES_NOT_ADD_UP: { amount: DecimalScalar, covered: DecimalScalar, prepaid: DecimalScalar },
  INVOICE_NOT_TO_FOLLOW: {},
  INVOICE_ALREADY_DELIVERED: { deliveredAt: Date },

  FEE_MONTH_INVALID: { month: String },
  FEE_MONTH_ALREADY_CHARGED: { month: String, amount: DecimalScalar },

  RELEASE_SLIP_NOT_IN_REQUIRED_STATUS: {
    command: String,
    currentStatus: ReleaseSlipStatusEnum,
    allowedIn: [ReleaseSlipStatusEnum],
  },
  APPLICANT_NOT_OF_UNIT: { applicantId: ID },
  GOODS_QUANTITY_NOT_POSITIVE: { line: Int, quantity: Int },
  INFORMED_PERSON_NOT_DIRECTOR: { informedId: ID, directorIds: [ID] },
  CALLED_PARTY_NOT_OWNER: { calledId: ID, ownerIds: [ID] },
  OWNER_CALL_NOT_NEEDED: {},
  RELEASE_NOT_POSSIBLE: { reasons: [ReleaseObstacleEntry], version: Int },
  RELEASE_SLIP_ALREADY_REDEEMED: { redeemedAt: Date, redeemedBy: ID },
  GOODS_NOT_CHECKED: { uncheckedLines: [Int] },
  GOODS_NOT_ON_SLIP: { lines: [GoodsBeyondSlip], unlisted: [String] },
});

export type DeskGraphRefusal = keyof typeof declaredHere | 'RECEPTION_TEXT_MISSING';

/** Refusals of shifts, payments, fees and release slips, with their data; listed in `docs/errors.md`. */
export const deskRefusals: { readonly [Code in DeskGraphRefusal]: RefusalType<Code> } = {
  ...declaredHere,
  RECEPTION_TEXT_MISSING: receptionRefusals.RECEPTION_TEXT_MISSING,
};

/** Some of the refusals, for the result of a command that can give these. */
export function deskRefusing<const Codes extends DeskGraphRefusal>(
  ...codes: readonly Codes[]
): { readonly [Code in Codes]: RefusalType<Code> } {
  return Object.fromEntries(codes.map((code) => [code, deskRefusals[code]])) as {
    readonly [Code in Codes]: RefusalType<Code>;
  };
}
