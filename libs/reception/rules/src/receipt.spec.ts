import fc from 'fast-check';
import { Money } from '@anju/kernel';
import {
  accepted,
  asStored,
  at,
  factsOf,
  refusal,
  rule,
  unreachableStatuses,
  wrongCells,
} from '@anju/testing';
import {
  cancelReceipt,
  deliverInvoice,
  drawerOf,
  issueReceipt,
  paymentMethods,
  receiptStatuses,
  receiptTransitions,
  type IssueReceipt,
  type ReceiptState,
} from './receipt';

const issuedAt = at('2026-03-02 13:20');
const later = at('2026-03-02 17:00');
const twoMonths: IssueReceipt = {
  id: 'receipt-1',
  projectId: 'jx',
  number: 'JX-R-20260302-001',
  unitId: '1-1-0501',
  payerId: 'wu',
  forCustomerId: 'wu',
  amount: Money.of('360'),
  covers: [
    { month: '2026-01', amount: '180.00' },
    { month: '2026-02', amount: '180.00' },
  ],
  prepaid: Money.zero,
  method: 'CASH',
  collectedBy: 'DESK',
  financeAway: true,
  takenBy: 'zhou',
  shiftId: 'shift-1',
};
const issue = (change: Partial<IssueReceipt> = {}) => issueReceipt({ ...twoMonths, ...change }, issuedAt);
const cancel = (state: ReceiptState, shiftId: string | null = 'shift-1') =>
  cancelReceipt(state, { reason: '重复收费', by: 'zhou', shiftId }, later);
const deliver = (state: ReceiptState) => deliverInvoice(state, { by: 'qian' }, later);

const receipt = accepted(issue());

