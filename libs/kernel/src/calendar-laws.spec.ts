import fc from 'fast-check';
import { rule } from '@anju/testing';
import { BusinessCalendar } from './calendar';
import { defaultOfficeCalendar, defaultServiceDeskCalendar, type OpeningHours } from './calendar-definition';
import type { Weekday } from './local-date';

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const QUARTER = 900_000;
const HOUR = 3_600_000;

/** Instants at quarters of an hour, over holidays, make-up days and changes of clocks. */
const instants = fc
  .integer({ min: Date.UTC(2024, 0, 1) / QUARTER, max: Date.UTC(2028, 0, 1) / QUARTER })
  .map((quarters) => new Date(quarters * QUARTER));

function time(quarters: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(quarters / 4))}:${pad((quarters % 4) * 15)}`;
}

// Between 06:00 and 22:00: hours in which clocks change are examples of their own.
const openingHours: fc.Arbitrary<OpeningHours> = fc
  .tuple(fc.integer({ min: 24, max: 86 }), fc.integer({ min: 1, max: 64 }))
  .map(([from, length]) => ({ from: time(from), to: time(Math.min(88, from + length)) }));

const definitions = fc.oneof(
  fc.constantFrom(...ZONES).map((zone) => defaultOfficeCalendar(zone)),
  fc.constantFrom(...ZONES).map((zone) => defaultServiceDeskCalendar(zone)),
  fc.record({
    timeZone: fc.constantFrom(...ZONES),
    weekly: fc
      .uniqueArray(
        fc.tuple(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), fc.option(openingHours, { freq: 4 })),
        { minLength: 1, selector: ([weekday]) => weekday },
      )
      .filter((days) => days.some(([, hours]) => hours !== null))
      .map((days) => Object.fromEntries(days)),
    exceptions: fc.dictionary(
      fc
        .integer({ min: 0, max: 1_460 })
        .map((day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)),
      fc.option(openingHours),
      { maxKeys: 12 },
    ),
  }),
);

const hours = fc.integer({ min: 0, max: 4 * 90 }).map((quarters) => quarters / 4);
const days = fc.integer({ min: 0, max: 25 });

describe('laws of working time', () => {
  rule(['CAL-02', 'CAL-03'], 'what is received later is never due earlier', () => {
    fc.assert(
      fc.property(definitions, instants, instants, hours, (definition, a, b, amount) => {
        const calendar = new BusinessCalendar(definition);
        const [earlier, later] = a <= b ? [a, b] : [b, a];
        expect(calendar.addWorkingHours(earlier, amount).getTime()).toBeLessThanOrEqual(
          calendar.addWorkingHours(later, amount).getTime(),
        );
      }),
    );
  });

  rule(['CAL-02', 'CAL-03'], 'a due time is inside working time or at a closing', () => {
    fc.assert(
      fc.property(definitions, instants, hours, (definition, received, amount) => {
        const calendar = new BusinessCalendar(definition);
        fc.pre(amount > 0);
        const due = calendar.addWorkingHours(received, amount);
        const justBefore = new Date(due.getTime() - 1);
        expect(calendar.isOpen(justBefore)).toBe(true);
        expect(calendar.isOpen(due) || calendar.closingOf(justBefore)?.getTime() === due.getTime()).toBe(
          true,
        );
      }),
    );
  });

  rule('CAL-02', 'N working days and then M are N + M', () => {
    fc.assert(
      fc.property(definitions, instants, days, days, (definition, received, n, m) => {
        const calendar = new BusinessCalendar(definition);
        expect(calendar.addWorkingDays(calendar.addWorkingDays(received, n), m)).toEqual(
          calendar.addWorkingDays(received, n + m),
        );
      }),
    );
  });

  rule(['CAL-02', 'CAL-03'], 'exactly the amount asked for lies between receipt and due time', () => {
    fc.assert(
      fc.property(definitions, instants, hours, (definition, received, amount) => {
        const calendar = new BusinessCalendar(definition);
        const due = calendar.addWorkingHours(received, amount);
        expect(calendar.workingMillisBetween(received, due)).toBe(amount * HOUR);
        expect(calendar.workingMillisBetween(due, received)).toBe(0 - amount * HOUR);
      }),
    );
  });

  rule(
    'CAL-01',
    'an opening is open, the moment before it is not in those hours, and a closing is closed',
    () => {
      fc.assert(
        fc.property(definitions, instants, (definition, instant) => {
          const calendar = new BusinessCalendar(definition);
          const opening = calendar.nextOpening(instant);
          expect(opening.getTime()).toBeGreaterThanOrEqual(instant.getTime());
          expect(calendar.isOpen(opening)).toBe(true);
          expect(calendar.isOpen(new Date(opening.getTime() - 1))).toBe(false);
          expect(calendar.isOpen(calendar.closingOf(opening)!)).toBe(false);
        }),
      );
    },
  );

  rule(
    ['CAL-02', 'CAL-03'],
    'a stopwatch that runs only while the clock on the wall is inside hours agrees',
    () => {
      fc.assert(
        fc.property(
          definitions,
          instants,
          fc.integer({ min: 1, max: 60 }),
          (definition, received, quarters) => {
            const calendar = new BusinessCalendar(definition);
            const wallClock = new Intl.DateTimeFormat('en-CA', {
              timeZone: calendar.timeZone,
              dateStyle: 'short',
              timeStyle: 'short',
              hourCycle: 'h23',
            });
            let now = received.getTime();
            for (let counted = 0; counted < quarters; now += QUARTER) {
              const [date = '', clock = ''] = wallClock.format(now).split(', ');
              const open = calendar.hoursOn(date);
              if (open && open.from <= clock && clock < open.to) counted++;
            }
            expect(calendar.addWorkingHours(received, quarters / 4)).toEqual(new Date(now));
          },
        ),
      );
    },
  );
});
