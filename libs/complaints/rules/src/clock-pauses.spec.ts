import { rule } from '@anju/testing';
import { clockStatus } from './clocks';
import {
  acknowledge,
  aReceipt,
  assign,
  environment,
  pause,
  promiseCall,
  resolve,
  respond,
  resume,
  Story,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import { pauseComplaintClocks, resumeComplaintClocks } from './clock-pauses';
import { complaintMoments } from './deadlines';

const handled = () => new Story().at('2026-03-02 11:00', acknowledge, assign);

describe('waiting for the customer', () => {
  rule(
    ['CMP-05', 'CAL-02'],
    'what is left of the working day goes on in office hours, pause after pause',
    () => {
      const story = handled().at('2026-03-02 16:00', pause());
      expect(story.clocks('RESPONSE')).toMatchObject([
        { leftMillis: 3 * 3_600_000, pauses: [{ reason: 'The customer is abroad.', resumedAt: null }] },
      ]);
      // An hour of Wednesday, two of Thursday.
      story.at('2026-03-04 17:00', resume);
      expect(story.clocks('RESPONSE')).toMatchObject([{ dueAt: wall('2026-03-05 11:00'), leftMillis: null }]);
      // An hour is left: half of it on Friday, half on Monday.
      story.at('2026-03-05 10:00', pause()).at('2026-03-06 17:30', resume);
      expect(story.clocks('RESPONSE')).toMatchObject([
        {
          dueAt: wall('2026-03-09 09:30'),
          pauses: [
            { pausedAt: wall('2026-03-02 16:00'), resumedAt: wall('2026-03-04 17:00') },
            { pausedAt: wall('2026-03-05 10:00'), resumedAt: wall('2026-03-06 17:30') },
          ],
        },
      ]);
      expect(story.factsOf('ComplaintClockPaused')).toMatchObject([
        { leftMinutes: 180 },
        { leftMinutes: 60 },
      ]);
      expect(story.factsOf('ComplaintClockResumed')).toMatchObject([
        { pausedAt: wall('2026-03-02 16:00'), dueAt: wall('2026-03-05 11:00') },
        { pausedAt: wall('2026-03-05 10:00'), dueAt: wall('2026-03-09 09:30') },
      ]);
      story.until('2026-03-09 09:30');
      expect(story.factsOf('ComplaintClockMissed')).toMatchObject([
        { clock: 'RESPONSE', at: wall('2026-03-09 09:30') },
      ]);
    },
  );

  rule(['CMP-07', 'CAL-03'], 'a reply goes on in desk hours', () => {
    const story = new Story(aReceipt({ channel: 'WEB', receivedAt: wall('2026-03-07 11:00') }))
      .at('2026-03-07 13:00', pause('REPLY'))
      .at('2026-03-07 17:00', resume);
    expect(story.clocks('REPLY')).toMatchObject([{ dueAt: wall('2026-03-08 10:00') }]);
    expect(story.clocks('MEASURES')).toMatchObject([{ dueAt: wall('2026-03-07 18:00'), pauses: [] }]);
  });

  rule(['CMP-06', 'CAL-04'], 'a promised call goes on in elapsed hours', () => {
    const story = handled()
      .at('2026-03-02 12:00', promiseCall)
      .at('2026-03-03 12:00', pause('CALLBACK'))
      .at('2026-03-07 00:00', resume);
    expect(story.clocks('CALLBACK')).toMatchObject([{ dueAt: wall('2026-03-08 00:00') }]);
  });

  rule('CMP-05', 'the warning is put off with the duty; the one that was given stays', () => {
    const before = handled().at('2026-03-02 16:30', pause()).at('2026-03-04 09:00', resume);
    expect(before.clocks('RESPONSE')).toMatchObject([
      { warnAt: wall('2026-03-04 09:30'), dueAt: wall('2026-03-04 11:30'), warnedAt: null },
    ]);
    const after = handled().at('2026-03-02 17:30', pause()).at('2026-03-04 09:00', resume);
    expect(after.clocks('RESPONSE')).toMatchObject([
      { warnedAt: wall('2026-03-02 17:00'), dueAt: wall('2026-03-04 10:30') },
    ]);
    expect(after.until('2026-03-05 09:00').factsOf('ComplaintClockWarned')).toHaveLength(1);
  });

  rule('CMP-03', 'the age of the case goes on', () => {
    const story = handled().at('2026-03-02 12:00', pause());
    expect(complaintMoments(story.state)[0]).toEqual({
      kind: 'WARN:BECOMES_HOT',
      dueAt: wall('2026-03-08 10:00'),
    });
    expect(story.until('2026-03-09 10:00').state.severity).toBe('HOT');
    expect(story.clocks('RESPONSE').map(clockStatus)).toEqual(['PAUSED']);
  });

  rule('CMP-05', 'what is done while it is paused is done in time, and the pause is over', () => {
    const story = handled().at('2026-03-02 12:00', pause()).at('2026-03-06 12:00', respond);
    expect(story.clocks('RESPONSE')).toMatchObject([
      { metAt: wall('2026-03-06 12:00'), missedAt: null, pauses: [{ resumedAt: wall('2026-03-06 12:00') }] },
    ]);
    expect(story.factsOf('ComplaintClockMet')).toMatchObject([{ clock: 'RESPONSE' }]);
  });

  rule('CMP-12', 'a visit that the customer puts off waits for him', () => {
    const story = handled().at('2026-03-02 12:00', respond, resolve).at('2026-03-03 12:00', pause());
    expect(story.clocks('RETURN_VISIT').map(clockStatus)).toEqual(['PAUSED']);
    story.until('2026-04-01 10:00').at('2026-04-01 10:00', resume);
    expect(story.clocks('RETURN_VISIT')).toMatchObject([{ dueAt: wall('2026-04-03 10:00') }]);
  });
});

describe('what cannot wait for the customer', () => {
  rule('CMP-11', 'is what the policy says: forms and reports to the company', () => {
    const story = new Story(aReceipt({ facts: ['LAWSUIT_LIKELY'] }));
    expect(story.refused('2026-03-02 11:00', pause('RESPONSE', 'DEMAND_FORM'))).toEqual({
      code: 'COMPLAINT_CLOCK_NOT_PAUSABLE',
      data: { kinds: ['DEMAND_FORM'], pausable: environment.policy.pausableClocks },
    });
    story.at('2026-03-02 11:00', pause());
    expect(story.state.clocks.map((clock) => [clock.kind, clockStatus(clock)])).toEqual([
      ['RESPONSE', 'PAUSED'],
      ['DEMAND_FORM', 'RUNNING'],
    ]);
  });

  rule('CMP-05', 'is what is not running; and only what is paused goes on', () => {
    const story = handled();
    expect(story.refused('2026-03-02 12:00', resume)).toEqual({
      code: 'NO_COMPLAINT_CLOCK_PAUSED',
      data: { kinds: [] },
    });
    story.at('2026-03-02 12:00', pause());
    expect(story.refused('2026-03-02 12:30', pause('RESPONSE'))).toEqual({
      code: 'NO_COMPLAINT_CLOCK_RUNNING',
      data: { kinds: ['RESPONSE'] },
    });
    const missed = handled().until('2026-03-03 10:00');
    expect(missed.refused('2026-03-03 10:00', pause()).code).toBe('NO_COMPLAINT_CLOCK_RUNNING');
    const resumeReply: ComplaintCommand = (state, at, env) =>
      resumeComplaintClocks(state, { by: 'staff-lin', clocks: ['REPLY'] }, at, env);
    expect(story.refused('2026-03-02 13:00', resumeReply)).toEqual({
      code: 'NO_COMPLAINT_CLOCK_PAUSED',
      data: { kinds: ['REPLY'] },
    });
  });

  rule('CMP-13', 'and nothing waits without a reason', () => {
    const speechless: ComplaintCommand = (state, at, env) =>
      pauseComplaintClocks(state, { by: 'staff-lin', clocks: null, reason: ' \n' }, at, env);
    expect(handled().refused('2026-03-02 12:00', speechless)).toEqual({
      code: 'COMPLAINT_REASON_MISSING',
      data: { command: 'pauseComplaintClocks' },
    });
  });
});
