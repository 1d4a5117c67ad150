import { rule } from '@anju/testing';
import { acknowledge, aReceipt, assign, environment, respond, Story, wall } from './complaint-story';
import { joinInto, passOn, replied } from './complaint-work-story';
import { takeInComplaint } from './linking';
import { accepted } from '@anju/testing';

const passedOnAt = wall('2026-03-03 15:00');
const at = '2026-03-03 16:00';
const handled = () => new Story().at('2026-03-02 11:00', acknowledge, assign, respond);

describe('what the customer-relations centre passes on', () => {
  rule(['CMP-07', 'CAL-03'], 'is owed a reply and measures from the moment at which it was passed on', () => {
    const story = handled().at(at, passOn({ passedOnAt }));
    expect(story.clocks('REPLY')).toMatchObject([{ startedAt: passedOnAt, dueAt: wall('2026-03-04 10:00') }]);
    expect(story.clocks('MEASURES')).toMatchObject([
      { startedAt: passedOnAt, dueAt: wall('2026-03-03 18:00') },
    ]);
    expect(story.state.passings).toEqual([
      { at: wall(at), by: 'staff-guan', passedOnAt, passedOnBy: 'Guan', reference: 'CRC-2026-118' },
    ]);
    expect(story.factsOf('ComplaintPassedOn')).toMatchObject([
      { by: 'staff-guan', passedOnAt, at: wall(at) },
    ]);
    expect(JSON.stringify(story.factsOf('ComplaintPassedOn'))).not.toContain('Guan"');
  });

  rule('CMP-07', 'a duty that runs already is not owed twice; one that was done is owed again', () => {
    const web = new Story(aReceipt({ channel: 'WEB' })).at('2026-03-02 11:00', acknowledge, assign, passOn());
    expect(web.clocks('REPLY')).toHaveLength(1);
    expect(web.state.passings).toHaveLength(1);
    web.at('2026-03-02 12:00', replied()).at(at, passOn({ passedOnAt, reference: 'CRC-2026-131' }));
    expect(web.clocks('REPLY')).toMatchObject([
      { metAt: wall('2026-03-02 12:00') },
      { startedAt: passedOnAt },
    ]);
  });

  rule(
    'CMP-07',
    'measures by a closing time that were owed for it already are the same, done or missed',
    () => {
      const web = new Story(aReceipt({ channel: 'WEB' })).at('2026-03-02 11:00', acknowledge, assign);
      web.at('2026-03-02 12:00', replied());
      // It was passed on the same afternoon, and that became known the next day only.
      web.at(at, passOn({ passedOnAt: wall('2026-03-02 14:00') }));
      expect(web.clocks('MEASURES')).toMatchObject([
        { dueAt: wall('2026-03-02 18:00'), metAt: wall('2026-03-02 12:00'), missedAt: null },
      ]);
      expect(web.clocks('REPLY')).toMatchObject([{ metAt: wall('2026-03-02 12:00') }, { metAt: null }]);
    },
  );

  rule('CMP-07', 'a policy without such replies only notes it', () => {
    const policy = { ...environment.policy, replyChannels: ['WEB' as const] };
    const story = new Story(aReceipt(), { ...environment, policy }).at(at, passOn());
    expect(story.clocks('REPLY')).toEqual([]);
    expect(story.state.answersNeedApproval).toBe(false);
  });

  rule('CMP-07', 'is told with who and which, once, and not before it came in nor in the future', () => {
    const story = handled();
    expect(story.refused(at, passOn({ passedOnBy: ' ', reference: '' }))).toEqual({
      code: 'COMPLAINT_PASSING_INCOMPLETE',
      data: { missing: ['passedOnBy', 'reference'] },
    });
    for (const wrong of ['2026-03-02 09:59', '2026-03-03 16:01']) {
      expect(story.refused(at, passOn({ passedOnAt: wall(wrong) }))).toEqual({
        code: 'COMPLAINT_PASSING_NOT_THEN',
        data: { passedOnAt: wall(wrong), earliest: wall('2026-03-02 10:00'), latest: wall(at) },
      });
    }
    story.at(at, passOn({ passedOnAt }));
    expect(story.refused(at, passOn({ reference: ' CRC-2026-118 ' }))).toEqual({
      code: 'COMPLAINT_PASSED_ON_ALREADY',
      data: { reference: 'CRC-2026-118', passedOnAt },
    });
  });

  rule(['CMP-08', 'CMP-14'], 'a case that takes it in is answered as it was to be', () => {
    const one = handled().at(at, passOn({ passedOnAt }), joinInto('case-2'));
    const other = new Story(aReceipt({ id: 'case-2' })).state;
    const taken = accepted(
      takeInComplaint(other, { by: 'staff-lin', from: one.state }, wall(at), environment),
    );
    expect(taken).toMatchObject({ answersNeedApproval: true, passings: [{ reference: 'CRC-2026-118' }] });
  });
});
