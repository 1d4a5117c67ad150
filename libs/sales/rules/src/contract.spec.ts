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
  cancelContract,
  correctSigning,
  draftContract,
  replaceContractCustomer,
  reviseContract,
} from './contract';
import {
  contractStatuses,
  contractTransitions,
  type ContractState,
  type ContractStatus,
} from './contract-state';
import {
  approve,
  check,
  checked,
  draft,
  drafted,
  draftedAt,
  filed,
  heldSale,
  home,
  ready,
  returned,
  sign,
  signed,
  submit,
  submitted,
  terms,
} from './contract-story';
import { freeDiscount, needsApproval, priceOf, wrongBuyers } from './contract-terms';
import { noteFilingSentBack, tellContractReturned } from './filing';
import { defaultSalesPolicy as policy } from './policy';

const now = at('2026-03-02 17:00');
const shares = (...parts: readonly string[]) =>
  parts.map((share, index) => ({ customerId: `c${index}`, share }));
const refusedShares = (...parts: readonly string[]) => wrongBuyers(shares(...parts), policy)?.refusal;
const percent = (value: string) => ({ code: 'CAMPAIGN', kind: 'PERCENT', value }) as const;
const off = (value: string) => ({ code: 'GIFT', kind: 'AMOUNT', value }) as const;
const revise = (state: ContractState, change: Partial<typeof terms> = {}) =>
  reviseContract(state, { terms: { ...terms, ...change }, by: 'he' }, heldSale, draftedAt, policy);
const cancel = (state: ContractState) => cancelContract(state, { reason: '重拟', by: 'he' }, now);
const correct = (state: ContractState, number = 'WQ-2026-0318') =>
  correctSigning(state, { onlineSigningNumber: number, by: 'xu' }, { numberUsedByContractId: null }, now);

describe('the buyers of a contract', () => {
  rule.each([
    { parts: ['100'] },
    { parts: ['50', '50'] },
    { parts: ['33.33', '33.33', '33.34'] },
    { parts: ['99.99', '0.01'] },
  ])('SAL-11', 'shares of $parts are the whole', ({ parts }) => {
    expect(wrongBuyers(shares(...parts), policy)).toBeNull();
  });

  rule.each([
    { parts: ['99.99'], sum: '99.99' },
    { parts: ['33.33', '33.33', '33.33'], sum: '99.99' },
    { parts: ['50', '50.01'], sum: '100.01' },
  ])('SAL-11', 'shares of $parts are not, and their sum is told', ({ parts, sum }) => {
    expect(refusedShares(...parts)).toEqual({ code: 'SHARES_NOT_WHOLE', data: { sum, whole: '100.00' } });
  });

  rule.each(['0', '-5', '100.01', '33.333', '1e2', '', '５０'])(
    'SAL-11',
    'a share of "%s" is none',
    (share) => {
      expect(refusedShares(share, '50')).toMatchObject({ code: 'BUYER_SHARE_NOT_VALID', data: { share } });
    },
  );

  rule('SAL-11', 'there is a buyer, not too many, and each once', () => {
    expect(refusedShares()?.code).toBe('BUYERS_NOT_VALID');
    expect(refusedShares(...Array<string>(11).fill('1'))?.data).toEqual({ given: 11, most: 10 });
    const twice = [
      { customerId: 'ma', share: '50' },
      { customerId: 'ma', share: '50' },
    ];
    expect(wrongBuyers(twice, policy)?.refusal.code).toBe('BUYER_NAMED_TWICE');
  });

  rule('SAL-11', 'shares are taken exactly if they add up to 100 %, however they are split', () => {
    const split = fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(split, fc.integer({ min: -1, max: 1 }), (parts, slip) => {
        const rest = 10_000 - parts.reduce((sum, part) => sum + part, 0);
        fc.pre(rest + slip > 0);
        const all = [...parts, rest + slip].map((part) => (part / 100).toFixed(2));
        expect(refusedShares(...all)?.code).toBe(slip === 0 ? undefined : 'SHARES_NOT_WHOLE');
      }),
    );
  });
});

