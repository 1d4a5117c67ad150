import { isRefused } from '@anju/kernel';
import { rule } from '@anju/testing';
import fc from 'fast-check';
import { checkArea } from './decimals';
import { defaultDirectoryPolicy as policy } from './policy';
import { aBuilding, accepted, aSection, aUnit, problemsOf, refusal } from './testing/builders';
import { advanceUnit, correctUnit, isInWarranty, registerUnit, unitStatuses, unitTransitions } from './unit';
import type { UnitCommand, UnitStatus } from './unit';

const commands = Object.keys(unitTransitions) as UnitCommand[];

describe('registering a unit', () => {
  rule('DIR-01', 'a unit has its number, home, areas, warranty and status', () => {
    const command = {
      unitId: 'u',
      number: '0302室',
      preSaleArea: '89.3',
      registeredArea: null,
      warrantyEndsOn: '2027-01-15',
      status: 'HANDED_OVER',
    };
    const { state, facts } = accepted(registerUnit(aBuilding(), aSection(), command, policy));
    expect(state).toEqual({
      id: 'u',
      projectId: 'project-jx',
      buildingId: 'building-3',
      sectionId: 'section-3-2',
      status: 'HANDED_OVER',
      number: '0302',
      numberKey: '302',
      home: '3-2-0302',
      preSaleArea: '89.30',
      registeredArea: null,
      warrantyEndsOn: '2027-01-15',
      heldBySaleId: null,
    });
    const { id, numberKey: _key, heldBySaleId: _sale, ...snapshot } = state;
    expect(facts).toEqual([{ type: 'UnitRegistered', unitId: id, ...snapshot }]);
  });

  rule(
    'DIR-01',
    "without a date of its own a unit has its building's warranty; without a status it is for sale",
    () => {
      const { state } = accepted(registerUnit(aBuilding(), null, { unitId: 'u', number: '1201' }, policy));
      expect(state).toMatchObject({
        warrantyEndsOn: '2025-06-30',
        status: 'FOR_SALE',
        sectionId: null,
        home: '3-1201',
      });
    },
  );

  rule('DIR-01', 'everything that is wrong is named at once', () => {
    const command = {
      unitId: 'u',
      number: '12-01',
      preSaleArea: '-1',
      registeredArea: '100000',
      warrantyEndsOn: '2027-1-15',
      status: 'SOLD',
    };
    const elsewhere = aSection({ buildingId: 'building-4' });
    expect(problemsOf(registerUnit(aBuilding(), elsewhere, command, policy))).toEqual([
      'section CONTRADICTS',
      'number FORMAT',
      'preSaleArea FORMAT',
      'registeredArea OUT_OF_RANGE',
      'warrantyEndsOn FORMAT',
      'status UNKNOWN_VALUE',
    ]);
  });

  rule.each(['0', '0.00', '1e3', '12.345', ' ', '１２．３．４', 'NaN', '-5'])(
    'DIR-01',
    'an area of "%s" square metres is refused',
    (area) => {
      expect(checkArea(area, policy.maxArea).ok).toBe(false);
    },
  );

  rule('DIR-01', 'areas are exact to the hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (hundredths) => {
        const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
        expect(checkArea(text, policy.maxArea)).toEqual({ ok: true, value: text });
      }),
    );
  });
});

describe('correcting a unit', () => {
  rule('DIR-01', 'areas and warranty can be corrected; what is not given stays', () => {
    const { state, facts } = accepted(correctUnit(aUnit(), { registeredArea: '91.6' }, policy));
    expect(state).toEqual({ ...aUnit(), registeredArea: '91.60' });
    expect(facts).toMatchObject([{ type: 'UnitChanged', registeredArea: '91.60', preSaleArea: '89.32' }]);
    expect(accepted(correctUnit(aUnit(), { warrantyEndsOn: null }, policy)).state.warrantyEndsOn).toBeNull();
  });

  rule('DIR-01', 'what is so already changes nothing', () => {
    const same = { preSaleArea: '89.32', registeredArea: '91.5', warrantyEndsOn: '2025-06-30' };
    expect(accepted(correctUnit(aUnit(), same, policy))).toMatchObject({ state: aUnit(), facts: [] });
  });

  rule('DIR-01', 'a correction that is wrong changes nothing', () => {
    const wrong = { preSaleArea: 'x', warrantyEndsOn: '1899-12-31' };
    expect(problemsOf(correctUnit(aUnit(), wrong, policy))).toEqual([
      'preSaleArea FORMAT',
      'warrantyEndsOn OUT_OF_RANGE',
    ]);
  });
});

rule('DIR-01', 'a unit is in warranty to the end of its last day, and never without one', () => {
  const unit = aUnit({ warrantyEndsOn: '2027-01-15' });
  expect(['2020-01-01', '2027-01-15', '2027-01-16'].map((day) => isInWarranty(unit, day))).toEqual([
    ...[true, true, false],
  ]);
  expect(isInWarranty(aUnit({ warrantyEndsOn: null }), '2020-01-01')).toBe(false);
});

describe("a unit's sale", () => {
  const matrix = unitStatuses.flatMap((status) => commands.map((command) => ({ status, command })));

  rule.each(matrix)('DIR-01', '$command of a unit that is $status', ({ status, command }) => {
    const { from, to } = unitTransitions[command];
    const unit = aUnit({ status });
    const decision = advanceUnit(unit, command);
    if ((from as readonly UnitStatus[]).includes(status)) {
      const { state, facts } = accepted(decision);
      expect(state).toEqual({ ...unit, status: to });
      expect(facts).toMatchObject([{ type: 'UnitChanged', unitId: unit.id, status: to }]);
    } else {
      expect(refusal(decision)).toEqual({
        code: 'UNIT_STATUS_OUT_OF_ORDER',
        data: { command, status, allowedFrom: from },
      });
    }
  });

  rule('DIR-01', 'every status can be reached from a unit for sale', () => {
    const reached = new Set<UnitStatus>(['FOR_SALE']);
    for (const status of reached) {
      for (const command of commands) {
        const decision = advanceUnit(aUnit({ status }), command);
        if (!isRefused(decision)) reached.add(decision.state.status);
      }
    }
    expect([...reached].sort()).toEqual([...unitStatuses].sort());
  });

  rule(
    'DIR-01',
    'a voided contract puts the unit back for sale, a handed-over home stays handed over',
    () => {
      const sold = accepted(advanceUnit(aUnit({ status: 'CONTRACTED' }), 'voidContract')).state;
      expect(sold.status).toBe('FOR_SALE');
      expect(refusal(advanceUnit(aUnit(), 'voidContract')).data).toMatchObject({
        allowedFrom: ['CONTRACTED'],
      });
    },
  );
});
