import { rule } from '@anju/testing';
import { BusinessCalendar, projectCalendars } from './calendar';
import {
  defaultOfficeCalendar,
  defaultProjectCalendars,
  defaultServiceDeskCalendar,
  hotlineCalendar,
} from './calendar-definition';
import { localDateTime, parseLocalDateTime } from './local-date';

const office = new BusinessCalendar(defaultOfficeCalendar());
const desk = new BusinessCalendar(defaultServiceDeskCalendar());

/** `2026-03-02 15:00` on the wall in Shanghai. */
function at(text: string): Date {
  return parseLocalDateTime(text, 'Asia/Shanghai');
}

function shown(instant: Date | null): string | null {
  return instant && localDateTime(instant, 'Asia/Shanghai').slice(0, 16).replace('T', ' ');
}

describe('the two calendars of a project', () => {
  rule.each([
    { when: '2026-03-02 12:00', what: 'a Monday' },
    { when: '2026-03-07 12:00', what: 'a Saturday' },
    { when: '2026-03-08 12:00', what: 'a Sunday' },
    { when: '2026-02-17 12:00', what: 'New Year’s Day of the lunar calendar' },
    { when: '2026-10-01 12:00', what: 'the National Day' },
  ])('CAL-01', 'the service desk is open on $what', ({ when }) => {
    expect(desk.isOpen(at(when))).toBe(true);
  });

  rule.each([
    { when: '2026-03-02 08:59:59.999', open: false },
    { when: '2026-03-02 09:00', open: true },
    { when: '2026-03-02 17:59:59.999', open: true },
    { when: '2026-03-02 18:00', open: false },
  ])(
    'CAL-01',
    'hours are 09:00 to 18:00, closed at 18:00 itself: at $when open is $open',
    ({ when, open }) => {
      expect([desk.isOpen(at(when)), office.isOpen(at(when))]).toEqual([open, open]);
    },
  );

  rule('CAL-01', 'the office works Monday to Friday', () => {
    const noons = ['02', '03', '04', '05', '06', '07', '08'].map((day) => at(`2026-03-${day} 12:00`));
    expect(noons.map((noon) => office.isOpen(noon))).toEqual([true, true, true, true, true, false, false]);
  });

  rule.each([
    '2026-01-01',
    '2026-02-16',
    '2026-02-23',
    '2026-04-06',
    '2026-05-05',
    '2026-06-19',
    '2026-10-07',
  ])('CAL-01', 'the office rests on the statutory holiday %s', (date) => {
    expect(office.hoursOn(date)).toBeNull();
    expect(office.isOpen(at(`${date} 12:00`))).toBe(false);
  });

  rule.each(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'])(
    'CAL-01',
    'the office works the make-up weekend day %s',
    (date) => {
      expect(office.hoursOn(date)).toEqual({ from: '09:00', to: '18:00' });
      expect(office.isOpen(at(`${date} 12:00`))).toBe(true);
    },
  );

  rule('CAL-01', 'a year whose holidays are not published yet has none', () => {
    expect(office.hoursOn('2090-10-02')).toEqual({ from: '09:00', to: '18:00' });
    expect(office.hoursOn('2090-10-01')).toBeNull(); // a Sunday
  });

  rule('CAL-01', 'a project’s exceptions go before holidays, make-up days and the week', () => {
    const own = new BusinessCalendar(
      defaultOfficeCalendar('Asia/Shanghai', {
        '2026-02-14': null,
        '2026-02-16': { from: '10:00', to: '12:00' },
        '2026-03-02': { from: '09:00', to: '12:00' },
        '2026-03-07': { from: '09:00', to: '18:00' },
        '2026-03-09': null,
      }),
    );
    expect(own.hoursOn('2026-02-14')).toBeNull();
    expect(own.isOpen(at('2026-02-16 11:00'))).toBe(true);
    expect(own.isOpen(at('2026-03-02 12:00'))).toBe(false);
    expect(shown(own.addWorkingDays(at('2026-03-06 17:00'), 1))).toBe('2026-03-07 17:00');
    expect(shown(own.addWorkingDays(at('2026-03-07 17:00'), 1))).toBe('2026-03-10 17:00');
  });

  rule('CAL-01', 'a project can have hours of its own', () => {
    const own = new BusinessCalendar({
      timeZone: 'Asia/Shanghai',
      weekly: { 1: { from: '08:30', to: '17:30' }, 3: { from: '08:30', to: '17:30' } },
    });
    expect(own.isOpen(at('2026-03-02 08:30'))).toBe(true);
    expect(own.isOpen(at('2026-03-03 12:00'))).toBe(false);
    expect(shown(own.addWorkingDays(at('2026-03-02 15:00'), 1))).toBe('2026-03-04 15:00');
  });

  rule('CAL-01', 'a project elsewhere keeps its own local hours', () => {
    const urumqi = new BusinessCalendar(defaultServiceDeskCalendar('Asia/Urumqi'));
    expect(urumqi.isOpen(new Date('2026-03-02T11:30:00Z'))).toBe(true); // 17:30 there, 19:30 in Shanghai
    expect(urumqi.isOpen(new Date('2026-03-02T02:30:00Z'))).toBe(false);
  });

  rule('CAL-01', 'the defaults are a desk that never rests and an office with China’s holidays', () => {
    const { serviceDesk, office: offices } = projectCalendars(defaultProjectCalendars());
    expect(serviceDesk.isOpen(at('2026-02-17 12:00'))).toBe(true);
    expect(offices.isOpen(at('2026-02-17 12:00'))).toBe(false);
  });

  it('gives the same calendar for equal definitions', () => {
    expect(BusinessCalendar.of(defaultOfficeCalendar())).toBe(BusinessCalendar.of(defaultOfficeCalendar()));
    expect(BusinessCalendar.of(defaultServiceDeskCalendar())).not.toBe(
      BusinessCalendar.of(defaultOfficeCalendar()),
    );
  });

  it('forgets the calendars that were not used for longest', () => {
    const nth = (number: number) =>
      defaultServiceDeskCalendar('Asia/Shanghai', { [`${3000 + number}-01-01`]: null });
    const [used, unused] = [BusinessCalendar.of(nth(0)), BusinessCalendar.of(nth(1))];
    for (let number = 2; number < 600; number++) {
      BusinessCalendar.of(nth(number));
      BusinessCalendar.of(nth(0));
    }
    expect(BusinessCalendar.of(nth(0))).toBe(used);
    expect(BusinessCalendar.of(nth(1))).not.toBe(unused);
  });

  it('keeps the definition as it was when the calendar was made', () => {
    const exceptions: Record<string, null> = {};
    const calendar = new BusinessCalendar(defaultServiceDeskCalendar('Asia/Shanghai', exceptions));
    exceptions['2026-03-02'] = null;
    expect(calendar.isOpen(at('2026-03-02 12:00'))).toBe(true);
    expect(JSON.parse(JSON.stringify(calendar.definition))).toEqual(defaultServiceDeskCalendar());
  });
});

