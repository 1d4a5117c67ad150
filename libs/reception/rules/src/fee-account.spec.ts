import fc from 'fast-check';
import { Money } from '@anju/kernel';
import { accepted, asStored, at, factsOf, refusal, rule } from '@anju/testing';
import {
  allocationOf,
  arrears,
  chargeFee,
  enterPayment,
  liableForFee,
  openFeeAccount,
  reversePayment,
  type FeeAccountState,
} from './fee-account';

const now = at('2026-03-02 13:20');
const empty = accepted(
  openFeeAccount({ id: 'fees-1', projectId: 'jx', unitId: '1-1-0501' }, at('2026-01-01 00:00')),
);

const charge = (state: FeeAccountState, month: string, amount = '180', liableCustomerId = 'wu') =>
  chargeFee(
    state,
    { month, amount: Money.of(amount), liableCustomerId, dueAt: at(`${month}-10 00:00`) },
    at(`${month}-01 00:00`),
  );
const pay = (state: FeeAccountState, receiptId: string, amount: string, forCustomerId = 'wu') =>
  enterPayment(state, { receiptId, amount: Money.of(amount), payerId: forCustomerId, forCustomerId }, now);
const reverse = (state: FeeAccountState, receiptId: string) =>
  reversePayment(state, { receiptId, reason: '收据作废', by: 'zhou' }, now);

function charged(...months: readonly string[]): FeeAccountState {
  return months.reduce((state, month) => accepted(charge(state, month)), empty);
}

