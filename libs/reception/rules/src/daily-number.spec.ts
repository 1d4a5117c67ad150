import { rule } from '@anju/testing';
import { interactionNumber, receiptNumber } from './daily-number';

describe('numbers', () => {
  rule('REC-01', 'a contact is numbered by project, day and sequence', () => {
    expect(interactionNumber('JX', '2026-03-02', 1)).toBe('JX-20260302-001');
    expect(interactionNumber('JX', '2026-12-31', 42)).toBe('JX-20261231-042');
  });

  rule('REC-01', 'the thousandth contact of a day has a number of its own', () => {
    expect(interactionNumber('JX', '2026-03-02', 999)).toBe('JX-20260302-999');
    expect(interactionNumber('JX', '2026-03-02', 1_000)).toBe('JX-20260302-1000');
  });

  rule('REC-35', 'a receipt has a number that no contact has', () => {
    expect(receiptNumber('JX', '2026-03-02', 1)).toBe('JX-R-20260302-001');
  });

  rule.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'REC-01',
    'there is no contact number %s of a day',
    (sequence) => {
      expect(() => interactionNumber('JX', '2026-03-02', sequence)).toThrow(RangeError);
    },
  );

  rule('REC-01', 'a number needs a day', () => {
    expect(() => interactionNumber('JX', '02.03.2026', 1)).toThrow(RangeError);
  });
});
