import fc from 'fast-check';
import { rule } from '@anju/testing';
import { addCalendarMonth, addDays, addHours, addMinutes, addWeeks } from './elapsed';
import { localDateTime, parseLocalDateTime } from './local-date';

const SHANGHAI = 'Asia/Shanghai';

function at(text: string, zone = SHANGHAI): Date {
  return parseLocalDateTime(text, zone);
}

describe('elapsed time', () => {
  rule('CAL-04', 'an hour is sixty minutes, a day 24 hours, a week seven days, on holidays too', () => {
    const from = at('2026-02-14 16:30');
    expect(addMinutes(from, 3)).toEqual(at('2026-02-14 16:33'));
    expect(addHours(from, 48)).toEqual(at('2026-02-16 16:30'));
    expect(addDays(from, 2)).toEqual(at('2026-02-16 16:30'));
    expect(addWeeks(from, 1)).toEqual(at('2026-02-21 16:30'));
  });

  rule('CAL-04', 'a day stays 24 hours when clocks change', () => {
    expect(addDays(at('2026-03-28 12:00', 'Europe/Berlin'), 1)).toEqual(
      at('2026-03-29 13:00', 'Europe/Berlin'),
    );
  });

  rule.each([
    { from: '2026-01-31 12:00', months: 1, due: '2026-02-28 12:00' },
    { from: '2024-01-31 12:00', months: 1, due: '2024-02-29 12:00' },
    { from: '2026-03-02 10:00', months: 1, due: '2026-04-02 10:00' },
    { from: '2026-12-15 00:00', months: 1, due: '2027-01-15 00:00' },
    { from: '2026-01-31 12:00', months: 2, due: '2026-03-31 12:00' },
    { from: '2026-03-31 23:59', months: -1, due: '2026-02-28 23:59' },
    { from: '2024-02-29 12:00', months: 12, due: '2025-02-28 12:00' },
    { from: '2026-03-02 10:00', months: 0, due: '2026-03-02 10:00' },
  ])('CAL-04', '$months month(s) from $from end $due', ({ from, months, due }) => {
    expect(addCalendarMonth(at(from), months, SHANGHAI)).toEqual(at(due));
  });

  rule('CAL-04', 'the month is that of the project’s calendar, not of UTC', () => {
    // 1 March in Shanghai, still 28 February in UTC.
    expect(addCalendarMonth(at('2026-03-01 06:00'), 1, SHANGHAI)).toEqual(at('2026-04-01 06:00'));
    expect(addCalendarMonth(at('2026-03-01 06:00'), 1, 'UTC').toISOString()).toBe('2026-03-28T22:00:00.000Z');
  });

  rule('CAL-04', 'a month keeps the time of day when clocks change', () => {
    expect(addCalendarMonth(at('2026-03-15 12:00', 'Europe/Berlin'), 1, 'Europe/Berlin')).toEqual(
      at('2026-04-15 12:00', 'Europe/Berlin'),
    );
  });

  rule(
    'CAL-04',
    'a month later is in the next month, at the same time, never on a later day of the month',
    () => {
      const instants = fc
        .integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) })
        .map((ms) => new Date(ms));
      fc.assert(
        fc.property(instants, fc.integer({ min: -30, max: 30 }), (from, months) => {
          const [before, after] = [from, addCalendarMonth(from, months, 'Asia/Kathmandu')].map((instant) =>
            localDateTime(instant, 'Asia/Kathmandu'),
          ) as [string, string];
          const month = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
          expect(month(after)).toBe(month(before) + months);
          expect(after.slice(10)).toBe(before.slice(10));
          expect(after.slice(8, 10) <= before.slice(8, 10)).toBe(true);
        }),
      );
    },
  );

  it('refuses what is no instant and what is no number', () => {
    expect(() => addHours(new Date(Number.NaN), 1)).toThrow(RangeError);
    expect(() => addDays(at('2026-03-02 10:00'), Number.NaN)).toThrow(RangeError);
    expect(() => addDays(at('2026-03-02 10:00'), 1e9)).toThrow(RangeError);
    expect(() => addCalendarMonth(at('2026-03-02 10:00'), 0.5, SHANGHAI)).toThrow(
      'not a whole number of months',
    );
    expect(() => addCalendarMonth(at('2026-03-02 10:00'), 100_000, SHANGHAI)).toThrow(RangeError);
    expect(() => addCalendarMonth(at('2026-03-02 10:00'), 1, 'Asia/Nowhere')).toThrow('unknown time zone');
  });

  it('leaves the instant it starts from as it was', () => {
    const from = at('2026-01-31 12:00');
    addCalendarMonth(from, 1, SHANGHAI);
    expect(from).toEqual(at('2026-01-31 12:00'));
  });
});
