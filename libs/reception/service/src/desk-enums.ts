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
import { graphEnum } from '@anju/subgraph';

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

export const PaymentMethodEnum = graphEnum('PaymentMethod', 'How money was given.', paymentMethods);
export const CollectorEnum = graphEnum('Collector', 'Who took the money (REC-35).', collectors);
export const ReceiptStatusEnum = graphEnum(
  'ReceiptStatus',
  'Whether a receipt still counts.',
  receiptStatuses,
);
export const ReleaseSlipStatusEnum = graphEnum(
  'ReleaseSlipStatus',
  'How far a release slip is.',
  releaseSlipStatuses,
);
export const ReleaseSlipKindEnum = graphEnum(
  'ReleaseSlipKind',
  "An owner's slip or a tenant's.",
  releaseSlipKinds,
);
export const ReleaseObstacleEnum = graphEnum(
  'ReleaseObstacleWhat',
  'Why a slip cannot be issued.',
  Object.keys(obstacles) as ReleaseObstacle['what'][],
);
export const ShiftStatusEnum = graphEnum(
  'ShiftStatus',
  'How far a shift and its handover are (REC-23).',
  shiftStatuses,
);
export const ShiftDifferenceEnum = graphEnum(
  'ShiftDifferenceOf',
  'Of what more or less was found.',
  Object.keys(differences) as ShiftDifference['of'][],
);
