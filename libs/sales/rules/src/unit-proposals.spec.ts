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
import { defaultSalesPolicy as policy } from './policy';
import {
  changeUnitPrice,
  offerUnit,
  offerUnitAgain,
  unitOfferStatuses,
  unitOfferTransitions,
  withdrawUnitOffer,
  type UnitOfferState,
} from './unit-offer';
import { byUnitType, proposeUnits, type UnitForProposal } from './unit-proposals';

const need = { bedrooms: 3, smallestArea: '85.00', largestArea: '100.00', budget: '1500000.00' };

function home(
  unitId: string,
  change: Partial<UnitForProposal & UnitForProposal['offer']> = {},
): UnitForProposal {
  const { unitStatus = 'FOR_SALE', preSaleArea = '89.32', claimed = false, ...offer } = change;
  return {
    offer: { unitId, status: 'OFFERED', unitTypeCode: 'B2', bedrooms: 3, unitPrice: '15800.00', ...offer },
    ...{ unitStatus, preSaleArea, claimed },
  };
}
const ids = (units: readonly UnitForProposal[], wish = need) =>
  proposeUnits(wish, units, policy).map(({ unitId }) => unitId);

describe('proposing homes', () => {
  rule('SAL-02', 'a home that suits is proposed with its list price', () => {
    expect(proposeUnits(need, [home('u1')], policy)).toEqual([
      { unitId: 'u1', unitTypeCode: 'B2', area: '89.32', total: '1411256.00', misses: [] },
    ]);
  });

  rule('SAL-02', 'only what is still for sale, on the price list and claimed by no sale is proposed', () => {
    const units = [
      home('subscribed', { unitStatus: 'SUBSCRIBED' }),
      home('contracted', { unitStatus: 'CONTRACTED' }),
      home('handed-over', { unitStatus: 'HANDED_OVER' }),
      home('claimed', { claimed: true }),
      home('withdrawn', { status: 'WITHDRAWN' }),
      home('unmeasured', { preSaleArea: null }),
      home('free'),
    ];
    expect(ids(units)).toEqual(['free']);
  });

  rule(
    'SAL-02',
    'up to the tolerance above the budget a home is proposed, and says so; a fen more is not',
    () => {
      const at1 = home('at', { preSaleArea: '100.00', unitPrice: '15750.00' });
      const above = home('above', { preSaleArea: '100.00', unitPrice: '15750.01' });
      expect(proposeUnits(need, [at1, above], policy)).toMatchObject([{ unitId: 'at', misses: ['BUDGET'] }]);
    },
  );

  rule('SAL-02', 'the best comes first: fewest wishes missed, then nearest in area, then cheapest', () => {
    const units = [
      home('two-rooms', { bedrooms: 2 }),
      home('small', { preSaleArea: '80.00' }),
      home('smaller', { preSaleArea: '79.99' }),
      home('dear', { unitPrice: '16000.00' }),
      home('cheap'),
    ];
    expect(ids(units)).toEqual(['cheap', 'dear', 'two-rooms', 'small', 'smaller']);
  });

  rule('SAL-02', 'who has no wishes is shown everything that is for sale', () => {
    const none = { bedrooms: null, smallestArea: null, largestArea: null, budget: null };
    expect(proposeUnits(none, [home('u1', { bedrooms: 1 })], policy)).toMatchObject([{ misses: [] }]);
  });

  rule('SAL-02', 'unit types come in the order of their best home, with the least that they cost', () => {
    const units = [
      home('b'),
      home('a', { unitPrice: '15000.00' }),
      home('c', { unitTypeCode: 'C1', bedrooms: 2 }),
    ];
    expect(byUnitType(proposeUnits(need, units, policy))).toEqual([
      { unitTypeCode: 'B2', fromTotal: '1339800.00', unitIds: ['a', 'b'] },
      { unitTypeCode: 'C1', fromTotal: '1411256.00', unitIds: ['c'] },
    ]);
  });

  rule('SAL-02', 'the answer depends on the homes, not on the order in which they are given', () => {
    const anyHome = fc.record({
      unitId: fc.uuid(),
      bedrooms: fc.integer({ min: 1, max: 5 }),
      area: fc.integer({ min: 5_000, max: 15_000 }),
      unitStatus: fc.constantFrom('FOR_SALE' as const, 'SUBSCRIBED' as const),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyHome, { selector: ({ unitId }) => unitId, maxLength: 15 }), (homes) => {
        const units = homes.map(({ unitId, bedrooms, area, unitStatus }) =>
          home(unitId, {
            bedrooms,
            unitStatus,
            preSaleArea: `${Math.floor(area / 100)}.${String(area % 100).padStart(2, '0')}`,
          }),
        );
        const proposed = proposeUnits(need, units, policy);
        expect(proposeUnits(need, [...units].reverse(), policy)).toEqual(proposed);
        expect(proposed.length).toBeLessThanOrEqual(policy.mostProposals);
        for (const { unitId } of proposed) {
          expect(homes.find((one) => one.unitId === unitId)?.unitStatus).toBe('FOR_SALE');
        }
      }),
    );
  });
});

describe('the price list', () => {
  const now = at('2026-03-01 09:00');
  const none = { unitOfferId: null };
  const line = { id: 'offer-1', projectId: 'jx', unitId: 'u1', unitTypeCode: 'B2', bedrooms: 3, by: 'boss' };
  const offered = accepted(offerUnit({ ...line, unitPrice: Money.of('15800') }, none, now));
  const price = (state: UnitOfferState, amount = '15900') =>
    changeUnitPrice(state, { unitPrice: Money.of(amount), by: 'boss' }, now);

  rule('SAL-02', 'has a unit with its type and its price by area', () => {
    expect(offered).toMatchObject({ status: 'OFFERED', unitTypeCode: 'B2', unitPrice: '15800.00' });
    expect(refusal(offerUnit({ ...line, unitPrice: Money.zero }, none, now)).code).toBe(
      'UNIT_PRICE_NOT_POSITIVE',
    );
    expect(refusal(price(offered, '-1')).data).toEqual({ unitPrice: '-1.00' });
  });

  rule('SAL-02', 'has one line for a unit', () => {
    const again = offerUnit({ ...line, unitPrice: Money.of('15800') }, { unitOfferId: 'offer-1' }, now);
    expect(refusal(again)).toEqual({ code: 'UNIT_ALREADY_OFFERED', data: { unitOfferId: 'offer-1' } });
  });

  rule('SAL-02', 'tells a price that has changed, and none that has not', () => {
    expect(factsOf(price(offered))).toMatchObject([
      { type: 'UnitOfferPriceChanged', unitPrice: '15900.00', previousUnitPrice: '15800.00' },
    ]);
    expect(factsOf(price(offered, '15800'))).toEqual([]);
  });

  rule('SAL-02', 'a line of it goes its way, and no other', () => {
    const states = { OFFERED: offered, WITHDRAWN: accepted(withdrawUnitOffer(offered, { by: 'boss' }, now)) };
    expect(
      wrongCells({
        table: unitOfferTransitions,
        states,
        commands: {
          changeUnitPrice: (state: UnitOfferState) => price(state),
          withdrawUnitOffer: (state) => withdrawUnitOffer(state, { by: 'boss' }, now),
          offerUnitAgain: (state) => offerUnitAgain(state, { by: 'boss' }, now),
        },
      }),
    ).toEqual([]);
    expect(unreachableStatuses(unitOfferTransitions, unitOfferStatuses)).toEqual([]);
    for (const state of Object.values(states)) expect(asStored(state)).toEqual(state);
  });
});
