import { isRefused } from '@anju/kernel';
import { rule } from '@anju/testing';
import fc from 'fast-check';
import { defaultDirectoryPolicy as policy } from './policy';
import { accepted, aUnit, problemsOf, refusal } from './testing/builders';
import { unitStatuses, unitTransitions } from './unit';
import type { UnitState, UnitStatus } from './unit';
import { changeUnitStatus, saleUnitSteps, takeSaleStep } from './unit-sale';
import type { SaleUnitStep } from './unit-sale';

const ask = (state: UnitState, step: SaleUnitStep, saleId = 'sale-1', sequence = 1, answeredUpTo = 0) =>
  takeSaleStep(state, { saleId, sequence, step }, answeredUpTo);
const after = (state: UnitState, step: SaleUnitStep, saleId?: string) =>
  accepted(ask(state, step, saleId)).state;
const forSale = aUnit({ status: 'FOR_SALE' });

/** Status after the step, by status and who holds the unit; what is not listed is refused. */
const carriedOut: Record<string, UnitStatus> = {
  'HOLD of one FOR_SALE of nobody': 'SUBSCRIBED',
  'HOLD of one SUBSCRIBED of the sale': 'SUBSCRIBED',
  'HOLD of one CONTRACTED of the sale': 'CONTRACTED',
  'HOLD of one HANDED_OVER of the sale': 'HANDED_OVER',
  'CONTRACT of one SUBSCRIBED of the sale': 'CONTRACTED',
  'HAND_OVER of one CONTRACTED of the sale': 'HANDED_OVER',
  'RELEASE of one SUBSCRIBED of the sale': 'FOR_SALE',
  ...Object.fromEntries(
    unitStatuses.flatMap((status) => [
      [`RELEASE of one ${status} of nobody`, status],
      [`RELEASE of one ${status} of another sale`, status],
    ]),
  ),
};

describe("a sale's step", () => {
  const holders = [
    { holder: 'nobody', heldBySaleId: null },
    { holder: 'the sale', heldBySaleId: 'sale-1' },
    { holder: 'another sale', heldBySaleId: 'sale-2' },
  ];
  const matrix = unitStatuses.flatMap((status) =>
    saleUnitSteps.flatMap((step) =>
      holders
        // What is for sale is nobody's.
        .filter(({ heldBySaleId }) => status !== 'FOR_SALE' || heldBySaleId === null)
        .map(({ holder, heldBySaleId }) => ({ status, step, heldBySaleId, holder })),
    ),
  );

  rule.each(matrix)(
    'SAL-03',
    '$step of a unit that is $status and of $holder',
    ({ status, step, heldBySaleId, holder }) => {
      const unit = aUnit({ status, heldBySaleId });
      const to = carriedOut[`${step} of one ${status} of ${holder}`];
      const decision = ask(unit, step);
      if (!to) {
        expect(refusal(decision)).toEqual({
          code: 'UNIT_SALE_STEP_REFUSED',
          data: { saleId: 'sale-1', step, unitStatus: status, heldBySaleId },
        });
        return;
      }
      const { state, facts } = accepted(decision);
      expect(state.status).toBe(to);
      if (to === status) {
        expect(state).toBe(unit);
        expect(facts).toEqual([]);
      } else {
        expect(state).toEqual({ ...unit, status: to, heldBySaleId: step === 'RELEASE' ? null : 'sale-1' });
        expect(facts).toMatchObject([
          { type: 'UnitChanged', unitId: unit.id, status: to },
          { type: 'UnitSaleStepTaken', projectId: unit.projectId, saleId: 'sale-1', sequence: 1, step },
        ]);
      }
    },
  );

  rule('SAL-03', 'from the subscription to the handover a unit is of one sale', () => {
    const held = after(forSale, 'HOLD');
    const contracted = after(held, 'CONTRACT');
    expect(after(contracted, 'HAND_OVER')).toMatchObject({ status: 'HANDED_OVER', heldBySaleId: 'sale-1' });
    expect(refusal(ask(contracted, 'RELEASE')).data).toMatchObject({ unitStatus: 'CONTRACTED' });
  });

  rule('SAL-03', 'a unit that was given back is for the next sale', () => {
    const free = after(after(forSale, 'HOLD'), 'RELEASE');
    expect(free).toEqual(forSale);
    expect(after(free, 'HOLD', 'sale-2').heldBySaleId).toBe('sale-2');
  });

  rule('SAL-03', 'what a later request of the sale has overtaken is not carried out any more', () => {
    expect(refusal(ask(forSale, 'HOLD', 'sale-1', 1, 2)).code).toBe('UNIT_SALE_STEP_REFUSED');
    expect(accepted(ask(forSale, 'HOLD', 'sale-1', 3, 2)).state.heldBySaleId).toBe('sale-1');
  });

  rule('SAL-03', 'whatever sales ask, a unit is for sale exactly when none holds it', () => {
    const requests = fc.record({
      saleId: fc.constantFrom('sale-1', 'sale-2', 'sale-3'),
      step: fc.constantFrom(...saleUnitSteps),
    });
    fc.assert(
      fc.property(fc.array(requests, { maxLength: 30 }), (asked) => {
        let unit = forSale;
        for (const { saleId, step } of asked) {
          const decision = ask(unit, step, saleId);
          const { heldBySaleId: before } = unit;
          if (!isRefused(decision)) unit = decision.state;
          if (before !== null && before !== saleId) expect(unit.heldBySaleId).toBe(before);
          expect(unit.heldBySaleId === null).toBe(unit.status === 'FOR_SALE');
        }
      }),
    );
  });
});

describe('the status by hand', () => {
  const reason = '代理公司已售';
  const pairs = unitStatuses.flatMap((from) => unitStatuses.map((to) => ({ from, to })));

  rule.each(pairs)('DIR-01', 'from $from to $to', ({ from, to }) => {
    const decision = changeUnitStatus(aUnit({ status: from }), { status: to, reason }, policy);
    const allowed = Object.values(unitTransitions).some(
      (step) => step.to === to && (step.from as readonly UnitStatus[]).includes(from),
    );
    if (from === to || allowed) expect(accepted(decision).state).toEqual(aUnit({ status: to }));
    else {
      expect(refusal(decision)).toMatchObject({ code: 'UNIT_STATUS_OUT_OF_ORDER', data: { status: from } });
    }
  });

  rule('SAL-03', 'is refused for a unit that a sale holds, and the sale is named', () => {
    for (const status of ['SUBSCRIBED', 'CONTRACTED', 'HANDED_OVER'] as const) {
      const held = aUnit({ status, heldBySaleId: 'sale-1' });
      expect(refusal(changeUnitStatus(held, { status: 'FOR_SALE', reason }, policy))).toEqual({
        code: 'UNIT_HELD_BY_SALE',
        data: { saleId: 'sale-1' },
      });
    }
  });

  rule('DIR-01', 'needs a reason and a status that there is', () => {
    expect(problemsOf(changeUnitStatus(aUnit(), { status: 'SOLD', reason: ' ' }, policy))).toEqual([
      'status UNKNOWN_VALUE',
      'reason REQUIRED',
    ]);
  });
});