describe('the price of a contract', () => {
  rule('SAL-11', 'is the unit price by area, less the discounts one after another', () => {
    expect(priceOf('89.32', '15800.00', [])).toMatchObject({ listTotal: '1411256.00', total: '1411256.00' });
    expect(priceOf('89.32', '15800.00', [percent('2'), percent('1'), off('256.00')])).toEqual({
      listTotal: '1411256.00',
      discountTotal: '42311.43',
      total: '1368944.57',
      discountPercent: '3.00',
    });
  });

  rule.each(['0', '100', '100.5', '-1', '1.234', 'abc'])(
    'SAL-11',
    'a discount of "%s" per cent is none',
    (value) => {
      expect(priceOf('89.32', '15800.00', [percent('1'), percent(value)])).toMatchObject({
        refusal: { code: 'DISCOUNT_NOT_VALID', data: { line: 2, value } },
      });
    },
  );

  rule.each(['0', '-1', '1411256.00', '1.234'])('SAL-11', 'a discount of %s CNY is none', (value) => {
    expect(priceOf('89.32', '15800.00', [off(value)])).toMatchObject({
      refusal: { code: 'DISCOUNT_NOT_VALID' },
    });
  });

  rule('SAL-11', 'a discount of exactly the limit needs no approval, a fen more does', () => {
    const at3 = priceOf('100.00', '10000.00', [percent('3')]);
    const beyond = priceOf('100.00', '10000.00', [off('30000.01')]);
    if ('outcome' in at3 || 'outcome' in beyond) throw new Error('refused');
    expect(needsApproval(at3, policy)).toBe(false);
    expect(needsApproval(beyond, policy)).toBe(true);
    expect(freeDiscount(beyond, policy).toString()).toBe('30000.00');
  });

  rule(
    'SAL-11',
    'list price, discount and total add up to the fen, and the limit’s own per cent is free',
    () => {
      const area = fc
        .integer({ min: 1, max: 99_999 })
        .map((part) => `${Math.floor(part / 100)}.${String(part % 100).padStart(2, '0')}`);
      const unitPrice = fc
        .bigInt({ min: 100_000n, max: 9_999_999n })
        .map((fen) => Money.ofFen(fen).toString());
      const discounts = fc.array(
        fc.integer({ min: 1, max: 999 }).map((part) => percent((part / 100).toFixed(2))),
        { maxLength: 4 },
      );
      fc.assert(
        fc.property(area, unitPrice, discounts, (squareMetres, price, taken) => {
          const result = priceOf(squareMetres, price, taken);
          if ('outcome' in result) return;
          const { listTotal, discountTotal, total } = result;
          expect(Money.of(total).plus(Money.of(discountTotal)).toString()).toBe(listTotal);
          expect(Money.of(total).compare(Money.zero)).toBe(1);
          const limit = priceOf(squareMetres, price, [percent(policy.discountLimitPercent)]);
          if (!('outcome' in limit)) expect(needsApproval(limit, policy)).toBe(false);
        }),
      );
    },
  );
});

