import { rule } from '@anju/testing';
import { clockStatus, passClocks, whoWaits } from './clocks';
import { companyMeasuresReported, companyResultReported, startCompanyDuties } from './company-duties';
import {
  acknowledge,
  aReceipt,
  assign,
  close,
  environment,
  pause,
  promiseCall,
  resolve,
  respond,
  Story,
  visit,
  wall,
  type ComplaintCommand,
} from './complaint-story';
import { complaintDeadlines, complaintMoments, complaintWarnings, onComplaintDeadline } from './deadlines';
import { promiseComplaintCallback } from './callbacks';
import { passOn, replied } from './complaint-work-story';
import { recordComplaintProgress, respondToComplaint } from './handling';
import { replySent } from './reply-duties';
import type { ComplaintChannel, TellingChannel } from './complaint';

function received(at: string, channel: ComplaintChannel = 'WEB'): Story {
  return new Story(aReceipt({ receivedAt: wall(at), channel }));
}

const sendReply: ComplaintCommand = (state, at) => ({
  outcome: 'accepted',
  ...replySent({ state, facts: [] }, at),
});

describe('reply and measures', () => {
  rule.each([
    { at: '2026-03-07 11:00', reply: '2026-03-07 15:00', measures: '2026-03-07 18:00', why: 'Saturday' },
    { at: '2026-03-07 20:00', reply: '2026-03-08 13:00', measures: '2026-03-08 18:00', why: 'its evening' },
    { at: '2026-03-02 16:00', reply: '2026-03-03 11:00', measures: '2026-03-02 18:00', why: 'afternoon' },
    { at: '2026-03-02 20:15', reply: '2026-03-03 13:00', measures: '2026-03-03 18:00', why: 'evening' },
    { at: '2026-03-02 18:00', reply: '2026-03-03 13:00', measures: '2026-03-03 18:00', why: 'at closing' },
    { at: '2026-03-02 09:00', reply: '2026-03-02 13:00', measures: '2026-03-02 18:00', why: 'at opening' },
  ])(
    ['CMP-07', 'CAL-03'],
    'a web complaint of $at ($why) is owed a reply by $reply and measures by $measures',
    ({ at, reply, measures }) => {
      const story = received(at);
      expect(story.clocks('REPLY')).toMatchObject([{ dueAt: wall(reply), startedAt: wall(at) }]);
      expect(story.clocks('MEASURES')).toMatchObject([{ dueAt: wall(measures) }]);
      expect(received(at, 'DEVELOPER_CUSTOMER_RELATIONS').clocks('REPLY')).toMatchObject([
        { dueAt: wall(reply) },
      ]);
    },
  );

  rule('CMP-07', 'other channels are owed neither', () => {
    for (const channel of ['PHONE', 'VISIT', 'EMAIL', 'WECHAT', 'QUALITY_CENTRE'] as const) {
      expect(received('2026-03-02 10:00', channel).state.clocks.map(({ kind }) => kind)).toEqual([
        'RESPONSE',
      ]);
    }
  });

  rule(
    ['CMP-05', 'CMP-07'],
    'a reply that was sent is the response; measures are those that it states',
    () => {
      const story = received('2026-03-02 10:00').at('2026-03-02 13:59', acknowledge, assign, replied(false));
      const statuses = () => story.state.clocks.map((clock) => [clock.kind, clockStatus(clock)]);
      expect(statuses()).toEqual([
        ['RESPONSE', 'MET'],
        ['REPLY', 'MET'],
        ['MEASURES', 'RUNNING'],
      ]);
      story.at('2026-03-02 17:59', replied());
      expect(statuses()[2]).toEqual(['MEASURES', 'MET']);
      const late = received('2026-03-02 10:00').at('2026-03-02 14:00', sendReply);
      expect(late.clocks('REPLY').map(clockStatus)).toEqual(['MET_LATE']);
      expect(late.factsOf('ComplaintClockMissed')).toMatchObject([
        { clock: 'REPLY', at: wall('2026-03-02 14:00') },
      ]);
    },
  );

  rule(
    ['CMP-07', 'CMP-12'],
    'a reply and measures that never came are missed, and fall away when the case is closed',
    () => {
      const story = received('2026-03-02 10:00', 'PHONE')
        .at('2026-03-02 10:00', acknowledge, assign, respond, passOn())
        .at('2026-03-02 19:00', resolve)
        .at('2026-03-03 10:00', visit(5), close);
      expect(story.clocks('REPLY')).toMatchObject([
        { missedAt: wall('2026-03-02 14:00'), lapsedAt: wall('2026-03-03 10:00'), metAt: null },
      ]);
      expect(story.clocks('MEASURES')).toMatchObject([
        { missedAt: wall('2026-03-02 18:00'), lapsedAt: wall('2026-03-03 10:00'), metAt: null },
      ]);
    },
  );
});