describe('a receipt', () => {
  rule('REC-35', 'is numbered and says for whom, for which months, how much, how and by whom', () => {
    expect(receipt).toMatchObject({
      status: 'ISSUED',
      number: 'JX-R-20260302-001',
      amount: '360.00',
      prepaid: '0.00',
      method: 'CASH',
      takenBy: 'zhou',
      shiftId: 'shift-1',
      issuedAt,
    });
    expect(factsOf(issue())).toEqual([
      {
        type: 'ReceiptIssued',
        receiptId: 'receipt-1',
        projectId: 'jx',
        number: 'JX-R-20260302-001',
        unitId: '1-1-0501',
        payerId: 'wu',
        forCustomerId: 'wu',
        amount: '360.00',
        method: 'CASH',
        covers: twoMonths.covers,
        prepaid: '0.00',
        collectedBy: 'DESK',
        shiftId: 'shift-1',
        invoiceToFollow: true,
        by: 'zhou',
        at: issuedAt,
      },
    ]);
  });

  rule('REC-35', 'the desk takes money only while finance is away, and only in an open shift', () => {
    expect(refusal(issue({ financeAway: false })).code).toBe('FINANCE_IS_PRESENT');
    expect(refusal(issue({ shiftId: null })).code).toBe('NO_OPEN_SHIFT');
  });

  rule('REC-35', "finance takes money itself: no shift's drawer, and the invoice at once", () => {
    const byFinance = accepted(issue({ collectedBy: 'FINANCE', financeAway: false }));
    expect(byFinance).toMatchObject({ shiftId: null, invoiceToFollow: false });
    expect(refusal(deliver(byFinance)).code).toBe('INVOICE_NOT_TO_FOLLOW');
  });

  rule('REC-35', 'the invoice follows to the home, once', () => {
    const delivered = accepted(deliver(receipt));
    expect(delivered).toMatchObject({ invoiceDeliveredAt: later, invoiceDeliveredBy: 'qian' });
    expect(refusal(deliver(delivered))).toEqual({
      code: 'INVOICE_ALREADY_DELIVERED',
      data: { deliveredAt: later },
    });
  });

  rule('REC-35', 'is over more than nothing', () => {
    for (const amount of ['0', '-360']) {
      expect(refusal(issue({ amount: Money.of(amount) })).code).toBe('AMOUNT_NOT_POSITIVE');
    }
  });

  rule('REC-35', 'its months and what is paid ahead add up to its amount, to the cent', () => {
    expect(refusal(issue({ amount: Money.of('360.01') }))).toEqual({
      code: 'RECEIPT_DOES_NOT_ADD_UP',
      data: { amount: '360.01', covered: '360.00', prepaid: '0.00' },
    });
    expect(accepted(issue({ amount: Money.of('360.01'), prepaid: Money.of('0.01') })).prepaid).toBe('0.01');
    const less = { amount: Money.of('359'), prepaid: Money.of('-1') };
    expect(refusal(issue(less)).code).toBe('RECEIPT_DOES_NOT_ADD_UP');
    const covers = [...twoMonths.covers, { month: '2026-03', amount: '0.00' }];
    expect(refusal(issue({ covers })).code).toBe('RECEIPT_DOES_NOT_ADD_UP');
  });

  rule('REC-35', 'is taken back with a reason, and nothing on it is changed', () => {
    const cancelled = accepted(cancel(receipt, 'shift-2'));
    expect(cancelled).toEqual({
      ...receipt,
      status: 'CANCELLED',
      cancelledAt: later,
      cancelledBy: 'zhou',
      cancelReason: '重复收费',
      cancelShiftId: 'shift-2',
    });
    expect(factsOf(cancel(receipt, 'shift-2'))[0]).toMatchObject({ amount: '360.00', shiftId: 'shift-2' });
    expect(refusal(cancel(receipt, null)).code).toBe('NO_OPEN_SHIFT');
    expect(refusal(cancelReceipt(receipt, { reason: '', by: 'zhou', shiftId: 'shift-1' }, later)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
    const byFinance = accepted(issue({ collectedBy: 'FINANCE' }));
    expect(accepted(cancel(byFinance)).cancelShiftId).toBeNull();
  });
});

describe("a shift's drawer", () => {
  rule(['REC-23', 'REC-35'], 'holds the cash of its receipts, and of nobody else', () => {
    const receipts = [
      receipt,
      ...paymentMethods.filter((method) => method !== 'CASH').map((method) => accepted(issue({ method }))),
      accepted(issue({ shiftId: 'shift-2' })),
      accepted(issue({ collectedBy: 'FINANCE' })),
    ];
    expect(drawerOf(receipts, 'shift-1')).toEqual({ cash: '360.00', receipts: 5 });
    expect(drawerOf(receipts, 'shift-2')).toEqual({ cash: '360.00', receipts: 1 });
    expect(drawerOf([], 'shift-1')).toEqual({ cash: '0.00', receipts: 0 });
  });

  rule(
    ['REC-23', 'REC-35'],
    'gives back the cash of a receipt taken back, in the shift in which that happens',
    () => {
      expect(drawerOf([accepted(cancel(receipt))], 'shift-1')).toEqual({ cash: '0.00', receipts: 1 });
      const acrossShifts = [accepted(cancel(receipt, 'shift-2'))];
      expect(drawerOf(acrossShifts, 'shift-1')).toEqual({ cash: '360.00', receipts: 1 });
      expect(drawerOf(acrossShifts, 'shift-2')).toEqual({ cash: '-360.00', receipts: 0 });
    },
  );

  rule(['REC-23', 'REC-35'], 'over all shifts there is as much cash as was taken and not given back', () => {
    const shifts = ['shift-1', 'shift-2', 'shift-3'];
    const oneReceipt = fc.record({
      fen: fc.bigInt({ min: 1n, max: 10_000_000n }),
      method: fc.constantFrom(...paymentMethods),
      shiftId: fc.constantFrom(...shifts),
      cancelledIn: fc.option(fc.constantFrom(...shifts)),
    });
    fc.assert(
      fc.property(fc.array(oneReceipt), (drawn) => {
        const receipts = drawn.map(({ fen, method, shiftId, cancelledIn }) => {
          const amount = Money.ofFen(fen);
          const issued = accepted(issue({ amount, prepaid: amount, covers: [], method, shiftId }));
          return cancelledIn ? accepted(cancel(issued, cancelledIn)) : issued;
        });
        const kept = receipts.filter(({ status, method }) => status === 'ISSUED' && method === 'CASH');
        const inDrawers = Money.sum(shifts.map((shift) => Money.of(drawerOf(receipts, shift).cash)));
        expect(inDrawers.toString()).toBe(Money.sum(kept.map(({ amount }) => Money.of(amount))).toString());
      }),
    );
  });
});

describe('status and command', () => {
  const states = { ISSUED: receipt, CANCELLED: accepted(cancel(receipt)) };

  rule('REC-35', 'nothing happens to a receipt that was taken back', () => {
    expect(
      wrongCells({
        table: receiptTransitions,
        states,
        commands: { deliverInvoice: deliver, cancel: (state) => cancel(state) },
      }),
    ).toEqual([]);
  });

  rule('REC-35', 'every status of a receipt can be reached', () => {
    expect(unreachableStatuses(receiptTransitions, receiptStatuses)).toEqual([]);
  });

  rule('REC-35', 'a receipt comes back from the database as it was', () => {
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });
});