describe('a contract', () => {
  rule('SAL-11', 'has its price from the price list and the pre-sale area, its buyers and its number', () => {
    expect(drafted).toMatchObject({
      number: 'JX-HT20260302-001',
      saleId: 'sale-1',
      price: { listTotal: '1411256.00', total: '1397143.44' },
    });
    expect(factsOf(draft())).toMatchObject([
      {
        type: 'ContractDrafted',
        saleId: 'sale-1',
        unitId: '8-1-1502',
        total: '1397143.44',
        loanKind: 'COMMERCIAL',
      },
    ]);
  });

  rule('SAL-11', 'what cannot be drafted says why, and nothing is made', () => {
    const codes = [
      draft({}, { projectId: 'yh' }),
      draft({}, { status: 'UNIT_REQUESTED' }),
      draft({}, { contractId: 'contract-0' }),
      draft({ buyers: [{ customerId: 'ma', share: '99.99' }] }),
      draft({ buyers: [{ customerId: 'stranger', share: '100' }] }),
      draft({ discounts: [off('0')] }),
    ].map((decision) => refusal(decision).code);
    expect(codes).toEqual([
      'UNIT_OF_ANOTHER_PROJECT',
      'UNIT_NOT_HELD',
      'SALE_HAS_CONTRACT',
      'SHARES_NOT_WHOLE',
      'BUYER_NOT_SUBSCRIBER',
      'DISCOUNT_NOT_VALID',
    ]);
    const command = { id: 'c', projectId: 'jx', number: 'n', terms, by: 'he' };
    const at0 = (where: Parameters<typeof draftContract>[2]) =>
      refusal(draftContract(command, heldSale, where, draftedAt, policy)).code;
    expect(at0({ ...home, offer: null })).toBe('UNIT_NOT_ON_PRICE_LIST');
    expect(at0({ ...home, preSaleArea: null })).toBe('UNIT_AREA_UNKNOWN');
  });

  rule.each([
    { problem: 'BORROWER_MISSING', change: { borrowers: [] } },
    {
      problem: 'BORROWER_NOT_BUYER',
      change: { borrowers: [{ customerId: 'li', familyState: 'SINGLE' as const }] },
    },
    { problem: 'AMOUNT_NOT_FOR_KIND', change: { loanKind: 'COMBINED' as const } },
    { problem: 'AMOUNT_NOT_FOR_KIND', change: { commercialAmount: '0' } },
    { problem: 'AMOUNT_NOT_BELOW_PRICE', change: { commercialAmount: '1397143.44' } },
  ])('SAL-20', 'a loan that cannot be is refused: $problem', ({ problem, change }) => {
    const decision = draft({ mortgage: { ...terms.mortgage!, ...change } });
    expect(refusal(decision)).toEqual({
      code: 'MORTGAGE_PLAN_NOT_VALID',
      data: { problem, total: '1397143.44' },
    });
  });

  rule(
    'SAL-11',
    'a discount beyond the limit is not signed without approval, by another than who wrote it',
    () => {
      const generous = accepted(draft({ discounts: [percent('3.01')] }));
      expect(refusal(sign(generous))).toMatchObject({
        code: 'DISCOUNT_NOT_APPROVED',
        data: { discountTotal: '42478.81', discountPercent: '3.01', allowed: '42337.68' },
      });
      expect(refusal(approve(generous, 'he'))).toEqual({ code: 'OWN_DISCOUNT', data: { staffId: 'he' } });
      const approved = accepted(approve(generous));
      expect(accepted(sign(approved)).status).toBe('SIGNED');
      expect(refusal(approve(approved)).code).toBe('DISCOUNT_ALREADY_APPROVED');
      expect(refusal(approve(drafted)).code).toBe('DISCOUNT_APPROVAL_NOT_NEEDED');
      const revised = accepted(revise(approved, { discounts: [percent('4')] }));
      expect(refusal(sign(revised)).code).toBe('DISCOUNT_NOT_APPROVED');
    },
  );

  rule(
    ['SAL-10', 'SAL-11'],
    'is signed online only with everything ready, and the unit held by its sale',
    () => {
      expect(refusal(sign(drafted, { readiness: null }))).toMatchObject({ code: 'READINESS_INCOMPLETE' });
      const permit = ready.items.filter(({ item }) => item !== 'PRE_SALE_PERMIT');
      expect(refusal(sign(drafted, { readiness: { items: permit } })).data).toEqual({
        missing: ['PRE_SALE_PERMIT'],
      });
      expect(refusal(sign(drafted, { sale: { ...heldSale, status: 'RELEASING' } })).data).toEqual({
        unitId: '8-1-1502',
        saleStatus: 'RELEASING',
      });
      expect(refusal(sign(drafted, { sale: { ...heldSale, id: 'sale-2' } })).code).toBe('UNIT_NOT_HELD');
      expect(refusal(sign(drafted, { numberUsedByContractId: 'contract-9' })).code).toBe(
        'ONLINE_SIGNING_NUMBER_TAKEN',
      );
      expect(factsOf(sign(drafted))).toMatchObject([
        { type: 'ContractSigned', by: 'xu', total: '1397143.44', filingDueAt: at('2026-04-01 16:00') },
      ]);
    },
  );

  rule('SAL-11', 'is checked by a second person: nobody who drafted, signed or corrected it', () => {
    for (const by of ['he', 'xu']) {
      expect(refusal(check(signed, by))).toEqual({ code: 'OWN_CONTRACT_CHECK', data: { staffId: by } });
    }
    expect(checked.status).toBe('CHECKED');
  });

  rule('SAL-11', 'what the check finds is put right before it passes', () => {
    expect(refusal(check(signed, 'feng', ' ')).code).toBe('SALES_TEXT_MISSING');
    expect(refusal(correct(signed)).code).toBe('NO_FINDINGS_TO_CORRECT');
    const found = accepted(check(signed, 'feng', '身份证号码有误'));
    expect(found.status).toBe('SIGNED');
    expect(refusal(check(found)).code).toBe('CONTRACT_FINDINGS_OPEN');
    const corrected = accepted(correct(found));
    expect(corrected.signing).toMatchObject({ number: 'WQ-2026-0318', signedAt: signed.signing?.signedAt });
    expect(accepted(check(corrected)).status).toBe('CHECKED');
    const foundAgain = accepted(check(corrected, 'feng', '面积有误'));
    expect(refusal(check(foundAgain)).code).toBe('CONTRACT_FINDINGS_OPEN');
    expect(
      refusal(
        correctSigning(found, { onlineSigningNumber: '', by: 'xu' }, { numberUsedByContractId: null }, now),
      ).code,
    ).toBe('SALES_TEXT_MISSING');
  });

  const cancelled = accepted(cancel(drafted));
  const states: Record<ContractStatus, ContractState> = {
    DRAFT: accepted(draft({ discounts: [percent('5')] })),
    SIGNED: signed,
    CHECKED: checked,
    FILING_SUBMITTED: submitted,
    FILED: filed,
    CANCELLED: cancelled,
  };

  rule(['SAL-11', 'SAL-12'], 'a contract goes its way, and no other: no filing before signing', () => {
    const found = (state: ContractState) =>
      state.status === 'SIGNED' ? accepted(check(state, 'feng', '有误')) : state;
    expect(
      wrongCells({
        table: contractTransitions,
        states,
        commands: {
          reviseContract: (state: ContractState) => revise(state),
          approveDiscount: (state) => approve(state),
          signContract: (state) => sign(state.status === 'DRAFT' ? drafted : state),
          correctSigning: (state) => correct(found(state)),
          passContractCheck: (state) => check(state),
          failContractCheck: (state) => check(state, 'feng', '有误'),
          submitFiling: (state) => submit(state),
          noteFilingSentBack: (state) => noteFilingSentBack(state, { reason: '缺页', by: 'xu' }, now),
          noteFilingReturned: (state) => returned(state),
          tellContractReturned: (state) =>
            tellContractReturned(
              state,
              { customerId: 'ma', channel: 'PHONE', deedTaxReminded: true, by: 'xu' },
              now,
            ),
          cancelContract: cancel,
        },
      }),
    ).toEqual([]);
    expect(unreachableStatuses(contractTransitions, contractStatuses)).toEqual([]);
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });

  rule('DIR-06', 'two records of one buyer that are made one have their shares together', () => {
    const both = accepted(
      draft({
        buyers: [
          { customerId: 'ma', share: '40' },
          { customerId: 'ma-2', share: '35.5' },
          { customerId: 'li', share: '24.5' },
        ],
      }),
    );
    const merged = accepted(replaceContractCustomer(both, { customerId: 'ma', intoCustomerId: 'ma-2' }));
    expect(merged.buyers).toEqual([
      { customerId: 'ma-2', share: '75.50' },
      { customerId: 'li', share: '24.50' },
    ]);
    expect(merged.mortgage?.borrowers).toEqual([{ customerId: 'ma-2', familyState: 'MARRIED' }]);
    expect(wrongBuyers(merged.buyers, policy)).toBeNull();
  });
});
