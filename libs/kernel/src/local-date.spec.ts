import fc from 'fast-check';
import {
  addLocalDays,
  dateOfEpochDay,
  daysBetween,
  endOfLocalDay,
  epochDayOf,
  isLocalDate,
  localDate,
  localDateTime,
  parseLocalDateTime,
  startOfLocalDay,
  weekdayOf,
} from './local-date';

const zones = fc.constantFrom(
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/Santiago',
  'Pacific/Apia',
  'Asia/Kathmandu',
);
const instants = fc
  .integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2100, 0, 1) })
  .map((millis) => new Date(millis));

describe('the local date', () => {
  it.each([
    ['2026-03-01T15:59:59.999Z', 'Asia/Shanghai', '2026-03-01'],
    ['2026-03-01T16:00:00Z', 'Asia/Shanghai', '2026-03-02'],
    ['2026-03-02T02:00:00Z', 'America/New_York', '2026-03-01'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
    ['0001-06-01T00:00:00Z', 'UTC', '0001-06-01'],
    ['1990-07-01T15:30:00Z', 'Asia/Shanghai', '1990-07-02'], // China had daylight saving then
  ])('at %s in %s is %s', (instant, zone, date) => {
    expect(localDate(new Date(instant), zone)).toBe(date);
  });

  it('comes with the time of day for those who ask', () => {
    expect(localDateTime(new Date('2026-03-02T01:02:03.999Z'), 'Asia/Shanghai')).toBe('2026-03-02T09:02:03');
  });

  it('does not exist for what is no instant, or needs five digits for its year', () => {
    expect(() => localDate(new Date(Number.NaN), 'Asia/Shanghai')).toThrow('not a valid instant');
    expect(() => localDate(new Date('9999-12-31T23:00:00Z'), 'Asia/Shanghai')).toThrow(RangeError);
    expect(() => localDateTime(new Date('9999-12-31T23:00:00Z'), 'Asia/Shanghai')).toThrow(RangeError);
    expect(() => localDate(new Date(0), 'Asia/Nowhere')).toThrow('unknown time zone');
  });
});

describe('a local day', () => {
  it('begins at its midnight and ends where the next begins', () => {
    expect(startOfLocalDay('2026-03-02', 'Asia/Shanghai')).toEqual(new Date('2026-03-01T16:00:00Z'));
    expect(endOfLocalDay('2026-03-02', 'Asia/Shanghai')).toEqual(new Date('2026-03-02T16:00:00Z'));
  });

  it('has 23 or 25 hours when clocks change, and begins after midnight where they change at midnight', () => {
    const hours = (date: string, zone: string): number =>
      (endOfLocalDay(date, zone).getTime() - startOfLocalDay(date, zone).getTime()) / 3_600_000;
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
    expect(localDateTime(startOfLocalDay('2026-09-06', 'America/Santiago'), 'America/Santiago')).toBe(
      '2026-09-06T01:00:00',
    );
    expect(hours('2011-12-30', 'Pacific/Apia')).toBe(0);
  });

  it('holds exactly the instants whose local date it is', () => {
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const date = localDate(instant, zone);
        expect(startOfLocalDay(date, zone).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(endOfLocalDay(date, zone).getTime()).toBeGreaterThan(instant.getTime());
      }),
    );
  });
});

describe('a date', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '0000-01-01',
    '2026-3-2',
    '20260302',
    '',
    '2026-03-02T00:00',
  ])('is not %j', (text) => {
    expect(isLocalDate(text)).toBe(false);
    expect(() => epochDayOf(text)).toThrow(`not a date YYYY-MM-DD: "${text}"`);
  });

  it('is each day from 0001-01-01 to 9999-12-31', () => {
    expect(['0001-01-01', '2024-02-29', '9999-12-31'].every(isLocalDate)).toBe(true);
    expect(() => addLocalDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addLocalDays('0001-01-01', -1)).toThrow(RangeError);
  });

  it('goes on over the ends of months and years', () => {
    expect(addLocalDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addLocalDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addLocalDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-03-02', '2026-04-01')).toBe(30);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  });

  it('falls on its weekday', () => {
    expect(['2026-03-02', '2026-03-08', '1970-01-01', '1969-12-28', '0001-01-01'].map(weekdayOf)).toEqual([
      1, 7, 4, 7, 1,
    ]);
  });

  it('and its number are two ways to write one day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (epochDay) => {
        expect(epochDayOf(dateOfEpochDay(epochDay))).toBe(epochDay);
      }),
    );
  });
});

describe('a local date and time', () => {
  it.each([
    ['2026-03-02T09:02', 'Asia/Shanghai', '2026-03-02T01:02:00.000Z'],
    ['2026-03-02 09:02:03.5', 'Asia/Shanghai', '2026-03-02T01:02:03.500Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'], // left out: the change itself
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'], // twice: the first
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(parseLocalDateTime(text, zone).toISOString()).toBe(instant);
  });

  it.each([
    '2026-03-02',
    '2026-03-02T24:00',
    '2026-03-02T09:60',
    '2026-02-30T09:00',
    '2026-03-02T09:00Z',
    'now',
  ])('is not %j', (text) => {
    expect(() => parseLocalDateTime(text, 'Asia/Shanghai')).toThrow(RangeError);
  });

  it('is read as it is written', () => {
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const text = localDateTime(instant, zone);
        expect(localDateTime(parseLocalDateTime(text, zone), zone)).toBe(text);
      }),
    );
  });
});
