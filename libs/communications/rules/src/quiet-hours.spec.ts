import fc from 'fast-check';
import { addMinutes } from '@anju/kernel';
import { at, rule } from '@anju/testing';
import { isQuiet, sendableFrom } from './quiet-hours';
import { environment, policy } from './spec-support';

const at24 = (quietHours: { from: string; to: string }, timeZone = 'Asia/Shanghai') => ({
  policy: { ...policy, quietHours },
  timeZone,
});

describe('quiet hours', () => {
  rule.each([
    { due: '2026-03-02 20:59', goes: '2026-03-02 20:59' },
    { due: '2026-03-02 21:00', goes: '2026-03-03 08:00' },
    { due: '2026-03-02 23:59', goes: '2026-03-03 08:00' },
    { due: '2026-03-03 00:00', goes: '2026-03-03 08:00' },
    { due: '2026-03-03 07:59', goes: '2026-03-03 08:00' },
    { due: '2026-03-03 08:00', goes: '2026-03-03 08:00' },
    { due: '2026-02-28 22:00', goes: '2026-03-01 08:00' },
    { due: '2026-12-31 22:00', goes: '2027-01-01 08:00' },
  ])('COM-05', 'what is due at $due goes at $goes', ({ due, goes }) => {
    expect(sendableFrom(at(due), environment)).toEqual(at(goes));
  });

  rule('COM-05', 'they are by the clock of the project', () => {
    const due = at('2026-03-02 12:00');
    expect(sendableFrom(due, environment)).toEqual(due);
    // 04:00 in London, where it is quiet until 08:00.
    expect(sendableFrom(due, { ...environment, timeZone: 'Europe/London' })).toEqual(at('2026-03-02 16:00'));
  });

  rule('COM-05', 'they may lie within a day, or not be at all', () => {
    const noon = at24({ from: '12:00', to: '14:00' });
    expect(sendableFrom(at('2026-03-02 12:30'), noon)).toEqual(at('2026-03-02 14:00'));
    expect(sendableFrom(at('2026-03-02 22:00'), noon)).toEqual(at('2026-03-02 22:00'));
    const none = at24({ from: '00:00', to: '00:00' });
    expect(sendableFrom(at('2026-03-02 03:00'), none)).toEqual(at('2026-03-02 03:00'));
  });

  rule(
    'COM-05',
    'whenever a message is due, it goes at that time or later, within a day, and never while it is quiet',
    () => {
      const minute = fc.integer({ min: 0, max: 23 * 60 + 59 });
      const clock = (minutes: number) =>
        `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      fc.assert(
        fc.property(minute, minute, fc.nat(525_600), (from, to, minutes) => {
          const quiet = at24({ from: clock(from), to: clock(to) });
          const due = addMinutes(at('2026-01-01 00:00'), minutes);
          const goes = sendableFrom(due, quiet);
          expect(isQuiet(goes, quiet)).toBe(false);
          expect(+goes - +due).toBeGreaterThanOrEqual(0);
          expect(+goes - +due).toBeLessThan(24 * 3_600_000);
          expect(sendableFrom(goes, quiet)).toEqual(goes);
        }),
      );
    },
  );
});
