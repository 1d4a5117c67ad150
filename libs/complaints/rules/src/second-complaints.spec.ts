import { rule } from '@anju/testing';
import { clockStatus } from './clocks';
import type { ComplaintChannel } from './complaint';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  resolve,
  respond,
  Story,
  visit,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import { replied } from './complaint-work-story';
import { reopenComplaint } from './outcome';

const again =
  (channel: ComplaintChannel | null = null): ComplaintCommand =>
  (state, at, env) =>
    reopenComplaint(state, { by: 'staff-lin', reason: 'The lift stands again.', channel }, at, env);

/** A web complaint of Monday 2026-03-02, answered with its measures and resolved in an hour. */
const onTheWeb = () =>
  new Story(aReceipt({ channel: 'WEB' })).at('2026-03-02 11:00', acknowledge, assign, replied(), resolve);

describe('a second complaint of a case that is answered by approved replies', () => {
  rule(
    ['CMP-07', 'CMP-12'],
    'is owed a reply within four desk hours and measures by closing time, too',
    () => {
      const story = onTheWeb().at('2026-03-04 16:00', again());
      expect(story.clocks('REPLY').map(({ dueAt }) => dueAt)).toEqual([
        wall('2026-03-02 14:00'),
        wall('2026-03-05 11:00'),
      ]);
      expect(story.clocks('MEASURES').at(-1)?.dueAt).toEqual(wall('2026-03-04 18:00'));
      story.at('2026-03-04 17:00', replied());
      for (const kind of ['RESPONSE', 'REPLY', 'MEASURES'] as const) {
        expect(story.clocks(kind).map(clockStatus)).toEqual(['MET', 'MET']);
      }
    },
  );

  rule('CMP-07', 'is owed measures of its own on the day of the first', () => {
    const story = onTheWeb().at('2026-03-02 16:00', again());
    expect(story.clocks('MEASURES').map(({ dueAt }) => dueAt)).toEqual([
      wall('2026-03-02 18:00'),
      wall('2026-03-02 18:00'),
    ]);
    story.until('2026-03-02 18:00');
    expect(story.clocks('MEASURES').map(clockStatus)).toEqual(['MET', 'MISSED']);
  });

  rule(['CMP-07', 'CMP-12'], 'is one, too, when the visited customer is dissatisfied', () => {
    const story = onTheWeb().at('2026-03-04 10:00', visit(1));
    expect(story.clocks('REPLY').at(-1)).toMatchObject({
      startedAt: wall('2026-03-04 10:00'),
      dueAt: wall('2026-03-04 14:00'),
    });
  });

  rule('CMP-07', 'is owed no second reply while the first is owed still', () => {
    const story = new Story(aReceipt({ channel: 'WEB' }));
    story.at('2026-03-02 11:00', acknowledge, assign, replied(false), resolve);
    story.at('2026-03-04 10:00', again());
    expect(story.clocks('REPLY').map(clockStatus)).toEqual(['MET', 'RUNNING']);
    expect(story.clocks('MEASURES').map(clockStatus)).toEqual(['MISSED']);
  });
});

describe('a second complaint of another case', () => {
  const byPhone = () =>
    new Story().at('2026-03-02 11:00', acknowledge, assign, respond, resolve, visit(4), close);

  rule(['CMP-07', 'CMP-08'], 'that comes on the web is a web complaint from then on', () => {
    const story = byPhone().at('2026-03-04 10:00', again('WEB'));
    expect(story.clocks('REPLY').map(({ dueAt }) => dueAt)).toEqual([wall('2026-03-04 14:00')]);
    expect(story.refused('2026-03-04 11:00', respond).code).toBe('COMPLAINT_ANSWER_NOT_APPROVED');
    expect(story.factsOf('ComplaintReopened')).toMatchObject([{ channel: 'WEB' }]);
  });

  rule('CMP-05', 'by telephone is owed the response of any complaint alone', () => {
    for (const channel of ['PHONE', null] as const) {
      const story = byPhone().at('2026-03-04 10:00', again(channel));
      expect(story.clocks('REPLY')).toEqual([]);
      expect(story.clocks('RESPONSE').map(clockStatus)).toEqual(['MET', 'RUNNING']);
    }
  });
});
