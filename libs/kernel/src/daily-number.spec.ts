import { dailyNumber } from './daily-number';

describe('a number counted by day', () => {
  it.each([
    [1, 'JX-S20260302-001'],
    [999, 'JX-S20260302-999'],
    [1000, 'JX-S20260302-1000'],
  ])('has at least three digits: %d gives %s', (sequence, expected) => {
    expect(dailyNumber('JX-S', '2026-03-02', sequence)).toBe(expected);
  });

  it.each([0, -1, 1.5, Number.NaN])('counts in whole numbers from 1: %d is none', (sequence) => {
    expect(() => dailyNumber('JX-S', '2026-03-02', sequence)).toThrow(`not a sequence: ${sequence}`);
  });

  it('takes a date in one form only', () => {
    expect(() => dailyNumber('JX-S', '2026/03/02', 1)).toThrow('not a date YYYY-MM-DD: "2026/03/02"');
  });
});
