import type { EntityManager } from 'typeorm';
import { systemActor, type CommandRunner } from '@anju/commands';
import { directoryEvents } from '@anju/events';
import { accept } from '@anju/kernel';
import { settleCredits } from '@anju/reception-rules';
import type {
  FeeAccountFact,
  FeeAccountState,
  ReceiptFact,
  ReceiptState,
  ReleaseSlipFact,
  ReleaseSlipState,
} from '@anju/reception-rules';
import { on, type ConsumerDefinition } from '@anju/outbox';
import type { FeeAccountAggregate } from './fee-account.service';
import type { ReceiptAggregate } from './receipt.service';
import type { ReleaseSlipAggregate } from './release-slip.service';

type Replace = (customerId: string) => string;

function slipOf(slip: ReleaseSlipState, replaced: Replace): ReleaseSlipState {
  const { applicantId, signedById, ownerCall } = slip;
  return {
    ...slip,
    applicantId: replaced(applicantId),
    signedById: signedById && replaced(signedById),
    ownerCall: ownerCall && { ...ownerCall, ownerId: replaced(ownerCall.ownerId) },
  };
}

function receiptOf(receipt: ReceiptState, replaced: Replace): ReceiptState {
  const { payerId, forCustomerId } = receipt;
  return { ...receipt, payerId: replaced(payerId), forCustomerId: replaced(forCustomerId) };
}

/** What the one record had paid ahead is used for what the other owes. */
function accountOf(account: FeeAccountState, replaced: Replace): FeeAccountState {
  return settleCredits({
    ...account,
    charges: account.charges.map((charge) => ({
      ...charge,
      liableCustomerId: replaced(charge.liableCustomerId),
    })),
    credits: account.credits.map((credit) => ({ ...credit, customerId: replaced(credit.customerId) })),
    payments: account.payments.map((payment) => ({
      ...payment,
      payerId: replaced(payment.payerId),
      forCustomerId: replaced(payment.forCustomerId),
    })),
  });
}

async function idsOf(tx: EntityManager, sql: string, customerId: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(sql, [customerId]);
  return rows.map(({ id }) => id);
}

/**
 * What a customer's record that went has paid, owes and applied for is the surviving record's from now on
 * (DIR-06): his arrears are found whichever record he applies with.
 */
export function onCustomerMergedAtDesk(
  commands: CommandRunner,
  aggregates: {
    readonly feeAccounts: FeeAccountAggregate;
    readonly receipts: ReceiptAggregate;
    readonly releaseSlips: ReleaseSlipAggregate;
  },
): ConsumerDefinition {
  const { feeAccounts, receipts, releaseSlips } = aggregates;
  return {
    name: 'reception.merged-customers-at-the-desk',
    handlers: [
      on(directoryEvents.customerMerged, async ({ data, time }, tx) => {
        const { customerId, intoCustomerId } = data;
        const replaced = (id: string): string => (id === customerId ? intoCustomerId : id);
        const request = {
          tx,
          at: new Date(time),
          actor: systemActor('directory'),
          command: 'replaceMergedCustomer',
        } as const;
        // Whoever is just writing with the record holds this row: what he writes is found below.
        await tx.query(
          `update known_reference set data = data || jsonb_build_object('mergedIntoId', $2::text)
           where kind = 'customer' and id = $1`,
          [customerId, intoCustomerId],
        );
        const slipIds = `select id from release_slip where applicant_id = $1 or signed_by_id = $1
          or owner_call->>'ownerId' = $1::text order by id`;
        for (const id of await idsOf(tx, slipIds, customerId)) {
          const permission = 'reception.releaseSlip.issue';
          const decide = (slip: ReleaseSlipState) =>
            accept<ReleaseSlipState, ReleaseSlipFact>(slipOf(slip, replaced));
          await commands.change(releaseSlips, { ...request, permission, id, decide });
        }
        const receiptIds = 'select id from receipt where payer_id = $1 or for_customer_id = $1 order by id';
        for (const id of await idsOf(tx, receiptIds, customerId)) {
          const permission = 'reception.payment.take';
          const decide = (receipt: ReceiptState) =>
            accept<ReceiptState, ReceiptFact>(receiptOf(receipt, replaced));
          await commands.change(receipts, { ...request, permission, id, decide });
        }
        const accountIds =
          'select id from fee_account where customer_ids @> array[$1::uuid] order by unit_id';
        for (const id of await idsOf(tx, accountIds, customerId)) {
          const permission = 'reception.fee.charge';
          const decide = (account: FeeAccountState) =>
            accept<FeeAccountState, FeeAccountFact>(accountOf(account, replaced));
          await commands.change(feeAccounts, { ...request, permission, id, decide });
        }
      }),
    ],
  };
}
