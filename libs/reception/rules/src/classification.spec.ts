import { at, rule } from '@anju/testing';
import {
  isInsideWarranty,
  proposeClass,
  type ClassificationFacts,
  type InteractionClass,
} from './classification';
import { defaultReceptionPolicy as policy } from './policy';

const zone = 'Asia/Shanghai';
const nothingSpecial: ClassificationFacts = {
  matter: 'QUESTION',
  wantsToComplain: false,
  warrantyEndsOn: null,
  faultDuty: null,
  partnersEquipment: false,
  needsOthers: false,
  expectedDays: null,
};

function proposed(facts: Partial<ClassificationFacts>, on = '2026-03-02 09:15'): InteractionClass {
  return proposeClass({ ...nothingSpecial, ...facts }, at(on), zone, policy);
}

describe('the proposed class', () => {
  const builders = { matter: 'FAULT', faultDuty: 'BUILDER' } as const;

  rule('REC-02', 'a leaking tap after the warranty is an own repair', () => {
    expect(proposed({ matter: 'FAULT', faultDuty: 'COMPANY', warrantyEndsOn: '2025-06-30' })).toBe(
      'OWN_REPAIR',
    );
  });

  rule('REC-02', "a crack in the wall inside the warranty, the builder's duty, is a rectification", () => {
    expect(proposed({ ...builders, warrantyEndsOn: '2027-01-15' })).toBe('RECTIFICATION');
    expect(proposed({ ...builders, faultDuty: 'DEVELOPER', warrantyEndsOn: '2027-01-15' })).toBe(
      'RECTIFICATION',
    );
  });

  rule('REC-02', 'broadband that fails is a vendor item', () => {
    expect(proposed({ matter: 'FAULT', partnersEquipment: true, warrantyEndsOn: '2025-06-30' })).toBe(
      'VENDOR',
    );
  });

  rule('REC-02', 'the last day of the warranty is inside it, the next day is not', () => {
    const fault = { ...builders, warrantyEndsOn: '2026-03-02' };
    expect(proposed(fault, '2026-03-02 00:00')).toBe('RECTIFICATION');
    expect(proposed(fault, '2026-03-02 23:59')).toBe('RECTIFICATION');
    expect(proposed(fault, '2026-03-03 00:00')).toBe('OWN_REPAIR');
  });

  rule('REC-02', "the day of the warranty is the project's, not Greenwich's", () => {
    expect(isInsideWarranty('2026-03-02', new Date('2026-03-02T15:59:00Z'), zone)).toBe(true);
    expect(isInsideWarranty('2026-03-02', new Date('2026-03-02T16:00:00Z'), zone)).toBe(false);
  });

  rule('REC-02', 'without a warranty nothing is a rectification', () => {
    expect(isInsideWarranty(null, at('2026-03-02 09:15'), zone)).toBe(false);
    expect(proposed(builders)).toBe('OWN_REPAIR');
  });

  rule.each(['COMPANY', 'OTHER', null] as const)(
    'REC-02',
    "a fault inside the warranty whose cause is %s is not the builder's",
    (faultDuty) => {
      expect(proposed({ matter: 'FAULT', faultDuty, warrantyEndsOn: '2027-01-15' })).toBe('OWN_REPAIR');
    },
  );

  rule('REC-02', "a partner's equipment inside the builder's warranty is the builder's", () => {
    expect(proposed({ ...builders, partnersEquipment: true, warrantyEndsOn: '2027-01-15' })).toBe(
      'RECTIFICATION',
    );
    expect(proposed({ ...builders, partnersEquipment: true, warrantyEndsOn: '2025-06-30' })).toBe('VENDOR');
  });

  rule('REC-02', 'a clear complaint is one whatever it is about', () => {
    for (const matter of ['FAULT', 'OPINION', 'QUESTION', 'SPECIAL_SERVICE', 'HOME_PURCHASE'] as const) {
      expect(proposed({ matter, wantsToComplain: true })).toBe('COMPLAINT');
    }
  });

  rule('REC-15', 'what needs others and takes more than two days is a communication item', () => {
    const opinion = { matter: 'OPINION', needsOthers: true } as const;
    expect(proposed({ ...opinion, expectedDays: 3 })).toBe('COMMUNICATION');
    expect(proposed({ ...opinion, expectedDays: 2.5 })).toBe('COMMUNICATION');
    expect(proposed({ ...opinion, expectedDays: 2 })).toBe('ENQUIRY');
    expect(proposed({ ...opinion, expectedDays: null })).toBe('ENQUIRY');
    expect(proposed({ ...opinion, needsOthers: false, expectedDays: 30 })).toBe('ENQUIRY');
  });

  rule.each([
    { matter: 'QUESTION', expected: 'ENQUIRY' },
    { matter: 'OPINION', expected: 'ENQUIRY' },
    { matter: 'SPECIAL_SERVICE', expected: 'SPECIAL_SERVICE' },
    { matter: 'HOME_PURCHASE', expected: 'SALES_ENQUIRY' },
    { matter: 'COUNTER_BUSINESS', expected: 'COUNTER_BUSINESS' },
  ] as const)('REC-02', 'the matter $matter is proposed as $expected', ({ matter, expected }) => {
    expect(proposed({ matter })).toBe(expected);
  });
});
