import { rule } from '@anju/testing';
import { BusinessCalendar } from './calendar';
import { isRefused, refuse } from './decision';
import {
  calendarProblems,
  defaultOfficeCalendar,
  defaultServiceDeskCalendar,
  hotlineCalendar,
  InvalidCalendar,
  isTimeZone,
  type CalendarDefinition,
} from './calendar-definition';

const week = { 1: { from: '09:00', to: '18:00' } };
const zone = 'Asia/Shanghai';

describe('a calendar’s definition', () => {
  it.each([
    ['the desk’s default', defaultServiceDeskCalendar()],
    ['the office’s default', defaultOfficeCalendar('Europe/Berlin', { '2026-03-02': null })],
    ['the hotline’s', hotlineCalendar()],
    ['one open day', { timeZone: zone, weekly: week }],
    ['closed weekdays written out', { timeZone: zone, weekly: { ...week, 7: null } }],
  ])('may be %s, also after a way through JSON', (_what, definition) => {
    expect(calendarProblems(definition)).toEqual([]);
    expect(calendarProblems(JSON.parse(JSON.stringify(definition)))).toEqual([]);
  });

  it.each([
    [null, '', 'NOT_A_CALENDAR'],
    [[], '', 'NOT_A_CALENDAR'],
    ['09:00', '', 'NOT_A_CALENDAR'],
    [{ weekly: week }, 'timeZone', 'UNKNOWN_TIME_ZONE'],
    [{ timeZone: 'Asia/Nowhere', weekly: week }, 'timeZone', 'UNKNOWN_TIME_ZONE'],
    [{ timeZone: '+08:00', weekly: week }, 'timeZone', 'UNKNOWN_TIME_ZONE'],
    [{ timeZone: zone }, 'weekly', 'NOT_A_CALENDAR'],
    [{ timeZone: zone, weekly: { ...week, 8: null } }, 'weekly.8', 'NOT_A_WEEKDAY'],
    [{ timeZone: zone, weekly: { ...week, 0: null } }, 'weekly.0', 'NOT_A_WEEKDAY'],
    [{ timeZone: zone, weekly: { 1: '09:00-18:00' } }, 'weekly.1', 'NOT_OPENING_HOURS'],
    [{ timeZone: zone, weekly: { 1: { ...week[1], lunch: '12:00' } } }, 'weekly.1', 'NOT_OPENING_HOURS'],
    [{ timeZone: zone, weekly: { 1: { from: '9:00', to: '18:00' } } }, 'weekly.1.from', 'NOT_A_TIME'],
    [{ timeZone: zone, weekly: { 1: { from: '24:00', to: '24:00' } } }, 'weekly.1.from', 'NOT_A_TIME'],
    [{ timeZone: zone, weekly: { 1: { from: '09:00', to: '18:60' } } }, 'weekly.1.to', 'NOT_A_TIME'],
    [{ timeZone: zone, weekly: { 1: { from: '09:00', to: '24:01' } } }, 'weekly.1.to', 'NOT_A_TIME'],
    [
      { timeZone: zone, weekly: { 1: { from: '18:00', to: '09:00' } } },
      'weekly.1.to',
      'CLOSES_BEFORE_IT_OPENS',
    ],
    [
      { timeZone: zone, weekly: { 1: { from: '09:00', to: '09:00' } } },
      'weekly.1.to',
      'CLOSES_BEFORE_IT_OPENS',
    ],
    [{ timeZone: zone, weekly: week, exceptions: [] }, 'exceptions', 'NOT_A_CALENDAR'],
    [
      { timeZone: zone, weekly: week, exceptions: { '2026-02-30': null } },
      'exceptions.2026-02-30',
      'NOT_A_DATE',
    ],
    [
      { timeZone: zone, weekly: week, exceptions: { '2026-03-02': { from: '12:00' } } },
      'exceptions.2026-03-02.to',
      'NOT_A_TIME',
    ],
    [{ timeZone: zone, weekly: week, holidays: 'FR' }, 'holidays', 'UNKNOWN_HOLIDAYS'],
    [{ timeZone: zone, weekly: week, holiday: 'CN' }, 'holiday', 'UNKNOWN_FIELD'],
  ])('may not be %j: %s is %s', (definition, path, code) => {
    expect(calendarProblems(definition)).toEqual([expect.objectContaining({ path, code })]);
  });

  it('names every problem at once, and cuts what is long', () => {
    const problems = calendarProblems({
      timeZone: zone,
      weekly: { 1: { from: '18:00', to: '09:00' }, 2: { from: 'x', to: 'y' } },
      exceptions: { ['9'.repeat(10_000)]: null },
    });
    expect(problems.map(({ code }) => code)).toEqual([
      'CLOSES_BEFORE_IT_OPENS',
      'NOT_A_TIME',
      'NOT_A_TIME',
      'NOT_A_DATE',
    ]);
    expect(problems.at(-1)?.path).toHaveLength(60);
  });

  it('has problems that a refusal can carry', () => {
    const refusal = refuse('CALENDAR_NOT_USABLE', { problems: calendarProblems(null) });
    expect(isRefused(refusal) && refusal.refusal.data.problems).toHaveLength(1);
  });

  rule('CAL-01', 'a calendar that never opens is refused, with the reason', () => {
    const never: CalendarDefinition = {
      timeZone: zone,
      weekly: { 1: null },
      exceptions: { '2026-03-02': { from: '09:00', to: '18:00' } },
    };
    expect(() => new BusinessCalendar(never)).toThrow(InvalidCalendar);
    expect(() => BusinessCalendar.of(never)).toThrow('at least one weekday must have opening hours');
  });

  it('knows the time zones that there are', () => {
    expect(['Asia/Shanghai', 'UTC', 'America/St_Johns'].every(isTimeZone)).toBe(true);
    expect(['', 'Asia/Nowhere', '+08:00', 8, null, `Asia/${'x'.repeat(10_000)}`].some(isTimeZone)).toBe(
      false,
    );
  });
});
