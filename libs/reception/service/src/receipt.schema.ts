import { Extensions, Field, ID, InputType } from 'type-graphql';
import type { Collector, PaymentMethod, ReceiptStatus } from '@anju/reception-rules';
import {
  DecimalScalar,
  commandResult,
  connectionType,
  ChangeInput,
  CommandInput,
  FilterConditions,
} from '@anju/subgraph';
import { CollectorEnum, PaymentMethodEnum, ReceiptStatusEnum } from './desk-enums';
import { deskRefusing, type DeskGraphRefusal } from './desk-refusals';
import { Receipt } from './receipt.entity';

export const ReceiptConnection = connectionType(Receipt, 'Receipt');

@InputType({
  description: 'A payment for management fees: by finance, or by the desk while finance is away (REC-35).',
})
export class TakePaymentInput extends CommandInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => ID)
  unitId: string;

  @Field(() => ID)
  payerId: string;

  @Field(() => ID, { nullable: true, description: "Whose fees are paid; the payer's own unless told." })
  forCustomerId?: string | null;

  @Field(() => DecimalScalar, { description: 'CNY, at most two decimals.' })
  amount: string;

  @Field(() => PaymentMethodEnum)
  method: PaymentMethod;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only then the desk takes money; without a meaning for finance itself.',
  })
  financeAway: boolean;
}

@InputType({ description: 'A receipt, and the guards of a command on it.' })
export abstract class ReceiptChangeInput extends ChangeInput {
  @Field(() => ID)
  receiptId: string;
}

@InputType({ description: 'A receipt is taken back, and its money given back (REC-35).' })
export class CancelReceiptInput extends ReceiptChangeInput {
  @Field(() => String)
  reason: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'For a receipt of the desk: the open shift whose drawer the money comes out of. Unless told, the one that ' +
      "it went into while that is open, then one's own.",
  })
  shiftId?: string | null;
}

@InputType({ description: 'The invoice was brought to the home.' })
export class RecordInvoiceDeliveredInput extends ReceiptChangeInput {}

@InputType({ description: 'All conditions together.' })
export class ReceiptFilter {
  @Field(() => ID, { nullable: true })
  projectId?: string | null;

  @Field(() => ID, { nullable: true })
  unitId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Paid, or was paid for.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Given out in this shift, or given back.' })
  shiftId?: string | null;

  @Extensions({ maxLength: 40 })
  @Field(() => String, { nullable: true })
  number?: string | null;

  @Field(() => [ReceiptStatusEnum], { nullable: true })
  status?: ReceiptStatus[] | null;

  @Field(() => [PaymentMethodEnum], { nullable: true })
  method?: PaymentMethod[] | null;

  @Field(() => CollectorEnum, { nullable: true })
  collectedBy?: Collector | null;

  @Field(() => Date, { nullable: true })
  issuedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Up to but not including.' })
  issuedBefore?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its invoice still has to be brought.' })
  invoiceOutstanding?: boolean | null;
}

export function receiptConditions(filter: ReceiptFilter | null | undefined): FilterConditions {
  const outstanding = `(t.invoice_to_follow and t.invoice_delivered_at is null and t.status = 'ISSUED')`;
  return new FilterConditions()
    .where(filter?.projectId, (id) => `t.project_id = ${id}`)
    .where(filter?.unitId, (id) => `t.unit_id = ${id}`)
    .where(filter?.customerId, (id) => `(t.payer_id = ${id} or t.for_customer_id = ${id})`)
    .where(filter?.shiftId, (id) => `(t.shift_id = ${id} or t.cancel_shift_id = ${id})`)
    .where(filter?.number, (number) => `t.number = ${number}`)
    .where(filter?.status, (statuses) => `t.status = any(${statuses})`)
    .where(filter?.method, (methods) => `t.method = any(${methods})`)
    .where(filter?.collectedBy, (collector) => `t.collected_by = ${collector}`)
    .where(filter?.issuedFrom, (at) => `t.issued_at >= ${at}`)
    .where(filter?.issuedBefore, (at) => `t.issued_at < ${at}`)
    .either(filter?.invoiceOutstanding, outstanding, `not ${outstanding}`);
}

const result = <const Codes extends DeskGraphRefusal>(command: string, ...codes: readonly Codes[]) =>
  commandResult<Receipt, Codes>(`${command}Result`, Receipt, 'Receipt', deskRefusing<Codes>(...codes));

export const TakePaymentResult = result(
  'TakePayment',
  'AMOUNT_NOT_POSITIVE',
  'FINANCE_IS_PRESENT',
  'NO_OPEN_SHIFT',
  'RECEIPT_DOES_NOT_ADD_UP',
);
export const CancelReceiptResult = result(
  'CancelReceipt',
  'RECEIPT_NOT_IN_REQUIRED_STATUS',
  'RECEPTION_TEXT_MISSING',
  'NO_OPEN_SHIFT',
);
export const RecordInvoiceDeliveredResult = result(
  'RecordInvoiceDelivered',
  'RECEIPT_NOT_IN_REQUIRED_STATUS',
  'INVOICE_NOT_TO_FOLLOW',
  'INVOICE_ALREADY_DELIVERED',
);