describe('a fee account', () => {
  rule('DIR-02', 'the management fee is owed by whom the tenancy names', () => {
    expect(liableForFee('owner', null)).toBe('owner');
    expect(liableForFee('owner', { tenantId: 'wu', feePayer: 'TENANT' })).toBe('wu');
    expect(liableForFee('owner', { tenantId: 'wu', feePayer: 'OWNER' })).toBe('owner');
  });

  rule('REC-35', 'two months charged and due are two months owed', () => {
    expect(arrears(charged('2026-01', '2026-02'), 'wu', now)).toEqual({ months: 2, amount: '360.00' });
  });

  rule('REC-35', 'a month is owed from the moment it is due', () => {
    const state = charged('2026-03');
    expect(arrears(state, 'wu', at('2026-03-09 23:59'))).toEqual({ months: 0, amount: '0.00' });
    expect(arrears(state, 'wu', at('2026-03-10 00:00'))).toEqual({ months: 1, amount: '180.00' });
  });

  rule('REC-35', 'everybody owes what is his alone', () => {
    const state = accepted(charge(charged('2026-01'), '2026-02', '180', 'owner'));
    expect(arrears(state, 'wu', now)).toEqual({ months: 1, amount: '180.00' });
    expect(arrears(state, 'owner', now)).toEqual({ months: 1, amount: '180.00' });
    const paid = accepted(pay(state, 'receipt-1', '500'));
    expect(arrears(paid, 'owner', now)).toEqual({ months: 1, amount: '180.00' });
    expect(paid.credits).toEqual([{ receiptId: 'receipt-1', customerId: 'wu', amount: '320.00' }]);
  });

  rule('REC-35', 'a payment goes to the oldest month first, in whatever order they were charged', () => {
    const decision = pay(charged('2026-02', '2026-01'), 'receipt-1', '200');
    expect(factsOf(decision)).toEqual([
      {
        type: 'FeePaid',
        feeAccountId: 'fees-1',
        projectId: 'jx',
        unitId: '1-1-0501',
        receiptId: 'receipt-1',
        payerId: 'wu',
        forCustomerId: 'wu',
        amount: '200.00',
        covers: [
          { month: '2026-01', amount: '180.00' },
          { month: '2026-02', amount: '20.00' },
        ],
        prepaid: '0.00',
        at: now,
      },
    ]);
    expect(arrears(accepted(decision), 'wu', now)).toEqual({ months: 1, amount: '160.00' });
  });

  rule('REC-35', 'a month lacking a cent is still owed', () => {
    expect(arrears(accepted(pay(charged('2026-01'), 'receipt-1', '179.99')), 'wu', now)).toEqual({
      months: 1,
      amount: '0.01',
    });
  });

  rule('REC-35', 'what is left over is paid ahead and pays the next month when that is charged', () => {
    const paid = pay(charged('2026-01'), 'receipt-1', '300');
    expect(factsOf(paid)[0]).toMatchObject({
      covers: [{ month: '2026-01', amount: '180.00' }],
      prepaid: '120.00',
    });
    const next = accepted(charge(accepted(paid), '2026-02'));
    expect(next.credits).toEqual([]);
    expect(arrears(next, 'wu', now)).toEqual({ months: 1, amount: '60.00' });
  });

  rule('REC-35', 'what a payment will go to is known before it is entered', () => {
    const state = charged('2026-01', '2026-02');
    const { covers, prepaid } = allocationOf(
      state,
      { receiptId: 'receipt-1', amount: Money.of('400'), forCustomerId: 'wu' },
      now,
    );
    expect(covers).toEqual([
      { month: '2026-01', amount: '180.00' },
      { month: '2026-02', amount: '180.00' },
    ]);
    expect(prepaid.toString()).toBe('40.00');
    expect(factsOf(pay(state, 'receipt-1', '400'))[0]).toMatchObject({ covers, prepaid: '40.00' });
  });

  rule('REC-35', 'a payment taken back is owed again; other money paid ahead is used for it', () => {
    const first = accepted(pay(charged('2026-01'), 'receipt-1', '180'));
    const both = accepted(pay(first, 'receipt-2', '100'));
    const decision = reverse(both, 'receipt-1');
    expect(arrears(accepted(decision), 'wu', now)).toEqual({ months: 1, amount: '80.00' });
    expect(accepted(decision).payments[0]?.reversedAt).toEqual(now);
    expect(factsOf(decision)[0]).toMatchObject({ receiptId: 'receipt-1', amount: '180.00', by: 'zhou' });
  });

  rule('REC-35', 'a payment is entered once and taken back once, with a reason', () => {
    const paid = accepted(pay(charged('2026-01'), 'receipt-1', '180'));
    expect(refusal(pay(paid, 'receipt-1', '180')).code).toBe('PAYMENT_ALREADY_ENTERED');
    const reversed = accepted(reverse(paid, 'receipt-1'));
    expect(refusal(reverse(reversed, 'receipt-1')).code).toBe('PAYMENT_ALREADY_REVERSED');
    expect(refusal(pay(reversed, 'receipt-1', '180')).code).toBe('PAYMENT_ALREADY_ENTERED');
    expect(refusal(reverse(paid, 'receipt-9')).code).toBe('PAYMENT_UNKNOWN');
    expect(refusal(reversePayment(paid, { receiptId: 'receipt-1', reason: '', by: 'zhou' }, now)).code).toBe(
      'RECEPTION_TEXT_MISSING',
    );
  });

  rule('REC-35', 'a month is charged to a customer once, and is a month', () => {
    expect(refusal(charge(charged('2026-01'), '2026-01', '200'))).toEqual({
      code: 'FEE_MONTH_ALREADY_CHARGED',
      data: { month: '2026-01', amount: '180.00' },
    });
    for (const month of ['2026-13', '2026-00', '2026-1', '202601', '2026-01-01']) {
      const command = { month, amount: Money.of('180'), liableCustomerId: 'wu', dueAt: now };
      expect(refusal(chargeFee(empty, command, now)).code).toBe('FEE_MONTH_INVALID');
    }
    expect(accepted(charge(charged('2026-01'), '2026-01', '90', 'owner')).charges).toHaveLength(2);
  });

  rule('REC-35', 'nothing is charged or paid that is not more than nothing', () => {
    for (const amount of ['0', '-180']) {
      expect(refusal(charge(empty, '2026-01', amount)).code).toBe('AMOUNT_NOT_POSITIVE');
      expect(refusal(pay(empty, 'receipt-1', amount)).code).toBe('AMOUNT_NOT_POSITIVE');
    }
  });

  rule('REC-35', 'an account comes back from the database as it was', () => {
    const state = accepted(
      reverse(accepted(pay(charged('2026-01', '2026-02'), 'receipt-1', '300')), 'receipt-1'),
    );
    expect(asStored(state)).toEqual(state);
  });
});

