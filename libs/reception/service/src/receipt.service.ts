import type { Principal } from '@anju/access';
import { nextNumber, requireIn, type Actor, type AggregateDefinition } from '@anju/commands';
import { receptionEvents } from '@anju/events';
import { localDate, newId } from '@anju/kernel';
import { eventsOfFacts } from '@anju/outbox';
import {
  allocationOf,
  cancelReceipt,
  deliverInvoice,
  issueReceipt,
  receiptNumber,
  type Collector,
  type IssueReceipt,
  type ReceiptFact,
  type ReceiptState,
} from '@anju/reception-rules';
import type { References } from '@anju/references';
import { changeRequest, type Platform } from '@anju/subgraph';
import { amountOf } from './desk-amount';
import { receptionEnvironment, type ReceptionEnvironment } from './environment';
import {
  enterReceipt,
  lockFeeAccount,
  reverseReceipt,
  unopenedAccount,
  type FeeAccountAggregate,
} from './fee-account.service';
import { survivorsOf } from './merged-customers';
import { Receipt } from './receipt.entity';
import type * as Inputs from './receipt.schema';
import { lockOpenShift, lockOwnShift } from './shift.service';

export type ReceiptAggregate = AggregateDefinition<ReceiptState, ReceiptFact, ReceptionEnvironment, Receipt>;

/**
 * Locks are taken in one order, so that nobody waits in a circle: a receipt or slip that exists, then the
 * unit's fee account, then the shift. A new receipt is nobody's to wait for.
 */
export function receiptAggregate(references: References, feeAccounts: FeeAccountAggregate): ReceiptAggregate {
  return {
    type: 'Receipt',
    context: 'reception',
    entity: Receipt,
    environment: receptionEnvironment(references),
    events: eventsOfFacts<ReceiptFact>()({
      ReceiptIssued: receptionEvents.receiptIssued,
      // Between the desk and the home; nothing is counted from it.
      InvoiceDelivered: null,
      ReceiptCancelled: receptionEvents.receiptCancelled,
    }),
    react: async ({ type }, receipt, reaction) => {
      if (type === 'ReceiptIssued') await enterReceipt(feeAccounts, receipt, reaction);
      if (type === 'ReceiptCancelled') await reverseReceipt(feeAccounts, receipt, reaction);
    },
  };
}

const take = 'reception.payment.take';

/** Finance takes payments; anybody else who may take one is the desk. */
function collectorIn(projectId: string, principal: Principal | undefined): Collector {
  const finance = principal?.roles.some(
    ({ role, projectIds }) => role === 'FINANCE' && (projectIds === 'ALL' || projectIds.includes(projectId)),
  );
  return finance ? 'FINANCE' : 'DESK';
}

/** Payments against numbered receipts, and their return (REC-35). */
export class ReceiptService {
  constructor(
    private readonly platform: Pick<Platform, 'commands'>,
    private readonly references: References,
    private readonly aggregate: ReceiptAggregate,
  ) {}

  take(input: Inputs.TakePaymentInput, actor: Actor) {
    const { projectId, unitId, method, financeAway } = input;
    requireIn(actor, take, projectId);
    const payer = input.payerId;
    const forCustomer = input.forCustomerId ?? payer;
    const amount = amountOf(input.amount, 'input.amount');
    const collectedBy = collectorIn(projectId, actor.principal);
    const receiptId = newId();
    return this.platform.commands.create(this.aggregate, {
      actor,
      command: 'takePayment',
      permission: take,
      projectId,
      id: receiptId,
      idempotencyKey: input.idempotencyKey,
      input,
      check: () =>
        this.references.check([
          { kind: 'project', id: projectId, field: 'input.projectId' },
          { kind: 'unit', id: unitId, field: 'input.unitId', projectId },
          { kind: 'customer', id: payer, field: 'input.payerId', projectId },
          { kind: 'customer', id: forCustomer, field: 'input.forCustomerId', projectId },
        ]),
      prepare: async (tx, at, { project }): Promise<IssueReceipt> => {
        const survivorOf = await survivorsOf(tx, [payer, forCustomer]);
        const [payerId, forCustomerId] = [survivorOf(payer), survivorOf(forCustomer)];
        const account = (await lockFeeAccount(tx, unitId)) ?? unopenedAccount(projectId, unitId, at);
        const shift = collectedBy === 'DESK' ? await lockOwnShift(tx, projectId, actor.id) : null;
        const day = localDate(at, project.timeZone);
        const sequence = await nextNumber(tx, `receipt:${projectId}:${day}`);
        return {
          id: receiptId,
          projectId,
          number: receiptNumber(project.code, day, sequence),
          unitId,
          payerId,
          forCustomerId,
          amount,
          ...allocationOf(account, { receiptId, amount, forCustomerId }, at),
          method,
          collectedBy,
          takenBy: actor.id,
          shiftId: shift?.id ?? null,
          financeAway,
        };
      },
      decide: (_id, at, _environment, receipt) => issueReceipt(receipt, at),
    });
  }

  cancel(input: Inputs.CancelReceiptInput, actor: Actor) {
    const { receiptId, reason } = input;
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'cancelReceipt', 'reception.payment.cancel', receiptId, input),
      reason,
      prepare: async (tx, { projectId, unitId, collectedBy, shiftId }) => {
        await lockFeeAccount(tx, unitId);
        if (collectedBy !== 'DESK') return null;
        if (input.shiftId != null) return lockOpenShift(tx, projectId, input.shiftId);
        return (
          (shiftId && (await lockOpenShift(tx, projectId, shiftId))) || lockOwnShift(tx, projectId, actor.id)
        );
      },
      decide: (receipt, at, _environment, shift) =>
        cancelReceipt(receipt, { reason, by: actor.id, shiftId: shift?.id ?? null }, at),
    });
  }

  recordInvoiceDelivered(input: Inputs.RecordInvoiceDeliveredInput, actor: Actor) {
    return this.platform.commands.change(this.aggregate, {
      ...changeRequest(actor, 'recordInvoiceDelivered', take, input.receiptId, input),
      decide: (receipt, at) => deliverInvoice(receipt, { by: actor.id }, at),
    });
  }
}
