import fc from 'fast-check';
import { isRefused, Money, type Decision, type Refusal } from '@anju/kernel';
import { accepted, asStored, at, factsOf, refusal, rule, wrongCells } from '@anju/testing';
import { defaultSalesPolicy as policy } from './policy';
import {
  applyUnitAnswer,
  bindContract,
  handOverUnit,
  noteContractSigned,
  onSaleDeadline,
  openSale,
  outstandingOf,
  recordSalePayment,
  replaceSaleCustomer,
  retryUnitStep,
  saleDeadlines,
  unbindContract,
  withdrawSale,
  type UnitToSell,
} from './sale';
import {
  claimsUnit,
  saleAnswers,
  saleStatuses,
  saleTransitions,
  type SaleFact,
  type SaleState,
  type SaleStatus,
  type SaleUnitAnswer,
} from './sale-state';
import { requestsOf, UnitInDirectory, type UnitStepRequest } from './sale-story';
import { saleUnitSteps, type SaleUnitStep } from './unit-status';

const now = at('2026-03-02 14:00');
const forSale: UnitToSell = {
  unitId: '8-1-1502',
  projectId: 'jx',
  status: 'FOR_SALE',
  claimedBySaleId: null,
};
const subscription = {
  id: 'sale-1',
  projectId: 'jx',
  number: 'JX-S20260302-001',
  unitId: '8-1-1502',
  customerIds: ['ma'],
  consultantId: 'he',
  leadId: 'lead-1',
  by: 'he',
};
const open = (change: Partial<typeof subscription> = {}, unit: Partial<UnitToSell> = {}) =>
  openSale({ ...subscription, ...change }, { ...forSale, ...unit }, now, policy);
const answer = (state: SaleState, change: Partial<SaleUnitAnswer> = {}) =>
  applyUnitAnswer(
    state,
    {
      sequence: state.pending?.sequence ?? state.steps,
      step: state.pending?.step ?? 'HOLD',
      outcome: 'DONE',
      unitStatus: 'SUBSCRIBED',
      ...change,
    },
    now,
    policy,
  );
const sign = (state: SaleState) =>
  noteContractSigned(
    state,
    { contractId: 'contract-1', price: '1411256.00' },
    at('2026-03-02 16:00'),
    policy,
  );
const pay = (state: SaleState, amount: string, paymentId = 'payment-1') =>
  recordSalePayment(state, { paymentId, kind: 'OWN_FUNDS', amount: Money.of(amount), by: 'fin' }, now);
const withdraw = (state: SaleState) => withdrawSale(state, { reason: '客户改变主意', by: 'he' }, now, policy);

const requested = accepted(open());
const held = accepted(answer(requested));
const signing = accepted(sign(held));
const contracted = accepted(answer(signing, { unitStatus: 'CONTRACTED' }));
const paid = accepted(pay(contracted, '1411256.00'));
const handing = accepted(handOverUnit(paid, now, policy));
const releasing = accepted(withdraw(held));
const states: Record<SaleStatus, SaleState> = {
  UNIT_REQUESTED: requested,
  UNIT_HELD: held,
  UNIT_REFUSED: accepted(answer(requested, { outcome: 'REFUSED' })),
  CONTRACT_REQUESTED: signing,
  CONTRACTED: contracted,
  PAID: paid,
  HANDOVER_REQUESTED: handing,
  HANDED_OVER: accepted(answer(handing, { unitStatus: 'HANDED_OVER' })),
  RELEASING: releasing,
  WITHDRAWN: accepted(answer(releasing, { unitStatus: 'FOR_SALE' })),
};