describe('a promised call', () => {
  const promised = () => new Story().at('2026-03-02 11:00', acknowledge, assign, promiseCall);
  const respondBy =
    (channel: TellingChannel): ComplaintCommand =>
    (state, at, env) =>
      respondToComplaint(state, { by: 'staff-li', channel, text: 'It is being repaired.' }, at, env);
  const progressBy =
    (toldBy: TellingChannel | null): ComplaintCommand =>
    (state, at, env) =>
      recordComplaintProgress(state, { by: 'staff-li', text: 'The part is here.', toldBy }, at, env);

  rule('CMP-06', 'comes within 48 hours of the promise, nights and Sundays included', () => {
    const story = promised();
    expect(story.clocks('CALLBACK')).toMatchObject([{ dueAt: wall('2026-03-04 11:00') }]);
    expect(story.state.callbackPromises).toMatchObject([{ by: 'staff-zhou', at: wall('2026-03-02 11:00') }]);
    expect(story.factsOf('ComplaintCallbackPromised')).toMatchObject([
      { dueAt: wall('2026-03-04 11:00'), interactionIds: ['interaction-1'] },
    ]);
    story.until('2026-03-04 11:00');
    expect(story.clocks('CALLBACK').map(clockStatus)).toEqual(['MISSED']);
  });

  rule.each([
    { how: 'a response by telephone', command: respondBy('PHONE'), kept: true },
    { how: 'a response in person', command: respondBy('IN_PERSON'), kept: true },
    { how: 'progress told by telephone', command: progressBy('PHONE'), kept: true },
    { how: 'a response by text message', command: respondBy('SMS'), kept: false },
    { how: 'progress that nobody was told', command: progressBy(null), kept: false },
  ])('CMP-06', '$how keeps the promise: $kept', ({ command, kept }) => {
    const story = promised().at('2026-03-04 10:59', command);
    expect(story.clocks('CALLBACK').map(clockStatus)).toEqual([kept ? 'MET' : 'RUNNING']);
  });

  rule('CMP-06', 'is promised once at a time, to a customer of the case', () => {
    const story = promised();
    expect(story.refused('2026-03-02 12:00', promiseCall)).toEqual({
      code: 'CALLBACK_ALREADY_PROMISED',
      data: { dueAt: wall('2026-03-04 11:00') },
    });
    story.at('2026-03-02 13:00', respondBy('PHONE'), promiseCall);
    expect(story.clocks('CALLBACK').map(clockStatus)).toEqual(['MET', 'RUNNING']);
    const toStranger: ComplaintCommand = (state, at, env) =>
      promiseComplaintCallback(state, { by: 'staff-zhou', customerId: 'stranger', note: null }, at, env);
    expect(story.refused('2026-03-02 13:00', toStranger)).toEqual({
      code: 'CALLBACK_CUSTOMER_NOT_IN_CASE',
      data: { customerId: 'stranger' },
    });
  });

  rule(['CMP-06', 'CMP-12'], 'holds the closing until somebody has spoken with the customer', () => {
    const story = promised().at('2026-03-02 12:00', respondBy('SMS'), resolve);
    expect(story.refused('2026-03-02 13:00', close)).toMatchObject({
      code: 'COMPLAINT_CLOSING_INCOMPLETE',
      data: { missing: [{ clock: 'CALLBACK' }, { clock: 'RETURN_VISIT' }] },
    });
    story.at('2026-03-03 10:00', visit(5), close);
    expect(story.clocks('CALLBACK').map(clockStatus)).toEqual(['MET']);
  });
});

describe('a company-level complaint', () => {
  const asked = (at: string, finishBy: string) => {
    const { state } = new Story(aReceipt({ receivedAt: wall(at), channel: 'QUALITY_CENTRE' }));
    return startCompanyDuties({ state, facts: [] }, wall(finishBy), wall(at), environment);
  };

  rule.each([
    { at: '2026-03-02 15:00', due: '2026-03-03 15:00' },
    { at: '2026-03-06 17:00', due: '2026-03-09 17:00' },
    { at: '2026-02-13 17:00', due: '2026-02-14 17:00' },
  ])(['CMP-10', 'CAL-02'], 'asked on $at, the measures are due $due', ({ at, due }) => {
    const { state, measuresDueAt } = asked(at, '2026-03-20 18:00');
    expect(measuresDueAt).toEqual(wall(due));
    expect(state.clocks.slice(1)).toMatchObject([
      { kind: 'COMPANY_MEASURES', dueAt: wall(due), setDueAt: null },
      { kind: 'COMPANY_RESULT', dueAt: wall('2026-03-20 18:00'), setDueAt: wall('2026-03-20 18:00') },
    ]);
  });

  rule('CMP-10', 'measures and result are reported to the quality centre, each in time or late', () => {
    const { state } = asked('2026-03-02 15:00', '2026-03-10 18:00');
    const reported = companyMeasuresReported({ state, facts: [] }, wall('2026-03-03 14:59'));
    const done = companyResultReported(reported, wall('2026-03-10 18:00'));
    expect(done.state.clocks.slice(1).map(clockStatus)).toEqual(['MET', 'MET_LATE']);
  });
});

