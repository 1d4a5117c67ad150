import { rule } from '@anju/testing';
import { acknowledge, aReceipt, assign, Story, wall } from './complaint-story';
import {
  approveReply,
  approveReplyAs,
  draftReply,
  draftReplyTo,
  reviseReply,
  sendBackReply,
  sendReply,
  submitReply,
  withdrawReply,
} from './complaint-work-story';
import { stepDelayMillis, type ComplaintReply } from './reply-state';

const received = '2026-03-07 11:00';

function webStory(): Story {
  return new Story(aReceipt({ channel: 'WEB', receivedAt: wall(received) })).at(
    received,
    acknowledge,
    assign,
  );
}

function replyOf(story: Story): ComplaintReply {
  return story.state.replies[0]!;
}

const publicReply = draftReplyTo({ audience: 'PUBLIC_PLATFORM' });

describe('replies that have to be approved', () => {
  rule(
    ['CMP-05', 'CMP-08'],
    'a reply is approved by the department head, then sent, and is the handling response',
    () => {
      const story = webStory()
        .at('2026-03-07 11:30', draftReply)
        .at('2026-03-07 11:40', submitReply)
        .at('2026-03-07 12:10', approveReplyAs({ as: ['DEPARTMENT_HEAD'] }))
        .at('2026-03-07 12:30', sendReply);
      expect(replyOf(story)).toMatchObject({
        status: 'SENT',
        ladder: ['DEPARTMENT_HEAD'],
        sent: { by: 'staff-guan', at: wall('2026-03-07 12:30') },
      });
      expect(story.state).toMatchObject({
        status: 'IN_HANDLING',
        responses: [{ channel: 'WEB', by: 'staff-guan', text: 'The sensor comes on Friday.' }],
      });
      expect(story.clocks('RESPONSE')[0]?.metAt).toEqual(wall('2026-03-07 12:30'));
      expect(story.factsOf('ComplaintReplySent')).toMatchObject([
        { sequence: 1, revision: 1, channel: 'WEB', customerIds: ['customer-1'] },
      ]);
    },
  );

  rule('CMP-08', 'on a public platform the project manager is asked, then the division leader', () => {
    const story = webStory().at('2026-03-07 11:30', publicReply, submitReply);
    expect(replyOf(story).ladder).toEqual(['PROJECT_MANAGER', 'DIVISION_LEADER']);
    expect(story.refused('2026-03-07 11:31', approveReplyAs({ as: ['DIVISION_LEADER'] }))).toEqual({
      code: 'COMPLAINT_REPLY_AWAITS_ANOTHER',
      data: { awaits: 'PROJECT_MANAGER' },
    });
    story.at('2026-03-07 12:00', approveReplyAs({ by: 'staff-pm', as: ['PROJECT_MANAGER'] }));
    expect(replyOf(story).status).toBe('IN_APPROVAL');
    story.at('2026-03-07 15:00', approveReplyAs({ by: 'staff-dl', as: ['DIVISION_LEADER'] }));
    expect(replyOf(story).status).toBe('APPROVED');
  });

  rule('CMP-08', 'a reply that was marked, at first or on its way, goes on to the general manager', () => {
    const ladder = ['PROJECT_MANAGER', 'DIVISION_LEADER', 'GENERAL_MANAGER'];
    const marked = draftReplyTo({ audience: 'PUBLIC_PLATFORM', generalManagerAsked: true });
    expect(replyOf(webStory().at(received, marked, submitReply)).ladder).toEqual(ladder);
    const story = webStory()
      .at(received, publicReply, submitReply, approveReplyAs({ by: 'staff-pm' }))
      .at(received, approveReplyAs({ by: 'staff-dl', askGeneralManager: true }));
    expect(replyOf(story)).toMatchObject({ status: 'IN_APPROVAL', ladder, generalManagerAsked: true });
    story.at(received, approveReplyAs({ by: 'staff-gm', as: ['GENERAL_MANAGER'] }));
    expect(replyOf(story).status).toBe('APPROVED');
  });

  rule('CMP-08', 'nobody approves his own reply, nor any wording of it, nor at two steps', () => {
    const own = { code: 'COMPLAINT_REPLY_NEEDS_ANOTHER_PERSON' };
    const story = webStory().at(received, publicReply, reviseReply('Friday.', 'staff-pm'), submitReply);
    for (const by of ['staff-li', 'staff-pm']) {
      expect(story.refused(received, approveReplyAs({ by }))).toMatchObject({
        ...own,
        data: { staffId: by, because: 'WROTE_IT' },
      });
    }
    story.at(received, approveReplyAs({ by: 'staff-dl' }));
    expect(story.refused(received, approveReplyAs({ by: 'staff-dl' }))).toMatchObject({
      ...own,
      data: { staffId: 'staff-dl', because: 'APPROVED_BEFORE' },
    });
  });

  rule('CMP-08', 'an approval is one of the exact wording: another one has to be approved anew', () => {
    const story = webStory().at(received, draftReply, submitReply, approveReply);
    expect(replyOf(story).status).toBe('APPROVED');
    story.at('2026-03-07 12:00', reviseReply('The sensor comes on Monday.'));
    expect(replyOf(story)).toMatchObject({ status: 'DRAFT', ladder: [] });
    expect(replyOf(story).steps).toMatchObject([
      { revision: 1, verdict: 'APPROVED', voidedAt: wall('2026-03-07 12:00') },
    ]);
    expect(story.factsOf('ComplaintReplyRevised')).toMatchObject([
      { revision: 2, voidedApprovals: ['DEPARTMENT_HEAD'] },
    ]);
    expect(story.refused('2026-03-07 12:00', sendReply)).toEqual({
      code: 'COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS',
      data: { command: 'sendComplaintReply', replyStatus: 'DRAFT', allowedFrom: ['APPROVED'] },
    });
    story.at('2026-03-07 12:00', submitReply);
    expect(story.refused('2026-03-07 12:01', approveReplyAs({ revision: 1 }))).toEqual({
      code: 'COMPLAINT_REPLY_TEXT_CHANGED',
      data: { read: 1, current: 2 },
    });
    story.at('2026-03-07 12:01', approveReply).at('2026-03-07 12:02', sendReply);
    expect(story.state.responses.at(-1)?.text).toBe('The sensor comes on Monday.');
  });

  rule('CMP-08', 'the same wording again is no edit', () => {
    const story = webStory().at(received, draftReply);
    expect(story.refused(received, reviseReply('The sensor comes on Friday.'))).toEqual({
      code: 'COMPLAINT_REPLY_TEXT_UNCHANGED',
      data: { sequence: 1 },
    });
  });

  rule('CMP-08', 'each approver’s delay is his own, from when he was asked', () => {
    const story = webStory()
      .at('2026-03-07 11:30', publicReply)
      .at('2026-03-07 11:40', submitReply)
      .at('2026-03-07 12:25', approveReplyAs({ by: 'staff-pm' }));
    const minutes = (now: string) =>
      replyOf(story).steps.map((step) => stepDelayMillis(step, wall(now)) / 60_000);
    expect(minutes('2026-03-07 13:25')).toEqual([45, 60]);
    story.at('2026-03-07 14:25', approveReplyAs({ by: 'staff-dl' }));
    expect(minutes('2026-03-09 09:00')).toEqual([45, 120]);
    expect(story.factsOf('ComplaintReplyApproved')).toMatchObject([
      { approver: 'PROJECT_MANAGER', askedAt: wall('2026-03-07 11:40'), at: wall('2026-03-07 12:25') },
      { approver: 'DIVISION_LEADER', askedAt: wall('2026-03-07 12:25'), at: wall('2026-03-07 14:25') },
    ]);
  });

  rule(['CMP-07', 'CMP-08'], 'the duty to reply waits for whoever has the reply, until it is sent', () => {
    const measures = draftReplyTo({ statesMeasures: true });
    const story = webStory().at('2026-03-07 11:30', measures);
    const waitsFor = () => {
      const [reply] = story.clocks('REPLY');
      // Nothing else can be the response, or tell the measures.
      for (const kind of ['RESPONSE', 'MEASURES'] as const) {
        expect(story.clocks(kind)[0]?.waitingFor).toBe(reply?.waitingFor);
      }
      return reply?.waitingFor;
    };
    expect(waitsFor()).toBe('HANDLER');
    story.at('2026-03-07 11:40', submitReply);
    expect(waitsFor()).toBe('DEPARTMENT_HEAD');
    story.at('2026-03-07 11:50', sendBackReply);
    expect(waitsFor()).toBe('HANDLER');
    story.at('2026-03-07 12:00', reviseReply('On Friday at ten.'), submitReply, approveReply);
    expect(waitsFor()).toBe('CUSTOMER_RELATIONS');
    story.at('2026-03-07 12:30', sendReply);
    for (const kind of ['REPLY', 'MEASURES'] as const) {
      expect(story.clocks(kind)[0]?.metAt).toEqual(wall('2026-03-07 12:30'));
    }
  });

  rule('CMP-07', 'a reply that says nothing of what is done leaves the measures owed', () => {
    const story = webStory().at(received, draftReply, submitReply, approveReply, sendReply);
    expect(story.clocks('MEASURES')[0]).toMatchObject({ dueAt: wall('2026-03-07 18:00'), metAt: null });
  });

  rule('CMP-08', 'what an approver sends back needs another wording', () => {
    const story = webStory().at(received, draftReply, submitReply, sendBackReply);
    expect(replyOf(story)).toMatchObject({ status: 'SENT_BACK', steps: [{ reason: 'Say when.' }] });
    expect(story.refused(received, submitReply).code).toBe('COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS');
    story.at(received, reviseReply('On Friday at ten.'), submitReply, approveReply);
    expect(replyOf(story).status).toBe('APPROVED');
  });

  rule('CMP-08', 'a reply that is not needed any more is given up with its approvals', () => {
    const story = webStory().at(received, draftReply, submitReply, withdrawReply);
    expect(replyOf(story)).toMatchObject({
      status: 'WITHDRAWN',
      withdrawnBecause: 'It is mended.',
      steps: [{ voidedAt: wall(received) }],
    });
    expect(story.refused(received, approveReply).code).toBe('COMPLAINT_REPLY_NOT_IN_REQUIRED_STATUS');
  });

  rule('CMP-13', 'no words of a reply are in what happened', () => {
    const story = webStory().at(received, draftReply, submitReply, approveReply, sendReply);
    expect(JSON.stringify(story.facts)).not.toContain('sensor');
  });

  rule('CMP-08', 'an unknown reply is named', () => {
    expect(webStory().refused(received, submitReply)).toEqual({
      code: 'COMPLAINT_REPLY_NOT_FOUND',
      data: { sequence: 1 },
    });
  });
});
