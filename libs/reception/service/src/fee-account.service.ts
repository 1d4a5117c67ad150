import type { EntityManager } from 'typeorm';
import type { Permission } from '@anju/access';
import type { AggregateDefinition, Reaction } from '@anju/commands';
import { Money, isRefused, unreachable } from '@anju/kernel';
import { eventsOfFacts } from '@anju/outbox';
import {
  chargeFee,
  enterPayment,
  openFeeAccount,
  reversePayment,
  type FeeAccountFact,
  type FeeAccountState,
  type ReceiptState,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import { FeeAccount } from './fee-account.entity';
import { mustBeCarriedOut } from './item-of-contact';

export type FeeAccountAggregate = AggregateDefinition<
  FeeAccountState,
  FeeAccountFact,
  ReceptionEnvironment,
  FeeAccount
>;

function customersOf({ charges, credits, payments }: FeeAccountState): string[] {
  return [
    ...new Set([
      ...charges.map((charge) => charge.liableCustomerId),
      ...credits.map((credit) => credit.customerId),
      ...payments.flatMap((payment) => [payment.payerId, payment.forCustomerId]),
    ]),
  ];
}

export function feeAccountAggregate(references: References): FeeAccountAggregate {
  return {
    type: 'FeeAccount',
    context: 'reception',
    entity: FeeAccount,
    environment: receptionEnvironment(references),
    // The receipts tell of the payments; what is owed is for this service alone.
    events: eventsOfFacts<FeeAccountFact>()({
      FeeAccountOpened: null,
      FeeCharged: null,
      FeePaid: null,
      FeePaymentReversed: null,
    }),
    queryColumns: (account) => ({ customerIds: customersOf(account) }),
  };
}

async function lockRows(tx: EntityManager, unitIds: readonly string[]): Promise<FeeAccount[]> {
  return tx
    .createQueryBuilder(FeeAccount, 'a')
    .setLock('pessimistic_write')
    .where('a.unitId = any(:unitIds)', { unitIds })
    .orderBy('a.unitId')
    .getMany();
}

/**
 * The accounts of units by unit, held until the transaction ends: neither a charge nor a payment slips in
 * meanwhile. For a unit without an account nobody else can open one.
 */
export async function lockFeeAccounts(
  tx: EntityManager,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, FeeAccount>> {
  const byUnit = new Map((await lockRows(tx, unitIds)).map((account) => [account.unitId, account]));
  const without = unitIds.filter((unitId) => !byUnit.has(unitId));
  if (without.length > 0) {
    await tx.query(
      `select pg_advisory_xact_lock(hashtextextended('reception.fee-account:' || id, 0))
       from (select distinct unnest($1::uuid[])::text as id order by 1) units`,
      [without],
    );
    // Somebody may have opened one before the lock was ours.
    for (const account of await lockRows(tx, without)) byUnit.set(account.unitId, account);
  }
  return byUnit;
}

/** The account of one unit, held as by `lockFeeAccounts`; null where there is none. */
export async function lockFeeAccount(tx: EntityManager, unitId: string): Promise<FeeAccount | null> {
  return (await lockFeeAccounts(tx, [unitId])).get(unitId) ?? null;
}

/** The account that a unit without one would get, for asking the rules before it is opened. */
export function unopenedAccount(projectId: string, unitId: string, at: Date): FeeAccountState {
  const opened = openFeeAccount({ id: unitId, projectId, unitId }, at);
  return isRefused(opened) ? unreachable(opened.refusal) : opened.state;
}

/** The id of the account of a unit, which is opened where there is none. */
async function openedAccount(
  aggregate: FeeAccountAggregate,
  { projectId, unitId }: { readonly projectId: string; readonly unitId: string },
  permission: Permission,
  { tx, commands, actor, at }: Reaction,
): Promise<string> {
  const account = await lockFeeAccount(tx, unitId);
  if (account) return account.id;
  const opened = await commands.create(aggregate, {
    tx,
    at,
    actor,
    permission,
    command: 'openFeeAccount',
    projectId,
    decide: (id) => openFeeAccount({ id, projectId, unitId }, at),
  });
  return opened.id;
}

/** Enters what a receipt was given for into the unit's account. */
export async function enterReceipt(
  aggregate: FeeAccountAggregate,
  receipt: ReceiptState,
  reaction: Reaction,
): Promise<void> {
  const { tx, at, actor, commands } = reaction;
  const permission = 'reception.payment.take';
  const { id: receiptId, payerId, forCustomerId } = receipt;
  const entered = await commands.change(aggregate, {
    tx,
    at,
    actor,
    permission,
    command: 'enterPayment',
    id: await openedAccount(aggregate, receipt, permission, reaction),
    decide: (account) =>
      enterPayment(account, { receiptId, payerId, forCustomerId, amount: Money.of(receipt.amount) }, at),
  });
  mustBeCarriedOut(entered);
}

/** Takes what was entered for a receipt out of the unit's account again. */
export async function reverseReceipt(
  aggregate: FeeAccountAggregate,
  receipt: ReceiptState,
  reaction: Reaction,
): Promise<void> {
  const { tx, at, actor, commands } = reaction;
  const permission = 'reception.payment.cancel';
  const reason = receipt.cancelReason ?? '';
  const reversed = await commands.change(aggregate, {
    tx,
    at,
    actor,
    permission,
    command: 'reversePayment',
    reason,
    id: await openedAccount(aggregate, receipt, permission, reaction),
    decide: (account) => reversePayment(account, { receiptId: receipt.id, reason, by: actor.id }, at),
  });
  mustBeCarriedOut(reversed);
}

/** Charges one unit of a run. */
export async function chargeUnit(
  aggregate: FeeAccountAggregate,
  fee: {
    readonly projectId: string;
    readonly unitId: string;
    readonly month: string;
    readonly amount: string;
    readonly liableCustomerId: string;
    readonly dueAt: Date;
  },
  reaction: Reaction,
): Promise<void> {
  const { tx, at, actor, commands } = reaction;
  const permission = 'reception.fee.charge';
  const { month, liableCustomerId, dueAt } = fee;
  const charged = await commands.change(aggregate, {
    tx,
    at,
    actor,
    permission,
    command: 'chargeManagementFee',
    id: await openedAccount(aggregate, fee, permission, reaction),
    decide: (account) =>
      chargeFee(account, { month, liableCustomerId, dueAt, amount: Money.of(fee.amount) }, at),
  });
  mustBeCarriedOut(charged);
}