describe('a sale', () => {
  rule('SAL-03', 'a subscription asks for the unit and is in force when the directory says so', () => {
    expect(factsOf(open())).toMatchObject([
      { type: 'SaleOpened', saleId: 'sale-1', customerIds: ['ma'], leadId: 'lead-1', at: now },
      { type: 'SaleUnitStepRequested', unitId: '8-1-1502', sequence: 1, step: 'HOLD' },
    ]);
    expect(factsOf(answer(requested))).toMatchObject([{ type: 'SaleUnitHeld', leadId: 'lead-1' }]);
    expect(held).toMatchObject({ status: 'UNIT_HELD', pending: null, heldAt: now });
  });

  rule('SAL-03', 'two more buyers at that instant are refused, and told why', () => {
    expect(refusal(open({ id: 'sale-2' }, { claimedBySaleId: 'sale-1' }))).toEqual({
      code: 'UNIT_ALREADY_SOLD',
      data: { unitId: '8-1-1502', unitStatus: 'FOR_SALE' },
    });
    expect(refusal(open({ id: 'sale-3' }, { status: 'SUBSCRIBED' })).code).toBe('UNIT_ALREADY_SOLD');
    const refused = answer(requested, { outcome: 'REFUSED', unitStatus: 'CONTRACTED' });
    expect(accepted(refused)).toMatchObject({ status: 'UNIT_REFUSED', refusedBecause: 'CONTRACTED' });
    expect(factsOf(refused)).toMatchObject([{ type: 'SaleUnitRefused', unitStatus: 'CONTRACTED' }]);
  });

  rule('SAL-03', 'a unit of another project is refused, and so is a subscription of nobody', () => {
    expect(refusal(open({}, { projectId: 'yh' }))).toEqual({
      code: 'UNIT_OF_ANOTHER_PROJECT',
      data: { unitId: '8-1-1502', unitProjectId: 'yh', projectId: 'jx' },
    });
    expect(refusal(open({ customerIds: [] })).code).toBe('SALE_CUSTOMER_MISSING');
  });

  rule('SAL-03', 'signing asks for the unit in the same decision; the answer makes it contracted', () => {
    expect(factsOf(sign(held))).toMatchObject([
      { type: 'SaleUnitStepRequested', sequence: 2, step: 'CONTRACT' },
    ]);
    expect(contracted).toMatchObject({ status: 'CONTRACTED', price: '1411256.00', pending: null });
  });

  rule('SAL-03', 'there is one contract of a sale at a time', () => {
    const bound = accepted(bindContract(held, { contractId: 'contract-1' }));
    expect(refusal(bindContract(bound, { contractId: 'contract-2' })).data).toEqual({
      contractId: 'contract-1',
    });
    expect(
      refusal(noteContractSigned(bound, { contractId: 'contract-2', price: '1.00' }, now, policy)).code,
    ).toBe('SALE_HAS_CONTRACT');
    expect(accepted(unbindContract(bound, { contractId: 'contract-2' }))).toEqual(bound);
    expect(accepted(unbindContract(bound, { contractId: 'contract-1' })).contractId).toBeNull();
  });

  rule('SAL-03', 'it is paid with the last fen, and more is not taken', () => {
    const lacking = pay(contracted, '1411255.99');
    expect(accepted(lacking).status).toBe('CONTRACTED');
    expect(outstandingOf(accepted(lacking))?.toString()).toBe('0.01');
    expect(factsOf(pay(accepted(lacking), '0.01', 'payment-2'))).toMatchObject([
      { type: 'SalePaymentRecorded', outstanding: '0.00' },
      { type: 'SalePaid', price: '1411256.00' },
    ]);
    expect(refusal(pay(accepted(lacking), '0.02', 'payment-2')).data).toEqual({
      amount: '0.02',
      outstanding: '0.01',
    });
    expect(refusal(pay(accepted(lacking), '0.01')).code).toBe('SALE_PAYMENT_ALREADY_ENTERED');
    expect(refusal(pay(contracted, '0')).code).toBe('SALE_PAYMENT_NOT_POSITIVE');
    expect(outstandingOf(held)).toBeNull();
  });

  rule('SAL-03', 'payments of a sale add up to its price, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 141_125_600n }), { maxLength: 12 }), (parts) => {
        let state = contracted;
        for (const [index, fen] of parts.entries()) {
          const decision = pay(state, Money.ofFen(fen).toString(), `p${index}`);
          if (!isRefused(decision)) state = decision.state;
          const sum = Money.sum(state.payments.map(({ amount }) => Money.of(amount)));
          expect(sum.plus(outstandingOf(state)!).toString()).toBe('1411256.00');
          expect(state.status === 'PAID').toBe(outstandingOf(state)!.isZero());
        }
      }),
    );
  });
});

