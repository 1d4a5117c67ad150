import { defaultProjectCalendars, projectCalendars } from '@anju/kernel';
import { rule } from '@anju/testing';
import { clockStatus } from './clocks';
import {
  acknowledge,
  assign,
  environment,
  pause,
  resolve,
  respond,
  resume,
  Story,
  wall,
} from './complaint-story';
import { complaintMoments, onComplaintDeadline } from './deadlines';
import type { ComplaintEnvironment, ComplaintPolicy } from './policy';
import { recomputeClocks } from './recompute';

const changed = (change: Partial<ComplaintPolicy>): ComplaintEnvironment => ({
  ...environment,
  policy: { ...environment.policy, ...change },
  policyVersion: 3,
});

const definitions = defaultProjectCalendars();
const tuesdayOff: ComplaintEnvironment = {
  ...environment,
  calendars: projectCalendars({
    ...definitions,
    office: { ...definitions.office, exceptions: { '2026-03-03': null } },
  }),
  calendarVersion: 5,
};

describe('another policy or calendar', () => {
  rule(
    ['CMP-05', 'CAL-01'],
    'a day that is closed puts off what was due on it, and tells from when to when',
    () => {
      const { state } = new Story();
      const done = recomputeClocks(state, tuesdayOff, wall('2026-03-02 12:00'));
      expect(done.state.clocks).toMatchObject([
        {
          dueAt: wall('2026-03-04 10:00'),
          warnAt: wall('2026-03-02 17:00'),
          calendarVersion: 5,
          policyVersion: 0,
        },
      ]);
      expect(done.facts).toMatchObject([
        {
          type: 'ComplaintClocksRecomputed',
          at: wall('2026-03-02 12:00'),
          calendarVersion: 5,
          changes: [
            {
              clock: 'RESPONSE',
              sequence: 1,
              fromDueAt: wall('2026-03-03 10:00'),
              toDueAt: wall('2026-03-04 10:00'),
              fromCalendarVersion: 0,
            },
          ],
        },
      ]);
      expect(recomputeClocks(done.state, tuesdayOff, wall('2026-03-02 13:00'))).toEqual({
        outcome: 'accepted',
        state: done.state,
        facts: [],
      });
    },
  );

  rule(['CMP-03', 'CMP-05'], 'what would be due in the past is due now, and missed now', () => {
    const at = wall('2026-03-04 11:00');
    const { state } = new Story(undefined, changed({ responseWorkingDays: 3 })).until(at);
    const { state: now } = recomputeClocks(state, { ...environment, policyVersion: 4 }, at);
    expect(now.clocks).toMatchObject([{ dueAt: at, missedAt: null, policyVersion: 4 }]);
    const missed = onComplaintDeadline(now, 'RESPONSE', at, environment);
    expect(missed.state.clocks.map(clockStatus)).toEqual(['MISSED']);
    expect(missed.facts).toMatchObject([{ type: 'ComplaintClockMissed', at, dueAt: at }]);
  });

  rule(['CMP-03', 'CMP-05'], 'of what is due at once nobody is warned', () => {
    const at = wall('2026-03-04 11:00');
    const { state } = new Story(undefined, changed({ responseWorkingDays: 5 })).until(at);
    const strict = changed({ responseWorkingDays: 1, hotAfterDays: 1 });
    const done = recomputeClocks(state, strict, at).state;
    expect(done.clocks[0]).toMatchObject({ dueAt: at, warnAt: null });
    expect(done.ageing).toMatchObject({ becomesHotAt: at, hotWarnAt: null });
    expect(complaintMoments(done)[0]).toEqual({ kind: 'RESPONSE', dueAt: at });
    expect(done.ageing.becomesMajorAt).toEqual(state.ageing.becomesMajorAt);
  });

  rule('CMP-03', 'the ages follow: hot after three days, at once where they are over', () => {
    const at = wall('2026-03-06 10:00');
    const { state } = new Story().until(at);
    const hotSoon = changed({ hotAfterDays: 3, majorAfterMonths: 2 });
    const done = recomputeClocks(state, hotSoon, at);
    expect(done.state.ageing).toMatchObject({
      becomesHotAt: at,
      becomesMajorAt: wall('2026-05-02 10:00'),
      majorWarnAt: wall('2026-04-29 10:00'),
      policyVersion: 3,
    });
    expect(done.facts).toMatchObject([
      {
        changes: [
          { clock: 'BECOMES_HOT', sequence: null, fromDueAt: wall('2026-03-09 10:00'), toDueAt: at },
          { clock: 'BECOMES_MAJOR', toDueAt: wall('2026-05-02 10:00') },
        ],
      },
    ]);
    expect(complaintMoments(done.state).map(({ kind, dueAt }) => [kind, dueAt])).toContainEqual([
      'BECOMES_HOT',
      at,
    ]);
    expect(onComplaintDeadline(done.state, 'BECOMES_HOT', at, hotSoon).state.severity).toBe('HOT');
  });

  rule('CMP-05', 'a paused duty keeps what the new rule leaves of it; its pauses never count', () => {
    const twoDays = changed({ responseWorkingDays: 2 });
    const at = wall('2026-03-03 12:00');
    const story = new Story().at('2026-03-02 11:00', acknowledge, assign).at('2026-03-02 16:00', pause());
    const { state } = recomputeClocks(story.until(at).state, twoDays, at);
    // Two working days are 18 hours; six of them were gone.
    expect(state.clocks).toMatchObject([{ leftMillis: 12 * 3_600_000, policyVersion: 3 }]);
    const resumed = resume(state, wall('2026-03-04 09:00'), twoDays);
    expect(resumed).toMatchObject({ state: { clocks: [{ dueAt: wall('2026-03-05 12:00') }] } });

    const after = new Story()
      .at('2026-03-02 11:00', acknowledge, assign)
      .at('2026-03-02 16:00', pause())
      .at('2026-03-04 09:00', resume).state;
    expect(recomputeClocks(after, twoDays, wall('2026-03-04 10:00')).state.clocks).toMatchObject([
      { dueAt: wall('2026-03-05 12:00') },
    ]);
  });

  rule('CMP-05', 'what is met, missed or resolved stays as it was, with the version that it had', () => {
    const later = changed({ responseWorkingDays: 5, returnVisitDays: 3 });
    const met = new Story().at('2026-03-02 11:00', acknowledge, assign, respond, resolve).state;
    expect(recomputeClocks(met, later, wall('2026-03-02 12:00')).state).toBe(met);
    const missed = new Story().until('2026-03-03 10:00').state;
    expect(recomputeClocks(missed, later, wall('2026-03-03 11:00')).state).toBe(missed);
  });

  rule('CMP-07', 'another warning time moves the warning and tells nobody', () => {
    const warningHours = { ...environment.policy.warningHours, RESPONSE: 4 };
    const at = wall('2026-03-02 11:00');
    const done = recomputeClocks(new Story().state, changed({ warningHours }), at);
    expect(done.facts).toEqual([]);
    expect(done.state.clocks).toMatchObject([{ warnAt: wall('2026-03-02 15:00') }]);
    const late = recomputeClocks(new Story().state, changed({ warningHours }), wall('2026-03-02 16:00'));
    expect(late.state.clocks).toMatchObject([{ warnAt: wall('2026-03-02 16:00') }]);
  });
});