describe('a warning', () => {
  rule(['CMP-05', 'CMP-07'], 'comes so many hours of the duty’s own time before it is due', () => {
    const story = received('2026-03-02 10:00');
    expect(story.state.clocks.map(({ kind, warnAt }) => [kind, warnAt])).toEqual([
      ['RESPONSE', wall('2026-03-02 17:00')],
      ['REPLY', wall('2026-03-02 13:00')],
      ['MEASURES', wall('2026-03-02 17:00')],
    ]);
    expect(received('2026-03-06 17:00', 'PHONE').clocks('RESPONSE')).toMatchObject([
      { dueAt: wall('2026-03-09 17:00'), warnAt: wall('2026-03-09 15:00') },
    ]);
  });

  rule(['CMP-03', 'CMP-05'], 'is given once, at its moment, and before the breach', () => {
    const story = new Story().until('2026-03-09 10:00');
    expect(story.factsOf('ComplaintClockWarned')).toMatchObject([
      { clock: 'RESPONSE', at: wall('2026-03-02 17:00'), waitingFor: 'HANDLER' },
    ]);
    expect(story.clocks('RESPONSE')).toMatchObject([{ warnedAt: wall('2026-03-02 17:00') }]);
    expect(story.factsOf('ComplaintAgeingWarned')).toMatchObject([
      { becomes: 'HOT', at: wall('2026-03-08 10:00'), dueAt: wall('2026-03-09 10:00') },
    ]);
    const again = onComplaintDeadline(story.state, 'WARN:RESPONSE', wall('2026-03-02 17:00'), environment);
    expect(again).toEqual({ outcome: 'accepted', state: story.state, facts: [] });
  });

  rule('CMP-05', 'of what was done before is not given', () => {
    const story = new Story().at('2026-03-02 16:59', acknowledge, assign, respond).until('2026-03-03 12:00');
    expect(story.factsOf('ComplaintClockWarned')).toEqual([]);
    expect(complaintWarnings(story.state).map(({ kind }) => kind)).toEqual(['BECOMES_HOT', 'BECOMES_MAJOR']);
  });

  rule('CMP-05', 'is left out where the policy wants none, or where there is no time for it', () => {
    const warningHours = { ...environment.policy.warningHours, RESPONSE: 0, REPLY: 4, MEASURES: 8 };
    const policy = { ...environment.policy, warningHours };
    const story = new Story(aReceipt({ channel: 'WEB' }), { ...environment, policy });
    expect(story.state.clocks.map(({ warnAt }) => warnAt)).toEqual([null, null, null]);
  });

  rule('CMP-03', 'is no duty: only what falls due is listed as that', () => {
    const { state } = new Story();
    expect(complaintDeadlines(state).map(({ kind }) => kind)).toEqual([
      'RESPONSE',
      'BECOMES_HOT',
      'BECOMES_MAJOR',
    ]);
    expect(complaintMoments(state).map(({ kind }) => kind)).toEqual([
      'WARN:RESPONSE',
      'RESPONSE',
      'WARN:BECOMES_HOT',
      'BECOMES_HOT',
      'WARN:BECOMES_MAJOR',
      'BECOMES_MAJOR',
    ]);
  });
});

describe('who waits for whom', () => {
  rule(['CMP-05', 'CMP-11'], 'the customer for the handler, the quality centre for the form', () => {
    const story = new Story(aReceipt({ facts: ['LAWSUIT_LIKELY'] }));
    expect(story.state.clocks.map(whoWaits)).toEqual([
      { waiting: 'CUSTOMER', waitingFor: 'HANDLER' },
      { waiting: 'QUALITY_CENTRE', waitingFor: 'CUSTOMER_SERVICE' },
    ]);
  });

  rule('CMP-05', 'while it is paused the handler waits for the customer; once done, nobody waits', () => {
    const story = new Story().at('2026-03-02 11:00', acknowledge, assign, pause());
    expect(story.state.clocks.map(whoWaits)).toEqual([{ waiting: 'HANDLER', waitingFor: 'CUSTOMER' }]);
    story.at('2026-03-02 12:00', respond);
    expect(story.state.clocks.map(whoWaits)).toEqual([null]);
  });

  rule('CMP-08', 'a reply that is being approved waits for the one who approves it', () => {
    const { state } = received('2026-03-02 10:00');
    const passed = passClocks(state, 'REPLY', 'DEPARTMENT_HEAD');
    expect(passed.clocks.map(({ kind, waitingFor }) => [kind, waitingFor])).toEqual([
      ['RESPONSE', 'HANDLER'],
      ['REPLY', 'DEPARTMENT_HEAD'],
      ['MEASURES', 'HANDLER'],
    ]);
  });
});
