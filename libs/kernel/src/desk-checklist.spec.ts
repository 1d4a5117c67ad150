import { rule } from '@anju/testing';
import { BusinessCalendar } from './calendar';
import { defaultServiceDeskCalendar } from './calendar-definition';
import { deskChecklist } from './desk-checklist';
import { hotlineAnsweredBy } from './hotline';

const short = { '2026-03-03': { from: '10:00', to: '16:00' }, '2026-03-04': null };
const desk = new BusinessCalendar(defaultServiceDeskCalendar('Asia/Shanghai', short));

describe('what the desk checks', () => {
  rule.each([
    { on: '2026-03-02', closing: '2026-03-02T18:00:00+08:00' },
    { on: '2026-03-03', closing: '2026-03-03T16:00:00+08:00' },
  ])(
    'CAL-05',
    'at closing, $closing, that the phone is forwarded to the control centre',
    ({ on, closing }) => {
      const { dueAt, items } = deskChecklist('CLOSING', on, desk, 5);
      expect(dueAt).toEqual(new Date(closing));
      expect(items).toContain('PHONE_FORWARDED_TO_CONTROL_CENTRE');
      expect(hotlineAnsweredBy(dueAt!, desk)).toBe('CONTROL_CENTRE');
    },
  );

  rule('CAL-05', 'five minutes before opening, that the phone is back at the desk', () => {
    const { dueAt, items } = deskChecklist('OPENING', '2026-03-02', desk, 5);
    expect(dueAt).toEqual(new Date('2026-03-02T08:55:00+08:00'));
    expect(items).toEqual(['COMPUTER_ON', 'PHONE_BACK_AT_DESK', 'RADIOS_READY']);
  });

  rule('CAL-05', 'nothing on a day on which it is closed: the phone stays with the control centre', () => {
    expect(deskChecklist('CLOSING', '2026-03-04', desk, 5)).toEqual({ dueAt: null, items: [] });
  });
});