describe('whatever is charged, paid and taken back', () => {
  const customers = ['wu', 'owner'];
  const fen = fc.bigInt({ min: 1n, max: 50_000n });
  const step = fc.oneof(
    fc.record({
      what: fc.constant('charge' as const),
      month: fc.integer({ min: 1, max: 12 }),
      who: fc.nat(1),
      fen,
    }),
    fc.record({ what: fc.constant('pay' as const), who: fc.nat(1), fen }),
    fc.record({ what: fc.constant('reverse' as const), receipt: fc.nat(10) }),
  );
  const accounts = fc.array(step, { maxLength: 40 }).map((steps) => {
    let state = empty;
    for (const [index, one] of steps.entries()) {
      const decision =
        one.what === 'charge'
          ? charge(
              state,
              `2026-${String(one.month).padStart(2, '0')}`,
              Money.ofFen(one.fen).toString(),
              customers[one.who],
            )
          : one.what === 'pay'
            ? pay(state, `receipt-${index}`, Money.ofFen(one.fen).toString(), customers[one.who])
            : reverse(state, `receipt-${one.receipt}`);
      if (decision.outcome === 'accepted') state = decision.state;
    }
    return state;
  });
  const sum = (parts: readonly { readonly amount: string }[]): bigint =>
    parts.reduce((total, { amount }) => total + Money.of(amount).toFen(), 0n);

  rule('REC-35', 'every cent that was paid and kept is in a month or paid ahead, and not one more', () => {
    fc.assert(
      fc.property(accounts, (state) => {
        for (const { receiptId, amount, reversedAt } of state.payments) {
          const uses = [...state.charges.flatMap(({ paidBy }) => paidBy), ...state.credits];
          const used = sum(uses.filter((part) => part.receiptId === receiptId));
          expect(used).toBe(reversedAt ? 0n : Money.of(amount).toFen());
        }
      }),
    );
  });

  rule('REC-35', 'no more months are paid than were paid for, and none more than its fee', () => {
    fc.assert(
      fc.property(accounts, (state) => {
        for (const who of customers) {
          const own = state.charges.filter(({ liableCustomerId }) => liableCustomerId === who);
          const kept = state.payments.filter(
            ({ forCustomerId, reversedAt }) => forCustomerId === who && !reversedAt,
          );
          const paidFor = own.filter((one) => sum(one.paidBy) === Money.of(one.amount).toFen());
          expect(sum(paidFor) <= sum(kept)).toBe(true);
          for (const one of own) expect(sum(one.paidBy) <= Money.of(one.amount).toFen()).toBe(true);
          const owed = arrears(state, who, at('2027-01-01 00:00'));
          expect(owed.months).toBe(own.length - paidFor.length);
          const covered = sum(own.flatMap(({ paidBy }) => paidBy));
          expect(Money.of(owed.amount).toFen()).toBe(sum(own) - covered);
        }
      }),
    );
  });

  rule('REC-35', 'nobody owes a month and has money paid ahead', () => {
    fc.assert(
      fc.property(accounts, (state) => {
        for (const { customerId } of state.credits) {
          expect(arrears(state, customerId, at('2027-01-01 00:00'))).toEqual({ months: 0, amount: '0.00' });
        }
      }),
    );
  });
});
