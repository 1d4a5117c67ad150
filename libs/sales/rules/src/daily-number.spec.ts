import { rule } from '@anju/testing';
import { contractNumber, leadNumber, mortgageNumber, saleNumber } from './daily-number';

describe('numbers', () => {
  rule('SAL-11', 'a number tells the project, what it is of, the day and its sequence', () => {
    expect(leadNumber('JX', '2026-03-02', 1)).toBe('JX-L20260302-001');
    expect(saleNumber('JX', '2026-03-02', 12)).toBe('JX-S20260302-012');
    expect(contractNumber('JX', '2026-03-02', 999)).toBe('JX-HT20260302-999');
    expect(mortgageNumber('JX', '2026-03-02', 1000)).toBe('JX-M20260302-1000');
    for (const sequence of [0, -1, 1.5])
      expect(() => leadNumber('JX', '2026-03-02', sequence)).toThrow(RangeError);
    expect(() => leadNumber('JX', '2026/03/02', 1)).toThrow(RangeError);
  });
});