describe('opening and closing', () => {
  rule.each([
    { when: '2026-03-02 09:00', closing: '2026-03-02 18:00', opening: '2026-03-02 09:00' },
    { when: '2026-03-02 12:00', closing: '2026-03-02 18:00', opening: '2026-03-03 09:00' },
    { when: '2026-03-06 18:00', closing: null, opening: '2026-03-09 09:00' },
    { when: '2026-03-07 11:00', closing: null, opening: '2026-03-09 09:00' },
    { when: '2026-02-14 20:00', closing: null, opening: '2026-02-24 09:00' },
    { when: '2026-03-02 03:00', closing: null, opening: '2026-03-02 09:00' },
  ])('CAL-01', 'at $when the office closes at $closing and opens next at $opening', (row) => {
    expect(shown(office.closingOf(at(row.when)))).toBe(row.closing);
    expect(shown(office.nextOpening(at(row.when)))).toBe(row.opening);
  });
});

describe('working days', () => {
  rule.each([
    { from: '2026-03-02 15:00', days: 1, due: '2026-03-03 15:00', why: 'the same time on the next day' },
    { from: '2026-03-07 11:00', days: 1, due: '2026-03-09 18:00', why: 'received on a Saturday' },
    { from: '2026-03-06 17:00', days: 1, due: '2026-03-09 17:00', why: 'over a weekend' },
    { from: '2026-02-13 17:00', days: 1, due: '2026-02-14 17:00', why: 'the Saturday is a make-up day' },
    { from: '2026-02-14 16:30', days: 1, due: '2026-02-24 16:30', why: 'over the Spring Festival' },
    { from: '2026-04-30 10:00', days: 2, due: '2026-05-07 10:00', why: 'over Labour Day' },
    { from: '2026-05-08 17:00', days: 1, due: '2026-05-09 17:00', why: 'Labour Day’s make-up Saturday' },
    { from: '2026-04-03 15:00', days: 1, due: '2026-04-07 15:00', why: 'over Tomb-Sweeping Day' },
    {
      from: '2026-09-30 17:00',
      days: 3,
      due: '2026-10-10 17:00',
      why: 'over National Day into its make-up day',
    },
    { from: '2026-03-02 09:00', days: 1, due: '2026-03-02 18:00', why: 'received at opening' },
    { from: '2026-03-02 03:00', days: 1, due: '2026-03-02 18:00', why: 'received before opening' },
    { from: '2026-03-02 18:00', days: 1, due: '2026-03-03 18:00', why: 'received exactly at closing' },
    { from: '2026-03-06 18:00', days: 1, due: '2026-03-09 18:00', why: 'received at closing on a Friday' },
    { from: '2026-03-02 23:30', days: 1, due: '2026-03-03 18:00', why: 'received at night' },
    { from: '2026-03-02 15:00', days: 5, due: '2026-03-09 15:00', why: 'a week of them' },
    { from: '2026-03-02 15:00', days: 0.5, due: '2026-03-03 10:30', why: 'half of one' },
    { from: '2090-03-06 17:00', days: 1, due: '2090-03-07 17:00', why: 'far in the future' },
    { from: '2029-09-28 17:00', days: 2, due: '2029-10-02 17:00', why: 'a year without published holidays' },
  ])('CAL-02', '$days working day(s) from $from end $due: $why', ({ from, days, due }) => {
    expect(shown(office.addWorkingDays(at(from), days))).toBe(due);
  });

  rule(
    'CAL-02',
    'received a millisecond before closing, one working day ends a millisecond before closing',
    () => {
      expect(office.addWorkingDays(at('2026-03-02 17:59:59.999'), 1)).toEqual(at('2026-03-03 17:59:59.999'));
    },
  );

  rule('CAL-02', 'no working days are due at once, also outside hours', () => {
    expect(office.addWorkingDays(at('2026-03-07 11:00'), 0)).toEqual(at('2026-03-07 11:00'));
  });

  rule('CAL-02', 'where days differ in length, a working day is the length that most days have', () => {
    const nineToSix = { from: '09:00', to: '18:00' };
    const shortSaturdays = new BusinessCalendar({
      timeZone: 'Asia/Shanghai',
      weekly: {
        1: nineToSix,
        2: nineToSix,
        3: nineToSix,
        4: nineToSix,
        5: nineToSix,
        6: { from: '09:00', to: '13:00' },
      },
      holidays: 'CN',
    });
    expect(shortSaturdays.standardDayHours).toBe(9);
    expect(shown(shortSaturdays.addWorkingDays(at('2026-03-06 15:00'), 1))).toBe('2026-03-09 11:00');
    // A make-up Saturday stands for a full day.
    expect(shown(shortSaturdays.addWorkingDays(at('2026-05-08 17:00'), 1))).toBe('2026-05-09 17:00');
  });

  it('takes the longest of equally frequent hours, and of equally long ones the earliest in the week', () => {
    const even = new BusinessCalendar({
      timeZone: 'Asia/Shanghai',
      weekly: {
        2: { from: '09:00', to: '12:00' },
        4: { from: '10:00', to: '18:00' },
        6: { from: '09:00', to: '17:00' },
      },
    });
    expect(even.standardHours).toEqual({ from: '10:00', to: '18:00' });
  });
});

