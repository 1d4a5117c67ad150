import { rule } from '@anju/testing';
import { BusinessCalendar } from './calendar';
import { defaultServiceDeskCalendar, hotlineCalendar } from './calendar-definition';
import { hotlineAnsweredBy } from './hotline';

const desk = new BusinessCalendar(defaultServiceDeskCalendar());
const hotline = new BusinessCalendar(hotlineCalendar());

describe('the hotline', () => {
  rule.each([
    { when: '2026-03-02T08:59:59+08:00', by: 'CONTROL_CENTRE' },
    { when: '2026-03-02T09:00:00+08:00', by: 'SERVICE_DESK' },
    { when: '2026-03-02T17:59:59+08:00', by: 'SERVICE_DESK' },
    { when: '2026-03-02T18:00:00+08:00', by: 'CONTROL_CENTRE' },
    { when: '2026-03-03T00:00:00+08:00', by: 'CONTROL_CENTRE' },
    { when: '2026-03-08T12:00:00+08:00', by: 'SERVICE_DESK' },
  ])('CAL-05', 'is answered at $when, by $by', ({ when, by }) => {
    expect(hotline.isOpen(new Date(when))).toBe(true);
    expect(hotlineAnsweredBy(new Date(when), desk)).toBe(by);
  });

  rule('CAL-05', 'a day on which the desk is closed is the control centre’s', () => {
    const closedOnMonday = new BusinessCalendar(
      defaultServiceDeskCalendar('Asia/Shanghai', { '2026-03-02': null }),
    );
    expect(hotlineAnsweredBy(new Date('2026-03-02T12:00:00+08:00'), closedOnMonday)).toBe('CONTROL_CENTRE');
  });

  rule('CAL-05', 'the hotline’s own time is elapsed time', () => {
    const at = new Date('2026-03-02T20:15:00+08:00');
    expect(hotline.addWorkingHours(at, 30)).toEqual(new Date('2026-03-04T02:15:00+08:00'));
  });
});
