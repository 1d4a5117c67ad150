import { rule } from '@anju/testing';
import { statutoryDay } from './holidays';
import { addLocalDays, weekdayOf } from './local-date';

function daysOf(year: number): string[] {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addLocalDays(day, 1)) days.push(day);
  return days;
}

describe('China’s statutory holidays', () => {
  rule('CAL-01', 'the days worked in exchange in 2026 are six weekend days', () => {
    const worked = daysOf(2026).filter((day) => statutoryDay(day) === 'MAKE_UP_DAY');
    expect(worked).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
  });

  rule('CAL-01', 'the Spring Festival of 2026 is nine days off, with no working day among them', () => {
    const festival = daysOf(2026).filter((day) => day >= '2026-02-15' && day <= '2026-02-23');
    expect(festival.map(statutoryDay)).toEqual(Array(9).fill('HOLIDAY'));
    expect(statutoryDay('2026-02-24')).toBeNull();
  });

  rule('CAL-01', 'only weekend days are worked in exchange, in every year that was published', () => {
    for (let year = 2004; year <= 2026; year++) {
      const days = daysOf(year);
      expect(days.filter((day) => statutoryDay(day) === 'MAKE_UP_DAY' && weekdayOf(day) < 6)).toEqual([]);
      expect(days.filter((day) => statutoryDay(day) === 'HOLIDAY').length).toBeGreaterThan(20);
    }
  });

  it('has none for a year without a notice, and for what is no date', () => {
    expect(['2003-10-01', '2090-10-01', 'constructor', ''].map(statutoryDay)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