describe('working hours', () => {
  rule.each([
    { from: '2026-03-02 16:00', hours: 4, due: '2026-03-03 11:00' },
    { from: '2026-03-02 20:15', hours: 4, due: '2026-03-03 13:00' },
    { from: '2026-03-07 11:00', hours: 4, due: '2026-03-07 15:00' },
    { from: '2026-03-07 20:00', hours: 4, due: '2026-03-08 13:00' },
    { from: '2026-03-02 14:00', hours: 4, due: '2026-03-02 18:00' },
    { from: '2026-03-02 18:00', hours: 4, due: '2026-03-03 13:00' },
    { from: '2026-02-16 17:30', hours: 1.5, due: '2026-02-17 10:00' },
  ])('CAL-03', '$hours hours of the desk’s time from $from end $due', ({ from, hours, due }) => {
    expect(shown(desk.addWorkingHours(at(from), hours))).toBe(due);
  });
});

describe('working time between two instants', () => {
  it.each([
    { from: '2026-03-02 15:00', to: '2026-03-03 15:00', hours: 9 },
    { from: '2026-03-06 17:00', to: '2026-03-09 09:30', hours: 1.5 },
    { from: '2026-03-07 10:00', to: '2026-03-08 20:00', hours: 0 },
    { from: '2026-02-13 09:00', to: '2026-02-24 09:00', hours: 18 },
    { from: '2026-03-03 15:00', to: '2026-03-02 15:00', hours: -9 },
  ])('from $from to $to are $hours hours', ({ from, to, hours }) => {
    expect(office.workingMillisBetween(at(from), at(to)) / 3_600_000).toBe(hours);
  });
});

