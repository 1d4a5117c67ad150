import { registerEnumType } from 'type-graphql';
import {
  collectors,
  paymentMethods,
  receiptStatuses,
  releaseSlipKinds,
  releaseSlipStatuses,
  shiftStatuses,
  type ReleaseObstacle,
  type ShiftDifference,
} from '@anju/reception-rules';
import { enumOf } from '@anju/subgraph';

const obstacles: Record<ReleaseObstacle['what'], true> = {
  IDENTITY_COPY_MISSING: true,
  GOODS_LIST_EMPTY: true,
  SIGNATURE_MISSING: true,
  SIGNED_BY_WRONG_PARTY: true,
  ARREARS_NOT_TOLD: true,
  DIRECTOR_NOT_INFORMED: true,
  FEES_UNPAID: true,
  OWNER_NOT_CALLED: true,
  OWNER_DOES_NOT_CONSENT: true,
  HURRY_WITH_ARREARS: true,
};
const differences: Record<ShiftDifference['of'], true> = { CASH: true, RECEIPTS: true, GOODS: true };

export const PaymentMethodEnum = enumOf(paymentMethods);
registerEnumType(PaymentMethodEnum, { name: 'PaymentMethod', description: 'How money was given.' });
export const CollectorEnum = enumOf(collectors);
registerEnumType(CollectorEnum, { name: 'Collector', description: 'Who took the money (REC-35).' });
export const ReceiptStatusEnum = enumOf(receiptStatuses);
registerEnumType(ReceiptStatusEnum, {
  name: 'ReceiptStatus',
  description: 'Whether a receipt still counts.',
});
export const ReleaseSlipStatusEnum = enumOf(releaseSlipStatuses);
registerEnumType(ReleaseSlipStatusEnum, {
  name: 'ReleaseSlipStatus',
  description: 'How far a release slip is.',
});
export const ReleaseSlipKindEnum = enumOf(releaseSlipKinds);
registerEnumType(ReleaseSlipKindEnum, {
  name: 'ReleaseSlipKind',
  description: "An owner's slip or a tenant's.",
});
export const ReleaseObstacleEnum = enumOf(Object.keys(obstacles) as ReleaseObstacle['what'][]);
registerEnumType(ReleaseObstacleEnum, {
  name: 'ReleaseObstacleWhat',
  description: 'Why a slip cannot be issued.',
});
export const ShiftStatusEnum = enumOf(shiftStatuses);
registerEnumType(ShiftStatusEnum, {
  name: 'ShiftStatus',
  description: 'How far a shift and its handover are (REC-23).',
});
export const ShiftDifferenceEnum = enumOf(Object.keys(differences) as ShiftDifference['of'][]);
registerEnumType(ShiftDifferenceEnum, {
  name: 'ShiftDifferenceOf',
  description: 'Of what more or less was found.',
});
