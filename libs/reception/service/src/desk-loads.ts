import { newestFirst, type EntityReads } from '@anju/subgraph';
import { ManagementFeeRun } from './desk-fee-run.entity';
import { FeeAccount } from './fee-account.entity';
import { Receipt } from './receipt.entity';
import { ReleaseSlip } from './release-slip.entity';
import { Shift } from './shift.entity';

/** What is read of the counter's business. */
export const deskTypes = {
  Shift: newestFirst(Shift, 'reception.shift.read', 'openedAt'),
  Receipt: newestFirst(Receipt, 'reception.payment.read', 'issuedAt'),
  FeeAccount: newestFirst(FeeAccount, 'reception.fee.read', 'createdAt'),
  ManagementFeeRun: newestFirst(ManagementFeeRun, 'reception.fee.read', 'chargedAt'),
  ReleaseSlip: newestFirst(ReleaseSlip, 'reception.releaseSlip.read', 'requestedAt'),
} as const;

export type DeskLoads = EntityReads<typeof deskTypes>;