describe('a sale across sales and directory', () => {
  rule('SAL-03', 'given up before the contract, the unit is asked back before the sale is over', () => {
    expect(factsOf(withdraw(held))).toMatchObject([
      { type: 'SaleWithdrawalBegun', by: 'he' },
      { type: 'SaleUnitStepRequested', sequence: 2, step: 'RELEASE' },
    ]);
    expect(releasing.status).toBe('RELEASING');
    expect(states.WITHDRAWN.withdrawnAt).toEqual(now);
    expect(refusal(withdrawSale(held, { reason: ' ', by: 'he' }, now, policy)).code).toBe(
      'SALES_TEXT_MISSING',
    );
  });

  rule('SAL-03', 'a draft falls with the subscription', () => {
    const given = withdraw(accepted(bindContract(held, { contractId: 'contract-1' })));
    expect(accepted(given).contractId).toBeNull();
    expect(factsOf(given)).toMatchObject([
      { type: 'SaleWithdrawalBegun', contractId: 'contract-1' },
      { type: 'SaleUnitStepRequested', step: 'RELEASE' },
    ]);
    expect(accepted(unbindContract(accepted(given), { contractId: 'contract-1' }))).toBe(accepted(given));
  });

  rule('SAL-03', 'an answer that the sale does not wait for changes nothing', () => {
    const withdrawn = accepted(withdraw(requested));
    const late = { sequence: 1, step: 'HOLD', outcome: 'DONE' } as const;
    expect(accepted(answer(withdrawn, late))).toEqual(withdrawn);
    expect(accepted(answer(held, { ...late, outcome: 'REFUSED' }))).toEqual(held);
    expect(accepted(answer(contracted, { sequence: 2, step: 'CONTRACT' }))).toEqual(contracted);
  });

  rule('SAL-03', 'a sale that is over and learns that it holds the unit gives it back', () => {
    for (const over of [states.WITHDRAWN, states.UNIT_REFUSED]) {
      const decision = answer(over, { sequence: 1, step: 'HOLD' });
      expect(accepted(decision).status).toBe('RELEASING');
      expect(factsOf(decision)).toMatchObject([{ type: 'SaleUnitStepRequested', step: 'RELEASE' }]);
    }
  });

  rule('SAL-03', 'a step that the directory refuses is told, kept, and can be asked for again', () => {
    for (const state of [signing, handing, releasing]) {
      const refused = answer(state, { outcome: 'REFUSED', unitStatus: 'FOR_SALE' });
      expect(factsOf(refused)).toMatchObject([{ type: 'SaleUnitStepRefused', unitStatus: 'FOR_SALE' }]);
      const stuck = accepted(refused);
      expect(stuck.status).toBe(state.status);
      expect(saleDeadlines(stuck)).toEqual([]);
      // Each request is answered once: a second answer is none.
      expect(accepted(answer(stuck))).toEqual(stuck);
      const again = accepted(retryUnitStep(stuck, now, policy));
      expect(again.pending).toMatchObject({
        sequence: state.steps + 1,
        step: state.pending?.step,
        refusedAt: null,
      });
      expect(accepted(answer(again)).status).toBe(saleAnswers[state.pending!.step].done);
      expect(refusal(retryUnitStep(state, now, policy)).code).toBe('UNIT_STEP_NOT_REFUSED');
    }
  });

  rule(
    'SAL-03',
    'an answer that does not come in time is flagged at that moment, once; the request stands',
    () => {
      const [due] = saleDeadlines(requested);
      expect(due).toEqual({ kind: 'SALE_UNIT_ANSWER', dueAt: at('2026-03-02 14:05') });
      const overdue = onSaleDeadline(requested, due!.kind, due!.dueAt);
      expect(factsOf(overdue)).toMatchObject([
        { type: 'SaleUnitAnswerOverdue', step: 'HOLD', at: due!.dueAt },
      ]);
      expect(saleDeadlines(accepted(overdue))).toEqual([]);
      expect(factsOf(onSaleDeadline(held, due!.kind, due!.dueAt))).toEqual([]);
      expect(accepted(answer(accepted(overdue))).status).toBe('UNIT_HELD');
    },
  );

  rule('SAL-03', 'a sale goes its way, and no other', () => {
    const stuck = (state: SaleState): SaleState =>
      state.pending ? { ...state, pending: { ...state.pending, refusedAt: now } } : state;
    expect(
      wrongCells({
        table: saleTransitions,
        states,
        commands: {
          bindContract: (state: SaleState) =>
            bindContract({ ...state, contractId: null }, { contractId: 'c' }),
          unbindContract: (state) => unbindContract(state, { contractId: 'contract-1' }),
          noteContractSigned: (state) => sign(state),
          recordSalePayment: (state) => pay(state, '1.00'),
          handOverUnit: (state) => handOverUnit(state, now, policy),
          withdrawSale: withdraw,
          retryUnitStep: (state) => retryUnitStep(stuck(state), now, policy),
        },
      }),
    ).toEqual([]);
  });

  rule('SAL-03', 'every status × answer leads where the table says, or nowhere', () => {
    for (const status of saleStatuses) {
      for (const step of saleUnitSteps) {
        for (const outcome of ['DONE', 'REFUSED'] as const) {
          const state = states[status];
          const awaited = saleAnswers[step].from === status;
          const givesBack =
            (status === 'WITHDRAWN' || status === 'UNIT_REFUSED') && step === 'HOLD' && outcome === 'DONE';
          const expected = awaited
            ? saleAnswers[step][outcome === 'DONE' ? 'done' : 'refused']
            : givesBack
              ? 'RELEASING'
              : status;
          expect([status, step, outcome, accepted(answer(state, { step, outcome })).status]).toEqual([
            ...[status, step, outcome, expected],
          ]);
        }
      }
    }
  });

  rule('SAL-03', 'every status is reached from the first', () => {
    const reached = new Set<SaleStatus>(['UNIT_REQUESTED']);
    for (const status of reached) {
      for (const { from, to } of Object.values(saleTransitions.commands)) {
        if (to !== 'SAME' && from.includes(status)) reached.add(to);
      }
      for (const { from, done, refused } of Object.values(saleAnswers)) {
        if (from === status) reached.add(done).add(refused);
      }
      if (status === 'CONTRACTED') reached.add('PAID');
    }
    expect([...reached].sort()).toEqual([...saleStatuses].sort());
  });

  rule('SAL-03', 'a sale comes back from the database as it was, and follows a merged customer', () => {
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
    const merge = { customerId: 'ma', intoCustomerId: 'ma-2' };
    expect(accepted(replaceSaleCustomer(held, merge)).customerIds).toEqual(['ma-2']);
    expect(
      accepted(replaceSaleCustomer({ ...held, customerIds: ['ma', 'ma-2'] }, merge)).customerIds,
    ).toEqual(['ma-2']);
    expect(accepted(replaceSaleCustomer({ ...held, customerIds: ['li'] }, merge)).customerIds).toEqual([
      'li',
    ]);
  });
});

