import { EntityReads } from '@anju/subgraph';
import type { References } from '@anju/references';
import type { Platform, ServiceParts } from '@anju/subgraph';
import { ManagementFeeRun } from './desk-fee-run.entity';
import { FeeRunService, feeRunAggregate } from './desk-fee-run.service';
import { deskTypes } from './desk-loads';
import { onCustomerMergedAtDesk } from './desk-merged-customers.consumer';
import { FeeAccount } from './fee-account.entity';
import { FeeAccountResolver, FeeRunResolver, UnitFeeAccountResolver } from './fee-account.resolver';
import { feeAccountAggregate } from './fee-account.service';
import { Desk1764000000300 } from './migrations/1764000000300-desk';
import { Receipt } from './receipt.entity';
import { CustomerReceiptsResolver, ReceiptResolver } from './receipt.resolver';
import { ReceiptService, receiptAggregate } from './receipt.service';
import type { ReceptionLoads } from './reception-loads';
import { ReleaseSlip } from './release-slip.entity';
import { ReleaseSlipResolver } from './release-slip.resolver';
import { ReleaseSlipService, releaseSlipAggregate } from './release-slip.service';
import { Shift } from './shift.entity';
import { ShiftOpenMatterResolver, ShiftResolver } from './shift.resolver';
import { ShiftService, shiftAggregate } from './shift.service';

/** The parts of the counter's business, made for one running instance of the service. */
function createDesk(
  platform: Platform,
  references: References,
  receptionLoads: ReceptionLoads,
): ServiceParts {
  const { dataSource, clock, commands } = platform;
  const loads = new EntityReads(dataSource, deskTypes);

  const shifts = shiftAggregate(references);
  const feeAccounts = feeAccountAggregate(references);
  const feeRuns = feeRunAggregate(references, feeAccounts);
  const receipts = receiptAggregate(references, feeAccounts);
  const releaseSlips = releaseSlipAggregate(references);

  const shiftService = new ShiftService(platform, references, shifts);
  const feeRunService = new FeeRunService(platform, references, feeRuns);
  const receiptService = new ReceiptService(platform, references, receipts);
  const releaseSlipService = new ReleaseSlipService(platform, references, releaseSlips);

  return {
    resolvers: [
      new ShiftResolver(dataSource, loads, shiftService),
      new ShiftOpenMatterResolver(receptionLoads),
      new FeeAccountResolver(dataSource, clock, references, loads),
      new FeeRunResolver(loads, feeRunService),
      new UnitFeeAccountResolver(loads),
      new ReceiptResolver(dataSource, loads, receiptService),
      new CustomerReceiptsResolver(loads),
      new ReleaseSlipResolver(dataSource, loads, receptionLoads, releaseSlipService),
    ],
    references: loads.references(),
    consumers: [onCustomerMergedAtDesk(commands, { feeAccounts, receipts, releaseSlips })],
    aggregates: [shifts, feeAccounts, feeRuns, receipts, releaseSlips],
  };
}

/** The counter: shifts, payments, management fees, release slips (REC-23, REC-35…38). */
export const desk = {
  entities: [Shift, FeeAccount, ManagementFeeRun, Receipt, ReleaseSlip],
  migrations: [Desk1764000000300],
  resolverClasses: [
    ShiftResolver,
    ShiftOpenMatterResolver,
    FeeAccountResolver,
    FeeRunResolver,
    UnitFeeAccountResolver,
    ReceiptResolver,
    CustomerReceiptsResolver,
    ReleaseSlipResolver,
  ],
  createDesk,
};