describe('when clocks change', () => {
  const nightly = new BusinessCalendar({
    timeZone: 'Europe/Berlin',
    weekly: { 6: { from: '00:00', to: '24:00' }, 7: { from: '01:00', to: '04:00' } },
  });

  it('counts the hours that there really are', () => {
    const winter = new Date('2026-03-29T00:00:00Z'); // 01:00, clocks go from 02:00 to 03:00
    expect(nightly.isOpen(winter)).toBe(true);
    expect(nightly.closingOf(winter)).toEqual(new Date('2026-03-29T02:00:00Z'));
    const autumn = new Date('2026-10-24T23:00:00Z'); // 01:00, clocks go from 03:00 back to 02:00
    expect(nightly.closingOf(autumn)).toEqual(new Date('2026-10-25T03:00:00Z'));
  });

  it('keeps local hours on either side', () => {
    const berlin = new BusinessCalendar(defaultServiceDeskCalendar('Europe/Berlin'));
    expect(berlin.addWorkingDays(new Date('2026-03-28T14:00:00Z'), 1)).toEqual(
      new Date('2026-03-29T13:00:00Z'),
    );
  });

  it('closes for a day that hours leave out', () => {
    const early = new BusinessCalendar({
      timeZone: 'Europe/Berlin',
      weekly: { 7: { from: '02:00', to: '03:00' } },
    });
    expect(early.nextOpening(new Date('2026-03-28T00:00:00Z'))).toEqual(new Date('2026-04-05T00:00:00Z'));
  });

  it('skips a day that a place skipped', () => {
    // Samoa went over the date line: there was no 30 December 2011.
    const apia = new BusinessCalendar(defaultServiceDeskCalendar('Pacific/Apia'));
    const thursdayAtFour = new Date('2011-12-30T02:00:00Z');
    expect(localDateTime(thursdayAtFour, 'Pacific/Apia')).toBe('2011-12-29T16:00:00');
    expect(localDateTime(apia.addWorkingDays(thursdayAtFour, 1), 'Pacific/Apia')).toBe('2011-12-31T16:00:00');
  });

  it('is never in doubt where clocks went back over midnight', () => {
    // Newfoundland put 00:01 back to 23:01 of the day before.
    const always = new BusinessCalendar(hotlineCalendar('America/St_Johns'));
    const midnight = Date.parse('2010-11-07T02:30:00Z');
    for (let minute = -90; minute <= 90; minute++) {
      expect(always.isOpen(new Date(midnight + minute * 60_000))).toBe(true);
    }
    const span = [new Date(midnight - 5_400_000), new Date(midnight + 1_800_000)] as const;
    expect(always.workingMillisBetween(...span)).toBe(7_200_000);
  });
});

describe('what a calendar cannot answer', () => {
  it.each([-1, -0.001, Number.NaN, Number.POSITIVE_INFINITY, 100_001])('refuses %d hours', (hours) => {
    expect(() => desk.addWorkingHours(at('2026-03-02 15:00'), hours)).toThrow(RangeError);
  });

  it('refuses an instant that is none, or beyond the year 9999', () => {
    const beyond = new Date('+010000-01-01T00:00:00Z');
    for (const wrong of [new Date(Number.NaN), beyond]) {
      expect(() => desk.addWorkingDays(wrong, 1)).toThrow(RangeError);
      expect(() => desk.isOpen(wrong)).toThrow(RangeError);
      expect(() => desk.nextOpening(wrong)).toThrow(RangeError);
      expect(() => desk.workingMillisBetween(wrong, wrong)).toThrow(RangeError);
    }
  });

  it('refuses to run past the year 9999', () => {
    expect(() => desk.addWorkingDays(at('9999-12-31 17:00'), 2)).toThrow(RangeError);
    expect(shown(desk.addWorkingDays(at('9999-12-30 17:00'), 1))).toBe('9999-12-31 17:00');
  });

  it('refuses to measure a span of centuries', () => {
    expect(() => desk.workingMillisBetween(at('2026-03-02 15:00'), at('9999-01-01 00:00'))).toThrow(
      RangeError,
    );
  });
});