/** Sales of one unit and the directory, with requests and answers under way between them. */
class Market {
  readonly unit = new UnitInDirectory();
  readonly sales: SaleState[];
  private readonly requests = new Map<string, UnitStepRequest[]>();
  private readonly answers: { saleId: string; answer: SaleUnitAnswer }[] = [];

  constructor(buyers: number) {
    // None sees the others: the worst race that there can be.
    this.sales = Array.from({ length: buyers }, (_, index) =>
      this.keep(openSale({ ...subscription, id: `sale-${index}` }, forSale, now, policy)),
    );
  }

  command(index: number, name: 'withdraw' | 'sign' | 'pay' | 'handOver'): void {
    const state = this.sales[index]!;
    const commands = {
      withdraw: () => withdraw(state),
      sign: () => sign(state),
      pay: () => pay(state, outstandingOf(state)?.toString() ?? '1.00', `p${state.payments.length}`),
      handOver: () => handOverUnit(state, now, policy),
    };
    const decision: Decision<SaleState, SaleFact, Refusal> = commands[name]();
    if (!isRefused(decision)) this.sales[index] = this.keep(decision);
  }

  /** The directory takes a sale's next request; with `again`, the broker brings it once more. */
  deliver(index: number, again: boolean): void {
    const queue = this.requests.get(this.sales[index]!.id) ?? [];
    const [next] = queue;
    if (!next) return;
    const answered = this.unit.take(next);
    if (answered) this.answers.push({ saleId: next.saleId, answer: answered });
    if (!again) queue.shift();
  }

