import fc from 'fast-check';
import { TimeZone } from './time-zone';

const DAY = 86_400_000;
const NAMES = [
  'Asia/Shanghai',
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Africa/Monrovia',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Antarctica/Troll',
];
const names = fc.constantFrom(...NAMES);
const instants = fc.oneof(
  fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
  fc.integer({ min: Date.UTC(1880, 0, 1), max: Date.UTC(2400, 0, 1) }),
);

/** The wall clock as `Intl` shows it in full, as the milliseconds that UTC would show it at. */
function shownByIntl(millis: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(millis);
  const part = (type: string): number => Number(parts.find((entry) => entry.type === type)?.value);
  const seconds = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return seconds + (((millis % 1_000) + 1_000) % 1_000);
}

describe('a time zone', () => {
  it('shows the time that Intl shows', () => {
    fc.assert(
      fc.property(names, instants, (name, millis) => {
        expect(TimeZone.named(name).localMillis(millis)).toBe(shownByIntl(millis, name));
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows the time that Intl shows on either side of every change of clocks', () => {
    for (const name of NAMES) {
      const zone = TimeZone.named(name);
      for (let day = Date.UTC(2010, 0, 1); day < Date.UTC(2013, 0, 1); day += DAY) {
        if (zone.offsetAt(day) === zone.offsetAt(day + DAY)) continue;
        for (let millis = day; millis <= day + DAY; millis += 900_000) {
          expect(zone.localMillis(millis)).toBe(shownByIntl(millis, name));
          expect(zone.localMillis(millis - 1)).toBe(shownByIntl(millis - 1, name));
        }
      }
    }
  });

  it('finds the first instant that shows a time or a later one', () => {
    fc.assert(
      fc.property(names, instants, (name, local) => {
        const zone = TimeZone.named(name);
        const instant = zone.instantOf(local);
        expect(zone.localMillis(instant)).toBeGreaterThanOrEqual(local);
        expect(zone.localMillis(instant - 1)).toBeLessThan(local);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds an instant again by what it shows, except the second of two that show the same', () => {
    fc.assert(
      fc.property(names, instants, (name, millis) => {
        const zone = TimeZone.named(name);
        const found = zone.instantOf(zone.localMillis(millis));
        expect(found).toBeLessThanOrEqual(millis);
        if (found < millis) expect(zone.offsetAt(found)).toBeGreaterThan(zone.offsetAt(millis));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same object for the same name, and none for a name that there is not', () => {
    expect(TimeZone.named('Asia/Shanghai')).toBe(TimeZone.named('Asia/Shanghai'));
    for (const name of ['', 'Asia/Nowhere', '+08:00', '08:00', "'; drop table"]) {
      expect(() => TimeZone.named(name)).toThrow(`unknown time zone "${name}"`);
    }
  });
});