  /** The oldest answer arrives; the unit's events keep their order. */
  arrive(): void {
    const next = this.answers.shift();
    const index = this.sales.findIndex(({ id }) => id === next?.saleId);
    if (next) this.sales[index] = this.keep(applyUnitAnswer(this.sales[index]!, next.answer, now, policy));
  }

  settle(): void {
    const underWay = () => this.answers.length + [...this.requests.values()].flat().length;
    while (underWay() > 0) {
      this.sales.forEach((_, index) => this.deliver(index, false));
      this.arrive();
    }
  }

  private keep(decision: Decision<SaleState, SaleFact, Refusal>): SaleState {
    const state = accepted(decision);
    const queue = this.requests.get(state.id) ?? [];
    this.requests.set(state.id, [...queue, ...requestsOf(factsOf(decision))]);
    return state;
  }
}

describe('one home', () => {
  const buyers = 4;
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('command' as const),
      index: fc.nat({ max: buyers - 1 }),
      name: fc.constantFrom('withdraw' as const, 'sign' as const, 'pay' as const, 'handOver' as const),
    }),
    fc.record({
      kind: fc.constant('deliver' as const),
      index: fc.nat({ max: buyers - 1 }),
      again: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('arrive' as const) }),
  );
  /** A sale that believes to have the unit. */
  const has: readonly SaleStatus[] = [
    'UNIT_HELD',
    'CONTRACT_REQUESTED',
    'CONTRACTED',
    'PAID',
    'HANDOVER_REQUESTED',
    'HANDED_OVER',
  ];

  rule('SAL-03', 'is sold once, and no sale ends half done, however commands and messages interleave', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const market = new Market(buyers);
        for (const one of steps) {
          if (one.kind === 'command') market.command(one.index, one.name);
          else if (one.kind === 'deliver') market.deliver(one.index, one.again);
          else market.arrive();
          const owners = market.sales.filter(({ status }) => has.includes(status));
          expect(owners.length).toBeLessThanOrEqual(1);
          for (const { id } of owners) expect(market.unit.heldBy).toBe(id);
        }
        market.settle();
        const owners = market.sales.filter(({ status }) => has.includes(status));
        expect(owners.map(({ id }) => id)).toEqual(market.unit.heldBy === null ? [] : [market.unit.heldBy]);
        expect(market.sales.filter(({ pending }) => pending)).toEqual([]);
        const byStatus: Partial<Record<SaleStatus, string>> = {
          UNIT_HELD: 'SUBSCRIBED',
          CONTRACTED: 'CONTRACTED',
          PAID: 'CONTRACTED',
          HANDED_OVER: 'HANDED_OVER',
        };
        expect(market.unit.status).toBe(owners[0] ? byStatus[owners[0].status] : 'FOR_SALE');
      }),
      { numRuns: 300 },
    );
  });

  rule('SAL-03', 'has one sale that means to keep it, in every status but those that gave it up', () => {
    expect(saleStatuses.filter((status) => !claimsUnit(status))).toEqual([
      'UNIT_REFUSED',
      'RELEASING',
      'WITHDRAWN',
    ]);
  });

  rule('SAL-03', 'of fifty buyers at one instant, one gets it', () => {
    const market = new Market(50);
    market.settle();
    expect(market.sales.filter(({ status }) => status === 'UNIT_HELD')).toHaveLength(1);
    expect(market.sales.filter(({ status }) => status === 'UNIT_REFUSED')).toHaveLength(49);
  });

  rule('DIR-01', 'a step of the sale is a step of the unit’s status', () => {
    const unit = new UnitInDirectory();
    const seen = (['HOLD', 'CONTRACT', 'HAND_OVER'] satisfies SaleUnitStep[]).map((step, index) => {
      unit.take({ saleId: 'sale-1', sequence: index + 1, step });
      return unit.status;
    });
    expect(seen).toEqual(['SUBSCRIBED', 'CONTRACTED', 'HANDED_OVER']);
  });
});
